"""A class in which dishonest submissions stand beside honest ones, and what to look at afterwards.

Each file of `tests/attacks` is one attack: a docstring, whose first sentence says what it tries and
whose paragraph "Gain: …" says what for, and some of

- ``CELLS``: code for solution cells, by their grade ids; ``start`` and ``end`` are cells of the
  student's own, behind the imports and at the end of the notebook;
- ``AGAIN``: the same for a second submission, which is graded after the first one;
- ``edit(notebook)``: changes the notebook;
- ``place(folder)``: puts something beside the notebook that is handed in;
- ``EARNED``: points of exercises that the attack solves rightly;
- ``SHOWS_ITS_INPUTS``: whether it shows hidden inputs of its own, which are of no use to anyone;
- ``REFUSED``: words of the line that stands in the table, where nothing can be graded;
- ``NOT_ON_STOCK``: why stock nbgrader is not tried, and what it would do.

The code is held as text: to import these files does nothing.
"""

import ctypes
import hashlib
import json
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from autograder.classroom.made_class import fill_in
from autograder.exercises import HOMEWORKS
from autograder.notebooks.release import release
from autograder.referee.judge import seed
from autograder.referee.run import digest
from autograder.referee.session import submission_files

ROOT = Path(__file__).resolve().parent.parent
ATTACKS = Path(__file__).resolve().parent / "attacks"
HOMEWORK = "hw02_linear_regression"
EXERCISES = HOMEWORKS[HOMEWORK]
# What is honest in a dishonest submission, and what that earns.
HONEST = "half_mse"
DESERVED = EXERCISES[HONEST].points + 1
WRONG = "def {name}(*args, **kwargs):\n    return 0.0\n"
# They stand first, in the middle and last in the row; the attacks' names lie between.
VICTIMS = ("0 ada", "m emmy", "z zoë")
SECONDS = 3  # for a cell

_REACHED = re.compile(r"REACHED [a-z]")  # what an attack prints that can tell by itself
CANARY = "canary"
SECRETS = {  # what is planted, and must not be seen again
    "secret": f"{CANARY}-of-the-secret-5b1e",
    "environment": f"{CANARY}-of-the-environment-90c4",
    "home": f"{CANARY}-of-the-home-folder-77d2",
    "gradebook": f"{CANARY}-of-the-gradebook-3fa8",
    **{f"submission of {name}": f"{CANARY}-of-{name[0]}-c01d" for name in VICTIMS},
}


Scores = dict[str, dict[str, float | None]]


@dataclass(frozen=True)
class Attack:
    """One way to be dishonest.

    Attributes
    ----------
    name : str
        The name of its file.
    tries, gain : str
        Sentences.
    cells, again : mapping of str to str
    edit, place : callable
    earned : float
    shows_its_inputs : bool
    refused, not_on_stock : str
    """

    name: str
    tries: str
    gain: str
    cells: Mapping[str, str] = field(default_factory=dict)
    again: Mapping[str, str] = field(default_factory=dict)
    edit: Callable[[NotebookNode], None] = lambda _: None
    place: Callable[[Path], None] = lambda _: None
    earned: float = 0.0
    shows_its_inputs: bool = False
    refused: str = ""
    not_on_stock: str = ""


def read_attack(file: Path) -> Attack:
    """Return the attack of a file."""
    given = runpy.run_path(str(file))
    paragraphs = [" ".join(part.split()) for part in (given["__doc__"] or "").split("\n\n")]
    gains = [part.removeprefix("Gain: ") for part in paragraphs if part.startswith("Gain: ")]
    known = {"CELLS", "AGAIN", "EARNED", "SHOWS_ITS_INPUTS", "REFUSED", "NOT_ON_STOCK"}
    odd = {name for name in given if name.isupper() and not name.startswith("_")} - known
    if odd or len(gains) != 1:
        raise ValueError(f"{file.name} has no paragraph 'Gain: …', or unknown parts {odd or ''}")
    found = {name.lower(): given[name] for name in known if name in given}
    found |= {name: given[name] for name in ("edit", "place") if name in given}
    return Attack(file.stem.replace("_", "-"), paragraphs[0], gains[0], **found)


