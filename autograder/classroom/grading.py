"""Autograde a class with nbgrader and write the feedback, one student after the other."""

import contextlib
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from nbformat.warnings import MissingIDFieldWarning
from sqlalchemy.exc import SAWarning

from autograder.classroom.inspection import inspect_submission
from autograder.classroom.results import Result, read_result
from autograder.notebooks.release import release
from autograder.plugins.names import take_solved_names
from autograder.plugins.nbgrader import NbgraderError, api, checked

Progress = Callable[[int, int, str], None]


class NothingToGrade(LookupError):
    """There is no such homework, or no submission; the message says which."""


def submitted_students(root: Path, homework: str) -> list[str]:
    """Return the students who have a folder for that homework in ``submitted``."""
    return sorted(path.parent.name for path in (root / "submitted").glob(f"*/{homework}"))


def autograde(
    project: Path, root: Path, homework: str, progress: Progress = lambda *_: None
) -> list[Result]:
    """Autograde all submissions of a homework.

    A submission that can't be graded gets a row that says why; the others are graded.

    Parameters
    ----------
    project : Path
        The folder that holds ``nbgrader_config.py``.
    root : Path
        The class folder.
    homework : str
        The name of the homework.
    progress : callable
        ``progress(done, all, student)`` is called before each student.

    Raises
    ------
    NothingToGrade
        There is no submission.
    """
    students = submitted_students(root, homework)
    if not students:
        raise NothingToGrade(
            f"no submission of {homework}: put notebooks into submitted/<student>/{homework}/ "
            f"or run make collect HW={homework} FROM=<folder or zip>"
        )
    released = release(project, root, homework)
    results = []
    for student in _counted(students, progress):
        results.append(_grade_one(project, root, homework, student, released))
    return results


def feedback(
    project: Path, root: Path, homework: str, progress: Progress = lambda *_: None
) -> list[Path]:
    """Write the feedback page of every autograded submission.

    Raises
    ------
    NothingToGrade
        Nothing has been autograded.
    NbgraderError
        nbgrader can't write a page.
    """
    graded = sorted((root / "autograded").glob(f"*/{homework}/{homework}.ipynb"))
    if not graded:
        raise NothingToGrade(
            f"nothing of {homework} is autograded: run make autograde HW={homework} first"
        )
    students = [path.parent.parent.name for path in graded]
    pages = []
    for student in _counted(students, progress):
        with _quiet():
            checked(api(project, root).generate_feedback(homework, student))
        pages.append(root / "feedback" / student / homework / f"{homework}.html")
    return pages


def _grade_one(project: Path, root: Path, homework: str, student: str, released: Path) -> Result:
    if set(student) & set("*?["):
        return Result(student, problem="nbgrader takes * ? [ for patterns: rename the folder")
    folder = root / "submitted" / student / homework
    take_solved_names([str(path) for path in folder.glob(f"{homework}_solved.ipynb")])
    notebook = folder / f"{homework}.ipynb"
    if not notebook.exists():
        there = ", ".join(sorted(path.name for path in folder.iterdir())) or "nothing"
        return Result(student, problem=f"no {notebook.name} in the folder, but {there}")
    inspection = inspect_submission(notebook, released)
    if inspection.problem:
        return Result(student, problem=f"{notebook.name} {inspection.problem}")
    try:
        with _quiet():
            checked(api(project, root).autograde(homework, student))
    except NbgraderError as error:
        return Result(student, problem=str(error))
    autograded = root / "autograded" / student / homework / notebook.name
    return read_result(student, autograded, homework, inspection.remarks)


def _counted(students: list[str], progress: Progress) -> Iterator[str]:
    for done, student in enumerate(students):
        progress(done, len(students), student)
        yield student
    progress(len(students), len(students), "")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Silence what nbgrader causes in SQLAlchemy and nbformat; it does no harm."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        warnings.simplefilter("ignore", MissingIDFieldWarning)  # of a cell that it puts back
        yield
