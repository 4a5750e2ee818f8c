"""A changed exercise grades anew what it touches, and shows first what differs."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import nbformat
import pytest
from conftest import HW02, ROOT
from nbgrader.api import Gradebook
from waiting_class import waiting_class

from autograder import cli
from autograder.classroom import slices
from autograder.classroom.made_class import made_students
from autograder.classroom.slices import exercise_code
from autograder.classroom.versions import exercise_versions
from autograder.exercises import HOMEWORKS
from autograder.referee import hidden
from autograder.referee.source import SourceCell, SourceNotebook
from autograder.referee.verdict import Status, Verdict

EXERCISES = HOMEWORKS[HW02]
MODULE = f"autograder.exercises.{HW02}"
REFERENCE = "reference/linear_regression.py"
STUDENT = "benoit"  # whose mean absolute error is wrong


# Which version an exercise has


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the exercises' code, of which the versions are made."""
    for folder in (f"exercises/{HW02}", "reference"):
        shutil.copytree(ROOT / "autograder" / folder, tmp_path / "autograder" / folder)
    monkeypatch.setattr(slices, "_PROJECT", tmp_path)
    slices._read.cache_clear()
    yield tmp_path / "autograder"
    slices._read.cache_clear()


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))
    slices._read.cache_clear()


def all_codes() -> dict[str, str]:
    return {name: exercise_code(f"{MODULE}.{name}") for name in EXERCISES}


@pytest.mark.parametrize(
    ("file", "old", "new", "touched"),
    [
        (f"exercises/{HW02}/mae.py", "import numpy", "# said differently\nimport numpy", set()),
        (f"exercises/{HW02}/mae.py", 'Part("care", 1', 'Part("care", 2', {"mae"}),
        (f"exercises/{HW02}/errors.py", "(50, 1)", "(60, 1)", {"mae", "half_mse"}),
        (REFERENCE, "def mae(", "def other():\n    pass\n\n\ndef mae(", set()),
        (REFERENCE, "np.abs(Y_hat - Y)", "np.abs(Y - Y_hat)", {"mae"}),
        ("reference/shapes.py", '"""', '"""Changed. ', None),
    ],
)  # fmt: skip
def test_code_touches_the_exercises_that_use_it(code, file, old, new, touched):
    before = all_codes()
    assert len(set(before.values())) == len(EXERCISES)
    if touched is None:  # what all of them use
        (code / file).write_text((code / file).read_text() + "\nprint()\n")
        slices._read.cache_clear()
        touched = set(EXERCISES)
    else:
        edit(code / file, old, new)
    after = all_codes()
    assert {name for name in EXERCISES if before[name] != after[name]} == touched


def test_cells_touch_their_exercise_and_text_touches_none():
    def notebook(**changed: str) -> SourceNotebook:
        def cell(name: str, kind: str = "code", **marks: bool) -> SourceCell:
            text = changed.get(name, name)
            return SourceCell(name, kind, text, text, **marks)

        exercises = [
            made
            for name in EXERCISES
            for made in (
                cell(name, solution=True),
                cell(f"{name}-visible", grade=True, locked=True),
                cell(f"{name}-hidden", grade=True, locked=True),
            )
        ]
        text, given = cell("intro", "markdown", locked=True), cell("data", locked=True)
        return SourceNotebook((text, given, *exercises))

    before = exercise_versions(HW02, notebook(), {})
    for changed, touched in [
        ("mae-hidden", {"mae"}), ("mae-visible", {"mae"}), ("mae", {"mae"}),
        ("intro", set()), ("data", {""}),
    ]:  # fmt: skip
        after = exercise_versions(HW02, notebook(**{changed: "changed"}), {})
        assert {name for name in before if before[name] != after[name]} == touched
    with_data = exercise_versions(HW02, notebook(), {"data.csv": b"1,2"})
    assert {name for name in before if before[name] != with_data[name]} == {""}


