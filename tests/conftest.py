"""What several tests use: the checkout, a class with the homework released, lectures, a browser.

What takes long is made once in a run: all test processes share it in one folder.
"""

import contextlib
import fcntl
import functools
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import nbformat
import pytest
from nbgrader import api
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from autograder.classroom.results import Result
from autograder.exercises import HOMEWORKS
from autograder.notebooks.execute import executed
from autograder.notebooks.release import release
from autograder.plugins.execute import PREPARE, SERVE
from autograder.plugins.nbgrader import load_config
from autograder.sandbox.probe import missing_layers
from autograder.sandbox.warm import WarmParent
from autograder.slides import (
    AssetsError,
    BrowserMissingError,
    export_slides,
    fetch_assets,
    find_chromium,
)

ROOT = Path(__file__).resolve().parent.parent
HW02 = "hw02_linear_regression"
LECTURES = sorted((ROOT / "course").glob("*.ipynb"))
# A lecture must run without any warning.
STRICT = "--InteractiveShellApp.exec_lines=import warnings; warnings.simplefilter('error')"

# Each new gradebook asks a program of two seconds for the same number: one answer does for all.
api.get_alembic_version = functools.cache(api.get_alembic_version)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long tests first: short ones fill up the cores at the end of a run."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def released_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class folder in which all homework is released; tests copy it before they write to it."""
    folder = tmp_path_factory.mktemp("class")
    shutil.copytree(ROOT / "source", folder / "source")
    for homework in HOMEWORKS:
        release(ROOT, folder, homework)
    return folder


@pytest.fixture
def class_root(released_class: Path, tmp_path: Path) -> Path:
    """A class folder of the test's own."""
    return Path(shutil.copytree(released_class, tmp_path / "class"))


@pytest.fixture(scope="session")
def released_hw02(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class folder in which homework 2 alone is released, which takes less time."""
    folder = tmp_path_factory.mktemp("class")
    shutil.copytree(ROOT / "source" / HW02, folder / "source" / HW02)
    release(ROOT, folder, HW02)
    return folder


@pytest.fixture
def hw02_root(released_hw02: Path, tmp_path: Path) -> Path:
    """A class folder of the test's own, with homework 2 alone."""
    return Path(shutil.copytree(released_hw02, tmp_path / "class"))


@pytest.fixture(scope="session")
def source_notebook() -> nbformat.NotebookNode:
    """Return homework 2 with its solutions; do not change it."""
    return nbformat.read(ROOT / "source" / HW02 / f"{HW02}.ipynb", as_version=4)


@pytest.fixture(scope="session")
def released_notebook() -> nbformat.NotebookNode:
    return nbformat.read(ROOT / "release" / HW02 / f"{HW02}.ipynb", as_version=4)


def scores(folder: Path, project: Path = ROOT) -> dict[tuple[str, str], float | None]:
    """Return the scores of homework 2 in a class's gradebook, by student and cell."""
    config = load_config(project, folder)
    url = CourseDirectory(config=config).db_url
    with Gradebook(url, config.CourseDirectory.course_id) as book:
        return {
            (submission.student.id, grade.name): grade.auto_score
            for submission in book.assignment_submissions(HW02)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def refuse(reason: str) -> NoReturn:
    """Skip on a machine that lacks something; fail where it must be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Return the fetched assets."""
    try:
        return fetch_assets()
    except AssetsError as error:
        refuse(str(error))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return a browser and know that Playwright is there to drive it."""
    try:
        import playwright  # noqa: F401

        return find_chromium()
    except (ImportError, BrowserMissingError) as error:
        refuse(str(error))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@contextlib.contextmanager
def only_one(place: Path) -> Iterator[None]:
    """Let one process at a time make what belongs at a place; the others wait."""
    with place.with_name(f"{place.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def run_lecture(shared: Path) -> Callable[[Path], nbformat.NotebookNode]:
    """Return a function that gives a lecture with its outputs; do not change it."""

    @functools.cache
    def run(lecture: Path) -> nbformat.NotebookNode:
        with only_one(shared / lecture.stem):
            return executed(lecture, shared / "executed", [STRICT])

    return run


@pytest.fixture(scope="session")
def export_deck(
    run_lecture: Callable[[Path], nbformat.NotebookNode], shared: Path, node_modules: Path
) -> Callable[[Path], Path]:
    """Return a function that gives the slides of a lecture, as one file."""

    def export(lecture: Path) -> Path:
        deck = shared / "decks" / f"{lecture.stem}.html"
        node = run_lecture(lecture)
        with only_one(shared / deck.name):
            return deck if deck.exists() else export_slides(lecture, deck, node=node)

    return export


def without_seconds(results: Iterable[Result]) -> list[Result]:
    """Return results without the computing time, which differs each time."""
    return [replace(result, seconds={}) for result in results]


@pytest.fixture(scope="session")
def students() -> Iterator[WarmParent]:
    """Return what students' processes are forked from, as when a submission is graded."""
    if missing := missing_layers():
        refuse(f"students can't be shut in here: {missing}")
    with WarmParent(PREPARE, SERVE) as parent:
        yield parent
