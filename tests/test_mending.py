"""Submissions are mended before they are graded: nothing given is lost, and no honest work."""

import copy
import json
import random
import shutil
from collections.abc import Callable

import nbformat
import pytest
from conftest import HW02, ROOT
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat import MetadataValidator
from traitlets.config import Config

from autograder.classroom import grading
from autograder.classroom.made_class import every_mistake, fill_in
from autograder.exercises import HOMEWORKS
from autograder.plugins.mend import read_source
from autograder.plugins.nbgrader import api, checked
from autograder.referee.mending import Repair, mend, read_repairs
from autograder.referee.source import SourceCell, SourceNotebook, bare
from autograder.referee.submission import UnreadableError, read_submission

Damage = Callable[[NotebookNode, random.Random], None]


@pytest.fixture(scope="session")
def sources(released_class) -> dict[str, SourceNotebook]:
    """The homework as a grader knows it."""
    with Gradebook(f"sqlite:///{released_class / 'gradebook.db'}") as gradebook:
        return {hw: read_source(gradebook.find_notebook(hw, hw), Config()) for hw in HOMEWORKS}


@pytest.fixture(scope="session")
def source(sources) -> SourceNotebook:
    return sources[HW02]


@pytest.fixture
def right(released_notebook) -> NotebookNode:
    """A right submission, as JupyterLab saves it, with cells of the student's own."""
    code = {e.name: e.variants[0].source(e.name) for e in HOMEWORKS[HW02].values()}
    return saved_by_jupyterlab(fill_in(released_notebook, code))


def saved_by_jupyterlab(notebook: NotebookNode) -> NotebookNode:
    notebook.metadata.kernelspec = {"name": "conda-env-nn-py", "display_name": "nn"}
    notebook.metadata.widgets = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    notebook.metadata.language_info = {"name": "python", "version": "3.12.1"}
    for number, cell in enumerate(notebook.cells):
        cell.metadata |= {"collapsed": False, "jupyter": {"source_hidden": True}, "vscode": {}}
        cell.metadata["ExecuteTime"] = {"start_time": "2030-01-01T00:00:00"}
        cell.source += "\n" * (number % 2)
        if cell.cell_type == "code":
            cell.metadata["scrolled"] = True
            cell.metadata["execution"] = {"iopub.status.busy": "2030-01-01T00:00:00"}
            cell.outputs = [new_output("stream", text="hello")]
            cell.execution_count = number + 1
    for place in (3, 6, 12, len(notebook.cells)):
        notebook.cells.insert(place, new_code_cell(f"scratch_{place} = 1"))
        notebook.cells.insert(place, new_markdown_cell("My notes"))
    return notebook


def handed_in(notebook: dict) -> NotebookNode:
    return read_submission(json.dumps(notebook))


def graded(notebook: NotebookNode) -> list[tuple]:
    """Return what nbgrader grades: the cells with marks, in their order."""
    return [
        (c.cell_type, c.source.rstrip("\n"), c.metadata)
        for c in notebook.cells
        if "nbgrader" in c.metadata
    ]


