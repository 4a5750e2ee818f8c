"""Build notebooks from their text (py:percent), and get the text back from edited notebooks.

The same text always gives the same bytes: no outputs, no execution counts, and cell ids that
follow from the cell. An id that does not (JupyterLab made it) is kept in the text. Speaker notes
are folded in the notebook only.
"""

import hashlib
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from autograder.notebooks.notes import folded, unfolded

PERCENT = "py:percent"
_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook_path(text: Path, root: Path) -> Path:
    """Return where the notebook of a text lies.

    Examples
    --------
    >>> notebook_path(Path("text/source/hw02.py"), Path(".")).as_posix()
    'source/hw02/hw02.ipynb'
    >>> notebook_path(Path("text/course/03.py"), Path(".")).as_posix()
    'course/03.ipynb'
    """
    folder = root / text.parent.name
    if text.parent.name == "source":
        folder = folder / text.stem
    return folder / f"{text.stem}.ipynb"


def texts(root: Path) -> list[Path]:
    """Return the texts of all notebooks, lectures first."""
    return sorted((root / "text").glob("*/*.py"))


def to_notebook(text: str) -> str:
    """Return the notebook of a text, as the content of an ``.ipynb`` file."""
    notebook = jupytext.reads(text, fmt=PERCENT)
    seen: set[str] = set()
    cells = []
    for cell in notebook.cells:
        cell.metadata.pop("lines_to_next_cell", None)  # jupytext's note on blank lines
        cell_id = _unique(cell.metadata.pop("id", None) or _derived_id(cell), seen)
        new = (
            nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
        )
        cells.append(new(folded(cell), metadata=_sorted(cell.metadata), id=cell_id))
    built = nbformat.v4.new_notebook(cells=cells, metadata=_METADATA)
    nbformat.validate(built)
    return f"{nbformat.writes(built)}\n"


def to_text(notebook: str) -> str:
    """Return the text of a notebook."""
    edited = nbformat.reads(notebook, as_version=4)
    seen: set[str] = set()
    for cell in edited.cells:
        cell.source = unfolded(cell)  # first: an id follows from the text
        if cell.id != _unique(_derived_id(cell), seen):
            seen.add(cell.id)
            cell.metadata["id"] = cell.id
    edited.metadata = {"jupytext": {"notebook_metadata_filter": "-all"}}
    return str(jupytext.writes(edited, fmt=PERCENT))


class WouldLoseEdits(RuntimeError):
    """Writing would overwrite newer edits; the message names the file and the way out."""


def build(root: Path) -> list[Path]:
    """Write the notebooks of all texts; return those that changed.

    Raises
    ------
    WouldLoseEdits
        A notebook was edited after its text. (Outputs do not count: they are never kept.)
    """
    changed = []
    for text in texts(root):
        path = notebook_path(text, root)
        content = to_notebook(text.read_text(encoding="utf-8"))
        if _newer(path, text) and _without_outputs(path) != content:
            name = path.relative_to(root)
            raise WouldLoseEdits(
                f"{name} was edited after its text: run make text to keep the edits, "
                f"or delete {path.name} to drop them"
            )
        if write_if_changed(path, content):
            changed.append(path)
    return changed


def take_back(root: Path) -> list[Path]:
    """Write the texts of all notebooks that were edited in Jupyter; return those that changed.

    Raises
    ------
    WouldLoseEdits
        A text was edited after its notebook, or a notebook can't be read.
    """
    changed = []
    for text in texts(root):
        path = notebook_path(text, root)
        if not path.exists():
            continue
        built = _without_outputs(path)
        name = text.relative_to(root)
        if built is None:
            raise WouldLoseEdits(f"{path.relative_to(root)} is not a notebook: its text is kept")
        if _newer(text, path) and to_notebook(text.read_text(encoding="utf-8")) != built:
            raise WouldLoseEdits(f"{name} was edited after its notebook: run make notebooks")
        if write_if_changed(text, to_text(path.read_text(encoding="utf-8"))):
            changed.append(text)
    return changed


def _newer(path: Path, other: Path) -> bool:
    return path.exists() and path.stat().st_mtime_ns > other.stat().st_mtime_ns


def _without_outputs(path: Path) -> str | None:
    """Return a notebook as its text would build it, or None if it can't be read."""
    try:
        return to_notebook(to_text(path.read_text(encoding="utf-8")))
    except (ValueError, AttributeError, nbformat.ValidationError):  # as nbformat says "no notebook"
        return None


def write_if_changed(path: Path, content: str) -> bool:
    """Write a file unless it holds that content; return whether it was written."""
    if path.exists() and path.read_text(encoding="utf-8") == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="\n")
    return True


def _derived_id(cell: Any) -> str:
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    if grade_id:
        return str(grade_id)
    return hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]


def _unique(cell_id: str, seen: set[str]) -> str:
    candidate, copy = cell_id, 2
    while candidate in seen:
        candidate, copy = f"{cell_id}-{copy}", copy + 1
    seen.add(candidate)
    return candidate


def _sorted(metadata: Any) -> dict[str, Any]:
    return {
        key: _sorted(value) if isinstance(value, dict) else value
        for key, value in sorted(metadata.items())
    }
