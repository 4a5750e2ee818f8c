"""The mutation operators: each takes a node of a syntax tree and yields what may replace it.

An operator never changes the node that it gets. To add one, write it and list it in `OPERATORS`.
What cannot be compiled, or reads like the original, is sorted out later.
"""

import ast
import builtins
import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Operator = Callable[[ast.AST], Iterator[ast.AST]]

_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
}
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_PAIRS = (
    "min max, argmin argmax, minimum maximum, nanmin nanmax, sum mean, cumsum cumprod, square abs, "
    "zeros ones, zeros_like ones_like, hstack vstack, any all, logical_and logical_or, var std, "
    "exp expm1, log log1p, sqrt square, outer multiply, tanh sinh, floor ceil, argsort sort, "
    "size ndim, pi e, append insert"
)
_NAMES: dict[str, list[str]] = {}
for _a, _b in (pair.split() for pair in _PAIRS.split(", ")):
    _NAMES.setdefault(_a, []).append(_b)
    _NAMES.setdefault(_b, []).append(_a)


def swap_arithmetic(node: ast.AST) -> Iterator[ast.AST]:
    """Turn ``a + b`` into ``a - b``, ``X @ W`` into ``X * W``, …, and ``a += b`` likewise."""
    if isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in _ARITHMETIC:
        yield _with(node, op=_ARITHMETIC[type(node.op)]())


def drop_operand(node: ast.AST) -> Iterator[ast.AST]:
    """Turn ``a + b`` into ``a`` or ``b``, and ``a += b`` into ``a = b``."""
    if isinstance(node, ast.BinOp):
        yield from (node.left, node.right)
    elif isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value, lineno=node.lineno)


def swap_comparison(node: ast.AST) -> Iterator[ast.AST]:
    """Turn ``a < b`` into ``a <= b`` or ``a > b``, and ``a == b`` into ``a != b``."""
    if isinstance(node, ast.Compare):
        for i, op in enumerate(node.ops):
            for other in _COMPARISONS[type(op)]:
                yield _with(node, ops=[*node.ops[:i], other(), *node.ops[i + 1 :]])


def negate_condition(node: ast.AST) -> Iterator[ast.AST]:
    """Turn ``if a`` into ``if not a``, and ``a and b`` into ``a or b``."""
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.BoolOp):
        yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def drop_sign(node: ast.AST) -> Iterator[ast.AST]:
    """Turn ``-a`` and ``not a`` into ``a``."""
    if isinstance(node, ast.UnaryOp):
        yield node.operand


def change_constant(node: ast.AST) -> Iterator[ast.AST]:
    """Turn ``1`` into ``2`` or ``0``, ``0.5`` into ``1.0``, True into False, None into ``0``."""
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield from (ast.Constant(value + 1), ast.Constant(value - 1))
    elif isinstance(value, float):
        yield ast.Constant(2 * value if value else 1.0)
    elif value is None:
        yield ast.Constant(0)


def swap_name(node: ast.AST) -> Iterator[ast.AST]:
    """Turn ``argmin`` into ``argmax``, ``sum`` into ``mean``, ``abs`` into ``square``, …."""
    if isinstance(node, ast.Attribute):
        yield from (_with(node, attr=other) for other in _NAMES.get(node.attr, ()))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        others = [name for name in _NAMES.get(node.func.id, ()) if hasattr(builtins, name)]
        yield from (_with(node, func=ast.Name(name)) for name in others)


def drop_call(node: ast.AST) -> Iterator[ast.AST]:
    """Turn ``np.abs(x)`` into ``x``, ``f(x, y)`` into ``x`` or ``y``, ``x.mean()`` into ``x``."""
    if isinstance(node, ast.Call):
        yield from (arg for arg in node.args if not isinstance(arg, ast.Starred))
        if isinstance(node.func, ast.Attribute) and _root(node.func) != "np":
            yield node.func.value


