"""Read the outputs of a notebook: verdicts, failures cut down to what helps, text, pictures."""

from __future__ import annotations

import ast
import math
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from nbgrader.utils import is_grade, is_solution

from autograder.feedback.harmless import LONGEST_TEXT, highlight, image, plain
from autograder.feedback.pictures import LARGEST
from autograder.referee.verdict import VERDICT_MIME, Status, Verdict

UNTOUCHED = "NotImplementedError"  # what a released exercise raises
HIDDEN = "BEGIN HIDDEN TESTS"
MOST_OUTPUTS = 50  # of a cell
LARGEST_PAGE = 12_000_000  # characters that what students wrote and showed may take
NO_ROOM = "there is no more room on this page"
MOST_STEPS = 4  # of a traceback
MOST_FRAMES = 40  # that are looked at
MOST_FAILURES = 200  # whose lines are looked for
LONGEST_MESSAGE = 4_000
LONGEST_PARSED = 20_000  # characters of a cell in which a statement is looked for
# A line of a traceback that names a file of the grader, with the lines of the file below it.
_GRADER = re.compile(r"^[^\n]*\bautograder[/\\][^\n]*(?:\n(?:[ \t]|-+> ?\d)[^\n]*)*", re.M)
# What a run outside of IPython says: lines of the test, and lines of the student's functions.
_TEST_LINE = re.compile(r"^Test cell, line (\d{1,9}):$", re.M)
_THEIR_LINE = re.compile(
    r'^ *File "<ipython-input-[^"\n]{1,80}>", line (\d{1,9}), in ([A-Za-z_]\w{0,60})\n([^\n]+)',
    re.M,
)
_IMAGES = ("image/png", "image/jpeg", "image/svg+xml")


@dataclass(frozen=True)
class Step:
    """A line of the notebook through which an error went."""

    where: str
    code: Markup


@dataclass(frozen=True)
class Failure:
    """An error: its name, its message in full, and the lines of the notebook that led to it."""

    name: str
    message: str
    steps: tuple[Step, ...] = ()
    log: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.message}" if self.message else self.name


@dataclass(frozen=True)
class Output:
    """One output: ``text``, ``warning``, ``note``, or a ``picture``."""

    kind: str
    content: str


def hidden_from(cell: Any) -> int | None:
    """Return the position in the source of a cell from which on it is not for students."""
    if is_solution(cell):
        return None
    found = re.search(rf"^.*{HIDDEN}", cell.source, flags=re.M | re.I)
    return found.start() if found else None


def read_verdict(cell: Any, exercise: str) -> Verdict | None:
    """Return the verdict that a hidden test cell shows, if it is one of that exercise.

    Only the result of the cell counts: what was printed or displayed there may be the student's.
    """
    for output in reversed(cell.get("outputs", [])):
        if output.output_type == "execute_result" and VERDICT_MIME in output.data:
            return _verdict(output.data[VERDICT_MIME], exercise)
    return None


def _verdict(fields: Any, exercise: str) -> Verdict | None:
    if not isinstance(fields, dict):
        return None
    words = {
        name: fields.get(name, "")
        for name in ("exercise", "status", "reason", "mistake", "diagnosis", "example")
    }
    points: Any = fields.get("points")
    most: Any = fields.get("max_points")
    if not all(isinstance(word, str) for word in words.values()) or words["exercise"] != exercise:
        return None
    if type(points) not in {int, float} or type(most) not in {int, float}:
        return None
    if not 0 <= points <= most < math.inf or words["status"] not in set(Status):
        return None
    words = {name: plain(word, 5_000) for name, word in words.items()}
    status = Status(words.pop("status"))
    return Verdict(points=points, max_points=most, status=status, **words)


class Room:
    """What is left of the page: no notebook makes it larger, or longer to make, than it may be."""

    def __init__(self) -> None:
        self.left = LARGEST_PAGE

    def take(self, size: int) -> bool:
        """Count some characters; return whether there was room for them."""
        self.left -= size
        return self.left > 0


