"""Autograde a class and write the feedback."""

import contextlib
import math
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.classroom.gradebook import GradebookError, opened
from autograder.classroom.imports import imported_modules
from autograder.classroom.journal import Change, Journal
from autograder.classroom.ledger import Ledger
from autograder.classroom.names import unusable
from autograder.classroom.pool import Pool, WorkerDied
from autograder.classroom.results import Result
from autograder.classroom.submission import Graded, Homework, SubmissionGrader
from autograder.classroom.versions import environment_version, exercise_versions
from autograder.cluster.pool import Cluster
from autograder.notebooks.release import release
from autograder.plugins.execute import PREPARE, SERVE, IsolatedExecute
from autograder.plugins.export import EXPORTERS, ExportError
from autograder.plugins.mend import read_source
from autograder.plugins.nbgrader import CONFIG_FILE, NbgraderError, api, checked, load_config, quiet
from autograder.sandbox.limits import Isolation, Limits
from autograder.sandbox.warm import WarmParent

Progress = Callable[[int, int, str], None]


class NothingToGrade(LookupError):
    """There is no such homework, or no submission; the message says which."""


class NotWritten(RuntimeError):
    """Submissions are graded, but the gradebook does not take them; the message says why.

    Attributes
    ----------
    results : list of Result
        What they earned.
    """

    def __init__(self, message: str, results: list[Result]) -> None:
        super().__init__(message)
        self.results = results


def submitted_students(root: Path, homework: str) -> list[str]:
    """Return the students who have a folder for that homework in ``submitted``."""
    return sorted(path.parent.name for path in (root / "submitted").glob(f"*/{homework}"))


def autograde(
    project: Path,
    root: Path,
    homework: str,
    progress: Progress = lambda *_: None,
    *,
    workers: int = 0,
    scheduler: str = "",
    isolation: Isolation = Isolation.FULL,
    dry_run: bool = False,
    differs: Callable[[list[Change]], None] = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Result]:
    """Autograde all submissions of a homework, several at a time.

    The scores are those of ``nbgrader autograde``. A submission that can't be graded gets a row
    that says why; the others are graded. One that was graded as it is now is not graded again.

    Parameters
    ----------
    project : Path
        The folder that holds ``nbgrader_config.py``.
    root : Path
        The class folder.
    homework : str
        The name of the homework.
    progress : callable
        ``progress(done, all, student)`` is called after each student.
    workers : int
        How many submissions at a time; 0 for one on each core.
    scheduler : str
        The address of a Dask cluster that grades, in place of this machine.
    isolation : Isolation
        How student code is shut in.
    dry_run : bool
        Leave the gradebook and the graded files as they are.
    differs : callable
        Called with the differences from what was in the gradebook before.
    tell : callable
        Called with a line for each worker of the cluster that gets no work.

    Raises
    ------
    NothingToGrade
        There is no submission.
    ClusterError
        The cluster can't be used.
    IsolationError
        This machine lacks a layer of the isolation.
    JournalError, GradebookError
        The journal can't be written, or the gradebook can't be read.
    NotWritten
        All that can be graded is, and the gradebook does not take it.
    """
    students = submitted_students(root, homework)
    if not students:
        raise NothingToGrade(
            f"no submission of {homework}: put notebooks into submitted/<student>/{homework}/ "
            f"or run make collect HW={homework} FROM=<folder or zip>"
        )
    release(project, root, homework)
    task = _homework(project, root, homework)
    versions = exercise_versions(homework, task.source, task.given())
    environment = environment_version(project / CONFIG_FILE, isolation)
    results = {name: Result(name, problem=said) for name, said in unusable(students).items()}
    with (
        Journal(root, homework) as journal,
        quiet(),
        opened(task.config, _database(task.config), homework) as book,
    ):
        ledger = Ledger(task, journal, book, versions, environment, dry_run)
        results |= ledger.known(student for student in students if student not in results)
        waiting = [student for student in students if student not in results]
        limits = Limits(memory=task.config.IsolatedExecute.get("memory", Limits().memory))
        graders: AbstractContextManager[Graders] = (
            Cluster(scheduler, task, limits, isolation, _longest(task), tell)
            if scheduler
            else _here(task, limits, isolation, workers, len(waiting))
        )
        for student, graded in _graded(waiting, graders, progress):
            results[student] = ledger.add(graded)
        found = [results[student] for student in students]
        differs(ledger.changes)
        try:
            ledger.finish()
            taken = book.penalties()
        except GradebookError as error:
            raise NotWritten(str(error), found) from error
    return [replace(result, penalty=taken.get(result.student, 0.0)) for result in found]


class Graders(Protocol):
    """What grades submissions, here or on other machines."""

    def work(self, students: Iterable[str]) -> Iterator[tuple[str, Graded | WorkerDied]]:
        """Yield each student with the grades, in the order in which they are done."""


