"""Run the graded part of a homework notebook in this process, in milliseconds."""

import ast
import contextlib
import io

import nbformat

from autograder.referee.verdict import Verdict


def run_cells(notebook: nbformat.NotebookNode) -> dict[str, object]:
    """Return for each code cell its value, or the exception that it raised.

    Like nbgrader this goes on after an exception. It stops after the last graded cell.
    """
    cells = list(notebook.cells)
    while not cells[-1].metadata.get("nbgrader", {}).get("grade"):
        cells.pop()
    names: dict[str, object] = {"__name__": "__main__"}
    given: dict[str, object] = {}
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        for cell in cells:
            if cell.cell_type == "code":
                try:
                    given[cell.id] = _run(cell.source, cell.id, names)
                except Exception as error:
                    given[cell.id] = error
    return given


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
