"""The versions of what a grade rests on: the exercises, and what grades them."""

import hashlib
import importlib.metadata
import os
import platform
from collections.abc import Iterable
from pathlib import Path

from autograder.sandbox.limits import Isolation

_PACKAGE = Path(__file__).resolve().parent.parent
_EXERCISES = ("exercises", "reference")  # the folders that hold what is graded
_NEVER_GRADE = ("mutants", "report", "site", "slides")
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "nbgrader", "ipython")


def exercises_version(source: Path) -> str:
    """Return the version of a homework: of its notebook and of the code of the exercises."""
    return _hash([source, *_code(_EXERCISES)])


def environment_version(config: Path, isolation: Isolation) -> str:
    """Return what grades, and its versions, in words.

    Parameters
    ----------
    config : Path
        nbgrader's configuration.
    isolation : Isolation
        How student code is shut in.
    """
    others = {path.name for path in _PACKAGE.iterdir()} - {*_EXERCISES, *_NEVER_GRADE}
    secret = hashlib.sha256(os.environ.get("NNNUMPY_SECRET", "").encode()).hexdigest()
    parts = [
        f"Python {platform.python_version()}",
        *(f"{library} {importlib.metadata.version(library)}" for library in _LIBRARIES),
        f"grader {_hash([config, *_code(others)])[:16]}",
        f"isolation {isolation.value}",
        f"secret {secret[:8]}",  # it makes the hidden inputs
    ]
    return ", ".join(parts)


def _code(names: Iterable[str]) -> list[Path]:
    """Return the files of Python code below these parts of the package."""
    folders = [_PACKAGE / name for name in names]
    files = [folder for folder in folders if folder.suffix == ".py"]
    return sorted([*files, *(path for folder in folders for path in folder.rglob("*.py"))])


def _hash(files: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in files:
        name = path.relative_to(_PACKAGE) if path.is_relative_to(_PACKAGE) else path.name
        content = path.read_bytes()
        found.update(f"{name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()
