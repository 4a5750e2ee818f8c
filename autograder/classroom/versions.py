"""The versions of what a grade rests on: each exercise, and what grades them."""

import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from autograder.classroom.environment import PACKAGE, code_version, libraries
from autograder.classroom.slices import exercise_code
from autograder.exercises import HOMEWORKS
from autograder.referee.hidden import SECRET
from autograder.referee.source import SourceCell, SourceNotebook
from autograder.sandbox.limits import Isolation

_NEVER_GRADE = ("cluster", "mutants", "report", "site", "slides")


def exercise_versions(
    homework: str, source: SourceNotebook, given: Mapping[str, bytes]
) -> dict[str, str]:
    """Return the version of each exercise of a homework: of its code and of its cells.

    What is outside of exercises has the name "": files, and code in the notebook. Its text does not
    count: a mended typo grades nothing again.

    Parameters
    ----------
    homework : str
    source : SourceNotebook
    given : mapping of str to bytes
        The homework's files beside its notebook, by their path.
    """
    modules = {
        id(exercise): name
        for name, module in sys.modules.items()
        if name.startswith("autograder.exercises.")
        and (exercise := vars(module).get("exercise")) is not None
    }
    exercises = HOMEWORKS[homework]
    cells: dict[str, list[SourceCell]] = {name: [] for name in ("", *exercises)}
    for cell in source.cells:
        name = cell.grade_id.rpartition("-")[0] if cell.grade else cell.grade_id
        if name in exercises or cell.cell_type == "code":
            cells[name if name in exercises else ""].append(cell)
    rests_on = {name: exercise_code(modules[id(e)]) for name, e in exercises.items()}
    order = [cell.grade_id for cell in source.cells if cell.cell_type == "code"]
    rests_on[""] = repr((order, sorted(given.items())))
    return {
        name: hashlib.sha256(f"{rests_on[name]} {found}".encode()).hexdigest()[:16]
        for name, found in cells.items()
    }


def environment_version(config: Path, isolation: Isolation) -> str:
    """Return what grades, and its versions, in words.

    Parameters
    ----------
    config : Path
        nbgrader's configuration.
    isolation : Isolation
        How student code is shut in.
    """
    secret = hashlib.sha256(os.environ.get(SECRET, "").encode()).hexdigest()
    parts = [
        *(f"{name} {version}" for name, version in libraries().items()),
        f"grader {code_version([config, *_code()])[:16]}",
        f"isolation {isolation.value}",
        f"secret {secret[:8]}",  # it makes the hidden inputs
    ]
    return ", ".join(parts)


def _code() -> list[Path]:
    """Return the files of the package that grade, but for those of single exercises."""
    files = {path: path.relative_to(PACKAGE).parts for path in PACKAGE.rglob("*.py")}
    return [
        path
        for path, (part, *below) in files.items()
        if part not in (*_NEVER_GRADE, "reference")
        and not (part == "exercises" and below[0].startswith("hw"))
    ]
