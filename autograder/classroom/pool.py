"""Processes that work through a list, and of which one may die without the others."""

import contextlib
import math
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from autograder.sandbox import linux

Task = TypeVar("Task")
Answer = TypeVar("Answer")
_FORK = multiprocessing.get_context("fork")


class WorkerDied(Exception):
    """The process that worked on a task ended without an answer."""


class Pool(Generic[Task, Answer]):
    """A few forked processes that all do the same.

    A context manager; leaving it ends the processes, also in the middle of their work.

    Parameters
    ----------
    begin : callable
        Called once in each process; it returns the function that works on a task. What that
        function returns must be fit for pickling; it should raise nothing.
    workers : int
        The number of processes.
    seconds : float
        How long a task may take before its process is killed.
    """

    def __init__(
        self,
        begin: Callable[[], Callable[[Task], Answer]],
        workers: int,
        seconds: float = math.inf,
    ) -> None:
        self._begin = begin
        self._processes: dict[Connection, BaseProcess] = {}
        self._count = workers
        self._seconds = seconds

    def __enter__(self) -> "Pool[Task, Answer]":
        for _ in range(self._count):
            self._start()
        return self

    def __exit__(self, *_: object) -> None:
        for connection, process in self._processes.items():
            process.kill()
            process.join()
            connection.close()
        self._processes.clear()

    def work(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Answer | WorkerDied]]:
        """Yield each task with its answer, in the order in which they are done."""
        waiting = deque(tasks)
        busy: dict[Connection, Task] = {}
        ends: dict[Connection, float] = {}
        while waiting or busy:
            for connection in [c for c in self._processes if c not in busy]:
                if waiting:
                    busy[connection] = waiting.popleft()
                    ends[connection] = time.monotonic() + self._seconds
                    with contextlib.suppress(OSError):  # it died: that shows below
                        connection.send(busy[connection])
            left = min(ends[connection] for connection in busy) - time.monotonic()
            for ready in wait(list(busy), None if left == math.inf else max(left, 0)):
                assert isinstance(ready, Connection)
                task = busy.pop(ready)
                try:
                    answer: Answer | WorkerDied = ready.recv()
                except (EOFError, OSError):
                    answer = self._replace(ready)
                yield task, answer
            for connection in busy:
                if time.monotonic() > ends[connection]:
                    self._processes[connection].kill()  # which shows as its end

    def _replace(self, connection: Connection) -> WorkerDied:
        process = self._processes.pop(connection)
        connection.close()
        process.join()
        self._start()
        return WorkerDied(f"the process that graded it ended with status {process.exitcode}")

    def _start(self) -> None:
        mine, theirs = _FORK.Pipe()
        process = _FORK.Process(target=_work, args=(self._begin, theirs, os.getpid()), daemon=True)
        process.start()
        theirs.close()
        self._processes[mine] = process


def _work(begin: Callable[[], Callable[[Any], Any]], connection: Connection, parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us, when it is interrupted
    if sys.platform == "linux":
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        return
    function = begin()
    with contextlib.suppress(EOFError):
        while True:
            connection.send(function(connection.recv()))
