"""What an exercise is: its points, its cases, its known mistakes and its accepted variants."""

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType, SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from autograder.exercises.compare import Difference

Function = Callable[..., Any]


@dataclass(frozen=True)
class Case:
    """One call of a graded function, or one use of a graded class.

    Attributes
    ----------
    args, kwargs
        What the function is called with. In feedback ``args`` have the names of the signature's
        arguments; where that does not fit, for methods of a class, use ``kwargs``.
    about : str
        What is special about the call, said to the student: "with a single sample (m = 1)".
    shown : mapping of str to str
        How an argument is written in feedback where its value would not help (a function).
    extra : object
        What the exercise's ``observe`` needs besides the arguments.
    written : str
        How feedback writes the call where it is not the graded name with all arguments:
        "Sigmoid.df(z)".
    """

    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    extra: Any = None
    written: str = ""


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
    """A way to write what is graded: a known mistake or an accepted variant.

    Attributes
    ----------
    name : str
        The name of the function or class that holds it.
    written : callable
        The function or class as the author wrote it. For functions that are graded together it is
        a function that defines them and ends with ``return first, second``.
    message : str
        For a mistake, what to tell the student who made it.
    graded : tuple of str
        The graded names.
    """

    name: str
    written: Function
    message: str
    graded: tuple[str, ...]

    @property
    def made_anew(self) -> bool:
        """Whether `function` is another object each time: a class, or several functions."""
        return len(self.graded) > 1 or isinstance(self.written, type)

    @property
    def function(self) -> Any:
        """What is handed to the judge: the function itself, or the class or functions made anew.

        They are made from the code that a student would hand in, because Python's error messages
        hold the names of classes and of functions within functions, and each time that this is
        asked for, because a class may keep something.
        """
        if not self.made_anew:
            return self.written
        names = dict(vars(sys.modules[self.written.__module__]))
        exec(self._code, names)
        return taken(names, self.graded)

    @cached_property
    def _code(self) -> CodeType:
        return compile(self.source(self.graded[0]), f"<{self.name}>", "exec", dont_inherit=True)

    def source(self, graded_name: str) -> str:
        """Return the code of this version as a student would hand it in, under the graded name.

        Raises
        ------
        ValueError
            It should define several functions and does not end by returning just these.
        """
        lines = textwrap.dedent(inspect.getsource(self.written)).splitlines()
        tree = ast.parse("\n".join(lines)).body[0]
        assert isinstance(tree, ast.FunctionDef | ast.ClassDef)
        if len(self.graded) > 1:
            return self._inside(tree, lines)
        for number, place in _own_names(tree):
            before, after = _split(lines[number - 1], place)
            if not after.startswith(tree.name):
                raise ValueError(f"{self.name} speaks of itself in a text: do that outside")
            lines[number - 1] = before + graded_name + after.removeprefix(tree.name)
        head = rf"\b(def|class)(\s+){tree.name}\b"
        lines[tree.lineno - 1] = re.sub(
            head, rf"\1\2{graded_name}", lines[tree.lineno - 1], count=1
        )
        decorators = [_lines(node, lines) for node in tree.decorator_list if not _declares(node)]
        begin, first = _first_line(tree.body[0]), _after_docstring(tree)
        if begin == tree.lineno:
            return "\n".join([*decorators, *lines[begin - 1 :]])
        body = lines[first - 1 :] if first else ["    pass"]
        return "\n".join([*decorators, *lines[tree.lineno - 1 : begin - 1], *body])

    def _inside(self, tree: ast.FunctionDef | ast.ClassDef, lines: list[str]) -> str:
        last, first = tree.body[-1], _after_docstring(tree)
        returned = last.value if isinstance(last, ast.Return) else None
        names = [node.id for node in getattr(returned, "elts", []) if isinstance(node, ast.Name)]
        if tuple(names) != self.graded or not first:
            raise ValueError(f"{self.name} must end with: return {', '.join(self.graded)}")
        return textwrap.dedent("\n".join(lines[first - 1 : last.lineno - 1])).strip("\n")


def taken(names: Mapping[str, Any], graded: tuple[str, ...]) -> Any:
    """Return the graded one of these names, or an object that has several as attributes.

    What is not there is None.
    """
    if len(graded) == 1:
        return names.get(graded[0])
    return SimpleNamespace(**{name: names.get(name) for name in graded})