# Grading anew


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A class whose submission of homework 2 waits to be graded."""
    students = [student for student in made_students(HW02) if student.name in ("ada", STUDENT)]
    return waiting_class(tmp_path / "class", students)


def scores(folder: Path) -> dict[tuple[str, str], tuple[float | None, float | None]]:
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "neural-networks-in-numpy") as book:
        return {
            (submission.student.id, grade.name): (grade.auto_score, grade.manual_score)
            for submission in book.assignment_submissions(HW02)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def journal(folder: Path, query: str) -> list[tuple]:
    file = folder / "autograded" / ".journal" / f"{HW02}.db"
    with closing(sqlite3.connect(file)) as database:
        return database.execute(query).fetchall()


def outputs(folder: Path, student: str) -> dict[str, list]:
    path = folder / "autograded" / student / HW02 / f"{HW02}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    marked = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    return {cell.metadata.nbgrader.grade_id: cell.outputs for cell in marked}


def differences(printed: str) -> list[list[str]]:
    return [line.split(maxsplit=5) for line in printed.splitlines() if " changed" in line]


def test_a_changed_exercise_changes_its_points_only_and_what_a_person_gave_stays(
    folder, monkeypatch, capsys
):
    monkeypatch.chdir(folder)
    assert cli.main(["autograde", HW02, "--workers=1"]) == 0
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "neural-networks-in-numpy") as book:
        book.find_grade("mae-hidden", HW02, HW02, "ada").manual_score = 1.5
        book.find_grade("half_mse-hidden", HW02, HW02, "ada").extra_credit = 0.5
        book.find_comment("mae", HW02, HW02, "ada").manual_comment = "well argued"
        book.db.commit()
    before, shown = scores(folder), outputs(folder, "ada")
    assert before["ada", "mae-hidden"] == (2.0, 1.5)
    capsys.readouterr()

    # A test of mae changes; and the grader would now take all points from everybody.
    source = folder / "source" / HW02 / f"{HW02}.ipynb"
    notebook = nbformat.read(source, as_version=4)
    cell = next(
        c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "mae-visible"
    )
    cell.source += "\n# looked at again"
    nbformat.write(notebook, source)

    def strict(exercise, *_):
        return Verdict(exercise.name, 0.0, exercise.points, Status.WRONG, "no")

    monkeypatch.setattr(hidden, "judge", strict)
    assert cli.main(["autograde", HW02, "--workers=1", "--dry-run"]) == 0
    dry = capsys.readouterr().out
    row = ["ada", "2.1", "mae", "3", "1", "the exercise changed; points given by hand stay"]
    assert differences(dry) == [row]
    assert scores(folder) == before
    assert outputs(folder, "ada") == shown
    assert journal(folder, "select * from changed") == []

    assert cli.main(["autograde", HW02, "--workers=1"]) == 0
    assert differences(capsys.readouterr().out) == [row]
    assert journal(folder, "select count(*) from graded") == [(4,)]  # the dry run graded them
    after = scores(folder)
    assert {key for key in before if before[key] != after[key]} == {("ada", "mae-hidden")}
    assert after["ada", "mae-hidden"] == (0.0, 1.5)
    assert journal(folder, "select exercise, old, new from changed") == [("mae", 3.0, 1.0)]
    now = outputs(folder, "ada")
    assert {name for name in now if now[name] != shown[name]} == {"mae-hidden"}
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "neural-networks-in-numpy") as book:
        assert book.find_grade("half_mse-hidden", HW02, HW02, "ada").extra_credit == 0.5
        comment = book.find_comment("mae", HW02, HW02, "ada")
        assert comment.manual_comment == "well argued"

    # And back: the gradebook has the second version now, so the first is graded again.
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    cell.source = cell.source.removesuffix("\n# looked at again")
    nbformat.write(notebook, source)
    assert cli.main(["autograde", HW02, "--workers=1"]) == 0
    assert scores(folder) == before
