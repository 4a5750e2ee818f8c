"""What stands here for an object that lives in the other process.

A proxy can be called, indexed, iterated and asked for attributes if its object can. What Python or
NumPy would ask an object behind one's back stays on this side: a proxy is equal to itself alone,
it is true, and it is no array, whatever the other side would like to answer.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from autograder.wire.values import Handle

if TYPE_CHECKING:
    from autograder.wire.peer import Peer


class Remote:
    """An object of the other process."""

    def __init__(self, peer: "Peer", number: int) -> None:
        object.__setattr__(self, "_peer", peer)
        object.__setattr__(self, "_number", number)

    def _ask(self, operation: str, *args: Any, **kwargs: Any) -> Any:
        return self._peer.request(operation, self._number, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        return self._ask("getattr", name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._ask("setattr", name, value)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __copy__(self) -> Any:
        return self._ask("deepcopy")

    def __deepcopy__(self, _: Any) -> Any:
        return self._ask("deepcopy")


def _call(self: Remote, *args: Any, **kwargs: Any) -> Any:
    return self._peer.request("call", self._number, args, kwargs)


def _iter(self: Remote) -> Any:
    return self._ask("iter")


def _own_iterator(self: Remote) -> Remote:
    return self


def _enter(self: Remote) -> Any:
    return self._ask("enter")


def _exit(self: Remote, *_: object) -> None:
    self._ask("exit")


def _is_instance(self: Remote, thing: Any) -> bool:
    return isinstance(thing, Remote) and bool(self._ask("isinstance", thing))


def _forward(operation: str) -> Callable[..., Any]:
    def method(self: Remote, *args: Any) -> Any:
        return self._ask(operation, *args)

    return method


def proxy(peer: "Peer", handle: Handle) -> Any:
    """Return what stands for the object of a handle.

    A function stands for a function; for anything else an instance of a class that has the name
    of the object's class and the methods of the object's abilities.
    """
    number = handle.number
    if "function" in handle.abilities:

        def function(*args: Any, **kwargs: Any) -> Any:
            return peer.request("call", number, args, kwargs)

        function.__name__ = function.__qualname__ = handle.name
        return function
    methods: dict[str, Any] = {}
    if "call" in handle.abilities:
        methods["__call__"] = _call
    if "class" in handle.abilities:
        methods |= {"__name__": handle.name, "__instancecheck__": _is_instance}
    if "next" in handle.abilities:
        methods |= {"__next__": _forward("next"), "__iter__": _own_iterator}
    elif "iter" in handle.abilities:
        methods["__iter__"] = _iter
    for able in ("len", "getitem", "setitem"):
        if able in handle.abilities:
            methods[f"__{able}__"] = _forward(able)
    if "enter" in handle.abilities:
        methods |= {"__enter__": _enter, "__exit__": _exit}
    name = "type" if "class" in handle.abilities else handle.name
    return type(name, (Remote,), methods)(peer, number)
