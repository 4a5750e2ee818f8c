"""The way of a homework in JupyterLab: fetch, solve, validate, submit, grade, read."""

from pathlib import Path

import nbformat
import pytest
from conftest import HW02, ROOT
from lab import PATIENCE, choose, jupyter_lab, open_notebook

from autograder.classroom.made_class import fill_in
from autograder.exercises import HOMEWORKS, find

MISTAKE = "mean_over_outputs_too"  # of mae; visible as well


@pytest.fixture(scope="module")
def server(tmp_path_factory, released_class):
    with jupyter_lab(tmp_path_factory.mktemp("lab"), released_class, ROOT, HW02) as started:
        yield started


@pytest.fixture
def page(chromium, server):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        opened = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
        opened.set_default_timeout(1000 * PATIENCE)
        yield opened
        browser.close()


def assignments(page, address: str):
    """Open the list of assignments; return what was released, downloaded and submitted."""
    page.goto(f"{address}lab?reset")
    choose(page, "Nbgrader", "Assignment List")
    lists = [f"#{kind}_assignments_list" for kind in ("released", "fetched", "submitted")]
    return [page.locator(name) for name in lists]


def validate(page) -> str:
    """Press nbgrader's button and return what its dialog says."""
    page.get_by_role("button", name="Validate").click()
    dialog = page.locator(".jp-Dialog")
    dialog.wait_for()
    page.locator(".jp-Dialog .validation-message, .jp-Dialog-body").first.wait_for()
    said = dialog.inner_text()
    dialog.get_by_role("button").last.click()
    return said


def solve(path: Path, released: Path, **wrong: str) -> None:
    """Write a notebook with right answers, and with named mistakes where asked for."""
    answers = {}
    for name, exercise in HOMEWORKS[HW02].items():
        versions = exercise.mistakes if name in wrong else exercise.variants
        version = next((v for v in versions if v.name == wrong.get(name)), versions[0])
        answers[name] = version.source(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(fill_in(nbformat.read(released, as_version=4), answers), path)


@pytest.mark.long
def test_a_student_fetches_works_validates_and_submits(page, server):
    course, address = server
    mine = course / HW02 / f"{HW02}.ipynb"
    released, fetched, _ = assignments(page, address)
    released.get_by_role("button", name="Fetch").click()
    fetched.get_by_role("button", name="Submit").wait_for()

    open_notebook(page, address, f"{HW02}/{HW02}.ipynb")
    choose(page, "Run", "Run All Cells")
    # The first stub stops the run, and its message names the exercise.
    page.get_by_text("NotImplementedError: Exercise 1.1").first.wait_for()
    assert "failed" in validate(page)

    solve(mine, mine, mae=MISTAKE)
    open_notebook(page, address, f"{HW02}/{HW02}.ipynb")
    assert "one sample, two outputs: expected 3 + 4 = 7, got 3.5" in validate(page)

    solve(mine, mine)
    open_notebook(page, address, f"{HW02}/{HW02}.ipynb")
    assert "Success" in validate(page)

    _, fetched, submitted = assignments(page, address)
    fetched.get_by_role("button", name="Submit").click()
    submitted.get_by_text(HW02).first.wait_for()


@pytest.mark.long
def test_an_instructor_grades_on_the_page_with_our_executor(page, server):
    course, address = server
    place = Path("zoë", HW02, f"{HW02}.ipynb")
    solve(course / "submitted" / place, course / "release" / HW02 / place.name, mae=MISTAKE)
    press(page, address, "autograde")
    shown = (course / "autograded" / place).read_text(encoding="utf-8")
    assert "nn-verdict" in shown, "the referee judged it"

    press(page, address, "generate-feedback")
    page.goto((course / "feedback" / place).with_suffix(".html").as_uri())
    page.get_by_text("Look at this first").wait_for()
    mistake = next(m for m in find(HW02, "mae").mistakes if m.name == MISTAKE)
    said = page.locator("main").inner_text()
    assert mistake.message.replace("`", "").split(":")[0] in said


def press(page, address: str, button: str) -> None:
    """Press a button of formgrader in the row of the only student, and read that it worked."""
    page.goto(f"{address}formgrader/manage_submissions/{HW02}")
    page.locator(f"tr:has-text('zoë') td.{button} a").click()
    page.locator(".modal-title", has_text="Success").wait_for()
