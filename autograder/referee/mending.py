"""Mend a submission before it is graded: given cells are as they were given; the student is told.

The student's own code is never changed, and its order is the student's.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import nbformat

from autograder.referee.matching import Submitted, match
from autograder.referee.source import SourceCell, SourceNotebook
from autograder.referee.submission import UnreadableError, unique_ids

# Where the repairs stand in the metadata of the mended notebook.
KEY = "nnnumpy"
# Tags by which a cell is not run, or may fail.
ACTING_TAGS = {"skip-execution", "raises-exception"}


@dataclass(frozen=True)
class Repair:
    """What was repaired.

    Attributes
    ----------
    kind : str
        ``changed``, ``retyped``, ``marks``, ``tags``, ``renamed``, ``missing``, ``copy``, ``moved``
        or ``foreign``.
    cell : str
        The grade id of the cell of the homework that it is about, or nothing.
    sentence : str
        What to tell the student. Backquotes mark code.
    """

    kind: str
    cell: str
    sentence: str


def mend(
    notebook: nbformat.NotebookNode,
    source: SourceNotebook,
    *,
    add_missing: bool = True,
    missing_note: str = "",
    keep_outputs: bool = False,
) -> tuple[nbformat.NotebookNode, list[Repair]]:
    """Return the notebook to grade, and what was repaired.

    Cells of the homework are found by their text, their marks and their place. Text, type, tags,
    points and all other metadata of given cells are reset; lost cells are put back and copies are
    left out; a graded cell that stands before its solution goes behind it. Of several cells that
    say they are one solution, the last one with the student's work counts, the others stay as
    ordinary cells. The metadata of the notebook hold the kernel of the homework and the repairs.

    Parameters
    ----------
    notebook : NotebookNode
        A valid notebook, as `read_submission` returns it. It stays as it is.
    source : SourceNotebook
        The homework.
    add_missing : bool
        Whether lost cells are put back.
    missing_note : str
        What to write at the beginning of such a cell; ``{cell_id}`` is its grade id.
    keep_outputs : bool
        Whether given cells keep the outputs with which they came; only for a notebook that is not
        run again.

    Returns
    -------
    NotebookNode
    list of Repair
        Empty for an honest submission.

    Raises
    ------
    UnreadableError
        It is the notebook of another homework.
    """
    cells = [Submitted(cell) for cell in notebook.cells]
    found = match(cells, source)
    homework = {cell.grade_id: cell for cell in source.cells}
    counting = {c.grade_id for c in source.cells if c.grade or c.solution} or set(homework)
    if not counting & set(found) and any(cell.marked for cell in cells):
        raise UnreadableError("is the notebook of another homework")
    repairs: list[Repair] = []
    by_index = {index: homework[grade_id] for grade_id, index in found.items()}
    made: dict[int, Any] = {}
    for index, cell in enumerate(cells):
        if index in by_index:
            wanted = by_index[index]
            repairs += _differences(cell, wanted)
            made[index] = _restored(cell.cell, wanted, keep_outputs)
        else:
            copy_of, repair = _stranger(cell, homework)
            repairs += repair
            if not copy_of:
                made[index] = _own(cell.cell)
    ordered = _in_order(list(made), by_index, source, repairs)
    mended = [made[index] for index in ordered]
    if add_missing:
        _add_missing(mended, source, found, missing_note, repairs)
    for cell, name in zip(mended, unique_ids(cell.id for cell in mended), strict=True):
        cell.id = name
    repairs = list(dict.fromkeys(repairs))  # of a hundred copies once
    metadata: dict[str, Any] = {KEY: {"repairs": [asdict(repair) for repair in repairs]}}
    kernelspec = source.kernelspec or _kernelspec(notebook.metadata.get("kernelspec"))
    if kernelspec:
        metadata["kernelspec"] = kernelspec
    metadata["language_info"] = {"name": str(kernelspec.get("language", "python"))}
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": mended}
    return nbformat.from_dict(whole), repairs


def read_repairs(notebook: nbformat.NotebookNode) -> list[str]:
    """Return what a mended notebook tells the student, as sentences."""
    held = notebook.metadata.get(KEY)
    repairs = held.get("repairs") if isinstance(held, dict) else None
    found = repairs if isinstance(repairs, list) else []
    return [str(repair.get("sentence")) for repair in found if isinstance(repair, dict)]


def _kernelspec(submitted: Any) -> dict[str, str]:
    """Return what a submission says that it runs on, for a homework that names nothing."""
    if not isinstance(submitted, dict):
        return {}
    words = {key: submitted.get(key) for key in ("name", "display_name", "language")}
    spec = {key: word for key, word in words.items() if isinstance(word, str)}
    return spec if {"name", "display_name"} <= set(spec) else {}


# ---- one cell ----


def _restored(cell: Any, wanted: SourceCell, keep_outputs: bool) -> nbformat.NotebookNode:
    """Return a cell of the homework with its metadata, and with the text that counts."""
    text = wanted.source if wanted.given else cell.source
    restored = _new(wanted.cell_type, text, wanted.metadata, cell.id)
    if keep_outputs and wanted.cell_type == cell.cell_type == "code":
        restored.outputs, restored.execution_count = cell.outputs, cell.execution_count
    if not wanted.given and wanted.cell_type != "code" and cell.get("attachments"):
        restored.attachments = cell.attachments
    return restored


def _own(cell: Any) -> nbformat.NotebookNode:
    """Return a cell of the student's own: no mark of nbgrader's is left."""
    own = nbformat.from_dict(cell)
    own.metadata.pop("nbgrader", None)
    return own


def _new(kind: str, text: str, metadata: dict[str, Any], name: str) -> nbformat.NotebookNode:
    cell = {"cell_type": kind, "id": name, "metadata": metadata, "source": text}
    return nbformat.from_dict(
        cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})
    )


def _differences(cell: Submitted, wanted: SourceCell) -> Iterator[Repair]:
    """Yield what had been changed; what JupyterLab itself changes is no difference."""
    name, given = wanted.grade_id, cell.cell.cell_type
    if wanted.given and cell.text not in wanted.texts:
        counts = "it was graded as released" if wanted.grade else "it was put back as released"
        yield Repair("changed", name, f"The {wanted.called} had been changed; {counts}.")
    if given != wanted.cell_type:
        kinds = {"code": "code", "markdown": "text"}
        yield Repair(
            "retyped",
            name,
            f"The {wanted.called} was no longer {kinds[wanted.cell_type]}; it was turned back.",
        )
    tags = cell.cell.metadata.get("tags")
    acting = [tag for tag in ACTING_TAGS if isinstance(tags, list) and tag in tags]
    if acting:
        listed = " and ".join(f"`{tag}`" for tag in sorted(acting))
        yield Repair("tags", name, f"The {wanted.called} carried the tag {listed}; it was removed.")
    if cell.claim != name:
        yield Repair(
            "renamed",
            name,
            f"The {wanted.called} had lost its nbgrader marks; it was found and marked again.",
        )
    elif _marks(cell.marks) != _marks(wanted.metadata["nbgrader"]):
        yield Repair("marks", name, f"The nbgrader marks of the {wanted.called} were reset.")


def _marks(marks: dict[str, Any]) -> tuple[object, ...]:
    """Return what nbgrader makes of its metadata."""
    grade, solution = (bool(marks.get(key)) for key in ("grade", "solution"))
    locked = not solution and (grade or bool(marks.get("locked")))
    points = marks.get("points")
    if type(points) is int:
        points = float(points)
    return grade, solution, locked, bool(marks.get("task")), points if grade else None


def _stranger(cell: Submitted, homework: dict[str, SourceCell]) -> tuple[bool, list[Repair]]:
    """Return whether a cell is the mere copy of a released one, and what to say about its marks."""
    wanted = homework.get(cell.claim or "")
    if wanted is None:
        if not cell.marked:
            return False, []
        sentence = "A cell of yours carried nbgrader marks of another notebook; they were removed."
        return False, [Repair("foreign", "", sentence)]
    if cell.text in wanted.texts:  # a stub, too: behind the solution it would undo it
        sentence = f"A copy of the {wanted.called} was left out."
        return True, [Repair("copy", wanted.grade_id, sentence)]
    if not wanted.given:
        sentence = (
            f"There was more than one {wanted.called}. The last one with your work counts; "
            "the other ran as an ordinary cell."
        )
        return False, [Repair("copy", wanted.grade_id, sentence)]
    sentence = (
        f"A cell of yours carried the marks of the {wanted.called}; it ran as an ordinary cell."
    )
    return False, [Repair("foreign", wanted.grade_id, sentence)]


# ---- the order ----


def _in_order(
    indices: list[int],
    by_index: dict[int, SourceCell],
    source: SourceNotebook,
    repairs: list[Repair],
) -> list[int]:
    """Return the order of the cells: given cells that were moved go back behind their predecessor.

    The cells that the student wrote in stay in the student's order, because later ones may need
    earlier ones. So a solution is never moved; its graded cells follow it.
    """
    place = {cell.grade_id: number for number, cell in enumerate(source.cells)}
    known = [index for index in indices if index in by_index]
    steady = _steady([(place[by_index[i].grade_id], not by_index[i].given) for i in known])
    stays = {known[number] for number in steady}
    at = {by_index[index].grade_id: index for index in known}
    solutions: list[int] = []  # where those stand that a graded cell belongs to
    moved: list[SourceCell] = []
    for cell, before in zip(source.cells, (None, *source.cells), strict=False):
        index = at.get(cell.grade_id, -1)
        if not cell.given:
            solutions = [*(solutions if before and not before.given else []), index]
        elif index >= 0 and (
            index not in stays or (cell.grade and index < max(solutions, default=-1))
        ):
            moved.append(cell)
    gone = {at[cell.grade_id] for cell in moved}
    order = [index for index in indices if index not in gone]
    for cell in moved:
        earlier = (at.get(other.grade_id) for other in source.cells[: place[cell.grade_id]])
        there = [index for index in earlier if index is not None]
        order.insert(order.index(there[-1]) + 1 if there else 0, at[cell.grade_id])
        sentence = f"The {cell.called} had been moved; it was put back where it belongs."
        repairs.append(Repair("moved", cell.grade_id, sentence))
    return order


def _steady(places: list[tuple[int, bool]]) -> list[int]:
    """Return the numbers of the cells that stand in order, as many solutions as possible.

    Parameters
    ----------
    places : list of (int, bool)
        For each cell its place in the homework, and whether it is a solution.
    """
    if all(a < b for (a, _), (b, _) in pairwise(places)):
        return list(range(len(places)))
    best: list[tuple[tuple[int, int], int]] = []  # (solutions, cells) of a chain, and its last link
    for number, (place, solves) in enumerate(places):
        chains = [(best[i][0], i) for i in range(number) if places[i][0] < place]
        (solutions, count), link = max(chains, default=((0, 0), -1))
        best.append(((solutions + solves, count + 1), link))
    number = max(range(len(best)), key=lambda last: best[last][0])
    chain = []
    while number >= 0:
        chain.append(number)
        number = best[number][1]
    return chain[::-1]


def _add_missing(
    mended: list[Any],
    source: SourceNotebook,
    found: dict[str, int],
    note: str,
    repairs: list[Repair],
) -> None:
    """Put cells that are lost behind their predecessors."""
    defined = {
        name
        for cell in mended
        if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("locked")
        for name in Submitted(cell).names
    }
    for number, cell in enumerate(source.cells):
        if cell.grade_id in found:
            continue
        # The stub of a function that stands in another cell would undo it.
        text = cell.source if not cell.names & defined else ""
        if note:
            text = (
                ("# " if cell.cell_type == "code" else "")
                + note.format(cell_id=cell.grade_id)
                + text
            )
        before = source.cells[number - 1].grade_id if number else None
        position = next((i + 1 for i, c in enumerate(mended) if _grade_id(c) == before), 0)
        mended.insert(position, _new(cell.cell_type, text, cell.metadata, cell.grade_id))
        sentence = f"The {cell.called} was missing; it was put back."
        repairs.append(Repair("missing", cell.grade_id, sentence))


def _grade_id(cell: Any) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
