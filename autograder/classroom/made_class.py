"""Make a class whose submissions are the accepted variants and the known mistakes.

It shows what grading looks like, and it measures the grader: what each made student must earn is
known beforehand.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder.exercises import HOMEWORKS
from autograder.exercises.model import Version

# One of them with a space and letters outside ASCII, as in a real class.
STUDENTS = (
    "ada", "benoit", "carl", "dorothy", "emmy", "florence", "grace", "hypatia",
    "isaac", "john", "kurt", "leonhard", "maryam", "norbert", "olga", "pafnuty",
    "quetelet", "rozsa", "sofya", "thomas", "ulisse", "vladimir", "wang", "zoë ångström",
)  # fmt: skip


@dataclass(frozen=True)
class MadeStudent:
    """A made student.

    Attributes
    ----------
    name : str
    versions : mapping of str to Version
        For each exercise the version that the student hands in.
    wrong : frozenset of str
        The exercises whose version is a mistake.
    """

    name: str
    versions: Mapping[str, Version]
    wrong: frozenset[str]


def made_students(homework: str, names: tuple[str, ...] = STUDENTS) -> Iterator[MadeStudent]:
    """Yield a class as there might be one: each student makes none to three mistakes."""
    exercises = list(HOMEWORKS[homework].values())
    for i, name in enumerate(names):
        wrong = {exercises[(i + i // 4 + 3 * k) % len(exercises)].name for k in range(i % 4)}
        versions = {}
        for e in exercises:
            choices = e.mistakes if e.name in wrong else e.variants
            versions[e.name] = choices[i % len(choices)]
        yield MadeStudent(name, versions, frozenset(wrong))


def every_mistake(homework: str) -> Iterator[MadeStudent]:
    """Yield as many students as it takes to make every mistake and to use every variant.

    A student errs in about half of the exercises, so that each mistake stands beside right answers.
    """
    exercises = list(HOMEWORKS[homework].values())
    mistakes = {e.name: list(e.mistakes) for e in exercises}
    unused = {e.name: list(e.variants) for e in exercises}
    turn = 0
    while any(mistakes.values()) or any(unused.values()):
        # Those of which most is left: so the students are few.
        by_rest = sorted(mistakes, key=lambda name: -len(mistakes[name]))
        wrong = {name for name in by_rest[: (len(exercises) + 1) // 2] if mistakes[name]}
        versions = {}
        for e in exercises:
            left = (mistakes if e.name in wrong else unused)[e.name]
            versions[e.name] = left.pop(0) if left else e.variants[turn % len(e.variants)]
        yield MadeStudent(f"student {turn:03d}", versions, frozenset(wrong))
        turn += 1


def fill_in(notebook: nbformat.NotebookNode, code: Mapping[str, str]) -> nbformat.NotebookNode:
    """Return the notebook with the solution cells of some exercises filled in.

    Parameters
    ----------
    notebook : NotebookNode
        A released homework.
    code : mapping of str to str
        For the name of a graded function the code of its cell.

    Raises
    ------
    KeyError
        The notebook has no solution cell of that name.
    """
    filled = nbformat.from_dict(notebook)
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in filled.cells}
    for name, source in code.items():
        if name not in cells:
            raise KeyError(f"the notebook has no solution cell called {name!r}")
        cells[name].source = source
    return filled


def hand_in(released: Path, students: Iterable[MadeStudent], handed_in: Path) -> Path:
    """Write a folder for each student, with the notebook as students hand it in.

    Parameters
    ----------
    released : Path
        The released homework.
    students : iterable of MadeStudent
    handed_in : Path
        The folder for the students' folders. What it held before is removed.

    Returns
    -------
    Path
        ``handed_in``.
    """
    notebook = nbformat.read(released, as_version=4)
    shutil.rmtree(handed_in, ignore_errors=True)
    for student in students:
        code = {name: version.source(name) for name, version in student.versions.items()}
        folder = handed_in / student.name
        folder.mkdir(parents=True)
        nbformat.write(fill_in(notebook, code), folder / f"{released.stem}_solved.ipynb")
    return handed_in