class Outputs:
    """The outputs of a notebook.

    Attributes
    ----------
    failures : dict of int to Failure
        By the index of the cell that failed.
    marks : dict of int to set of int
        By the index of a cell the lines through which an error went.
    """

    def __init__(self, cells: list[Any]) -> None:
        self.cells = cells
        self.room = Room()
        self.failures: dict[int, Failure] = {}
        self.marks: dict[int, set[int]] = defaultdict(set)
        self._by_count = {
            cell.execution_count: index
            for index, cell in enumerate(cells)
            if cell.get("execution_count") is not None
        }
        self._secrets = sorted(
            {
                line.strip()
                for cell in cells
                if (start := hidden_from(cell)) is not None
                for line in cell.source[start:].splitlines()
                if len(line.strip()) >= 12
            },
            key=len,
            reverse=True,
        )
        for index, cell in enumerate(cells):
            for output in cell.get("outputs", []):
                if output.output_type == "error" and index not in self.failures:
                    self.failures[index] = self._failure(output, index)

    def text(self, words: object, limit: int = LONGEST_TEXT) -> str:
        """Return a text without what a student got hold of from a hidden test cell."""
        said = _GRADER.sub("(hidden)", plain(words, limit))
        for secret in self._secrets:
            said = said.replace(secret, "(hidden)")
        return said

    def of(self, index: int) -> list[Output]:
        """Return what a cell printed and showed, without its failure."""
        shown: list[Output] = []
        left = LONGEST_TEXT
        outputs = [o for o in self.cells[index].get("outputs", []) if o.output_type != "error"]
        for number, output in enumerate(outputs[:MOST_OUTPUTS]):
            if not self.room.take(_size(output)):
                rest = len(outputs[:MOST_OUTPUTS]) - number
                shown.append(Output("note", f"{rest} outputs are left out: {NO_ROOM}."))
                break
            if output.output_type == "stream":
                kind = "warning" if output.name == "stderr" else "text"
                item = Output(kind, self.text(output.text, max(left, 0)))
            else:
                item = self._data(output.data, max(left, 0))
            if item.kind != "picture":
                left -= len(item.content)
            if item.content.strip():
                shown.append(item)
        if len(outputs) > MOST_OUTPUTS:
            shown.append(
                Output("note", f"{len(outputs) - MOST_OUTPUTS} more outputs are left out.")
            )
        return shown

    def _data(self, data: Any, left: int) -> Output:
        for kind in _IMAGES:
            if kind in data:
                picture = image(kind, data[kind], "Figure drawn by this cell")
                if picture:
                    return Output("picture", picture)
        if "text/plain" in data:
            return Output("text", self.text(data["text/plain"], left))
        kinds = ", ".join(plain(kind, 80) for kind in sorted(data)[:10]) or "nothing"
        return Output("note", f"An output is not shown on this page ({kinds}).")

    def _failure(self, output: Any, index: int) -> Failure:
        name, message = self.text(output.ename, 100), self.text(output.evalue, LONGEST_MESSAGE)
        hidden = hidden_from(self.cells[index]) is not None
        if hidden or name == UNTOUCHED or len(self.failures) >= MOST_FAILURES:
            return Failure(name, message)
        half = MOST_FRAMES // 2
        frames = [plain(f) for f in [*output.traceback[:half], *output.traceback[half:][-half:]]]
        steps: dict[str, tuple[int, int]] = {}
        for frame in frames:
            for head, line in _notebook_lines(frame):
                where = self._where(head, line, index)
                if where:
                    steps.setdefault(*where)
            for place in self._told(frame, index):
                where = self._place(*place)
                if where:
                    steps.setdefault(*where)
        kept = list(steps.items())
        kept = kept[:1] + kept[1:][-(MOST_STEPS - 1) :]
        log = "" if kept else self.text("\n".join(frames[-3:]), 3_000)
        return Failure(name, message, tuple(self._step(*step) for step in kept), log)

    def _step(self, where: str, line: tuple[int, int]) -> Step:
        statement = _statement(self.cells[line[0]].source, line[1])
        return Step(where, highlight(self.text(statement, LONGEST_MESSAGE)))

    def _where(self, head: str, line: int, failed: int) -> tuple[str, tuple[int, int]] | None:
        """Return what to call a line of the notebook, and which cell and line it is."""
        count = re.search(r"In ?\[(\d{1,9})\]", head)
        index = self._by_count.get(int(count[1])) if count else None
        if index is None:
            return None
        function = re.search(r"\bin ([A-Za-z_]\w{0,60})", head)
        if index == failed:
            thing = "the test" if is_grade(self.cells[index]) else "this cell"
        else:
            thing = f"`{function[1]}`" if function else "an earlier cell"
        return self._place(thing, index, line)

    def _told(self, frame: str, failed: int) -> list[tuple[str, int, int]]:
        """Return what a frame of a run outside of IPython names: things, their cells and lines."""
        told = [("the test", failed, int(line)) for line in _TEST_LINE.findall(frame)]
        for line, function, code in _THEIR_LINE.findall(frame):
            # Its cells are counted without the tests, so a cell is known by what stands there.
            found = [
                index
                for index, cell in enumerate(self.cells)
                if cell.cell_type == "code"
                and not is_grade(cell)
                and [s.strip() for s in cell.source.split("\n")][int(line) - 1 : int(line)]
                == [code.strip()]
            ]
            if len(found) == 1:
                told.append((f"`{function}`", found[0], int(line)))
        return told

    def _place(self, thing: str, index: int, line: int) -> tuple[str, tuple[int, int]] | None:
        """Mark a line of a cell, and return what to call it; None if it is not to be shown."""
        source = self.cells[index].source
        if hidden_from(self.cells[index]) is not None or not 1 <= line <= source.count("\n") + 1:
            return None
        self.marks[index].add(line)
        return f"Line {line} of {thing}", (index, line)


