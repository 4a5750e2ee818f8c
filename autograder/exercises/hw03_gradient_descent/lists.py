"""Lists of parameters: draw them, and compare them array by array."""

from typing import Any

from autograder.exercises.compare import Difference, described, difference
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case
from autograder.reference.shapes import Array

Shapes = list[tuple[int, ...]]


def arrays(inputs: Inputs, shapes: Shapes) -> list[Array]:
    """Return a list of arrays of these shapes."""
    return [inputs.array(*shape) for shape in shapes]


def arguments(case: Case, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the arguments of a case by their names."""
    return dict(zip(names, case.args, strict=False)) | dict(case.kwargs)


def problem_of_form(value: Any, count: int, name: str) -> str:
    """Return why a value is no list of so many arrays, or nothing."""
    if not isinstance(value, tuple | list):
        return f"{name} is {described(value)}, expected a list of {count} arrays"
    if len(value) != count:
        return f"{name} has {len(value)} entries, expected a list of {count} arrays"
    return ""


def compare(_: Case, expected: list[Array], got: Any) -> Difference | None:
    """Compare two lists of arrays, whatever their length."""
    problem = problem_of_form(got, len(expected), "the result")
    if problem:
        return Difference(problem, problem)
    return compare_arrays(expected, got, "the result")


def compare_arrays(expected: list[Array], got: list[Any], name: str) -> Difference | None:
    """Compare the arrays of two lists of one length."""
    for i, (right, answer) in enumerate(zip(expected, got, strict=True)):
        problem = difference(right, answer, (f"array {i} of {name}",))
        if problem:
            return problem
    return None
