"""Call a function for one case and record what happened, without letting it disturb the grader.

This is the only place that touches the student's function. Everything that judges works on the
`Outcome`, so it does not matter whether the function lives in this process or behind a proxy.
"""

import contextlib
import copy
import io
import warnings
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.exercises.model import Case, Exercise, Remarked


@dataclass(frozen=True)
class Outcome:
    """What one call did.

    Attributes
    ----------
    value : object
        What was observed; None if there was an error.
    error : Exception or None
        What the function raised.
    changed : tuple of str
        The arguments that the call changed.
    warned : str
        The first warning about an overflow, an invalid value or a division by zero.
    """

    value: Any = None
    error: Exception | None = None
    changed: tuple[str, ...] = ()
    warned: str = ""


def call(exercise: Exercise, function: Any, case: Case) -> Outcome:
    """Call the function with copies of the case's arguments and return what happened.

    What it prints is dropped, since nbgrader takes any output on stderr for a failed test.
    """
    mine = _copied(case)
    quiet = io.StringIO()
    with (
        warnings.catch_warnings(record=True) as caught,
        contextlib.redirect_stdout(quiet),
        contextlib.redirect_stderr(quiet),
        np.errstate(over="warn", invalid="warn", divide="warn", under="ignore"),
    ):
        warnings.simplefilter("always")
        try:
            value = _kept(exercise.observe(function, mine), {})
            error = None
        except Exception as raised:  # a student's function may raise anything: it is the result
            value, error = None, raised
    return Outcome(value, error, _changed(exercise, case, mine), _first_numeric(caught))


def _copied(case: Case) -> Case:
    """Return the case with copies of all that the function gets; the rest can't be changed."""
    memo: dict[int, Any] = {}
    return replace(
        case,
        args=copy.deepcopy(case.args, memo),
        kwargs=copy.deepcopy(case.kwargs, memo),
        extra=copy.deepcopy(case.extra, memo),
    )


def _kept(value: Any, known: dict[int, Any]) -> Any:
    """Return a result whose arrays are copies.

    The student's process may still hold them, and what it does to them later would be seen here: an
    array that was returned for an example would show a hidden input.
    """
    if id(value) in known:  # a list may hold an array a million times
        return known[id(value)]
    kept = value
    if isinstance(value, np.ndarray):
        kept = value.copy()
        if value.dtype == object:
            flat = np.empty(value.size, dtype=object)
            for index, item in enumerate(value.flat):
                flat[index] = _kept(item, known)
            kept = flat.reshape(value.shape)
    elif isinstance(value, Remarked):
        kept = Remarked(_kept(value.value, known), value.remark)
    elif type(value) in (list, tuple):
        kept = type(value)(_kept(item, known) for item in value)
    elif type(value) is dict:
        kept = {key: _kept(item, known) for key, item in value.items()}
    known[id(value)] = kept
    return kept


def _changed(exercise: Exercise, before: Case, after: Case) -> tuple[str, ...]:
    named_before, named_after = exercise.named(before), exercise.named(after)
    return tuple(name for name in named_before if not _same(named_before[name], named_after[name]))


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray):
        return (
            isinstance(b, np.ndarray)
            and a.shape == b.shape
            and a.dtype == b.dtype
            and bool(np.array_equal(a, b))
        )
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(_same, a, b))
    # Functions and generators are the same object after a copy, or not comparable.
    return not isinstance(a, int | float | str) or bool(a == b)


def _first_numeric(caught: list[warnings.WarningMessage]) -> str:
    for warning in caught:
        if issubclass(warning.category, RuntimeWarning):
            return str(warning.message)
    return ""
