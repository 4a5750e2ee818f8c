"""The trusted end of the connection to a copy of the student's process."""

import builtins
import random
import sys
import warnings
from types import CodeType, FrameType, ModuleType, TracebackType
from typing import Any

import numpy as np

from autograder.wire.channel import Channel, ChannelClosed, ChannelTimeout
from autograder.wire.peer import Peer, operate
from autograder.wire.proxies import Remote
from autograder.wire.randomness import changed_states, fingerprints, set_random_states
from autograder.wire.values import WireError

MAX_RECEIVED = 2**30  # bytes that one graded cell may receive
_SECRET = (ModuleType, FrameType, CodeType, TracebackType)
_EVERY_WARNING = ("always", None, Warning, None, 0)  # the filter of who records warnings
_CHANGING = ("delete", "setattr", "setitem")
_FOR_STUDENTS = ("call", "iter", "next", "len", "getitem", "getattr")


class ProcessEnded(Exception):
    """The student's process ended during a call: it exited, crashed or was stopped."""


class StudentVariables(Peer):
    """The student's variables as they were at one point of the notebook, for one graded cell.

    Parameters
    ----------
    channel : Channel
    seconds : float
        How long all calls together may take.
    """

    def __init__(self, channel: Channel, seconds: float) -> None:
        super().__init__(channel)
        self._seconds = seconds
        self.until = channel.now() + seconds
        self._broken: Exception | None = None
        self._in_step = fingerprints()
        self._changing = False

    def request(self, operation: str, target: int | str, args: Any = (), kwargs: Any = None) -> Any:
        """Ask the student's process; once it does not answer it is not asked again."""
        if self._broken is not None:
            raise self._broken
        try:
            if self.channel.received > MAX_RECEIVED:
                raise WireError("the results are too large")
            self._changing |= operation in _CHANGING
            value = super().request(operation, target, args, kwargs)
            # What a test holds of the student's values it may change. From a generator it draws.
            harmless = callable(value) or type(value) is np.random.Generator
            self._changing |= operation == "name" and not harmless
            return value
        except ChannelTimeout:
            self._broken = TimeoutError(f"no answer within {self._seconds:g} seconds")
        except ChannelClosed:
            self._broken = ProcessEnded("the process in which the notebook ran has ended")
        except WireError as error:
            self._broken = error
        raise self._broken

    @property
    def responsive(self) -> bool:
        """Whether the copy has answered all that it was asked."""
        return self._broken is None

    @property
    def as_before(self) -> bool:
        """Whether the test called functions and classes, drew random numbers, and did no more.

        They may have changed something themselves, as in a notebook where a test runs twice.
        """
        return self.responsive and not self._changing

    def context(self) -> Any:
        """Return the state in which a call is made: how NumPy warns, the global randomness."""
        errors = np.geterr()
        levels = [errors[kind] for kind in ("divide", "over", "under", "invalid")]
        always = _EVERY_WARNING in warnings.filters
        changed = changed_states(self._in_step)
        if changed != [None, None]:
            self._in_step = fingerprints()
        return [levels, always, *changed]

    def take_report(self, report: Any) -> None:
        """Print, warn and draw here as the call did there."""
        if report is None:
            return
        try:
            printed, complaints, told, (numpy_state, python_state) = report
            sys.stdout.write(printed)
            sys.stderr.write(complaints)
            for category, message in told[:20]:
                warnings.warn_explicit(str(message), _warning(category), "notebook", 1)
            if numpy_state is not None or python_state is not None:
                set_random_states(numpy_state, python_state)
                self._in_step = fingerprints()
        except (TypeError, ValueError, LookupError, OverflowError) as error:
            raise WireError(f"a report is malformed: {error}"[:200]) from None

    def may_expose(self, thing: Any) -> bool:
        """Return False for what would lead student code into this process."""
        return not isinstance(thing, _SECRET)

    def perform(
        self, operation: str, thing: Any, args: Any, kwargs: Any, context: Any
    ) -> tuple[Any, BaseException | None, Any]:
        """Answer a call of the student's: of what a graded cell passed to it, and no more."""
        if operation == "setattr" and _changes_nothing(thing, args):
            return None, None, None
        if operation not in _FOR_STUDENTS:
            return None, PermissionError(f"{operation} is not allowed here"), None
        if operation == "getattr" and not _public(thing, args):
            return None, AttributeError(f"{type(thing).__name__} has no such attribute"), None
        try:
            return operate(operation, thing, args, kwargs), None, None
        except Exception as error:
            return None, error, None


class saved_randomness:
    """Leave the global generators of this process as they were."""

    def __enter__(self) -> None:
        self._before = np.random.get_state(), random.getstate()  # noqa: NPY002

    def __exit__(self, *_: object) -> None:
        np.random.set_state(self._before[0])  # noqa: NPY002
        random.setstate(self._before[1])


def _public(thing: Any, args: Any) -> bool:
    """Return whether an attribute may be read: a public one of a class or instance of the test's.

    Functions, generators and other objects of Python's own have public attributes that lead to the
    variables of the test.
    """
    kind = thing if isinstance(thing, type) else type(thing)
    own = getattr(builtins, kind.__name__, None) is not kind and kind.__module__ != "builtins"
    named = len(args) == 1 and isinstance(args[0], str) and not args[0].startswith("_")
    return own and named and not isinstance(thing, Remote) and args[0] != "mro"


def _changes_nothing(thing: Any, args: Any) -> bool:
    """Return whether an attribute is set to what it is: ``net.W -= dW`` changes W, then does so."""
    return len(args) == 2 and _public(thing, args[:1]) and getattr(thing, args[0], None) is args[1]


def _warning(name: Any) -> type[Warning]:
    kind = getattr(builtins, name, None) if isinstance(name, str) else None
    if isinstance(kind, type) and issubclass(kind, Warning):
        return kind
    return np.exceptions.ComplexWarning if name == "ComplexWarning" else UserWarning
