"""What several tests use: the checkout, and a class folder with the homework released."""

import shutil
from pathlib import Path

import nbformat
import pytest

from autograder.exercises import HOMEWORKS
from autograder.notebooks.release import release

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
    return nbformat.read(ROOT / "source" / HW02 / f"{HW02}.ipynb", as_version=4)


@pytest.fixture(scope="session")
def released_notebook() -> nbformat.NotebookNode:
    return nbformat.read(ROOT / "release" / HW02 / f"{HW02}.ipynb", as_version=4)
