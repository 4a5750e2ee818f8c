"""The Linux calls that Python does not have, each raising OSError."""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

CLONE_NEWNS = 0x0002_0000
CLONE_NEWCGROUP = 0x0200_0000
CLONE_NEWUTS = 0x0400_0000
CLONE_NEWIPC = 0x0800_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWPID = 0x2000_0000
CLONE_NEWNET = 0x4000_0000
CLONE_NEWTIME = 0x0000_0080

MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_REMOUNT = 32
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18
MNT_DETACH = 2

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
CAPABILITIES = 64  # the kernel's sets have 64 bits

# These numbers are the same on every architecture.
SYS_MOUNT_SETATTR = 442
SYS_LANDLOCK_CREATE_RULESET = 444
SYS_LANDLOCK_ADD_RULE = 445
SYS_LANDLOCK_RESTRICT_SELF = 446

_AT_RECURSIVE = 0x8000
_LIBC = ctypes.CDLL(None, use_errno=True)


def _function(name: str, *types: Any) -> Callable[..., int]:
    function = getattr(_LIBC, name, None)
    if function is None:  # not Linux

        def missing(*_: object) -> int:
            raise OSError(f"there is no {name} on {sys.platform}")

        return missing
    function.argtypes = types

    def call(*arguments: object) -> int:
        result = int(function(*arguments))
        if result < 0:
            number = ctypes.get_errno()
            told = [a for a in arguments if isinstance(a, bytes | int)]
            raise OSError(number, f"{name}{tuple(told)}: {os.strerror(number)}")
        return result

    return call


_BYTES, _INT, _LONG, _POINTER = ctypes.c_char_p, ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p
unshare = _function("unshare", _INT)
setns = _function("setns", _INT, _INT)
prctl = _function("prctl", _INT, _LONG, _LONG, _LONG, _LONG)
_mount = _function("mount", _BYTES, _BYTES, _BYTES, _LONG, _BYTES)
_umount = _function("umount2", _BYTES, _INT)
_pivot_root = _function("pivot_root", _BYTES, _BYTES)
_capset = _function("capset", _POINTER, _POINTER)


def syscall(number: int, *arguments: object) -> int:
    """Make a system call by its number; integers are passed as long, objects by their address."""
    _LIBC.syscall.restype = ctypes.c_long
    sent = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = int(_LIBC.syscall(ctypes.c_long(number), *sent))
    if result < 0:
        raise OSError(ctypes.get_errno(), f"call {number}: {os.strerror(ctypes.get_errno())}")
    return result


def mount(source: Path | str, target: Path, kind: str, flags: int, options: str = "") -> None:
    """Mount a file system."""
    _mount(os.fsencode(source), os.fsencode(target), kind.encode() or None, flags, options.encode())


def unmount(target: Path) -> None:
    """Take a mount away, though files of it may still be open."""
    _umount(os.fsencode(target), MNT_DETACH)


def pivot_root(new: Path, old: Path) -> None:
    """Make a mount the root, and put the old root below it."""
    _pivot_root(os.fsencode(new), os.fsencode(old))


class _MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns_fd")]


def restrict_mounts(target: Path, flags: int) -> None:
    """Set flags on a mount and on all mounts below it (Linux 5.12)."""
    attributes = _MountAttributes(flags, 0, 0, 0)
    path = ctypes.c_char_p(os.fsencode(target))
    size = ctypes.sizeof(attributes)
    syscall(SYS_MOUNT_SETATTR, -1, path, _AT_RECURSIVE, ctypes.byref(attributes), size)


def close_the_way_back() -> None:
    """Give up every capability that a later exec could bring back."""
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    for capability in range(CAPABILITIES):
        try:
            prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
        except OSError as error:
            if error.errno != errno.EINVAL or capability == 0:
                raise
            break  # the kernel knows no more of them


def drop_capabilities() -> None:
    """Give up every capability that this process has."""
    version_3 = 0x2008_0522
    header = (ctypes.c_uint32 * 2)(version_3, 0)
    none = (ctypes.c_uint32 * 6)()
    _capset(header, none)
