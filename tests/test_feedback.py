"""The page that a student gets back: right, readable, harmless, and one file without a network."""

import base64
import hashlib
import json
import re
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise

import nbformat
import pytest
from axe import violations
from bs4 import BeautifulSoup
from conftest import ROOT
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from nbgrader.api import Gradebook
from page_attacks import ATTACKS
from PIL import Image
from traitlets.config import Config

from autograder.feedback import TEMPLATES, FeedbackPage
from autograder.feedback.harmless import highlight, markdown, plain, shorten
from autograder.feedback.mathematics import to_mathml
from autograder.plugins.nbgrader import api, checked
from autograder.referee.verdict import VERDICT_MIME, Status, Verdict

SECRET = "assert mae([7], [3]) == SECRET_EXPECTED_VALUE"
MISTAKE = Verdict(
    "mae",
    0.0,
    2,
    Status.WRONG,
    "The error has a wrong value.",
    "halved",
    "Your values are half the right ones: `1/2` belongs to the squared error.",
    "Y_hat = [[-3.]]\nmae(Y_hat, Y)\n  returned 2\n  expected 4",
)
RIGHT = Verdict("mae", 2, 2, Status.RIGHT, "Every check on fresh random data passed.")


def png(width: int = 1, height: int = 1) -> str:
    """Return a picture; a large one of a single color is small as a file."""
    content = BytesIO()
    Image.new("1", (width, height)).save(content, "PNG")
    return base64.b64encode(content.getvalue()).decode()


PNG = png()


# ---- small notebooks, as GetGrades leaves them ----


def cell(new, source: str, grade_id: str = "", score: float | None = None, **more) -> NotebookNode:
    """Return a cell with nbgrader's metadata."""
    outputs = {"outputs": more.pop("outputs")} if "outputs" in more else {}
    count = {"execution_count": more.pop("count")} if "count" in more else {}
    made = new(source, **outputs, **count)
    if grade_id:
        meta = {"grade_id": grade_id, "grade": score is not None, "solution": False, "task": False}
        scored = {} if score is None else {"score": score, "points": more.pop("points", 1)}
        made.metadata["nbgrader"] = {"locked": True, "schema_version": 3, **meta, **scored, **more}
    return made


def code(source: str, grade_id: str = "", score: float | None = None, **more) -> NotebookNode:
    return cell(new_code_cell, source, grade_id, score, **more)


def text(source: str, grade_id: str = "", score: float | None = None, **more) -> NotebookNode:
    return cell(new_markdown_cell, source, grade_id, score, **more)


def result(verdict: Verdict) -> NotebookNode:
    return new_output("execute_result", verdict._repr_mimebundle_())


def error(name: str, message: str, *frames: str) -> NotebookNode:
    return new_output("error", ename=name, evalue=message, traceback=list(frames))


def shown(**data: str) -> NotebookNode:
    return new_output("display_data", {kind.replace("_", "/", 1): d for kind, d in data.items()})


FAILED = error(
    "AssertionError",
    "worked example: expected\n[1.5], got\n[0.75]",
    "\x1b[31m-----\x1b[39m",
    "\x1b[36mCell\x1b[39m\x1b[32m In[5]\x1b[39m\x1b[32m, line 3\x1b[39m\n----> 3 assert",
    "\x1b[36mFile \x1b[39m/usr/lib/python3/numpy/core.py:647\x1b[39m, in inv(a)\n--> 647 boom()",
    "\x1b[31mAssertionError\x1b[39m: worked example: expected\n[1.5], got\n[0.75]",
)


def mae(
    verdict: Verdict = MISTAKE, visible: float = 0, hidden: float | None = None, outputs=()
) -> list[NotebookNode]:
    """Return the four cells of an exercise."""
    return [
        text("### Exercise 2.1 ★★ `mae` (3 points)\n\nAverage $|x|$ over m.", "mae-task"),
        code("def mae(Y_hat, Y):\n    return 0.75", "mae", count=4, solution=True, locked=False),
        code(
            "# Visible tests\nerror = mae(1, 2)\nassert error == 1.5, (\n    f'expected 1.5'\n)",
            "mae-visible",
            visible,
            count=5,
            outputs=[FAILED] if visible == 0 else [],
        ),
        code(
            f"# Hidden tests for Exercise 2.1.\n# - values\n### BEGIN HIDDEN TESTS\n{SECRET}\n"
            "### END HIDDEN TESTS",
            "mae-hidden",
            verdict.points if hidden is None else hidden,
            points=2,
            outputs=[*outputs, result(verdict)],
        ),
    ]


def render(*cells: NotebookNode, student: str = "ada", metadata=None, **graded) -> str:
    """Return the page of a notebook, by nbconvert with our template and preprocessor."""
    config = Config()
    config.Exporter.default_preprocessors = []
    config.HTMLExporter.template_name = "feedback"
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
    exporter = HTMLExporter(config=config)
    exporter.register_preprocessor(FeedbackPage, enabled=True)
    scores = [c.metadata.nbgrader for c in cells if c.metadata.get("nbgrader", {}).get("grade")]
    totals = {
        "score": sum(s.score for s in scores),
        "max_score": sum(s.points for s in scores),
        "late_penalty": 0,
    }
    resources = {"notebook": "hw", "assignment": "hw", "student": student, **totals, **graded}
    page, _ = exporter.from_notebook_node(
        new_notebook(
            cells=[NotebookNode(one, id=f"cell-{i}") for i, one in enumerate(cells)],
            metadata=metadata or {},
        ),
        {"nbgrader": resources, "metadata": {"path": ""}},
    )
    return page


