"""Gates on the notebooks: built from text, released without solutions, graded as declared."""

import ast
import copy
import inspect
import json
import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import HW02, ROOT
from notebook_runs import run_cells

from autograder.exercises import HOMEWORKS
from autograder.notebooks import text
from autograder.notebooks.notes import folded, unfolded
from autograder.referee.reading import definitions, pieces

TEXTS = [pytest.param(path, id=path.stem) for path in text.texts(ROOT)]
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n(.*?)\n### END HIDDEN TESTS", re.DOTALL)
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)\n\s*### END SOLUTION", re.DOTALL)


@pytest.fixture(params=list(HOMEWORKS))
def homework(request) -> str:
    return request.param


@pytest.fixture
def source(homework) -> nbformat.NotebookNode:
    return nbformat.read(ROOT / "source" / homework / f"{homework}.ipynb", as_version=4)


@pytest.fixture
def released(homework) -> nbformat.NotebookNode:
    return nbformat.read(ROOT / "release" / homework / f"{homework}.ipynb", as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


# Text and notebooks


@pytest.mark.parametrize("path", TEXTS)
def test_text_and_notebook_agree(path: Path):
    notebook = text.notebook_path(path, ROOT).read_text(encoding="utf-8")
    written = path.read_text(encoding="utf-8")
    assert text.to_notebook(written) == notebook, "run: make notebooks"
    assert text.to_text(notebook) == written, "run: make text"


def test_every_notebook_has_a_text():
    notebooks = {*(ROOT / "course").glob("*.ipynb"), *(ROOT / "source").glob("*/*.ipynb")}
    assert {text.notebook_path(path, ROOT) for path in text.texts(ROOT)} == notebooks


def test_an_edit_in_jupyter_comes_back_with_its_cell_ids(tmp_path):
    folder = tmp_path / "text" / "course"
    folder.mkdir(parents=True)
    written = folder / "01_short.py"
    written.write_text("# %% [markdown]\n# # Title\n\n# %%\na = 1\n")
    (notebook_path,) = text.build(tmp_path)
    notebook = nbformat.read(notebook_path, as_version=4)
    notebook.cells[1].source = "a = 2"
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="noise")]
    notebook.cells.append(nbformat.v4.new_code_cell("a + 1", id="from-jupyter"))
    notebook.cells.append(nbformat.v4.new_code_cell("a + 1", id="twice"))
    ids = [cell.id for cell in notebook.cells]
    nbformat.write(notebook, notebook_path)

    assert text.take_back(tmp_path) == [written]
    assert "a = 2" in written.read_text()
    assert text.build(tmp_path) == [notebook_path]
    rebuilt = nbformat.read(notebook_path, as_version=4)
    assert [cell.id for cell in rebuilt.cells] == ids
    assert rebuilt.cells[1].outputs == []
    assert (text.build(tmp_path), text.take_back(tmp_path)) == ([], [])


def test_an_edited_note_comes_back_without_its_fold(tmp_path):
    written = tmp_path / "text" / "course" / "01_short.py"
    written.parent.mkdir(parents=True)
    note = '# %% [markdown] slideshow={"slide_type": "notes"}\n# Ask.\n'
    written.write_text(note)
    (notebook_path,) = text.build(tmp_path)
    notebook = nbformat.read(notebook_path, as_version=4)
    notebook.cells[0].source = notebook.cells[0].source.replace("Ask.", "Wait.")
    notebook.cells.append(
        nbformat.v4.new_markdown_cell("New.", metadata=notebook.cells[0].metadata)
    )
    nbformat.write(notebook, notebook_path)

    assert text.take_back(tmp_path) == [written]
    assert "<details>" not in written.read_text()
    assert text.build(tmp_path) == [notebook_path]
    rebuilt = nbformat.read(notebook_path, as_version=4)
    assert [cell.source.split("\n\n") for cell in rebuilt.cells] == [
        ["<details>\n<summary>For the presenter</summary>", word, "</details>"]
        for word in ("Wait.", "New.")
    ]


@pytest.mark.parametrize(
    ("note", "summary"),
    [
        ("*For the presenter, 3–15 min.*\nAsk.", "For the presenter, 3–15 min."),
        ("*For the presenter.*\nAsk.\n\n*Why?*", "For the presenter."),
        ("*For the presenter*\nAsk.", "For the presenter"),
        ("*For the presenter:* ask.", "For the presenter"),
        ("Ask.", "For the presenter"),
        ("", "For the presenter"),
    ],
)
def test_the_summary_of_a_note_is_its_lead(note, summary):
    cell = nbformat.v4.new_markdown_cell(note, metadata={"slideshow": {"slide_type": "notes"}})
    cell.source = folded(cell)
    assert BeautifulSoup(cell.source, "html.parser").summary.get_text() == summary
    assert unfolded(cell) == note


