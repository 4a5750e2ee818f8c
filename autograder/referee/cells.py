"""Run a graded cell in the trusted process, with the student's variables as proxies."""

import ast
import builtins
import contextlib
import linecache
import os
import pkgutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

import numpy as np
from IPython.core.formatters import DisplayFormatter

from autograder.referee.hidden import CELLS, SUBMISSION
from autograder.referee.remote import StudentVariables, saved_randomness
from autograder.referee.room import room_for
from autograder.student.outputs import Outputs, Printer

# What graded cells use besides the student's functions is not the student's, who could make it
# agree with anything.
GIVEN = {
    "np": "numpy",
    "plt": "matplotlib.pyplot",
    "expit": "scipy.special:expit",
    "islice": "itertools:islice",
}
RANDOM = "rng"
# The calls to the student's process have the same limit: they should be the ones to stop.
_LATER = 2.0  # seconds
_AGAIN = 1.0  # seconds after which it is looked at again, also if it was stopped and goes on
MEMORY = 2**30  # bytes that a graded cell may need in this process
MAX_CELLS = 256  # whose code is kept
_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)


class CellTimeout(BaseException):
    """A graded cell took too long."""


class Namespace(dict[str, Any]):
    """The names of a graded cell: its own, those of locked cells, then the student's.

    Python's own names (`abs`, `isinstance`) are never the student's.
    """

    def __init__(
        self, variables: StudentVariables | None, submission: str = "", cells: Sequence[str] = ()
    ) -> None:
        super().__init__(__name__="__main__")
        self._own: set[str] = set()
        # It makes the hidden inputs those of this submission alone.
        self[SUBMISSION] = submission
        self[CELLS] = tuple(cells)
        self._variables = variables

    def __missing__(self, name: str) -> Any:
        if hasattr(builtins, name) or name.startswith("__"):
            raise KeyError(name)
        if name in GIVEN:
            value = pkgutil.resolve_name(GIVEN[name])
        elif self._variables is None:
            raise KeyError(name)
        elif name == RANDOM:
            value = _generator(self._variables)
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
        exec(_definitions(locked), self)


def _generator(variables: StudentVariables) -> np.random.Generator:
    """Return the student's random generator, which need be none."""
    with contextlib.suppress(Exception):
        theirs = variables.request("name", RANDOM)
        # Of another kind it may be in a state from which only zeros are drawn.
        if type(theirs) is np.random.Generator and type(theirs.bit_generator) is np.random.PCG64:
            return theirs
    return np.random.default_rng(2)


@dataclass(frozen=True)
class Bench:
    """What the graded cells of one submission have in common.

    Attributes
    ----------
    folder : Path
        The submission's folder, in which they run.
    seconds : float
        How long each may take.
    submission : str
        What tells the submission from any other.
    locked : list of str
        The locked cells above, as released.
    now : callable
        The clock by which they have so many seconds.
    written : list of str
        The student's code cells above.
    """

    folder: Path
    seconds: float
    submission: str = ""
    locked: list[str] = field(default_factory=list)
    now: Callable[[], float] = time.monotonic
    written: list[str] = field(default_factory=list)


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
        room_for(MEMORY),
    ):
        try:
            with _at_most(bench.seconds, bench.now):
                namespace = Namespace(variables, bench.submission, bench.written)
                for cell in bench.locked:
                    namespace.define(cell)
                result = _execute(source, name, namespace)
                if result is not None:
                    data, metadata = _formatter().format(result)  # type: ignore[no-untyped-call]
                    outputs.data("execute_result", data, metadata, execution_count=number)
        # Out here no alarm rings: one that did would end the grader, not the test.
        except (Exception, SystemExit, CellTimeout) as error:
            kind = "TimeoutError" if isinstance(error, CellTimeout) else type(error).__name__
            outputs.error(kind, str(error), _lines(error, name))
    del linecache.cache[name]
    return outputs.take()


def _execute(source: str, name: str, namespace: Namespace) -> Any:
    """Run all statements; return the value of the last one if it is an expression."""
    statements, expression = _compiled(source, name)
    exec(statements, namespace)
    return None if expression is None else eval(expression, namespace)


# The cells of a homework, and IPython's formatters, are the same for each submission.


@cache
def _formatter() -> DisplayFormatter:
    return DisplayFormatter()


@lru_cache(MAX_CELLS)
def _definitions(locked: str) -> CodeType:
    """Return the imports, functions and classes of a locked cell."""
    tree = ast.parse(locked)
    tree.body = [node for node in tree.body if isinstance(node, _DEFINITIONS)]
    return compile(tree, "<locked cell>", "exec")


@lru_cache(MAX_CELLS)
def _compiled(source: str, name: str) -> tuple[CodeType, CodeType | None]:
    """Return the code of a cell, and by itself that of a last expression, which is shown."""
    tree = ast.parse(source, name)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr) or source.rstrip().endswith(";"):
        return compile(tree, name, "exec"), None
    tree.body.pop()
    shown = compile(ast.Expression(last.value), name, "eval")
    return compile(tree, name, "exec"), shown


def _lines(error: BaseException, name: str) -> list[str]:
    """Return a traceback with the lines of the test cell and of the student's functions alone."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == name]
    lines = [f"Test cell, line {frame.lineno}:\n    {_shown(frame)}\n" for frame in frames]
    theirs = getattr(error, "__wire_trace__", "")
    if theirs:
        lines.append(f"Your code:\n{theirs}")
    lines.append(f"{type(error).__name__}: {error}")
    return lines


def _shown(frame: traceback.FrameSummary) -> str:
    """Return a line of a test cell, unless it is a hidden one."""
    above = linecache.getlines(frame.filename)[: frame.lineno or 0]
    hidden = any("BEGIN HIDDEN TESTS" in line for line in above)
    return "(a hidden test)" if hidden else str(frame.line)


@contextlib.contextmanager
def _working_in(folder: Path) -> Iterator[None]:
    """Work in a folder, but never import what lies there: it is the student's."""
    before, path = Path.cwd(), sys.path[:]
    sys.path[:] = [os.fspath(before / entry) for entry in path]
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        sys.path[:] = path


@contextlib.contextmanager
def _at_most(seconds: float, now: Callable[[], float]) -> Iterator[None]:
    """Stop a test that computes too long on what a student returned, where signals can do it."""
    if threading.current_thread() is not threading.main_thread() or seconds <= 0:
        yield
        return

    end = now() + seconds + _LATER

    def stop(*_: object) -> None:
        if now() >= end:  # else the machine was busy with others; it rings again
            raise CellTimeout(f"the test did not end within {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds + _LATER, _AGAIN)
    try:
        yield
    finally:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
        finally:  # an alarm that rings right here must be the last, too
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
