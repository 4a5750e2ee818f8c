"""Each erratum of the source decks says where the course teaches what is right."""

import re
from functools import cache
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from myst_parser.slugs import github_slugify

ERRATA = ROOT / "docs" / "errata.md"
PARTS = dict(re.findall(r"^### (E\d\d) (.*?)(?=^##)", ERRATA.read_text("utf-8"), re.M | re.S))
LINK = re.compile(r"\[([^\]]*)\]\(([^)#]+)#?([^)]*)\)")


@cache
def headings(notebook: Path) -> list[str]:
    cells = nbformat.read(notebook, as_version=4).cells
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return re.findall(r"^#{1,3} (.+)$", text, flags=re.MULTILINE)


def places(part: str) -> list[tuple[str, str, str]]:
    """Return the words, file and anchor of each place that a part names."""
    [here] = re.findall(r"^- \*\*Here:\*\* (.+)$", part, flags=re.MULTILINE)
    return LINK.findall(here)


def test_all_are_there():
    assert list(PARTS) == [f"E{number:02}" for number in range(1, 96)]


@pytest.mark.parametrize("erratum", PARTS)
def test_what_is_right_is_taught_where_it_says(erratum):
    found = places(PARTS[erratum])
    assert found
    for words, target, anchor in found:
        file = (ERRATA.parent / target).resolve()
        assert file.is_file(), target
        if words.startswith("lecture"):
            number, heading = re.fullmatch(r"lecture (\d+), \*(.+)\*", words).groups()
            assert file.stem[:2] == f"{int(number):02}"
            assert headings(file).count(heading) == 1, f"{file.stem} has no section {heading}"
            assert anchor == github_slugify(heading)
        elif match := re.fullmatch(r"homework (\d+), exercise (\S+)", words):
            assert file.stem.startswith(f"hw{int(match[1]):02}")
            assert any(h.startswith(f"Exercise {match[2]} ") for h in headings(file)), words