def attacks() -> dict[str, Attack]:
    """Return all attacks by their names."""
    files = sorted(path for path in ATTACKS.glob("*.py") if path.name != "__init__.py")
    return {attack.name: attack for attack in map(read_attack, files)}


# ---- what is handed in ----


def honest(released: NotebookNode, turn: int, canary: str) -> NotebookNode:
    """Return a right submission, written in one of the accepted ways, with a canary in it."""
    code = {e.name: e.variants[turn % len(e.variants)].source(e.name) for e in EXERCISES.values()}
    code["mae"] += f"\n# {canary}"
    return fill_in(released, code)


def dishonest(released: NotebookNode, attack: Attack, *, again: bool = False) -> NotebookNode:
    """Return a submission in which one exercise is right, and the others are an attack."""
    code = {name: WRONG.format(name=name) for name in EXERCISES}
    code[HONEST] = EXERCISES[HONEST].variants[0].source(HONEST)
    cells = dict(attack.again if again else attack.cells)
    own = {place: cells.pop(place) for place in ("start", "end") if place in cells}
    notebook = fill_in(released, code | cells)
    if "start" in own:
        behind = [cell.get("id") for cell in notebook.cells].index("setup") + 1
        notebook.cells.insert(behind, new_code_cell(own["start"]))
    if "end" in own:
        notebook.cells.append(new_code_cell(own["end"]))
    attack.edit(notebook)
    return notebook


