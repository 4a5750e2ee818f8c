"""Grade one submission without the gradebook: from the handed-in notebook to scores and outputs."""

import contextlib
import hashlib
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader import utils
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, OverwriteCells, SaveAutoGrades
from traitlets.config import Config

from autograder.causes import in_a_line
from autograder.classroom.inspection import inspect_submission
from autograder.classroom.results import Result, read_result
from autograder.plugins.execute import IsolatedExecute
from autograder.plugins.names import take_solved_names
from autograder.referee.mending import mend
from autograder.referee.room import room_for
from autograder.referee.session import submission_files
from autograder.referee.source import SourceNotebook
from autograder.referee.submission import UnreadableError, read_submission
from autograder.sandbox.warm import Connection

LARGEST = 100_000_000  # bytes of a notebook
_TOO_LARGE = f"{{}} has more than {LARGEST / 1e6:g} MB: ask for it without its outputs"
MEMORY = 3 * 2**30  # bytes that it may take to read and to grade one, in this process
# What these do needs the gradebook, which has one writer.
_WITH_GRADEBOOK = (OverwriteCells, SaveAutoGrades, AssignLatePenalties)


@dataclass(frozen=True)
class Homework:
    """What all submissions of a homework have in common.

    Attributes
    ----------
    name : str
    root : Path
        The class folder.
    config : Config
        nbgrader's configuration.
    source : SourceNotebook
    sanitize, grade : list of type
        nbgrader's preprocessors, as configured.
    modules : tuple of str
        The modules of libraries that the source imports.
    """

    name: str
    root: Path
    config: Config
    source: SourceNotebook
    sanitize: list[type]
    grade: list[type]
    modules: tuple[str, ...]

    def submitted(self, student: str) -> Path:
        """Return a student's folder of submitted files."""
        return self.root / "submitted" / student / self.name

    def graded(self, student: str) -> Path:
        """Return a student's folder of graded files."""
        return self.root / "autograded" / student / self.name

    def given(self) -> dict[str, bytes]:
        """Return the files beside the homework's notebook, by their path."""
        files = submission_files(self.root / "source" / self.name, "")
        return {name: content for name, content in files.items() if not name.endswith(".ipynb")}

    def waiting(self, student: str) -> Path:
        """Return where a student's graded files wait for the gradebook."""
        target = self.graded(student)
        return target.with_name(f".{target.name}.new")


@dataclass(frozen=True)
class Graded:
    """What grading a submission gave.

    Attributes
    ----------
    result : Result
    folder : Path or None
        Where its graded files wait for the gradebook; None if it could not be graded.
    scores : dict of str to (float or None)
        By grade id; None if a person has to grade it.
    untouched : dict of str to bool
        By the grade id of a solution: it is as it was released.
    timestamp : str
        When it was handed in, or nothing.
    seconds : float
    submission, files : str
        The digests of what was handed in and of the graded files.
    """

    result: Result
    folder: Path | None = None
    scores: dict[str, float | None] | None = None
    untouched: dict[str, bool] | None = None
    timestamp: str = ""
    seconds: float = 0.0
    submission: str = ""
    files: str = ""


