"""A process and all below it: their memory, their time, and how to end them from outside."""

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")  # of the system's clock in a second
ROUNDS = 100


def tree(pid: int) -> Iterator[int]:
    """Yield a process and all that descend from it, as far as the system tells."""
    yield pid
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    except (FileNotFoundError, ProcessLookupError):  # it ended; or the system has no /proc
        return
    for thread in threads:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            for child in (thread / "children").read_text().split():
                yield from tree(int(child))


def memory(pid: int) -> int:
    """Return the resident memory of a process and all below it, in bytes.

    A page that several share is divided among them, where the kernel tells. A process that hides
    its pages is counted with all of them. Without ``/proc`` the result is 0.
    """
    total = 0
    for process in tree(pid):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            total += _resident(Path(f"/proc/{process}"))
    return total


def exceeds(pid: int, limit: int) -> bool:
    """Return whether a process and all below it use more than so many bytes, as `memory` counts.

    To divide shared pages the kernel looks at each of them. It need not as long as it is little
    memory though they are counted for every process.
    """
    at_most = 0
    for process in tree(pid):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            at_most += _with_shared(Path(f"/proc/{process}"))
    return at_most > limit and memory(pid) > limit


def _resident(process: Path) -> int:
    with contextlib.suppress(PermissionError):
        for line in (process / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return _with_shared(process)


def _with_shared(process: Path) -> int:
    return int((process / "statm").read_text().split()[1]) * PAGE


def cpu_seconds(pid: int) -> float:
    """Return the CPU time of a process and all below it, ended ones included, in seconds.

    One that ended counts from when its parent took notice. Without ``/proc`` the result is 0.
    """
    total = 0.0
    for process in tree(pid):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            total += _computed(process)
    return total


def _computed(pid: int) -> float:
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, stat[11:15])) / TICKS  # utime, stime; cutime, cstime of ended children


def times(pid: int) -> dict[int, tuple[float, float]]:
    """Return for how long a process and those below it computed, and waited for a core.

    By the number of each process, in seconds: what all its threads computed, with its children that
    ended; what its first thread waited. Empty where the system does not tell, that is without
    ``schedstat`` in ``/proc``.
    """
    found = {}
    for process in tree(pid):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            found[process] = _computed(process), _waited(Path(f"/proc/{process}/schedstat"))
    return found


def waited() -> float:
    """Return for how many seconds this thread waited for a core; 0 where the system can't tell."""
    with contextlib.suppress(FileNotFoundError):
        return _waited(Path("/proc/thread-self/schedstat"))
    return 0.0


def _waited(file: Path) -> float:
    return int(file.read_text().split()[1]) / 1e9  # after what it computed


def end(pid: int) -> None:
    """Kill a process and all below it, where no process namespace does so.

    The first process goes last: while it lives, what descends from it can be found.
    """
    for _ in range(ROUNDS):
        below = [process for process in tree(pid) if process != pid and not _is_dead(process)]
        if not below:
            break
        for process in below:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    os.kill(pid, signal.SIGKILL)


def _is_dead(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state in "ZX"
