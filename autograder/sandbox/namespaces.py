"""Namespaces: a process sees its own files, processes, network and users only."""

import os

from autograder.sandbox import linux

INSIDE_USER = 1000  # the only user of a user namespace
OURS = (
    linux.CLONE_NEWNS
    | linux.CLONE_NEWPID
    | linux.CLONE_NEWNET
    | linux.CLONE_NEWIPC
    | linux.CLONE_NEWUTS
)


def enter() -> None:
    """Put this process, but for its number, and all that it starts into namespaces of their own.

    An ordinary user may do so as the only user of a user namespace.

    Raises
    ------
    OSError
        This machine does not let us.
    """
    uid, gid = os.geteuid(), os.getegid()
    if uid == 0:
        linux.unshare(OURS)
        return
    process = os.open("/proc", os.O_PATH | os.O_DIRECTORY)
    try:
        linux.unshare(OURS | linux.CLONE_NEWUSER)
        map_user(process, uid, gid)
    finally:
        os.close(process)


def map_user(process: int, uid: int, gid: int) -> None:
    """Give this process's new user namespace its only user.

    Parameters
    ----------
    process : int
        A descriptor of ``/proc``.
    uid, gid : int
        The user's and the group's number in the namespace around it.
    """
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{INSIDE_USER} {uid} 1"),
        ("gid_map", f"{INSIDE_USER} {gid} 1"),
    ):
        file = os.open(f"self/{name}", os.O_WRONLY, dir_fd=process)
        try:
            os.write(file, line.encode())
        finally:
            os.close(file)
