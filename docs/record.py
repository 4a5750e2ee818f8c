"""Take the pictures of the README anew: ``make pictures``.

Every picture is a browser's, of what `make demo` made and of JupyterLab: a lecture, a homework with
the message of a test, the feedback on a mistake, the report on a class, a slide.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Page, sync_playwright

from autograder.classroom.made_class import fill_in, made_students
from autograder.demo import demo
from autograder.exercises import find
from autograder.notebooks.release import release
from autograder.report import write_report
from autograder.slides import find_chromium
from autograder.slides.browser import open_deck

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
HOMEWORK, LECTURE = "hw02_linear_regression", "03_linear_regression"
SIZE: Any = {"width": 1280, "height": 760}
sys.path.insert(0, str(ROOT / "tests"))

from lab import choose, jupyter_lab, open_notebook  # noqa: E402


def main() -> None:
    """Take all pictures."""
    print(demo(ROOT))
    made = ROOT / "build" / "demo"
    report, _ = write_report(made, HOMEWORK, made / "report")
    student = next(s for s in made_students(HOMEWORK) if len(s.wrong) > 1).name
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        page = browser.new_context(viewport=SIZE).new_page()
        page.goto((made / "feedback" / student / HOMEWORK / f"{HOMEWORK}.html").as_uri())
        take(page, "feedback")
        page.goto(report.as_uri())
        page.evaluate("document.querySelectorAll('h2')[1].scrollIntoView()")
        take(page, "report")
        with tempfile.TemporaryDirectory() as folder:
            released = Path(folder) / "released"
            shutil.copytree(ROOT / "source", released / "source")
            release(ROOT, released, HOMEWORK)
            in_jupyterlab(page, Path(folder), released)
        browser.close()
    slide()


def in_jupyterlab(page: Page, folder: Path, released: Path) -> None:
    """Take a lecture with its outputs, and a homework at the message of a visible test."""
    with jupyter_lab(folder, released, ROOT, HOMEWORK) as (course, address):
        for path in (ROOT / "course").glob("*.py"):
            shutil.copy(path, course)
        shutil.copy(ROOT / "course" / f"{LECTURE}.ipynb", course)
        open_notebook(page, address, f"{LECTURE}.ipynb")
        page.get_by_role("button", name="No", exact=True).click()  # no news of Jupyter's
        page.keyboard.press("Control+b")  # the list of files away
        choose(page, "Run", "Run All Cells")
        page.locator(".nn-demo").nth(1).wait_for()
        show(page, page.locator(".nn-demo").first)
        take(page, "lecture")

        mistake = next(m for m in find(HOMEWORK, "mae").mistakes if "outputs" in m.name)
        mine = course / f"{HOMEWORK}.ipynb"
        given = nbformat.read(ROOT / "release" / HOMEWORK / mine.name, as_version=4)
        right = find(HOMEWORK, "linear_predict").variants[0].source("linear_predict")
        answers = {"linear_predict": right, "mae": mistake.source("mae")}
        nbformat.write(fill_in(given, answers), mine)
        open_notebook(page, address, mine.name)
        page.keyboard.press("Control+b")
        choose(page, "Run", "Run All Cells")
        message = page.get_by_text("AssertionError: one sample").last
        message.wait_for()
        show(page, message)
        take(page, "homework")


def show(page: Page, place: Any) -> None:
    """Bring a place of a notebook to the lower part of the window."""
    for _ in range(2):  # cells above are drawn only now, and take room
        place.evaluate("place => place.scrollIntoView({ block: 'end' })")
        page.wait_for_timeout(1000)


def slide() -> None:
    """Take a slide with a demo."""
    with open_deck(ROOT / "build" / "slides" / f"{LECTURE}.html") as deck:
        demo_on_slide = deck.page.query_selector(".nn-demo")
        assert demo_on_slide is not None
        demo_on_slide.evaluate(
            "demo => { const at = Reveal.getIndices(demo.closest('section section'));"
            " Reveal.slide(at.h, at.v); }"
        )
        take(deck.page, "slide")


def take(page: Page, name: str) -> None:
    """Write a picture."""
    page.wait_for_timeout(1000)
    page.screenshot(path=PICTURES / f"{name}.png")
    print("wrote", (PICTURES / f"{name}.png").relative_to(ROOT))


if __name__ == "__main__":
    main()
