"""Run the graded part of a homework notebook in this process, in milliseconds."""

import ast
import contextlib
import copy
import functools
import io
from collections.abc import Iterator, Sequence
from types import FunctionType, ModuleType
from unittest import mock

import nbformat
import numpy as np

from autograder.exercises import find
from autograder.exercises.model import Exercise
from autograder.referee import hidden
from autograder.referee.judge import judge_in
from autograder.referee.trial import Trial
from autograder.referee.verdict import Verdict


def run_cells(notebook: nbformat.NotebookNode) -> dict[str, object]:
    """Return for each code cell its value, or the exception that it raised.

    Like nbgrader this goes on after an exception. It stops after the last graded cell.
    """
    return Rehearsal(notebook).given


class Rehearsal:
    """The graded part of a notebook, run once, and again from any cell with other code in it.

    Attributes
    ----------
    given : dict of str to object
        For each code cell its value, or the exception that it raised.
    """

    def __init__(self, notebook: nbformat.NotebookNode) -> None:
        cells = list(notebook.cells)
        while not cells[-1].metadata.get("nbgrader", {}).get("grade"):
            cells.pop()
        self._cells = {cell.id: cell.source for cell in cells if cell.cell_type == "code"}
        # Functions look their names up here, so it stays the same dictionary.
        self._names: dict[str, object] = {"__name__": "__main__"}
        self._before: dict[str, dict[str, object]] = {}
        self.given: dict[str, object] = {}
        with _quiet():
            for name, source in self._cells.items():
                self._before[name] = _kept(self._names)
                self.given[name] = _outcome(source, name, self._names)

    def with_code(self, changed: str, code: str) -> dict[str, object]:
        """Return what the cells give if one cell holds other code; those before it are not run."""
        self._names.clear()
        self._names.update(_kept(self._before[changed]))
        order = list(self._cells)
        later = order[order.index(changed) :]
        given = {name: self.given[name] for name in order if name not in later}
        with _quiet(), mock.patch.object(hidden, "judge", _judge_again):
            for name in later:
                source = code if name == changed else self._cells[name]
                given[name] = _outcome(source, name, self._names)
        return given


def _kept(names: dict[str, object]) -> dict[str, object]:
    """Return a copy of variables that what later cells do can't change."""
    shared = (FunctionType, ModuleType, type)
    return {
        name: value if isinstance(value, shared) or name == "__builtins__" else copy.deepcopy(value)
        for name, value in names.items()
    }


@functools.lru_cache(64)
def _trial(homework: str, name: str, seed: int) -> Trial:
    return Trial(find(homework, name), seed)


def _judge_again(
    exercise: Exercise, function: object, seed: int, cells: Sequence[object]
) -> Verdict:
    """Judge on the same cases as before: the seed of a notebook is the same in each run."""
    return judge_in(_trial(exercise.homework, exercise.name, seed), function, cells)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        yield


def _outcome(source: str, name: str, names: dict[str, object]) -> object:
    try:
        return _run(source, name, names)
    except Exception as error:
        return error


def _run(source: str, name: str, names: dict[str, object]) -> object:
    tree = ast.parse(source, filename=name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), names)
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), name, "eval"), names)


def points(given: dict[str, object]) -> dict[str, float]:
    """Return the points by exercise, visible and hidden cell together, by nbgrader's rules."""
    earned: dict[str, float] = {}
    for cell_id, value in given.items():
        name, _, kind = cell_id.rpartition("-")
        if kind == "visible":
            earned[name] = earned.get(name, 0) + (0 if isinstance(value, BaseException) else 1)
        elif kind == "hidden":
            assert isinstance(value, Verdict), f"the hidden cell of {name} gave {value!r}"
            earned[name] = earned.get(name, 0) + value.points
    return earned


class VisibleTests:
    """The visible tests of one exercise, for any solution and any state of the notebook's ``rng``.

    Attributes
    ----------
    name : str
        The exercise.
    draws : bool
        The tests draw random numbers themselves.
    """

    def __init__(self, name: str, source: str, names: dict[str, object]) -> None:
        self.name = name
        self.draws = "rng" in source
        self._code = compile(source, f"{name}-visible", "exec")
        self._names = names

    def outcomes(self, code: str, states: int) -> list[Exception | None]:
        """Return for each of so many states what the tests raise for the solution in that code."""
        found = []
        with _quiet():
            for state in range(states):
                names = _kept(self._names)
                exec(code, names)
                # No seed of a single number: tests may use such generators of their own.
                names["rng"] = np.random.default_rng((2026, state))
                found.append(self._raised(names))
        return found

    def _raised(self, names: dict[str, object]) -> Exception | None:
        try:
            exec(self._code, names)
        except Exception as error:
            return error
        return None


def visible_tests(notebook: nbformat.NotebookNode) -> Iterator[VisibleTests]:
    """Run a homework with its solutions and yield the visible tests of each exercise."""
    names: dict[str, object] = {"__name__": "__main__"}
    for cell in notebook.cells:
        name, _, kind = cell.metadata.get("nbgrader", {}).get("grade_id", "").rpartition("-")
        if kind == "visible":
            yield VisibleTests(name, cell.source, _kept(names))
        elif cell.cell_type == "code" and kind != "hidden":
            with _quiet():
                exec(cell.source, names)
