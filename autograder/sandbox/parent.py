"""The warm parent: it imports what students import, once, and forks students from itself."""

import contextlib
import gc
import importlib
import itertools
import os
import selectors
import signal
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from autograder.sandbox import jail, protocol
from autograder.sandbox.fork import Forker, move_to
from autograder.sandbox.layers import Layer
from autograder.sandbox.protocol import Asked

PACKAGE = Path(__file__).resolve().parent.parent
SECRET = ("autograder.exercises", "autograder.reference", "autograder.referee")
BACKLOG = 4  # descriptors with one request, at most


class NotReadyError(Exception):
    """What was prepared breaks a promise that students rely on."""


def run(asked: Asked, users: range | None) -> NoReturn:
    """Be the warm parent until nobody is connected.

    Parameters
    ----------
    asked : Asked
        What the grader wants.
    users : range or None
        The users that students become, where there are any to give.
    """
    kind, why = "ready", ""
    try:
        forker = Forker(asked.limits, frozenset(map(Layer, asked.layers)), users)
        serve = warm_up(forker, asked)
    except OSError as error:
        kind, why = "layer", str(error)
    except Exception as error:
        kind, why = "error", f"{type(error).__name__}: {error}"
    try:
        protocol.report(asked.report, kind, why)
        if kind == "ready":
            # From here on nothing is written to the grader's terminal.
            os.dup2(os.open(os.devnull, os.O_RDWR), 2)
            _Server(forker, serve, asked.control).run()
    finally:
        os._exit(kind != "ready")


# Warming up

Serve = Callable[[socket.socket, Path], object]


def warm_up(forker: Forker, asked: Asked) -> Serve:
    """Import and prepare, shut the jail, and try it with a student that does nothing.

    Returns
    -------
    callable
        What each student does.
    """
    code = [Path(folder) for folder in asked.code]
    if forker.jailed:
        shown = jail.enter(forker.readable, code)
    home = forker.new_home()
    move_to(home)
    serve: Serve = _function(asked.serve)
    _call(asked.prepare)
    for name in asked.modules:
        with contextlib.suppress(ImportError):  # a student's own import of it tells
            importlib.import_module(name)
    if forker.jailed:
        jail.close(shown, PACKAGE)
        socket.sethostname("student")
    forker.remove_home(home)
    _forget(forker.readable)
    _check(forker, asked.prepare)
    _try_out(forker)
    gc.collect()
    gc.freeze()  # or the first collection in a student would copy every page
    return serve


