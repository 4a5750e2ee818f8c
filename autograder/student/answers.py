"""Answer the calls of a graded cell in a copy of the student's process."""

import contextlib
import io
import os
import socket
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.wire.channel import Channel, ChannelClosed
from autograder.wire.peer import Peer, operate
from autograder.wire.randomness import changed_states, fingerprints, set_random_states

MAX_PRINTED = 20_000  # characters that one call may print
WARM_CALLS = 50  # Python adapts its code to what it runs within some ten


class Answers(Peer):
    """The peer that holds the student's variables."""

    def __init__(self, channel: Channel, variables: dict[str, Any]) -> None:
        super().__init__(channel)
        self._variables = variables

    def lookup(self, name: str) -> Any:
        """Return the student's variable of that name."""
        return self._variables[name]

    def perform(
        self, operation: str, thing: Any, args: Any, kwargs: Any, context: Any
    ) -> tuple[Any, BaseException | None, Any]:
        """Do it as it would be done in the caller's process: same error state, same randomness."""
        errors, always, *states = context
        set_random_states(*states)
        if operation == "name":
            return thing, None, None
        if operation == "delete":
            del self._variables[args[0]]
            return None, None, None
        before = fingerprints()
        printed, complaints = _Bounded(), _Bounded()
        value, failure = None, None
        with (
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(complaints),
            np.errstate(**dict(zip(("divide", "over", "under", "invalid"), errors, strict=True))),
            _recorded(always) as caught,
        ):
            try:
                value = operate(operation, thing, args, kwargs)
            except BaseException as error:  # SystemExit too is only this call's result
                failure = error
        told = [[w.category.__name__, str(w.message)[:1000]] for w in caught[:20]]
        report = [printed.getvalue(), complaints.getvalue(), told, changed_states(before)]
        return value, failure, report


@contextlib.contextmanager
def _recorded(always: bool) -> Iterator[list[warnings.WarningMessage]]:
    """Record warnings if the caller records them; otherwise the student's own filters hold."""
    if not always:
        yield []
        return
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield caught


def warm_answers() -> None:
    """Answer calls as a copy of a student's process does, whose first ones would be slow.

    Raises
    ------
    RuntimeError
        The process that asked did not get its answers.
    """
    mine, theirs = socket.socketpair()
    asker = os.fork()
    if asker == 0:
        status = 1
        try:
            mine.close()
            function = _Asker(Channel(theirs)).request("name", "f")
            for _ in range(WARM_CALLS):
                function(np.zeros(3), np.zeros((2, 2)), 1.0, [1, "text"], {"a": 1}, None)
            status = 0
        finally:
            os._exit(status)
    theirs.close()
    answers = Answers(Channel(mine), {"f": lambda *arguments: arguments})
    with contextlib.suppress(ChannelClosed):
        while True:
            answers.serve_one()
    answers.channel.close()
    if os.waitpid(asker, 0)[1]:
        raise RuntimeError("calls could not be answered while warming up")


class _Asker(Peer):
    """The other end of warming up."""

    def context(self) -> Any:
        """Say that NumPy warns as it does by itself, and that no randomness changed."""
        return [["warn"] * 4, False, None, None]


class _Bounded(io.StringIO):
    """A stream that keeps the beginning of what is written."""

    def write(self, text: str) -> int:
        if self.tell() < MAX_PRINTED:
            super().write(text[:MAX_PRINTED])
        return len(text)