def _size(output: Any) -> int:
    """Return how many characters an output may take, or cost, on the page."""
    if output.output_type == "stream":
        return 5 * min(len(output.text), LONGEST_TEXT)  # a quote becomes an entity
    pictures = [len(output.data[kind]) for kind in _IMAGES if kind in output.data]
    return min(sum(pictures), 3 * LARGEST) or 5 * LONGEST_TEXT


def _notebook_lines(frame: str) -> list[tuple[str, int]]:
    """Return the heads of the frames of notebook cells, with the numbers of their lines."""
    found = []
    lines = frame.splitlines()
    for number, line in enumerate(lines):
        if not re.match(r"\s*(?:Cell |Input )?In ?\[\d+\]", line):
            continue
        said = re.search(r"\bline:? (\d{1,9})\b", line)
        arrow = next((m for x in lines[number:] if (m := re.match(r"-+> (\d{1,9}) ", x))), None)
        where = said or arrow
        if where:
            found.append((line, int(where[1])))
    return found


def _statement(source: str, line: int) -> str:
    """Return the statement at a line; of an assert only what is asserted, its message aside."""
    lines = source.split("\n")
    if len(source) > LONGEST_PARSED:
        return lines[line - 1].strip()
    try:
        nodes = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.stmt)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return lines[line - 1].strip()
    around = [n for n in nodes if n.lineno <= line <= (n.end_lineno or n.lineno)]
    if not around:
        return lines[line - 1].strip()
    node = max(around, key=lambda n: n.lineno)
    if isinstance(node, ast.Assert):
        return f"assert {ast.get_source_segment(source, node.test)}"
    if hasattr(node, "body"):  # the line is the head of a loop or a definition
        return lines[line - 1].strip()
    return "\n".join(lines[node.lineno - 1 : node.end_lineno]).strip()
