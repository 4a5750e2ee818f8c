"""How long does grading take, and where does the time go? Stock nbgrader and ours, side by side.

``python benchmarks/grading.py [HOMEWORK …]`` grades a class of 30 in both ways, in turns, so that
whatever else the machine does hits both alike, and compares the scores. A class is graded by ours
once a round; stock nbgrader grades a share of the class in each round, as it takes seconds for a
submission. ``--write`` puts the tables into docs/benchmarks.md; ``make bench WRITE=1`` does so.
"""

import argparse
import contextlib
import gc
import importlib
import importlib.metadata
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import nbformat
import numpy as np
from same_scores import scores, stock

from autograder.classroom import grading, submission
from autograder.classroom.collect import collect
from autograder.classroom.gradebook import opened
from autograder.classroom.made_class import STUDENTS, hand_in, made_students
from autograder.notebooks.release import release
from autograder.plugins.execute import PREPARE, SERVE, IsolatedExecute
from autograder.plugins.nbgrader import quiet
from autograder.progress import Progress
from autograder.referee import run
from autograder.referee.session import Session
from autograder.sandbox import jail, processes, warm
from autograder.sandbox.limits import Limits
from autograder.sandbox.warm import WarmParent

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
HOMEWORKS = ("hw05_softmax_svm", "hw02_linear_regression")
CLASS, LARGE_CLASS = 30, 120
GIB = 2**30
PACKAGES = ("nbgrader", "nbconvert", "ipython", "numpy", "matplotlib")


def cpu() -> float:
    """Return the CPU seconds of this process and of all that ended below it."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


@dataclass
class Timed:
    """Wall and CPU seconds of one thing, for each time that it was done."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @contextlib.contextmanager
    def once(self, parts: int = 1) -> Iterator[None]:
        """Time what is done in the block, for each of its parts."""
        gc.collect()
        before = time.perf_counter(), cpu()
        yield
        self.wall.append((time.perf_counter() - before[0]) / parts)
        self.cpu.append((cpu() - before[1]) / parts)


def made(homework: str, folder: Path, size: int) -> list[str]:
    """Make a class folder with so many submissions; return the students."""
    names = [f"{STUDENTS[i % len(STUDENTS)]} {i // len(STUDENTS)}" for i in range(size)]
    folder.mkdir()
    (folder / "source").symlink_to(ROOT / "source")
    released = release(ROOT, folder, homework)
    handed_in = hand_in(released, made_students(homework, tuple(names)), folder / "handed_in")
    return collect(handed_in, folder, homework)


# Seconds


@dataclass
class Speed:
    """What grading a homework takes, for each submission."""

    homework: str
    ours: Timed
    stock: Timed
    own: list[float]
    compared: int
    parts: dict[str, float]
    cell: float
    copy: float


