"""The loop of the student's process: run this cell, make a copy that answers calls, end."""

import contextlib
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from autograder.student.answers import Answers, warm_answers
from autograder.student.shell import Shell, warm_shell
from autograder.wire.channel import Channel, ChannelClosed

MAX_TESTS = 2  # that one copy serves
MAX_FILES = 200
MAX_FILE_BYTES = 50 * 2**20


def prepare() -> None:
    """Import and run once what every student would wait for."""
    warm_shell()
    warm_answers()


def serve(sock: socket.socket, work: Path) -> None:
    """Do what the grader says until it hangs up.

    Parameters
    ----------
    sock : socket
        The connection to the grader.
    work : Path
        The folder in which the notebook runs.
    """
    channel = Channel(sock)
    shell = Shell.instance()
    os.chdir(work)
    sys.path.insert(0, "")  # a notebook may import what lies beside it
    given: dict[str, bytes] = {}
    with contextlib.suppress(ChannelClosed):
        while True:
            request, _ = channel.receive()
            kind, *details = request
            reply: Any
            if kind == "cell":
                reply = _run(shell, details[0])
            elif kind == "copy":
                reply = _copy(channel, shell)
            elif kind == "drop":
                reply = None
                _drop(details[0])
            elif kind == "put":
                name, content = details
                given[name] = content
                reply = None
                _put(work / name, content)
            else:
                reply = _files(work, given)
            _reap()
            channel.send(reply)


def _run(shell: Shell, code: str) -> list[Any]:
    outputs, count, fine = shell.run(code)
    return [json.dumps(outputs, default=repr), count, fine]


def _copy(channel: Channel, shell: Shell) -> int:
    """Fork a process that answers calls; return its number.

    It gets a socket for each test that it serves, one after the other.
    """
    channel.send("ready")
    _, descriptors, _, _ = socket.recv_fds(channel.socket, 1, MAX_TESTS)
    process = os.fork()
    if process:
        for descriptor in descriptors:
            os.close(descriptor)
        return process
    try:
        channel.close()
        for descriptor in descriptors:
            answers = Answers(Channel(socket.socket(fileno=descriptor)), shell.user_ns)
            with contextlib.suppress(ChannelClosed):  # the grader is done with this test
                while True:
                    answers.serve_one()
        os._exit(0)
    finally:
        os._exit(1)


def _drop(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _files(work: Path, given: dict[str, bytes]) -> list[list[Any]]:
    """Return the files that the notebook wrote, as pairs of a name and its contents."""
    found: list[list[Any]] = []
    left = MAX_FILE_BYTES
    for path in sorted(work.rglob("*")):
        if path.is_symlink() or not path.is_file() or len(found) >= MAX_FILES:
            continue
        size = path.stat().st_size
        name = path.relative_to(work).as_posix()
        if size > left or any(part.startswith((".", "__pycache__")) for part in name.split("/")):
            continue
        content = path.read_bytes()
        if given.get(name) != content:
            found.append([name, content])
            left -= size
    return found
