"""Run a submission: the student's cells in their own process, graded cells in this one."""

import contextlib
import hashlib
import itertools
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode, from_dict
from nbformat.v4 import new_output

from autograder.referee.cells import Bench, run_graded
from autograder.referee.mending import KEY
from autograder.referee.session import CellFailed, Session

MAX_OUTPUT = 30_000_000  # characters of JSON that a cell may show
MAX_OUTPUTS = 100_000_000  # of all cells together
SECONDS = "cpu_seconds"  # by exercise, in the metadata of the notebook
_STREAMS = ("stdout", "stderr")


def run_notebook(
    notebook: NotebookNode, session: Session, folder: Path, seconds: float
) -> dict[str, float]:
    """Run all code cells and put their outputs into the notebook.

    Parameters
    ----------
    notebook : NotebookNode
        A mended submission: its graded and locked cells are the instructor's.
    session : Session
    folder : Path
        The submission's folder.
    seconds : float
        How long a graded cell may take.

    Returns
    -------
    dict of str to float
        The seconds of CPU that the student's processes took in the cells of each exercise; "" is
        what is in none.
    """
    bench = Bench(folder, seconds, digest(notebook, session.given), now=session.now)
    count, room = 0, MAX_OUTPUTS
    spent: dict[str, float] = {}
    clock = session.cpu_seconds()
    cells = [c for c in notebook.cells if c.cell_type == "code" and c.source.strip()]
    for cell, following in itertools.zip_longest(cells, cells[1:]):
        count += 1
        cell.execution_count = count
        role = cell.metadata.get("nbgrader", {})
        if role.get("grade") and not role.get("solution"):
            with session.copy(twice=_is_hidden_part(following, cell)) as variables:
                outputs = run_graded(cell.source, variables, bench, count)
                before, clock = clock, session.cpu_seconds()
            cell.outputs = [_output(item, _made) for item in outputs]
        else:
            if role.get("locked") and not role.get("solution"):
                bench.locked.append(cell.source)
            if not _is_run(cell):
                continue
            bench.written.append(cell.source)
            cell.outputs, size = _run(session, cell.source, count, room)
            room -= size
            before, clock = clock, session.cpu_seconds()
        exercise = _exercise(role)
        spent[exercise] = spent.get(exercise, 0.0) + clock - before
    return spent


def record_seconds(notebook: NotebookNode, spent: dict[str, float]) -> None:
    """Write the seconds of CPU by exercise into the notebook's metadata."""
    measured = {exercise: round(value, 2) for exercise, value in spent.items()}
    notebook.metadata[KEY] = {**notebook.metadata.get(KEY, {}), SECONDS: measured}


def read_seconds(notebook: NotebookNode) -> dict[str, float]:
    """Return the seconds of CPU by exercise; empty for a notebook that was run by another."""
    held = notebook.metadata.get(KEY)
    return dict(held.get(SECONDS, {})) if isinstance(held, dict) else {}


