"""Compare a student's result with the expected one, and say the difference in plain words."""

import builtins
import numbers
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.reference.shapes import Array

_KNOWN = {name for name, kind in vars(builtins).items() if isinstance(kind, type)}
_KNOWN |= {"generator", "Generator", "dict_keys", "dict_values", "dict_items", "list_iterator"}


@dataclass(frozen=True)
class Difference:
    """What is wrong with a result.

    Attributes
    ----------
    brief : str
        Without the numbers of the case, so that feedback on a hidden case gives nothing away.
    detail : str
        With them.
    """

    brief: str
    detail: str

    def __str__(self) -> str:
        return self.detail


def difference(
    expected: Any, got: Any, names: tuple[str, ...], tolerance: float = 1e-6
) -> Difference | None:
    """Return what is wrong with a result, or None if nothing is.

    Parameters
    ----------
    expected : float, ndarray, or a tuple or list of these
        What the reference returns.
    got : object
        What the student's function returned.
    names : tuple of str
        What the results are called in the exercise.
    tolerance : float
        Allowed error, relative to the largest expected number.

    Returns
    -------
    Difference or None
        In sentences for the student, without a full stop.

    Examples
    --------
    >>> difference(1.0, 1.0 + 1e-9, ("the loss",))
    >>> print(difference(np.ones((2, 1)), np.ones(2), ("Y_hat",)))
    Y_hat has shape (2,), expected (2, 1)
    """
    if isinstance(expected, tuple | list):
        kind = "tuple" if isinstance(expected, tuple) else "list"
        wanted = f"a {kind} of {len(expected)} ({', '.join(names)})"
        if not isinstance(got, tuple | list):
            return _form(f"the result is {described(got)}, expected {wanted}")
        if len(got) != len(expected):
            return _form(f"the result has {len(got)} entries, expected {wanted}")
        for name, right, answer in zip(names, expected, got, strict=True):
            problem = difference(right, answer, (name,), tolerance)
            if problem:
                return problem
        return None
    name = names[0]
    if np.ndim(expected) == 0:
        kind = "a float" if isinstance(expected, float) else "an integer"
        return _number_difference(float(expected), got, name, kind, tolerance)
    return _array_difference(np.asarray(expected, dtype=float), got, name, tolerance)


def described(value: Any) -> str:
    """Return what a value is, in a few words.

    Examples
    --------
    >>> described(None), described(np.zeros((2, 1))), described(3)
    ('None (is a return missing?)', 'an array of shape (2, 1)', 'a number')
    """
    if value is None:
        return "None (is a return missing?)"
    if isinstance(value, np.matrix):
        return f"an np.matrix of shape {written_shape(value.shape)}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {written_shape(value.shape)}"
    if isinstance(value, numbers.Number) and not isinstance(value, np.timedelta64):
        return "a number"
    if callable(value):
        return "a function"
    word = type(value).__name__
    if word not in _KNOWN:  # a student may call a class like a hidden input
        word = "object of a class"
    return f"{'an' if word[0].lower() in 'aeiou' else 'a'} {word}"


def written_shape(shape: tuple[int, ...]) -> str:
    """Return a shape as text, unless its numbers are more or larger than those of any result.

    An empty array may have any lengths, and a student can make them spell a hidden input.

    >>> written_shape((2, 3)), written_shape((0, 12345678))
    ('(2, 3)', 'with very large numbers')
    """
    return str(shape) if len(shape) <= 4 and max(shape, default=0) < 10_000 else _LARGE


_LARGE = "with very large numbers"


def _form(text: str) -> Difference:
    """Return a difference of type or shape, which has no numbers to hide."""
    return Difference(text, text)


def _number_difference(
    expected: float, got: Any, name: str, kind: str, tolerance: float
) -> Difference | None:
    plain = isinstance(got, np.ndarray) and type(got) is np.ndarray and got.ndim == 0
    if plain:
        got = got[()]
    # To NumPy a duration is an integer.
    if not isinstance(got, numbers.Real) or isinstance(got, bool | np.bool_ | np.timedelta64):
        return _form(f"{name} is {described(got)}, expected {kind}")
    return _value_difference(np.float64(expected), np.float64(as_float(got)), name, tolerance)


def is_near(expected: float, got: Any, within: float) -> bool:
    """Return whether a result is a real number, and no further from the expected one.

    >>> is_near(0.5, 0.5004, within=1e-3), is_near(0.5, "0.5", within=1e-3)
    (True, False)
    """
    form = difference(1.0, got, ("the result",), tolerance=np.inf)
    return form is None and abs(as_float(got) - expected) <= within


def as_float(number: Any) -> float:
    """Return a number as a float, one that is too large for it as infinite."""
    with np.errstate(over="ignore"):  # a long double may hold more than a float
        try:
            return float(number)
        except OverflowError:  # and so may an int
            return float("inf") if number > 0 else float("-inf")


def _array_difference(expected: Array, got: Any, name: str, tolerance: float) -> Difference | None:
    if type(got) is not np.ndarray:
        return _form(f"{name} is {described(got)}, expected an array of shape {expected.shape}")
    if got.dtype.kind not in "iuf":
        return _form(f"{name} holds values of type {_kind(got.dtype)}, expected real numbers")
    if got.shape != expected.shape:
        has = f"has shape {written_shape(got.shape)}"
        return _form(f"{name} {has}, expected {expected.shape}")
    with np.errstate(over="ignore"):
        numbers_got = got.astype(np.float64)
    return _value_difference(expected, numbers_got, name, tolerance)


def _kind(dtype: Any) -> str:
    return str(dtype.type.__name__).rstrip("_")  # without the length of a text, which may be any


def _value_difference(
    expected: Array | np.float64, got: Array | np.float64, name: str, tolerance: float
) -> Difference | None:
    if np.isnan(got).any() and not np.isnan(expected).any():
        return _form(f"{name} is not a number (nan)" if got.ndim == 0 else f"{name} contains nan")
    finite = np.where(np.isfinite(expected), np.abs(expected), 0.0)
    allowed = tolerance * np.max(finite, initial=0.0) + 1e-9
    same = (got == expected) | (np.isnan(got) & np.isnan(expected))
    with np.errstate(invalid="ignore"):  # equal infinities are equal; their difference is nan
        wrong = np.asarray(~(same | (np.abs(got - expected) <= allowed)))
    if not wrong.any():
        return None
    if got.ndim == 0:
        return Difference(
            f"{name} has a wrong value", f"{name} is {got:.6g}, expected {expected:.6g}"
        )
    first = tuple(int(i) for i in np.argwhere(wrong)[0])
    where = f"{name.strip('`')}[{', '.join(map(str, first))}]"
    return Difference(
        f"{name} has wrong values",
        f"{where} is {np.asarray(got)[first]:.6g}, expected {np.asarray(expected)[first]:.6g} "
        f"({int(wrong.sum())} of {wrong.size} values are wrong)",
    )
