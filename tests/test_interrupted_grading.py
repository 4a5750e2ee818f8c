"""A grader that is interrupted or killed leaves no process behind, and goes on where it was."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import HW02, ROOT

from autograder.classroom.collect import collect
from autograder.classroom.made_class import hand_in, made_students

COUNT = 10
COMMAND = [sys.executable, "-m", "autograder", "autograde", HW02]
# Below a shell that runs the tests in the background, interrupts are ignored.
INTERRUPTIBLE = ["env", "--default-signal=INT", *COMMAND]


def descendants(process: int) -> set[tuple[int, str]]:
    """Return all processes below one, each with the time when it started."""
    found: set[tuple[int, str]] = set()
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            found |= {(child, started(child))} | descendants(child)
    return found


def started(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19]
    except (FileNotFoundError, ProcessLookupError):
        return ""


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_and_the_next_run_goes_on(class_root, how):
    shutil.copy(ROOT / "nbgrader_config.py", class_root)
    released = class_root / "release" / HW02 / f"{HW02}.ipynb"
    students = list(made_students(HW02))[:COUNT]
    collect(hand_in(released, students, class_root / "handed_in"), class_root, HW02)
    graded = class_root / "autograded"
    run = subprocess.Popen(
        INTERRUPTIBLE, cwd=class_root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        until = time.monotonic() + 120
        while len(list(graded.glob(f"*/{HW02}"))) < 2:
            assert run.poll() is None and time.monotonic() < until
            time.sleep(0.05)
        family = descendants(run.pid)
        assert len(family) >= 4, "the workers, the launcher, the warm parent, and often students"
        run.send_signal(how)
        run.wait(timeout=60)
        until = time.monotonic() + 20
        while any(started(process) == when for process, when in family):
            assert time.monotonic() < until, "something is left"
            time.sleep(0.05)
    finally:
        run.kill()
        run.wait()
    before = {path: path.stat().st_mtime_ns for path in graded.glob(f"*/{HW02}/*.ipynb")}
    assert 2 <= len(before) < COUNT
    again = subprocess.run(
        COMMAND, cwd=class_root, capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert again.stdout.count("\n") > COUNT
    after = {path: path.stat().st_mtime_ns for path in graded.glob(f"*/{HW02}/*.ipynb")}
    assert len(after) == COUNT
    assert all(after[path] == before[path] for path in before), "nothing is graded twice"
    assert not list(graded.glob("*/.*.new"))