def by_id(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    return next(
        c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def index_of(notebook: NotebookNode, grade_id: str) -> int:
    return notebook.cells.index(by_id(notebook, grade_id))


def kinds(repairs: list[Repair]) -> set[tuple[str, str]]:
    return {(repair.kind, repair.cell) for repair in repairs}


# ---- honest submissions ----


@pytest.mark.parametrize("homework", HOMEWORKS)
def test_honest_submissions_are_not_repaired(sources, homework):
    released = nbformat.read(ROOT / "release" / homework / f"{homework}.ipynb", as_version=4)
    own = nbformat.read(ROOT / "source" / homework / f"{homework}.ipynb", as_version=4)
    submissions = [copy.deepcopy(released), own]
    for student in every_mistake(homework):
        code = {name: version.source(name) for name, version in student.versions.items()}
        submissions.append(saved_by_jupyterlab(fill_in(released, code)))
    for submission in submissions:
        before = copy.deepcopy(submission)
        mended, repairs = mend(handed_in(submission), sources[homework])
        assert repairs == []
        assert [
            c.source for c in mended.cells if not c.metadata.get("nbgrader", {}).get("locked")
        ] == [
            c.source for c in submission.cells if not c.metadata.get("nbgrader", {}).get("locked")
        ]
        assert submission == before
        nbformat.validate(mended)
        MetadataValidator().validate_nb(mended)


@pytest.mark.parametrize("minor", [0, 1, 2, 3, 4])
def test_older_formats_are_no_damage(source, right, minor):
    right.nbformat_minor = minor
    for cell in right.cells:
        del cell["id"]
        cell["source"] = cell["source"].splitlines(keepends=True)
    mended, repairs = mend(handed_in(right), source)
    assert repairs == []
    assert len({cell.id for cell in mended.cells}) == len(mended.cells)
    nbformat.validate(mended)


def test_format_3_is_read(source, right):
    sheet = []
    for cell in right.cells:
        old = {"cell_type": cell.cell_type, "metadata": cell.metadata}
        old["input" if cell.cell_type == "code" else "source"] = cell.source
        sheet.append(old | ({"outputs": [], "language": "python"} if "input" in old else {}))
    sheet.insert(1, {"cell_type": "heading", "level": 2, "source": "Mine", "metadata": {}})
    mended, repairs = mend(
        handed_in({"nbformat": 3, "metadata": {"name": ""}, "worksheets": [{"cells": sheet}]}),
        source,
    )
    assert repairs == []
    assert mended.cells[1].source == "## Mine"


def test_schema_of_an_older_nbgrader_is_no_damage(source, right):
    for cell in right.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.schema_version = 2
            del cell.metadata.nbgrader["task"]
    mended, repairs = mend(handed_in(right), source)
    assert repairs == []
    MetadataValidator().validate_nb(mended)


# ---- damages, one by one ----


RELEASED = nbformat.read(ROOT / "release" / HW02 / f"{HW02}.ipynb", as_version=4)
# Cells that are the student's: nbgrader does not know those of the release that have no marks.
OWN = {bare(cell.source) for cell in RELEASED.cells if "nbgrader" not in cell.metadata}
OWN |= {"My notes", "print('mine')", "x = 1"} | {f"scratch_{place} = 1" for place in range(99)}


def a_cell(nb, rng, given=None) -> NotebookNode:
    """Return a cell of the homework; which one is given and which a solution, its text says."""
    found = [c for c in nb.cells if c.source and bare(c.source) not in OWN]
    if given is not None:
        found = [c for c in found if c.source.startswith("def ") != given]
    return rng.choice(found)


def marks_of(cell) -> dict:
    marks = cell.metadata.get("nbgrader")
    return marks if isinstance(marks, dict) else {}


def edit(nb, rng):
    cell = a_cell(nb, rng, given=True)
    cell.source = rng.choice(["", "pass", cell.source + "\nprint(1)", "assert True"])


def retype(nb, rng):
    cell = a_cell(nb, rng)
    cell.cell_type = rng.choice(["code", "markdown", "raw"])


def tag(nb, rng):
    a_cell(nb, rng).metadata["tags"] = rng.choice(
        [["skip-execution"], ["raises-exception", "x"], "skip-execution", [1], None]
    )


def remark(nb, rng):
    marks = marks_of(a_cell(nb, rng))
    key, value = rng.choice(
        [
            ("points", -5),
            ("points", "many"),
            ("points", None),
            ("grade", False),
            ("grade", "yes"),
            ("solution", True),
            ("locked", False),
            ("task", True),
            ("schema_version", 99),
            ("schema_version", "3"),
            ("checksum", 7),
            ("extra", {"a": []}),
        ]
    )
    marks[key] = value


def rename(nb, rng):
    marks = marks_of(a_cell(nb, rng))
    marks["grade_id"] = rng.choice(["renamed", "", "ü ß", 12, None, ["x"], {"a": 1}])


def unmark(nb, rng):
    value = rng.choice(["text", ["list"], 3, None, {}, True])
    a_cell(nb, rng).metadata["nbgrader"] = value


def lose_metadata(nb, rng):
    cell = a_cell(nb, rng)
    cell["metadata"] = rng.choice([{}, None, "x", []])


def delete(nb, rng):
    if len(nb.cells) > 10:
        nb.cells.remove(a_cell(nb, rng, given=True))


def double(nb, rng):
    twin = copy.deepcopy(a_cell(nb, rng, given=True))
    nb.cells.insert(rng.randrange(len(nb.cells) + 1), twin)


def double_solution(nb, rng):
    cell = a_cell(nb, rng, given=False)
    nb.cells.insert(rng.randrange(nb.cells.index(cell) + 1), copy.deepcopy(cell))


def move(nb, rng):
    cell = a_cell(nb, rng, given=True)
    nb.cells.remove(cell)
    nb.cells.insert(rng.randrange(len(nb.cells) + 1), cell)


def steal(nb, rng):
    marks = copy.deepcopy(a_cell(nb, rng).metadata.get("nbgrader"))
    own = new_code_cell("print('mine')", metadata={"nbgrader": marks})
    nb.cells.insert(rng.randrange(len(nb.cells) + 1), own)


def swap(nb, rng):
    one, two = a_cell(nb, rng), a_cell(nb, rng)
    one.metadata, two.metadata = two.metadata, one.metadata


def foreign(nb, rng):
    marks = {"grade": True, "grade_id": "of another", "points": 50, "schema_version": 3}
    own = new_code_cell("x = 1", metadata={"nbgrader": marks})
    nb.cells.insert(rng.randrange(len(nb.cells) + 1), own)


def break_ids(nb, rng):
    for cell in nb.cells:
        cell["id"] = rng.choice(["same", None, 7, "", "ü", "x" * 99])


def break_notebook(nb, rng):
    nb["metadata"] = rng.choice(
        [{}, None, [], {"kernelspec": "x"}, {"nnnumpy": {"repairs": [{"sentence": "forged"}]}}]
    )
    nb["nbformat_minor"] = rng.choice([0, 4, 5, 99, "5", None])


DAMAGES = [
    edit, retype, tag, remark, rename, unmark, lose_metadata, delete, double, double_solution,
    move, steal, swap, foreign, break_ids, break_notebook,
]  # fmt: skip


def damaged(right: NotebookNode, damages: list[Damage], rng: random.Random) -> NotebookNode:
    nb = copy.deepcopy(right)
    for damage in damages:
        for cell in nb.cells:  # an earlier damage may have left something else
            if not isinstance(cell.metadata, dict):
                cell["metadata"] = NotebookNode()
        damage(nb, rng)
    return nb


def assert_same_grading(mended: NotebookNode, wanted: NotebookNode) -> None:
    """The same cells; given ones in the same order; each graded cell behind its solution."""

    def names(notebook: NotebookNode, solutions: bool) -> list[str]:
        marks = [cell.metadata.nbgrader for cell in notebook.cells if "nbgrader" in cell.metadata]
        return [mark.grade_id for mark in marks if mark.solution in (False, solutions)]

    assert sorted(map(str, graded(mended))) == sorted(map(str, graded(wanted)))
    assert names(mended, solutions=False) == names(wanted, solutions=False)
    order = names(mended, solutions=True)
    for name in order:
        if name.endswith(("-visible", "-hidden")):
            assert order.index(name.rpartition("-")[0]) < order.index(name)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_every_damage_is_undone(source, right, damage):
    wanted, _ = mend(handed_in(right), source)
    for seed in range(40):
        nb = damaged(right, [damage], random.Random(seed))
        mended, _ = mend(handed_in(nb), source)
        assert graded(mended) == graded(wanted), seed
        nbformat.validate(mended)


@pytest.mark.parametrize("group", range(6))
def test_compositions_of_damages_are_undone(source, right, group):
    wanted, _ = mend(handed_in(right), source)
    for seed in range(group * 50, group * 50 + 50):
        rng = random.Random(seed)
        chosen = rng.choices(DAMAGES, k=rng.randint(2, 7))
        mended, repairs = mend(handed_in(damaged(right, chosen, rng)), source)
        assert_same_grading(mended, wanted)
        assert mended.metadata.kernelspec == source.kernelspec
        assert read_repairs(mended) == [repair.sentence for repair in repairs]
        nbformat.validate(mended)
        MetadataValidator().validate_nb(mended)
        assert mend(mended, source)[1] == []  # what is mended needs no mending


# ---- what the student is told, and what is fair ----


def test_changed_test_cell_is_graded_as_released_and_the_student_is_told(source, right):
    by_id(right, "mae-visible").source = "pass"
    by_id(right, "mae-hidden").source += "\nprint('mine')"
    by_id(right, "mae-task").source = ""
    mended, repairs = mend(handed_in(right), source)
    assert [repair.sentence for repair in repairs] == [
        "The text of exercise 2.1 had been changed; it was put back as released.",
        "The test cell of exercise 2.1 had been changed; it was graded as released.",
        "The cell of the hidden tests of exercise 2.1 had been changed; it was graded as released.",
    ]
    assert "grade(" in by_id(mended, "mae-hidden").source


def test_tags_and_types_are_turned_back(source, right):
    by_id(right, "mae-visible").metadata.tags = ["skip-execution", "mine"]
    by_id(right, "mae").metadata.tags = ["skip-execution"]
    by_id(right, "half_mse").cell_type = "raw"
    by_id(right, "half_mse-hidden").cell_type = "markdown"
    mended, repairs = mend(handed_in(right), source)
    assert kinds(repairs) == {
        ("tags", "mae-visible"),
        ("tags", "mae"),
        ("retyped", "half_mse"),
        ("retyped", "half_mse-hidden"),
    }
    assert "The solution cell of exercise 2.2 was no longer code; it was turned back." in [
        repair.sentence for repair in repairs
    ]
    assert all("tags" not in by_id(mended, name).metadata for name in ("mae", "mae-visible"))
    assert by_id(mended, "half_mse").cell_type == "code"


def test_outputs_and_attachments_of_given_cells_do_not_come_along(source, right):
    by_id(right, "mae-task").attachments = {"a.png": {"image/png": "AAAA"}}
    mended, repairs = mend(handed_in(right), source)
    assert repairs == []
    assert by_id(mended, "mae-visible").outputs == []
    assert by_id(mended, "mae-visible").execution_count is None
    assert "attachments" not in by_id(mended, "mae-task")
    kept, _ = mend(handed_in(right), source, keep_outputs=True)
    assert by_id(kept, "mae-visible").outputs == by_id(right, "mae-visible").outputs


def test_test_above_its_solution_goes_below_and_own_cells_keep_their_order(source, right):
    cells = right.cells
    for name in ("mae-hidden", "mae-visible"):
        cells.insert(2, cells.pop(index_of(right, name)))
    mended, repairs = mend(handed_in(right), source)
    assert kinds(repairs) == {("moved", "mae-visible"), ("moved", "mae-hidden")}
    where = index_of(mended, "mae")
    assert [index_of(mended, f"mae-{kind}") for kind in ("visible", "hidden")] == [
        where + 1,
        where + 2,
    ]
    own = [c.source for c in right.cells if "nbgrader" not in c.metadata]
    assert [c.source for c in mended.cells if "nbgrader" not in c.metadata] == own


def test_tests_follow_a_solution_that_was_moved_down_with_the_helper_that_it_needs(source, right):
    right.cells.append(new_code_cell("def helper(): ..."))
    right.cells.append(right.cells.pop(index_of(right, "mae")))
    mended, repairs = mend(handed_in(right), source)
    assert {repair.kind for repair in repairs} == {"moved"}
    last = [c.source if c.source.startswith("def h") else c.id for c in mended.cells[-4:]]
    assert last == ["def helper(): ...", "mae", "mae-visible", "mae-hidden"]


def test_given_cell_that_was_moved_away_goes_back_where_others_need_it():
    cells = [a_source("data", "X = 1", locked=True), a_source("f", "def f(): ...", solution=True)]
    nb = notebook_of(cells[::-1], ["def f(): return X", "X = 1"])
    mended, _ = mend(nb, SourceNotebook(tuple(cells)))
    assert [cell.source for cell in mended.cells] == ["X = 1", "def f(): return X"]


def a_source(name: str, text: str, kind: str = "code", **marks) -> SourceCell:
    return SourceCell(name, kind, text, text, **marks)


def notebook_of(cells: list[SourceCell], texts: list[str]) -> NotebookNode:
    made = [
        {"cell_type": c.cell_type, "metadata": c.metadata, "source": text}
        for c, text in zip(cells, texts, strict=True)
    ]
    return handed_in({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def test_of_solutions_the_last_with_work_counts_and_the_other_still_runs(source, right):
    first = copy.deepcopy(by_id(right, "mae"))
    first.source = "def mae(Y_hat, Y):\n    return first_try(Y_hat - Y)"
    stub = copy.deepcopy(first)
    stub.source = next(c.released for c in source.cells if c.grade_id == "mae")
    place = index_of(right, "mae")
    right.cells[place:place] = [first]
    right.cells[place + 2 : place + 2] = [stub]
    kept = right.cells[place + 1].source
    mended, repairs = mend(handed_in(right), source)
    assert kinds(repairs) == {("copy", "mae")}
    assert by_id(mended, "mae").source == kept
    others = [c for c in mended.cells if c.source == first.source]
    assert [c.metadata.get("nbgrader") for c in others] == [None]
    assert stub.source not in [c.source for c in mended.cells]


def test_a_missing_solution_is_found_in_another_cell_or_its_stub_is_put_back(source, right):
    moved = right.cells.pop(index_of(right, "mae"))
    right.cells.insert(index_of(right, "mae-visible"), new_code_cell(moved.source))
    merged = right.cells.pop(index_of(right, "half_mse"))
    by_id(right, "linear_predict").source += f"\n\n{merged.source}"
    right.cells.pop(index_of(right, "normal_equation"))
    mended, repairs = mend(handed_in(right), source)
    assert kinds(repairs) == {
        ("renamed", "mae"),
        ("missing", "half_mse"),
        ("missing", "normal_equation"),
    }
    assert by_id(mended, "mae").source == moved.source
    assert by_id(mended, "half_mse").source == ""  # a stub would undo the function
    assert "NotImplementedError" in by_id(mended, "normal_equation").source
    assert index_of(mended, "half_mse") < index_of(mended, "half_mse-visible")


def test_solution_in_the_cell_of_a_test_is_not_overwritten(source, right):
    work = right.cells.pop(index_of(right, "mae")).source
    by_id(right, "mae-visible").source = work
    mended, _ = mend(handed_in(right), source)
    assert by_id(mended, "mae").source == work
    assert "assert" in by_id(mended, "mae-visible").source


def test_answers_without_names_are_known_by_their_place():
    cells = [
        a_source("task", "Why?", "markdown", locked=True),
        a_source("essay", "Your answer", "markdown", grade=True, solution=True, points=5.0),
        a_source("end", "Thanks", "markdown", locked=True),
    ]
    nb = notebook_of(cells, ["Why?", "Because.", "Thanks"])
    nb.cells[1].metadata.nbgrader.grade_id = "mine"
    nb.cells[1].attachments = {"a.png": {"image/png": "AAAA"}}
    mended, repairs = mend(nb, SourceNotebook(tuple(cells)))
    assert kinds(repairs) == {("renamed", "essay")}
    essay = by_id(mended, "essay")
    assert (essay.source, essay.metadata.nbgrader.points) == ("Because.", 5)
    assert essay.attachments == {"a.png": {"image/png": "AAAA"}}


def test_nothing_is_put_back_if_nbgrader_is_told_so_and_a_note_is_written_if_there_is_one(
    source, right
):
    del right.cells[index_of(right, "mae-visible")]
    mended, repairs = mend(handed_in(right), source, add_missing=False)
    assert repairs == []
    assert "mae-visible" not in [c.id for c in mended.cells]
    mended, _ = mend(handed_in(right), source, missing_note="{cell_id} was gone\n\n")
    assert by_id(mended, "mae-visible").source.startswith("# mae-visible was gone\n\n# Visible")


def test_repairs_can_not_be_forged(source, right):
    right.metadata["nnnumpy"] = {"repairs": [{"kind": "x", "cell": "", "sentence": "Full marks"}]}
    right.metadata["celltoolbar"] = "x"
    mended, _ = mend(handed_in(right), source)
    assert read_repairs(mended) == []
    assert set(mended.metadata) == {"kernelspec", "language_info", "nnnumpy"}


@pytest.mark.parametrize(
    ("submitted", "kept"),
    [
        ({"name": "julia", "display_name": "Julia", "env": {"A": "1"}}, True),
        ({"name": "julia"}, False),
        ("julia", False),
        (None, False),
    ],
)
def test_kernel_of_a_submission_counts_only_where_the_homework_names_none(source, submitted, kept):
    cells = (a_source("f", "", solution=True),)
    nb = notebook_of(list(cells), ["x"])
    nb.metadata.kernelspec = submitted
    mended, _ = mend(nb, SourceNotebook(cells, source.kernelspec))
    assert mended.metadata.kernelspec == source.kernelspec
    mended, _ = mend(nb, SourceNotebook(cells))
    assert mended.metadata.get("kernelspec") == (
        {"name": "julia", "display_name": "Julia"} if kept else None
    )


# ---- any file ----


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is an empty file"),
        (b"\xef\xbb\xbf \n", "is an empty file"),
        (b"\xff\xfe\x00\x81PK", "is not a notebook: it is not text in UTF-8"),
        (b"{\n nope", "is not a notebook: line 2 is not JSON"),
        (b"[1, 2]", "is not a notebook: its JSON is something else"),
        (b'{"cells": {}}', "is not a notebook: its JSON is something else"),
        (b'{"cells": [' + b"9" * 5000 + b"]}", "is not a notebook: it holds a number that is too"),
        (b"[" * 100_000, "is not a notebook: its JSON is nested too deeply"),
    ],
)
def test_what_can_not_be_read_has_a_reason(content, reason):
    with pytest.raises(UnreadableError, match=f"^{reason}"):
        read_submission(content)


DEEP = json.loads('{"a":' * 300 + "1" + "}" * 300)
CELLS = [
    {},
    7,
    None,
    [],
    {"cell_type": "code"},
    {"cell_type": "heading", "level": "x", "source": ["a", 1, "b"]},
    {"cell_type": "code", "source": None, "metadata": None, "outputs": "x"},
    {"cell_type": ["code"], "source": {"a": 1}, "metadata": [], "id": []},
    {"cell_type": "code", "source": "x", "outputs": [{"output_type": "stream"}], "metadata": {}},
    {"cell_type": "code", "source": "x", "outputs": [7], "execution_count": "3", "metadata": DEEP},
    {"cell_type": "markdown", "source": "\ud800 \ude00", "attachments": {"a": 1}, "metadata": {}},
    {"cell_type": "raw", "source": "\x00\u202e", "attachments": [], "metadata": {"tags": "x"}},
    {"cell_type": "code", "source": "x", "execution_count": -1, "metadata": {"nbgrader": DEEP}},
    {"cell_type": "code", "source": "x", "metadata": {"nbgrader": {"grade_id": DEEP}}},
    {"cell_type": "code", "source": "x", "execution_count": True, "metadata": {"collapsed": "x"}},
]


@pytest.mark.parametrize("top", [{}, {"metadata": None, "nbformat": "4"}, {"metadata": DEEP}])
def test_any_cells_become_a_valid_notebook_and_all_of_the_homework_is_in_it(source, top):
    nb = handed_in({"cells": CELLS} | top)
    nbformat.validate(nb)
    mended, _ = mend(nb, source)
    copy.deepcopy(mended)
    nbformat.writes(mended).encode()
    assert len(graded(mended)) == len(source.cells)


def test_numbers_that_are_none_and_a_mark_at_the_beginning_are_read():
    nb = read_submission(b'\xef\xbb\xbf{"cells": [], "metadata": {"x": NaN, "y": -Infinity}}')
    assert nb.metadata == {"x": None, "y": None}


def test_emojis_written_as_surrogates_stay():
    nb = read_submission(json.dumps({"cells": [{"cell_type": "raw", "source": "\U0001f600"}]}))
    assert nb.cells[0].source == "\U0001f600"


def test_twenty_thousand_cells_are_mended(source, right):
    stolen = by_id(right, "mae-visible").metadata
    right.cells += [{"cell_type": "code", "source": "x", "metadata": stolen}] * 10_000
    unknown = {"nbgrader": {"grade_id": "x", "locked": True}}
    right.cells += [{"cell_type": "code", "source": "x", "metadata": unknown}] * 10_000
    mended, repairs = mend(handed_in(right), source)
    assert len(repairs) == 2
    assert len(mended.cells) == len(right.cells)


def test_notebook_of_another_homework_is_refused(sources, right):
    with pytest.raises(UnreadableError, match="another homework"):
        mend(handed_in(right), sources["hw01_numpy"])


# ---- by nbgrader ----


def test_nbgrader_gives_a_damaged_submission_the_points_of_an_undamaged_one(class_root, right):
    rng = random.Random(3)
    chosen = {
        "whole": [],
        "edited": [edit, retype, tag, remark] * 3,
        "renamed": [rename, unmark, swap, steal, foreign],
        "moved": [move] * 5,
        "lost": [delete, delete, double, double_solution],
        "broken": [break_ids, break_notebook, lose_metadata],
    }
    folders = class_root / "submitted"
    for student, damages in chosen.items():
        folder = folders / student / HW02
        folder.mkdir(parents=True)
        nb = damaged(right, damages, rng)
        (folder / f"{HW02}.ipynb").write_text(json.dumps(nb), encoding="utf-8")
    shutil.copytree(folders / "whole", folders / "garbled")
    (folders / "garbled" / HW02 / f"{HW02}.ipynb").write_text("{")
    nbgrader = api(ROOT, class_root)
    for student in chosen:
        checked(nbgrader.autograde(HW02, student))
    with nbgrader.gradebook as gradebook:
        scores = {name: gradebook.find_submission(HW02, name).score for name in chosen}
    assert scores == dict.fromkeys(chosen, 30)
    path = class_root / "autograded" / "moved" / HW02 / f"{HW02}.ipynb"
    assert read_repairs(nbformat.read(path, as_version=4))
    results = {result.student: result for result in grading.autograde(ROOT, class_root, HW02)}
    assert {name: results[name].total for name in chosen} == dict.fromkeys(chosen, 30)
    assert results["garbled"].problem == f"{HW02}.ipynb is not a notebook: line 1 is not JSON"


def test_nbgrader_says_what_is_not_the_homework_and_goes_on(class_root, right):
    root = class_root / "submitted"
    other = ROOT / "release" / "hw01_numpy" / "hw01_numpy.ipynb"
    for student in ("other", "text"):
        (root / student / HW02).mkdir(parents=True)
    shutil.copy(other, root / "other" / HW02 / f"{HW02}.ipynb")
    (root / "text" / HW02 / f"{HW02}.ipynb").write_bytes(b"\xff\xfe")
    nbgrader = api(ROOT, class_root)
    assert "another homework" in nbgrader.autograde(HW02, "other")["log"]
    assert "not text in UTF-8" in nbgrader.autograde(HW02, "text")["log"]
