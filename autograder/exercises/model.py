"""What an exercise is: its points, its cases, its known mistakes and its accepted variants."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from autograder.exercises.compare import Difference

Function = Callable[..., Any]


@dataclass(frozen=True)
class Case:
    """One call of a graded function.

    Attributes
    ----------
    args, kwargs
        What the function is called with.
    about : str
        What is special about the call, said to the student: "with a single sample (m = 1)".
    shown : mapping of str to str
        How an argument is written in feedback where its value would not help (a function).
    extra : object
        What the exercise's ``observe`` needs besides the arguments.
    """

    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    extra: Any = None


class Remarked(NamedTuple):
    """What ``observe`` saw where the value alone does not show whether it is right.

    Attributes
    ----------
    value : object
        The student's result.
    remark : str
        What is wrong with it, or that it is right; feedback writes it below the value.
    """

    value: Any
    remark: str


@dataclass(frozen=True)
class Part:
    """Some of an exercise's points and the cases that earn them.

    The first part of an exercise is its core: without it the others earn nothing.

    Attributes
    ----------
    name : str
        What the part is about: "values", "care".
    points : float
    cases : callable
        ``cases(rng)`` makes fresh cases.
    """

    name: str
    points: float
    cases: Callable[[np.random.Generator], Iterable[Case]]


@dataclass(frozen=True)
class Version:
    """A way to write the function: a known mistake or an accepted variant.

    Attributes
    ----------
    name : str
        The name of the function that holds it.
    function : callable
    message : str
        For a mistake, what to tell the student who made it.
    """

    name: str
    function: Function
    message: str

    def source(self, graded_name: str) -> str:
        """Return the code of this version as a student would hand it in, under the graded name."""
        lines = textwrap.dedent(inspect.getsource(self.function)).splitlines()
        tree = ast.parse("\n".join(lines)).body[0]
        assert isinstance(tree, ast.FunctionDef)
        first = tree.body[0]
        if ast.get_docstring(tree) is not None:
            assert first.end_lineno is not None
            del lines[first.lineno - 1 : first.end_lineno]
        lines = lines[tree.lineno - 1 :]
        lines[0] = lines[0].replace(f"def {tree.name}(", f"def {graded_name}(", 1)
        return "\n".join(lines)


def call_as_written(function: Function, case: Case) -> Any:
    """Call the function with the arguments of the case."""
    return function(*case.args, **case.kwargs)


@dataclass
class Exercise:
    """A graded function, declared once: what is asked, what is checked, what goes wrong.

    Attributes
    ----------
    homework : str
        The homework's name, ``hw02_linear_regression``.
    number : str
        The exercise's number in the homework, "2.1".
    reference : callable
        The reference solution. Its name is the name of the graded function.
    returns : tuple of str
        The names of what the function returns.
    parts : tuple of Part
        What is graded in the hidden cell, the core first.
    examples : callable
        ``examples(rng)`` makes cases with readable numbers, the smallest first. Feedback shows the
        first of them that fails.
    observe : callable
        ``observe(function, case)`` calls the function and returns what is compared.
    compare : callable or None
        ``compare(case, expected, got)`` returns what is wrong, or None. Without it results are
        compared number by number.
    tolerance : float
        Allowed error, relative to the largest expected number.
    purity : str
        The name of the part that is lost when arguments are changed or state is kept.
    equivalent_mutants : mapping of str to str
        Mechanical mutants that no test can kill, each with the reason.
    """

    homework: str
    number: str
    reference: Function
    returns: tuple[str, ...]
    parts: tuple[Part, ...]
    examples: Callable[[np.random.Generator], Iterable[Case]]
    observe: Callable[[Function, Case], Any] = call_as_written
    compare: Callable[[Case, Any, Any], Difference | None] | None = None
    tolerance: float = 1e-6
    purity: str = "care"
    equivalent_mutants: Mapping[str, str] = field(default_factory=dict)
    mistakes: list[Version] = field(default_factory=list)
    variants: list[Version] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.purity not in {part.name for part in self.parts}:
            raise ValueError(f"{self.name} has no part called {self.purity!r} to hold purity")

    @property
    def name(self) -> str:
        """The name of the graded function."""
        return self.reference.__name__

    @property
    def points(self) -> float:
        """The points of the hidden cell."""
        return sum(part.points for part in self.parts)

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names of the function's arguments, which are part of the contract."""
        return tuple(inspect.signature(self.reference).parameters)

    def mistake(self, function: Function) -> Function:
        """Declare a known mistake; its docstring is what the student is told."""
        message = inspect.getdoc(function)
        if not message:
            raise ValueError(f"the mistake {function.__name__} of {self.name} has no docstring")
        self.mistakes.append(Version(function.__name__, function, " ".join(message.split())))
        return function

    def variant(self, function: Function) -> Function:
        """Declare an accepted variant: a right answer that is written differently."""
        message = " ".join((inspect.getdoc(function) or "").split())
        self.variants.append(Version(function.__name__, function, message))
        return function
