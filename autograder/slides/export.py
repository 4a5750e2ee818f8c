"""Writes a lecture notebook as one HTML file of slides, and those slides as a PDF."""

from __future__ import annotations

import base64
import mimetypes
import re
from html import escape
from pathlib import Path
from urllib.parse import unquote

import nbformat
from bs4 import BeautifulSoup
from nbconvert.exporters import SlidesExporter
from nbformat import NotebookNode
from traitlets.config import Config

from autograder.notebooks.execute import (
    SECONDS,
    ExecutionError,
    require_no_error,
    run_cells,
)
from autograder.notebooks.notes import slide_type, with_open_notes
from autograder.slides.assets import CACHE, TEMPLATE, fetch_assets, read_assets
from autograder.slides.browser import open_deck

INDEX = TEMPLATE.parent / "index.html"


class SlidesError(RuntimeError):
    """A notebook cannot become a deck."""


def export_slides(
    notebook: Path,
    out: Path,
    *,
    node: NotebookNode | None = None,
    timeout: int = SECONDS,
    cache: Path = CACHE,
) -> Path:
    """Write a notebook as one HTML file that needs no other file and no network.

    Parameters
    ----------
    notebook : Path
        The lecture; it is not changed.
    out : Path
        The file to write.
    node : NotebookNode, optional
        The lecture with its outputs; without it a fresh copy is run, in the notebook's folder.
    timeout : int
        Seconds that a cell may take.
    cache : Path
        Where `fetch_assets` keeps what a deck is made of.

    Returns
    -------
    Path
        `out`.

    Raises
    ------
    SlidesError
        If a cell fails, no cell is a slide, or an image is missing.
    AssetsError
        If what a deck is made of cannot be fetched.
    """
    try:
        if node is None:
            node = nbformat.read(notebook, as_version=4)
            run_cells(node, notebook, timeout)
        require_no_error(node, notebook)
    except ExecutionError as error:
        raise SlidesError(str(error)) from error
    if all(slide_type(cell) in {"skip", "notes"} for cell in node.cells):
        message = f"{notebook.name}: no cell is a slide"
        raise SlidesError(message)
    node = with_open_notes(node)
    node.metadata["title"] = find_title(node) or notebook.stem

    config = Config()
    config.TagRemovePreprocessor.remove_input_tags = {"hide-input"}
    config.TagRemovePreprocessor.remove_all_outputs_tags = {"hide-output"}
    exporter = SlidesExporter(
        config=config,
        template_name=TEMPLATE.name,
        extra_template_basedirs=[str(TEMPLATE.parent)],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,  # a slide has an address of its own
    )
    resources = {
        "metadata": {"path": str(notebook.resolve().parent), "name": notebook.stem},
        "deck": read_assets(fetch_assets(cache)),
    }
    html, _ = exporter.from_notebook_node(node, resources)
    out.parent.mkdir(parents=True, exist_ok=True)
    page = BeautifulSoup(html, "html.parser")
    embed_images(page, notebook)
    for cell in page.select("th"):
        if not cell.get_text(strip=True):
            cell.name = "td"  # the corner of a table is no heading
    out.write_text(str(page), encoding="utf-8")
    return out


def embed_images(page: BeautifulSoup, notebook: Path) -> None:
    """Put every image file of a page into the page.

    nbconvert's own option for this closes a ``<details>`` of a Markdown cell where it opens.

    Raises
    ------
    SlidesError
        If an image is not a file beside the notebook or below it.
    """
    folder = notebook.resolve().parent
    for image in page.select("img:not([src^='data:'])"):
        source = str(image.get("src", ""))
        file = (folder / unquote(source)).resolve()
        if not (file.is_relative_to(folder) and file.is_file()):
            message = f"{notebook.name}: the image {source!r} is not a file beside the notebook"
            raise SlidesError(message)
        kind = mimetypes.guess_type(file.name)[0]
        image["src"] = f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"


def find_title(node: NotebookNode) -> str:
    """Return the text of the first heading, without its Markdown, or nothing."""
    for cell in node.cells:
        heading = re.search(r"^#{1,6}\s+(.+?)\s*#*$", cell.source, flags=re.MULTILINE)
        if cell.cell_type == "markdown" and heading:
            return re.sub(r"[*_`$\\]", "", heading[1])
    return ""


def count_slides(html: Path, *, notes: bool = False) -> int:
    """Return the number of slides of a deck, those below others included.

    With `notes` the pages of a handout are counted, of which the notes of a slide are another one.
    """
    deck = BeautifulSoup(html.read_text("utf-8"), "html.parser")
    slides = deck.select(".slides > section > section")
    return len(slides) + sum(notes and bool(slide.select("aside.notes")) for slide in slides)


def write_index(folder: Path) -> Path:
    """Write ``index.html``, which lists the decks of a folder and their PDFs."""
    rows = []
    for deck in sorted(path for path in folder.glob("*.html") if path.stem != "index"):
        title = BeautifulSoup(deck.read_text("utf-8"), "html.parser").title
        links = [f'<a href="{deck.name}">{escape(title.get_text() if title else deck.stem)}</a>']
        for suffix, words in ((".pdf", "PDF"), ("_handout.pdf", "handout with notes")):
            pdf = deck.with_name(deck.stem + suffix)
            if pdf.exists():
                links.append(f'<a href="{pdf.name}">{words}</a>')
        rows.append(f"<li>{' · '.join(links)}</li>")
    index = folder / "index.html"
    page = INDEX.read_text("utf-8").replace("ROWS", "\n".join(rows))
    index.write_text(page, encoding="utf-8")
    return index


def export_pdfs(html: Path) -> list[Path]:
    """Print a deck beside itself, and as a handout if it has speaker notes; return the files."""
    pdfs = [export_pdf(html, html.with_suffix(".pdf"))]
    if count_slides(html, notes=True) > count_slides(html):
        handout = html.with_name(f"{html.stem}_handout.pdf")
        pdfs.append(export_pdf(html, handout, notes=True))
    return pdfs


def export_pdf(html: Path, out: Path, *, notes: bool = False) -> Path:
    """Print a deck, one page for a slide, through headless Chromium.

    Parameters
    ----------
    html : Path
        A file that `export_slides` wrote.
    out : Path
        The file to write.
    notes : bool
        A handout: the speaker notes of a slide stand on a page behind it.

    Returns
    -------
    Path
        `out`.

    Raises
    ------
    BrowserMissingError
        If there is no browser.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    query = "print-pdf&pdfSeparateFragments=false"
    if notes:
        query += "&showNotes=separate-page"
    with open_deck(html, query) as deck:
        # reveal.js sets the size of a page; the range keeps a last page of nothing away.
        deck.page.pdf(
            path=out,
            prefer_css_page_size=True,
            print_background=True,
            page_ranges=f"1-{count_slides(html, notes=notes)}",
            tagged=True,
            outline=True,
        )
    return out
