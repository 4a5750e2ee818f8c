"""Answer the calls of a graded cell in a copy of the student's process."""

import contextlib
import io
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.wire.channel import Channel
from autograder.wire.peer import Peer, operate
from autograder.wire.randomness import changed_states, fingerprints, set_random_states

MAX_PRINTED = 20_000  # characters that one call may print


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


class _Bounded(io.StringIO):
    """A stream that keeps the beginning of what is written."""

    def write(self, text: str) -> int:
        if self.tell() < MAX_PRINTED:
            super().write(text[:MAX_PRINTED])
        return len(text)
