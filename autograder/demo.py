"""Show the whole way of the course on a made class of 24 students."""

import shutil
import subprocess
import sys
from pathlib import Path

from autograder.classroom import grading
from autograder.classroom.collect import collect
from autograder.classroom.made_class import hand_in, made_students
from autograder.classroom.results import table
from autograder.notebooks import text
from autograder.notebooks.release import release
from autograder.progress import Progress

HOMEWORK = "hw02_linear_regression"
LECTURE = "03_linear_regression"


def demo(root: Path) -> str:
    """Build, grade, write feedback and export slides; return the table and which files to open.

    The class lives in ``build/demo``, so that a real class in the same checkout is not touched.
    """
    folder = root / "build" / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    log = folder / "slides.log"
    with log.open("w") as output:
        # The slides take one core, the grading the other.
        slides = subprocess.Popen(
            [sys.executable, "-m", "autograder", "slides", LECTURE],
            cwd=root, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            answer = _grade(root, folder)
        except BaseException:
            slides.kill()
            raise
        _step("waiting for the slides")
        exported = slides.wait() == 0
    lines = [answer, "", "Open these in a browser:"]
    lines.append(f"  {_feedback_page(root, folder)}   feedback with a named mistake")
    if exported:
        lines.append(f"  build/slides/{LECTURE}.html   the lecture as slides")
    else:
        lines.append(f"  (no slides: {_last_line(log)})")
    lines.append("and the lecture and the released homework in JupyterLab: make lab")
    return "\n".join(lines)


def _grade(root: Path, folder: Path) -> str:
    _step("building notebooks and release")
    text.build(root)
    shutil.copytree(root / "source", folder / "source")
    released = release(root, folder, HOMEWORK)
    _step("making a class of 24 out of accepted variants and known mistakes")
    handed_in = hand_in(released, made_students(HOMEWORK), folder / "handed_in")
    collect(handed_in, folder, HOMEWORK)
    results = grading.autograde(root, folder, HOMEWORK, Progress("autograding"))
    grading.feedback(root, folder, HOMEWORK, Progress("writing feedback"))
    return table(results, HOMEWORK)


def _feedback_page(root: Path, folder: Path) -> str:
    student = next(s for s in made_students(HOMEWORK) if len(s.wrong) > 1)
    page = folder / "feedback" / student.name / HOMEWORK / f"{HOMEWORK}.html"
    return page.relative_to(root).as_posix()


def _last_line(log: Path) -> str:
    return (log.read_text().strip().splitlines() or ["no reason given"])[-1]


def _step(what: str) -> None:
    print(f"{what} …", file=sys.stderr, flush=True)