def swap_arguments(node: ast.AST) -> Iterator[ast.AST]:
    """Turn ``f(a, b)`` into ``f(b, a)``."""
    if isinstance(node, ast.Call):
        yield from (_with(node, args=args) for args in _swapped(node.args))


def drop_keyword(node: ast.AST) -> Iterator[ast.AST]:
    """Turn ``x.sum(axis=0)`` into ``x.sum()``; the same for ``keepdims``, ``rcond``, …."""
    if isinstance(node, ast.Call):
        for i in range(len(node.keywords)):
            yield _with(node, keywords=node.keywords[:i] + node.keywords[i + 1 :])


def swap_elements(node: ast.AST) -> Iterator[ast.AST]:
    """Turn ``return a, b`` into ``return b, a``; the same for other tuples and for lists."""
    if isinstance(node, ast.Tuple | ast.List):
        yield from (_with(node, elts=elements) for elements in _swapped(node.elts))


def drop_transposition(node: ast.AST) -> Iterator[ast.AST]:
    """Turn ``X.T`` into ``X``."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value


def change_subscript(node: ast.AST) -> Iterator[ast.AST]:
    """Turn ``x[1:]`` into ``x[:]``, and ``x[i]`` into ``x``."""
    if isinstance(node, ast.Slice):
        for bound in ("lower", "upper", "step"):
            if getattr(node, bound) is not None:
                yield _with(node, **{bound: None})
    elif isinstance(node, ast.Subscript):
        yield node.value


def shorten_loop(node: ast.AST) -> Iterator[ast.AST]:
    """Turn ``for x in xs`` into ``for x in list(xs)[1:]`` or ``[:-1]``, in comprehensions, too."""
    if isinstance(node, ast.For | ast.comprehension):
        items = ast.Call(ast.Name("list"), [node.iter], [])
        one, minus_one = ast.Constant(1), ast.UnaryOp(ast.USub(), ast.Constant(1))
        for part in (ast.Slice(lower=one), ast.Slice(upper=minus_one)):
            yield _with(node, iter=ast.Subscript(items, part))


def return_zeros(node: ast.AST) -> Iterator[ast.AST]:
    """Turn ``return a`` into ``return np.zeros_like(a)``; of a tuple, one element at a time."""
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
        elements = node.value.elts
        for i, element in enumerate(elements):
            others = [*elements[:i], _zeros_like(element), *elements[i + 1 :]]
            yield ast.Return(ast.Tuple(others))
    elif isinstance(node, ast.Return) and node.value is not None:
        yield ast.Return(_zeros_like(node.value))


def remove_statement(node: ast.AST) -> Iterator[ast.AST]:
    """Turn a statement into ``pass``."""
    if isinstance(node, ast.stmt) and not isinstance(node, ast.Pass):
        yield ast.Pass()


OPERATORS: tuple[Operator, ...] = (
    swap_arithmetic,
    drop_operand,
    swap_comparison,
    negate_condition,
    drop_sign,
    change_constant,
    swap_name,
    drop_call,
    swap_arguments,
    drop_keyword,
    swap_elements,
    drop_transposition,
    change_subscript,
    shorten_loop,
    return_zeros,
    remove_statement,
)


def _with(node: ast.AST, **changes: Any) -> ast.AST:
    """Return a copy of the node with other fields; its children are shared."""
    changed = copy.copy(node)
    for field, value in changes.items():
        setattr(changed, field, value)
    return changed


def _swapped(items: Sequence[ast.expr]) -> Iterator[list[ast.expr]]:
    """Yield the items with two neighbors swapped, for each pair of neighbors."""
    for i in range(len(items) - 1):
        yield [*items[:i], items[i + 1], items[i], *items[i + 2 :]]


def _root(node: ast.expr) -> str:
    """Return the name at the start of ``np.linalg.norm``."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _zeros_like(value: ast.expr) -> ast.Call:
    return ast.Call(ast.Attribute(ast.Name("np"), "zeros_like"), [value], [])