def soup(*cells: NotebookNode, **graded) -> BeautifulSoup:
    return BeautifulSoup(render(*cells, **graded), "html.parser")


def words(tag) -> str:
    return " ".join(tag.get_text(" ").split())


# ---- what stands at the top ----


def test_top_says_title_total_and_what_to_look_at_first():
    page = soup(text("# Homework 2: `fit`\n\nAbout it."), *mae(), student="maryam")
    assert words(page.h1) == "Homework 2: fit"
    assert page.title.get_text() == "Homework 2: fit: feedback for maryam"
    assert words(page.select_one(".total")) == "0 of 3 points"
    first = page.select_one(".first")
    assert "Exercise 2.1 mae is not right yet" in words(first)
    assert "Your values are half the right ones" in words(first)
    assert page.select_one(first.a["href"]).h3 is not None


def test_bar_is_as_long_as_the_points_and_never_longer():
    assert soup(*mae(), score=18, max_score=30).select_one(".got")["width"] == "60.0%"
    assert soup(*mae(), score=31, max_score=30).select_one(".got")["width"] == "100%"
    assert soup(*mae(), score=0, max_score=0).select_one(".got") is None


def test_table_adds_visible_and_hidden_points_and_says_the_status_in_words():
    half = Verdict("mae", 1.5, 2, Status.PARTIAL, "Right, but it changes `Y`.")
    row = soup(*mae(half, visible=1)).select_one(".overview tbody tr")
    assert words(row).replace("◐ ", "") == "2.1 mae 2.5 of 3 partly right Right, but it changes Y"


def test_named_mistake_comes_first_before_an_earlier_one_without_name():
    nameless = [code("f()", "early-visible", 0, outputs=[error("TypeError", "no")])]
    page = soup(*nameless, *mae())
    assert "mae" in words(page.select_one(".first"))
    untouched = [code("g()", "open-visible", 0, outputs=[error("NotImplementedError", "")])]
    page = soup(*untouched, *nameless, *mae(RIGHT, visible=1))
    assert "early" in words(page.select_one(".first"))


def test_visible_failure_is_told_where_the_hidden_tests_found_nothing():
    row = soup(*mae(RIGHT)).select_one(".overview tbody tr")
    assert "2 of 3" in words(row)
    assert "partly right AssertionError" in words(row)


def test_all_right_is_said_warmly_and_nothing_else_is_to_be_done():
    page = soup(*mae(RIGHT, visible=1))
    assert "Everything is right" in words(page.select_one(".first"))
    assert "What we found" not in words(page.select_one(".overview"))


def test_untouched_notebook_is_not_called_wrong():
    untouched = Verdict("mae", 0, 2, Status.NOT_ATTEMPTED, "`mae` raises NotImplementedError.")
    cells = mae(untouched)
    cells[1].metadata.nbgrader["comment"] = "No response."
    cells[2].outputs = [error("NotImplementedError", "Exercise 2.1", "Cell In[4], line 2")]
    page = soup(*cells)
    assert "Start here" in words(page.select_one(".first"))
    assert "not attempted" in words(page.select_one(".overview"))
    assert "not right" not in words(page)
    assert "No response." not in words(page)
    assert page.select_one(".hit") is None


def test_an_exercise_that_calls_one_that_failed_says_so_and_is_not_the_first_to_look_at():
    def exercise(number: str, name: str, source: str, verdict: Verdict) -> list[NotebookNode]:
        task, answer, visible, hidden = mae(verdict)
        task.source = f"### Exercise {number} ★ `{name}` (3 points)\n\nWrite it."
        answer.source = f"def {name}(x):\n    {source}"
        for kind, one in ("task", task), ("", answer), ("visible", visible), ("hidden", hidden):
            one.metadata.nbgrader.grade_id = f"{name}-{kind}".rstrip("-")
        return [task, answer, visible, hidden]

    def verdict(name: str, status: Status = Status.WRONG, mistake: str = "") -> Verdict:
        points = 2 if status == Status.RIGHT else 0
        return Verdict(
            name, points, 2, status, "Wrong values.", mistake, "Minus." if mistake else ""
        )

    def notebook(sigmoid: Verdict) -> BeautifulSoup:
        return soup(
            *exercise("1.1", "sigmoid", "return x", sigmoid),
            code("def helper(x):\n    return sigmoid(x)", count=3),
            *exercise("2.1", "proba", "return helper(x)", verdict("proba")),
            *exercise("2.2", "label", "return proba(x) > 0", verdict("label", mistake="minus")),
            *exercise("2.3", "loss", "sigmoid = abs; return sigmoid(x)", verdict("loss")),
        )

    sentence = "Your code calls sigmoid , whose tests failed too: mend that first."
    page = notebook(verdict("sigmoid"))
    told = [sentence in words(section) for section in page.select(".exercise")]
    assert told == [False, True, True, False], "a chain of calls is followed to its end"
    assert "Exercise 1.1 sigmoid" in words(page.select_one(".first"))
    rows = [words(row) for row in page.select(".overview tbody tr")]
    assert sentence[:25] in rows[1]
    assert "Minus" in rows[2], "a mistake that has a name is more"
    page = notebook(verdict("sigmoid", Status.NOT_ATTEMPTED))
    assert "calls sigmoid , which is not written yet: write that" in words(page)
    assert "first" not in words(soup(*mae()).select_one(".exercise"))
    page = notebook(verdict("sigmoid", Status.RIGHT))
    assert "calls sigmoid" in words(page), "the visible test failed"