def _own_names(tree: ast.FunctionDef | ast.ClassDef) -> list[tuple[int, int]]:
    """Return the places, last first, where a function or class speaks of itself."""
    inner = list(ast.walk(tree))[1:]
    hidden = {node.arg for node in inner if isinstance(node, ast.arg)} | {
        node.name for node in inner if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    if tree.name in hidden:
        return []
    used = [node for node in inner if isinstance(node, ast.Name) and node.id == tree.name]
    return sorted(((node.lineno, node.col_offset) for node in used), reverse=True)


def _split(line: str, place: int) -> tuple[str, str]:
    """Split a line at a place of its syntax tree, which counts bytes."""
    text = line.encode()
    return text[:place].decode(), text[place:].decode()


def _declares(decorator: ast.expr) -> bool:
    """Return whether a decorator is the author's: ``@exercise.mistake``."""
    return isinstance(decorator, ast.Attribute) and decorator.attr in ("mistake", "variant")


def _lines(decorator: ast.expr, lines: list[str]) -> str:
    return "\n".join(lines[decorator.lineno - 1 : decorator.end_lineno])


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _after_docstring(tree: ast.FunctionDef | ast.ClassDef) -> int:
    """Return the line where the body begins, 0 if there is none but a docstring."""
    body = tree.body if ast.get_docstring(tree) is None else tree.body[1:]
    return _first_line(body[0]) if body else 0


def call_as_written(function: Function, case: Case) -> Any:
    """Call the function with the arguments of the case."""
    return function(*case.args, **case.kwargs)


@dataclass
class Exercise:
    """What is graded together, declared once: what is asked, what is checked, what goes wrong.

    Attributes
    ----------
    homework : str
        The homework's name, ``hw02_linear_regression``.
    number : str
        The exercise's number in the homework, "2.1".
    reference : callable
        The reference solution, a function or a class. Its name is the graded name.
    returns : tuple of str
        The names of what the function returns.
    parts : tuple of Part
        What is graded in the hidden cell, the core first.
    examples : callable
        ``examples(rng)`` makes cases with readable numbers, the smallest first. Feedback shows the
        first of them that fails as the hidden cases do, or else the first that fails.
    observe : callable
        ``observe(function, case)`` calls the function, or uses the class, and returns what is
        compared. Functions that are graded together are attributes of what it receives.
    compare : callable or None
        ``compare(case, expected, got)`` returns what is wrong, or None. Without it results are
        compared number by number.
    tolerance : float
        Allowed error, relative to the largest expected number.
    purity : str
        The name of the part that is lost when arguments are changed or state is kept.
    together : tuple of callable
        Further reference functions, defined in the same cell of the notebook, that are graded with
        ``reference`` because each of them alone has no one right result.
    erratic : tuple of str
        The names of mistakes whose wrong results are made of rounding errors: they are other
        numbers in another process, so they are known by where they go wrong.
    equivalent_mutants : mapping of str to str
        Mechanical mutants that no test can kill, each with the reason.
    """

    homework: str
    number: str
    reference: Function
    returns: tuple[str, ...]
    parts: tuple[Part, ...]
    examples: Callable[[np.random.Generator], Iterable[Case]]
    observe: Callable[[Any, Case], Any] = call_as_written
    compare: Callable[[Case, Any, Any], Difference | None] | None = None
    tolerance: float = 1e-6
    purity: str = "care"
    together: tuple[Function, ...] = ()
    erratic: tuple[str, ...] = ()
    equivalent_mutants: Mapping[str, str] = field(default_factory=dict)
    mistakes: list[Version] = field(default_factory=list)
    variants: list[Version] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.purity not in {part.name for part in self.parts}:
            raise ValueError(f"{self.name} has no part called {self.purity!r} to hold purity")

    @property
    def name(self) -> str:
        """The graded name; with several graded together the first, by which they are found."""
        return self.reference.__name__

    @property
    def references(self) -> dict[str, Function]:
        """All that is graded, by its name."""
        return {function.__name__: function for function in (self.reference, *self.together)}

    @property
    def solution(self) -> Any:
        """What ``observe`` receives of the reference."""
        return taken(self.references, tuple(self.references))

    @property
    def points(self) -> float:
        """The points of the hidden cell."""
        return sum(part.points for part in self.parts)

    @cached_property
    def arguments(self) -> tuple[str, ...]:
        """The names of the arguments of the function or constructor: part of the contract."""
        return tuple(inspect.signature(self.reference).parameters)

    def named(self, case: Case) -> dict[str, Any]:
        """Return the arguments of a case by their names.

        Raises
        ------
        ValueError
            The case has more ``args`` than the signature has names.
        """
        if len(case.args) > len(self.arguments):
            raise ValueError(f"a case of {self.name} has args without a name: make them kwargs")
        return dict(zip(self.arguments, case.args, strict=False)) | dict(case.kwargs)

    def mistake(self, function: Function) -> Function:
        """Declare a known mistake; its docstring is what the student is told."""
        message = inspect.cleandoc(function.__doc__ or "")
        if not message:
            raise ValueError(f"the mistake {function.__name__} of {self.name} has no docstring")
        self.mistakes.append(self._version(function, message))
        return function

    def variant(self, function: Function) -> Function:
        """Declare an accepted variant: a right answer that is written differently."""
        self.variants.append(self._version(function, function.__doc__ or ""))
        return function

    def _version(self, function: Function, message: str) -> Version:
        graded = tuple(self.references)
        return Version(function.__name__, function, " ".join(message.split()), graded)
