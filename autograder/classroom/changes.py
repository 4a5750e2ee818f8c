"""What grading anew changed, and why; an exercise that nothing touched keeps its outcome."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade

from autograder.classroom.journal import Change, Entry, Key
from autograder.classroom.submission import Graded, digest
from autograder.exercises import HOMEWORKS


def untouched(before: Key, now: Key) -> frozenset[str]:
    """Return the exercises of a submission that nothing touched since it was graded before."""
    old, new = _versions(before), _versions(now)
    same = {name for name in new if old.get(name) == new[name]}
    if before.submission != now.submission or before.environment != now.environment:
        return frozenset()
    return frozenset(same - {""}) if "" in same else frozenset()


def why(before: Key, now: Key, exercise: str) -> str:
    """Return why an exercise was graded anew."""
    old, new = _versions(before), _versions(now)
    if before.submission != now.submission:
        return "handed in anew"
    if before.environment != now.environment:
        was, parts = before.environment.split(", "), now.environment.split(", ")
        pairs = [f"{a} → {b}" for a, b in zip(was, parts, strict=False) if a != b]
        return f"the grader changed: {', '.join(pairs)}"
    if old.get("") != new.get(""):
        return "the homework changed"
    return "the exercise changed" if old.get(exercise) != new.get(exercise) else "graded again"


def kept(
    graded: Graded, before: Graded, folder: Path, homework: str, exercises: frozenset[str]
) -> Graded:
    """Return a grading in which some exercises keep the outcome that they had.

    The cells of a submission rest on the ones before, so all of it has to be run again; what is
    judged anew is what was touched.

    Parameters
    ----------
    graded : Graded
        The new grading; its graded files are changed.
    before : Graded
    folder : Path
        The graded files of the grading before.
    homework : str
    exercises : frozenset of str
        Those that keep their outcome.
    """
    assert graded.folder is not None
    name = f"{homework}.ipynb"
    old, new = (nbformat.read(place / name, as_version=4) for place in (folder, graded.folder))
    outputs = {
        cell.metadata.nbgrader.grade_id: cell.outputs for cell in old.cells if is_grade(cell)
    }
    for cell in new.cells:
        if is_grade(cell) and _exercise(cell.metadata.nbgrader.grade_id) in exercises:
            cell.outputs = outputs[cell.metadata.nbgrader.grade_id]
    path = graded.folder / name
    path.unlink()
    nbformat.write(new, path)
    path.chmod(0o444)
    scores = {
        cell: (before.scores or {}).get(cell) if _exercise(cell) in exercises else score
        for cell, score in (graded.scores or {}).items()
    }
    result, was = graded.result, before.result
    points = {k: was.points[k] if k in exercises else v for k, v in result.points.items()}
    mistakes = {k: v for k, v in result.mistakes.items() if k not in exercises}
    mistakes |= {k: v for k, v in was.mistakes.items() if k in exercises}
    result = replace(result, points=points, mistakes=mistakes)
    return replace(graded, scores=scores, result=result, files=digest(graded.folder))


def changes(before: Entry, now: Entry, by_hand: frozenset[str]) -> list[Change]:
    """Return the exercises whose points changed.

    Parameters
    ----------
    before, now : Entry
    by_hand : frozenset of str
        The cells that a person graded: the gradebook keeps that.
    """
    student = now.graded.result.student
    old, new = before.graded.result.points, now.graded.result.points
    rows = []
    for name in new:
        if old.get(name, 0.0) != new[name]:
            reason = why(before.key, now.key, name)
            if name in {_exercise(cell) for cell in by_hand}:
                reason += "; points given by hand stay"
            rows.append(Change(student, name, old.get(name, 0.0), new[name], reason))
    return rows


def table(rows: Sequence[Change], homework: str) -> str:
    """Return the differences as a table of text."""
    numbers = {name: exercise.number for name, exercise in HOMEWORKS[homework].items()}
    lines = [("student", "exercise", "old", "new", "why")]
    for row in rows:
        student = "".join(letter if letter.isprintable() else "?" for letter in row.student)
        exercise = f"{numbers.get(row.exercise, '')} {row.exercise}"
        lines.append((student, exercise, f"{row.old:g}", f"{row.new:g}", row.why))
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    return "\n".join(
        f"{s:<{widths[0]}}  {e:<{widths[1]}}  {o:>{widths[2]}}  {n:>{widths[3]}}  {w}"
        for s, e, o, n, w in lines
    )


def _id(cell: NotebookNode) -> str:
    return str(cell.metadata.nbgrader.grade_id)


def _exercise(cell: str) -> str:
    return cell.rpartition("-")[0]


def _versions(key: Key) -> dict[str, str]:
    found: dict[str, str] = json.loads(key.exercises)
    return found
