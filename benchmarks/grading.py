"""How long does grading take, and how much of it is judging? Measured side by side in one run.

``python benchmarks/grading.py [SUBMISSIONS]`` grades made submissions of homework 2 through
nbgrader and judges the same functions in this process. What lies between is nbgrader, its kernel
and its database.
"""

import statistics
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from autograder.classroom import grading
from autograder.classroom.collect import collect
from autograder.classroom.made_class import hand_in, made_students
from autograder.exercises import HOMEWORKS
from autograder.notebooks.release import release
from autograder.referee.judge import judge

ROOT = Path(__file__).resolve().parent.parent
HOMEWORK = "hw02_linear_regression"


def main(submissions: int = 8) -> None:
    """Print seconds for a submission by nbgrader and by judging alone, and their ratio."""
    students = list(made_students(HOMEWORK))[:submissions]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "source").symlink_to(ROOT / "source")
        released = release(ROOT, root, HOMEWORK)
        collect(hand_in(released, students, root / "handed_in"), root, HOMEWORK)
        starts: list[float] = []
        grading.autograde(ROOT, root, HOMEWORK, lambda *_: starts.append(time.perf_counter()))
        by_nbgrader = [after - before for before, after in pairwise(starts)]
    by_judging = []
    for student in students:
        before = time.perf_counter()
        for exercise in HOMEWORKS[HOMEWORK].values():
            judge(exercise, student.versions[exercise.name].function, seed=1)
        by_judging.append(time.perf_counter() - before)
    print(f"{HOMEWORK}, {len(students)} submissions, seconds for each (median, min, max)")
    for name, seconds in (("nbgrader autograde", by_nbgrader), ("judging alone", by_judging)):
        median = statistics.median(seconds)
        print(f"  {name:<20} {median:7.3f} {min(seconds):7.3f} {max(seconds):7.3f}")
    ratio = statistics.median(by_nbgrader) / statistics.median(by_judging)
    print(f"  judging is 1/{ratio:.0f} of the whole")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
