"""What does a class of a thousand take, and what would a million submissions?

``python benchmarks/scale.py`` lets a made class grow in eight steps to 1,000 submissions of
homework 2, grades what is new after each, and looks at time, memory and storage. It writes
feedback, grades what is unchanged, interrupts and kills a grading, and measures the one writer of
the gradebook. From that it computes what larger classes take. ``--size 40`` does so with 40
submissions, for a look. ``--write`` puts the tables into docs/scale.md; ``make scale WRITE=1``
does so.
"""

import argparse
import contextlib
import os
import platform
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from conftest import HW02  # noqa: E402
from dask_cluster import dask_cluster  # noqa: E402
from test_interrupted_grading import descendants, started  # noqa: E402
from waiting_class import gradings, waiting_class  # noqa: E402

from autograder.classroom import gradebook, grading  # noqa: E402
from autograder.classroom.collect import collect  # noqa: E402
from autograder.classroom.journal import Journal  # noqa: E402
from autograder.classroom.ledger import Ledger  # noqa: E402
from autograder.classroom.made_class import STUDENTS, hand_in, made_students  # noqa: E402
from autograder.classroom.submission import Graded  # noqa: E402
from autograder.plugins.nbgrader import GRADEBOOK, quiet  # noqa: E402
from autograder.sandbox import processes  # noqa: E402

PAGE = ROOT / "docs" / "scale.md"
STEPS = 8
LARGE = (10**4, 10**5, 10**6)
CORES = (2, 64, 1024)
MB, GB = 10**6, 10**9


# A class that grows


@dataclass(frozen=True)
class Took:
    """What a command took.

    Attributes
    ----------
    wall, cpu : float
        Seconds; of CPU with all processes below it.
    memory : int
        The most bytes that it and all below it had, looked at twice a second.
    """

    wall: float
    cpu: float
    memory: int


class Course:
    """A course folder of its own, in which homework 2 is handed in by ever more made students.

    Parameters
    ----------
    place : Path
        An empty folder.
    """

    def __init__(self, place: Path) -> None:
        names = tuple(f"{STUDENTS[i % len(STUDENTS)]} {i // len(STUDENTS)}" for i in range(5000))
        self._students = made_students(HW02, names)
        self._place = place
        self.folder = place / "course"
        self.temporary = place / "temporary"
        self.temporary.mkdir()
        self.size = 0

    def grow(self, count: int) -> None:
        """Let so many more hand in."""
        new = list(islice(self._students, count))
        if self.size == 0:
            waiting_class(self.folder, new)
        else:
            released = self.folder / "release" / HW02 / f"{HW02}.ipynb"
            collect(hand_in(released, new, self._place / "handed_in"), self.folder, HW02)
        self.size += count

    def start(self, verb: str) -> subprocess.Popen[bytes]:
        """Start a verb, as in a terminal."""
        return subprocess.Popen(
            [sys.executable, "-m", "autograder", verb, HW02], cwd=self.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=os.environ | {"TMPDIR": os.fspath(self.temporary)},
        )  # fmt: skip

    def run(self, verb: str) -> Took:
        """Run a verb."""
        before, memory = time.perf_counter(), 0
        command = self.start(verb)
        while not (ended := os.wait4(command.pid, os.WNOHANG))[0]:
            memory = max(memory, processes.memory(command.pid))
            time.sleep(0.5)
        wall = time.perf_counter() - before
        command.returncode = os.waitstatus_to_exitcode(ended[1])
        assert command.returncode == 0, f"{verb} failed in {self.folder}"
        return Took(wall, ended[2].ru_utime + ended[2].ru_stime, memory)

    def graded(self) -> int:
        """Return how many graded submissions are in their place."""
        return len(list((self.folder / "autograded").glob(f"*/{HW02}")))

    def storage(self, *names: str) -> int:
        """Return the bytes that files and folders take on the disk."""
        paths = [self.folder / name for name in names]
        below = [inner for path in paths if path.is_dir() for inner in path.rglob("*")]
        return sum(path.stat().st_blocks * 512 for path in (*paths, *below) if path.exists())


# Growing


@dataclass(frozen=True)
class Step:
    """The class has grown, and what is new was graded."""

    size: int
    took: Took
    gradebook: int
    journal: int
    autograded: int


