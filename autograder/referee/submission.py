"""Read the notebook that a student handed in, however it is damaged."""

import json
import re
from collections.abc import Iterable
from typing import Any

import nbformat
from nbformat.v4.rwbase import rejoin_lines
from nbformat.validator import isvalid

CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
DEEPEST = 20  # levels of metadata; copying a thousand of them ends Python's recursion


class UnreadableError(ValueError):
    """There is no notebook in the file; the message says why, as what follows its name."""


def read_submission(content: str | bytes) -> nbformat.NotebookNode:
    """Return a valid notebook of format 4.5 with all that could be understood of a file.

    Formats 3 and 4 are read. What has a wrong type is replaced by nothing: cells without source or
    metadata, metadata that are no mapping, outputs that are none. Cells get ids where they have
    none, or one twice.

    Parameters
    ----------
    content : str or bytes
        What is in the file.

    Raises
    ------
    UnreadableError
        It is not JSON, or its JSON holds no cells.
    """
    nb = _load(content)
    if not isinstance(nb, dict):
        raise UnreadableError("is not a notebook: its JSON is something else")
    cells = [_cell(cell) for cell in _raw_cells(nb) if isinstance(cell, dict)]
    for cell, name in zip(cells, unique_ids(cell["id"] for cell in cells), strict=True):
        cell["id"] = name
    metadata = _shallow(nb.get("metadata"))
    notebook = nbformat.from_dict(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}
    )
    if not isvalid(notebook):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []
    if not isvalid(notebook):
        notebook.metadata = nbformat.NotebookNode()
        for cell in notebook.cells:
            marks = {key: value for key, value in cell.metadata.items() if key == "nbgrader"}
            cell.metadata = nbformat.from_dict(marks)
    rejoined: nbformat.NotebookNode = rejoin_lines(notebook)
    return rejoined


def unique_ids(wanted: Iterable[object]) -> list[str]:
    """Return ids for cells: the wanted ones, and others for those that are none or come twice.

    >>> unique_ids(["a", "a", None, "cell-1"])
    ['a', 'cell-2', 'cell-3', 'cell-1']
    """
    asked = [name if isinstance(name, str) and CELL_ID.fullmatch(name) else "" for name in wanted]
    left, used = set(asked), set()
    ids, number = [], 0
    for name in asked:
        number += 1
        if not name or name in used:
            while (name := f"cell-{number}") in left:
                number += 1
        used.add(name)
        ids.append(name)
    return ids


def _load(content: str | bytes) -> Any:
    try:
        text = content.decode("utf-8") if isinstance(content, bytes) else content
    except UnicodeDecodeError:
        raise UnreadableError("is not a notebook: it is not text in UTF-8") from None
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise UnreadableError("is an empty file")
    try:
        nb = json.loads(text, parse_constant=lambda _: None)  # NaN is not JSON
        if re.search(r"\\ud[89a-f]", text, re.I):
            # Half of a surrogate pair can't be written to a file; "?" stands for it then.
            whole = json.dumps(nb, ensure_ascii=False).encode("utf-16", "surrogatepass")
            nb = json.loads(whole.decode("utf-16", "replace"))
    except json.JSONDecodeError as error:
        raise UnreadableError(f"is not a notebook: line {error.lineno} is not JSON") from None
    except ValueError:
        raise UnreadableError("is not a notebook: it holds a number that is too long") from None
    except RecursionError:
        raise UnreadableError("is not a notebook: its JSON is nested too deeply") from None
    return nb


def _raw_cells(nb: dict[str, Any]) -> list[Any]:
    """Return the cells of format 4, or those of the worksheets of format 3."""
    if isinstance(nb.get("cells"), list):
        return list(nb["cells"])
    sheets = nb.get("worksheets")
    if not isinstance(sheets, list):
        raise UnreadableError("is not a notebook: its JSON is something else")
    found = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
    return [cell for cells in found if isinstance(cells, list) for cell in cells]


def _cell(raw: dict[str, Any]) -> dict[str, Any]:
    kind = raw.get("cell_type")
    source = text_of(raw.get("source", raw.get("input")))
    if kind == "heading":  # of format 3
        level: Any = raw.get("level")
        source = f"{'#' * (level if level in range(1, 7) else 1)} {source}"
    if kind in ("heading", "html"):
        kind = "markdown"
    elif kind not in ("code", "markdown", "raw"):
        kind = "code" if "outputs" in raw or "input" in raw else "raw"
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": raw.get("id"),
        "metadata": _shallow(raw.get("metadata")),
        "source": source,
    }
    if kind == "code":
        outputs, count = raw.get("outputs"), raw.get("execution_count")
        cell["outputs"] = outputs if isinstance(outputs, list) else []
        cell["execution_count"] = count if type(count) is int and count >= 0 else None
    elif isinstance(raw.get("attachments"), dict):
        cell["attachments"] = {
            name: bundle
            for name, bundle in raw["attachments"].items()
            if isinstance(bundle, dict) and all(isinstance(data, str) for data in bundle.values())
        }
    return cell


def text_of(value: object) -> str:
    r"""Return a text that notebooks may keep as a list of lines.

    >>> text_of(["a\n", "b"])
    'a\nb'
    """
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else ""


def _shallow(metadata: object) -> dict[str, Any]:
    """Return metadata if they are a mapping and not nested beyond reason."""
    level: list[object] = [metadata]
    for _ in range(DEEPEST):
        inner = [value for value in level if isinstance(value, dict | list)]
        if not inner:
            break
        level = [x for v in inner for x in (v.values() if isinstance(v, dict) else v)]
    else:
        return {}
    return metadata if isinstance(metadata, dict) else {}
