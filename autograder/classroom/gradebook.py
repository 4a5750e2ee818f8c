"""The one writer of a class's gradebook."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    Gradebook,
    InvalidEntry,
    MissingEntry,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Column, Engine, Index, MetaData, Table, select
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import contains_eager
from traitlets.config import Config

from autograder.causes import in_a_line
from autograder.classroom.submission import Graded

# By these nbgrader looks for what belongs to a submission, and its tables have no index of them.
_SOUGHT = (
    ("submitted_assignment", "student_id"),
    ("submitted_notebook", "assignment_id"),
    ("grade", "notebook_id"),
    ("comment", "notebook_id"),
)


class GradebookError(RuntimeError):
    """The gradebook can't be read or written; the message says why and what to do."""


class Book:
    """Write what was graded into nbgrader's gradebook, a submission at a time.

    Parameters
    ----------
    gradebook : Gradebook
    homework : str
    config : Config
        nbgrader's configuration; it may name a plug-in for late submissions.
    """

    def __init__(self, gradebook: Gradebook, homework: str, config: Config) -> None:
        self._gradebook = gradebook
        self._homework = homework
        self._config = config
        notebook = gradebook.find_notebook(homework, homework)
        # Held, so that no submission reads them again.
        self._cells = [*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells]

    def students(self) -> set[str]:
        """Return the students whose submission of the homework is in the gradebook."""
        found = select(SubmittedAssignment.student_id).join(SubmittedAssignment.assignment)
        return set(self._gradebook.db.scalars(found.where(Assignment.name == self._homework)))

    def by_hand(self, student: str) -> frozenset[str]:
        """Return the cells of a student's submission that a person gave points for."""
        try:
            submission = self._gradebook.find_submission(self._homework, student)
        except MissingEntry:
            return frozenset()
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        return frozenset(grade.name for grade in grades if grade.manual_score is not None)

    def write(self, student: str, graded: Graded, target: Path) -> None:
        """Write the scores of a submission, then put its graded files in their place.

        Done again after an interruption, it completes what it had begun.

        Raises
        ------
        GradebookError
            The gradebook or the folder can't be written.
        """
        try:
            with self._one_transaction():
                self._write(student, graded)
            assert graded.folder is not None
            if graded.folder != target and graded.folder.exists():  # else it was moved before
                _put_in_place(graded.folder, target)
        except (SQLAlchemyError, InvalidEntry, OSError) as error:
            raise GradebookError(in_a_line(error)) from error

    @contextlib.contextmanager
    def _one_transaction(self) -> Iterator[None]:
        """Commit at the end: between nbgrader's own commits a submission has no scores."""
        database = self._gradebook.db
        commit, database.commit = database.commit, database.flush
        try:
            yield
            commit()
        except BaseException:
            database.rollback()
            raise
        finally:
            database.commit = commit

    def _write(self, student: str, graded: Graded) -> None:
        self._gradebook.update_or_create_student(student)
        when = {"timestamp": graded.timestamp} if graded.timestamp else {}
        submission = self._gradebook.update_or_create_submission(self._homework, student, **when)
        notebook = next(n for n in submission.notebooks if n.name == self._homework)
        scores, untouched = graded.scores or {}, graded.untouched or {}
        for grade in notebook.grades:
            if grade.name in scores:
                grade.auto_score = scores[grade.name]
                by_hand = grade.manual_score is not None or grade.auto_score is None
                grade.needs_manual_grade = by_hand
        for comment in notebook.comments:
            if comment.name in untouched:
                comment.auto_comment = "No response." if untouched[comment.name] else None
        self._gradebook.db.flush()  # the penalty may depend on the score
        self._set_penalty(submission, notebook)

    def penalties(self) -> dict[str, float]:
        """Return the points that are taken away from late submissions, by student.

        They are set anew: a due date or a score may have been changed since the grading.

        Raises
        ------
        GradebookError
            The gradebook can't be written.
        """
        try:
            with self._one_transaction():
                return self._penalties()
        except SQLAlchemyError as error:
            raise GradebookError(in_a_line(error)) from error

    def _penalties(self) -> dict[str, float]:
        found = {}
        for notebook in self._notebooks():
            submission = notebook.assignment
            if submission.timestamp is not None or notebook.late_submission_penalty is not None:
                self._set_penalty(submission, notebook)
            if notebook.late_submission_penalty:
                found[submission.student_id] = float(notebook.late_submission_penalty)
        return found

    def _notebooks(self) -> list[Any]:
        """Return all students' notebooks, each with its submission, in one query."""
        found = (
            select(SubmittedNotebook)
            .join(SubmittedNotebook.assignment)
            .join(SubmittedAssignment.assignment)
            .join(SubmittedNotebook.notebook)
            .where(Assignment.name == self._homework, Notebook.name == self._homework)
            .options(contains_eager(SubmittedNotebook.assignment))
        )
        return list(self._gradebook.db.scalars(found))

    def _set_penalty(self, submission: Any, notebook: Any) -> None:
        """Set what nbgrader's plug-in takes away from a late submission."""
        penalty = None
        if submission.total_seconds_late > 0:
            late = AssignLatePenalties(config=self._config)
            late.init_plugin()
            asked = late.plugin_inst.late_submission_penalty(
                submission.student.id, notebook.score, submission.total_seconds_late
            )
            if asked is not None:
                penalty = late._check_late_penalty(notebook, asked)
        notebook.late_submission_penalty = penalty


def _put_in_place(folder: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    folder.rename(target)


def _add_indexes(engine: Engine) -> None:
    """Index what nbgrader looks for: without that, a submission takes longer in a larger class."""
    # Who may not write now learns it when grades are written; and others may own the tables.
    with contextlib.suppress(DBAPIError):
        for table, column in _SOUGHT:
            sought = Table(table, MetaData(), Column(column)).c[column]
            Index(f"ix_{table}_{column}", sought).create(engine, checkfirst=True)


@contextlib.contextmanager
def opened(config: Config, url: str, homework: str) -> Iterator[Book]:
    """Open a class's gradebook for writing.

    Raises
    ------
    GradebookError
        It can't be read.
    """
    try:
        with Gradebook(url, config.CourseDirectory.get("course_id", "default_course")) as gradebook:
            gradebook.db().expire_on_commit = False  # nobody else writes: what was read stays true
            _add_indexes(gradebook.engine)
            yield Book(gradebook, homework, config)
    except OperationalError as error:
        raise GradebookError(in_a_line(error)) from error