@dataclass
class AttackedClass:
    """A class folder, with a home folder and an environment that hold secrets.

    Attributes
    ----------
    folder : Path
        A new folder, or a copy of the folder of such a class.
    """

    folder: Path

    def __post_init__(self) -> None:
        self.root, self.home = self.folder / "class", self.folder / "home"
        self.temporary = self.folder / "tmp"
        if not self.root.exists():
            self._furnish()
        self.released: NotebookNode = nbformat.read(
            self.root / "release" / HOMEWORK / f"{HOMEWORK}.ipynb", as_version=4
        )

    def _furnish(self) -> None:
        for path in (self.root, self.home, self.temporary):
            path.mkdir(parents=True)
        shutil.copytree(ROOT / "source", self.root / "source")
        (self.root / "nbgrader_config.py").write_text(
            (ROOT / "nbgrader_config.py").read_text()
            + f"\nc.Execute.timeout = {SECONDS}\nc.IsolatedExecute.notebook_timeout = 12\n"
        )
        for name in (".profile", ".bashrc", ".secret", ".ipython/profile_default/startup/mine.py"):
            path = self.home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"# {SECRETS['home']}\n")
        release(ROOT, self.root, HOMEWORK)
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as book:
            book.update_or_create_student("0 ada", first_name=SECRETS["gradebook"])

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the grader."""
        paths = {"HOME": str(self.home), "TMPDIR": str(self.temporary), "PYTHONPATH": str(ROOT)}
        secrets = {"NNNUMPY_SECRET": SECRETS["secret"], "OTHER_TOKEN": SECRETS["environment"]}
        return {**os.environ, **paths, **secrets, "PYTHONDONTWRITEBYTECODE": "1"}

    def submitted(self, student: str) -> Path:
        """Return the folder of a student's submission."""
        return self.root / "submitted" / student / HOMEWORK

    def autograded(self, student: str) -> Path:
        """Return a student's graded notebook."""
        return self.root / "autograded" / student / HOMEWORK / f"{HOMEWORK}.ipynb"

    def page(self, student: str) -> Path:
        """Return a student's feedback page."""
        return self.root / "feedback" / student / HOMEWORK / f"{HOMEWORK}.html"

    def hand_in(self, attack: Attack, *, again: bool = False) -> None:
        """Put the submission of an attacker into its place."""
        folder = self.submitted(attack.name)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        notebook = dishonest(self.released, attack, again=again)
        (folder / f"{HOMEWORK}.ipynb").write_text(json.dumps(notebook))
        attack.place(folder)

    def hand_in_honestly(self) -> None:
        """Put the submissions of the victims into their place."""
        for turn, name in enumerate(VICTIMS):
            self.submitted(name).mkdir(parents=True, exist_ok=True)
            notebook = honest(self.released, turn, SECRETS[f"submission of {name}"])
            nbformat.write(notebook, self.submitted(name) / f"{HOMEWORK}.ipynb")

    def scores(self) -> Scores:
        """Return by student and exercise what the gradebook says; None for what has no score."""
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as book:
            found: Scores = {}
            for submission in book.assignment_submissions(HOMEWORK):
                points: dict[str, float | None] = {}
                for grade in submission.notebooks[0].grades:
                    name = grade.name.rpartition("-")[0]
                    given, before = grade.auto_score, points.get(name, 0.0)
                    sure = given is not None and before is not None
                    points[name] = before + given if sure else None
                found[submission.student.id] = points
            return found

    # ---- what is looked at ----

    def guarded(self) -> dict[str, str]:
        """Return a digest of each file that nobody may change, by its path."""
        given = [self.root / "source", self.root / "release", self.home]
        files = [path for folder in given for path in folder.rglob("*")]
        files += [self.root / "nbgrader_config.py", *(ROOT / "autograder").rglob("*.py")]
        files += [path for name in VICTIMS for path in self.submitted(name).rglob("*")]
        return {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
            if path.is_file()
        }

    def schema(self) -> list[object]:
        """Return what the tables of the gradebook are, and how many rows tell of the homework."""
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as book:
            tables = book.db.connection().exec_driver_sql(
                "select name, sql from sqlite_master where type != 'index' order by name"
            )
            homework = book.find_notebook(HOMEWORK, HOMEWORK)
            cells = [(c.name, c.source) for c in homework.source_cells]
            grades = [(c.name, c.max_score) for c in homework.grade_cells]
            return [[tuple(row) for row in tables], cells, grades]

    def gains(self, attack: Attack, scores: Scores) -> Iterator[str]:
        """Yield what an attack brought to its student."""
        points = scores.get(attack.name)
        if points is not None:
            more = sum(score or 0 for score in points.values()) - DESERVED - attack.earned
            if more > 0:
                yield f"{more:g} undeserved points"
        inputs = "hidden inputs"
        for leak in self.leaks(attack.name):
            if not (attack.shows_its_inputs and inputs in leak):
                yield leak
        page = self.page(attack.name)
        text = page.read_text(errors="replace") if page.exists() else ""
        if re.search(r"<script id=.attack", text) or "onerror=alert(1)>" in text:
            yield "the page runs its code"
        graded = self.autograded(attack.name)
        if graded.exists() and _REACHED.search(graded.read_text(errors="replace")):
            yield "it reached what it looked for"

    def losses(self, graded: Iterable[str], scores: Scores) -> Iterator[str]:
        """Yield whose submissions are lost, or have not what they deserve."""
        for student in graded:
            points = scores.get(student)
            if points is None or len(points) < len(EXERCISES) or None in points.values():
                yield f"{student} is not graded"
            elif student in VICTIMS and sum(map(float, filter(None, points.values()))) != 30:
                yield f"{student} has {points}"

    def leaks(self, student: str) -> Iterator[str]:
        """Yield what a student must not see, and can: on the page, or in what a cell shows."""
        seen = {"the page": self.page(student), "the graded notebook": self.autograded(student)}
        for where, file in seen.items():
            if not file.exists():
                continue
            text = file.read_text(encoding="utf-8", errors="replace")
            if file.suffix == ".ipynb":
                notebook = nbformat.reads(text, as_version=4)
                text = json.dumps(
                    [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
                )
            own = SECRETS.get(f"submission of {student}", "nobody's")
            for name, canary in SECRETS.items():
                if canary != own and canary in text:
                    yield f"{where} shows the {name}"
            for name, lines in secret_lines().items():
                if any(line in text for line in lines):
                    yield f"{where} shows the {name}"
        if self.autograded(student).exists() and self.page(student).exists():
            notebook = nbformat.read(self.autograded(student), as_version=4)
            shown = numbers_in(self.page(student).read_text(encoding="utf-8", errors="replace"))
            files = submission_files(self.submitted(student), f"{HOMEWORK}.ipynb")
            for name in EXERCISES:
                if not shown.isdisjoint(hidden_numbers(student, name, digest(notebook, files))):
                    yield f"the page shows hidden inputs of {name}"


@lru_cache
def secret_lines() -> dict[str, list[str]]:
    """Return the lines of the solutions, of the reference and of the hidden tests."""
    source = nbformat.read(ROOT / "source" / HOMEWORK / f"{HOMEWORK}.ipynb", as_version=4)
    released = (ROOT / "release" / HOMEWORK / f"{HOMEWORK}.ipynb").read_text()
    found: dict[str, list[str]] = {"hidden tests": ["from autograder import grade; grade("]}
    for cell in source.cells:
        for part in re.findall(r"BEGIN SOLUTION\n(.*?)### END SOLUTION", cell.source, re.S):
            # The one right exercise of an attacker may be written in the same words.
            lines = [line.strip() for line in part.splitlines() if "2 * len(Y)" not in line]
            found.setdefault("solutions", []).extend(lines)
    reference = (ROOT / "autograder" / "reference" / "linear_regression.py").read_text()
    found["reference"] = [line.strip() for line in reference.splitlines()]
    short = 25  # characters that may stand anywhere
    return {
        name: [line for line in lines if len(line) >= short and line not in released]
        for name, lines in found.items()
    }


def hidden_numbers(student: str, name: str, submission: str) -> set[str]:
    """Return the random numbers, as far as they are written out, of a student's hidden test."""
    made_of = (SECRETS["secret"], student, HOMEWORK, name, submission)
    hidden, _ = np.random.default_rng(seed(*made_of)).spawn(2)
    arrays: list[Any] = [
        value
        for part in EXERCISES[name].parts
        for case in part.cases(hidden)
        for value in [*case.args, *case.kwargs.values()]
        if isinstance(value, np.ndarray) and value.dtype.kind == "f"
    ]
    written = {repr(abs(float(number)))[:10] for array in arrays for number in array.flat}
    long = {digits for digits in written if len(digits.replace(".", "").strip("0")) >= 8}
    assert {len(digits) for digits in long} <= {9, 10}
    return long


def numbers_in(text: str) -> set[str]:
    """Return each piece of a text that may be one of the hidden numbers."""
    # There are ten thousand of them, so a text is not searched for each.
    found = re.findall(r"(?=([\d.e-]{9})([\d.e-]?))", text)
    return {piece for nine, tenth in found for piece in (nine, nine + tenth)}


# ---- how it is run ----


@dataclass(frozen=True)
class Run:
    """How a command ended.

    Attributes
    ----------
    status : int or None
        Its exit status; None if it had to be stopped.
    said : str
        What it wrote.
    left : list of str
        The processes that it left behind, by their commands.
    seconds : float
    """

    status: int | None
    said: str
    left: list[str]
    seconds: float


def run(command: Iterable[str], folder: Path, environment: dict[str, str], most: float) -> Run:
    """Run a command; end it after some seconds, and all that it leaves behind."""
    _adopt(True)
    started = time.monotonic()
    before = set(_below(os.getpid()))
    log = folder / ".log"
    try:
        with log.open("wb") as file:
            process = subprocess.Popen(
                list(command), cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                stdout=file, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        try:
            status: int | None = process.wait(most)
        except subprocess.TimeoutExpired:
            status = None
        seconds = time.monotonic() - started
        left = _end(process, before)
    finally:
        _adopt(False)
    return Run(status, log.read_text(errors="replace"), left, seconds)


def _end(process: subprocess.Popen[bytes], before: set[int]) -> list[str]:
    """Kill what is left; return the commands of what outlived the process by a second."""
    if process.returncode is not None:
        until = time.monotonic() + 1
        while set(_below(os.getpid())) - before and time.monotonic() < until:
            time.sleep(0.05)
    left = []
    for _ in range(100):
        rest = set(_below(os.getpid())) - before
        if not rest:
            break
        for pid in rest:
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
                if pid != process.pid:
                    left.append(command)
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)  # it is ours by now, or its parent is killed as well
            except (FileNotFoundError, ProcessLookupError, ChildProcessError):
                continue
        time.sleep(0.02)
    process.wait()
    return left


def _below(pid: int) -> Iterator[int]:
    """Yield the living processes that descend from one; those that are dead are fetched."""
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found = list(map(int, children.read_text().split()))
        except (FileNotFoundError, ProcessLookupError):
            continue
        for child in found:
            try:
                state = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if state != "Z":
                yield child
            yield from _below(child)


def _adopt(whether: bool) -> None:
    """Be the parent of processes whose own parent ended."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, int(whether), 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
