"""Make the page that a student reads: what counts first, then the notebook by exercises."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile
from pathlib import Path
from typing import Any

from markupsafe import Markup
from nbconvert.preprocessors import Preprocessor
from nbgrader.utils import is_grade, is_solution, is_task
from traitlets import Bool

from autograder.exercises import HOMEWORKS
from autograder.feedback.harmless import (
    LONGEST_CODE,
    heading,
    highlight,
    markdown,
    plain,
    shorten,
    with_code,
)
from autograder.feedback.outputs import (
    NO_ROOM,
    UNTOUCHED,
    Failure,
    Output,
    Outputs,
    hidden_from,
    read_verdict,
)
from autograder.referee.mending import read_repairs
from autograder.referee.reading import called, definitions
from autograder.referee.verdict import Status, Verdict

TEMPLATES = Path(__file__).parent / "template"
_STYLE = TEMPLATES / "feedback" / "style.css"
_PARTS = re.compile("-(task|visible|hidden)$")
MOST_CELLS = 1_000  # of a student's own
MOST_REPAIRS = 30
NOTHING = Markup("")
BY_HAND = "graded by hand"
NO_RESPONSE = "No response."  # nbgrader's own comment on an answer that was left as it was


@dataclass
class Cell:
    """A cell of the notebook as the page shows it.

    Attributes
    ----------
    role : str
        What the cell is to the reader: ``title``, ``markdown``, ``raw``, ``code``, ``task``,
        ``answer`` (the student's, graded or not), ``test``, ``hidden``.
    body : Markup
        Its text or code, without what is hidden.
    lead : str
        The comment above a hidden test.
    points, max_points : float or None
        If the cell is graded.
    by_hand : bool
        A person gave the points.
    """

    role: str
    body: Markup = NOTHING
    lead: str = ""
    outputs: list[Output] = field(default_factory=list)
    failure: Failure | None = None
    verdict: Verdict | None = None
    points: float | None = None
    max_points: float | None = None
    by_hand: bool = False
    comment: Markup = NOTHING

    @property
    def passed(self) -> bool:
        """Whether the cell has all of its points."""
        return self.points is not None and self.points >= (self.max_points or 0)

    @property
    def warnings(self) -> list[Output]:
        """What was written to stderr: it costs a test cell its points."""
        return [output for output in self.outputs if output.kind == "warning"]


@dataclass
class Exercise:
    """Cells that stand together: an exercise, or what lies between two.

    Attributes
    ----------
    anchor : str
        Empty if this is no exercise, or the rest of one that a student tore apart.
    graded : str
        The name of the function or class.
    cells : list of Cell
        What to show here.
    scored : list of Cell
        The cells that have points, wherever they stand.
    hint : str
        Where to look before: a function that is called here failed its own tests.
    """

    anchor: str = ""
    number: str = ""
    graded: str = ""
    name: Markup = NOTHING
    stars: int = 0
    cells: list[Cell] = field(default_factory=list)
    scored: list[Cell] = field(default_factory=list)
    hint: str = ""

    @property
    def points(self) -> float:
        """The points of all cells together."""
        return sum(cell.points or 0 for cell in self.scored)

    @property
    def max_points(self) -> float:
        """The most that the cells can give."""
        return sum(cell.max_points or 0 for cell in self.scored)

    @property
    def verdict(self) -> Verdict | None:
        """What the hidden tests found."""
        return next((cell.verdict for cell in self.scored if cell.verdict), None)

    @property
    def status(self) -> str:
        """How the exercise ended, in words."""
        if self.points >= self.max_points:
            return Status.RIGHT
        if any(cell.by_hand for cell in self.scored):
            return BY_HAND
        if self.points > 0:
            return Status.PARTIAL
        if self.verdict:
            right = self.verdict.status in {Status.RIGHT, Status.PARTIAL}
            return Status.WRONG if right else self.verdict.status
        if any(c.failure and c.failure.name == UNTOUCHED for c in self.scored):
            return Status.NOT_ATTEMPTED
        return Status.WRONG

    @property
    def finding(self) -> str:
        """What is not right, in a sentence in which backquotes mark code."""
        if self.status in {Status.RIGHT, Status.NOT_ATTEMPTED, BY_HAND}:
            return ""
        verdict = self.verdict
        if verdict and verdict.status != Status.RIGHT:
            return verdict.diagnosis or self.hint or verdict.reason
        if self.hint:
            return self.hint
        said = next((str(cell.failure) for cell in self.scored if cell.failure), "")
        return plain(said.split("\n", 1)[0].replace("`", ""), 200)

    @property
    def short_finding(self) -> Markup:
        """The finding in a few words."""
        return with_code(shorten(self.finding))


@dataclass(frozen=True)
class Page:
    """All that the template shows."""

    title: Markup
    title_text: str
    student: str
    points: float
    max_points: float
    late_penalty: float
    repairs: list[Markup]
    exercises: list[Exercise]
    parts: list[Exercise]
    style: Markup
    policy: str
    with_code = staticmethod(with_code)  # for the template

    @property
    def first(self) -> Exercise | None:
        """The exercise to look at first: one whose mistake has a name, else one that is wrong."""
        open_ones = [e for e in self.exercises if e.status not in {Status.RIGHT, BY_HAND}]
        tried = [e for e in open_ones if e.status != Status.NOT_ATTEMPTED]
        named = [e for e in tried if e.verdict and e.verdict.mistake]
        ahead = named + tried + open_ones
        return next((e for e in ahead if not e.hint), next(iter(ahead), None))

    @property
    def has_findings(self) -> bool:
        """Whether there is anything to say in the table."""
        return any(exercise.finding for exercise in self.exercises)

    @property
    def all_right(self) -> bool:
        """Whether every exercise has all of its points."""
        return bool(self.exercises) and all(e.status == Status.RIGHT for e in self.exercises)

    @property
    def untouched(self) -> bool:
        """Whether no exercise is attempted."""
        return all(e.status == Status.NOT_ATTEMPTED for e in self.exercises)


class FeedbackPage(Preprocessor):  # type: ignore[misc]  # nbconvert has no types
    """Hands the page to the template ``feedback``. It runs after nbgrader's GetGrades."""

    enabled = Bool(True, help="Whether to make the page").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Put a `Page` into ``resources["feedback"]``; the notebook stays as it is."""
        folder = str(resources.get("metadata", {}).get("path", ""))
        resources["feedback"] = make_page(nb, resources["nbgrader"], folder)
        return nb, resources


def make_page(nb: Any, graded: dict[str, Any], folder: str = "") -> Page:
    """Return the page of an autograded notebook.

    Parameters
    ----------
    nb : NotebookNode
        With the scores and comments that GetGrades puts into the metadata.
    graded : dict
        nbgrader's resources: notebook, student, score, max_score, late_penalty.
    folder : str
        Where the notebook lies, for the pictures beside it.
    """
    cells, left_out = _some(nb.cells)
    language = str(nb.metadata.get("language_info", {}).get("name", "python"))
    title = _title(cells) or graded["notebook"]
    parts = list(_parts(cells, folder, language))
    if left_out:
        note = Output("note", f"{left_out} more cells without points are left out.")
        parts.append(Exercise(cells=[Cell("code", outputs=[note])]))
    exercises = [part for part in parts if part.anchor]
    _find_hints(exercises, cells, graded["notebook"])
    repairs = list(dict.fromkeys(read_repairs(nb)))
    told = [with_code(plain(sentence, 300)) for sentence in repairs[:MOST_REPAIRS]]
    if len(repairs) > MOST_REPAIRS:
        told.append(Markup("And {} more.").format(len(repairs) - MOST_REPAIRS))
    _order_headings(parts)
    style = _STYLE.read_text(encoding="utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return Page(
        title=with_code(title),
        title_text=title.replace("`", ""),
        student=plain(graded["student"], 200),
        points=float(graded["score"]),
        max_points=float(graded["max_score"]),
        late_penalty=float(graded["late_penalty"]),
        repairs=told,
        exercises=exercises,
        parts=parts,
        style=Markup(style),
        # No script, no network: only the style below and pictures that are in the page.
        policy=f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'",
    )


def _find_hints(exercises: list[Exercise], cells: list[Any], homework: str) -> None:
    """Tell where an exercise that failed calls a function of another one that failed, too.

    Of a chain of calls its end is named: there the mending begins.
    """
    found = definitions(c.source for c in cells if c.cell_type == "code" and not is_grade(c))
    declared = HOMEWORKS.get(homework, {})
    names = {
        e.graded: (*declared[e.graded].references,) if e.graded in declared else (e.graded,)
        for e in exercises
    }
    failed = [e for e in exercises if e.status not in {Status.RIGHT, BY_HAND}]
    owners = {name: e for e in failed for name in names[e.graded]}
    used = {e.graded: called(names[e.graded], found) & owners.keys() for e in failed}
    for exercise in failed:
        if exercise.status == Status.NOT_ATTEMPTED:
            continue
        ends = [
            name
            for name in owners
            if name in used[exercise.graded] and not used[owners[name].graded]
        ]
        exercise.hint = " ".join(_hint(name, owners[name].status) for name in ends[:3])


def _hint(name: str, status: str) -> str:
    if status in {Status.NOT_ATTEMPTED, Status.UNFINISHED}:
        return f"Your code calls `{name}`, which is not written yet: write that first."
    return f"Your code calls `{name}`, whose tests failed too: mend that first."


def _some(cells: list[Any]) -> tuple[list[Any], int]:
    """Return the cells to show, all that have points among them, and how many are left out."""
    own = [i for i, cell in enumerate(cells) if not cell.metadata.get("nbgrader")]
    gone = set(own[MOST_CELLS:])
    return [cell for index, cell in enumerate(cells) if index not in gone], len(gone)


def _title(cells: list[Any]) -> str:
    for cell in cells:
        if cell.cell_type == "markdown":
            level, words, _ = heading(cell.source)
            if level == 1:
                return plain(re.sub(r"[*$\\]", "", words), 200)
    return ""


def _parts(cells: list[Any], folder: str, language: str) -> Iterator[Exercise]:
    """Yield the exercises and what lies between them, in the order of the notebook."""
    outputs = Outputs(cells)
    room = outputs.room
    groups = _groups(cells)
    titled = False
    known: dict[str, Exercise] = {}
    for group, run in groupby(range(len(cells)), lambda index: groups[index]):
        part = Exercise()
        if group in known:
            part = replace(known[group], anchor="", cells=[])  # its points stay at its head
        elif group:
            part = Exercise(
                f"exercise-{len(known) + 1}", graded=group, name=with_code(f"`{group}`")
            )
            known[group] = part
        for index in run:
            cell = cells[index]
            shown = _cell(cell, index, outputs, group, language, has_room=room.left > 0)
            if room.left <= 0 and shown.role not in ("test", "hidden"):
                shown.body = Markup("({} characters are left out: {})").format(
                    len(cell.source), NO_ROOM
                )
            elif cell.cell_type == "markdown":
                source = cell.source
                level, words, rest = heading(source)
                if shown.role == "task" and level:
                    _name(part, words)
                    source = rest
                elif shown.role == "markdown" and level == 1 and not titled:
                    titled = True
                    shown.role, source = "title", rest
                shown.body = markdown(source, cell.get("attachments"), folder)
            # Markdown and code cost time, too: as much as pictures of fifty times their length.
            room.take(max(len(shown.body), 50 * min(len(cell.source), LONGEST_CODE)))
            if shown.points is not None:
                part.scored.append(shown)
            part.cells.append(shown)
        yield part


def _groups(cells: list[Any]) -> list[str]:
    """Return for each cell the exercise that it belongs to, or nothing."""
    names = [
        _PARTS.sub("", cell.metadata.get("nbgrader", {}).get("grade_id", "")) for cell in cells
    ]
    scored = {n for n, cell in zip(names, cells, strict=True) if is_grade(cell) or is_task(cell)}
    own = [name if name in scored else "" for name in names]
    known = [bool(name) for name in names]
    before = ""
    for index, name in enumerate(own):
        # A cell that a student put between those of an exercise belongs to it.
        after = next((n for n, k in zip(own[index:], known[index:], strict=True) if k), "")
        if not known[index] and before and before == after:
            own[index] = before
        elif known[index]:
            before = name
    return own


def _name(exercise: Exercise, heading: str) -> None:
    """Read ``Exercise 2.1 ★★ `mae` (3 points)``."""
    exercise.stars = heading.count("★")
    words = " ".join(re.sub(r"[★*$\\]|\(\d+ points?\)", " ", heading).split())
    found = re.fullmatch(r"Exercise (\w+(?:\.\w+)*):? (.+)", words)
    exercise.number = found[1] if found else ""
    exercise.name = with_code(found[2] if found else words)


def _cell(
    cell: Any, index: int, outputs: Outputs, group: str, language: str, *, has_room: bool
) -> Cell:
    meta = cell.metadata.get("nbgrader", {})
    name = meta.get("grade_id", "")
    graded = is_grade(cell) or is_task(cell)
    shown = Cell(role=cell.cell_type if cell.cell_type in {"markdown", "raw"} else "code")
    if graded:
        shown.points = float(meta.get("score") or 0)
        shown.max_points = float(meta.get("points") or 0)
    shown.by_hand = graded and (is_solution(cell) or is_task(cell))
    comment = str(meta.get("comment") or "")
    if comment != NO_RESPONSE or shown.by_hand:  # the status of an exercise says that already
        shown.comment = markdown(comment)
    if cell.cell_type == "markdown":
        if group and name.endswith("-task") and not graded:
            shown.role = "task"
        return shown
    if cell.cell_type != "code":
        shown.body = Markup("{}").format(plain(cell.source)) if has_room else NOTHING
        return shown
    if is_solution(cell):
        shown.role = "answer"
    elif is_grade(cell):
        shown.role = "hidden" if name.endswith("-hidden") else "test"
    shown.failure = outputs.failures.get(index)
    if (
        shown.failure
        and not graded
        and not outputs.room.take(5 * len(shown.failure.log + str(shown.failure)))
    ):
        shown.failure = Failure(shown.failure.name, "")
    source, start = cell.source, hidden_from(cell)
    if start is not None:
        source = source[:start]
        shown.outputs = []  # what a student's function prints there may be a hidden input
    else:
        shown.outputs = outputs.of(index)
    if shown.role == "hidden":
        shown.verdict = read_verdict(cell, group)
        lead = takewhile(lambda line: line.startswith("#"), source.splitlines())
        shown.lead = plain("\n".join(re.sub("^# ?", "", line) for line in lead))
        source = "" if start is not None else source
    if source.strip() and (has_room or graded):
        shown.body = highlight(source, language, outputs.marks[index])
    return shown


def _order_headings(parts: list[Exercise]) -> None:
    """Give the headings of the notebook levels below those of the page, leaving none out."""
    level = 2
    for part in parts:
        if part.anchor:
            level = 3
        lowest = 4 if part.scored else 2
        for cell in part.cells:
            for name in ("body", "comment"):
                pieces = re.split(r"<h([1-6])>(.*?)</h\1>", getattr(cell, name), flags=re.S)
                text = pieces[0]
                for number, words, after in zip(*(pieces[i::3] for i in (1, 2, 3)), strict=True):
                    level = min(max(int(number), lowest), level + 1)
                    text += f"<h{level}>{words}</h{level}>{after}"
                setattr(cell, name, Markup(text))