def test_late_penalty_and_comments_are_shown():
    cells = mae()
    cells[1].metadata.nbgrader["comment"] = "Nice *names*. <script>alert(1)</script>"
    page = soup(*cells, score=16.5, max_score=30, late_penalty=2)
    assert words(page.select_one(".total")) == "16.5 of 30 points"
    assert "18.5 − 2 = 16.5" in words(page.select_one(".late"))
    assert page.select_one(".comment em").get_text() == "names"
    assert soup(*mae()).select_one(".late") is None


# ---- an exercise ----


def test_task_and_test_code_are_folded_and_the_answer_is_not():
    section = soup(*mae()).select_one(".exercise")
    assert [words(s) for s in section.select("summary")] == [
        "The task",
        "The code of the test",
        "What they look at",
    ]
    assert "def mae" in words(
        next(p for p in section.select("pre") if not p.find_parent("details"))
    )
    assert section.select_one(".stars")["aria-label"] == "difficulty 2 of 3"


def test_failure_shows_the_condition_and_the_whole_message_and_no_library():
    test = soup(*mae()).select_one(".test")
    assert "not passed" in words(test)
    assert test.select_one("pre.code").get_text().strip() == "assert error == 1.5"
    assert test.select_one(".message").get_text() == f"AssertionError: {FAILED.evalue}"
    assert "Line 3 of the test" in words(test)
    assert "numpy/core.py" not in words(test)
    assert "\x1b" not in test.get_text()


def test_error_inside_of_an_answer_marks_its_line():
    cells = mae()
    frames = ["Cell In[5], line 2\n----> 2 x", "Cell In[4], line 2, in mae(Y_hat, Y)\n----> 2 x"]
    cells[2].outputs = [error("ZeroDivisionError", "division by zero", *frames)]
    page = soup(*cells)
    assert "Line 2 of mae" in words(page.select_one(".test"))
    assert page.select_one("pre.numbered .hit").get_text().strip() == "return 0.75"


def test_run_outside_of_ipython_shows_the_same_lines():
    cells = mae()
    frames = [
        "Test cell, line 2:\n    error = mae(1, 2)\n",
        'Your code:\n  File "<ipython-input-3-0a1b2c>", line 2, in mae\n    return 0.75\n    ~^~\n',
        "IndexError: index 2 is out of bounds",
    ]
    cells[2].outputs = [error("IndexError", "index 2 is out of bounds", *frames)]
    page = soup(*cells)
    test = page.select_one(".test")
    assert "Line 2 of the test" in words(test)
    assert "Line 2 of mae" in words(test)
    assert test.get_text().count("out of bounds") == 1
    assert page.select_one("pre.numbered .hit").get_text().strip() == "return 0.75"


def test_syntax_error_without_lines_of_the_notebook_keeps_its_traceback():
    broken = code("def f(:", outputs=[error("SyntaxError", "invalid syntax", "  def f(:\n  ^")])
    assert "def f(:" in soup(broken).select_one(".stopped .output").get_text()


def test_warning_that_costs_the_points_is_shown():
    stderr = new_output("stream", name="stderr", text="RuntimeWarning: overflow")
    test = soup(code("f()", "f-visible", 0, outputs=[stderr])).select_one(".test")
    assert "RuntimeWarning: overflow" in words(test.select_one(".test > pre.warning"))


def test_points_given_by_hand_are_told_apart_from_the_verdict():
    page = soup(*mae(MISTAKE, visible=1, hidden=2))
    assert "Everything is right" in words(page.select_one(".first"))
    assert "The tests gave 0 of 2 points; recorded are 2." in words(page)


def test_cells_that_a_student_put_between_belong_to_the_exercise():
    cells = mae()
    section = soup(*cells[:2], code("my_own = 1"), *cells[2:], code("after = 1")).select(
        ".exercise"
    )
    assert len(section) == 1
    assert "my_own" in words(section[0])
    assert "after" not in words(section[0])


def test_torn_exercise_has_one_row_and_all_of_its_points():
    other = [code("g()", "g-visible", 1)]
    page = soup(*mae()[:3], *other, *mae(RIGHT)[3:])
    rows = [words(row) for row in page.select(".overview tbody tr")]
    assert len(rows) == 2
    assert "2 of 3" in rows[0]


# ---- what is hidden ----


@pytest.mark.parametrize("verdict", [MISTAKE, RIGHT], ids=["failing", "passing"])
def test_hidden_lines_never_appear(verdict):
    page = render(*mae(verdict, visible=1))
    assert "BEGIN HIDDEN" not in page
    assert "SECRET_EXPECTED_VALUE" not in page
    assert "Hidden tests for Exercise 2.1.\n- values" in page


def test_hidden_lines_appear_neither_in_a_traceback_nor_where_a_student_prints_his_history():
    stock = mae(outputs=[new_output("stream", text="printed in a hidden call: [7 1 3]")])
    failed = error("AssertionError", "wrong for 7", f"Cell In[9], line 4\n----> 4 {SECRET}")
    stock[3].outputs = [*stock[3].outputs[:1], failed]
    stock[3].execution_count = 9
    spy = code("print(In)", outputs=[new_output("stream", text=f"['', {SECRET!r}]")])
    page = render(*stock, spy)
    assert "SECRET_EXPECTED_VALUE" not in page
    assert "printed in a hidden call" not in page
    assert "wrong for 7" in page