def _small_course(folder: Path) -> tuple[Path, Path]:
    written = folder / "text" / "course" / "01_short.py"
    written.parent.mkdir(parents=True)
    written.write_text("# %%\na = 1\n")
    os.utime(written, (1, 1))
    (notebook,) = text.build(folder)
    return written, notebook


def test_edits_in_jupyter_are_not_overwritten(tmp_path):
    written, path = _small_course(tmp_path)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", text="noise")]
    nbformat.write(notebook, path)
    assert text.build(tmp_path) == [path]  # only outputs: nothing to lose
    notebook.cells[0].source = "a = 2"
    nbformat.write(notebook, path)
    with pytest.raises(text.WouldLoseEdits, match=r"01_short\.ipynb was edited after its text"):
        text.build(tmp_path)
    assert "a = 2" in path.read_text()
    path.write_text("{ broken")
    with pytest.raises(text.WouldLoseEdits, match=r"01_short\.ipynb was edited after"):
        text.build(tmp_path)
    with pytest.raises(text.WouldLoseEdits, match=r"01_short\.ipynb is not a notebook"):
        text.take_back(tmp_path)
    assert written.read_text() == "# %%\na = 1\n"


def test_edits_of_a_text_are_not_overwritten(tmp_path):
    written, path = _small_course(tmp_path)
    written.write_text("# %%\na = 3\n")
    os.utime(path, (1, 1))
    with pytest.raises(text.WouldLoseEdits, match=r"01_short\.py was edited after its notebook"):
        text.take_back(tmp_path)
    assert written.read_text() == "# %%\na = 3\n"
    assert text.build(tmp_path) == [path]


def test_equal_cells_get_different_ids():
    notebook = json.loads(text.to_notebook("# %%\na\n\n# %%\na\n"))
    first, second = (cell["id"] for cell in notebook["cells"])
    assert first != second


# Release


def test_release_is_what_nbgrader_builds(released_class, homework):
    def files(root):
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted((root / "release").rglob("*"))
            if path.is_file() and ".ipynb_checkpoints" not in path.parts
        }

    assert files(ROOT) == files(released_class), "run: make release"


def test_release_holds_only_the_homework():
    found = {
        path.relative_to(ROOT / "release").as_posix() for path in (ROOT / "release").rglob("*")
    }
    checkpoints = {name for name in found if ".ipynb_checkpoints" in name}
    assert found - checkpoints == {*HOMEWORKS, *(f"{name}/{name}.ipynb" for name in HOMEWORKS)}


def test_source_folder_holds_only_notebooks():
    for path in (ROOT / "source").rglob("*"):
        assert path.is_dir() or path.suffix == ".ipynb", f"{path} would be copied into release"


def test_nothing_of_a_solution_is_released(source, released):
    everything = json.dumps(released, ensure_ascii=False)
    for word in ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS", "autograder", "jupytext"):
        assert word not in everything
    code = "\n".join(cell.source for cell in code_cells(released))
    for cell in code_cells(source):
        for block in SOLUTION.findall(cell.source):
            for line in block.splitlines():
                core = line.strip().removeprefix("return ")
                if core and not core.isidentifier() and not core.startswith("def "):
                    assert core not in code, f"solution line in a released cell: {core}"
    for cell in code_cells(released):
        assert cell.outputs == []
        assert cell.execution_count is None
    for cell in released.cells:
        assert not {"jupytext", "lines_to_next_cell", "id"} & set(cell.metadata)
    assert set(released.metadata) == {"kernelspec", "language_info"}


def test_released_cells_parse_and_raise_only_not_implemented(released):
    for cell in code_cells(released):
        ast.parse(cell.source)
    given = run_cells(released)
    errors = {name: error for name, error in given.items() if isinstance(error, BaseException)}
    assert errors, "the released homework has nothing left to do"
    for name, error in errors.items():
        assert isinstance(error, NotImplementedError), f"{name}: {error!r}"
        assert name.endswith("-visible"), f"{name} should not fail before it is called"


def test_stub_names_the_exercise(homework, released):
    cells = {cell.id: cell.source for cell in code_cells(released)}
    for exercise in HOMEWORKS[homework].values():
        stub = f'raise NotImplementedError("Exercise {exercise.number}")'
        assert cells[exercise.name].endswith(stub)


# Grading cells


