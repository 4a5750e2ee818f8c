"""Who is who in a class: the table of its students that Canvas, Moodle or the instructor keeps."""

import csv
import hashlib
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

NUMBERED = re.compile(r"(?P<name>.*)_(?P<number>\d+)")  # a student of a download without a roster


class RosterError(ValueError):
    """The table can't be read; the message says why."""


class Kind(StrEnum):
    """Where a table comes from."""

    CANVAS = "Canvas's gradebook"
    WORKSHEET = "Moodle's grading worksheet"
    MOODLE = "Moodle's grades"
    OWN = "a table with a column student"


@dataclass(frozen=True)
class _Columns:
    """The columns of a kind of table, by their names.

    Attributes
    ----------
    marks : tuple of str
        Columns by which the kind is known.
    student : tuple of str
        Those whose value becomes the student's name in nbgrader; the first that tells all apart.
    number : str
        The one with the number that stands in the names of downloaded files.
    names : tuple of str
        Those that make up a person's name.
    """

    marks: tuple[str, ...]
    student: tuple[str, ...]
    number: str
    names: tuple[str, ...]


_KINDS = {
    Kind.CANVAS: _Columns(
        ("Student", "ID", "Section"), ("SIS Login ID", "SIS User ID", "ID"), "ID", ("Student",)
    ),
    Kind.WORKSHEET: _Columns(
        ("Identifier", "Grade", "Last modified (grade)"),
        ("Username", "Email address", "ID number", "Full name", "Identifier"),
        "Identifier",
        ("Full name",),
    ),
    Kind.MOODLE: _Columns(
        ("First name", "Email address"),
        ("Username", "Email address", "ID number"),
        "",
        ("First name", "Last name", "Surname"),
    ),
    Kind.OWN: _Columns(("student",), ("student",), "", ("name",)),
}


@dataclass(frozen=True)
class Person:
    """A student.

    Attributes
    ----------
    student : str
        The name by which nbgrader knows them; fit for a folder.
    row : int
        Their row in the table.
    """

    student: str
    row: int


class Roster:
    """A table of students.

    Parameters
    ----------
    header : sequence of str
    rows : sequence of sequence of str

    Raises
    ------
    RosterError
        The columns are not those of a table that we know, or tell some students not apart.
    """

    def __init__(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.header = [column.strip() for column in header]
        self.rows = [[*row, *[""] * (len(header) - len(row))] for row in rows]
        self.kind = self._kind()
        columns = _KINDS[self.kind]
        key = self._key(columns.student)
        self.people = [
            Person(safe_name(row[key].strip()), number)
            for number, row in enumerate(self.rows)
            if self._is_student(row)
        ]
        self._numbers: dict[str, set[Person]] = defaultdict(set)
        self._ids: dict[str, set[Person]] = defaultdict(set)
        self._names: dict[str, set[Person]] = defaultdict(set)
        for person in self.people:
            self._index(person, columns)

    def value(self, person: Person, column: str) -> str:
        """Return what stands in a person's row, or nothing if there is no such column."""
        if column not in self.header:
            return ""
        return self.rows[person.row][self.header.index(column)].strip()

    def find(self, name: str, number: str = "") -> Person | None:
        """Return whose submission it is, or None if that is nobody, or not certain.

        Parameters
        ----------
        name : str
            The name of a folder, or what a platform puts before the number.
        number : str
            The platform's number for the student, which decides where the table has it.
        """
        if number and self._numbers:
            return _only(self._numbers[number])
        return _only(self._ids[folded(name)]) or _only(self._names[bare(name)])

    def find_student(self, student: str) -> Person | None:
        """Return a student of the gradebook, also one who was collected without this table."""
        for person in self.people:
            if person.student == student:
                return person
        numbered = NUMBERED.fullmatch(student)
        return self.find(**numbered.groupdict()) if numbered else self.find(student)

    def _kind(self) -> Kind:
        for kind, columns in _KINDS.items():
            if set(columns.marks) <= set(self.header):
                return kind
        known = "; ".join(f"{kind}: {', '.join(c.marks)}" for kind, c in _KINDS.items())
        raise RosterError(f"expected the columns of one of these ({known}), got {self.header}")

    def _key(self, wanted: Sequence[str]) -> int:
        """Return the first column that has a value of its own for each student."""
        there = [self.header.index(column) for column in wanted if column in self.header]
        students = [row for row in self.rows if self._is_student(row)]
        for column in there:
            values = [folded(row[column]) for row in students]
            if all(values) and len(set(values)) == len(values):
                return column
        raise RosterError(f"no column of {', '.join(wanted)} has a value of its own in each row")

    def _is_student(self, row: Sequence[str]) -> bool:
        if self.kind is Kind.CANVAS:  # it has rows about the columns, and one for a test student
            return bool(row[self.header.index("ID")].strip())
        return any(value.strip() for value in row)

    def _index(self, person: Person, columns: _Columns) -> None:
        if columns.number:
            digits = re.search(r"\d+$", self.value(person, columns.number))
            if digits:
                self._numbers[digits[0]].add(person)
        ids = self.header if self.kind is Kind.OWN else columns.student
        for column in ids:
            if value := self.value(person, column):
                self._ids[folded(value)].add(person)
        name = " ".join(filter(None, (self.value(person, column) for column in columns.names)))
        words = name.replace(",", " ").split()
        for first in range(len(words)):  # Ada Lovelace; Lovelace, Ada; and lovelaceada
            self._names[bare("".join(words[first:] + words[:first]))].add(person)


def read_roster(path: Path) -> Roster:
    """Read a table of students: CSV in UTF-8, with commas, semicolons or tabs.

    Raises
    ------
    RosterError
        There is no such file, it is no such table, or its columns are not known.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RosterError(f"{path} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise RosterError(f"{path.name} is not text in UTF-8: export it as CSV in UTF-8") from None
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    if not table:
        raise RosterError(f"{path.name} is empty")
    try:
        return Roster(table[0], [row for row in table[1:] if row])
    except RosterError as error:
        raise RosterError(f"{path.name}: {error}") from None


def folded(text: str) -> str:
    """Return text without differences of case and of how accents are encoded."""
    return unicodedata.normalize("NFC", text).casefold().strip()


def bare(name: str) -> str:
    """Return the letters and digits of a name, which is what Canvas leaves of it."""
    return "".join(letter for letter in folded(name) if letter.isalnum())


def safe_name(student: str) -> str:
    """Return a student's name as the name of a folder that nbgrader takes for no pattern.

    Names that differ stay different: one of which letters are replaced gets a mark of its own.
    """
    name = unicodedata.normalize("NFC", student)
    safe = "".join("_" if c in '/\\*?[]:"<>|' or not c.isprintable() else c for c in name)
    safe = re.sub(r"^\.+", "_", safe.strip())
    mark = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:4]
    return safe if safe == name and name else f"{safe}-{mark}"


def _only(people: set[Person]) -> Person | None:
    return next(iter(people)) if len(people) == 1 else None