def test_hidden_part_of_any_test_cell_is_cut():
    source = f"assert f(1) == 1\n### begin hidden tests\n{SECRET}\n### END HIDDEN TESTS"
    outputs = [
        new_output("stream", text="printed in a hidden call"),
        error("AssertionError", "wrong for 7", "--> 4 f(7) == 9"),
    ]
    page = render(code(source, "squares", 0, outputs=outputs))
    assert "assert" in page
    assert "wrong for 7" in page
    for hidden in ("SECRET_EXPECTED_VALUE", "printed in a hidden call", "f(7) == 9"):
        assert hidden not in page


HIDDEN_SOURCE = (
    "# Hidden tests for Exercise 2.1.\n### BEGIN HIDDEN TESTS\n"
    "from autograder.referee.hidden import grade\n"
    'grade("hw02", "mae", globals())\n### END HIDDEN TESTS'
)
JUDGE = "/opt/course/autograder/referee/judge.py"
PYTHON_TRACE = (
    f'Traceback (most recent call last):\n  File "{JUDGE}", line 44, in judge\n'
    "    expected = exercise.observe(exercise.reference, case)\n"
    f'  File "/opt/course/autograder/reference/linear_regression.py", line 7, in mae\n'
    "    return np.abs(Y_hat - Y).sum(axis=1).mean()\nValueError: mine"
)
IPYTHON_TRACE = (
    f"\x1b[36mFile \x1b[39m{JUDGE}:44, in judge(exercise, function, seed)\n"
    "     43 # the reference\n---> 44 expected = exercise.observe(exercise.reference, case)\n"
    "     45 again = 1"
)
CELL_TRACE = 'Cell In[9], line 4\n      3 import\n----> 4 grade("hw02", "mae", globals())'
OUTCOMES = {
    "right": [result(RIGHT)],
    "wrong": [result(MISTAKE)],
    "no verdict": [],
    "raises": [error("ValueError", f"mine\n{PYTHON_TRACE}", CELL_TRACE, IPYTHON_TRACE)],
    "cell has an error": [
        error("SyntaxError", f"bad ({JUDGE}, line 3)", f'  File "{JUDGE}", line 3\n    grade(')
    ],
    "interrupted": [error("KeyboardInterrupt", "", CELL_TRACE, IPYTHON_TRACE)],
    "died": [error("DeadKernelError", "Kernel died")],
    "prints": [
        new_output("stream", name="stderr", text=PYTHON_TRACE),
        new_output("stream", text="hidden inputs: exercise.reference"),
        result(RIGHT),
    ],
}
SPIES = {
    "nothing": [],
    "its history": [new_output("stream", text=f"['', {HIDDEN_SOURCE!r}]")],
    "a kept traceback": [new_output("stream", name="stderr", text=PYTHON_TRACE)],
    "a shown traceback": [shown(text_plain=PYTHON_TRACE, text_html=f"<pre>{PYTHON_TRACE}</pre>")],
    "an error": [error("ValueError", PYTHON_TRACE, IPYTHON_TRACE, IPYTHON_TRACE)],
    "an error in the grader": [error("ValueError", "x", CELL_TRACE, IPYTHON_TRACE)],
}


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("spy", SPIES)
def test_no_line_of_grader_or_reference_is_told_whatever_happens(outcome, spy):
    cells = mae(RIGHT if outcome in ("right", "prints") else MISTAKE)
    cells[3].source, cells[3].outputs = HIDDEN_SOURCE, OUTCOMES[outcome]
    cells[3].execution_count = 9
    page = render(*cells, code("look()", count=10, outputs=SPIES[spy]))
    for line in ("grade(", "globals()", "autograder/", "judge.py", "exercise.reference", "axis=1"):
        assert line not in page
    if outcome == "no verdict":
        assert "These tests ended without a result." in page
    if outcome == "raises":
        assert "mine" in page


# ---- repairs ----


def repaired(*sentences: object) -> dict:
    return {"nnnumpy": {"repairs": [{"kind": "x", "cell": "", "sentence": s} for s in sentences]}}


def test_repairs_are_told_before_the_exercises_and_are_text():
    page = soup(*mae(), metadata=repaired("The cell `mae` was <b>missing</b>.", "Twice", "Twice"))
    section = page.select_one(".repairs")
    assert section.h2.get_text() == "What we repaired in your notebook"
    assert [words(item) for item in section.select("li")] == [
        "The cell mae was <b>missing</b>.",
        "Twice",
    ]
    assert section.find_next_sibling("section").h2.get_text() == "Exercises"
    many = soup(*mae(), metadata=repaired(*map(str, range(100))))
    assert words(many.select("li")[-1]) == "And 70 more."


@pytest.mark.parametrize(
    "metadata", [{}, {"nnnumpy": 3}, {"nnnumpy": {"repairs": "x"}}, {"nnnumpy": {"repairs": [1]}}]
)
def test_nothing_is_said_of_repairs_if_there_are_none(metadata):
    assert soup(*mae(), metadata=metadata).select_one(".repairs") is None


# ---- verdicts ----


def test_verdict_is_shown_with_its_example():
    test = soup(*mae()).select(".test")[1]
    assert "Your values are half the right ones: 1/2 belongs to the squared error." in words(test)
    assert test.select_one("pre.output").get_text() == MISTAKE.example


@pytest.mark.parametrize("grade_id", ["", "mae-visible", "mae"])
def test_verdict_in_another_cell_is_no_card(grade_id):
    forged = result(RIGHT)
    score = 0 if grade_id == "mae-visible" else None
    page = soup(code("forge()", grade_id, score, outputs=[forged], solution=grade_id == "mae"))
    assert "Every check" not in words(page)


