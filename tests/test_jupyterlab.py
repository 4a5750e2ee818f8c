"""The way of a homework in JupyterLab: fetch, solve, validate, submit, grade, read."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from conftest import HW02, ROOT

from autograder.classroom.made_class import fill_in
from autograder.exercises import HOMEWORKS, find

MISTAKE = "mean_over_outputs_too"  # of mae; visible as well
PATIENCE = 60_000  # milliseconds


@pytest.fixture(scope="module")
def server(tmp_path_factory, released_class):
    """JupyterLab in a course folder of its own, with an exchange and a home of its own."""
    folder = tmp_path_factory.mktemp("lab")
    course = Path(shutil.copytree(released_class, folder / "course"))
    for name in ("home", "exchange"):
        (folder / name).mkdir()
    (folder / "exchange").chmod(0o777)
    (course / "nbgrader_config.py").write_text(
        f"load_subconfig({str(ROOT / 'nbgrader_config.py')!r})\n"
        f"get_config().Exchange.root = {str(folder / 'exchange')!r}\n"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "JPY"))}
    environment |= {
        "HOME": str(folder / "home"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }

    def run(*command: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=course, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    run("nbgrader", "release_assignment", HW02)
    log = (folder / "server.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--port=0",
         "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.password=",
         f"--ServerApp.root_dir={course}", "--LabApp.news_url=None"],
        cwd=course, env=environment, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield course, _address(folder, process)
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


def _address(folder: Path, process: subprocess.Popen[bytes]) -> str:
    """Wait until the server has written down where it listens."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        for file in (folder / "home").rglob("jpserver-*.json"):
            try:
                return str(json.loads(file.read_text())["url"])
            except json.JSONDecodeError:  # it is being written
                pass
        time.sleep(0.2)
    raise AssertionError((folder / "server.log").read_text()[-3000:])


@pytest.fixture
def page(chromium, server):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        opened = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
        opened.set_default_timeout(PATIENCE)
        yield opened
        browser.close()


def choose(page, menu: str, entry: str) -> None:
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.locator(".lm-Menu-item", has_text=entry).first.click()


def assignments(page, address: str):
    """Open the list of assignments; return what was released, downloaded and submitted."""
    page.goto(f"{address}lab?reset")
    choose(page, "Nbgrader", "Assignment List")
    lists = [f"#{kind}_assignments_list" for kind in ("released", "fetched", "submitted")]
    return [page.locator(name) for name in lists]


def open_homework(page, address: str) -> None:
    """Open the homework and wait for a kernel that listens, or Run All would be lost."""
    page.goto(f"{address}lab/tree/{HW02}/{HW02}.ipynb?reset")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        sessions = page.request.get(f"{address}api/sessions").json()
        if any(
            s["kernel"]["connections"] and s["kernel"]["execution_state"] == "idle"
            for s in sessions
        ):
            return
        time.sleep(0.2)
    raise AssertionError("no kernel became ready")


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


def test_a_student_fetches_works_validates_and_submits(page, server):
    course, address = server
    mine = course / HW02 / f"{HW02}.ipynb"
    released, fetched, _ = assignments(page, address)
    released.get_by_role("button", name="Fetch").click()
    fetched.get_by_role("button", name="Submit").wait_for()

    open_homework(page, address)
    choose(page, "Run", "Run All Cells")
    # The first stub stops the run, and its message names the exercise.
    page.get_by_text("NotImplementedError: Exercise 1.1").first.wait_for()
    assert "failed" in validate(page)

    solve(mine, mine, mae=MISTAKE)
    open_homework(page, address)
    assert "one sample, two outputs: expected 3 + 4 = 7, got 3.5" in validate(page)

    solve(mine, mine)
    open_homework(page, address)
    assert "Success" in validate(page)

    _, fetched, submitted = assignments(page, address)
    fetched.get_by_role("button", name="Submit").click()
    submitted.get_by_text(HW02).first.wait_for()


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
