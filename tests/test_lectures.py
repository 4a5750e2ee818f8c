"""Gates on the lectures: they run without warnings, fit their slides, and describe each picture."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from axe import violations
from bs4 import BeautifulSoup
from conftest import LECTURES, ROOT
from nbconvert.filters import markdown2html_mistune
from picture_pages import are_alike

from autograder.notebooks.coverage import coverage, curriculum, taught
from autograder.notebooks.notes import slide_type, unfolded, without_notes
from autograder.plugins.execute import MODULES, PREPARE, SERVE
from autograder.referee.session import Session, submission_files
from autograder.sandbox.limits import Isolation, Limits
from autograder.sandbox.warm import WarmParent
from autograder.slides import check_deck, count_slides
from autograder.slides.browser import open_deck

SECONDS = 30  # for a cell, so that a lecture that hangs ends

pytestmark = pytest.mark.parametrize("lecture", LECTURES, ids=lambda path: path.stem)


@pytest.fixture(scope="session")
def warm_parent() -> Iterator[WarmParent]:
    with WarmParent(PREPARE, SERVE, isolation=Isolation.REDUCED, modules=MODULES) as parent:
        yield parent


@pytest.fixture(scope="session")
def pictures_elsewhere(warm_parent):
    """Run a lecture as a student's notebook is run, in a process that has imported all it needs."""

    def run(lecture: Path) -> list[str]:
        beside = submission_files(lecture.parent, lecture.name)
        session = Session(warm_parent, beside, SECONDS, Limits().memory)
        try:
            cells = nbformat.read(lecture, as_version=4).cells
            ran = [session.run(cell.source) for cell in cells if cell.cell_type == "code"]
        finally:
            session.close()
        return pictures(output for text, _, _ in ran for output in json.loads(text))

    return run


def pictures(shown: Iterable[dict[str, Any]]) -> list[str]:
    pages = [output.get("data", {}).get("text/html") for output in shown]
    return [page for page in pages if page]


def outputs(notebook):
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def html_of(output) -> BeautifulSoup:
    return BeautifulSoup(output.get("data", {}).get("text/html", ""), "html.parser")


def test_runs_without_error_and_writes_nothing_to_stderr(lecture, run_lecture):
    for output in outputs(run_lecture(lecture)):
        assert output.output_type != "error"
        assert output.get("name") != "stderr", output.text


def test_every_picture_has_alternative_text(lecture, run_lecture):
    pictures = 0
    for output in outputs(run_lecture(lecture)):
        shown = html_of(output)
        assert shown.find("img") or not {"image/png", "image/svg+xml"} & set(
            output.get("data", {})
        ), "a picture was shown without course/figures.py"
        for image in shown.select("img"):
            assert len(image.get("alt", "")) > 20, "alternative text says what a picture shows"
            pictures += 1
        for drawing in shown.select(".nn-demo svg[role=img]"):
            assert len(drawing.get("aria-label", "")) > 20
            pictures += 1
    assert pictures
    for cell in run_lecture(lecture).cells:
        if cell.cell_type == "markdown":
            assert all(alt.strip() for alt in re.findall(r"!\[(.*?)\]\(", cell.source))


def test_has_two_demos_that_need_no_network(lecture, run_lecture):
    demos = [demo for o in outputs(run_lecture(lecture)) for demo in html_of(o).select(".nn-demo")]
    if lecture.stem == "03_linear_regression":
        assert len(demos) >= 2
    for demo in demos:
        assert demo.select("input[type=range]")
        assert not re.search(r"""(src|href)=["']?https?:|fetch\(|import\(""", str(demo))


@pytest.fixture
def deck(lecture, export_deck, chromium) -> Path:
    return export_deck(lecture)


def test_deck_asks_for_no_network_and_fits_the_screen(lecture, deck):
    assert check_deck(deck) == []