def measure(homework: str, rounds: int, by_stock: int) -> Speed:
    """Grade a class in turns by ours and by stock nbgrader, and assert the same scores."""
    ours, theirs, own = Timed(), Timed(), list[float]()
    with tempfile.TemporaryDirectory() as place:
        mine, stocks = Path(place, "ours"), Path(place, "stock")
        students = made(homework, mine, CLASS)
        made(homework, stocks, CLASS)
        grader, progress = stock(stocks), Progress(homework)
        release(ROOT, mine, homework)
        modules = grading._homework(ROOT, mine, homework).modules
        for turn in range(rounds):
            progress(turn, rounds, "")
            shutil.rmtree(mine / "autograded", ignore_errors=True)
            with ours.once(CLASS):
                results = grading.autograde(ROOT, mine, homework)
            assert not any(result.problem for result in results)
            share = students[turn::rounds][: max(by_stock // rounds, 1)]
            own += own_seconds([_submitted(mine, name, homework) for name in share], modules)
            for student in share:
                with quiet(), theirs.once():
                    assert grader.autograde(homework, student)["success"]
        progress(rounds, rounds, "")
        mine_too, there = scores(mine, homework), scores(stocks, homework)
        here = {key: mine_too[key] for key in there}
        assert here and here == there, "the scores differ: run benchmarks/same_scores.py"
        parts = where(homework, mine, students)
    parts["the student's own cells"] = statistics.mean(own)
    return Speed(homework, ours, theirs, own, len(here), parts, *steps(modules))


def _submitted(root: Path, student: str, homework: str) -> Path:
    return root / "submitted" / student / homework / f"{homework}.ipynb"


def own_seconds(notebooks: list[Path], modules: tuple[str, ...]) -> list[float]:
    """Return the CPU seconds of the cells of each notebook that are not hidden tests.

    They just run, in a shell that has imported the modules and has drawn a figure before.
    """
    with tempfile.TemporaryDirectory() as home:
        jail.furnish(Path(home))  # not the home of the jail: outside it is this machine's root
        said = subprocess.run(
            [sys.executable, __file__, "--own", ",".join(modules), *map(os.fspath, notebooks)],
            env=warm._environment() | jail.environment(Path(home)),
            stdout=subprocess.PIPE, check=True, text=True,
        ).stdout  # fmt: skip
    return list(json.loads(said.splitlines()[-1]))


def print_own_seconds(modules: list[str], notebooks: list[str]) -> None:
    """Run each notebook in a fork of this process and print what `own_seconds` returns."""
    from autograder.student.serve import prepare  # noqa: PLC0415
    from autograder.student.shell import Shell  # noqa: PLC0415

    prepare()
    for name in modules:
        importlib.import_module(name)
    found = []
    for path in notebooks:
        cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
        before = cpu()
        if (pid := os.fork()) == 0:
            for cell in cells:
                if not str(cell.metadata.get("nbgrader", {}).get("grade_id")).endswith("-hidden"):
                    Shell.instance().run(cell.source)
            os._exit(0)
        os.waitpid(pid, 0)
        found.append(cpu() - before)
    print(json.dumps(found))


# Where the time goes


class Clock:
    """CPU seconds of this process by what it does; what is inside of something else counts there.

    Attributes
    ----------
    spent : dict of str to float
    """

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._inner = [0.0]

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, with its time noted under that name."""

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            before = time.process_time()
            self._inner.append(0.0)
            try:
                return function(*args, **kwargs)
            finally:
                took = time.process_time() - before
                self.spent[name] = self.spent.get(name, 0.0) + took - self._inner.pop()
                self._inner[-1] += took

        return wrapped


def where(homework: str, root: Path, students: list[str]) -> dict[str, float]:
    """Grade the class once more in this process, one at a time; return CPU seconds by part.

    Each for one submission. What is done once for a class is divided by its size.
    """
    clock, before = Clock(), cpu()
    release(ROOT, root, homework)
    task = grading._homework(ROOT, root, homework)
    with WarmParent(PREPARE, SERVE, modules=task.modules):
        pass
    start = cpu() - before
    before = _children()
    with WarmParent(PREPARE, SERVE, modules=task.modules):
        pass
    idle, before = _children() - before, _children()
    with contextlib.ExitStack() as stack:
        for name, place, attribute in (
            ("running: messages, files", IsolatedExecute, "preprocess"),
            ("judging: visible and hidden tests", run, "run_graded"),
            ("starting, copying, ending processes", Session, "_fork"),
            ("starting, copying, ending processes", Session, "_drop"),
            ("starting, copying, ending processes", Session, "_begin"),
            ("starting, copying, ending processes", Session, "close"),
            ("reading and mending", submission, "inspect_submission"),
            ("reading and mending", submission, "read_submission"),
            ("reading and mending", submission, "mend"),
        ):
            function = clock.timed(name, getattr(place, attribute))
            stack.enter_context(mock.patch.object(place, attribute, function))
        stack.enter_context(quiet())
        parent = stack.enter_context(WarmParent(PREPARE, SERVE, modules=task.modules))
        grader = clock.timed("nbgrader's preprocessors, files", _grader(task, parent))
        book = stack.enter_context(opened(task.config, grading._database(task.config), homework))
        write = clock.timed("gradebook", book.write)
        for student in students:
            graded = grader(student)
            assert graded.folder is not None, graded.result.problem
            write(student, graded, task.graded(student))
    spent = {name: seconds / len(students) for name, seconds in clock.spent.items()}
    spent["release, warm parent (once a class)"] = start / len(students)
    spent["the student's process"] = (_children() - before - idle) / len(students)
    return spent


def _grader(task: submission.Homework, parent: WarmParent) -> submission.SubmissionGrader:
    return submission.SubmissionGrader(task, parent.connect())


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# Calls and memory


def calls() -> tuple[float, float]:
    """Return seconds of a call with small arrays, and bytes a second with large ones."""
    code = "def twice(a): return a * 2.0\ndef same(a): return a"
    with WarmParent(PREPARE, SERVE) as parent:
        session = Session(parent, {}, 60, Limits().memory)
        session.run(code)
        with session.copy() as variables:
            assert variables is not None
            twice, same = (variables.request("name", name) for name in ("twice", "same"))
            small, large = np.ones((10, 3)), np.random.default_rng(0).normal(size=(1024, 4096))
            seconds = [_seconds(twice, small) for _ in range(2000)]
            there_and_back = [_seconds(same, large) for _ in range(15)]
        session.close()
    return statistics.median(seconds), 2 * large.nbytes / statistics.median(there_and_back)


def steps(modules: tuple[str, ...]) -> tuple[float, float]:
    """Return the CPU seconds that an empty cell takes, and a copy for a test with one call.

    In the student's processes alone, which have imported the modules.
    """
    times = 100
    with WarmParent(PREPARE, SERVE, modules=modules) as parent:
        session = Session(parent, {}, 60, Limits().memory)
        session.run("def f(): pass")
        clock = [session.cpu_seconds()]
        for _ in range(times):
            session.run("pass")
        clock.append(session.cpu_seconds())
        for _ in range(times):
            with session.copy() as variables:
                assert variables is not None
                variables.request("name", "f")()
        clock.append(session.cpu_seconds())
        session.close()
    return (clock[1] - clock[0]) / times, (clock[2] - clock[1]) / times


def _seconds(function: Callable[..., Any], argument: Any) -> float:
    before = time.perf_counter()
    function(argument)
    return time.perf_counter() - before


def peak_memory(homework: str, size: int) -> int:
    """Return the most bytes that a grader and all below it use; shared pages count once."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place, "class")
        made(homework, root, size)
        code = (
            "from pathlib import Path; from autograder.classroom.grading import autograde; "
            f"autograde(Path({os.fspath(ROOT)!r}), Path({os.fspath(root)!r}), {homework!r})"
        )
        grader = subprocess.Popen([sys.executable, "-c", code])
        peak, ended = 0, threading.Event()
        threading.Thread(target=lambda: (grader.wait(), ended.set()), daemon=True).start()
        while not ended.wait(0.1):
            peak = max(peak, processes.memory(grader.pid))
        assert grader.returncode == 0
    return peak


# Telling it

_BOUND = "the ratio if nothing but the student's own cells took time"


def line(name: str, found: str, wanted: str) -> str:
    """Return a row of a table."""
    return f"| {name} | {found} | {wanted} |"


def tell(speed: Speed, wanted: int) -> list[str]:
    """Return the tables of one homework."""
    ours, theirs = speed.ours, speed.stock
    wall = [statistics.median(t.wall) for t in (ours, theirs)]
    used = [statistics.median(t.cpu) for t in (ours, theirs)]
    own, cores = statistics.mean(speed.own), os.cpu_count() or 1
    parts = dict(speed.parts)
    parts["the student's process, above its own cells"] = parts.pop("the student's process") - own
    del parts["the student's own cells"]
    rows = sorted(parts.items(), key=lambda item: -item[1])
    return [
        f"## {speed.homework}",
        "",
        f"A class of {CLASS}. Ours: medians of {len(ours.wall)} gradings of the whole class, "
        f"divided by {CLASS}; stock: medians of {len(theirs.wall)} submissions, one after the "
        f"other as nbgrader does it. {speed.compared} scores, all the same.",
        "",
        line("for one submission", "measured", "aim"),
        "|---|--:|--:|",
        line("stock nbgrader, wall time", f"{wall[1]:.2f} s", ""),
        line("ours, wall time", f"{wall[0]:.3f} s", ""),
        line("**ratio, wall time**", f"**{wall[1] / wall[0]:.1f}**", f"at least {wanted}"),
        line(f"{_BOUND}, on {cores} cores", f"{wall[1] / (own / cores):.1f}", ""),
        line("stock nbgrader, CPU", f"{used[1]:.2f} s", ""),
        line("ours, CPU", f"{used[0]:.3f} s", ""),
        line("ratio, CPU", f"{used[1] / used[0]:.1f}", ""),
        line("the student's own cells, CPU (mean)", f"{own:.3f} s", ""),
        line("**ours above that, CPU**", f"**{used[0] - own:.3f} s**", "at most 0.1 s"),
        "",
        "Where ours goes above the student's own cells, in CPU seconds for one submission, graded "
        "once more one at a time:",
        "",
        "| part | s |",
        "|---|--:|",
        *(f"| {name} | {seconds:.3f} |" for name, seconds in rows),
        f"| together | {sum(parts.values()):.3f} |",
        "",
        f"In the student's process, an empty cell takes {speed.cell * 1e3:.1f} ms of CPU, and a "
        f"copy for the tests of an exercise {speed.copy * 1e3:.1f} ms, whatever they test.",
        "",
    ]


def conditions() -> list[str]:
    """Return the head of the page."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    with contextlib.suppress(OSError):
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
        return [
            "# How long grading takes",
            "",
            f"Measured by `make bench` on {datetime.now(UTC):%Y-%m-%d} on a machine with "
            f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}, {versions}. "
            f"Load when it began and ended: {os.getloadavg()[0]:.1f}, @LOAD@.",
            "Both ways of grading take turns in one run, on the same submissions, with student "
            "code shut in by all layers in ours. With a load above the number of cores other "
            "programs were in the way: then wall times, and their ratio, say little, and CPU "
            "seconds are too many.",
            "",
        ]
    return ["# How long grading takes", ""]


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("homework", nargs="*", default=HOMEWORKS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--stock", type=int, default=CLASS // 2, help="submissions graded by stock")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    options = parser.parse_args()
    lines = conditions()
    for number, homework in enumerate(options.homework):
        lines += tell(measure(homework, options.rounds, options.stock), 20 if number else 8)
    seconds, speed = calls()
    memory = {size: peak_memory(options.homework[0], size) for size in (CLASS, LARGE_CLASS)}
    lines += [
        "## Calls and memory",
        "",
        line("", "measured", "aim"),
        "|---|--:|--:|",
        line("a call of a student's function, small arrays", f"{seconds * 1e3:.3f} ms", "< 0.3 ms"),
        line("large arrays, there and back", f"{speed / 1e6:.0f} MB/s", "> 300 MB/s"),
        *(
            line(f"memory, all processes, class of {size}", f"{peak / GIB:.2f} GiB", "< 1.5 GiB")
            for size, peak in memory.items()
        ),
    ]
    text = "\n".join(lines).replace("@LOAD@", f"{os.getloadavg()[0]:.1f}") + "\n"
    print(text)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--own"]:
        print_own_seconds(sys.argv[2].split(","), sys.argv[3:])
    else:
        main()
