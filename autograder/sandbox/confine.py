"""How a student process shuts itself in, before anything of the student is there."""

import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from autograder.sandbox import jail, landlock, linux, namespaces
from autograder.sandbox.layers import Layer
from autograder.sandbox.limits import Limits

SLOTS = 64  # students of one warm parent at a time, where it is root's
# Of nobody: above the numbers that systemd and containers give away, below the signed ones.
FIRST_USER, LAST_USER = 0x7000_0000, 0x7FFF_FFFF
BYTES_PER_INODE = 16_384


def slot_users() -> range:
    """Return the numbers of the users that root's students become, one to each.

    The kernel counts processes by user: two warm parents that run at once, which differ in their
    process number, must not share one. In a container, root may have few numbers to give.
    """
    rows = Path("/proc/self/uid_map").read_text().splitlines()
    end = max(int(first) + int(count) for first, _, count in map(str.split, rows))
    first, last = (FIRST_USER, LAST_USER) if end > LAST_USER else (end // 2, end - 1)
    blocks = (last + 1 - first) // SLOTS
    start = first + os.getpid() % blocks * SLOTS
    return range(start, start + SLOTS)


def confine(
    *,
    limits: Limits,
    layers: frozenset[Layer],
    user: int | None,
    process: int,
    load_filter: Callable[[], None] | None,
    home: Path,
    readable: list[Path],
) -> None:
    """Shut this process in, for good.

    Parameters
    ----------
    limits : Limits
        What the student may use.
    layers : frozenset of Layer
        The layers to put on.
    user : int or None
        The user to become; None for an ordinary user, who can become no other.
    process : int
        A descriptor of ``/proc``.
    load_filter : callable or None
        Puts the system-call filter on.
    home : Path
        The student's private folder.
    readable : list of Path
        What may be read outside of it.

    Raises
    ------
    OSError
        A layer could not be put on. The process must end.
    """
    if Layer.NAMESPACES in layers:
        _own_home(limits, user)
        _become(user, process)
        linux.drop_capabilities()
        readable = [Path("/")]  # nothing else is there
    _limit(limits, own_user=Layer.NAMESPACES in layers)
    if sys.platform == "linux":
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        # A change of user hides a process even from the grader, who has to see its memory.
        linux.prctl(linux.PR_SET_DUMPABLE, 1, 0, 0, 0)
    if Layer.LANDLOCK in layers:
        landlock.restrict(readable, [home], jail.DEVICES)
    if load_filter is not None:
        load_filter()


def _own_home(limits: Limits, user: int | None) -> None:
    linux.unshare(linux.CLONE_NEWNS)
    inodes = max(1024, limits.work_size // BYTES_PER_INODE)
    options = f"mode=700,size={limits.work_size},nr_inodes={inodes}"
    jail.mount_home(options)
    if user is not None:
        for name in (".", *jail.PRIVATE):
            os.chown(jail.HOME / name, user, user)


def _become(user: int | None, process: int) -> None:
    if user is None:
        # A namespace of its own, so that its processes are counted apart from other students'.
        uid, gid = os.getuid(), os.getgid()
        linux.unshare(linux.CLONE_NEWUSER)
        namespaces.map_user(process, uid, gid)
        linux.close_the_way_back()  # a new user namespace has it open
    else:
        linux.close_the_way_back()  # another user may not
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)


def _limit(limits: Limits, own_user: bool) -> None:
    values = {
        "RLIMIT_CPU": limits.cpu_seconds,
        "RLIMIT_FSIZE": limits.file_size,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_CORE": 0,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_RTPRIO": 0,
        "RLIMIT_NICE": 0,
        "RLIMIT_SIGPENDING": 1024,
    }
    if sys.platform == "linux":  # macOS refuses it
        values["RLIMIT_AS"] = limits.memory
    if own_user:  # otherwise all programs of the user would count
        values["RLIMIT_NPROC"] = limits.processes
    for name, value in values.items():
        which = getattr(resource, name, None)
        if which is None:  # not on this system
            continue
        hard = resource.getrlimit(which)[1]
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (allowed, allowed))