def write_files(files: dict[str, bytes], folder: Path, notebook: str) -> None:
    """Put the files that a notebook wrote beside it, but for those that nbgrader writes."""
    reserved = ("timestamp.txt", f"{notebook}.html")
    root = folder.resolve()
    for name, content in files.items():
        path = root / name
        with contextlib.suppress(OSError):  # a file where a folder is wanted, a name too long
            if name in reserved:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.parent.resolve().is_relative_to(root) or path.suffix == ".ipynb":
                continue
            path.unlink(missing_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
            with os.fdopen(os.open(path, flags, 0o644), "wb") as file:
                file.write(content)


def _exercise(role: dict[str, Any]) -> str:
    """Return the exercise of a cell: its solution is called like it, its tests ``…-hidden``."""
    name = str(role.get("grade_id", ""))
    if role.get("solution"):
        return name
    return name.rpartition("-")[0] if role.get("grade") else ""


def _is_hidden_part(cell: NotebookNode | None, before: NotebookNode) -> bool:
    """Return whether a cell holds the hidden tests to the visible ones before it."""
    if cell is None:
        return False
    names = [str(c.metadata.get("nbgrader", {}).get("grade_id", "")) for c in (before, cell)]
    exercise = names[0].removesuffix("-visible")
    return names == [f"{exercise}-visible", f"{exercise}-hidden"]


def _is_run(cell: NotebookNode) -> bool:
    """Return whether a cell of the student's is run; a tag may say that it is not."""
    return "skip-execution" not in cell.metadata.get("tags", ())


def digest(notebook: NotebookNode, files: Mapping[str, bytes]) -> str:
    """Return what tells a submission from others of the same student.

    Parameters
    ----------
    notebook : NotebookNode
    files : mapping of str to bytes
        What its code finds beside it. Else answers to inputs that were seen could be handed in as a
        file, without a change of the notebook.
    """
    # Only those that run: which of them are skipped could spell answers, too.
    cells = [c.source for c in notebook.cells if c.cell_type == "code" and _is_run(c)]
    beside = sorted((name, hashlib.sha256(content).hexdigest()) for name, content in files.items())
    return hashlib.sha256(json.dumps([cells, beside]).encode()).hexdigest()


def _run(session: Session, source: str, count: int, room: int) -> tuple[list[NotebookNode], int]:
    """Run a cell of the student's; return its outputs and their size."""
    try:
        text, _, _ = session.run(source)
    except CellFailed as failure:
        return [_error(failure.kind, str(failure))], 0
    except (TypeError, ValueError):
        return [_error("ProcessEnded", "what came from the process could not be read")], 0
    if isinstance(text, str) and len(text) <= min(room, MAX_OUTPUT):
        return _outputs(text, count), len(text)
    return [_error("OutputTooLarge", "the output of this cell is too large to be kept")], 0


def _outputs(text: str, count: int) -> list[NotebookNode]:
    """Return the outputs that a student's process sent, which may be anything."""
    try:
        items = json.loads(text, parse_constant=lambda _: None)  # NaN is not JSON
        found = [_output({**item, "execution_count": count}) for item in items]
    except (TypeError, ValueError, LookupError, AttributeError, RecursionError):
        return [_error("OutputError", "the output of this cell could not be read")]
    return found


def _made(kind: str, **fields: Any) -> NotebookNode:
    """Return an output as `new_output` does, which takes long to check it."""
    about: dict[str, Any] = {"metadata": {}} if "data" in fields else {}
    return from_dict({"output_type": kind, **about, **fields})


def _output(item: dict[str, Any], new: Callable[..., NotebookNode] = new_output) -> NotebookNode:
    """Return an output with the fields that it should have and no others."""
    kind = item["output_type"]
    if kind == "stream":
        if item["name"] not in _STREAMS:
            raise ValueError(f"there is no stream called {item['name']!r}")
        return new("stream", name=item["name"], text=_text(item["text"]))
    if kind == "error":
        lines = [_text(line) for line in item["traceback"]]
        ename, evalue = _text(item["ename"]), _text(item["evalue"])
        return new("error", ename=ename, evalue=evalue, traceback=lines)
    if kind not in ("display_data", "execute_result"):
        raise ValueError(f"there is no output of the type {kind!r}")
    data = {_text(mime): _shown(content) for mime, content in item["data"].items()}
    more = {"execution_count": item["execution_count"]} if kind == "execute_result" else {}
    return new(kind, data=from_dict(data), **more)


def _shown(content: Any) -> Any:
    return _text(content) if isinstance(content, str) else json.loads(_text(json.dumps(content)))


def _text(text: Any) -> str:
    """Return text that can be written to a file."""
    if not isinstance(text, str):
        raise TypeError(f"expected text, got {type(text).__name__}")
    return text.encode("utf-8", "replace").decode()


def _error(kind: str, text: str) -> NotebookNode:
    return new_output("error", ename=kind, evalue=text, traceback=[f"{kind}: {text}"])
