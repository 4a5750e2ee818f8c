"""What was graded, kept so that no interruption loses it and nothing is graded twice."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from autograder.causes import cause
from autograder.classroom.results import Result
from autograder.classroom.submission import Graded

_TABLE = """
create table if not exists graded (
    number integer primary key,  -- the order: a clock may be set back
    student text not null,
    submission text not null,  -- these three: what was graded, by what
    exercises text not null,
    environment text not null,
    answer text not null,
    written integer not null default 0  -- whether the gradebook and its files have it
)
"""
_CHANGES = """
create table if not exists changed (
    number integer not null references graded (number),
    exercise text not null,
    old real not null,
    new real not null,
    why text not null
)
"""
_LAST = """
select student, number, submission, exercises, environment, answer, written
from graded where number in (select max(number) from graded {} group by student)
"""


class JournalError(RuntimeError):
    """The journal can't be used; the message says why and what to do."""


@dataclass(frozen=True)
class Key:
    """What a grade rests on.

    Attributes
    ----------
    submission : str
        The hash of all files that were handed in.
    exercises : str
        The version of each exercise, as JSON.
    environment : str
        The versions of what grades: Python, libraries, this package, the isolation.
    """

    submission: str
    exercises: str
    environment: str


@dataclass(frozen=True)
class Entry:
    """What the journal knows of a student: the grading that was the last.

    Attributes
    ----------
    number : int
    key : Key
    graded : Graded
    written : bool
        Whether the gradebook has it, and the graded files are in their place.
    """

    number: int
    key: Key
    graded: Graded
    written: bool


@dataclass(frozen=True)
class Change:
    """A difference that a grading made.

    Attributes
    ----------
    student, exercise : str
    old, new : float
        The points that the grader gave.
    why : str
        What changed.
    """

    student: str
    exercise: str
    old: float
    new: float
    why: str


class Journal:
    """The graded submissions of a homework, in an SQLite file beside the graded files.

    An answer is put down here before the gradebook hears of it, and marked when the gradebook and
    the graded files have it. Whatever happens in between, the next run finishes it from here. A
    context manager; one process at a time may have it open.

    Parameters
    ----------
    root : Path
        The class folder.
    homework : str

    Raises
    ------
    JournalError
        Another process has it open, it can't be written, or it is damaged.
    """

    def __init__(self, root: Path, homework: str) -> None:
        file = root / "autograded" / ".journal" / f"{homework}.db"
        self._file = file
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(file, timeout=0)
            self._database.execute("pragma locking_mode = exclusive")
            self._database.execute("pragma synchronous = full")
            with self._database:
                self._database.execute("begin exclusive")
                self._database.execute(_TABLE)
                self._database.execute(_CHANGES)
            self._last = self._entries("")
            self._written = self._entries("where written")
        except (sqlite3.Error, OSError) as error:
            raise self._error(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._database.close()

    def last(self, student: str) -> Entry | None:
        """Return the last grading of a student."""
        return self._last.get(student)

    def written(self, student: str) -> Entry | None:
        """Return the last grading of a student that the gradebook has."""
        return self._written.get(student)

    def add(self, student: str, key: Key, graded: Graded) -> Entry:
        """Put down how a submission was graded; when this returns, it is on the disk."""
        answer = json.dumps(asdict(graded) | {"folder": None})
        row = (student, key.submission, key.exercises, key.environment, answer)
        try:
            with self._database:
                number = self._database.execute(
                    "insert into graded (student, submission, exercises, environment, answer)"
                    " values (?, ?, ?, ?, ?)",
                    row,
                ).lastrowid
        except sqlite3.Error as error:
            raise self._error(error) from error
        assert number is not None
        return Entry(number, key, graded, written=False)

    def mark_written(self, entry: Entry, changes: Iterable[Change] = ()) -> None:
        """Note that the gradebook has a grading, its files are in place, and what it changed."""
        rows = [(entry.number, c.exercise, c.old, c.new, c.why) for c in changes]
        try:
            with self._database:
                self._database.execute(
                    "update graded set written = 1 where number = ?", (entry.number,)
                )
                self._database.executemany("insert into changed values (?, ?, ?, ?, ?)", rows)
        except sqlite3.Error as error:
            raise self._error(error) from error

    def _entries(self, which: str) -> dict[str, Entry]:
        return {
            student: Entry(number, Key(*key), _loaded(answer), bool(written))
            for student, number, *key, answer, written in self._database.execute(
                _LAST.format(which)
            )
        }

    def _error(self, error: Exception) -> JournalError:
        if "locked" in str(error):
            return JournalError(
                f"another program grades {self._file.stem} in this class: wait until it has ended"
            )
        if isinstance(error, sqlite3.DatabaseError) and "not a database" in str(error):
            return JournalError(
                f"{self._file} is damaged: remove it, and all submissions are graded again"
            )
        return JournalError(cause(error) or f"{self._file} can't be written: {error}")


def _loaded(answer: str) -> Graded:
    fields = json.loads(answer)
    result = fields["result"] | {"remarks": tuple(fields["result"]["remarks"])}
    return Graded(**fields | {"result": Result(**result)})