def test_verdict_counts_only_as_the_result_of_its_cell_and_for_its_exercise():
    displayed = new_output("display_data", RIGHT._repr_mimebundle_())
    assert "Every check" not in render(*mae(MISTAKE, outputs=[displayed]))
    other = Verdict("other", 2, 2, Status.RIGHT, "Every check passed.")
    assert "Every check" not in render(*mae(other))


@pytest.mark.parametrize(
    "change",
    [
        {"points": "2"},
        {"points": float("nan")},
        {"points": 3},
        {"max_points": True},
        {"status": "splendid"},
        {"reason": ["x"]},
        {"exercise": None},
    ],
)
def test_verdict_of_wrong_types_is_no_card(change):
    cells = mae()
    cells[3].outputs[0].data[VERDICT_MIME] |= change
    assert "half the right ones" not in render(*cells)


def test_html_of_a_verdict_is_not_trusted_and_its_words_are_escaped():
    cells = mae(Verdict("mae", 0, 2, Status.WRONG, "<img src=x onerror=alert(1)> `<b>`"))
    cells[3].outputs[0].data["text/html"] = "<b id=owned>Full marks</b>"
    page = soup(*cells)
    assert page.select_one("#owned") is None
    assert page.img is None
    assert "<img src=x onerror=alert(1)>" in page.get_text()


# ---- harmless ----


def everywhere(attack: str) -> list[NotebookNode]:
    """Return a notebook with an attack in every place that a student can reach."""
    outputs = [
        shown(text_html=attack),
        shown(**{"image_svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg'>{attack}</svg>"}),
        shown(application_javascript="alert(1)", text_plain=attack),
        shown(image_png=f'AAAA" onerror="alert(1)" x="{attack}', text_plain=attack),
        new_output("stream", text=attack),
        error(attack, attack, attack, f"Cell In[1], line 1, in {attack}"),
    ]
    return [
        text(f"# {attack}\n\n{attack}"),
        text(f"| a |\n|---|\n| {attack} |\n\n- {attack}\n\n{attack}", attachments={}),
        code(f"'''{attack}'''", count=1, outputs=outputs),
        new_raw_cell(attack, metadata={"raw_mimetype": "text/html"}),
        *mae(),
    ]


def assert_harmless(page: BeautifulSoup) -> None:
    """Nothing runs, nothing is loaded, and no tag but ours and Markdown's is there."""
    forbidden = (
        "script, iframe, object, embed, form, button, link, base, textarea, noscript, template"
    )
    assert page.select(forbidden) == []
    assert len(page.select("style")) == len(page.select("main")) == 1
    assert page.select("[style]") == []
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on")], tag
        for name in {"src", "srcset", "data", "action", "xlink:href", "poster"} & set(tag.attrs):
            assert tag.name == "img" and name == "src", tag
            assert re.fullmatch(r"data:image/[a-z+]+;base64,[\w+/=]+", tag[name]), tag
        if "href" in tag.attrs:
            assert tag.name == "a" and re.match(r"#|https?:|mailto:", tag["href"]), tag
    styles = page.style.get_text()
    assert "url(" not in styles and "@import" not in styles
    metas = [m.get("http-equiv", "") for m in page.select("meta") if m.get("http-equiv")]
    assert metas == ["Content-Security-Policy"]


