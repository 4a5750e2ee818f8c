"""What several tests use: the checkout, a class with the homework released, a browser."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import nbformat
import pytest

from autograder.exercises import HOMEWORKS
from autograder.notebooks.release import release
from autograder.slides import AssetsError, BrowserMissingError, fetch_assets, find_chromium

ROOT = Path(__file__).resolve().parent.parent
HW02 = "hw02_linear_regression"


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
def source_notebook() -> nbformat.NotebookNode:
    """Return homework 2 with its solutions; do not change it."""
    return nbformat.read(ROOT / "source" / HW02 / f"{HW02}.ipynb", as_version=4)


@pytest.fixture(scope="session")
def released_notebook() -> nbformat.NotebookNode:
    return nbformat.read(ROOT / "release" / HW02 / f"{HW02}.ipynb", as_version=4)


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