class SubmissionGrader:
    """Grade submissions of one homework, one after the other.

    Parameters
    ----------
    homework : Homework
    students : Connection
        Where processes for students come from.
    """

    def __init__(self, homework: Homework, students: Connection) -> None:
        self._homework = homework
        self._sanitize = self._made(homework.sanitize)
        self._grade = self._made(homework.grade)
        for preprocessor in self._grade:
            if isinstance(preprocessor, IsolatedExecute):
                preprocessor.students = students

    def __call__(self, student: str) -> Graded:
        """Grade the submission of a student; what goes wrong becomes a line of the table."""
        started = time.perf_counter()
        try:
            with room_for(MEMORY):
                return self._graded(student, started)
        except Exception as error:  # one submission must not end the grading of a class
            shutil.rmtree(self._homework.waiting(student), ignore_errors=True)
            return Graded(Result(student, problem=in_a_line(error)))

    def _graded(self, student: str, started: float) -> Graded:
        name = f"{self._homework.name}.ipynb"
        folder = self._homework.submitted(student)
        submitted = folder / name
        if problem := look_at(folder, self._homework.name):
            return Graded(Result(student, problem=problem))
        handed_in = digest(folder)  # if it changes from now on, it counts as not graded
        try:
            notebook = read_submission(submitted.read_bytes())
            inspection = inspect_submission(notebook, self._homework.name, self._homework.source)
            if inspection.problem:
                return Graded(Result(student, problem=f"{name} {inspection.problem}"))
            notebook, _ = mend(notebook, self._homework.source)
        except UnreadableError as error:
            return Graded(Result(student, problem=f"{name} {error}"))
        new = self._lay_out(student, submitted)
        notebook = self._run(notebook, student, new)
        nbformat.write(notebook, new / name)
        close(new)
        scores, untouched = _scores(notebook)
        result = read_result(student, new / name, self._homework.name, inspection.remarks)
        timestamp = _timestamp(folder)
        seconds = time.perf_counter() - started
        return Graded(
            result, new, scores, untouched, timestamp, seconds, handed_in, files=digest(new)
        )

    def _lay_out(self, student: str, submitted: Path) -> Path:
        """Make the folder of graded files: what was handed in, under what the source has."""
        new = self._homework.waiting(student)
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        given = self._homework.given()
        theirs = submission_files(submitted.parent, submitted.name)
        for name, content in {**given, **theirs, **given}.items():
            with contextlib.suppress(FileExistsError, NotADirectoryError, IsADirectoryError):
                # A file stands where the other has a folder: the source's come first.
                path = new / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        return new

    def _run(self, notebook: Any, student: str, folder: Path) -> Any:
        resources = {
            "metadata": {"path": os.fspath(folder)},
            "nbgrader": {
                "student": student,
                "assignment": self._homework.name,
                "notebook": self._homework.name,
            },
        }
        for preprocessor in [*self._sanitize, *self._grade]:
            notebook, resources = preprocessor(notebook, resources)
        return notebook

    def _made(self, kinds: list[type]) -> list[Any]:
        return [
            kind(config=self._homework.config)
            for kind in kinds
            if not issubclass(kind, _WITH_GRADEBOOK)
        ]


def close(folder: Path) -> None:
    """Make graded files read-only, as nbgrader does."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o444)


def look_at(folder: Path, homework: str) -> str:
    """Give a handed-in notebook its name; return why there is none to be graded, or nothing."""
    name = f"{homework}.ipynb"
    take_solved_names([str(path) for path in folder.glob(f"{homework}_solved.ipynb")])
    submitted = folder / name
    if not submitted.exists():
        there = ", ".join(sorted(path.name for path in folder.iterdir())) or "nothing"
        return f"no {name} in the folder, but {there}"
    if not submitted.is_file() or submitted.is_symlink():
        return f"{name} is no file of its own"
    if submitted.stat().st_size > LARGEST:
        return _TOO_LARGE.format(name)
    return ""


def _timestamp(folder: Path) -> str:
    """Return when a submission was handed in, if nbgrader's file tells."""
    try:
        return str(CourseDirectory().get_existing_timestamp(str(folder)) or "")
    except (Exception, SystemExit):  # nbgrader ends the program if it can't read the file
        return ""


def digest(folder: Path) -> str:
    """Return what tells the files of a folder from any others, whenever they were written."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            size = path.stat().st_size
            name = os.fsencode(path.relative_to(folder))
            found.update(b"\0%b\0%d\0" % (name, size))
            if size <= LARGEST:  # a larger one is not graded, and may be larger than the memory
                found.update(path.read_bytes())
    return found.hexdigest()


def _scores(notebook: Any) -> tuple[dict[str, float | None], dict[str, bool]]:
    """Return the scores of graded cells, and which solutions are untouched, by nbgrader's rules."""
    scores: dict[str, float | None] = {}
    untouched: dict[str, bool] = {}
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if utils.is_grade(cell):
            scores[marks["grade_id"]], _ = utils.determine_grade(cell)
        if utils.is_solution(cell) or utils.is_task(cell):
            same = marks.get("checksum") == utils.compute_checksum(cell)
            untouched[marks["grade_id"]] = same and not utils.is_task(cell)
    return scores, untouched
