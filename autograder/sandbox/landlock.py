"""Landlock: what a process may open, even if another layer fails.

The numbers are those of linux/landlock.h. PyPI's landlock knows neither its network nor its scopes.
"""

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

from autograder.sandbox import linux

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
MAKE_CHAR, MAKE_SOCK, MAKE_BLOCK, IOCTL_DEV = 1 << 6, 1 << 9, 1 << 11, 1 << 15
READ = EXECUTE | READ_FILE | READ_DIR
NEVER = EXECUTE | MAKE_CHAR | MAKE_SOCK | MAKE_BLOCK | IOCTL_DEV
# The rights that a kernel knows, by the version of its interface.
RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
NETWORK, SCOPES = 3, 3  # bind and connect TCP (4); abstract sockets, signals (6)
_VERSION = 1
_PATH_BENEATH = 1


class _Ruleset(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("files", "network", "scopes")]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def version() -> int:
    """Return the version of the kernel's Landlock.

    Raises
    ------
    OSError
        The kernel has none.
    """
    return linux.syscall(linux.SYS_LANDLOCK_CREATE_RULESET, 0, 0, _VERSION)


def restrict(readable: Iterable[Path], writable: Iterable[Path], devices: Iterable[Path]) -> None:
    """Let this process read below some folders and write below others, for good."""
    known = version()
    rights = (1 << RIGHTS[min(known, max(RIGHTS))]) - 1
    attributes = _Ruleset(rights, NETWORK if known >= 4 else 0, SCOPES if known >= 6 else 0)
    size = 24 if known >= 6 else 16 if known >= 4 else 8
    ruleset = linux.syscall(linux.SYS_LANDLOCK_CREATE_RULESET, ctypes.byref(attributes), size, 0)
    try:
        for path in readable:
            _allow(ruleset, path, rights & READ)
        for path in writable:
            _allow(ruleset, path, rights & ~NEVER)
        for path in devices:
            _allow(ruleset, path, READ_FILE | WRITE_FILE)
        linux.syscall(linux.SYS_LANDLOCK_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not path.is_dir():
            rights &= ~READ_DIR
        rule = _PathBeneath(rights, opened)
        linux.syscall(linux.SYS_LANDLOCK_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(opened)
