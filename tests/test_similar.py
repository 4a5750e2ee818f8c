"""Copies are found though variables are renamed; what everybody writes alike is not listed."""

import csv
import json
import random
import re

import nbformat
import pytest
from axe import violations
from bs4 import BeautifulSoup
from conftest import HW02, ROOT
from nbformat.v4 import new_code_cell, new_notebook

from autograder.classroom.grading import NothingToGrade
from autograder.exercises import HOMEWORKS
from autograder.report import write_similar
from autograder.report.pieces import pieces
from autograder.report.similar import compare, given_code

EXERCISES = HOMEWORKS[HW02]
SHORT = "def mae(Y_hat, Y):\n    return np.mean(np.sum(np.abs(Y_hat - Y), axis=1))"


def own_code(seed):
    """Return long code that nobody else writes: statements of random operations."""
    rng = random.Random(seed)
    lines = ["def linear_gradients(X, Y, W, b):", "    total = 0.0"]
    for i in range(14):
        operations = rng.choices(["sum", "mean", "dot", "reshape", "cumsum", "clip", "take"], k=3)
        call = ".".join(f"{name}({rng.randint(0, 99)})" for name in operations)
        lines.append(f"    step_{i} = X.{call} {rng.choice('+-*/')} total")
    return "\n".join([*lines, "    return total, step_3"])


def renamed(code):
    """Return code as one hands in who hides where it is from."""
    changed = re.sub(r"\bstep_(\d+)", r"zz\1", code.replace("total", "acc"))
    return f"# all my own work\n{changed}".replace(
        "    acc = 0.0", '    """Mine."""\n    acc = 0.0'
    )


def a_class(count=30):
    """Return a class in which ada and eve share code, and all write one answer alike."""
    codes = {
        f"student {i:02d}": {"mae": SHORT, "linear_gradients": own_code(i)} for i in range(count)
    }
    codes["ada"] = {"mae": SHORT, "linear_gradients": own_code("ada")}
    codes["eve"] = {"mae": SHORT, "linear_gradients": renamed(own_code("ada"))}
    return codes


def test_two_who_copied_are_found_and_nobody_else():
    codes = a_class()
    found = compare(codes)
    (pair,) = found.pairs
    assert pair.students == ("ada", "eve")
    assert pair.share == 1 and pair.shared > 100
    (alike,) = found.details(pair)
    assert alike.exercise == "linear_gradients", "the short answer is everybody's"
    assert alike.codes == (codes["ada"]["linear_gradients"], codes["eve"]["linear_gradients"])
    assert 5 in alike.lines[0] and 7 in alike.lines[1] and 1 not in alike.lines[1]


def test_given_code_is_nobodys():
    codes = a_class()
    assert compare(codes, [own_code("ada")]).pairs == []


def test_two_who_left_everything_open_are_not_alike():
    name = "hw07_forward"
    released = nbformat.read(ROOT / "release" / name / f"{name}.ipynb", as_version=4)
    stubs = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in released.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    codes = {f"student {i:02d}": {"Sigmoid": own_code(i)} for i in range(30)}
    codes |= {"ada": stubs, "eve": stubs}
    assert compare(codes, given_code(ROOT, name)).pairs == []


def test_what_a_part_of_the_class_writes_says_nothing():
    codes = a_class()
    for i in range(8):
        codes[f"student {i:02d}"]["half_mse"] = own_code("a page on the web")
    assert [pair.students for pair in compare(codes).pairs] == [("ada", "eve")]


def test_right_answers_of_the_homework_are_not_listed():
    """A class of accepted variants and known mistakes: many have the same, from nobody."""
    codes = {
        f"student {i}": {
            name: exercise.variants[i % len(exercise.variants)].source(name)
            for name, exercise in EXERCISES.items()
        }
        for i in range(12)
    }
    assert compare(codes).pairs, "they are alike, were it not known code"
    assert compare(codes, given_code(ROOT, HW02)).pairs == []


def test_no_two_are_alike():
    assert compare({"ada": {"mae": SHORT}}).pairs == []
    assert compare({}).pairs == []
    assert compare({"ada": {"mae": "def ("}, "eve": {"mae": "'"}}).pairs == []


def test_renaming_layout_and_remarks_do_not_change_pieces():
    here = [piece.text for piece in pieces(own_code(1))]
    assert here == [piece.text for piece in pieces(renamed(own_code(1)))]
    assert here != [piece.text for piece in pieces(own_code(2))]
    assert pieces("x = 1") == []
    assert {p.text for p in pieces("a.b = a.c\n" * 3, 6)} != {
        p.text for p in pieces("a.b = a.b\n" * 3, 6)
    }


def graded(root, student, codes):
    cells = []
    for name, code in codes.items():
        cell = new_code_cell(code)
        cell.metadata["nbgrader"] = {"grade_id": name, "solution": True, "grade": False}
        cells.append(cell)
    test = new_code_cell(own_code("a test"))
    test.metadata["nbgrader"] = {"grade_id": "mae-visible", "solution": False, "grade": True}
    path = root / "autograded" / student / HW02 / f"{HW02}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(new_notebook(cells=[*cells, test]), path)


def test_page_and_table(tmp_path):
    (tmp_path / "source").symlink_to(ROOT / "source")
    codes = a_class(10)
    codes["eve"]["linear_gradients"] += "\n    '<script>alert(1)</script>'"
    for student, code in codes.items():
        graded(tmp_path, student, code)
    page, table = write_similar(tmp_path, HW02, tmp_path / "out")
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    assert "places to look, not verdicts" in soup.get_text()
    assert [a.get_text() for a in soup.select("tbody a")] == ["ada, eve"]
    assert len(soup.select("mark")) > 20
    assert not soup.select("script, [src], link")
    with table.open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["student"], row["other"], row["share"]) == ("ada", "eve", "1.00")


def test_page_is_accessible(tmp_path, chromium, node_modules):
    """In light and in dark, on a wide screen and a narrow one; no line is cut off."""
    from playwright.sync_api import sync_playwright

    (tmp_path / "source").symlink_to(ROOT / "source")
    for student, code in a_class(10).items():
        graded(tmp_path, student, code)
    file, _ = write_similar(tmp_path, HW02, tmp_path / "out")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        for scheme, width in ("light", 1280), ("dark", 400):
            screen = {"width": width, "height": 800}
            page = browser.new_context(color_scheme=scheme, viewport=screen).new_page()
            page.goto(file.as_uri())
            assert violations(page, node_modules) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_to_compare_is_refused(tmp_path):
    with pytest.raises(NothingToGrade, match="run make autograde"):
        write_similar(tmp_path, HW02, tmp_path / "out")


def test_the_given_code_holds_release_reference_and_mistakes():
    given = "\n".join(given_code(ROOT, HW02))
    source = json.loads((ROOT / "source" / HW02 / f"{HW02}.ipynb").read_text(encoding="utf-8"))
    assert all(
        "".join(cell["source"]) in given for cell in source["cells"] if cell["cell_type"] == "code"
    )
    assert EXERCISES["mae"].mistakes[0].source("mae") in given
