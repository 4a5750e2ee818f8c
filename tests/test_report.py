"""The class report says what happened, from the graded notebooks alone."""

import csv
import io

import nbformat
import numpy as np
import pytest
from axe import violations
from bs4 import BeautifulSoup
from conftest import HW02
from nbformat.v4 import new_code_cell, new_notebook, new_output
from scipy import stats

from autograder.classroom.grading import NothingToGrade
from autograder.exercises import HOMEWORKS, find
from autograder.referee.judge import judge
from autograder.referee.verdict import Status, Verdict
from autograder.report import write_report
from autograder.report.marks import read_class
from autograder.report.page import as_csv, render, with_code
from autograder.report.statistics import Seconds, discrimination, report_on

EXERCISES = HOMEWORKS[HW02]


def graded(root, student, visible=1.0, repairs=(), seconds=None, **verdicts):
    """Write an autograded notebook: all right, but for the given verdicts."""
    cells = []
    for name, exercise in EXERCISES.items():
        verdict = verdicts.get(name) or judge(exercise, exercise.reference, 0)
        for kind, points in (("visible", 1.0), ("hidden", exercise.points)):
            cell = new_code_cell("pass")
            cell.metadata["nbgrader"] = {
                "grade": True, "solution": False, "locked": True, "points": points,
                "grade_id": f"{name}-{kind}", "schema_version": 3, "cell_type": "code",
            }  # fmt: skip
            if kind == "visible" and not (visible and verdict.points):
                cell.outputs = [new_output("error", ename="AssertionError", evalue="no")]
            if kind == "hidden":
                data = verdict._repr_mimebundle_()
                cell.outputs = [new_output("execute_result", data=data)]
            cells.append(cell)
    notebook = new_notebook(cells=cells)
    notebook.metadata["nnnumpy"] = {"repairs": [{"sentence": s} for s in repairs]}
    if seconds:
        notebook.metadata["nnnumpy"]["cpu_seconds"] = seconds
    path = root / "autograded" / student / HW02 / f"{HW02}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


def wrong(name, mistake="", seed=0):
    exercise = find(HW02, name)
    made = next(m for m in exercise.mistakes if m.name == mistake) if mistake else None
    if made:
        return judge(exercise, made.function, seed)
    return Verdict(name, 0.0, exercise.points, Status.WRONG, "`x` is odd.", example="f(1)\n  2")


@pytest.fixture
def root(tmp_path):
    graded(tmp_path, "ada", seconds={"mae": 0.25, "": 1.5})
    graded(tmp_path, "=cmd()", mae=wrong("mae", "mean_over_outputs_too"))
    graded(
        tmp_path,
        "benoit",
        mae=wrong("mae", "mean_over_outputs_too"),
        repairs=["A `cell`."],
        seconds={"mae": 4.0},
    )
    for name in ("carl", "dora", "emmy"):
        graded(tmp_path, name, half_mse=wrong("half_mse"), mae=wrong("mae"))
    return tmp_path


def test_numbers_of_an_exercise(root):
    found = report_on(find(HW02, "mae"), read_class(root, HW02))
    assert found.mean == pytest.approx(1 / 6)
    assert found.passed == dict.fromkeys(("visible", "hidden", "all"), pytest.approx(1 / 6))
    assert found.seconds == Seconds(2.125, 4.0, "benoit")
    assert found.status == {Status.RIGHT: 1, Status.WRONG: 5}
    (mistake,) = found.mistakes
    assert (mistake.name, mistake.students) == ("mean_over_outputs_too", ("=cmd()", "benoit"))
    (suspicion,) = found.suspicions
    assert suspicion.students == ("carl", "dora", "emmy")
    easy = report_on(find(HW02, "linear_predict"), read_class(root, HW02))
    assert (easy.mean, easy.mistakes, easy.suspicions, easy.discrimination) == (1, [], [], None)
    assert easy.seconds is None


def test_discrimination_is_the_correlation_with_the_rest_and_its_interval():
    rng = np.random.default_rng(0)
    strength = rng.normal(size=40)
    here, rest = strength + rng.normal(size=40), strength + rng.normal(size=40)
    found, oracle = discrimination(here, rest), stats.pearsonr(here, rest)
    assert found.index == pytest.approx(oracle.statistic)
    interval = oracle.confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))
    assert discrimination(here[:4], rest[:4]) is None


def test_page_says_what_to_talk_about(root):
    page = BeautifulSoup(render(HW02, read_class(root, HW02)), "html.parser")
    first = page.select_one("ol.mistakes li").get_text()
    assert first.startswith("2 students in 2.1 mae: You divide by m times K")
    assert "3 students" in page.select_one(".suspicion h3").get_text()
    assert "1 of 6 notebooks were mended" in page.get_text()
    assert "2.88 seconds of CPU in the median, 4.00 at most (benoit)" in page.get_text()
    assert page.select("table")[-1].select_one("tbody th").get_text() == "ada"
    assert not page.select("script, [src], link")


def test_without_names(root):
    text = render(HW02, read_class(root, HW02, anonymous=True))
    assert not any(name in text for name in ("ada", "benoit", "carl", "cmd"))
    assert "student 6" in text


def test_a_report_without_names_is_a_file_of_its_own(root, tmp_path):
    named = write_report(root, HW02, tmp_path)
    nameless = write_report(root, HW02, tmp_path, anonymous=True)
    assert [path.name for path in nameless] == [
        f"{HW02}_anonymous.{end}" for end in ("html", "csv")
    ]
    assert "benoit" in named[1].read_text() and "benoit" not in nameless[1].read_text()


def test_table_for_other_programs(root):
    rows = list(csv.DictReader(io.StringIO(as_csv(HW02, read_class(root, HW02)))))
    assert [row["student"] for row in rows] == ["'=cmd()", "ada", "benoit", "carl", "dora", "emmy"]
    assert rows[1]["total"] == "30"
    assert (rows[2]["mae-hidden"], rows[2]["mistakes"]) == ("0", "mae:mean_over_outputs_too")
    assert rows[2]["repairs"] == "1"
    assert [row["cpu_seconds"] for row in rows[:3]] == ["", "1.75", "4.00"]


def test_what_a_student_wrote_stays_text():
    assert with_code("a <b> `c < d` e") == "a &lt;b&gt; <code>c &lt; d</code> e"
    assert with_code("one ` alone") == "one ` alone"


def test_report_of_nothing_is_refused(tmp_path):
    with pytest.raises(NothingToGrade, match="run make autograde"):
        write_report(tmp_path, HW02, tmp_path / "out")


def test_is_accessible(root, tmp_path, chromium, node_modules):
    from playwright.sync_api import sync_playwright

    page, _ = write_report(root, HW02, tmp_path / "out")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        for scheme in ("light", "dark"):
            opened = browser.new_context(color_scheme=scheme).new_page()
            opened.goto(page.as_uri())
            assert violations(opened, node_modules) == []
        browser.close()
