"""Run a graded cell in the trusted process, with the student's variables as proxies."""

import ast
import builtins
import contextlib
import importlib
import linecache
import os
import signal
import threading
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from IPython.core.formatters import DisplayFormatter

from autograder.referee.remote import StudentVariables, saved_randomness
from autograder.student.outputs import Outputs, Printer

# Under these names a graded cell gets the library, whatever the student's notebook calls so.
_LIBRARIES = {"np": "numpy", "plt": "matplotlib.pyplot"}
_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)


class CellTimeout(BaseException):
    """A graded cell took too long."""


class Namespace(dict[str, Any]):
    """The names of a graded cell: its own, those of locked cells, then the student's.

    Python's own names (`abs`, `isinstance`) are never the student's.
    """

    def __init__(self, variables: StudentVariables | None) -> None:
        super().__init__(__name__="__main__")
        self._variables = variables
        self._own: set[str] = set()

    def __missing__(self, name: str) -> Any:
        if hasattr(builtins, name) or name.startswith("__"):
            raise KeyError(name)
        if name in _LIBRARIES:
            value = importlib.import_module(_LIBRARIES[name])
        elif self._variables is None:
            raise KeyError(name)
        else:
            value = self._variables.request("name", name)
        super().__setitem__(name, value)
        return value

    def __delitem__(self, name: str) -> None:
        """Delete a name, in the student's variables as well: a test may want to do without it."""
        if self._variables is not None and name not in self._own:
            self._variables.request("delete", name, (name,))
        super().__delitem__(name)

    def __setitem__(self, name: str, value: Any) -> None:
        self._own.add(name)
        super().__setitem__(name, value)

    def __contains__(self, name: object) -> bool:
        try:
            self[str(name)]
        except KeyError:
            return False
        return True

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a name."""
        try:
            return self[name]
        except KeyError:
            return default

    def define(self, locked: str) -> None:
        """Take the imports, functions and classes of a locked cell, which is as released."""
        tree = ast.parse(locked)
        tree.body = [node for node in tree.body if isinstance(node, _DEFINITIONS)]
        exec(compile(tree, "<locked cell>", "exec"), self)


@dataclass(frozen=True)
class Bench:
    """What the graded cells of one submission have in common.

    Attributes
    ----------
    folder : Path
        The submission's folder, in which they run.
    seconds : float
        How long each may take.
    locked : list of str
        The locked cells above, as released.
    """

    folder: Path
    seconds: float
    locked: list[str] = field(default_factory=list)


def run_graded(
    source: str, variables: StudentVariables | None, bench: Bench, number: int
) -> list[dict[str, Any]]:
    """Run a graded cell and return its outputs.

    Parameters
    ----------
    source : str
        The cell, as the instructor wrote it.
    variables : StudentVariables or None
        The student's variables; None if the student's process is gone.
    bench : Bench
    number : int
        The execution count.
    """
    outputs = Outputs()
    name = f"<test cell {number}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    with (
        contextlib.redirect_stdout(Printer(outputs, "stdout")),
        contextlib.redirect_stderr(Printer(outputs, "stderr")),
        saved_randomness(),
        _working_in(bench.folder),
        _at_most(bench.seconds),
    ):
        try:
            namespace = Namespace(variables)
            for cell in bench.locked:
                namespace.define(cell)
            result = _execute(source, name, namespace)
            if result is not None:
                data, metadata = DisplayFormatter().format(result)  # type: ignore[no-untyped-call]
                outputs.data("execute_result", data, metadata, execution_count=number)
        except (Exception, SystemExit, CellTimeout) as error:
            kind = "TimeoutError" if isinstance(error, CellTimeout) else type(error).__name__
            outputs.error(kind, str(error), _lines(error, name))
    del linecache.cache[name]
    return outputs.take()


def _execute(source: str, name: str, namespace: Namespace) -> Any:
    """Run all statements; return the value of the last one if it is an expression."""
    tree = ast.parse(source, name)
    last = tree.body[-1] if tree.body else None
    shown = isinstance(last, ast.Expr) and not source.rstrip().endswith(";")
    if not shown:
        exec(compile(tree, name, "exec"), namespace)
        return None
    assert isinstance(last, ast.Expr)
    tree.body.pop()
    exec(compile(tree, name, "exec"), namespace)
    return eval(compile(ast.Expression(last.value), name, "eval"), namespace)


def _lines(error: BaseException, name: str) -> list[str]:
    """Return a traceback with the lines of the test cell and of the student's functions alone."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == name]
    lines = [f"Test cell, line {frame.lineno}:\n    {frame.line}\n" for frame in frames]
    theirs = getattr(error, "__wire_trace__", "")
    if theirs:
        lines.append(f"Your code:\n{theirs}")
    lines.append(f"{type(error).__name__}: {error}")
    return lines


@contextlib.contextmanager
def _working_in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Stop a test that computes too long on what a student returned, where signals can do it."""
    if threading.current_thread() is not threading.main_thread() or seconds <= 0:
        yield
        return

    def stop(*_: object) -> None:
        raise CellTimeout(f"the test did not end within {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    # The calls to the student's process have the same limit: they should be the ones to stop.
    signal.setitimer(signal.ITIMER_REAL, seconds + 2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