@pytest.fixture(scope="module")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def visit(browser, tmp_path_factory):
    """Return a function that opens a page, and says what it ran and asked for."""
    seen: list[str] = []
    file = tmp_path_factory.mktemp("browser") / "page.html"
    # Without its policy, too, the page does nothing.
    context = browser.new_context(bypass_csp=True, offline=True)
    tab = context.new_page()
    tab.on("request", lambda request: seen.append(request.url))
    tab.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    tab.on("console", lambda message: seen.append(message.text))
    tab.on("pageerror", lambda failure: seen.append(str(failure)))
    tab.on("popup", lambda popup: seen.append(popup.url))

    def open_page(page: str) -> list[str]:
        seen.clear()
        file.write_text(page, encoding="utf-8")
        tab.goto(file.as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        tab.evaluate("document.querySelectorAll('*').forEach(e => e.focus && e.focus())")
        tab.mouse.click(200, 200)
        assert tab.url == file.as_uri()
        return [url for url in seen if not url.startswith("data:") and url != file.as_uri()]

    yield open_page
    context.close()


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_nothing_that_a_student_writes_acts(attack):
    assert_harmless(soup(*everywhere(attack), student=attack[:60]))


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_nothing_that_a_student_writes_acts_in_a_browser(attack, visit):
    assert visit(render(*everywhere(attack), student=attack[:60])) == []


def test_the_browser_would_notice(visit):
    page = render(text("# Title"))
    for bad in ("<script>alert(1)</script>", "<img src='https://evil.example/'>"):
        assert visit(page.replace("</main>", f"{bad}</main>")) != []


def test_policy_allows_our_style_and_nothing_else():
    page = soup(*mae())
    policy = page.select_one("meta[http-equiv]")["content"]
    digest = base64.b64encode(hashlib.sha256(page.style.string.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "script" not in policy and "unsafe" not in policy


def test_pictures_stay_and_html_gives_way_to_text():
    outputs = [
        shown(image_png=PNG + "\n", text_plain="<Figure>"),
        shown(**{"image_svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'/>"}),
        shown(text_html="<table><tr><td>1</td></tr></table>", text_plain="   a\n0  1"),
        shown(text_html="<b>only html</b>"),
    ]
    page = soup(code("draw()", outputs=outputs))
    assert [img["src"].split(",")[0] for img in page.select("img")] == [
        "data:image/png;base64",
        "data:image/svg+xml;base64",
    ]
    assert all(img["alt"] for img in page.select("img"))
    assert page.select_one("pre.output").get_text() == "   a\n0  1"
    assert "An output is not shown on this page (text/html)." in words(page)


def test_long_output_is_cut_with_a_note():
    outputs = [new_output("stream", text="x" * 30_000), new_output("stream", text="y" * 30_000)]
    page = soup(code("loop()", outputs=outputs))
    assert "10000 more characters" in words(page)
    assert len(str(page)) < 35_000
    page = soup(code("loop()", outputs=[shown(text_plain="z")] * 100))
    assert len(page.select("pre.output")) == 50
    assert "50 more outputs are left out." in words(page)


def test_control_characters_and_colors_are_taken_out():
    assert plain("\x1b[31mred\x1b[0m\x00 \u202eback\r\n 10%\r100%") == "red back\n100%"


# ---- floods and bombs ----

LIMIT = 20_000_000  # characters: no page is larger


def bomb(inner: str) -> str:
    return f"<svg xmlns='http://www.w3.org/2000/svg'>{inner}</svg>"


COPIES = "".join(f"<g id='g{i + 1}'>" + f"<use href='#g{i}'/>" * 10 + "</g>" for i in range(9))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("image/png", png(20_000, 20_000)),
        ("image/png", base64.b64encode(b"RIFF\x00\x00\x00\x00WEBPVP8 ").decode()),
        ("image/jpeg", PNG),
        ("image/png", "A" * 3_000_000),
        ("image/png", "AAA"),
        ("image/png", "\ud800"),
        ("image/svg+xml", bomb(f"<g id='g0'/>{COPIES}<use href='#g9'/>")),
        ("image/svg+xml", bomb("<g id='a'><use href='#a'/></g>")),
        ("image/svg+xml", bomb("<g id='a'>" + "<g/>" * 1000 + "</g>" + "<use href='#a'/>" * 1000)),
        ("image/svg+xml", bomb("<filter><feTurbulence numOctaves='999999'/></filter>")),
        ("image/svg+xml", bomb("<animate/>")),
        ("image/svg+xml", bomb("<image href='data:image/png;base64,AAAA'/>")),
        ("image/svg+xml", "<!DOCTYPE svg [<!ENTITY a 'a'>]>" + bomb("&a;")),
        ("image/svg+xml", "<html/>"),
        ("image/svg+xml", "not xml"),
        ("image/svg+xml", "<g>" * 10_000),
    ],
)
def test_pictures_that_stop_a_browser_are_not_shown(kind, data):
    outputs = [new_output("display_data", {kind: data, "text/plain": "<Figure>"})]
    page = soup(code("draw()", outputs=outputs))
    assert page.img is None
    assert page.select_one("pre.output").get_text() == "<Figure>"


def test_figures_of_matplotlib_are_shown_in_all_formats():
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.imshow([[1, 2], [3, 4]], interpolation="none", alpha=0)
    axes.images[0].remove()
    axes.plot([1, 2], [3, 4], marker="o", label="line")
    axes.set_title("Wörter $x^2$")
    axes.legend()
    outputs = []
    for kind in ("png", "jpeg", "svg"):
        content = BytesIO()
        figure.savefig(content, format=kind)
        data = content.getvalue()
        shown_as = data.decode() if kind == "svg" else base64.b64encode(data).decode()
        name = {"svg": "image/svg+xml"}.get(kind, f"image/{kind}")
        outputs.append(new_output("display_data", {name: shown_as}))
    plt.close(figure)
    assert len(soup(code("plot()", outputs=outputs)).select("img")) == 3


FLOODS = {
    "a line of 30 MB": lambda: [code("f()", outputs=[new_output("stream", text="x" * 30_000_000)])],
    "a million lines": lambda: [code("f()", outputs=[new_output("stream", text="x\n" * 10**6)])],
    "5000 pictures": lambda: [code("f()", outputs=[shown(image_png=png(500, 500))] * 5000)],
    "large pictures in many cells": lambda: [
        code("f()", outputs=[shown(**{"image_svg+xml": bomb("<g/>" * 50_000)})] * 20)
        for _ in range(100)
    ],
    "100000 cells": lambda: [code("x = 1")] * 100_000,
    "cells of code": lambda: [code("1+" * 25_000)] * 300,
    "cells of formulas": lambda: [text("$x^2$ " * 3_300)] * 500,
    "raw cells": lambda: [new_raw_cell("'" * 30_000)] * 900,
    "an attachment many times": lambda: [
        text(
            "![x](attachment:a) " * 1000,
            attachments={"a": {"image/svg+xml": bomb("<g/>" * 300_000)}},
        )
    ],
    "errors": lambda: [
        code(
            "f()\n" * 9000,
            count=1,
            outputs=[error("E" * 10**6, "'" * 10**6, *["Cell In[1], line 7"] * 1000)],
        )
    ]
    * 500,
    "a long title": lambda: [text("# x" + " " * 1_000_000 + "x #" + "#" * 100_000 + "x")],
    "deep HTML": lambda: [text("<div>" * 4_000), text("<b>" * 6_000), text("> " * 9_000)],
    "tags that stay open": lambda: [text("<p>".join(f"<b a{i}>" for i in range(1_700)))] * 20,
    "odd code": lambda: [code('"' * 50_000), code("(" * 50_000), code("\\" * 50_000)],
    "a slow language": lambda: [text("```console\n" + "1_" * 9_000)] * 20,
    "a crowd of kinds": lambda: [
        code("f()", outputs=[new_output("display_data", {f"x/{i}": "" for i in range(50_000)})])
    ],
}  # fmt: skip


CUT = {  # what the page says of it
    "a line of 30 MB": "(cut here: 29980000 more characters)",
    "a million lines": "(cut here: 1980000 more characters)",
    "5000 pictures": "4950 more outputs are left out.",
    "100000 cells": "99000 more cells without points are left out.",
    "cells of code": "(50000 characters are left out: there is no more room on this page)",
    "large pictures in many cells": "outputs are left out: there is no more room",
}


@pytest.mark.parametrize("flood", FLOODS)
def test_no_flood_makes_a_large_page_and_the_verdict_is_in_it(flood):
    cells = FLOODS[flood]()
    page = render(*cells, *mae())
    assert len(page.encode()) < LIMIT
    assert "Your values are half the right ones" in page
    assert "expected 4" in page
    assert CUT.get(flood, "") in page
    assert CUT.keys() <= FLOODS.keys()


# ---- Markdown, code, mathematics ----


def test_markdown_keeps_tables_folds_code_and_formulas():
    made = BeautifulSoup(
        markdown(
            "<details><summary>Hint</summary>\n\n`@` is $a<b$\n\n```python\nx = 1 < 2\n```\n\n"
            "</details>\n\n| a | b |\n|---|--:|\n| **1** | [l](https://example.org) |"
        ),
        "html.parser",
    )
    assert made.details.summary.get_text() == "Hint"
    assert made.details.math.get_text() == "a<b"
    assert made.details.pre.get_text() == "x = 1 < 2\n"
    assert made.select_one("td strong").get_text() == "1"
    assert made.select_one("td[align=right] a")["href"] == "https://example.org"


def test_code_of_scripts_and_styles_is_not_left_as_text():
    assert "alert" not in markdown("a <script>alert(1)</script> b <STYLE>alert{}</STYLE > c")


def test_formula_in_a_description_stays_text():
    made = BeautifulSoup(markdown(f'![area $x"y$](data:image/png;base64,{PNG})'), "html.parser")
    assert made.img["alt"] == 'area x"y'
    assert made.math is None


def test_pictures_of_a_notebook_are_put_into_the_page(tmp_path):
    (tmp_path / "a.png").write_bytes(base64.b64decode(PNG))
    (tmp_path.parent / "secret.png").write_bytes(base64.b64decode(PNG))
    inside = markdown("![A plot](a.png)", folder=str(tmp_path))
    assert 'alt="A plot"' in inside and "data:image/png;base64,iVBORw" in inside
    assert "<img" not in markdown("![x](../secret.png)", folder=str(tmp_path))
    attached = markdown("![b](attachment:b.png)", {"b.png": {"image/png": PNG}})
    assert f"data:image/png;base64,{PNG}" in attached
    assert "[picture: gone]" in markdown("![gone](attachment:c.png)")


def test_formulas_of_the_homework_are_mathml(released_notebook):
    cells = [c for c in released_notebook.cells if c.cell_type == "markdown"]
    made = "".join(markdown(c.source) for c in cells)
    dollars = sum(len(re.findall(r"\$\$.*?\$\$|\$.+?\$", c.source, re.S)) for c in cells)
    assert dollars > 30
    assert made.count("<math") == dollars
    assert 'class="tex"' not in made
    assert "\\" not in BeautifulSoup(made, "html.parser").get_text()


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        (r"\lvert x\rvert", "|x|"),
        (r"\left\lVert x\right\rVert", "‖x‖"),
        (r"\arg\min_j e_j", "argminjej"),
        (r"\operatorname{softmax}(z)", "softmax(z)"),
        (r"\mathbf 1\boldsymbol{P}", "𝟏𝑷"),
        (r"\begin{aligned}a&=b\\c&=d\end{aligned}", "a=bc=d"),
    ],
)
def test_formula_says_what_its_tex_says(tex, said):
    made = to_mathml(tex)
    assert made.startswith("<math>")
    assert BeautifulSoup(made, "html.parser").get_text() == said


