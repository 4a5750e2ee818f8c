"""A graded cell gets a copy of the student's process; hidden tests share that of visible ones."""

import contextlib
import os

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.referee.remote import ProcessEnded
from autograder.referee.run import digest, run_notebook
from autograder.referee.session import Session, submission_files
from autograder.sandbox.limits import Limits

CODE = """
import os
import numpy as np

class Thing: pass

calls, data, thing = 0, np.zeros(3), Thing()
rng = np.random.default_rng(1)

def count():
    global calls
    calls += 1
    return calls

def die():
    os._exit(3)
"""


@pytest.fixture
def session(students):
    session = Session(students, {}, 30, Limits().memory)
    session.run(CODE)
    yield session
    session.close()


def counted(session, **settings):
    with session.copy(**settings) as variables:
        return variables.request("name", "count")()


def test_a_copy_serves_two_tests_if_asked_to(session):
    assert [counted(session, twice=True), counted(session), counted(session)] == [1, 2, 1]


def test_each_test_has_a_connection_of_its_own(session):
    with session.copy(twice=True) as first:
        kept = first.request("name", "count")
        kept()
    with session.copy() as second:
        assert second.channel.received == 0
        with pytest.raises(ProcessEnded):
            kept()
        assert second.request("name", "count")() == 2


def ends(variables):
    with contextlib.suppress(ProcessEnded):
        variables.request("name", "die")()


def deletes(variables):
    variables.request("delete", "Thing", ("Thing",))


def fills(variables):
    variables.request("name", "data")[:] = 7
    variables.request("name", "count")()  # which carries it over


def sets(variables):
    variables.request("name", "thing").word = "test"


@pytest.mark.parametrize("test", [ends, deletes, fills, sets])
def test_what_a_test_changes_stays_its_own(session, test):
    with session.copy(twice=True) as variables:
        test(variables)
    with session.copy() as variables:
        assert variables.request("name", "count")() == 1
        assert variables.request("name", "Thing")
        assert not variables.request("name", "data").any()
        assert variables.request("name", "rng").integers(1000) == 473
        with pytest.raises(AttributeError):
            variables.request("name", "thing").word  # noqa: B018


def test_random_numbers_go_on_as_in_a_notebook(session):
    with session.copy(twice=True) as variables:
        assert variables.request("name", "rng").integers(1000) == 473
        assert variables.request("name", "count")() == 1
    with session.copy() as variables:
        assert variables.request("name", "rng").integers(1000) == 511
        assert variables.request("name", "count")() == 2


def test_what_graded_cells_show_is_what_notebooks_may_hold(students, tmp_path):
    sources = ["print('said \\udc80')", "count()", "1 / 0", "count() + missing"]
    marks = {"grade": True, "solution": False, "locked": True, "schema_version": 3}
    cells = [
        new_code_cell(source, metadata={"nbgrader": {**marks, "grade_id": f"t{number}"}})
        for number, source in enumerate(sources)
    ]
    notebook = new_notebook(cells=[new_code_cell(CODE), *cells])
    session = Session(students, {}, 30, Limits().memory)
    run_notebook(notebook, session, tmp_path, 30)
    session.close()
    kinds = [[output.output_type for output in cell.outputs] for cell in cells]
    assert kinds == [["stream"], ["execute_result"], ["error"], ["error"]]
    nbformat.validate(notebook)
    nbformat.writes(notebook).encode()  # no surrogate is left


def test_only_the_hidden_part_of_the_same_exercise_shares_a_copy(students, tmp_path):
    def test_cell(name):
        marks = {"grade": True, "solution": False, "locked": True, "grade_id": name}
        return new_code_cell("count()", metadata={"nbgrader": marks})

    names = ["f-visible", "f-hidden", "g-visible", "h-hidden", "h-visible", "i", "i-hidden"]
    notebook = new_notebook(cells=[new_code_cell(CODE), *map(test_cell, names)])
    session = Session(students, {}, 30, Limits().memory)
    run_notebook(notebook, session, tmp_path, 30)
    session.close()
    shown = [cell.outputs[0].data["text/plain"] for cell in notebook.cells[1:]]
    assert shown == ["1", "2", "1", "1", "1", "1", "1"]


def test_what_does_not_run_does_not_tell_a_submission_from_another():
    cells = [new_code_cell(f"bits[{number}] = 1") for number in range(3)]
    notebook = new_notebook(cells=cells)
    before = digest(notebook, {})
    cells[1].metadata["tags"] = ["skip-execution"]
    without = new_notebook(cells=[cells[0], cells[2]])
    assert digest(notebook, {}) == digest(without, {}) != before


def test_files_come_in_one_order_however_they_were_made(tmp_path, monkeypatch):
    for name in ("b", "a", "d/f", "c/e"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    walk = os.walk

    def other_way_round(folder):
        for place, folders, names in walk(folder):
            folders.sort(reverse=True)
            yield place, folders, sorted(names, reverse=True)

    monkeypatch.setattr(os, "walk", other_way_round)
    assert list(submission_files(tmp_path, "")) == ["a", "b", "c/e", "d/f"]
