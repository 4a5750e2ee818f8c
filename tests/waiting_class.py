"""A class in a course folder of its own, whose submissions of homework 2 wait to be graded."""

import contextlib
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from conftest import HW02, ROOT

from autograder.classroom.collect import collect
from autograder.classroom.made_class import MadeStudent, hand_in
from autograder.notebooks.release import release


def waiting_class(folder: Path, students: Iterable[MadeStudent]) -> Path:
    """Put what made students handed in into a folder where `python -m autograder` can run."""
    shutil.copytree(ROOT / "source" / HW02, folder / "source" / HW02)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    released = release(ROOT, folder, HW02)
    collect(hand_in(released, students, folder / "handed_in"), folder, HW02)
    return folder


def gradings(folder: Path) -> list[tuple[str, int]]:
    """Return who was graded, once for each time, and whether the gradebook has it."""
    file = folder / "autograded" / ".journal" / f"{HW02}.db"
    with contextlib.closing(sqlite3.connect(file)) as database:
        return database.execute("select student, written from graded order by student").fetchall()
