"""The whole way through nbgrader: collected, autograded, read back, shown as a table."""

import json
import os
import re
import shutil
import zipfile
from pathlib import Path

import nbformat
import pytest
from conftest import HW02, ROOT

from autograder.classroom import grading
from autograder.classroom.collect import CollectError, collect
from autograder.classroom.made_class import (
    STUDENTS,
    MadeStudent,
    every_mistake,
    fill_in,
    hand_in,
    made_students,
)
from autograder.classroom.results import Result, read_result, table
from autograder.classroom.submission import digest
from autograder.exercises import HOMEWORKS
from autograder.referee.verdict import Status
from autograder.report.marks import read_class

EXERCISES = HOMEWORKS[HW02]
MEASURED = {homework: list(every_mistake(homework)) for homework in HOMEWORKS}


def released_path(folder: Path, homework: str = HW02) -> Path:
    return folder / "release" / homework / f"{homework}.ipynb"


def without_the_rest(released: Path) -> None:
    """Take away what stands behind the last graded cell: it is run, and earns nothing."""
    notebook = nbformat.read(released, as_version=4)
    while not notebook.cells[-1].metadata.get("nbgrader", {}).get("grade"):
        notebook.cells.pop()
    nbformat.write(notebook, released)


def grade_made(folder: Path, homework: str, students: list[MadeStudent]) -> dict[str, Result]:
    handed_in = hand_in(released_path(folder, homework), students, folder / "handed_in")
    collect(handed_in, folder, homework)
    return {result.student: result for result in grading.autograde(ROOT, folder, homework)}


# The class is cut into groups, so that they can be dealt out to those who run the tests.
@pytest.mark.long
@pytest.mark.parametrize("group", range(2))
@pytest.mark.parametrize("homework", HOMEWORKS)
def test_nbgrader_takes_points_for_each_mistake_and_for_nothing_else(class_root, homework, group):
    students = MEASURED[homework][group::2]
    without_the_rest(released_path(class_root, homework))
    results = grade_made(class_root, homework, students)
    for student in students:
        result = results[student.name]
        assert result.problem == ""
        for exercise in HOMEWORKS[homework].values():
            version = student.versions[exercise.name]
            earned, full = result.points[exercise.name], exercise.points + 1
            if exercise.name in student.wrong:
                assert earned < full, f"{version.name} lost nothing in {exercise.name}"
                messages = {mistake.name: mistake.message for mistake in exercise.mistakes}
                assert messages[result.mistakes[exercise.name]] == version.message
            else:
                assert earned == full, f"{version.name} lost points in {exercise.name}"
                assert exercise.name not in result.mistakes


@pytest.mark.parametrize("homework", HOMEWORKS)
def test_the_measured_class_makes_every_mistake_and_uses_every_variant(homework):
    for exercise in HOMEWORKS[homework].values():
        used = {student.versions[exercise.name].name for student in MEASURED[homework]}
        assert used >= {version.name for version in [*exercise.mistakes, *exercise.variants]}


@pytest.mark.parametrize("homework", HOMEWORKS)
def test_reference_answers_get_full_points_and_the_released_notebook_none(class_root, homework):
    for student, origin in [("ada", "source"), ("not yet", "release")]:
        folder = class_root / "handed_in" / student
        folder.mkdir(parents=True)
        shutil.copy(class_root / origin / homework / f"{homework}.ipynb", folder)
    collect(class_root / "handed_in", class_root, homework)
    ada, not_yet = grading.autograde(ROOT, class_root, homework)
    exercises = HOMEWORKS[homework]
    assert ada.points == {name: exercise.points + 1 for name, exercise in exercises.items()}
    assert ada.total == 30
    assert not_yet.total == 0


def test_made_class_is_a_class():
    students = list(made_students(HW02))
    assert len(students) == len(set(STUDENTS)) == 24
    assert {len(student.wrong) for student in students} == {0, 1, 2, 3}
    assert any(not name.isascii() and " " in name for name in STUDENTS)
    for exercise in EXERCISES.values():
        assert any(exercise.name in student.wrong for student in students)


