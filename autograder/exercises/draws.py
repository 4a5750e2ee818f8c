"""Look at random results: any draw is right, so what holds for every right use of `rng` counts."""

import copy
import random
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercises.compare import Difference
from autograder.exercises.model import Case, Function, Remarked
from autograder.exercises.refused import Refused
from autograder.reference.shapes import Array

VALUES, CARE, EXAMPLE = "values", "care", "example"
RIGHT = "right, as other draws would be"
_STATES = 8
_AGAIN = 4  # calls with the same state: of few samples two draws are the same by chance
_GAP = 1e-4  # rows this far apart are told apart, also in single precision


def distinct_rows(rng: np.random.Generator, m: int, n: int) -> Array:
    """Return normal numbers, shape (m, n), in rows that can be told apart."""
    while True:
        X = rng.normal(size=(m, n))
        apart = np.abs(X[:, np.newaxis] - X).max(axis=2) + np.eye(m)
        if apart.min() > _GAP:
            return X


def with_rng(case: Case, rng: np.random.Generator) -> Case:
    """Return a case with copies of its arguments and another generator."""

    def copied(value: Any) -> Any:
        return rng if isinstance(value, np.random.Generator) else copy.deepcopy(value)

    kwargs = {name: copied(value) for name, value in case.kwargs.items()}
    return Case(tuple(map(copied, case.args)), kwargs)


def observe(
    function: Function,
    case: Case,
    problem: Callable[[Case, Any], str],
    chosen: Callable[[Case, Any], Any],
) -> Any:
    """Call the function and say what is wrong with its result.

    In hidden cases a problem is refused in words, so that a mistake is recognized by what is wrong,
    not by its draws. In examples the result is shown, with the words beside it.

    Parameters
    ----------
    function : callable
    case : Case
        Its ``extra`` says how much is looked at.
    problem : callable
        ``problem(case, result)`` says what is wrong with one result, or nothing.
    chosen : callable
        ``chosen(case, result)`` gives the sets of samples that a right result draws at random, as
        sorted tuples.
    """
    before = copy.deepcopy(case)
    result = function(*case.args, **case.kwargs)
    # The generator of this case is used again for the diagnosis.
    _rng(case).bit_generator.state = _rng(before).bit_generator.state
    words = problem(before, result) or _drawn(function, before, problem, chosen)
    if not words and case.extra != VALUES:
        words = _misuse(function, before)
    if case.extra == EXAMPLE:
        return Remarked(result, words or RIGHT)
    if words:
        raise Refused(words)
    return 0.0


def compare(case: Case, expected: Any, got: Any) -> Difference | None:
    """Compare the words of examples; hidden cases have been refused already."""
    if case.extra != EXAMPLE or expected.remark == got.remark:
        return None
    return Difference(got.remark, got.remark)


def _drawn(
    function: Function,
    case: Case,
    problem: Callable[[Case, Any], str],
    chosen: Callable[[Case, Any], Any],
) -> str:
    """Return what is wrong with the results for other generators, all of them together."""
    sets = []
    for seed in range(_STATES):
        other = with_rng(case, np.random.default_rng(seed))
        result = function(*other.args, **other.kwargs)
        words = problem(case, result)
        if words:
            return words
        sets.append(chosen(case, result))
    regular = all(_evenly_spaced(samples) for samples in sets[0])
    if regular and all(other == sets[0] for other in sets):
        return "nothing is shuffled: the same samples end up together, whatever `rng` draws"
    return ""


def _evenly_spaced(samples: tuple[int, ...]) -> bool:
    return len(samples) > 1 and len(set(np.diff(samples).tolist())) == 1


def _misuse(function: Function, case: Case) -> str:
    """Return how a function draws from something else than its generator, or nothing."""
    kept = np.random.get_state(), random.getstate()  # noqa: NPY002
    try:
        again = []
        for seed in range(_AGAIN):
            np.random.seed(seed)  # noqa: NPY002
            random.seed(seed)
            before = _global_state()
            again.append(_call(function, case, copy.deepcopy(_rng(case))))
            if _global_state() != before:
                return "the call draws from the global random state instead of `rng`"
    finally:
        np.random.set_state(kept[0])  # noqa: NPY002
        random.setstate(kept[1])
    others = [_call(function, case, np.random.default_rng(seed)) for seed in range(_STATES)]
    if all(other == again[0] for other in others):
        return "the result is the same for every generator, so `rng` is not used"
    if any(other != again[0] for other in again):
        return "generators in the same state give different results"
    return ""


def _call(function: Function, case: Case, rng: np.random.Generator) -> Any:
    other = with_rng(case, rng)
    return _plain(function(*other.args, **other.kwargs))


def _plain(value: Any) -> Any:
    """Return nested arrays as nested lists, which can be compared."""
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    return np.asarray(value).tolist()


def _rng(case: Case) -> np.random.Generator:
    found: np.random.Generator = next(
        value
        for value in [*case.args, *case.kwargs.values()]
        if isinstance(value, np.random.Generator)
    )
    return found


def _global_state() -> tuple[object, ...]:
    name, keys, *rest = np.random.get_state()  # noqa: NPY002
    return name, np.asarray(keys).tobytes(), *rest, random.getstate()
