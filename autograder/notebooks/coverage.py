"""Say where each row of the curriculum is taught.

A Markdown cell of a lecture names the rows that it teaches in its metadata, ``rows=["L03.1"]``.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder.notebooks.text import write_if_changed


@dataclass(frozen=True)
class Row:
    """A row of the curriculum.

    Attributes
    ----------
    name : str
        Its id, "L03.1".
    topic : str
    decks : tuple of str
        The decks from which it comes.
    """

    name: str
    topic: str
    decks: tuple[str, ...]


def curriculum(root: Path) -> list[Row]:
    """Return all rows, in teaching order."""
    with (root / "docs" / "curriculum.csv").open(encoding="utf-8", newline="") as file:
        return [
            Row(line["row"], line["topic"], tuple(line["decks"].split()))
            for line in csv.DictReader(file)
        ]


def taught(root: Path) -> dict[str, tuple[Path, str]]:
    """Return for each row that is taught its notebook and the heading of its section.

    Raises
    ------
    ValueError
        A row is claimed twice.
    """
    places: dict[str, tuple[Path, str]] = {}
    for lecture in sorted((root / "course").glob("*.ipynb")):
        heading = ""
        for cell in nbformat.read(lecture, as_version=4).cells:
            if cell.cell_type == "markdown":
                found = re.search(r"^#{1,3} (.+)$", cell.source, flags=re.MULTILINE)
                heading = found[1] if found else heading
            for row in cell.metadata.get("rows", []):
                if row in places:
                    raise ValueError(f"{row} is claimed in {lecture.stem} and before")
                places[row] = (lecture.relative_to(root), heading)
    return places


def coverage(root: Path) -> str:
    """Return the table as Markdown."""
    places = taught(root)
    lines = [
        "# Coverage",
        "",
        "Where each row of the curriculum is taught, and from which deck it comes. Built by "
        "`make notebooks`.",
        "",
        "| row | topic | taught in | decks |",
        "|---|---|---|---|",
    ]
    for row in curriculum(root):
        where = "not yet"
        if row.name in places:
            notebook, heading = places[row.name]
            where = f"[{notebook.stem}](../{notebook.as_posix()}): {heading}"
        decks = ", ".join(deck.partition("_")[0] for deck in row.decks)
        lines.append(f"| {row.name} | {row.topic} | {where} | {decks} |")
    return "\n".join(lines) + "\n"


def write_coverage(root: Path) -> list[Path]:
    """Write ``docs/coverage.md``; return it if it changed."""
    path = root / "docs" / "coverage.md"
    return [path] if write_if_changed(path, coverage(root)) else []
