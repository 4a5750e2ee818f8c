"""What the presenter of a lecture sees, and its readers do not.

A note is plain Markdown in its text and on the deck. In the notebook it is folded: JupyterLab
unfolds a cell that hides its source when it runs all cells, but a closed ``<details>`` stays.
"""

import copy

from nbformat import NotebookNode

# Markdown goes on inside of HTML only after a blank line.
_BEFORE = "<details>\n<summary>For the presenter</summary>\n\n"
_AFTER = "\n\n</details>"


def slide_type(cell: NotebookNode) -> str:
    """Return "slide", "subslide", "fragment", "notes", "skip", or "-" (goes on)."""
    return str(cell.metadata.get("slideshow", {}).get("slide_type", "-"))


def without_notes(node: NotebookNode) -> NotebookNode:
    """Return a copy of a lecture that has no speaker notes."""
    read = copy.copy(node)
    read.cells = [cell for cell in node.cells if slide_type(cell) != "notes"]
    return read


def folded(cell: NotebookNode) -> str:
    """Return the source of a cell, folded if it is a speaker note."""
    return f"{_BEFORE}{unfolded(cell)}{_AFTER}" if _is_note(cell) else str(cell.source)


def unfolded(cell: NotebookNode) -> str:
    """Return the source of a cell, without what `folded` put around it."""
    source = str(cell.source)
    if _is_note(cell) and source.startswith(_BEFORE) and source.endswith(_AFTER):
        return source[len(_BEFORE) : -len(_AFTER)]
    return source


def with_open_notes(node: NotebookNode) -> NotebookNode:
    """Return a copy of a lecture whose speaker notes are unfolded, as a presenter needs them."""
    shown = copy.deepcopy(node)
    for cell in shown.cells:
        cell.source = unfolded(cell)
    return shown


def _is_note(cell: NotebookNode) -> bool:
    return bool(cell.cell_type == "markdown" and slide_type(cell) == "notes")