def test_every_demo_moves_by_the_keyboard_and_the_deck_stays(lecture, deck):
    with open_deck(deck) as opened:
        page = opened.page
        for demo in page.query_selector_all(".nn-demo"):
            demo.evaluate(
                """demo => {
                    const { h, v } = Reveal.getIndices(demo.closest("section section"));
                    Reveal.slide(h, v);
                }"""
            )
            place = page.evaluate("Reveal.getIndices()")
            for slider in demo.query_selector_all("input[type=range]"):
                pictures = set()
                for key in ("Home", "ArrowRight", "End"):
                    slider.press(key)
                    pictures.add(demo.query_selector("svg").inner_html())
                assert len(pictures) > 1, "the demo does not move"
            assert page.evaluate("Reveal.getIndices()") == place
        assert opened.errors == []


def test_every_slide_is_accessible(lecture, deck, node_modules):
    """In the layout for paper all slides are there at once."""
    with open_deck(deck, "print-pdf") as opened:
        assert opened.page.locator(".pdf-page").count() == count_slides(deck)
        assert violations(opened.page, node_modules) == []


def test_code_fits_a_slide(lecture):
    for cell in nbformat.read(lecture, as_version=4).cells:
        if cell.cell_type == "code":
            lines = cell.source.splitlines()
            assert len(lines) <= 15, f"{len(lines)} lines:\n{cell.source}"
            assert max(map(len, lines)) <= 80, f"too wide:\n{cell.source}"


def test_teaches_every_row_of_the_curriculum(lecture):
    wanted = {row.name for row in curriculum(ROOT) if row.name.startswith(f"L{lecture.stem[:2]}.")}
    assert wanted
    places = taught(ROOT)
    here = {
        row for row, (notebook, heading) in places.items() if ROOT / notebook == lecture and heading
    }
    assert here == wanted


def test_coverage_table_is_up_to_date(lecture):
    written = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert written == coverage(ROOT), "run: make notebooks"
    assert f"[{lecture.stem}](../course/{lecture.name})" in written


def test_has_the_anatomy_of_a_lecture(lecture):
    cells = without_notes(nbformat.read(lecture, as_version=4)).cells
    assert 25 <= len(cells) <= 60
    first = cells[0].source
    assert first.startswith("# ")
    for word in ("After this lecture you can", "minutes", "hw"):
        assert word in first
    imports = next(cell for cell in cells if cell.cell_type == "code")
    assert "import numpy as np" in imports.source
    for cell in cells:
        kind = cell.metadata.get("slideshow", {}).get("slide_type")
        assert kind in {"slide", "subslide", "fragment", "-", "skip"}, cell.source[:60]
    everything = "\n".join(cell.source for cell in cells)
    assert everything.count("Your turn") >= 2
    assert 5 <= everything.lower().count("<summary>") <= 40
    assert "np.random.seed" not in everything
    assert "emoji" not in everything


def test_notes_tell_the_presenter_what_to_ask_and_when(lecture):
    """Their minutes are those of the first cell."""
    cells = nbformat.read(lecture, as_version=4).cells
    notes = [cell for cell in cells if slide_type(cell) == "notes"]
    assert 8 <= len(notes) <= 16
    clock = 0
    for note in notes:
        text = unfolded(note)
        lead = re.match(r"\*For the presenter(?:, (\d+)–(\d+) min)?\.\*\s", text)
        assert lead, text
        assert len(text.split()) <= 90, "a note is read while one speaks"
        if lead[1]:
            assert int(lead[1]) == clock, text
            clock = int(lead[2])
    assert f"**Time** {clock} minutes" in cells[0].source


def test_notes_stay_folded_when_all_cells_are_run(lecture):
    """A reader sees no answer of a note without a click, and its Markdown once it is open."""
    for cell in nbformat.read(lecture, as_version=4).cells:
        if slide_type(cell) == "notes":
            page = BeautifulSoup(markdown2html_mistune(cell.source), "html.parser")
            details = page.details.extract()
            assert not page.get_text(strip=True), cell.source
            assert "open" not in details.attrs
            assert re.fullmatch(r"For the presenter(, .* min)?\.", details.summary.get_text())
            assert details.get_text().count("For the presenter") == 1
            assert len(details.select_one("p").get_text().split()) > 3


def test_gives_the_same_pictures_every_time(lecture, run_lecture, pictures_elsewhere):
    here, elsewhere = pictures(outputs(run_lecture(lecture))), pictures_elsewhere(lecture)
    assert [are_alike(*pages) for pages in zip(here, elsewhere, strict=True)] == [True] * len(here)