def test_signs_and_names_are_spaced():
    assert '<mo>=</mo><mo form="prefix">−</mo>' in to_mathml("W=-5")
    assert "<mi>loss</mi>" in to_mathml(r"\mathrm{loss}(x)")
    assert '<mi>log</mi><mspace width="0.167em"></mspace>' in to_mathml(r"\log a")


@pytest.mark.parametrize("tex", [r"\frca{1}{2}", r"\left(", "{" * 3000, "x" * 6000, r"a & <b>"])
def test_formula_that_is_not_understood_stays_as_tex(tex):
    made = BeautifulSoup(to_mathml(tex), "html.parser")
    assert [tag.name for tag in made.find_all(True)] == ["code"]
    assert made.get_text() == tex


def test_code_is_colored_by_lines_and_nothing_is_lost():
    source = 'def f(x):\n    """two\n    lines"""\n    return x < 1  # & so on'
    made = BeautifulSoup(f"<pre>{highlight(source, marked={4})}</pre>", "html.parser")
    assert made.get_text() == source + "\n"
    assert len(made.select(".l")) == 4
    assert made.select_one(".hit .k").get_text() == "return"


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("You return `db, dW`: the other order is asked for.", "You return `db, dW`"),
        ("Take `X[:, 0]: y` out. Then go on.", "Take `X[:, 0]: y` out"),
        ("word " * 40 + "`a b`", "word " * 17 + "word …"),
        ("At `x=1:2` or 12:30 it fails: wait.", "At `x=1:2` or 12:30 it fails"),
        ("", ""),
    ],
)
def test_findings_are_shortened_at_a_clause(long, short):
    assert shorten(long) == short


