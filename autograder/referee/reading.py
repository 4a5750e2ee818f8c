"""Read a student's code without running it: what is written, and what it calls."""

import ast
import warnings
from collections.abc import Iterable, Iterator, Mapping

LONGEST = 20_000  # characters of a cell that is read
MOST = 300_000  # characters that are read of all cells

Definition = ast.FunctionDef | ast.ClassDef


def definitions(cells: Iterable[object]) -> dict[str, Definition]:
    """Return the functions and classes that cells define, by their names; the last counts.

    A cell that is too long, or no Python, defines nothing.

    Examples
    --------
    >>> sorted(definitions(["def f(x): return g(x)", "class C: pass", "%time g("]))
    ['C', 'f']
    """
    found: dict[str, Definition] = {}
    left = MOST
    for source in cells:
        if not isinstance(source, str) or len(source) > min(LONGEST, left):
            continue
        left -= len(source)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of a "\\d" in the student's text
                tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        found |= {node.name: node for node in tree.body if isinstance(node, Definition)}
    return found


def pieces(definition: Definition) -> dict[str, bool]:
    """Return for a function, or for each method of a class, whether more than a stub is there.

    A stub does nothing but raise NotImplementedError.

    Examples
    --------
    >>> pieces(definitions(["def f(z): raise NotImplementedError('Exercise 2.1')"])["f"])
    {'f': False}
    """
    if isinstance(definition, ast.FunctionDef):
        return {definition.name: not _is_stub(definition)}
    methods = [node for node in definition.body if isinstance(node, ast.FunctionDef)]
    return {f"{definition.name}.{method.name}": not _is_stub(method) for method in methods}


def called(names: Iterable[str], found: Mapping[str, Definition]) -> set[str]:
    """Return which of the definitions these use, directly or through others of them.

    Examples
    --------
    >>> found = definitions(["def f(x): return g(x)", "def g(x): return x"])
    >>> called(["f"], found), called(["g"], found)
    ({'g'}, set())
    """
    own = set(names)
    reached: set[str] = set()
    ahead = list(own & found.keys())
    while ahead:
        for name in (_used(found[ahead.pop()]) & found.keys()) - reached:
            reached.add(name)
            ahead.append(name)
    return reached - own


def _is_stub(function: ast.FunctionDef) -> bool:
    body = function.body if ast.get_docstring(function) is None else function.body[1:]
    if len(body) != 1 or not isinstance(body[0], ast.Raise):
        return False
    raised = body[0].exc
    raised = raised.func if isinstance(raised, ast.Call) else raised
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def _used(definition: Definition) -> set[str]:
    """Return the names that are read and not bound in the definition itself."""
    names = [node for node in ast.walk(definition) if isinstance(node, ast.Name)]
    bound = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    bound |= set(_arguments(definition))
    return {node.id for node in names} - bound


def _arguments(definition: Definition) -> Iterator[str]:
    return (node.arg for node in ast.walk(definition) if isinstance(node, ast.arg))