# The time that student code took

BUSY = """
import time

def burn(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass

burn(0.3)
calls = []

def mae(Y_hat, Y):
    if len(calls) < 20:  # more than the visible test makes
        burn(0.05)
    calls.append(1)
    return float(np.abs(Y_hat - Y).sum() / len(Y))
"""


def test_cpu_seconds_are_recorded_by_exercise(class_root):
    from autograder.plugins.nbgrader import api, checked

    released = nbformat.read(released_path(class_root), as_version=4)
    sleepy = "burn(0.2)\ntime.sleep(1)\n" + EXERCISES["half_mse"].variants[0].source("half_mse")
    folder = class_root / "handed_in" / "ada"
    folder.mkdir(parents=True)
    notebook = fill_in(released, {"mae": BUSY, "half_mse": sleepy})
    nbformat.write(notebook, folder / f"{HW02}.ipynb")
    collect(class_root / "handed_in", class_root, HW02)
    (ada,) = grading.autograde(ROOT, class_root, HW02)
    assert ada.points["mae"] > 0
    assert set(ada.seconds) == {*EXERCISES, ""}
    assert ada.seconds["mae"] >= 1.2  # the definition, the visible test, the hidden one
    assert 0.15 < ada.seconds["half_mse"] < 0.8, "waiting is not computing"
    assert grading.autograde(ROOT, class_root, HW02) == [ada], "and remembered"
    checked(api(ROOT, class_root).autograde(HW02, "ada", force=True))
    by_nbgrader = read_result("ada", class_root / "autograded/ada" / HW02 / f"{HW02}.ipynb", HW02)
    assert by_nbgrader.seconds["mae"] >= 1.2


