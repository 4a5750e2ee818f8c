"""Look at a submission before it is graded: can it be graded, and what should one know?"""

import json
from dataclasses import dataclass
from pathlib import Path

import nbformat
from IPython.core.inputtransformer2 import TransformerManager


@dataclass(frozen=True)
class Inspection:
    """What was found.

    Attributes
    ----------
    problem : str
        Why it can't be graded, or nothing.
    remarks : tuple of str
        What to know about it although it is graded.
    """

    problem: str = ""
    remarks: tuple[str, ...] = ()


def inspect_submission(notebook: Path, released: Path) -> Inspection:
    """Inspect a submitted notebook.

    Parameters
    ----------
    notebook : Path
        The submission.
    released : Path
        The released homework, whose cells the submission should have.
    """
    problem, submitted = _read(notebook)
    if submitted is None:
        return Inspection(problem)
    if not submitted.cells:
        return Inspection("is a notebook without cells")
    wanted = _grade_ids(nbformat.read(released, as_version=4))
    found = _grade_ids(submitted)
    if not wanted & found:
        homework = released.stem
        return Inspection(f"is the notebook of another homework: no cell of {homework} is in it")
    remarks = [f"no cell {name}" for name in sorted(wanted - found)]
    return Inspection(remarks=(*remarks, *_syntax_errors(submitted)))


def _read(notebook: Path) -> tuple[str, nbformat.NotebookNode | None]:
    """Return the notebook, or why it can't be read."""
    try:
        content = notebook.read_text(encoding="utf-8-sig")
        json.loads(content)
    except UnicodeDecodeError:
        return "is not a notebook: it is not text in UTF-8", None
    except json.JSONDecodeError as error:
        if not content.strip():
            return "is an empty file", None
        return f"is not a notebook: line {error.lineno} is not JSON", None
    try:
        submitted = nbformat.reads(content, as_version=4)
        nbformat.validate(submitted, relax_add_props=True)
    except Exception as error:  # nbformat raises many kinds for JSON that is no notebook
        return f"is not a notebook: its JSON is something else ({type(error).__name__})", None
    return "", submitted


def _grade_ids(notebook: nbformat.NotebookNode) -> set[str]:
    ids = (cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells)
    return {grade_id for grade_id in ids if grade_id}


def _syntax_errors(notebook: nbformat.NotebookNode) -> list[str]:
    remarks = []
    transform = TransformerManager().transform_cell  # type: ignore[no-untyped-call]
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        try:
            compile(transform(cell.source), "<cell>", "exec", dont_inherit=True)
        except (SyntaxError, ValueError) as error:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", f"number {number}")
            remarks.append(f"{type(error).__name__} in cell {name}")
    return remarks
