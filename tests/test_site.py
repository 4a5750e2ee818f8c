"""The site in a browser: no network needed, no dead link, no barrier for anyone."""

import functools
import http.server
import threading
from pathlib import Path

import pytest
from axe import violations
from conftest import ROOT

from autograder.site import SiteError, broken_links, build_site
from autograder.site import build as building

# Two lectures with demos and formulas show what all do; `make site` builds all of them.
LECTURES = [
    ROOT / "course" / f"{name}.ipynb" for name in ("03_linear_regression", "04_gradient_descent")
]
PAGES = (
    "index.html",
    "course/03_linear_regression.html",
    "release/hw02_linear_regression/hw02_linear_regression.html",
    "docs/grading.html",
    "docs/errata.html",
    "reference/reference.html",
    "slides.html",
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory, node_modules) -> Path:
    out = tmp_path_factory.mktemp("site")
    decks = out / "decks"
    decks.mkdir()
    (decks / "03_linear_regression.html").write_text("<title>deck</title>")
    return build_site(ROOT, out / "built", LECTURES, decks).parent


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


def test_every_link_leads_somewhere(site):
    assert broken_links(site) == []
    assert (site / "slides" / "03_linear_regression.html").exists()


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
def test_page_needs_no_network_and_complains_of_nothing(page, address, name):
    page.goto(address + name)
    page.wait_for_load_state("networkidle")
    assert page.problems == []
    assert page.locator("h1").count() == 1


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
    page.goto(address + "search.html?q=standardize")
    found = page.locator("ul.search li a").first
    found.wait_for(timeout=10_000)
    assert "hw01_numpy" in " ".join(
        link.get_attribute("href") or "" for link in page.locator("ul.search li a").all()
    )


@pytest.mark.parametrize(
    ("scheme", "name"), [*(("light", name) for name in PAGES), *(("dark", n) for n in PAGES[:3])]
)
def test_page_is_accessible(browser, address, node_modules, scheme, name):
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address + name)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    assert violations(page, node_modules) == []
    context.close()
