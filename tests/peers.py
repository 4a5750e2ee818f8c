"""A pair of connected peers for tests: one here, one in a forked process."""

import contextlib
import os
import socket
from collections.abc import Iterator
from typing import Any

from autograder.referee.remote import StudentVariables
from autograder.student.answers import Answers
from autograder.wire.channel import Channel, ChannelClosed


@contextlib.contextmanager
def student(code: str, seconds: float = 20) -> Iterator[StudentVariables]:
    """Give the variables of a process that ran that code."""
    with raw_student(code) as sock:
        yield StudentVariables(Channel(sock, lambda: None), seconds)


@contextlib.contextmanager
def raw_student(code: str) -> Iterator[socket.socket]:
    """Give the bare connection to a process that ran that code; ``sock`` is its own end."""
    mine, theirs = socket.socketpair()
    process = os.fork()
    if process == 0:
        mine.close()
        _be(code, theirs)
    theirs.close()
    try:
        yield mine
    finally:
        mine.close()
        os.kill(process, 9)
        os.waitpid(process, 0)


def _be(code: str, sock: socket.socket) -> None:
    try:
        names: dict[str, Any] = {"sock": sock}
        exec(code, names)
        answers = Answers(Channel(sock), names)
        while True:
            answers.serve_one()
    except ChannelClosed:
        os._exit(0)
    finally:
        os._exit(1)
