"""What the presenter of a lecture sees, and its readers do not.

A note is plain Markdown in its text and on the deck. In the notebook it is folded: JupyterLab
unfolds a cell that hides its source when it runs all cells, but a closed ``<details>`` stays.
Its summary is the note's lead, ``*For the presenter, 3–15 min.*``, which then stands nowhere else.
"""

import copy
import re

from nbformat import NotebookNode

_WHOSE = "For the presenter"  # the summary of a note without a lead
_LEAD = re.compile(rf"\*({_WHOSE}[^*<>&\n]+)\*\n")
# Markdown goes on inside of HTML only after a blank line.
_FOLDED = re.compile(r"<details>\n<summary>([^\n]+)</summary>\n\n(.*)\n\n</details>", re.DOTALL)


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
    source = str(cell.source)
    if not _is_note(cell):
        return source
    lead = _LEAD.match(source)
    summary, note = (lead[1], source[lead.end() :]) if lead else (_WHOSE, source)
    return f"<details>\n<summary>{summary}</summary>\n\n{note}\n\n</details>"


def unfolded(cell: NotebookNode) -> str:
    """Return the source of a cell as it was before `folded`."""
    source = str(cell.source)
    found = _FOLDED.fullmatch(source) if _is_note(cell) else None
    if not found:
        return source
    summary, note = found.groups()
    return note if summary == _WHOSE else f"*{summary}*\n{note}"


def with_open_notes(node: NotebookNode) -> NotebookNode:
    """Return a copy of a lecture whose speaker notes are unfolded, as a presenter needs them."""
    shown = copy.deepcopy(node)
    for cell in shown.cells:
        cell.source = unfolded(cell)
    return shown


def _is_note(cell: NotebookNode) -> bool:
    return bool(cell.cell_type == "markdown" and slide_type(cell) == "notes")
