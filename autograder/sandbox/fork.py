"""Fork a student process from the warm parent, shut it in, and hand it over."""

import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from autograder.sandbox import jail, linux, processes
from autograder.sandbox.confine import confine
from autograder.sandbox.layers import Layer
from autograder.sandbox.limits import Limits
from autograder.sandbox.protocol import FAILED, NOT_SHUT_IN


class Forker:
    """What every fork needs; made before the jail is entered.

    Parameters
    ----------
    limits : Limits
        The limits of each student.
    layers : frozenset of Layer
        The layers to put on.
    users : range or None
        The users that students become, by slot; None if they can become no other.
    """

    def __init__(self, limits: Limits, layers: frozenset[Layer], users: range | None) -> None:
        self.limits, self.layers, self.users = limits, layers, users
        self.jailed = Layer.NAMESPACES in layers
        self.readable = jail.readable()
        self.temporary = tempfile.gettempdir()
        self.load_filter: Callable[[], None] | None = None
        if Layer.SECCOMP in layers:
            from autograder.sandbox import seccomp  # noqa: PLC0415, not on every system

            self.load_filter = seccomp.build()
        if self.jailed:
            # In the jail there is no /proc, and namespaces are entered and described through it.
            self.process = os.open("/proc", os.O_PATH | os.O_DIRECTORY)
            self.own_processes = os.open("self/ns/pid", os.O_RDONLY, dir_fd=self.process)

    def threads(self) -> int:
        """Return how many threads this process has; 0 where the system does not tell."""
        try:
            tasks = os.open("self/task", os.O_RDONLY, dir_fd=self.process)
        except AttributeError:
            return 0
        try:
            return len(os.listdir(tasks))  # noqa: PTH208, a descriptor is no path
        finally:
            os.close(tasks)

    def new_home(self) -> Path:
        """Return the private folder of the next student; ``remove_home`` takes it away."""
        if self.jailed:
            return jail.HOME
        home = Path(tempfile.mkdtemp(prefix="student-", dir=self.temporary))
        jail.furnish(home)
        return home

    def end(self, pid: int) -> None:
        """Kill a student and all that it started."""
        if self.jailed:  # by the kernel: it is the first process of a namespace
            os.kill(pid, signal.SIGKILL)
        else:
            processes.end(pid)

    def remove_home(self, home: Path) -> None:
        """Remove what a student left. In the jail it went with the student."""
        if not self.jailed:
            shutil.rmtree(home, ignore_errors=True)

    def fork(
        self, slot: int, home: Path, keep: int, act: Callable[[Path], object], explain: bool = False
    ) -> int:
        """Fork a student.

        Parameters
        ----------
        slot : int
            A number that no other living student has.
        home : Path
            Its private folder.
        keep : int
            The only descriptor that it keeps.
        act : callable
            What it does with its work folder once it is shut in.
        explain : bool
            Write to that descriptor why it could not be shut in.

        Returns
        -------
        int
            Its process.
        """
        if not self.jailed:
            pid = os.fork()
            if pid == 0:
                _stay_below()
                self._become(slot, home, keep, act, explain)
            return pid
        linux.unshare(linux.CLONE_NEWPID)
        try:
            pid = os.fork()
            if pid == 0:
                self._become(slot, home, keep, act, explain)
        finally:
            # Without it the next fork would land in this student's namespace.
            linux.setns(self.own_processes, linux.CLONE_NEWPID)
        return pid

    def _become(
        self, slot: int, home: Path, keep: int, act: Callable[[Path], object], explain: bool
    ) -> NoReturn:
        status = NOT_SHUT_IN
        try:
            _detach(keep, self.process if self.jailed else None)
            confine(
                limits=self.limits,
                layers=self.layers,
                user=self.users[slot] if self.users else None,
                process=self.process if self.jailed else -1,
                load_filter=self.load_filter,
                home=home,
                readable=self.readable,
            )
            if self.jailed:
                os.close(self.process)
            else:
                move_to(home)
            work = home / jail.WORK
            os.chdir(work)
            _reseed()
            status = FAILED
            act(work)
            status = 0
        except SystemExit as exit_:
            status = exit_.code if isinstance(exit_.code, int) else 0
        except BaseException as error:
            if explain:
                os.write(keep, str(error).encode())
        finally:
            os._exit(status)


def _stay_below() -> None:
    """Without a process namespace: end with the warm parent, and keep orphans to be found."""
    if sys.platform == "linux":
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def move_to(home: Path) -> None:
    """Use a private folder that is not where the environment says."""
    os.environ.update(jail.environment(home))
    tempfile.tempdir = None  # look for it again


def _detach(*keep: int | None) -> None:
    """Share nothing with the warm parent but some descriptors."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    # The first process of a namespace gets only the signals that it handles.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    low = 3
    for descriptor in sorted(d for d in keep if d is not None):
        os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, os.sysconf("SC_OPEN_MAX"))


def _reseed() -> None:
    """Give the global random generators a state that no other student has."""
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        with contextlib.suppress(AttributeError):
            numpy.random.seed()