def test_nothing_that_is_graded_is_written_in_the_release(homework, released):
    found = definitions(cell.source for cell in code_cells(released))
    for exercise in HOMEWORKS[homework].values():
        for name in exercise.references:
            written = pieces(found[name])
            assert written, f"{name} is graded and has no stub"
            assert not any(written.values()), f"untouched, {name} would not be called so"


def test_each_exercise_has_its_four_cells_in_order(homework, source):
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in source.cells]
    for exercise in HOMEWORKS[homework].values():
        start = ids.index(f"{exercise.name}-task")
        kinds = ["-task", "", "-visible", "-hidden"]
        assert ids[start : start + 4] == [exercise.name + kind for kind in kinds]
        task, solution, visible, hidden = source.cells[start : start + 4]
        assert task.cell_type == "markdown"
        flags = [
            (cell.metadata.nbgrader.grade, cell.metadata.nbgrader.solution)
            for cell in (task, solution, visible, hidden)
        ]
        assert flags == [(False, False), (False, True), (True, False), (True, False)]
        locked = [cell.metadata.nbgrader.locked for cell in (task, solution, visible, hidden)]
        assert locked == [True, False, True, True]


def test_grade_ids_are_unique_and_points_add_up(homework, source):
    cells = [c.metadata.nbgrader for c in source.cells if "nbgrader" in c.metadata]
    ids = [cell.grade_id for cell in cells]
    assert len(ids) == len(set(ids))
    points = {cell.grade_id: cell.points for cell in cells if cell.grade}
    for exercise in HOMEWORKS[homework].values():
        assert points[f"{exercise.name}-hidden"] == exercise.points
    total = sum(points.values())
    assert f"| **Points** | {total:g}:" in source.cells[0].source
    for cell in source.cells:
        said = re.search(r"^### Exercise \S+ ★+ `(\w+)` \((\d+) points\)", cell.source)
        if said:
            name, promised = said.groups()
            assert int(promised) == points[f"{name}-visible"] + points[f"{name}-hidden"]


def test_hidden_cell_is_one_line_under_an_honest_comment(homework, source):
    for cell in source.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if not grade_id.endswith("-hidden"):
            continue
        name = grade_id.removesuffix("-hidden")
        (line,) = HIDDEN.findall(cell.source)
        assert line == f'from autograder import grade; grade("{homework}", "{name}", globals())'
        comment = cell.source.partition("### BEGIN")[0]
        exercise = HOMEWORKS[homework][name]
        assert f"Exercise {exercise.number} ({exercise.points:g} point" in comment
        for part in exercise.parts:
            assert f"({part.points:g} point" in comment


def test_solutions_are_short_and_have_a_docstring(homework, source):
    for cell in source.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            exercise = HOMEWORKS[homework][cell.metadata.nbgrader.grade_id]
            defined = {node.name: node for node in ast.parse(cell.source).body}
            assert list(defined) == list(exercise.references)
            for name, node in defined.items():
                assert ast.get_docstring(node)
                check_signature(node, exercise.references[name])
            blocks = SOLUTION.findall(cell.source)
            assert len(blocks) >= len(defined)
            assert all(len(block.splitlines()) <= 20 for block in blocks)
            assert cell.metadata.exercise == exercise.number


def check_signature(node: ast.stmt, reference: object) -> None:
    """Compare the arguments of a function, or of the constructor of a class if there is one."""
    skipped = 0
    if isinstance(reference, type):
        assert isinstance(node, ast.ClassDef)
        made = [part for part in node.body if getattr(part, "name", "") == "__init__"]
        assert bool(made) == (reference.__init__ is not object.__init__)
        if not made:
            return
        (node,), skipped = made, 1
    assert isinstance(node, ast.FunctionDef)
    names = tuple(argument.arg for argument in node.args.args)[skipped:]
    assert names == tuple(inspect.signature(reference).parameters)


def test_a_solution_cell_without_a_number_is_refused(tmp_path, source_notebook):
    from autograder.notebooks.release import release
    from autograder.plugins.nbgrader import NbgraderError

    unnumbered = copy.deepcopy(source_notebook)
    for cell in unnumbered.cells:
        cell.metadata.pop("exercise", None)
    folder = tmp_path / "source" / HW02
    folder.mkdir(parents=True)
    nbformat.write(unnumbered, folder / f"{HW02}.ipynb")
    with pytest.raises(NbgraderError, match="'linear_predict' has no metadata exercise"):
        release(ROOT, tmp_path, HW02)
    assert not (tmp_path / "release" / HW02).exists()
    shutil.rmtree(tmp_path)
