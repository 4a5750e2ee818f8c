"""Write the report of a class as a page and as a table for other programs."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.classroom.grading import NothingToGrade
from autograder.exercises import HOMEWORKS
from autograder.report.marks import Marks, read_class
from autograder.report.statistics import ExerciseReport, histogram, report_on, seconds


def write_report(root: Path, homework: str, out: Path, anonymous: bool = False) -> list[Path]:
    """Write ``<homework>.html`` and ``<homework>.csv``; return both.

    Without names they are called ``<homework>_anonymous``, so that none is taken for the other.

    Parameters
    ----------
    root : Path
        The class folder, with what was autograded.
    homework : str
    out : Path
        The folder to write to.
    anonymous : bool
        Number the students instead of naming them.

    Raises
    ------
    NothingToGrade
        Nothing is autograded.
    """
    marks = read_class(root, homework, anonymous)
    if not marks:
        raise NothingToGrade(
            f"nothing of {homework} is autograded: run make autograde HW={homework} first"
        )
    out.mkdir(parents=True, exist_ok=True)
    name = f"{homework}_anonymous" if anonymous else homework
    page, table = out / f"{name}.html", out / f"{name}.csv"
    page.write_text(render(homework, marks), encoding="utf-8")
    table.write_text(as_csv(homework, marks), encoding="utf-8")
    return [page, table]


def render(homework: str, marks: Sequence[Marks]) -> str:
    """Return the page: one file, without scripts, that needs no network."""
    exercises = list(HOMEWORKS[homework].values())
    most = sum(exercise.points + 1 for exercise in exercises)
    totals = [student.total for student in marks]
    environment = Environment(
        loader=PackageLoader("autograder.report", "template"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["code"] = with_code
    return environment.get_template("report.html.j2").render(
        homework=homework,
        most=most,
        marks=sorted(marks, key=lambda student: (-student.total, student.student)),
        exercises=exercises,
        middle=median(totals),
        mean=mean(totals),
        bars=histogram(totals, most),
        reports=[report_on(exercise, marks) for exercise in exercises],
        frequent=frequent_mistakes([report_on(exercise, marks) for exercise in exercises]),
        time=seconds({m.student: sum(m.seconds.values()) for m in marks if m.seconds}),
        repairs=Counter(sentence for student in marks for sentence in student.repairs),
        repaired=sum(bool(student.repairs) for student in marks),
    )


def frequent_mistakes(reports: Sequence[ExerciseReport]) -> list[tuple[ExerciseReport, int]]:
    """Return the mistakes of all exercises, as (report, place in its list), frequent first."""
    found = [(report, i) for report in reports for i in range(len(report.mistakes))]
    return sorted(found, key=lambda at: -len(at[0].mistakes[at[1]].students))


def as_csv(homework: str, marks: Sequence[Marks]) -> str:
    """Return a line for each student: points by test cell, total, mistakes, repairs, time."""
    cells = [f"{name}-{kind}" for name in HOMEWORKS[homework] for kind in ("visible", "hidden")]
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["student", *cells, "total", "mistakes", "repairs", "cpu_seconds"])
    for student in marks:
        points = [f"{student.cells.get(cell, (0.0, 0.0))[0]:g}" for cell in cells]
        named = [
            f"{name}:{verdict.mistake}"
            for name, verdict in student.verdicts.items()
            if verdict.mistake
        ]
        time = f"{sum(student.seconds.values()):.2f}" if student.seconds else ""
        row = [student.student, *points, f"{student.total:g}", " ".join(named)]
        writer.writerow([*map(inert, row), len(student.repairs), time])
    return file.getvalue()


def inert(text: str) -> str:
    """Return text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def with_code(text: str) -> Markup:
    """Return text as HTML in which what stands in backquotes is code."""
    parts = str(escape(text)).split("`")
    if len(parts) % 2 == 0:  # a backquote without its partner
        return Markup("`".join(parts))
    return Markup("".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts)))
