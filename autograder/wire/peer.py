"""Call objects that live in another process as if they lived in this one.

Both sides are peers: while one waits for the answer to a call it answers the calls that come back,
such as those of a function that was passed as an argument. In-place changes of what both sides hold
travel with each message.
"""

import copy
import itertools
import operator
from collections.abc import Callable, Sequence
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

import numpy as np

from autograder.wire.channel import Channel
from autograder.wire.errors import forget_frames, read_exception, written_exception
from autograder.wire.proxies import proxy
from autograder.wire.sharing import Sharing, kept_here
from autograder.wire.values import Decoder, Encoder, Handle, WireError

REQUEST, DONE, RAISED = 0, 1, 2
MAX_PROXIES = 20_000
MAX_RAISED = 100
_FUNCTIONS = (FunctionType, BuiltinFunctionType, MethodType, np.ufunc)
_METHODS = {
    "iter": "__iter__",
    "next": "__next__",
    "len": "__len__",
    "getitem": "__getitem__",
    "setitem": "__setitem__",
    "enter": "__enter__",
}


class Peer:
    """One end of a connection over which objects are called.

    Parameters
    ----------
    channel : Channel

    Attributes
    ----------
    until : float or None
        The time, of the channel's clock, at which to stop waiting for the other side.
    """

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.until: float | None = None
        self._requests = itertools.count(1)
        self._mine: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}  # id of an object of mine -> its number
        self._theirs: dict[int, Any] = {}  # number -> proxy
        self._proxies: dict[int, int] = {}  # id of a proxy -> number
        self._raised: dict[int, BaseException] = {}
        self._errors = itertools.count()
        self._sharing = Sharing()

    # What subclasses adapt.

    def context(self) -> Any:
        """Return what the other side should know about the state in which a call is made."""
        return None

    def perform(
        self, operation: str, thing: Any, args: Any, kwargs: Any, context: Any
    ) -> tuple[Any, BaseException | None, Any]:
        """Do what the other side asks for; return the result, the exception and a report."""
        try:
            return operate(operation, thing, args, kwargs), None, None
        except Exception as error:  # it belongs to the other side, which asked for this
            return None, error, None

    def take_report(self, report: Any) -> None:
        """Take note of the report that comes with an answer."""

    def lookup(self, name: str) -> Any:
        """Return the object of a name that the other side asks for; KeyError if there is none."""
        raise KeyError(name)

    def may_expose(self, thing: Any) -> bool:
        """Return whether the other side may hold a handle of that object."""
        return True

    # The calling side.

    def request(
        self, operation: str, target: int | str, args: Sequence[Any] = (), kwargs: Any = None
    ) -> Any:
        """Ask the other side to do something and return the result.

        Parameters
        ----------
        operation : str
            "name", "call", "getattr" and so on; see `operate`.
        target : int or str
            The number of an object of the other side, or a name to look up.
        args, kwargs
            The arguments; what is changed in them over there is changed here as well.

        Raises
        ------
        Exception
            Whatever the other side raised.
        ChannelClosed, ChannelTimeout, WireError
            There was no answer, or none that can be read.
        """
        number, sharing = next(self._requests), self._sharing
        encoder = Encoder(self._handle, sharing.numbers)
        trees = [encoder.encode(tuple(args)), encoder.encode(tuple((kwargs or {}).items()))]
        leaving = sharing.leave(encoder)
        message = [REQUEST, number, operation, target, *trees, self.context(), leaving.tree(None)]
        self.channel.send(message, encoder.buffers, self.until)
        sharing.sent(leaving, encoder.new, None)
        while True:
            message, buffers = self.channel.receive(self.until)
            kind, replied, *body = _parts(message, 2)
            if kind == REQUEST:
                self._answer(message, buffers)
            elif replied == number and kind in (DONE, RAISED):
                break
            else:
                raise WireError("an answer to another question came")
        result, report, shared = _parts(body, 3, exactly=True)
        sharing.settle_arguments(leaving.first, len(encoder.new))
        decoder = Decoder(self._proxy, self._mine.__getitem__, buffers, sharing.find)
        raised = read_exception(result, decoder, self._raised) if kind == RAISED else None
        value = None if raised is not None else decoder.decode(result)
        sharing.arrive(decoder, shared, busy=False)
        self.take_report(report)
        sharing.look()
        if raised is not None:
            raise raised
        return value

    # The answering side.

    def serve_one(self) -> None:
        """Wait for one request and answer it."""
        message, buffers = self.channel.receive(self.until)
        if _parts(message, 1)[0] != REQUEST:
            raise WireError("an answer came that nobody waits for")
        self._answer(message, buffers)

    def _answer(self, message: Any, buffers: list[bytearray]) -> None:
        _, number, operation, target, arg_tree, kwarg_tree, context, shared = _parts(
            message, 8, exactly=True
        )
        sharing = self._sharing
        decoder = Decoder(self._proxy, self._mine.__getitem__, buffers, sharing.find)
        args = kwargs = thing = value = error = report = None
        came: list[int] = []
        try:
            args = decoder.decode(arg_tree)
            kwargs = dict(decoder.decode(kwarg_tree))
            came = sharing.arrive(decoder, shared, busy=True)
            thing = self.lookup(target) if isinstance(target, str) else self._mine[target]
            sharing.look()
            value, error, report = self.perform(operation, thing, args, kwargs, context)
        except (WireError, LookupError, TypeError, ValueError) as wrong:
            error = wrong
        # From here on nothing of ours holds what came.
        args = kwargs = thing = None
        del decoder, buffers
        sharing.settle_copies(came)
        encoder = Encoder(self._handle, sharing.numbers)
        kept: list[int] = []
        if error is None:
            try:
                kind, result = DONE, encoder.encode(value)
                value = None
                leaving = sharing.leave(encoder)
                kept = kept_here(encoder.new, encoder.pins)
            except WireError as wrong:
                error, encoder = wrong, Encoder(self._handle, sharing.numbers)
        if error is not None:
            origin = next(self._errors)
            kind, result = RAISED, written_exception(error, encoder, origin)
            self._raised[origin] = forget_frames(error)
            self._raised.pop(origin - MAX_RAISED, None)
            leaving = sharing.leave(encoder, silently=isinstance(error, WireError))
        self.channel.send(
            [kind, number, result, report, leaving.tree(kept)], encoder.buffers, self.until
        )
        sharing.sent(leaving, encoder.new, kept)

    def _handle(self, thing: Any) -> Handle | int:
        number = self._proxies.get(id(thing))
        if number is not None:
            return number
        if not self.may_expose(thing):
            raise WireError(f"{type(thing).__name__} can't be passed to the other process")
        number = self._numbers.get(id(thing))
        if number is None:
            number = self._numbers[id(thing)] = len(self._mine) + 1
            self._mine[number] = thing
        return Handle(number, _name(thing), _abilities(thing))

    def _proxy(self, handle: Handle) -> Any:
        found = self._theirs.get(handle.number)
        if found is None:
            if len(self._theirs) >= MAX_PROXIES:
                raise WireError("there are too many objects of the other process")
            found = self._theirs[handle.number] = proxy(self, handle)
            self._proxies[id(found)] = handle.number
        return found


