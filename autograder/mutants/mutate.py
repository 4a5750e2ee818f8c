"""Make the mutants of a function: every operator at every place of its code."""

import ast
import difflib
import inspect
import sys
import textwrap
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.exercises.model import taken
from autograder.mutants.operators import OPERATORS, Operator
from autograder.reference import shapes

_UNMEASURED = {"annotation", "returns", "decorator_list", "ctx", "op", "ops"}
# A mutant is described by the smallest of these around what was changed.
_SHOWN = (ast.BinOp, ast.BoolOp, ast.Call, ast.Compare, ast.IfExp, ast.Subscript, ast.stmt)


@dataclass(frozen=True)
class Mutant:
    """A function or class, or several functions, with one thing changed.

    Attributes
    ----------
    description : str
        What was changed, ``X @ W -> X * W``: free of line numbers, so that other lines may change.
    names : tuple of str
        The graded names.
    module : str
        The module whose names the code uses.
    before, after : str
        The code of the function and its helpers, without and with the change.
    """

    description: str
    names: tuple[str, ...]
    module: str
    before: str
    after: str

    @property
    def difference(self) -> str:
        """The changed lines, marked with ``-`` and ``+``."""
        lines = difflib.ndiff(self.before.splitlines(), self.after.splitlines())
        return "\n".join(line for line in lines if line[0] in "-+")

    def function(self) -> Any:
        """Return what is handed to the judge, or None if the code cannot even be run once."""
        names = dict(vars(sys.modules[self.module]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                exec(self.after, names)
            except Exception:  # the mutant of a default value, for example
                return None
        return taken(names, self.names)


def mutants_of(
    *graded: Callable[..., Any], operators: Sequence[Operator] = OPERATORS
) -> list[Mutant]:
    """Return the mutants of what is graded and of the private helpers of its module that it uses.

    Parameters
    ----------
    *graded : callable
        A function or class that stands at the top of its module, or several that are graded
        together.
    operators : sequence of callable
        What is changed, all of `OPERATORS` without it.

    Examples
    --------
    >>> from autograder.reference.linear_regression import linear_predict
    >>> for mutant in mutants_of(linear_predict)[:3]:
    ...     print(mutant.description)
    return X @ W + b -> return np.zeros_like(X @ W + b)
    return X @ W + b -> pass
    X @ W + b -> X @ W - b
    """
    names = tuple(part.__name__ for part in graded)
    module = graded[0].__module__
    parts = _with_helpers(graded)
    # In the order of the module: a helper may be needed to define what follows it.
    codes = {part: ast.unparse(_tree(part)) for part in sorted(parts, key=_line)}
    before = "\n\n".join(codes.values())
    known = {before}
    seen: Counter[str] = Counter()
    mutants = []
    for part in parts:
        where = "" if part is graded[0] else f"{part.__name__}: "
        for change, code in _changes(_tree(part), vars(sys.modules[module]), operators):
            after = "\n\n".join((codes | {part: code}).values())
            if after in known or not _compiles(code):
                continue
            known.add(after)
            description = where + change
            seen[description] += 1
            if seen[description] > 1:
                description += f" ({seen[description]})"
            mutants.append(Mutant(description, names, module, before, after))
    return mutants


@dataclass(frozen=True)
class _Place:
    """Where a node stands: in which field of its parent, and inside of what it is shown."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST
    shown: ast.AST

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def _changes(
    tree: ast.stmt, names: Mapping[str, Any], operators: Sequence[Operator]
) -> Iterator[tuple[str, str]]:
    """Yield descriptions and codes."""
    for place in list(_places(tree, tree, names)):
        before = _first_line(place.shown)
        for operator in operators:
            for new in operator(place.node):
                place.put(new)
                after = _first_line(new if place.shown is place.node else place.shown)
                yield f"{before} -> {after}", ast.unparse(tree)
                place.put(place.node)


def _places(parent: ast.AST, shown: ast.AST, names: Mapping[str, Any]) -> Iterator[_Place]:
    for field, value in ast.iter_fields(parent):
        if field in _UNMEASURED:
            continue
        several = isinstance(value, list)
        for index, child in enumerate(value if several else [value]):
            if isinstance(child, ast.AST) and not _validates(child, names):
                around = child if isinstance(child, _SHOWN) else shown
                yield _Place(parent, field, index if several else None, child, around)
                yield from _places(child, around, names)


def _validates(node: ast.AST, names: Mapping[str, Any]) -> bool:
    """Whether a statement is a docstring, declares a type or checks arguments."""
    if isinstance(node, ast.If):
        return not node.orelse and all(isinstance(line, ast.Raise) for line in node.body)
    if isinstance(node, ast.Expr | ast.Assign):
        value = node.value
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
            called = names.get(value.func.id)
            return getattr(called, "__module__", "") == shapes.__name__
        return isinstance(node, ast.Expr) and isinstance(value, ast.Constant)
    if isinstance(node, ast.AnnAssign):
        return node.value is None
    return isinstance(node, ast.Raise)


def _with_helpers(graded: Iterable[Callable[..., Any]]) -> list[Callable[..., Any]]:
    """Return what is graded and the private functions and classes that it uses, also indirectly."""
    found = list(graded)
    for part in found:  # it grows meanwhile
        module = vars(sys.modules[part.__module__])
        names = {node.id for node in ast.walk(_tree(part)) if isinstance(node, ast.Name)}
        for name in sorted(name for name in names if name.startswith("_")):
            helper = module.get(name)
            made_here = inspect.isfunction(helper) or inspect.isclass(helper)
            own = made_here and helper.__module__ == part.__module__
            if helper is not None and own and helper not in found:
                found.append(helper)
    return found


def _line(part: Callable[..., Any]) -> int:
    return inspect.getsourcelines(part)[1]


def _tree(function: Callable[..., Any]) -> ast.stmt:
    return ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]


def _first_line(node: ast.AST) -> str:
    lines = ast.unparse(node).splitlines()
    return lines[len(getattr(node, "decorator_list", ()))]


def _compiles(code: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(code, "<mutant>", "exec")
        except SyntaxError:
            return False
    return True
