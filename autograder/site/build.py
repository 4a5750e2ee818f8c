"""Gather the pages of the site and let Sphinx build it."""

import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup

from autograder.notebooks.execute import EXECUTED, executed
from autograder.notebooks.notes import without_notes
from autograder.site.home import DECKS, LIVE, about, find_demo, with_parts
from autograder.site.reference import write_reference
from autograder.slides.assets import fetch_assets

HERE = Path(__file__).parent
PAGES = HERE / "pages"
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]+)\)")
_WARNING = re.compile(r"(WARNING|ERROR|CRITICAL)")


class SiteError(RuntimeError):
    """The site cannot be built: Sphinx warned, or failed."""


def build_site(
    root: Path,
    out: Path,
    lectures: Iterable[Path] | None = None,
    decks: Path | None = None,
    cache: Path = EXECUTED,
) -> Path:
    """Build the site.

    Parameters
    ----------
    root : Path
        The checkout.
    out : Path
        A folder of the site's own; it is emptied.
    lectures : iterable of Path, optional
        Those to show; all of ``course/`` without it.
    decks : Path, optional
        The folder of exported slides, to be copied without their speaker notes, and linked.
    cache : Path
        Where executed lectures are kept.

    Returns
    -------
    Path
        The home page, ``out/html/index.html``.

    Raises
    ------
    SiteError
        Sphinx has a warning; the message holds all of them.
    ExecutionError
        A cell of a lecture fails.
    AssetsError
        MathJax cannot be fetched.
    """
    shutil.rmtree(out, ignore_errors=True)
    source, extra = out / "source", out / "extra"
    for folder in (source / "course", extra):
        folder.mkdir(parents=True)
    shown = sorted((root / "course").glob("*.ipynb")) if lectures is None else list(lectures)
    entries, demo = [], ""
    for lecture in shown:
        node = executed(lecture, cache)
        entries.append(about(lecture.stem, node, decks))
        if lecture.stem == LIVE[0]:
            demo = find_demo(node, LIVE[1])
        nbformat.write(without_notes(node), source / "course" / lecture.name)
    for homework in sorted((root / "release").glob("*/*.ipynb")):
        place = source / homework.relative_to(root)
        place.parent.mkdir(parents=True)
        shutil.copyfile(homework, place)
    shutil.copytree(root / "docs", source / "docs")
    shutil.copytree(PAGES, source, dirs_exist_ok=True)
    home = source / "index.md"
    home.write_text(with_parts(home.read_text("utf-8"), demo, entries), encoding="utf-8")
    write_slides_page(source / "slides.md", shown, decks, extra)
    write_reference(source / "reference")
    for page in source.rglob("*.md"):
        page.write_text(_without_dead_links(page, source), encoding="utf-8")
    _sphinx(source, out, extra)
    return out / "html" / "index.html"


def _without_dead_links(page: Path, source: Path) -> str:
    """Return a page in which links to files that the site does not hold are plain text.

    The guides link to code, which the site leaves out: it would show the solutions.
    """

    def kept(match: re.Match[str]) -> str:
        picture, words, target = match.groups()
        place = target.partition("#")[0]
        if not place or picture or re.match(r"[a-z]+:", target):
            return match[0]
        path = posixpath.normpath(posixpath.join(page.parent.relative_to(source), place))
        here = (source / path).is_file() or path.startswith("slides/")
        return match[0] if here else words

    return _LINK.sub(kept, page.read_text(encoding="utf-8"))


def write_slides_page(page: Path, lectures: list[Path], decks: Path | None, extra: Path) -> None:
    """Write the page that lists the slides, and copy what students get of them."""
    lines = [
        "# Slides",
        "",
        "Each lecture is also one file of slides that needs no network. Press `f` for full "
        "screen, `o` for an overview.",
        "",
        "| lecture | slides | for printing |",
        "|---|---|---|",
    ]
    for lecture in lectures:
        cells = []
        for suffix, words in DECKS:
            deck = decks / f"{lecture.stem}{suffix}" if decks else None
            if deck and deck.exists():
                (extra / "slides").mkdir(exist_ok=True)
                _copy_deck(deck, extra / "slides" / deck.name)
                cells.append(f'<a href="slides/{deck.name}">{words}</a>')
        title = f"[](course/{lecture.name})"
        lines.append(f"| {title} | {cells[0] if cells else ''} | {', '.join(cells[1:])} |")
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _copy_deck(deck: Path, place: Path) -> None:
    """Copy a deck, or what was printed of it, without its speaker notes: they hold answers."""
    if deck.suffix != ".html":
        shutil.copyfile(deck, place)
        return
    page = BeautifulSoup(deck.read_text(encoding="utf-8"), "html.parser")
    for notes in page.select("aside.notes"):
        notes.decompose()
    place.write_text(str(page), encoding="utf-8")


def _sphinx(source: Path, out: Path, extra: Path) -> None:
    """Run Sphinx in a process of its own, which leaves this one's locale and logging alone."""
    environment = os.environ | {
        "NNNUMPY_SITE_STATIC": str(HERE / "static"),
        "NNNUMPY_SITE_EXTRA": str(extra.resolve()),
        "NNNUMPY_MATHJAX": str(fetch_assets() / "mathjax" / "es5" / "tex-svg-full.js"),
    }
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning"]
    command += ["--conf-dir", str(HERE), "--doctree-dir", str(out / "doctrees")]
    run = subprocess.run(
        [*command, str(source), str(out / "html")],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if run.returncode:
        said = [line for line in run.stderr.splitlines() if _WARNING.search(line)]
        raise SiteError("Sphinx:\n" + "\n".join(said or run.stderr.splitlines()[-20:]))
