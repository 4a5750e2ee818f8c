"""Exceptions as values: the type if it is a known one, the text, the other side's traceback."""

import builtins
import contextlib
import sys
import traceback
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.wire.values import Decoder, Encoder, WireError

_FIXED = (str, bytes, int, float, complex, np.generic, type(None))
_LIBRARIES = ("builtins", "numpy", "scipy", "sklearn", "math", "json", "decimal")
MAX_TEXT = 20_000


class StudentExit(Exception):
    """The other side wanted to end the program: SystemExit, KeyboardInterrupt and the like."""


def written_exception(error: BaseException, encoder: Encoder, origin: int) -> list[Any]:
    """Return the tree of an exception.

    Parameters
    ----------
    error : BaseException
    encoder : Encoder
    origin : int
        The exception's number on this side, in case it comes back.
    """
    kinds = type(error).__mro__[:-1]  # without object
    mro = [[kind.__module__, kind.__name__] for kind in kinds]
    try:
        text = str(error)[:MAX_TEXT]
        args = encoder.encode(tuple(error.args))
    except Exception:  # an exception of the student's may fail at anything
        text, args = "(its text can't be read)", None
    back = getattr(error, "__wire_origin__", None)
    trace = getattr(error, "__wire_trace__", "") or _trace(error)
    return [mro, text, args, trace[-MAX_TEXT:], origin, back if type(back) is int else None]


def read_exception(
    tree: Any, decoder: Decoder, raised: Mapping[int, BaseException]
) -> BaseException:
    """Return the exception of a tree.

    A known type of Python's or NumPy's comes back as itself, any other as a class of the same name
    below the nearest known one. What would end this process does not: it becomes a StudentExit.

    Parameters
    ----------
    tree : object
    decoder : Decoder
    raised : mapping of int to BaseException
        Exceptions of this side, by their number, of which one may come back.

    Raises
    ------
    WireError
        The tree is malformed.
    """
    try:
        mro, text, args_tree, trace, origin, back = tree
        names = [(str(module), str(name)) for module, name in mro][:20]
        text, trace = str(text)[:MAX_TEXT], str(trace)[-MAX_TEXT:]
        if type(back) is int and back in raised:
            return raised[back]
    except (TypeError, ValueError) as wrong:
        raise WireError(f"an exception is malformed: {wrong}"[:200]) from None
    known = next(kind for kind in (*map(_known, names), Exception) if kind is not None)
    args = decoder.decode(args_tree) if args_tree is not None else (text,)
    error: BaseException = _made(known, names, args, text)
    error.__dict__.update(__wire_trace__=trace, __wire_origin__=origin)
    return error


def forget_frames(error: BaseException) -> BaseException:
    """Return the exception without its frames, which would keep all that they had at hand."""
    error.__context__ = error.__cause__ = None
    return error.with_traceback(None)


def _made(known: type[BaseException], names: list[tuple[str, str]], args: Any, text: str) -> Any:
    first = names[0][1] if names else ""
    if not issubclass(known, Exception):
        return type(known.__name__, (StudentExit,), {})(text)
    if first == known.__name__:
        with contextlib.suppress(Exception):  # its constructor wants something else
            error = known(*args)
            # An array, of which the other side may hold the same, would say something else later.
            if all(isinstance(arg, _FIXED) for arg in args) and str(error) == text:
                return error
    name = first if first.isidentifier() and len(first) <= 60 else known.__name__
    own = type(name, (known,), {"__str__": lambda _: text, "__init__": lambda *_, **__: None})
    return own()


def _known(name: tuple[str, str]) -> type[BaseException] | None:
    module, qualname = name
    if module.split(".")[0] not in _LIBRARIES:
        return None
    kind = getattr(sys.modules.get(module, builtins), qualname, None)
    return kind if isinstance(kind, type) and issubclass(kind, BaseException) else None


def _trace(error: BaseException) -> str:
    """Return the frames below the one that serves calls: those of the function itself."""
    ours = ("/autograder/wire/", "/autograder/student/")
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not any(folder in frame.filename for folder in ours)
    ]
    return "".join(traceback.format_list(frames[-20:]))
