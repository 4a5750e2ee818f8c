"""The students' package: all that they need, nothing of the solutions, on any system."""

import re
import zipfile
from pathlib import Path, PurePosixPath

import nbformat
import pytest
from conftest import ROOT

from autograder.exercises import HOMEWORKS
from autograder.notebooks.execute import executed
from autograder.notebooks.notes import slide_type
from autograder.notebooks.student import NAME, pack_student

SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)\n\s*### END SOLUTION", re.DOTALL)


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    return pack_student(ROOT, tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def unpacked(archive, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("my course") / "a folder with spaces"
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder)
    return folder / NAME


def test_holds_lectures_homework_and_what_to_install(unpacked):
    found = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*.ipynb")}
    lectures = {f"course/{path.name}" for path in (ROOT / "course").glob("*.ipynb")}
    assert found == lectures | {f"homework/{name}/{name}.ipynb" for name in HOMEWORKS}
    readme = (unpacked / "README.md").read_text(encoding="utf-8")
    assert "{" not in readme
    commands = re.search(r"```\n(.*?)\n```", readme, re.S)[1].splitlines()
    assert commands == [
        "python -m pip install --requirement requirements.txt",
        "python -m jupyter lab",
    ]
    for name in (*HOMEWORKS, *(path.removeprefix("course/") for path in lectures)):
        assert f"`{name}`" in readme
    needs = (unpacked / "requirements.txt").read_text().split()
    assert {re.split(r"[<>=]", line)[0] for line in needs} == {
        "numpy", "matplotlib", "scikit-learn", "jupyterlab", "nbgrader",
    }  # fmt: skip


def test_holds_no_solution(archive):
    """In the zip itself, whatever file it is in."""
    with zipfile.ZipFile(archive) as file:
        everything = {name: file.read(name).decode() for name in file.namelist()}
    for name, text in everything.items():
        for word in ("BEGIN SOLUTION", "HIDDEN TESTS", "autograder", "gradebook"):
            assert word not in text, f"{word} in {name}"
    homework = "\n".join(
        cell.source
        for name, text in everything.items()
        if "/homework/" in name
        for cell in nbformat.reads(text, as_version=4).cells
        if cell.cell_type == "code"
    )
    solutions = 0
    for name in HOMEWORKS:
        source = nbformat.read(ROOT / "source" / name / f"{name}.ipynb", as_version=4)
        for cell in source.cells:
            for block in SOLUTION.findall(cell.source):
                assert block not in homework
                solutions += 1
    assert solutions >= sum(map(len, HOMEWORKS.values()))


def test_holds_no_notes_for_the_presenter(unpacked):
    for path in (unpacked / "course").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            assert slide_type(cell) != "notes"


def test_names_are_good_on_every_system(archive):
    with zipfile.ZipFile(archive) as file:
        names = file.namelist()
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert len(name) < 120
        for part in PurePosixPath(name).parts:
            assert re.fullmatch(r"[\w.-]+", part, re.ASCII)
            assert not part.endswith(".")


def test_is_the_same_every_time(archive, tmp_path):
    assert pack_student(ROOT, tmp_path).read_bytes() == archive.read_bytes()


def test_a_lecture_runs_where_it_was_unpacked(unpacked, tmp_path):
    first = min((unpacked / "course").glob("*.ipynb"))
    node = executed(first, tmp_path)
    assert any(cell.get("outputs") for cell in node.cells)