# ---- any notebook ----


def test_notebook_of_another_style_loses_nothing():
    page = soup(
        text("Write a function."),
        code("def squares(n): return 1", "squares", solution=True, locked=False, comment="Hm."),
        code("assert squares(2) == 4", "test_squares", 0, points=2, outputs=[error("Bare", "")]),
        text("Because.", "essay", 0, points=5, solution=True, comment="Say *more*."),
        new_raw_cell("raw words"),
        code("plot()", outputs=[new_output("stream", text="hello")]),
        score=0,
    )
    assert page.h1.get_text() == "hw"
    rows = [words(row) for row in page.select(".overview tbody tr")]
    assert rows == ["test_squares 0 of 2 ✗ not right yet Bare", "essay 0 of 5 ○ graded by hand"]
    for said in ("squares(n)", "squares(2) == 4", "Because.", "Hm.", "more", "raw words", "hello"):
        assert said in page.get_text()


def test_notebook_without_points_and_an_empty_one_have_a_page():
    assert soup(text("Just words.")).select_one(".overview") is None
    assert soup().h1.get_text() == "hw"


def test_headings_leave_no_level_out_and_title_stands_once():
    page = soup(
        text("# Title\n\n### Notes"), text("###### Deep\n\n# Again"), *mae(), text("##### End")
    )
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile(r"^h\d$"))]
    assert levels.count(1) == 1
    assert [words(tag) for tag in page.select("main :is(h1, h2, h3)")].count("Title") == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.html["lang"] == "en"
    inside = soup(*mae()[:1], text("## Mine"), *mae()[1:]).select_one(".exercise")
    assert words(inside.h4) == "Mine"


# ---- by nbgrader, and in a browser ----


def test_nbgrader_writes_the_page_from_its_gradebook(tmp_path):
    folder = tmp_path / "autograded" / "zoë" / "hw"
    folder.mkdir(parents=True)
    cells = [text("# Homework"), *mae()]
    for one in cells:
        for key in ("score", "comment"):
            one.metadata.get("nbgrader", {}).pop(key, None)
    nbformat.write(new_notebook(cells=cells), folder / "hw.ipynb")
    nbgrader = api(ROOT, tmp_path)
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        due = datetime(2030, 1, 1, tzinfo=UTC).replace(tzinfo=None)
        gradebook.add_assignment("hw", duedate=due)
        gradebook.add_notebook("hw", "hw")
        for name, points in (("mae-visible", 1), ("mae-hidden", 2)):
            gradebook.add_grade_cell(name, "hw", "hw", max_score=points, cell_type="code")
        gradebook.add_solution_cell("mae", "hw", "hw")
        gradebook.add_student("zoë")
        gradebook.add_submission("hw", "zoë")
        gradebook.find_grade("mae-visible", "hw", "hw", "zoë").auto_score = 1
        gradebook.find_grade("mae-hidden", "hw", "hw", "zoë").manual_score = 1.5
        gradebook.find_comment("mae", "hw", "hw", "zoë").manual_comment = "Well *named*."
        gradebook.find_submission_notebook("hw", "hw", "zoë").late_submission_penalty = 0.5
        gradebook.db.commit()
    checked(nbgrader.generate_feedback("hw", "zoë"))
    html = (tmp_path / "feedback" / "zoë" / "hw" / "hw.html").read_text("utf-8")
    page = BeautifulSoup(html, "html.parser")
    assert words(page.select_one(".total")) == "2 of 3 points"
    assert "2.5 − 0.5 = 2" in words(page.select_one(".late"))
    assert words(page.select_one(".overview .points")) == "2.5 of 3"
    assert page.select_one(".comment em").get_text() == "named"
    assert len(html) < 30_000


def test_page_of_the_homework_is_small(released_notebook):
    cells = json.loads(json.dumps(released_notebook.cells))
    cells = [nbformat.from_dict(one) for one in cells]
    for one in cells:
        if one.metadata.get("nbgrader", {}).get("grade"):
            one.metadata.nbgrader["score"] = 0
    assert len(render(*cells)) < 100_000


def test_page_is_accessible(tmp_path, browser, node_modules):
    """Axe-core finds no barrier, in light and in dark, where lines are too long to be seen."""
    wide = "y = " + "x" * 400
    file = tmp_path / "page.html"
    shown = [new_output("stream", text=wide), new_output("error", ename="E", evalue="no")]
    cells = [text("# Homework"), text("| a | b |\n|---|---|\n| 1 | 2 |"), code(wide, outputs=shown)]
    file.write_text(render(*cells), encoding="utf-8")
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert violations(page, node_modules) == []
        context.close()


def test_browser_runs_and_loads_nothing_and_nothing_is_wider_than_a_phone(tmp_path, browser):
    cells = [one for attack in ATTACKS for one in everywhere(attack)]
    cells += [code("x" * 300, outputs=[new_output("stream", text="y" * 300)])]
    cells += [text("$$" + "x + " * 60 + "y$$\n\n| a | b |\n|---|---|\n| " + "`z`" * 80 + " | b |")]
    file = tmp_path / "page.html"
    file.write_text(render(*cells), encoding="utf-8")
    requests, alarms = [], []
    for bypass in (True, False):  # without its policy, too, the page asks for nothing
        context = browser.new_context(
            viewport={"width": 390, "height": 800}, bypass_csp=bypass, offline=True
        )
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: alarms.append(message.text))
        page.goto(file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
    assert alarms == []
    outside = [url for url in requests if not url.startswith("data:") and url != file.as_uri()]
    assert outside == []
