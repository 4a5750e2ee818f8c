"""How much memory a student uses, all processes together."""

import os
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")


def of_process_tree(pid: int) -> int:
    """Return the resident memory of a process and all below it, in bytes.

    A page that several share is divided among them, where the kernel tells. A process that hides
    its pages is counted with all of them.

    Parameters
    ----------
    pid : int
        The process; on a system without ``/proc`` the result is 0.
    """
    total, waiting = 0, [pid]
    while waiting:
        process = Path(f"/proc/{waiting.pop()}")
        try:
            total += _resident(process)
            for thread in (process / "task").iterdir():
                waiting += map(int, (thread / "children").read_text().split())
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
    return total


def _resident(process: Path) -> int:
    try:
        for line in (process / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except PermissionError:
        pass
    return int((process / "statm").read_text().split()[1]) * PAGE