def operate(operation: str, thing: Any, args: Any, kwargs: Any) -> Any:
    """Do one thing with an object and return the result."""
    if operation == "name":
        return thing
    return _OPERATIONS[operation](thing, *args, **kwargs)


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "call": lambda thing, *args, **kwargs: thing(*args, **kwargs),
    "getattr": getattr,
    "setattr": setattr,
    "iter": iter,
    "next": next,
    "len": len,
    "getitem": operator.getitem,
    "setitem": operator.setitem,
    "enter": lambda thing: thing.__enter__(),
    "exit": lambda thing: thing.__exit__(None, None, None),
    "deepcopy": copy.deepcopy,
    "isinstance": lambda thing, other: isinstance(other, thing),
}


def _name(thing: Any) -> str:
    named = isinstance(thing, (*_FUNCTIONS, type))
    return str(getattr(thing, "__name__", "function")) if named else type(thing).__name__


def _abilities(thing: Any) -> tuple[str, ...]:
    if isinstance(thing, _FUNCTIONS):
        return ("function",)
    if isinstance(thing, type):
        return ("class", "call")
    kind = type(thing)
    able = ["call"] if callable(thing) else []
    return tuple(able + [name for name, method in _METHODS.items() if hasattr(kind, method)])


def _parts(message: Any, least: int = 0, exactly: bool = False) -> list[Any]:
    if not isinstance(message, list) or len(message) < least or (exactly and len(message) != least):
        raise WireError("a message has the wrong form")
    return message
