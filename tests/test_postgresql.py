"""A gradebook in PostgreSQL, named by its address, for all that reads or writes grades."""

import os
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import HW02, ROOT, refuse, scores, without_seconds
from postgres import find_programs, postgresql
from psycopg import connect
from test_gradebook import INDEXED

from autograder import cli
from autograder.classroom import grading
from autograder.classroom.collect import collect
from autograder.classroom.made_class import hand_in, made_students
from autograder.notebooks.release import release
from autograder.plugins.nbgrader import CONFIG_FILE, GRADEBOOK, NbgraderError, load_config

COUNT = 3


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty database, in the environment too."""
    programs = find_programs()
    if programs is None:
        refuse("no PostgreSQL: apt-get install postgresql")
    with postgresql(programs) as found:
        monkeypatch.setenv(GRADEBOOK, found)
        yield found


def test_all_verbs_use_the_gradebook_at_the_address(class_root, tmp_path, address, monkeypatch):
    # A made class beside it keeps its own, whatever the environment says.
    students = list(made_students(HW02))[1 : COUNT + 1]
    released = class_root / "release" / HW02 / f"{HW02}.ipynb"
    handed_in = hand_in(released, students, tmp_path / "handed_in")
    collect(handed_in, class_root, HW02)
    local = grading.autograde(ROOT, class_root, HW02)

    course = tmp_path / "course"
    shutil.copytree(ROOT / "source" / HW02, course / "source" / HW02)
    shutil.copy(ROOT / CONFIG_FILE, course)
    monkeypatch.chdir(course)
    assert release(course, course, HW02).exists()
    collect(handed_in, course, HW02)
    assert cli.main(["autograde", HW02]) == 0
    wanted = scores(class_root, ROOT)
    assert len(wanted) == COUNT * 16
    assert scores(course, course) == wanted
    known = grading.autograde(course, course, HW02)
    assert without_seconds(known) == without_seconds(local)
    assert grading.autograde(course, course, HW02) == known  # the seconds too: not graded again
    assert cli.main(["feedback", HW02]) == 0
    assert cli.main(["report", HW02]) == 0

    with closing(connect(address)) as database:
        found = database.execute("select indexname from pg_indexes where indexname like 'ix_%'")
        assert {name for (name,) in found} == {f"ix_{table}_{INDEXED[table]}" for table in INDEXED}
    for command in (["db", "upgrade"], ["autograde", HW02, "--force"]):
        again = subprocess.run(
            [Path(sysconfig.get_path("scripts")) / "nbgrader", *command],
            cwd=course, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert again.returncode == 0, again.stderr
    assert scores(course, course) == wanted
    assert not (course / "gradebook.db").exists()


def test_what_is_wrong_with_the_address_is_one_line(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "source" / HW02, tmp_path / "source" / HW02)
    shutil.copy(ROOT / CONFIG_FILE, tmp_path)
    (tmp_path / "submitted" / "ada" / HW02).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(GRADEBOOK, f"postgresql://ada:secret@/none?host={tmp_path}")
    assert cli.main(["autograde", HW02]) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: ") and "connection" in said and os.fspath(tmp_path) in said
    assert said.count("\n") == 1 and "secret" not in said

    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(NbgraderError, match=r"needs psycopg: pip install 'psycopg\[binary\]'"):
        load_config(tmp_path, tmp_path)
