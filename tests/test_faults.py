"""What goes wrong around a class gets a clear line, and the rest is graded (docs/faults.md)."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from conftest import HW02, ROOT
from waiting_class import gradings, waiting_class

from autograder import cli
from autograder.classroom import grading
from autograder.classroom.made_class import made_students
from autograder.classroom.results import table

COUNT = 3
OWN_MOUNTS = [sys.executable, str(ROOT / "tests" / "own_mounts.py")]
HOLD = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("begin exclusive")
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class whose submissions of homework 2 wait to be graded."""
    students = list(made_students(HW02))[:COUNT]
    return waiting_class(tmp_path_factory.mktemp("collected"), students)


@pytest.fixture
def folder(collected: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(collected, tmp_path / "class"))


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def in_gradebook(folder: Path) -> int:
    """Return how many submissions the gradebook has; it must be whole."""
    with contextlib.closing(sqlite3.connect(folder / "gradebook.db")) as database:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
        query = "select count(*) from submitted_assignment"
        return int(database.execute(query).fetchone()[0])


@contextlib.contextmanager
def locked(gradebook: Path) -> Iterator[None]:
    """Another program writes to the gradebook, and does not come to an end."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(gradebook)], text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "locked\n"
        yield
        holder.communicate()


def test_odd_submissions_get_a_line_each_and_the_rest_is_graded(folder):
    submitted = folder / "submitted"
    plain = submitted / "ada" / HW02 / f"{HW02}.ipynb"
    notebook = nbformat.read(plain, as_version=4)

    def put(student: str) -> Path:
        path = submitted / student / HW02 / f"{HW02}.ipynb"
        path.parent.mkdir(parents=True)
        return path

    put("200 MB").write_bytes(plain.read_bytes() + b" " * 200_000_000)
    many = nbformat.from_dict(notebook)
    # By themselves cells get ids of 32 bits: of so many, two are alike in one run of a hundred.
    many.cells += [nbformat.v4.new_code_cell("x = 1", id=f"more-{n}") for n in range(10_000)]
    nbformat.write(many, put("10,000 cells"))
    for name in ("Zoë", "zoe\N{COMBINING DIAERESIS}"):
        shutil.copy(plain, put(name))
    latin = os.fsdecode("J\xfcrgen".encode("latin-1"))
    shutil.copy(plain, put(latin))
    (submitted / "benoit" / HW02 / os.fsdecode(b"d\xe4ta.csv")).write_text("1,2")

    results = grading.autograde(ROOT, folder, HW02)
    twice = "another folder has the same name but for capitals or accents: rename or remove one"
    assert {result.student: result.problem for result in results if result.problem} == {
        "200 MB": f"{HW02}.ipynb has more than 100 MB: ask for it without its outputs",
        "Zoë": twice,
        "zoe\N{COMBINING DIAERESIS}": twice,
        latin: r"the name b'J\xfcrgen' is not in UTF-8: rename the folder",
    }
    graded = {result.student: result.total for result in results if not result.problem}
    assert set(graded) == {"ada", "benoit", "carl", "10,000 cells"}
    assert graded["10,000 cells"] == graded["ada"] == 30
    table(results, HW02).encode()  # it can be printed
    assert in_gradebook(folder) == len(graded)


def test_a_gradebook_that_may_not_be_written(folder):
    command = (sys.executable, "-m", "autograder", "autograde", HW02)
    said = run(folder, *OWN_MOUNTS, "read-only", str(folder / "gradebook.db"), *command)
    assert said.returncode == 1
    assert said.stderr.startswith("error: the gradebook or the class's folder may not be written")
    assert said.stderr.count("\n") == 1


def test_a_gradebook_that_is_locked_from_the_start(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    with locked(folder / "gradebook.db"):
        assert cli.main(["autograde", HW02]) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: the gradebook is locked by another program: close formgrader")
    assert said.count("\n") == 1


def test_what_is_graded_while_the_gradebook_is_locked_waits_for_it(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    with contextlib.ExitStack() as stack:

        def progress(done: int, total: int, name: str) -> None:
            if done == 1:
                stack.enter_context(locked(folder / "gradebook.db"))

        monkeypatch.setattr(cli, "Progress", lambda _: progress)
        assert cli.main(["autograde", HW02, "--workers=1"]) == 1
        printed = capsys.readouterr()
        assert "NOT GRADED" not in printed.out
        assert printed.err == (
            f"error: {COUNT - 1} graded submissions wait for the gradebook, and need not be graded "
            "again: the gradebook is locked by another program: close formgrader, or whatever else "
            "writes to it, then run the same command again\n"
        )
    assert [written for _, written in gradings(folder)].count(0) == COUNT - 1
    assert cli.main(["autograde", HW02]) == 0
    assert capsys.readouterr().out == printed.out
    assert [written for _, written in gradings(folder)] == [1] * COUNT
    assert in_gradebook(folder) == COUNT


FILL = f"""
import json, shutil, sys
from pathlib import Path
from autograder.classroom import grading

project, origin, place = map(Path, sys.argv[1:])
root = Path(shutil.copytree(origin, place / "class"))

def fill(done, total, name):
    if done == 1:
        with (place / "filler").open("wb", buffering=0) as file:
            try:
                while file.write(bytes(1 << 12)):
                    pass
            except OSError as error:
                print(error.errno, file=sys.stderr)

try:
    first, waits = grading.autograde(project, root, "{HW02}", fill, workers=1), ""
except grading.NotWritten as error:
    first, waits = error.results, str(error)
(place / "filler").unlink()
second = grading.autograde(project, root, "{HW02}", workers=1)
shutil.copytree(root, origin.parent / "after")
print(json.dumps([waits, *([row.problem for row in rows] for rows in (first, second))]))
"""


def test_a_disk_that_is_full_for_a_while(folder, tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    said = run(
        tmp_path, *OWN_MOUNTS, "16m", str(place),
        sys.executable, "-c", FILL, str(ROOT), str(folder), str(place),
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert said.stderr == "28\n"
    waits, first, second = json.loads(said.stdout)
    line = "the disk is full: make room, then run the same command again"
    assert line in first or line in waits
    assert set(first) <= {"", line}
    assert second == [""] * COUNT
    after = tmp_path / "after"
    assert in_gradebook(after) == COUNT
    assert [written for _, written in gradings(after)] == [1] * COUNT
    assert not list((after / "autograded").glob("*/.*"))
