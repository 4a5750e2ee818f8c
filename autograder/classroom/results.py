"""The results of a class: what each student earned, and which mistakes were named."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import determine_grade, is_grade

from autograder.exercises import HOMEWORKS
from autograder.feedback.outputs import read_verdict
from autograder.referee.run import read_seconds

# As what the limits of time show themselves in a notebook: for a cell, a test, all cells together.
_TOO_LONG = ("CellTimeoutError", "TimeoutError", "NotebookTimeoutError")


@dataclass(frozen=True)
class Result:
    """One row of the table.

    Attributes
    ----------
    student : str
    points : dict of str to float
        Points by exercise, visible and hidden cell together.
    mistakes : dict of str to str
        By exercise the known mistake that was named.
    remarks : tuple of str
        What to know about the submission.
    problem : str
        Why it was not graded, or nothing.
    penalty : float
        Points that are taken away because it came late.
    seconds : dict of str to float
        By exercise the seconds of CPU that the student's code took; "" is what is in none.
    """

    student: str
    points: dict[str, float] = field(default_factory=dict)
    mistakes: dict[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    problem: str = ""
    penalty: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """All points of the homework."""
        return sum(self.points.values())


def read_result(
    student: str, autograded: Path, homework: str, remarks: tuple[str, ...] = ()
) -> Result:
    """Read the result of a student from the autograded notebook, by nbgrader's own rules."""
    exercises = HOMEWORKS[homework]
    points = dict.fromkeys(exercises, 0.0)
    mistakes = {}
    too_long: dict[str, None] = {}  # a set in the order of the notebook
    notebook = nbformat.read(autograded, as_version=4)
    for number, cell in enumerate(notebook.cells, start=1):
        if not is_grade(cell):
            if _took_too_long(cell):
                too_long[f"cell {number}"] = None
            continue
        name = cell.metadata.nbgrader.grade_id.rpartition("-")[0]
        earned, _ = determine_grade(cell)
        points[name] = points.get(name, 0.0) + (earned or 0.0)
        verdict = read_verdict(cell, name)
        if verdict and verdict.mistake:
            mistakes[name] = verdict.mistake
        if _took_too_long(cell) or (verdict and "`TimeoutError`" in verdict.reason):
            too_long[exercises[name].number if name in exercises else name] = None
    if too_long:
        remarks = (*remarks, f"took too long: {', '.join(too_long)}")
    return Result(student, points, mistakes, remarks, seconds=read_seconds(notebook))


def _took_too_long(cell: NotebookNode) -> bool:
    """Return whether a cell was stopped, or not begun, because of a limit of time."""
    return any(output.get("ename") in _TOO_LONG for output in cell.get("outputs", ()))


def table(results: Sequence[Result], homework: str) -> str:
    """Return the results as a table of text.

    The exercises stand by their numbers; a legend gives their names. A submission that could not
    be graded has a line that says why.
    """
    exercises = list(HOMEWORKS[homework].values())
    names = [printable(result.student) for result in results]
    width = max(map(len, ["student", *names]))
    header = f"{'student':<{width}}  " + " ".join(f"{e.number:>4}" for e in exercises)
    lines = [f"{header}  total  mistakes named", ""]
    for name, result in zip(names, results, strict=True):
        start = f"{name:<{width}}  "
        if result.problem:
            lines.append(f"{start}NOT GRADED: {printable(result.problem)}")
            continue
        cells = " ".join(f"{result.points.get(e.name, 0):>4g}" for e in exercises)
        named = [
            f"{e.number} {result.mistakes[e.name]}" for e in exercises if e.name in result.mistakes
        ]
        if result.penalty:
            named.append(f"(late: {result.penalty:g} taken away)")
        remarks = [f"({printable(remark)})" for remark in result.remarks]
        said = "; ".join([*named, *remarks])
        lines.append(f"{start}{cells}  {result.total:>5g}  {said}".rstrip())
    most = " ".join(f"{e.points + 1:>4g}" for e in exercises)
    total = sum(e.points + 1 for e in exercises)
    lines[1] = f"{'out of':<{width}}  {most}  {total:>5g}"
    legend = ", ".join(f"{e.number} {e.name}" for e in exercises)
    return "\n".join([*lines, "", legend])


def printable(text: str) -> str:
    """Return text that moves no cursor: a file may be called like a row of the table."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
