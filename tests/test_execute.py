"""A lecture runs once; a change of its code, or of a module beside it, makes it run again."""

import base64
import io

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from picture_pages import are_alike

from autograder.notebooks.execute import ExecutionError, executed


@pytest.fixture
def lecture(tmp_path):
    """A lecture that leaves a mark each time it runs, and shows what a module beside it says."""
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "helper.py").write_text("WORD = 'one'\n")
    write(
        folder, "import helper, pathlib", "pathlib.Path('ran').open('a').write('x')", "helper.WORD"
    )
    return folder / "01.ipynb"


def write(folder, *cells):
    nbformat.write(new_notebook(cells=[new_code_cell(c) for c in cells]), folder / "01.ipynb")


def shown(node):
    return node.cells[-1].outputs[0].data["text/plain"]


def test_runs_again_only_after_a_change(lecture, tmp_path):
    folder, cache = lecture.parent, tmp_path / "cache"
    ran = folder / "ran"
    assert shown(executed(lecture, cache)) == "'one'"
    assert shown(executed(lecture, cache)) == "'one'"
    assert ran.read_text() == "x"
    # Of another length: Python compiles a module again if its size or its second differs.
    (folder / "helper.py").write_text("WORD = 'another'\n")
    assert shown(executed(lecture, cache)) == "'another'"
    assert ran.read_text() == "xx"
    assert len(list(cache.iterdir())) == 1, "what is out of date is not kept"
    assert not nbformat.read(lecture, 4).cells[-1].outputs, "the notebook itself is not changed"


def test_words_change_without_a_new_run(lecture, tmp_path):
    executed(lecture, tmp_path / "cache")
    node = nbformat.read(lecture, 4)
    node.cells.insert(1, new_markdown_cell("A new sentence."))
    nbformat.write(node, lecture)
    again = executed(lecture, tmp_path / "cache")
    assert again.cells[1].source == "A new sentence."
    assert shown(again) == "'one'"
    assert (lecture.parent / "ran").read_text() == "x"


def test_a_failure_is_told_and_not_kept(lecture, tmp_path):
    write(lecture.parent, "1 / 0")
    for _ in range(2):
        with pytest.raises(ExecutionError, match=r"01.ipynb, cell 1 \('1 / 0'\): ZeroDivision"):
            executed(lecture, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_what_is_printed_in_pieces_is_one_output(lecture, tmp_path):
    write(lecture.parent, "import time; print(1, flush=True); time.sleep(0.5); print(2)")
    [output] = executed(lecture, tmp_path / "kept").cells[0].outputs
    assert output.text == "1\n2\n"


def test_another_picture_is_not_alike():
    def page(seed: int) -> str:
        fig, ax = plt.subplots()
        x = np.random.default_rng(seed).normal(size=(40, 2))
        ax.plot(*x.T)
        ax.imshow(x @ x.T)
        file = io.BytesIO()
        fig.savefig(file, format="svg")
        plt.close(fig)
        data = base64.b64encode(file.getvalue()).decode()
        return f'<img src="data:image/svg+xml;base64,{data}">'

    assert are_alike(page(1), page(1))
    assert not are_alike(page(1), page(2))
