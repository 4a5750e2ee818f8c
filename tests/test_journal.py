"""The grader is killed, at chosen moments and at random; the same command completes the class."""

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import HW02, ROOT
from waiting_class import gradings, waiting_class

from autograder.classroom.journal import Journal, JournalError
from autograder.classroom.made_class import made_students

COUNT = 8
# Runs the command, and kills the process that is about to call a function for the second time, or
# has just done so.
KILLER = """
import importlib, os, signal, sys
from autograder import cli

module, what, when, *arguments = sys.argv[1:]
holder, _, name = what.rpartition(".")
place = importlib.import_module(module)
place = getattr(place, holder) if holder else place
whole, calls = getattr(place, name), 0

def killed(*args, **kwargs):
    global calls
    calls += 1
    if calls == 2 and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    answer = whole(*args, **kwargs)
    if calls == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return answer

setattr(place, name, killed)
sys.exit(cli.main(arguments))
"""
# From one run to the next a submission or two are completed.
MOMENTS = [
    ("autograder.classroom.journal", "Journal.add", "before"),
    ("autograder.classroom.journal", "Journal.add", "after"),
    ("autograder.classroom.gradebook", "Book._write", "after"),  # before it is committed
    ("autograder.classroom.gradebook", "_put_in_place", "before"),  # but in the gradebook
    ("autograder.classroom.gradebook", "_put_in_place", "after"),
]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class whose submissions of homework 2 wait to be graded."""
    students = list(made_students(HW02))[1 : COUNT + 1]
    return waiting_class(tmp_path_factory.mktemp("collected"), students)


@pytest.fixture(scope="module")
def graded(collected: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same class, graded without an interruption."""
    folder = Path(shutil.copytree(collected, tmp_path_factory.mktemp("graded") / "class"))
    assert command(folder).returncode == 0
    return folder


@pytest.fixture
def folder(collected: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(collected, tmp_path / "class"))


def command(folder: Path, *program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *(program or ("-m", "autograder")), "autograde", HW02, "--workers=1"],
        cwd=folder, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def in_gradebook(folder: Path) -> dict[tuple[str, str], tuple[float, int]]:
    """Return the scores of all students in the gradebook, which must be whole."""
    with contextlib.closing(sqlite3.connect(folder / "gradebook.db")) as database:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
        rows = database.execute(
            "select student_id, base_cell.name, auto_score, needs_manual_grade from grade"
            " join base_cell on base_cell.id = grade.cell_id"
            " join submitted_notebook on submitted_notebook.id = grade.notebook_id"
            " join submitted_assignment"
            " on submitted_assignment.id = submitted_notebook.assignment_id"
        ).fetchall()
    assert all(score is not None for _, _, score, _ in rows)
    return {(student, cell): (score, by_hand) for student, cell, score, by_hand in rows}


def files(folder: Path) -> int:
    return len(list((folder / "autograded").glob(f"*/{HW02}/{HW02}.ipynb")))


def check_complete(folder: Path, undisturbed: dict) -> None:
    assert in_gradebook(folder) == undisturbed
    students = sorted({student for student, _ in undisturbed})
    assert len(students) == COUNT
    assert gradings(folder) == [(student, 1) for student in students], "each is graded once"
    notebooks = sorted((folder / "autograded").glob(f"*/{HW02}/{HW02}.ipynb"))
    assert [path.parent.parent.name for path in notebooks] == students
    assert all(json.loads(path.read_text())["cells"] for path in notebooks)
    assert not list((folder / "autograded").glob("*/.*"))


@pytest.mark.long
def test_killed_at_chosen_moments(folder, graded):
    undisturbed = in_gradebook(graded)
    for moment in MOMENTS:
        run = command(folder, "-c", KILLER, *moment)
        assert run.returncode == -signal.SIGKILL, run.stderr
        # What the gradebook has of a submission it has all of.
        so_far = in_gradebook(folder)
        assert so_far.items() <= undisturbed.items()
        assert len(so_far) % (len(undisturbed) // COUNT) == 0
    assert 0 < len(so_far) < len(undisturbed)
    worker = ("autograder.classroom.submission", "read_result", "before")
    run = command(folder, "-c", KILLER, *worker)
    assert run.returncode == 1
    assert run.stdout.count("NOT GRADED: the process that graded it ended with status -9") == 1
    again = command(folder)
    assert again.returncode == 0, again.stderr
    check_complete(folder, undisturbed)


@pytest.mark.long
def test_killed_at_random(folder, graded):
    """From the start of the program to its end, until it is done."""
    moments = random.Random()
    ended = None
    while ended != 0:
        done = files(folder)
        run = subprocess.Popen(
            [sys.executable, "-m", "autograder", "autograde", HW02, "--workers=2"], cwd=folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        # Not by the clock alone: on a slow machine nothing would ever be done.
        while run.poll() is None and files(folder) < done + 2:
            time.sleep(0.02)
        time.sleep(moments.uniform(0, 0.5))
        run.kill()
        ended = run.wait()
        in_gradebook(folder)
    check_complete(folder, in_gradebook(graded))


def test_only_hashes_say_what_changed_and_a_new_gradebook_gets_what_is_known(graded, tmp_path):
    folder = Path(shutil.copytree(graded, tmp_path / "class"))
    for path in (folder / "submitted").rglob("*"):
        os.utime(path, (0, 0) if path.is_dir() else (2**32, 2**32))
    (folder / "gradebook.db").unlink()
    assert command(folder).returncode == 0
    check_complete(folder, in_gradebook(graded))
    one = next((folder / "submitted").glob(f"*/{HW02}/{HW02}.ipynb"))
    one.write_text(one.read_text() + " ")
    os.utime(one, (0, 0))
    assert command(folder).returncode == 0
    assert len(gradings(folder)) == COUNT + 1


def test_two_graders_do_not_grade_one_class(tmp_path):
    with Journal(tmp_path, HW02), pytest.raises(JournalError, match="another program grades"):
        Journal(tmp_path, HW02)
    Journal(tmp_path, HW02)


def test_a_damaged_journal_says_what_to_do(tmp_path):
    file = tmp_path / "autograded" / ".journal" / f"{HW02}.db"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"not a database" * 100)
    with pytest.raises(JournalError, match="is damaged: remove it"):
        Journal(tmp_path, HW02)
