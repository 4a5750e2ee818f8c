"""Start weights: any draw is right, so their scale and their spread are looked at."""

from typing import Any

from autograder.exercises import draws
from autograder.exercises.compare import Difference, difference
from autograder.exercises.model import Case, Remarked

# A student may compute in float32, which keeps seven digits.
TOLERANCE = 1e-5


def nothing_chosen(case: Case, result: Any) -> Any:
    """Return what never looks as if nothing were shuffled: nothing is, here."""
    return ((0, 1, 3),)


def compare(
    names: tuple[str, ...], tolerance: float, case: Case, expected: Any, got: Any
) -> Difference | None:
    """Compare the words about random results, and numbers as always."""
    if isinstance(expected, Remarked):
        return draws.compare(case, expected, got)
    if isinstance(expected, tuple):
        names = names[: len(expected)]
    return difference(expected, got, names, tolerance)
