"""The verbs of the Makefile, as commands."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from autograder.classroom import changes, grading
from autograder.classroom.collect import CollectError, collect
from autograder.classroom.gradebook import GradebookError
from autograder.classroom.journal import Change, JournalError
from autograder.classroom.results import printable, table
from autograder.classroom.roster import RosterError, read_roster
from autograder.cluster.pool import ClusterError
from autograder.demo import demo
from autograder.exercises import HOMEWORKS
from autograder.mutants import report
from autograder.notebooks import text
from autograder.notebooks.coverage import write_coverage
from autograder.notebooks.execute import ExecutionError, executed
from autograder.notebooks.release import homeworks, release
from autograder.notebooks.student import pack_student
from autograder.plugins.export import ExportError
from autograder.plugins.nbgrader import CONFIG_FILE, NbgraderError
from autograder.progress import Progress
from autograder.report import write_report, write_similar
from autograder.sandbox.layers import IsolationError
from autograder.sandbox.limits import Isolation
from autograder.sandbox.warm import WarmParentError
from autograder.site import SiteError, broken_links, build_site
from autograder.slides import (
    AssetsError,
    BrowserMissingError,
    DeckError,
    SlidesError,
    export_pdfs,
    export_slides,
    write_index,
)

# What a user can mend; anything else is a fault of ours and shows its traceback.
USER_ERRORS = (
    AssetsError,
    ClusterError,
    CollectError,
    DeckError,
    ExecutionError,
    ExportError,
    GradebookError,
    IsolationError,
    JournalError,
    NbgraderError,
    RosterError,
    SiteError,
    SlidesError,
    WarmParentError,
    grading.NothingToGrade,
    text.WouldLoseEdits,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb; return 0, or 1 if something is missing or could not be graded."""
    options = _parser().parse_args(arguments)
    root = Path.cwd()
    if not (root / CONFIG_FILE).exists():
        return _say(f"{root.name} holds no {CONFIG_FILE}: run this in the course's folder")
    try:
        verb: Callable[[Path, argparse.Namespace], int] = options.verb
        return verb(root, options)
    except USER_ERRORS as error:
        return _say(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m autograder", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    def verb(name: str, function: Callable[[Path, argparse.Namespace], int]) -> None:
        command = verbs.add_parser(name, help=(function.__doc__ or "").strip())
        command.set_defaults(verb=function)
        if name in ("collect", "autograde", "feedback", "report", "similar", "export"):
            command.add_argument("homework", help="for example hw02_linear_regression, or hw02")
        if name == "autograde":
            command.add_argument(
                "--isolation", choices=[kind.value for kind in Isolation], default=Isolation.FULL,
                help="reduced: without the layers that this machine lacks",
            )  # fmt: skip
            command.add_argument("--workers", type=_count, default=0, help="0: one on each core")
            command.add_argument(
                "--dry-run", action="store_true", help="show what would differ in the gradebook"
            )
            command.add_argument("--scheduler", default="", help="a Dask cluster's, tcp://…:8786")
        if name == "report":
            command.add_argument("--anonymous", action="store_true", help="numbers, no names")
        if name == "export":
            command.add_argument("to", help="canvas or moodle")
            command.add_argument("roster", help="the platform's table of the class, a CSV file")
            command.add_argument("--column", default="", help="the beginning of the column's name")
            command.add_argument("--scale", action="store_true", help="to the platform's points")
        if name == "slides":
            command.add_argument("lecture", nargs="?", default="", help="03; without it: all")
        if name == "mutants":
            command.add_argument("homework", nargs="?", default="", help="without it: all")
        if name == "collect":
            command.add_argument("origin", help="a folder, or a zip of Moodle, Canvas or folders")
            command.add_argument("--roster", help="who is who: a CSV of Canvas, Moodle or your own")
            command.add_argument(
                "--file-times", action="store_true", help="a file's time is when it was handed in"
            )

    verb("notebooks", _notebooks)
    verb("text", _text)
    verb("release", _release)
    verb("collect", _collect)
    verb("autograde", _autograde)
    verb("feedback", _feedback)
    verb("report", _report)
    verb("similar", _similar)
    verb("export", _export_grades)
    verb("slides", _slides)
    verb("site", _site)
    verb("student", _student)
    verb("mutants", _mutants)
    verb("demo", _demo)
    return parser


def _notebooks(root: Path, _: argparse.Namespace) -> int:
    """Build the notebooks from their text."""
    changed = text.build(root) + write_coverage(root)
    _tell("built", changed, root, "all notebooks agree with their text")
    return 0


def _text(root: Path, _: argparse.Namespace) -> int:
    """Take edits made in Jupyter back into the text."""
    _tell("wrote", text.take_back(root), root, "all texts agree with their notebooks")
    return 0


def _release(root: Path, _: argparse.Namespace) -> int:
    """Build the students' version of every homework."""
    text.build(root)
    for homework in homeworks(root):
        print("released", release(root, root, homework).relative_to(root))
    return 0


def _collect(root: Path, options: argparse.Namespace) -> int:
    """Collect submissions from a folder or a zip."""
    homework = _homework(options.homework)
    if not options.origin:
        raise CollectError("FROM=… is missing: a folder or a zip")
    students = collect(
        Path(options.origin),
        root,
        homework,
        roster=read_roster(Path(options.roster)) if options.roster else None,
        due=lambda: grading.due_date(root, root, homework),
        file_times=options.file_times,
        say=lambda line: print(printable(line)),  # files are called as students like
    )
    print(f"collected {homework} of {len(students)} students: {', '.join(students)}")
    return 0


def _autograde(root: Path, options: argparse.Namespace) -> int:
    """Autograde all submissions of a homework and print the results."""
    homework = _homework(options.homework)
    differences: list[Change] = []
    try:
        results = grading.autograde(
            root,
            root,
            homework,
            Progress(f"autograding {homework}"),
            workers=options.workers,
            scheduler=options.scheduler,
            isolation=Isolation(options.isolation),
            dry_run=options.dry_run,
            differs=differences.extend,
            tell=lambda line: print(f"\n{line}", file=sys.stderr),
        )
    except grading.NotWritten as error:
        print(table(error.results, homework))
        return _say(str(error))
    print(table(results, homework))
    if differences:
        print("", "different from before:", changes.table(differences, homework), sep="\n")
    if options.dry_run:
        print("", "The gradebook is as it was. Without DRY=1 it gets these points.", sep="\n")
    return 1 if any(result.problem for result in results) else 0


def _feedback(root: Path, options: argparse.Namespace) -> int:
    """Write the feedback pages of a homework."""
    homework = _homework(options.homework)
    pages = grading.feedback(root, root, homework, Progress(f"feedback on {homework}"))
    print(f"wrote {len(pages)} pages, such as {pages[0].relative_to(root)}")
    return 0


def _report(root: Path, options: argparse.Namespace) -> int:
    """Write the report on a class: distribution, frequent mistakes, tests to look at."""
    homework = _homework(options.homework)
    for path in write_report(root, homework, root / "build" / "report", options.anonymous):
        print("wrote", path.relative_to(root))
    return 0


def _similar(root: Path, options: argparse.Namespace) -> int:
    """List pairs of submissions that are alike in what hardly anyone else wrote."""
    homework = _homework(options.homework)
    for path in write_similar(root, homework, root / "build" / "similar"):
        print("wrote", path.relative_to(root))
    return 0


def _export_grades(root: Path, options: argparse.Namespace) -> int:
    """Write the grades as Canvas or Moodle imports them."""
    homework = _homework(options.homework)
    target = root / "build" / "export" / f"{homework}-{options.to}.csv"
    given = {"roster": options.roster, "column": options.column, "scale": options.scale}
    for line in grading.export(root, root, homework, options.to, target, **given):
        print(line)
    print("wrote", target.relative_to(root))
    return 0


def _slides(root: Path, options: argparse.Namespace) -> int:
    """Export the slides of the lectures, as HTML and, if there is a Chromium, as PDF."""
    text.build(root)
    lectures = sorted((root / "course").glob(f"{options.lecture}*.ipynb"))
    if not lectures:
        return _say(f"no lecture begins with {options.lecture!r}")
    return _export(root, lectures)


def _export(root: Path, lectures: Sequence[Path]) -> int:
    failed = 0
    folder = root / "build" / "slides"
    for lecture in lectures:
        html = folder / f"{lecture.stem}.html"
        try:
            export_slides(lecture, html, node=executed(lecture))
            print("wrote", html.relative_to(root), flush=True)
            for pdf in export_pdfs(html):
                print("wrote", pdf.relative_to(root), flush=True)
        except BrowserMissingError as error:
            print(f"no PDF: {error}")
        except (ExecutionError, SlidesError, DeckError) as error:
            failed = _say(str(error))  # the other lectures are still exported
    print("wrote", write_index(folder).relative_to(root))
    return failed


def _site(root: Path, _: argparse.Namespace) -> int:
    """Build the website of the course, with its slides."""
    text.build(root)
    failed = _export(root, sorted((root / "course").glob("*.ipynb")))
    home = build_site(root, root / "build" / "site", decks=root / "build" / "slides")
    problems = broken_links(home.parent)
    for problem in problems:
        _say(problem)
    print("wrote", home.relative_to(root))
    return 1 if failed or problems else 0


def _student(root: Path, _: argparse.Namespace) -> int:
    """Pack what students need: lectures and released homework, without solutions."""
    text.build(root)
    print("wrote", pack_student(root, root / "build" / "student").relative_to(root))
    return 0


def _mutants(_: Path, options: argparse.Namespace) -> int:
    """Measure the hidden tests with mutants of the reference."""
    return report.main([_homework(options.homework)] if options.homework else [])


def _demo(root: Path, _: argparse.Namespace) -> int:
    """Make a class, grade it, write its feedback, export the slides."""
    print(demo(root))
    return 0


def _count(text: str) -> int:
    """Return a number of workers; argparse tells what is wrong with another text."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"expected a number of workers, 0 or more, got {text!r}")
    return int(text)


def _homework(name: str) -> str:
    """Return the homework that a name, or the beginning of one, means."""
    matches = [homework for homework in HOMEWORKS if homework.startswith(name)]
    if not name or len(matches) != 1:
        known = ", ".join(HOMEWORKS)
        said = f"no homework is called {name!r}" if name else "HW=… is missing"
        raise grading.NothingToGrade(f"{said}; there is {known}")
    return matches[0]


def _tell(done: str, paths: Sequence[Path], root: Path, nothing: str) -> None:
    for path in paths:
        print(done, path.relative_to(root))
    if not paths:
        print(nothing)


def _say(problem: str) -> int:
    print(f"error: {problem}", file=sys.stderr)
    return 1
