"""What the presenter of a lecture sees, and its readers do not."""

import copy

from nbformat import NotebookNode


def slide_type(cell: NotebookNode) -> str:
    """Return "slide", "subslide", "fragment", "notes", "skip", or "-" (goes on)."""
    return str(cell.metadata.get("slideshow", {}).get("slide_type", "-"))


def without_notes(node: NotebookNode) -> NotebookNode:
    """Return a copy of a lecture that has no speaker notes."""
    read = copy.copy(node)
    read.cells = [cell for cell in node.cells if slide_type(cell) != "notes"]
    return read
