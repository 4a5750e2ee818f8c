"""Limits of time count what passes for a student, not what a busy machine takes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.referee import cells
from autograder.referee.clock import Clock
from autograder.referee.run import run_notebook
from autograder.referee.session import Session
from autograder.sandbox import processes
from autograder.sandbox.limits import Limits

BUSY = "while True: pass"
IDLE = "import time; time.sleep(60)"
MANY = "import os; os.fork(), os.fork(), os.fork()\nwhile True: pass"


class Tree:
    """Scheduling times by the number of a process, as a test wants them."""

    def __init__(self):
        self.times = {}

    def __call__(self):
        return self.times


@pytest.fixture
def wall(monkeypatch):
    """The clock on the wall and the grader's own waiting, as a test wants them."""
    at = {"now": 100.0, "waited": 7.0}
    monkeypatch.setattr(time, "monotonic", lambda: at["now"])
    monkeypatch.setattr(processes, "waited", lambda: at["waited"])
    return at


@pytest.mark.parametrize(
    ("computed", "waited", "own", "passed"),
    [
        (0.0, 0.0, 0.0, 10.0),  # it sleeps
        (10.0, 0.0, 0.0, 10.0),  # it has a core for itself
        (1.0, 9.0, 0.0, 1.0),  # others have the core
        (1.0, 6.0, 0.0, 4.0),  # others, then it sleeps
        (1.0, 0.0, 8.0, 2.0),  # it has answered, and the grader has no core to read it
        (20.0, 600.0, 0.0, 20.0),  # many processes of its own push each other aside
        (0.1, 600.0, 0.0, 1.0),  # and they do so where nobody sees what they compute
    ],
)
def test_what_passes_for_a_student(wall, computed, waited, own, passed):
    tree = Tree()
    tree.times = {5: (3.0, 2.0)}
    clock = Clock(tree)
    assert clock.now() == 0
    tree.times = {5: (3.0 + computed, 2.0 + waited)}
    wall["now"] += 10
    wall["waited"] += own
    assert clock.now() == pytest.approx(passed)
    assert clock.now() == pytest.approx(passed)


def test_a_process_counts_from_its_start_and_with_its_parent_once_it_ended(wall):
    tree = Tree()
    clock = Clock(tree)
    tree.times = {5: (0.0, 0.0), 6: (2.0, 8.0)}
    wall["now"] += 10
    assert clock.now() == pytest.approx(2)
    tree.times = {5: (2.3, 0.9)}
    wall["now"] += 1
    assert clock.now() == pytest.approx(2.3)
    tree.times = {}
    wall["now"] += 1
    assert clock.now() == pytest.approx(3.3)
    tree.times = {7: (4.0, 0.0)}
    wall["now"] += 1
    assert clock.now() == pytest.approx(7.3)


def test_what_a_child_computed_counts_once_though_it_ends_while_it_is_looked_at(wall):
    tree = Tree()
    tree.times = {5: (1.0, 0.0), 6: (9.0, 0.0)}
    clock = Clock(tree)
    for times in ({5: (1.0, 0.0)}, {5: (10.0, 0.0)}):
        tree.times = times
        wall["now"] += 1
        clock.now()
    assert clock.now() == pytest.approx(2)


needs_schedstat = pytest.mark.skipif(
    not Path("/proc/thread-self/schedstat").exists(), reason="the system does not tell"
)


@pytest.fixture
def crowded():
    """Return a core on which three programs compute all the time."""
    core = min(os.sched_getaffinity(0))
    # Each in a session of its own: Linux may share a core out among sessions first.
    others = [
        subprocess.Popen([sys.executable, "-c", on(core) + BUSY], start_new_session=True)
        for _ in range(3)
    ]
    yield core
    for process in others:
        process.kill()
        process.wait()


def on(core):
    return f"import os; os.sched_setaffinity(0, [{core}])\n"


@needs_schedstat
@pytest.mark.parametrize(("code", "own", "asleep"), [(BUSY, 1, 0), (IDLE, 1, 1), (MANY, 8, 0)])
def test_beside_programs_that_take_the_core(crowded, code, own, asleep):
    """What computes counts for as long as it does, and not while it waits; what sleeps counts."""
    mine = subprocess.Popen([sys.executable, "-c", on(crowded) + code], start_new_session=True)

    def worked():
        return sum(work for work, _ in processes.times(mine.pid).values())

    try:
        while len(processes.times(mine.pid)) < own:
            time.sleep(0.01)
        before = worked()
        clock, began = Clock(lambda: processes.times(mine.pid)), time.monotonic()
        while (lasted := time.monotonic() - began) < 3:
            time.sleep(0.2)
            clock.now()
        least = worked() - before
        least += 0.3 * asleep * lasted
        assert least - 0.3 < clock.now() < least + (0.7 * asleep + 0.3) * lasted
    finally:
        os.killpg(mine.pid, signal.SIGKILL)
        mine.wait()


THREAD = """
import numpy as np, threading
a = np.ones((300, 300))
threading.Thread(target=lambda: [a @ a for _ in range(10**6)]).start()
threading.Event().wait(60)
"""
SHORT = """
import os, time
while True:
    if os.fork() == 0:
        end = time.process_time() + 0.02
        while time.process_time() < end: pass
        os._exit(0)
    os.wait()
"""


@needs_schedstat
@pytest.mark.parametrize("code", [THREAD, SHORT])
def test_what_other_threads_and_ended_children_compute_is_seen(code):
    """It is by these that a student's processes would wait for a core while no time passes."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    mine = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, start_new_session=True
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while sum(work for work, _ in processes.times(mine.pid).values()) < 1:
            assert time.monotonic() < until
            time.sleep(0.05)
    finally:
        os.killpg(mine.pid, signal.SIGKILL)
        mine.wait()


COMPUTE = """
import time

def compute(seconds):
    began = time.process_time()
    while time.process_time() - began < seconds:
        pass
    return "done"
"""
GRADED = {"grade": True, "solution": False, "locked": True, "grade_id": "test"}
LIMIT = 2.0


def ran(students, folder, seconds, core=None):
    """Return the outputs of a cell, of a test that calls, and of one that computes itself."""
    call, graded = f"compute({seconds})", {"nbgrader": GRADED}
    first = new_code_cell(COMPUTE if core is None else COMPUTE + on(core))
    sources = [(call, {}), (call, graded), (COMPUTE + call, graded)]
    made = [new_code_cell(source, metadata=marks) for source, marks in sources]
    session = Session(students, {}, LIMIT, Limits().memory)
    run_notebook(new_notebook(cells=[first, *made]), session, folder, LIMIT)
    session.close()
    return [
        output.data["text/plain"] if output.output_type == "execute_result" else output.ename
        for cell in made
        for output in cell.outputs
    ]


@needs_schedstat
def test_what_is_in_time_is_so_on_a_busy_machine(students, tmp_path, crowded, monkeypatch):
    """Each takes a third of the limit, and more than all of it by the clock on the wall."""
    monkeypatch.setattr(cells, "_LATER", 0.1)
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, [crowded])
    try:
        assert ran(students, tmp_path, LIMIT / 3, crowded) == ["'done'"] * 3
    finally:
        os.sched_setaffinity(0, before)


def test_what_computes_too_long_is_stopped(students, tmp_path, monkeypatch):
    monkeypatch.setattr(cells, "_LATER", 0.1)
    kinds = ["CellTimeoutError", "TimeoutError", "TimeoutError"]
    assert ran(students, tmp_path, 60) == kinds
