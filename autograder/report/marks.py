"""Read what the class earned, cell by cell, and what the referee said about it."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbgrader.utils import determine_grade, is_grade

from autograder.exercises import HOMEWORKS
from autograder.feedback.outputs import read_verdict
from autograder.referee.mending import read_repairs
from autograder.referee.run import read_seconds
from autograder.referee.verdict import Verdict


@dataclass(frozen=True)
class Marks:
    """What one student earned.

    Attributes
    ----------
    student : str
    cells : dict of str to (float, float)
        For the grade id of a test cell its points, earned and possible.
    verdicts : dict of str to Verdict
        By exercise what the hidden tests said.
    repairs : tuple of str
        What was mended in the notebook.
    seconds : dict of str to float
        By exercise the seconds of CPU that the student's code took; "" is what is in none.
    """

    student: str
    cells: dict[str, tuple[float, float]]
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """All points."""
        return sum(earned for earned, _ in self.cells.values())

    def share(self, exercise: str) -> float:
        """Return which part of an exercise's points was earned, 0 to 1."""
        found = [marks for cell, marks in self.cells.items() if _exercise(cell) == exercise]
        possible = sum(most for _, most in found)
        return sum(earned for earned, _ in found) / possible if possible else 0.0


def read_class(root: Path, homework: str, anonymous: bool = False) -> list[Marks]:
    """Return the marks of everyone whose submission is autograded, in the order of the names.

    Parameters
    ----------
    root : Path
        The class folder.
    homework : str
    anonymous : bool
        Number the students in an order that says nothing about their names.
    """
    paths = sorted((root / "autograded").glob(f"*/{homework}/{homework}.ipynb"))
    if anonymous:
        paths.sort(key=lambda path: hashlib.sha256(path.read_bytes()).digest())
    width = len(str(len(paths)))
    return [
        _read(
            path,
            homework,
            f"student {i:0{width}d}" if anonymous else path.parent.parent.name,
        )
        for i, path in enumerate(paths, start=1)
    ]


def _read(path: Path, homework: str, student: str) -> Marks:
    notebook = nbformat.read(path, as_version=4)
    cells, verdicts = {}, {}
    for cell in notebook.cells:
        if not is_grade(cell):
            continue
        name = cell.metadata.nbgrader.grade_id
        earned, most = determine_grade(cell)
        cells[name] = (float(earned or 0), float(most))
        verdict = read_verdict(cell, _exercise(name))
        if _exercise(name) in HOMEWORKS[homework] and verdict:
            verdicts[_exercise(name)] = verdict
    repairs = tuple(read_repairs(notebook))
    return Marks(student, cells, verdicts, repairs, read_seconds(notebook))


def _exercise(cell: str) -> str:
    return cell.rpartition("-")[0]