def test_the_table_says_what_took_too_long(class_root):
    released = nbformat.read(released_path(class_root), as_version=4)
    slow = "import time\n\ndef {}(*arguments):\n    time.sleep(60)\n"
    right = {e.name: e.variants[0].source(e.name) for e in EXERCISES.values()}
    notebook = fill_in(released, right | {"half_mse": slow.format("half_mse")})
    notebook.cells.insert(1, nbformat.v4.new_code_cell("import time; time.sleep(60)"))
    folder = class_root / "handed_in" / "ada"
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{HW02}.ipynb")
    collect(class_root / "handed_in", class_root, HW02)
    shutil.copy(ROOT / "nbgrader_config.py", class_root)
    with (class_root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.Execute.timeout = 1\n")
    (ada,) = grading.autograde(class_root, class_root, HW02)
    number = EXERCISES["half_mse"].number  # the last cell, a plot, calls it too
    assert re.fullmatch(rf"took too long: cell 2, {number}, cell \d+", ada.remarks[-1])


# Half an answer

HALF = """
def batchnorm_forward(Z, gamma, beta, eps):
    return gamma * (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + eps) + beta, Z

def batchnorm_backward(dout, cache):
    raise NotImplementedError("Exercise 3.3")
"""


def test_half_an_answer_is_told_to_be_not_finished(class_root):
    homework = "hw09_training"
    released = nbformat.read(released_path(class_root, homework), as_version=4)
    folder = class_root / "handed_in" / "ada"
    folder.mkdir(parents=True)
    nbformat.write(fill_in(released, {"batchnorm_forward": HALF}), folder / f"{homework}.ipynb")
    collect(class_root / "handed_in", class_root, homework)
    grading.autograde(ROOT, class_root, homework)
    (ada,) = read_class(class_root, homework)
    said = {verdict.status for name, verdict in ada.verdicts.items() if name != "batchnorm_forward"}
    assert said == {Status.NOT_ATTEMPTED}
    assert ada.verdicts["batchnorm_forward"].status == Status.UNFINISHED


# Bad input: a line each, and the others are graded


def test_bad_submissions_get_a_line_each_and_the_others_are_graded(class_root):
    released = nbformat.read(released_path(class_root), as_version=4)
    right = {e.name: e.variants[0].source(e.name) for e in EXERCISES.values()}
    handed_in = class_root / "handed_in"

    def put(student: str, content: str | bytes, name: str = f"{HW02}_solved.ipynb") -> None:
        folder = handed_in / student
        folder.mkdir(parents=True)
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)

    other = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    broken = fill_in(released, right | {"mae": "def mae(Y_hat, Y)\n    return 0"})
    without_test = fill_in(released, right)
    without_test.cells = [c for c in without_test.cells if c.id != "half_mse-hidden"]
    put("empty file", "")
    put("Jürgen Ö.", nbformat.writes(fill_in(released, right)))
    put("no cells", nbformat.writes(nbformat.v4.new_notebook()))
    put("not json", "this is not JSON")
    put("not text", b"\xff\xfe\x00\x81PK")
    put("json list", json.dumps([1, 2, 3]))
    put("json object", json.dumps({"answer": 42}))
    put("other homework", nbformat.writes(other))
    put("syntax error", nbformat.writes(broken))
    put("test deleted", nbformat.writes(without_test))
    collect(handed_in, class_root, HW02)
    pattern = class_root / "submitted" / "[a-z]*" / HW02  # collecting would have renamed it
    pattern.mkdir(parents=True)
    shutil.copy(released_path(class_root), pattern)
    nowhere = class_root / "submitted" / "wrong name" / HW02
    nowhere.mkdir(parents=True)
    (nowhere / "solution.ipynb").write_text("{}")

    results = {r.student: r for r in grading.autograde(ROOT, class_root, HW02)}
    problems = {name: result.problem for name, result in results.items() if result.problem}
    assert problems == {
        "empty file": f"{HW02}.ipynb is an empty file",
        "json list": f"{HW02}.ipynb is not a notebook: its JSON is something else",
        "json object": f"{HW02}.ipynb is not a notebook: its JSON is something else",
        "no cells": f"{HW02}.ipynb is a notebook without cells",
        "not json": f"{HW02}.ipynb is not a notebook: line 1 is not JSON",
        "not text": f"{HW02}.ipynb is not a notebook: it is not text in UTF-8",
        "other homework": (
            f"{HW02}.ipynb is the notebook of another homework: no cell of {HW02} is in it"
        ),
        "[a-z]*": "nbgrader takes * ? [ for patterns: rename the folder",
        "wrong name": f"no {HW02}.ipynb in the folder, but solution.ipynb",
    }  # fmt: skip
    assert (results["Jürgen Ö."].total, results["Jürgen Ö."].remarks) == (30, ())
    assert results["syntax error"].remarks == ("SyntaxError in cell mae",)
    assert results["syntax error"].points["mae"] == 0
    assert results["syntax error"].total == 27
    assert results["test deleted"].remarks == ("no cell half_mse-hidden",)
    assert results["test deleted"].total == 30  # nbgrader put the cell back

    printed = table(list(results.values()), HW02)
    for name in problems:
        assert f"{name:<14}  NOT GRADED: " in printed
    pages = grading.feedback(ROOT, class_root, HW02)
    assert len(pages) == len(results) - len(problems)
    assert all(page.stat().st_size > 0 for page in pages)


# Names under which students hand in


def test_solved_name_is_graded_by_nbgrader_alone(class_root):
    """Without our collecting: the notebook lies in submitted as the student named it."""
    from autograder.plugins.nbgrader import api, checked

    folder = class_root / "submitted" / "ada" / HW02
    folder.mkdir(parents=True)
    shutil.copy(class_root / "source" / HW02 / f"{HW02}.ipynb", folder / f"{HW02}_solved.ipynb")
    shutil.copy(released_path(class_root), folder / f"{HW02}.ipynb")
    course = api(ROOT, class_root)
    checked(course.autograde(HW02, "ada"))
    with course.gradebook as gradebook:
        assert gradebook.find_submission(HW02, "ada").score == 30
    kept = folder / f"{HW02}.ipynb.unsolved"
    assert kept.read_bytes() == released_path(class_root).read_bytes()