def _graded(
    students: list[str], graders: AbstractContextManager[Graders], progress: Progress
) -> Iterator[tuple[str, Graded]]:
    """Let submissions be graded in other processes."""
    if not students:
        return
    with graders as pool:
        for done, (student, graded) in enumerate(pool.work(students)):
            progress(done, len(students), student)
            if isinstance(graded, WorkerDied):
                yield student, Graded(Result(student, problem=str(graded)))
            else:
                yield student, graded
    progress(len(students), len(students), "")


@contextlib.contextmanager
def _here(
    task: Homework, limits: Limits, isolation: Isolation, workers: int, most: int
) -> Iterator[Pool[str, Graded]]:
    """Grade in processes of this machine."""
    count = min(workers or os.cpu_count() or 1, most)
    with WarmParent(PREPARE, SERVE, limits, isolation, task.modules) as parent:

        def begin() -> SubmissionGrader:
            # Only what student code computes may take more than one thread.
            return SubmissionGrader(task, parent.connect())

        with Pool(begin, count, _longest(task)) as pool:
            yield pool


def _longest(task: Homework) -> float:
    """Return after how many seconds a submission holds its grader up by what is no cell."""
    seconds = IsolatedExecute(config=task.config).notebook_timeout
    return 2.0 * seconds + 60 if seconds >= 0 else math.inf


def feedback(
    project: Path, root: Path, homework: str, progress: Progress = lambda *_: None
) -> list[Path]:
    """Write the feedback page of every autograded submission.

    Raises
    ------
    NothingToGrade
        Nothing has been autograded.
    NbgraderError
        nbgrader can't write some page; the others are written.
    """
    graded = sorted((root / "autograded").glob(f"*/{homework}/{homework}.ipynb"))
    if not graded:
        raise NothingToGrade(
            f"nothing of {homework} is autograded: run make autograde HW={homework} first"
        )
    students = [path.parent.parent.name for path in graded]

    def begin() -> Callable[[str], str]:
        return lambda student: _feedback_on(project, root, homework, student)

    failed: list[str] = []
    pool: Pool[str, str] = Pool(begin, min(os.cpu_count() or 1, len(students)))
    with pool:
        for done, (student, problem) in enumerate(pool.work(students)):
            progress(done, len(students), student)
            if problem:
                failed.append(f"no page for {student}: {problem}")
    progress(len(students), len(students), "")
    if failed:  # the other pages are there
        raise NbgraderError("\n".join(failed))
    return [root / "feedback" / student / homework / f"{homework}.html" for student in students]


def _feedback_on(project: Path, root: Path, homework: str, student: str) -> str:
    """Write one page; return what went wrong, or nothing."""
    try:
        with quiet():
            checked(api(project, root).generate_feedback(homework, student))
    except NbgraderError as error:
        return str(error)
    return ""


def _homework(project: Path, root: Path, homework: str) -> Homework:
    """Read what grading a homework needs."""
    config = load_config(project, root)
    url = _database(config)
    with Gradebook(url, config.CourseDirectory.get("course_id", "default_course")) as gradebook:
        source = read_source(gradebook.find_notebook(homework, homework), config)
    converter = Autograde(config=config)
    return Homework(
        name=homework,
        root=root.resolve(),
        config=config,
        source=source,
        sanitize=list(converter.sanitize_preprocessors),
        grade=list(converter.autograde_preprocessors),
        modules=imported_modules(nbformat.read(_source(root, homework), as_version=4)),
    )


def _source(root: Path, homework: str) -> Path:
    return root / "source" / homework / f"{homework}.ipynb"


def _database(config: Config) -> str:
    return str(CourseDirectory(config=config).db_url)


def export(
    project: Path, root: Path, homework: str, platform: str, target: Path, **options: Any
) -> list[str]:
    """Write the grades of a homework as a platform imports them; return what to know about them.

    Parameters
    ----------
    project, root : Path
    homework : str
    platform : str
        ``canvas`` or ``moodle``.
    target : Path
        The file to write.
    **options
        Those of the exporter: ``roster``, ``column``, ``scale``.

    Raises
    ------
    ExportError
        There is no such platform, or the grades can't be written as it reads them.
    RosterError
        The platform's table of the class can't be read.
    """
    if platform not in EXPORTERS:
        raise ExportError(f"expected TO={' or TO='.join(EXPORTERS)}, got {platform!r}")
    config = load_config(project, root)
    course = config.CourseDirectory.get("course_id", "default_course")
    exporter = EXPORTERS[platform](config=config, **options)
    exporter.to, exporter.assignment = str(target), [homework]
    with quiet(), Gradebook(_database(config), course) as gradebook:
        exporter.export(gradebook)
    return exporter.remarks


def due_date(project: Path, root: Path, homework: str) -> datetime | None:
    """Return when a homework is due, if the gradebook says so."""
    config = load_config(project, root)
    course = config.CourseDirectory.get("course_id", "default_course")
    with Gradebook(_database(config), course) as gradebook:
        try:
            due = gradebook.find_assignment(homework).duedate
        except MissingEntry:
            return None
    return due.replace(tzinfo=UTC) if due else None
