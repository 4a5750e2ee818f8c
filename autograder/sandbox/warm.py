"""The trusted side: start a warm parent, get students from it, end them."""

import contextlib
import importlib.util
import json
import os
import select
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from autograder.sandbox import jail, processes, protocol
from autograder.sandbox.layers import IsolationError, Layer
from autograder.sandbox.limits import Isolation, Limits
from autograder.sandbox.probe import missing_layers, python

CLOSING_SECONDS = 10


class WarmParentError(Exception):
    """The warm parent could not be started, or ended too early."""


class Student:
    """A student process.

    Attributes
    ----------
    channel : socket.socket
        Our end of the socket that ``serve`` got.
    """

    def __init__(
        self, channel: socket.socket, lifeline: socket.socket, connection: "Connection"
    ) -> None:
        self.channel = channel
        self._connection = connection  # without which it would end
        self._lifeline = lifeline
        self._status: int | None = None
        self._handle: int | None = None
        try:
            said, descriptors, _, _ = socket.recv_fds(lifeline, 1, 1)
        except OSError:
            said, descriptors = b"", []
        if said != protocol.FORKED:
            self._close()
            raise WarmParentError("the warm parent ended, or could not fork")
        self._handle = descriptors[0] if descriptors else None

    def interrupt(self) -> None:
        """Send it an interrupt, as Ctrl-C does."""
        with contextlib.suppress(OSError):  # it is gone
            self._lifeline.send(protocol.INTERRUPT)

    def memory(self) -> int:
        """Return the resident bytes of it and of all that it started; 0 once it is gone."""
        pid = self._pid()
        return processes.memory(pid) if pid > 0 else 0

    def exceeds(self, limit: int) -> bool:
        """Return whether `memory` is more than so many bytes."""
        pid = self._pid()
        return pid > 0 and processes.exceeds(pid, limit)

    def cpu_seconds(self) -> float:
        """Return the seconds of CPU that it and all that it started took; 0 once it is gone."""
        pid = self._pid()
        return processes.cpu_seconds(pid) if pid > 0 else 0.0

    def times(self) -> dict[int, tuple[float, float]]:
        """Return what `processes.times` tells of it; nothing once it is gone."""
        pid = self._pid()
        return processes.times(pid) if pid > 0 else {}

    def kill(self) -> None:
        """End it and all that it started; when this returns, nothing of it is left."""
        if self._status is None:
            with contextlib.suppress(OSError):  # it is gone
                self._lifeline.shutdown(socket.SHUT_WR)
            self._receive_status()
        self._close()

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.status is None

    @property
    def status(self) -> int | None:
        """How it ended: its exit status, minus a signal's number, or None while it runs."""
        if self._status is None and select.select([self._lifeline], [], [], 0)[0]:
            self._receive_status()
        return self._status

    def _pid(self) -> int:
        """Return its number as it is called out here, 0 or -1 if it is gone."""
        if self._handle is None or not self.alive:
            return 0
        described = Path(f"/proc/self/fdinfo/{self._handle}").read_text()
        return int(described.partition("\nPid:")[2].split()[0])

    def _receive_status(self) -> None:
        try:
            said = self._lifeline.recv(protocol.STATUS.size, socket.MSG_WAITALL)
        except OSError:
            said = b""
        # Without an answer the warm parent is gone, and the kernel killed its students.
        self._status = protocol.STATUS.unpack(said)[0] if said else -signal.SIGKILL

    def _close(self) -> None:
        self.channel.close()
        self._lifeline.close()
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class Connection:
    """A grader's access to a warm parent; its students end with it."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control

    def student(self) -> Student:
        """Fork a student, which begins to serve."""
        channel, their_channel = socket.socketpair()
        lifeline, their_lifeline = socket.socketpair()
        with their_channel, their_lifeline, contextlib.ExitStack() as ours:
            ours.enter_context(channel)
            ours.enter_context(lifeline)
            self._ask(protocol.STUDENT, their_channel, their_lifeline)
            ours.pop_all()
        return Student(channel, lifeline, self)

    def connect(self) -> "Connection":
        """Return another access, for a process that was forked from this one."""
        control, theirs = socket.socketpair()
        with theirs, contextlib.ExitStack() as ours:
            ours.enter_context(control)
            self._ask(protocol.CONNECT, theirs)
            ours.pop_all()
        return Connection(control)

    def close(self) -> None:
        """End all students of this access."""
        self._control.close()

    def _ask(self, request: bytes, *sockets: socket.socket) -> None:
        try:
            socket.send_fds(self._control, [request], [end.fileno() for end in sockets])
        except OSError as error:
            raise WarmParentError("the warm parent ended") from error


class WarmParent(Connection):
    """A process that has imported what students need, and that students are forked from.

    A context manager. Processes forked from this one call ``connect``.

    Parameters
    ----------
    prepare : str
        ``module:function``, called once in the warm parent: it imports and warms caches.
    serve : str
        ``module:function``, called in each student with ``(channel, work)``, its end of the channel
        and its work folder; the student ends when it returns.
    limits : Limits
        The limits of each student.
    isolation : Isolation
        ``REDUCED`` does without the layers that this machine lacks.
    modules : sequence of str
        What is imported besides, where it is installed. Each fork copies it: name what most
        students import.

    Raises
    ------
    IsolationError
        A layer is missing.
    WarmParentError
        ``prepare`` or ``serve`` fails.
    """

    def __init__(
        self,
        prepare: str,
        serve: str,
        limits: Limits = Limits(),  # noqa: B008, it is frozen
        isolation: Isolation = Isolation.FULL,
        modules: Sequence[str] = (),
    ) -> None:
        missing = missing_layers() if isolation is Isolation.REDUCED else {}
        code = _folders(prepare, serve)
        self._owner = os.getpid()
        ours, theirs = socket.socketpair()
        super().__init__(ours)
        report, their_report = os.pipe()
        asked = protocol.Asked(
            grader=self._owner,
            control=theirs.fileno(),
            report=their_report,
            prepare=prepare,
            serve=serve,
            modules=list(modules),
            code=code,
            layers=[layer for layer in Layer if layer not in missing],
            limits=limits,
        )
        with tempfile.TemporaryFile() as errors:
            self._launcher = subprocess.Popen(
                python(_BOOT.format(asked.code), asked.dump()),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors,
                env=_environment(), cwd="/", start_new_session=True,
                pass_fds=(asked.control, asked.report),
            )  # fmt: skip
            theirs.close()
            os.close(their_report)
            try:
                with os.fdopen(report) as answer:
                    said = answer.read()
                kind, why = json.loads(said) if said else ("error", _read(errors.fileno()))
            except BaseException:
                self.close()
                raise
        if kind == "ready":
            return
        self.close()
        if kind == "layer" and isolation is Isolation.FULL and (missing := missing_layers()):
            raise IsolationError.of(missing)
        raise WarmParentError(f"the warm parent does not start: {why}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the warm parent and all students, also those of other connections."""
        if os.getpid() != self._owner:  # a forked copy of the grader must not end what others use
            super().close()
            return
        with contextlib.suppress(OSError):  # closed before, or ended by itself
            self._control.send(protocol.QUIT)
        super().close()
        try:
            self._launcher.wait(CLOSING_SECONDS)
        except subprocess.TimeoutExpired:
            self._launcher.kill()
            self._launcher.wait()