def grow(course: Course, each: int, times: int) -> list[Step]:
    """Let the class grow, and grade what is new after each step."""
    steps = []
    for _ in range(times):
        course.grow(each)
        took = course.run("autograde")
        journal = course.storage("autograded/.journal")
        autograded = course.storage("autograded") - journal
        steps.append(Step(course.size, took, course.storage("gradebook.db"), journal, autograded))
        print(steps[-1], file=sys.stderr, flush=True)
    return steps


@dataclass(frozen=True)
class Pages:
    """What a feedback page takes: seconds of CPU, and bytes."""

    cpu: float
    size: float


def write_feedback(course: Course, count: int) -> Pages:
    """Write some pages of the class in this process."""
    students = sorted(path.name for path in (course.folder / "submitted").iterdir())[:count]
    grading._feedback_on(course.folder, course.folder, HW02, students[0])  # what is done once
    before = time.process_time()
    problems = [grading._feedback_on(course.folder, course.folder, HW02, s) for s in students]
    after = time.process_time()
    assert not any(problems)
    pages = [f"feedback/{student}" for student in students]
    return Pages((after - before) / count, course.storage(*pages) / count)


# Interrupted


@dataclass(frozen=True)
class Left:
    """What an interrupted grading left.

    Attributes
    ----------
    graded : int
        How many it had graded.
    seconds : float
        Until all its processes were gone.
    processes, files : int
        Processes that were left after a minute; temporary files and folders that were left.
    """

    graded: int
    seconds: float
    processes: int
    files: int


def interrupt(course: Course, how: signal.Signals, after: int) -> Left:
    """Start to grade what is new, and send a signal when some of it is graded."""
    before = course.graded()
    command = course.start("autograde")
    while course.graded() < before + after:
        assert command.poll() is None
        time.sleep(0.05)
    family = descendants(command.pid)
    sent = time.perf_counter()
    command.send_signal(how)
    command.wait()
    alive = family
    while alive and time.perf_counter() < sent + 60:
        alive = {(pid, when) for pid, when in alive if started(pid) == when}
        time.sleep(0.01)
    seconds = time.perf_counter() - sent
    left = list(course.temporary.rglob("*"))
    return Left(course.graded() - before, seconds, len(alive), len(left))


def check(course: Course) -> None:
    """Assert that each submission was graded once, and is once in the gradebook."""
    known = gradings(course.folder)
    assert len(known) == len({student for student, _ in known}) == course.size == course.graded()
    assert all(written for _, written in known)
    query = "select count(*), count(distinct student_id) from submitted_assignment"
    with contextlib.closing(sqlite3.connect(course.folder / "gradebook.db")) as database:
        assert database.execute(query).fetchone() == (course.size, course.size)
    assert not list((course.folder / "autograded").glob("*/.*.new"))


# The one writer


