"""The writer of the gradebook asks for little, however large the class is."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from conftest import HW02, ROOT, scores
from nbgrader import dbutil
from sqlalchemy import event

from autograder.classroom.gradebook import Book, GradebookError, opened
from autograder.classroom.results import Result
from autograder.classroom.submission import Graded
from autograder.notebooks.release import release
from autograder.plugins.nbgrader import NbgraderError, load_config

INDEXED = {
    "submitted_assignment": "student_id",
    "submitted_notebook": "assignment_id",
    "grade": "notebook_id",
    "comment": "notebook_id",
}
# What is in the gradebook's table of versions before the column `extra_credit` came.
BEFORE, AFTER = "50a4d84c131a", "724cde206c17"


@contextlib.contextmanager
def book_of(root: Path) -> Iterator[Book]:
    config = load_config(ROOT, root)
    with opened(config, f"sqlite:///{root / 'gradebook.db'}", HW02) as book:
        yield book


def write(book: Book, root: Path, students: range) -> None:
    for i in students:
        graded = Graded(
            Result(f"student {i}"), root / "moved before", {"mae-hidden": 2.0}, {"mae": True},
            timestamp="2026-11-28 22:00:00 UTC",
        )  # fmt: skip
        book.write(f"student {i}", graded, root / "there")


def ask(root: Path, query: str) -> list[tuple]:
    with contextlib.closing(sqlite3.connect(root / "gradebook.db")) as database, database:
        return database.execute(query).fetchall()


def plans(root: Path) -> list[str]:
    """Return how SQLite finds what belongs to a submission."""
    return [
        ask(root, f"explain query plan select * from {table} where {column} = 'x'")[0][-1]
        for table, column in INDEXED.items()
    ]


def queries(book: Book) -> list[str]:
    """Return the list to which queries are added from now on."""
    said: list[str] = []

    @event.listens_for(book._gradebook.engine, "before_cursor_execute")
    def note(_connection, _cursor, statement, *_: object) -> None:
        said.append(statement)

    return said


def test_what_belongs_to_a_submission_is_found_by_an_index(hw02_root):
    assert all(plan.startswith("SCAN ") for plan in plans(hw02_root)), "nbgrader has them now"
    for _ in range(2):  # and once they are there, nothing is to be done
        with book_of(hw02_root) as book:
            write(book, hw02_root, range(2))
        assert all(plan.startswith("SEARCH ") for plan in plans(hw02_root))


def test_nbgrader_upgrades_a_gradebook_with_indexes(hw02_root):
    url = f"sqlite:///{hw02_root / 'gradebook.db'}"
    with book_of(hw02_root) as book:
        write(book, hw02_root, range(2))
    wanted = scores(hw02_root)
    assert wanted["student 1", "mae-hidden"] == 2.0
    dbutil.upgrade(url)  # as `nbgrader db upgrade` does
    # Back to before nbgrader changed one of the tables, and forward again.
    version = ask(hw02_root, "select version_num from alembic_version")[0][0]
    ask(hw02_root, "alter table grade drop column extra_credit")
    ask(hw02_root, f"update alembic_version set version_num = '{BEFORE}'")
    dbutil.upgrade(url, AFTER)
    ask(hw02_root, f"update alembic_version set version_num = '{version}'")
    assert scores(hw02_root) == wanted
    assert all(plan.startswith("SEARCH ") for plan in plans(hw02_root))


def test_a_class_is_read_and_a_submission_written_with_as_few_queries_in_a_large_class(hw02_root):
    asked = []
    for size in (2, 6):
        with book_of(hw02_root) as book:
            write(book, hw02_root, range(size))
        with book_of(hw02_root) as book:
            said = queries(book)
            assert book.students() == {f"student {i}" for i in range(size)}
            assert len(said) == 1
            assert book.penalties() == {}
            for_class = len(said)
            write(book, hw02_root, range(1))
        asked.append((for_class, len(said)))
    assert asked[0] == asked[1]
    assert not [query for query in said if "WHERE base_cell.id = ?" in query], "it knows the cells"


def test_who_may_not_write_an_index_reads_the_gradebook(hw02_root):
    config = load_config(ROOT, hw02_root)
    url = f"sqlite:///file:{hw02_root / 'gradebook.db'}?mode=ro&uri=true"
    with opened(config, url, HW02) as book:
        assert book.students() == set()
        with pytest.raises(GradebookError):
            write(book, hw02_root, range(1))
    assert all(plan.startswith("SCAN ") for plan in plans(hw02_root))


def test_a_release_that_the_gradebook_refuses_leaves_the_one_before(hw02_root):
    with book_of(hw02_root) as book:
        write(book, hw02_root, range(1))
    path = hw02_root / "source" / HW02 / f"{HW02}.ipynb"
    source = nbformat.read(path, as_version=4)
    source.cells = [c for c in source.cells if not c.id.startswith("mae")]
    nbformat.write(source, path)
    released = hw02_root / "release" / HW02 / f"{HW02}.ipynb"
    before = released.read_bytes()
    with pytest.raises(NbgraderError, match=f"db assignment remove {HW02} --force"):
        release(ROOT, hw02_root, HW02)
    assert released.read_bytes() == before
    assert [path.name for path in (hw02_root / "release").iterdir()] == [HW02]