@pytest.mark.parametrize("name", [f"{HW02}_solved.ipynb", f"{HW02}.ipynb"])
@pytest.mark.parametrize("wrapped", [False, True])
def test_collects_from_folder_and_zip(tmp_path, name, wrapped):
    origin = tmp_path / "download" / "all" if wrapped else tmp_path / "download"
    for student in ("ada", "zoë ångström"):
        (origin / student).mkdir(parents=True)
        (origin / student / name).write_text(f"from {student}")
    (origin / "no notebook").mkdir()
    archive = tmp_path / "download.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted((tmp_path / "download").rglob("*")):
            packed.write(path, path.relative_to(tmp_path / "download"))
    for kind, place in (("folder", tmp_path / "download"), ("zip", archive)):
        root = tmp_path / kind
        assert collect(place, root, HW02) == ["ada", "zoë ångström"]
        submitted = root / "submitted" / "zoë ångström" / HW02 / f"{HW02}.ipynb"
        assert submitted.read_text() == "from zoë ångström"


def test_collects_the_solved_notebook_out_of_a_whole_checkout(tmp_path):
    checkout = tmp_path / "forks" / "ada"
    for folder in ("release", "source"):
        (checkout / folder / HW02).mkdir(parents=True)
        (checkout / folder / HW02 / f"{HW02}.ipynb").write_text("unsolved")
    (checkout / "release" / HW02 / f"{HW02}_solved.ipynb").write_text("solved")
    collect(tmp_path / "forks", tmp_path, HW02)
    assert (tmp_path / "submitted/ada" / HW02 / f"{HW02}.ipynb").read_text() == "solved"


def test_collecting_again_replaces_and_a_zip_can_not_write_elsewhere(tmp_path):
    archive = tmp_path / "evil.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr(f"ada/{HW02}.ipynb", "first")
        packed.writestr(f"../../outside/{HW02}.ipynb", "outside")
    root = tmp_path / "deep" / "root"
    collect(archive, root, HW02)
    assert not (tmp_path / "outside").exists()
    assert not (tmp_path / "deep" / "outside").exists()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr(f"ada/{HW02}.ipynb", "second")
    collect(archive, root, HW02)
    assert (root / "submitted/ada" / HW02 / f"{HW02}.ipynb").read_text() == "second"


def test_a_folder_or_a_pipe_called_like_the_notebook_stops_nobody(tmp_path):
    for student in ("ada", "eve", "mallory"):
        (tmp_path / "from" / student).mkdir(parents=True)
    (tmp_path / "from/ada" / f"{HW02}.ipynb").write_text("from ada")
    (tmp_path / "from/eve" / f"{HW02}.ipynb").mkdir()
    os.mkfifo(tmp_path / "from/mallory" / f"{HW02}_solved.ipynb")
    assert collect(tmp_path / "from", tmp_path / "root", HW02) == ["ada"]


def test_a_file_larger_than_the_memory_is_not_read(tmp_path):
    empty = digest(tmp_path)
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(1 << 36)
    assert digest(tmp_path) != empty


def test_a_row_of_the_table_moves_no_cursor():
    forged = Result("eve", problem="no notebook, but \x1b[2J\r\nada 30 of 30")
    assert "but ?[2J??ada" in table([forged], HW02)


def test_nothing_to_collect_says_what_was_looked_for(tmp_path):
    with pytest.raises(CollectError, match="no folder or zip called"):
        collect(tmp_path / "nowhere", tmp_path, HW02)
    (tmp_path / "empty").mkdir()
    with pytest.raises(CollectError, match=f"holds no <student>/{HW02}_solved.ipynb"):
        collect(tmp_path / "empty", tmp_path, HW02)
    (tmp_path / "file").write_text("no zip")
    with pytest.raises(CollectError, match="neither a folder nor a zip"):
        collect(tmp_path / "file", tmp_path, HW02)