@dataclass(frozen=True)
class Timed:
    """Seconds that a submission takes: medians."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Written:
    """What the writer takes for a submission in a gradebook of some size."""

    new: Timed
    again: Timed
    without_indexes: Timed


def write(course: Course, sizes: Iterable[int], count: int) -> dict[int, Written]:
    """Measure journal and gradebook with copies of what is graded, in ever larger gradebooks."""
    task = grading._homework(course.folder, course.folder, HW02)
    found = {}
    with (
        Journal(course.folder, HW02) as journal,
        quiet(),
        gradebook.opened(task.config, grading._database(task.config), HW02) as book,
    ):
        entries = [entry for s in sorted(book.students()) if (entry := journal.last(s))]
        graded = [entry.graded for entry in entries]

        def time_copies(size: int, environment: str) -> Timed:
            copies = [_copy(task, g, f"{i} of {size}") for i, g in enumerate(graded[:count])]
            ledger = Ledger(task, journal, book, {}, environment)
            walls, cpus = list[float](), list[float]()
            for copy in copies:
                before = time.perf_counter(), time.process_time()
                ledger.add(copy)
                walls.append(time.perf_counter() - before[0])
                cpus.append(time.process_time() - before[1])
            return Timed(statistics.median(walls), statistics.median(cpus))

        for size in sizes:
            with book._one_transaction():
                for number in range(len(book.students()), size):
                    book._write(f"copy {number}", graded[number % len(graded)])
            new, again = time_copies(size, "new"), time_copies(size, "again")
            engine = book._gradebook.engine
            with engine.begin() as connection:
                for table, column in gradebook._SOUGHT:
                    connection.exec_driver_sql(f"drop index ix_{table}_{column}")
            found[size] = Written(new, again, time_copies(size, "without"))
            gradebook._add_indexes(engine)
    return found


def _copy(task: grading.Homework, graded: Graded, student: str) -> Graded:
    """Return what another student would have got, with the graded files."""
    waiting = task.waiting(student)
    shutil.copytree(task.graded(graded.result.student), waiting)
    return replace(graded, result=replace(graded.result, student=student), folder=waiting)


def memory(course: Course) -> float:
    """Return the bytes that a submission of a graded class takes in the command, at most."""
    task = grading._homework(course.folder, course.folder, HW02)
    students = grading.submitted_students(course.folder, HW02)
    tracemalloc.start()
    with (
        Journal(course.folder, HW02) as journal,
        quiet(),
        gradebook.opened(task.config, grading._database(task.config), HW02) as book,
    ):
        known = Ledger(task, journal, book, {}, "", dry=True).known(students)
        book.penalties()
        most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not known  # by an environment of that name nothing was graded
    return most / len(students)


def command_on_cluster(place: Path, count: int) -> float:
    """Return the seconds of CPU that a submission takes in the command that has a cluster grade."""
    course, marks = Course(place), list[float]()
    course.grow(count)
    with dask_cluster(place / "cluster") as cluster:
        for _ in range(os.cpu_count() or 1):
            cluster.worker()
        grading.autograde(
            course.folder, course.folder, HW02,
            lambda *_: marks.append(time.process_time()), scheduler=cluster.address,
        )  # fmt: skip
    first = count // 4  # until then it starts
    return (marks[-1] - marks[first]) / (len(marks) - 1 - first)


# Telling it


def table(*rows: Iterable[object]) -> list[str]:
    """Return the lines of a table; its first column holds names, the others numbers."""
    lines = [f"| {' | '.join(map(str, row))} |" for row in rows]
    columns = lines[0].count("|") - 1
    return [lines[0], f"|---|{'--:|' * (columns - 1)}", *lines[1:], ""]


@dataclass(frozen=True)
class Found:
    """All that was measured."""

    steps: list[Step]
    pages: list[Pages]
    again: list[Took]
    ctrl_c: Left
    killed: Left
    rest: int
    resumed: Took
    one: Took
    memory: float
    written: dict[int, Written]
    command: float


def measure(size: int, largest: int) -> Found:
    """Measure; what needs a larger gradebook than the class has gets one."""
    step = size // STEPS
    with tempfile.TemporaryDirectory() as there:
        place = Path(there)
        (place / "class").mkdir()
        course = Course(place / "class")
        first = grow(course, step, 1)
        again, pages = [course.run("autograde")], [write_feedback(course, min(step, 60))]
        steps = first + grow(course, step, STEPS - 1)
        again.append(course.run("autograde"))
        pages.append(write_feedback(course, min(step, 60)))
        course.grow(step)
        ctrl_c = interrupt(course, signal.SIGINT, max(step // 4, 1))
        killed = interrupt(course, signal.SIGKILL, max(step // 4, 1))
        rest = course.size - course.graded()
        resumed = course.run("autograde")
        check(course)
        course.grow(1)
        one = course.run("autograde")
        bytes_each = memory(course)
        written = write(course, (course.size, largest), min(step, 100))
        (place / "cluster").mkdir()
        command = command_on_cluster(place / "cluster", min(step, 60))
    return Found(
        steps, pages, again, ctrl_c, killed, rest, resumed, one, bytes_each, written, command
    )


def tell(found: Found) -> list[str]:
    """Return the page below its head."""
    return [*tell_growth(found), *tell_rest(found), *tell_writer(found), *tell_larger(found)]


def short(number: float) -> str:
    """Return two digits of a number."""
    return f"{float(f'{number:.2g}'):,g}"


def cpu_of_each(found: Found) -> list[float]:
    """Return the CPU seconds of a submission in each step, without what a command takes anyway."""
    each = found.steps[0].size
    return [(step.took.cpu - found.one.cpu) / (each - 1) for step in found.steps]


def tell_growth(found: Found) -> list[str]:
    """Return how a class grew."""
    sizes, cpu = [step.size for step in found.steps], cpu_of_each(found)
    each = sizes[0]
    mean = statistics.mean(cpu)
    change = statistics.linear_regression(sizes, cpu).slope * (sizes[-1] - sizes[0])
    wall, used = 0.0, 0.0
    rows: list[Iterable[object]] = [
        ("submissions", "wall time", "CPU", f"CPU for each of the last {each}", "a second",
         "memory", "gradebook", "journal", "`autograded/`")
    ]  # fmt: skip
    for step, seconds in zip(found.steps, cpu, strict=True):
        wall, used = wall + step.took.wall, used + step.took.cpu
        rows.append(
            (f"{step.size:,}", f"{wall:.0f} s", f"{used:.0f} s", f"{seconds:.3f} s",
             f"{each / step.took.wall:.2f}", f"{step.took.memory / GB:.2f} GB",
             *(f"{size / MB:.1f} MB" for size in (step.gradebook, step.journal, step.autograded)))
        )  # fmt: skip
    return [
        "## A class grows",
        "",
        f"After each {each} new submissions `make autograde` graded them. *Wall time* and *CPU* "
        f"are sums of these commands from the first on. *CPU for each of the last {each}* leaves "
        f"out what a command takes if one submission is new, {found.one.cpu:.1f} s. *A second* is "
        f"how many of the last {each} were graded in a second of wall time, *memory* the most that "
        "the command and all below it had meanwhile.",
        "",
        *table(*rows),
        f"Is the cost linear? The mean is {mean:.3f} s of CPU a submission, and a straight line "
        f"through the steps changes by {change * 1e3:+.0f} ms ({change / mean:+.1%}) from "
        f"the first to the last. The steps scatter around their mean by "
        f"{statistics.stdev(cpu) / mean:.1%} (standard deviation); what other programs add to CPU "
        "seconds is in that.",
        "",
    ]


def tell_rest(found: Found) -> list[str]:
    """Return what is done with a graded class."""
    each, size = found.steps[0].size, found.steps[-1].size

    def left(name: str, what: Left) -> tuple[object, ...]:
        return (name, what.graded, f"{what.seconds:.1f} s", what.processes, what.files)

    return [
        "## A class that is graded",
        "",
        *table(
            ("", *(f"{n:,} submissions" for n in (each, size))),
            ("grading again what is unchanged, CPU", *(f"{t.cpu:.1f} s" for t in found.again)),
            ("the same, wall time", *(f"{t.wall:.1f} s" for t in found.again)),
            ("a feedback page, CPU", *(f"{page.cpu:.3f} s" for page in found.pages)),
            ("its size", *(f"{page.size / 1e3:.0f} kB" for page in found.pages)),
        ),
        "## Interrupted and killed",
        "",
        f"{each} more were handed in to the class of {size:,}. Their grading was stopped by "
        "Ctrl-C, begun again, killed by `kill -9`, and begun again.",
        "",
        *table(
            ("", "graded before", "until all its processes were gone", "processes left",
             "temporary files left"),
            left("Ctrl-C", found.ctrl_c),
            left("`kill -9`", found.killed),
        ),
        f"The third run graded the other {found.rest}. Then the journal had each of the "
        f"{size + each:,} submissions once: nothing was graded twice. The gradebook had each once, "
        "and every graded notebook was in its place: nothing was lost. What is being graded when "
        "the command ends, at most one submission for each core, is begun anew.",
        "",
    ]  # fmt: skip


def tell_writer(found: Found) -> list[str]:
    """Return what the writer takes."""

    def row(name: str, times: list[Timed]) -> tuple[object, ...]:
        return (name, *(f"{x * 1e3:.1f} ms" for t in times for x in (t.cpu, t.wall)))

    written = list(found.written.values())
    return [
        "## The one writer",
        "",
        "One process writes journal, gradebook and graded files, however many grade. For a "
        "submission it takes, in an SQLite gradebook with so many of them (filled up with copies "
        "of the class; medians):",
        "",
        *table(
            ("", *(text for n in found.written for text in (f"{n:,}: CPU", "wall time"))),
            row("graded for the first time", [w.new for w in written]),
            row("graded again", [w.again for w in written]),
            row("graded again, without our indexes", [w.without_indexes for w in written]),
        ),
        "nbgrader's tables have no index on the columns by which it finds the notebooks, grades "
        "and comments of a submission, so that it reads through all of them. The first `make "
        "autograde` adds four indexes to a gradebook. In the wall time are three waits for the "
        "disk, two of the journal and one of the gradebook.",
        "",
        "When a cluster grades, the command also packs, sends and receives. With the writing that "
        f"is {found.command * 1e3:.0f} ms of CPU a submission.",
        "",
    ]


def tell_larger(found: Found) -> list[str]:
    """Return what larger classes would take."""
    last, written = found.steps[-1], list(found.written.values())[-1]
    cpu = statistics.mean(cpu_of_each(found))
    waits = written.new.wall - written.new.cpu
    one = found.command + waits
    stored = {
        "gradebook": last.gradebook / last.size,
        "journal": last.journal / last.size,
        "`autograded/`": last.autograded / last.size,
        "`feedback/`": found.pages[-1].size,
    }

    def row(name: str, of_each: float) -> tuple[str, ...]:
        return (name, *(short(n * of_each) for n in LARGE))

    return [
        "## Larger classes",
        "",
        "**Computed, not measured:** each figure is the one for a submission, from above, times "
        "their number. Grading takes as long as the graders or the command, whichever is longer.",
        "",
        *table(
            ("submissions", *(f"{n:,}" for n in LARGE)),
            row("graders, core-hours", cpu / 3600),
            *(row(f"graders, hours on {cores:,} cores", cpu / cores / 3600) for cores in CORES),
            row("the command, hours, with the waits for this disk", one / 3600),
            row("the command, hours, on a disk without waits", found.command / 3600),
            row("feedback, core-hours", found.pages[-1].cpu / 3600),
            *(row(f"{name}, GB", size / GB) for name, size in stored.items()),
            row("memory of the command, GB", found.memory / GB),
        ),
        f"A core takes {cpu:.2f} s for a submission, the command {found.command * 1e3:.0f} ms of "
        f"CPU on a cluster and {waits * 1e3:.0f} ms of waits: **from {cpu / one:.0f} cores on the "
        f"one writer is the limit** with this disk, from {cpu / found.command:.0f} with one that "
        "makes nobody wait. More cores then bring nothing for one homework. Parts of a class in "
        "course folders of their own have a command, a journal and a gradebook each, and are "
        "graded side by side.",
        "",
        "What the figures leave out: that an SQLite gradebook of many gigabytes may be slower than "
        "one that fits into memory; the network; students whose code computes for longer. Homework "
        "2 is light: [others](benchmarks.md) take more in the graders, and hardly more in the "
        "gradebook.",
        "",
    ]


def head(size: int, load: str) -> list[str]:
    """Return the head of the page."""
    return [
        "# What a large class takes",
        "",
        f"Measured by `make scale` on {datetime.now(UTC):%Y-%m-%d} with a made class of {size:,} "
        "submissions of homework 2, right answers and known mistakes mixed, on a machine with "
        f"{os.cpu_count()} cores, Python {platform.python_version()}. Load when it began and "
        f"ended: {load}, {os.getloadavg()[0]:.1f}. With a load above the number of cores other "
        "programs were in the way: then wall times are too long, and CPU seconds, which they "
        "lengthen less, are what counts.",
        "",
    ]


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=1000, help="of the class")
    parser.add_argument("--largest", type=int, default=10_000, help="of the writer's gradebook")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    options = parser.parse_args()
    os.environ.pop(GRADEBOOK, None)  # the made class has a gradebook of its own
    # Below a shell in the background interrupts are ignored; what is started here should hear them.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    load = f"{os.getloadavg()[0]:.1f}"
    found = measure(options.size, options.largest)
    text = "\n".join([*head(options.size, load), *tell(found)]).rstrip() + "\n"
    print(text)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
