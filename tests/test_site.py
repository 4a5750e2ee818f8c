"""The site in a browser: no network needed, no dead link, no barrier for anyone."""

import functools
import http.server
import itertools
import threading
from pathlib import Path

import pytest
from axe import violations
from bs4 import BeautifulSoup
from conftest import LECTURES, ROOT, only_one

from autograder.exercises import HOMEWORKS
from autograder.site import SiteError, broken_links, build_site
from autograder.site import build as building

NOTEBOOKS = (*LECTURES, *sorted((ROOT / "release").glob("*/*.ipynb")))
PAGES = (
    *(f"{name}.html" for name in ("index", "lectures", "homeworks", "slides", "guides", "search")),
    *(path.relative_to(ROOT).with_suffix(".html").as_posix() for path in NOTEBOOKS),
    *(f"docs/{path.stem}.html" for path in sorted((ROOT / "docs").glob("*.md"))),
    *(f"reference/{name}.html" for name in ("index", "reference", "exercises", "referee")),
    "genindex.html",
    "py-modindex.html",
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site(shared, run_lecture, export_deck) -> Path:
    """Build the whole site, once in a run."""
    for lecture in LECTURES:
        export_deck(lecture)
    with only_one(shared / "site"):
        done = shared / "site.done"
        if not done.exists():
            build_site(ROOT, shared / "site", LECTURES, shared / "decks", shared / "executed")
            done.touch()
    return shared / "site" / "html"


@pytest.fixture(scope="module")
def address(site):
    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium)
        yield opened
        opened.close()


@pytest.fixture
def page(browser, address):
    """A page that notes what it asks of other sites, and what it complains of."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.problems = []
    opened.on("request", lambda r: _note(opened, r.url, address))
    opened.on("console", lambda m: m.type == "error" and opened.problems.append(m.text))
    opened.on("pageerror", lambda error: opened.problems.append(str(error)))
    yield opened
    context.close()


def _note(page, url: str, address: str) -> None:
    if not url.startswith((address, "data:", "blob:")):
        page.problems.append(f"asks for {url}")


@pytest.mark.long
def test_every_link_leads_somewhere(site):
    assert broken_links(site) == []


def test_no_page_is_forgotten_here(site):
    built = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    decks = {f"slides/{path.stem}.html" for path in LECTURES}
    assert {name for name in built if "_static/" not in name} == {*PAGES, *decks}


def test_a_broken_link_is_found(tmp_path):
    (tmp_path / "a.html").write_text(
        '<a href="b.html">x</a><a href="#here">x</a><a href="a.html#there">x</a><p id="here">'
        '<script src="https://example.org/x.js"></script>'
    )
    assert broken_links(tmp_path) == [
        "a.html asks for https://example.org/x.js",
        "a.html leads to a.html#there, a place that is not there",
        "a.html leads to b.html, which is not there",
    ]


def test_a_warning_of_sphinx_ends_the_build(tmp_path, monkeypatch, node_modules):
    course = tmp_path / "course"
    (course / "docs").mkdir(parents=True)
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "index.md").write_text("# Home\n\n{ref}`nowhere`\n")
    monkeypatch.setattr(building, "PAGES", pages)
    with pytest.raises(SiteError, match=r"index\.md:3: WARNING: .*nowhere"):
        build_site(course, tmp_path / "out", [])


def test_no_code_of_solutions_or_tests_is_shown(site):
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "BEGIN SOLUTION" not in text
        assert "@exercise.mistake" not in text
        assert "/autograder/exercises/" not in text


@pytest.mark.parametrize("name", PAGES)
def test_page_needs_no_network_complains_of_nothing_and_is_accessible(
    page, address, node_modules, name
):
    page.goto(address + name)
    page.wait_for_load_state("networkidle")
    page.evaluate("window.MathJax?.startup?.promise.then(() => true)")
    assert page.problems == []
    assert page.locator("h1").count() == 1
    assert violations(page, node_modules) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    assert violations(page, node_modules, "color-contrast") == []


@pytest.mark.parametrize("name", ["index.html", "course/02_numpy_data.html"])
def test_page_is_no_wider_than_a_phone(page, address, name):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address + name)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    header = page.locator(".bd-header")
    places = [button.bounding_box() for button in header.locator("button:visible, a:visible").all()]
    assert len(places) >= 3
    right = sorted((box["x"], box["x"] + box["width"]) for box in places)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(right))
    assert right[-1][1] <= 390


def test_home_page_leads_to_every_lecture_its_slides_and_its_homework(site):
    home = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
    rows = home.select(".nn-map > li")
    assert len(rows) == len(LECTURES)
    for row, lecture in zip(rows, LECTURES, strict=True):
        links = [link["href"] for link in row.select("a")]
        assert links[:2] == [f"course/{lecture.stem}.html", f"slides/{lecture.stem}.html"]
        assert links[-1].startswith("release/hw")
    assert len({row.select("a")[-1]["href"] for row in rows}) == len(HOMEWORKS)
    assert home.select_one(".nn-demo button")


def test_notes_for_the_presenter_are_not_there(site, shared):
    for lecture in LECTURES:
        name = f"{lecture.stem}.html"
        assert "For the presenter" in (shared / "decks" / name).read_text(encoding="utf-8")
        for page in (site / "course" / name, site / "slides" / name):
            assert "For the presenter" not in page.read_text(encoding="utf-8")


def test_slides_are_linked_without_their_handouts(tmp_path):
    for name in ("a.html", "a.pdf", "a_handout.pdf"):
        (tmp_path / name).write_text("<p>slide</p><aside class='notes'>Wait for 7.</aside>")
    page, extra = tmp_path / "slides.md", tmp_path / "extra"
    extra.mkdir()
    building.write_slides_page(page, [Path("a.ipynb")], tmp_path, extra)
    assert sorted(path.name for path in (extra / "slides").iterdir()) == ["a.html", "a.pdf"]
    assert (extra / "slides" / "a.html").read_text() == "<p>slide</p>"
    assert "handout" not in page.read_text()


def test_formulas_are_rendered(page, address):
    page.goto(address + "course/04_gradient_descent.html")
    page.wait_for_function("window.MathJax?.startup?.promise")
    page.evaluate("MathJax.startup.promise.then(() => true)")
    assert page.locator("mjx-container").count() > 20
    assert page.locator("mjx-merror").count() == 0
    assert "$$" not in page.locator("article").inner_text()


def test_demos_move(page, address):
    page.goto(address + "course/04_gradient_descent.html")
    demos = page.locator(".nn-demo")
    assert demos.count() >= 2
    for demo in demos.all():
        slider = demo.locator("input[type=range]").first
        seen = set()
        for key in ("Home", "ArrowRight", "End"):
            slider.press(key)
            seen.add(demo.locator("svg").inner_html())
        assert len(seen) > 1
    assert page.problems == []


def test_search_finds_a_word(page, address):
    page.goto(address + "search.html?q=backpropagation")
    page.locator("ul.search li a[href^='course/09_backpropagation.html']").first.wait_for()