def _function(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def _call(name: str) -> None:
    try:
        _function(name)()
    except OSError as error:  # not a layer's
        raise NotReadyError(f"{name}: {type(error).__name__}: {error}") from error


def _forget(readable: Sequence[Path]) -> None:
    """Import from nothing but what students may read."""
    sys.path[:] = [
        folder
        for folder in sys.path
        if any(Path(folder).is_relative_to(above) for above in readable)
    ]
    sys.path_importer_cache.clear()


def _check(forker: Forker, prepare: str) -> None:
    secret = [name for name in sys.modules if name.startswith(SECRET)]
    if secret:
        raise NotReadyError(f"{prepare} imports {', '.join(secret)}, which students must not see")
    if forker.threads() > 1 or threading.active_count() > 1:
        raise NotReadyError(
            f"a thread is left after {prepare}, and a fork copies only one: {_threads()}"
        )


def _threads() -> str:
    names = [thread.name for thread in threading.enumerate()[1:]]
    with contextlib.suppress(ImportError):
        import threadpoolctl  # noqa: PLC0415, comes with scikit-learn

        names += [
            f"{library['internal_api']} of {library['filepath']}"
            for library in threadpoolctl.threadpool_info()
            if library["num_threads"] > 1
        ]
    return ", ".join(names) or "a library started it that does not tell"


def _try_out(forker: Forker) -> None:
    ours, theirs = os.pipe()
    home = forker.new_home()
    try:
        pid = forker.fork(0, home, theirs, lambda _: None, explain=True)
        os.close(theirs)
        with os.fdopen(ours) as errors:
            why = errors.read()
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    finally:
        forker.remove_home(home)
    if status:
        raise OSError(why or f"a student that does nothing ends with status {status}")


# Serving


@dataclass(frozen=True)
class _Student:
    pid: int
    slot: int
    home: Path
    connection: socket.socket
    lifeline: socket.socket


class _Server:
    """Forks students, tells how they end, and ends those whose grader is gone."""

    def __init__(self, forker: Forker, serve: Serve, control: int) -> None:
        self.forker, self.serve = forker, serve
        self.students: dict[int, _Student] = {}
        self.connections = 0
        self.selector = selectors.DefaultSelector()
        self._connect(socket.socket(fileno=control))

    def run(self) -> None:
        """Serve until nobody is connected."""
        woken, wake = socket.socketpair()
        for end in (woken, wake):
            end.setblocking(False)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.selector.register(woken, selectors.EVENT_READ, lambda: self._wake(woken))
        while self.connections:
            for key, _ in self.selector.select():
                # Not taken away a moment ago; a closed socket can't be looked for itself.
                if self.selector.get_map().get(key.fd) is key:
                    key.data()
        for student in self.students.values():
            self.forker.end(student.pid)
        while self.students:
            self._reap(os.WEXITED)

    def _wake(self, woken: socket.socket) -> None:
        woken.recv(4096)
        self._reap()

    def _connect(self, connection: socket.socket) -> None:
        self.connections += 1
        self.selector.register(connection, selectors.EVENT_READ, lambda: self._answer(connection))

    def _answer(self, connection: socket.socket) -> None:
        try:
            asked, descriptors, _, _ = socket.recv_fds(connection, 1, BACKLOG)
        except ConnectionResetError:
            asked, descriptors = b"", []
        match asked, [socket.socket(fileno=descriptor) for descriptor in descriptors]:
            case protocol.STUDENT, [channel, lifeline]:
                self._start(connection, channel, lifeline)
            case protocol.CONNECT, [another]:
                self._connect(another)
            case protocol.QUIT, []:
                self.connections = 0
            case _:
                self._disconnect(connection)

    def _disconnect(self, connection: socket.socket) -> None:
        self.selector.unregister(connection)
        connection.close()
        self.connections -= 1
        for student in self.students.values():
            if student.connection is connection:
                self.forker.end(student.pid)

    def _start(
        self, connection: socket.socket, channel: socket.socket, lifeline: socket.socket
    ) -> None:
        taken = {student.slot for student in self.students.values()}
        slot = next(slot for slot in itertools.count() if slot not in taken)
        home = self.forker.new_home()
        try:
            pid = self.forker.fork(
                slot, home, channel.fileno(), lambda work: self.serve(channel, work)
            )
        except OSError:  # no memory or no process is to be had: the grader sees the sockets closed
            self.forker.remove_home(home)
            lifeline.close()
            return
        finally:
            channel.close()
        student = _Student(pid, slot, home, connection, lifeline)
        self.students[pid] = student
        self.selector.register(lifeline, selectors.EVENT_READ, lambda: self._obey(student))
        with contextlib.suppress(OSError):  # the grader is gone; its connection tells
            if sys.platform == "linux":
                handle = os.pidfd_open(pid)
                socket.send_fds(lifeline, [protocol.FORKED], [handle])
                os.close(handle)
            else:
                lifeline.send(protocol.FORKED)

    def _obey(self, student: _Student) -> None:
        try:
            wish = student.lifeline.recv(1)
        except ConnectionResetError:
            wish = b""
        if wish == protocol.INTERRUPT:
            os.kill(student.pid, signal.SIGINT)
        else:
            self.forker.end(student.pid)
            self.selector.unregister(student.lifeline)

    def _reap(self, flags: int = os.WNOHANG) -> None:
        while self.students:
            pid, status = os.waitpid(-1, flags)
            if not pid:
                return
            student = self.students.pop(pid)
            with contextlib.suppress(KeyError):  # it was killed
                self.selector.unregister(student.lifeline)
            self.forker.remove_home(student.home)
            with contextlib.suppress(OSError):  # the grader is gone
                student.lifeline.send(protocol.STATUS.pack(os.waitstatus_to_exitcode(status)))
            student.lifeline.close()
