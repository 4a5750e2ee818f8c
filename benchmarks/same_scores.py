"""Compare the scores of this course's grader with those of stock nbgrader, cell by cell.

For every homework a class is made that makes every known mistake and uses every accepted variant.
It is graded twice: by stock nbgrader (its own executor and preprocessors, tests and student code in
one process), and by ``make autograde``. Run ``python benchmarks/same_scores.py [homework …]``; it
takes a few seconds a submission, and ends with status 1 if a score differs. ``--at-most 12`` takes
12 submissions of each class, from all over it.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory

from autograder.classroom import grading
from autograder.classroom.collect import collect
from autograder.classroom.made_class import every_mistake, hand_in
from autograder.exercises import HOMEWORKS
from autograder.notebooks.release import release
from autograder.plugins.nbgrader import api, load_config
from autograder.progress import Progress

ROOT = Path(__file__).resolve().parent.parent


def stock(folder: Path) -> NbGraderAPI:
    """Return nbgrader's API with its own way of grading."""
    api(ROOT, folder)  # it silences nbgrader's log, and finds its programs
    config = load_config(ROOT, folder)
    del config.Autograde["sanitize_preprocessors"], config.Autograde["autograde_preprocessors"]
    del config.Autograde["exporter_class"]
    config.Execute.extra_arguments = [
        "--HistoryManager.hist_file=:memory:",
        "--Application.log_level=ERROR",
    ]
    assert Autograde(config=config).autograde_preprocessors[0].__module__.startswith("nbgrader")
    return NbGraderAPI(config=config)


def scores(folder: Path, homework: str) -> dict[tuple[str, str], float | None]:
    """Return the score of each student in each graded cell, as the gradebook has it."""
    with Gradebook(CourseDirectory(root=str(folder)).db_url, "neural-networks-in-numpy") as book:
        return {
            (submission.student.id, grade.name): grade.auto_score
            for submission in book.assignment_submissions(homework)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def compare(homework: str, folder: Path, at_most: int) -> int:
    """Grade the class both ways; print and return the number of scores that differ."""
    ours, theirs = folder / "ours", folder / "theirs"
    for place in (ours, theirs):
        shutil.copytree(ROOT / "source", place / "source")
        released = release(ROOT, place, homework)
        students = list(every_mistake(homework))
        students = students[:: -(-len(students) // at_most)]
        collect(hand_in(released, students, place / "handed_in"), place, homework)
    grading.autograde(ROOT, ours, homework)
    grader, progress = stock(theirs), Progress(f"stock {homework}")
    for done, student in enumerate(students):
        progress(done, len(students), student.name)
        result = grader.autograde(homework, student.name)
        assert result["success"], result.get("log")
    mine, stocks = scores(ours, homework), scores(theirs, homework)
    assert mine.keys() == stocks.keys() and mine
    different = {key: (mine[key], stocks[key]) for key in mine if mine[key] != stocks[key]}
    print(f"{homework}: {len(students)} submissions, {len(mine)} scores, {len(different)} differ")
    for (student, cell), (here, there) in different.items():
        print(f"  {student} {cell}: here {here}, stock {there}")
    return len(different)


def main() -> int:
    """Compare all given homeworks, or all there are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("homework", nargs="*", default=HOMEWORKS)
    parser.add_argument("--at-most", type=int, default=10_000, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return sum(compare(name, Path(folder, name), options.at_most) for name in options.homework)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