_BOOT = "sys.path[:0] = {!r}; from autograder.sandbox.launch import main; main()"


def _read(descriptor: int) -> str:
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, 1 << 16).decode(errors="replace").strip() or "it says nothing"


def _folders(*names: str) -> list[str]:
    """Return the folders that our package and some functions' modules are imported from."""
    folders = []
    for name in ("autograder", *names):
        module = name.partition(":")[0]
        found = importlib.util.find_spec(module)
        if found is None or found.origin is None:
            raise WarmParentError(f"there is no module {module}")
        depth = module.count(".") + bool(found.submodule_search_locations)
        folders.append(os.fspath(Path(found.origin).resolve().parents[depth]))
    installed = {sysconfig.get_path("stdlib"), sysconfig.get_path("purelib")}
    return [folder for folder in dict.fromkeys(folders) if folder not in installed]


def _environment() -> dict[str, str]:
    """Return all of the students' environment: nothing of ours is in it, for it holds secrets."""
    one_thread = ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM", "NUMEXPR")
    return {
        "PATH": os.pathsep.join([f"{sys.prefix}/bin", "/usr/bin", "/bin"]),
        "LANG": "C.UTF-8",
        "USER": "student",
        "NBGRADER_EXECUTION": "autograde",  # nbgrader's own sign for notebooks
        "LOGNAME": "student",
        **jail.environment(jail.HOME),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "JOBLIB_MULTIPROCESSING": "0",  # else scikit-learn warns that there is no shared memory
        **{f"{library}_NUM_THREADS": "1" for library in one_thread},
    }
