"""Autograde a class and write the feedback."""

import contextlib
import math
import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
from nbformat.warnings import MissingIDFieldWarning
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from autograder.classroom.gradebook import opened
from autograder.classroom.imports import imported_modules
from autograder.classroom.pool import Pool, WorkerDied
from autograder.classroom.records import Records, version
from autograder.classroom.results import Result
from autograder.classroom.submission import Graded, Homework, SubmissionGrader, digest
from autograder.notebooks.release import release
from autograder.plugins.execute import PREPARE, SERVE, IsolatedExecute
from autograder.plugins.mend import read_source
from autograder.plugins.nbgrader import CONFIG_FILE, NbgraderError, api, checked, load_config
from autograder.sandbox.limits import Isolation, Limits
from autograder.sandbox.warm import WarmParent

_NO_PATTERN = "nbgrader takes * ? [ for patterns: rename the folder"
Progress = Callable[[int, int, str], None]


class NothingToGrade(LookupError):
    """There is no such homework, or no submission; the message says which."""


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
    isolation: Isolation = Isolation.FULL,
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
    isolation : Isolation
        How student code is shut in.

    Raises
    ------
    NothingToGrade
        There is no submission.
    IsolationError
        This machine lacks a layer of the isolation.
    """
    students = submitted_students(root, homework)
    if not students:
        raise NothingToGrade(
            f"no submission of {homework}: put notebooks into submitted/<student>/{homework}/ "
            f"or run make collect HW={homework} FROM=<folder or zip>"
        )
    release(project, root, homework)
    task = _homework(project, root, homework)
    records = Records(root, homework)
    made_by = version(_source(root, homework), project / CONFIG_FILE)
    digests = {student: digest(task.submitted(student), made_by) for student in students}
    with _quiet(), opened(task.config, _database(task.config), homework) as book:
        in_book = book.students()
    results = {
        student: known
        for student in students
        if student in in_book
        and task.graded(student).exists()
        and (known := records.find(student, digests[student]))
    }
    results |= {s: Result(s, problem=_NO_PATTERN) for s in students if set(s) & set("*?[")}
    waiting = [student for student in students if student not in results]
    for student, result in _graded(task, waiting, workers, isolation, progress):
        results[student] = result
        if not result.problem:
            records.add(student, digest(task.submitted(student), made_by), result)
    return [results[student] for student in students]


def _graded(
    task: Homework, students: list[str], workers: int, isolation: Isolation, progress: Progress
) -> Iterator[tuple[str, Result]]:
    """Grade submissions in processes of their own; write the gradebook in this one."""
    if not students:
        return
    count = min(workers or os.cpu_count() or 1, len(students))
    memory = task.config.IsolatedExecute.get("memory", Limits().memory)
    limits = Limits(memory=memory)
    with _quiet(), WarmParent(PREPARE, SERVE, limits, isolation, task.modules) as parent:

        def begin() -> SubmissionGrader:
            # Only what student code computes may take more than one thread.
            return SubmissionGrader(task, parent.connect())

        pool: Pool[str, Graded] = Pool(begin, count, _longest(task))
        with pool, opened(task.config, _database(task.config), task.name) as book:
            for done, (student, graded) in enumerate(pool.work(students)):
                progress(done, len(students), student)
                if isinstance(graded, WorkerDied):
                    yield student, Result(student, problem=str(graded))
                    continue
                if graded.folder is not None:
                    book.write(student, graded, task.graded(student))
                yield student, graded.result
    progress(len(students), len(students), "")


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
        with _quiet():
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


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Silence what nbgrader causes in SQLAlchemy and nbformat; it does no harm."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        warnings.simplefilter("ignore", MissingIDFieldWarning)  # of a cell that it puts back
        yield
