"""The system calls that a student never needs: each of them gives an error."""

import ctypes
import errno
import functools
import os
import socket
import stat
from collections.abc import Callable

import pyseccomp

from autograder.sandbox import linux

# What is not named is allowed: no list keeps up with the calls of NumPy, IPython and the C library.
REFUSED = {
    "network": "socket connect bind listen accept accept4",
    "other processes": "ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd "
    "move_pages migrate_pages",
    "mounts": "mount umount umount2 pivot_root chroot mount_setattr open_tree move_mount fsopen "
    "fsconfig fsmount fspick open_by_handle_at name_to_handle_at quotactl quotactl_fd",
    "namespaces": "unshare setns",
    "kernel": "bpf perf_event_open userfaultfd keyctl add_key request_key io_uring_setup "
    "io_uring_enter io_uring_register kexec_load kexec_file_load init_module finit_module "
    "delete_module reboot swapon swapoff acct syslog fanotify_init fanotify_mark personality "
    "lookup_dcookie vhangup iopl ioperm modify_ldt nfsservctl",
    "clock": "settimeofday clock_settime clock_adjtime adjtimex stime",
    "memory that no limit counts": "memfd_create memfd_secret shmget shmat shmctl shmdt semget "
    "semop semtimedop semctl msgget msgsnd msgrcv msgctl mq_open mq_unlink mq_timedsend "
    "mq_timedreceive mq_notify mq_getsetattr",
    "users": "setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups",
}
NAMESPACES = (
    linux.CLONE_NEWNS, linux.CLONE_NEWCGROUP, linux.CLONE_NEWUTS, linux.CLONE_NEWIPC,
    linux.CLONE_NEWUSER, linux.CLONE_NEWPID, linux.CLONE_NEWNET,
)  # fmt: skip
# Calls that Linux got after these lists were written are unknown to them.
FIRST_UNKNOWN, LAST_UNKNOWN = 463, 560
BYTES_PER_INSTRUCTION = 8
TIOCSTI, TIOCLINUX = 0x5412, 0x541C  # they type into a terminal
INT = 0xFFFF_FFFF
FILE_TYPE = 0o170000  # the bits of a mode that stat.S_IFMT keeps


def build() -> Callable[[], None]:
    """Build the filter once; what is returned puts it on a process and on all that it starts.

    Another architecture's calls, which the names would not match, end the process.
    """
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    rules.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
    refuse = pyseccomp.ERRNO(errno.EPERM)
    absent = pyseccomp.ERRNO(errno.ENOSYS)
    for name in " ".join(REFUSED.values()).split():
        if _number(name) is not None:
            rules.add_rule(refuse, name)
    for flag in NAMESPACES:
        rules.add_rule(refuse, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag))
    # Its flags lie in memory, where a filter can't look; the C library then takes clone.
    rules.add_rule(absent, "clone3")
    for number in range(FIRST_UNKNOWN, LAST_UNKNOWN):
        rules.add_rule(absent, number)
    # Datagrams could be sent to another student's; a stream is a pipe for both ways.
    for datagrams in (socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        kind = pyseccomp.Arg(1, pyseccomp.MASKED_EQ, 0xF, datagrams)
        rules.add_rule(refuse, "socketpair", kind)
    for request in (TIOCSTI, TIOCLINUX):
        rules.add_rule(refuse, "ioctl", pyseccomp.Arg(1, pyseccomp.MASKED_EQ, INT, request))
    for name, argument in (("mknod", 1), ("mknodat", 2)):
        if _number(name) is not None:
            for special in (stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK):
                mode = pyseccomp.Arg(argument, pyseccomp.MASKED_EQ, FILE_TYPE, special)
                rules.add_rule(refuse, name, mode)
    # libseccomp's own load would translate the rules again in every student: 3 ms.
    with open(os.memfd_create("filter"), "w+b") as file:  # noqa: PTH123, it has no path
        rules.export_bpf(file)
        file.seek(0)
        program = file.read()
    return functools.partial(_load, program)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _load(program: bytes) -> None:
    sent = _Program(len(program) // BYTES_PER_INSTRUCTION, program)
    address = ctypes.addressof(sent)
    linux.prctl(linux.PR_SET_SECCOMP, linux.SECCOMP_MODE_FILTER, address, 0, 0)


def _number(name: str) -> int | None:
    """Return the number of a call, or None where this architecture or library lacks it."""
    try:
        number: int = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    except ValueError:
        return None
    return number if number >= 0 else None
