"""The part of the exercises' code that one exercise rests on, and no more."""

import ast
import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[2]
# Modules that exercises share; what else they import counts for all of them, as part of the grader.
_SLICED = ("autograder.exercises.hw", "autograder.reference.")


@dataclass(frozen=True)
class _Module:
    """A module: what defines a name, where an imported name comes from, what is always run."""

    defined: dict[str, list[ast.stmt]]
    imported: dict[str, tuple[str, str]]
    always: list[ast.stmt]


def exercise_code(module: str) -> str:
    """Return the hash of all that a module of an exercise uses of the exercises' code.

    Comments and the layout of the code do not count.

    Parameters
    ----------
    module : str
        The name of the module; all of it counts, and of others the names that are used.
    """
    parts: dict[str, str] = {}
    read = _read(module)
    waiting = [(module, name) for name in (*read.defined, "")]
    while waiting:
        place, name = waiting.pop()
        key = f"{place}:{name}"
        if key in parts or not place.startswith(_SLICED):
            continue
        if _path(f"{place}.{name}").exists() and name:  # a module that is used as a whole
            place, name = f"{place}.{name}", ""
            waiting += [(place, other) for other in _read(place).defined]
        found = _read(place)
        statements = found.defined.get(name, []) if name else found.always
        parts[key] = "\n".join(ast.dump(statement) for statement in statements)
        waiting.append((place, ""))
        for statement in statements:
            waiting += _used(place, found, statement)
    return hashlib.sha256("\n".join(f"{k} {parts[k]}" for k in sorted(parts)).encode()).hexdigest()


def _used(place: str, module: _Module, statement: ast.stmt) -> list[tuple[str, str]]:
    """Return where the names that a statement uses come from."""
    used, owners = [], set()
    for node in ast.walk(statement):
        if isinstance(node, ast.ImportFrom):
            used += [(node.module or "", alias.name) for alias in node.names]
        # reference.mae: of the module called reference here, no more than mae
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            origin = module.imported.get(node.value.id)
            if origin and _path(".".join(origin)).exists():
                used.append((".".join(origin), node.attr))
                owners.add(node.value)
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and node not in owners:
            if node.id in module.defined:
                used.append((place, node.id))
            elif node.id in module.imported:
                used.append(module.imported[node.id])
    return used


@functools.cache
def _read(module: str) -> _Module:
    path = _path(module)
    defined: dict[str, list[ast.stmt]] = {}
    imported: dict[str, tuple[str, str]] = {}
    always: list[ast.stmt] = []
    for statement in ast.parse(path.read_text(encoding="utf-8")).body if path.exists() else []:
        if isinstance(statement, ast.ImportFrom) and not statement.level:
            for alias in statement.names:
                imported[alias.asname or alias.name] = (statement.module or "", alias.name)
        elif names := _defines(statement):
            for name in names:
                defined.setdefault(name, []).append(statement)
        else:
            always.append(statement)
    return _Module(defined, imported, always)


def _defines(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        return [
            node.id
            for node in ast.walk(statement)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        ]
    return []


def _path(module: str) -> Path:
    path = _PROJECT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
