"""nbgrader's exporters for Canvas and Moodle: their own table of the class, filled in.

``nbgrader export --exporter=autograder.plugins.export.CanvasExporter`` does what
``make export TO=canvas`` does. What the platforms read is in Canvas's ``gradebook_importer.rb``,
in Moodle's ``grade/import/csv`` and ``mod/assign/feedback/offline``.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin
from traitlets import Bool, Unicode

from autograder.classroom.roster import Kind, Person, Roster, read_roster

_POINTS = "Points Possible"  # in the first column of Canvas's row about the assignments


class ExportError(ValueError):
    """The grades can't be written as the platform reads them; the message says why."""


@dataclass(frozen=True)
class Score:
    """The grade of one submission.

    Attributes
    ----------
    student : str
    points, penalty, most : float
        Earned, what is taken away because it came late, and possible.
    comment : str
        The points of each exercise, for the student.
    """

    student: str
    points: float
    penalty: float
    most: float
    comment: str = ""

    @property
    def grade(self) -> float:
        """What counts."""
        return max(0.0, self.points - self.penalty)


class PlatformExporter(ExportPlugin):  # type: ignore[misc]
    """Fill in a platform's table of a class.

    After `export`, ``remarks`` holds a line for each thing that the instructor should know.
    """

    kinds: tuple[Kind, ...] = ()
    roster = Unicode(
        help="The table of the class as the platform exports it, a CSV file."
    ).tag(config=True)  # fmt: skip
    column = Unicode(
        help="The assignment's column of that table, or the beginning of its name; without it the "
        "column that is called like the homework."
    ).tag(config=True)
    scale = Bool(
        help="Convert the points if the platform has another number of possible points."
    ).tag(config=True)  # fmt: skip

    def export(self, gradebook: Gradebook) -> None:
        """Write the table to the file ``to``.

        Raises
        ------
        ExportError
            Not one assignment is chosen, or the table has no column for it.
        RosterError
            The table can't be read.
        """
        self.remarks: list[str] = []
        name = self._assignment(gradebook)
        if not self.roster:
            raise ExportError(
                f"the table of the class is missing (ROSTER=…): {self.kinds[0]} as CSV"
            )
        roster = read_roster(Path(self.roster))
        if roster.kind not in self.kinds:
            wanted = " or ".join(self.kinds)
            raise ExportError(f"expected {wanted}, and {self.roster} is {roster.kind}")
        scores = self._matched(roster, read_scores(gradebook, name))
        rows = self.table(roster, name, scores)
        file = io.StringIO()
        csv.writer(file, lineterminator="\n").writerows(rows)
        target = Path(self.to or f"{name}.csv")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.getvalue(), encoding="utf-8")
        for line in self.remarks:
            self.log.warning(line)

    def table(self, roster: Roster, homework: str, scores: dict[Person, Score]) -> list[list[str]]:
        """Return the rows to write, the header first."""
        raise NotImplementedError

    def _assignment(self, gradebook: Gradebook) -> str:
        names = [str(name) for name in self.assignment]
        there = [assignment.name for assignment in gradebook.assignments]
        if len(names) != 1 or names[0] not in there:
            raise ExportError(f"expected one assignment of {', '.join(there)}, got {names}")
        return names[0]

    def _matched(self, roster: Roster, scores: Sequence[Score]) -> dict[Person, Score]:
        """Return the scores by person; say who is on one side alone."""
        found: dict[Person, Score] = {}
        wanted = {str(student) for student in self.student}
        named = {person.student for person in roster.people}
        # Who was collected with and without this table counts under the name that it gives.
        for score in sorted(scores, key=lambda score: score.student not in named):
            if wanted and score.student not in wanted:
                continue
            person = roster.find_student(score.student)
            if person is None:
                self.remarks.append(f"{score.student}: not in {Path(self.roster).name}, left out")
            elif person in found:
                self.remarks.append(
                    f"{score.student}: the same person as {found[person].student}, left out"
                )
            else:
                found[person] = score
        without = len(roster.people) - len(found)
        if without and not wanted:
            self.remarks.append(
                f"{without} of {len(roster.people)} have no grade: left out, so that the platform "
                "keeps what it has for them"
            )
        return found

    def _converted(self, score: Score, most: float) -> str:
        """Return a grade in points of the platform, as both platforms read numbers."""
        if abs(most - score.most) > 1e-6 and not self.scale:
            raise ExportError(
                f"the platform gives {most:g} points and the homework {score.most:g}: change it "
                "there, or export with SCALE=1"
            )
        return number(score.grade * most / score.most if score.most else 0.0)


class CanvasExporter(PlatformExporter):
    """Write what Canvas's *Grades, Import* takes: its own gradebook export, filled in."""

    kinds = (Kind.CANVAS,)

    def table(self, roster: Roster, homework: str, scores: dict[Person, Score]) -> list[list[str]]:
        """Return the columns about students and the one of the assignment."""
        about = roster.header.index("Section") + 1
        assignments = [c for c in roster.header[about:] if re.search(r"\(\d+\)$", c)]
        column = chosen(assignments, homework, self.column)
        place = roster.header.index(column)
        above = next((row for row in roster.rows if _POINTS in row[0]), None)
        if above is None:
            raise ExportError(f"{self.roster} has no row {_POINTS}: export the gradebook anew")
        most = read_number(above[place])
        rows = [[*roster.header[:about], column], [*above[:about], above[place]]]
        for person in sorted(scores, key=lambda person: person.row):
            row = roster.rows[person.row]
            rows.append([*row[:about], self._converted(scores[person], most)])
        return rows


class MoodleExporter(PlatformExporter):
    """Write what Moodle takes.

    From the assignment's grading worksheet: that, filled in, for *Upload grading worksheet*. From
    an export of the course's grades: a table for *Grades, Import, CSV file*.
    """

    kinds = (Kind.WORKSHEET, Kind.MOODLE)
    feedback = Bool(True, help="Write the points of each exercise as feedback.").tag(config=True)

    def table(self, roster: Roster, homework: str, scores: dict[Person, Score]) -> list[list[str]]:
        """Return the rows of those who have a grade."""
        people = sorted(scores, key=lambda person: person.row)
        if roster.kind is Kind.WORKSHEET:
            return self._worksheet(roster, people, scores)
        return self._grades(roster, homework, people, scores)

    def _worksheet(
        self, roster: Roster, people: list[Person], scores: dict[Person, Score]
    ) -> list[list[str]]:
        most = next((c for c in roster.header if c.lower() == "maximum grade"), "")
        if not most:
            raise ExportError(f"{self.roster} has no column Maximum grade")
        rows = [list(roster.header)]
        for person in people:
            row = list(roster.rows[person.row])
            possible = roster.value(person, most)
            grade = self._converted(scores[person], read_number(possible))
            # The worksheet is read back in the language in which it was written.
            row[roster.header.index("Grade")] = (
                grade.replace(".", ",") if "," in possible else grade
            )
            if self.feedback and "Feedback comments" in roster.header:
                row[roster.header.index("Feedback comments")] = scores[person].comment
            if roster.value(person, "Grade can be changed").lower() == "no":
                self.remarks.append(f"{person.student}: Moodle says the grade can't be changed")
            rows.append(row)
        return rows

    def _grades(
        self, roster: Roster, homework: str, people: list[Person], scores: dict[Person, Score]
    ) -> list[list[str]]:
        about = [
            name
            for name in ("Username", "Email address", "ID number", "First name", "Last name")
            if name in roster.header
        ]
        column = next((c for c in roster.header if c.endswith("(Real)")), "")
        items = [c for c in roster.header if ":" in c]
        column = chosen(items, homework, self.column) if items or self.column else homework
        item = re.sub(r" \((Real|Percentage|Letter)\)$", "", column)
        header = [*about, item]
        if self.feedback:
            header.append(f"Feedback: {item.partition(': ')[2] or item}")
        rows = [header]
        for person in people:
            values = [roster.value(person, name) for name in about]
            row = [*values, number(scores[person].grade)]
            rows.append([*row, scores[person].comment] if self.feedback else row)
        return rows


def read_scores(gradebook: Gradebook, homework: str) -> list[Score]:
    """Return the grades of all submissions of a homework, from nbgrader's gradebook."""
    scores = []
    for submission in gradebook.assignment_submissions(homework):
        penalty = float(submission.late_submission_penalty or 0.0)
        points = float(submission.score)
        comment = _comment(submission, points, penalty)
        most = float(submission.max_score)
        scores.append(Score(submission.student.id, points, penalty, most, comment))
    return sorted(scores, key=lambda score: score.student)


def _comment(submission: Any, points: float, penalty: float) -> str:
    """Return the points of each exercise as a line."""
    earned: dict[str, float] = {}
    possible: dict[str, float] = {}
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            exercise = grade.name.rpartition("-")[0] or grade.name
            earned[exercise] = earned.get(exercise, 0.0) + float(grade.score or 0.0)
            possible[exercise] = possible.get(exercise, 0.0) + float(grade.max_score)
    parts = [f"{name} {earned[name]:g}/{possible[name]:g}" for name in earned]
    if penalty:
        parts.append(f"handed in late: {number(penalty)} of {points:g} points taken away")
    return ", ".join(parts)


def chosen(columns: Sequence[str], homework: str, wanted: str) -> str:
    """Return the column of a homework.

    Parameters
    ----------
    columns : sequence of str
        Those of the assignments.
    homework : str
        ``hw02_linear_regression`` fits *Homework 2*, *HW 02* and its own name.
    wanted : str
        The beginning of a column's name, or nothing.

    Raises
    ------
    ExportError
        None fits, or several.
    """
    if wanted:
        fit = [c for c in columns if c == wanted] or [c for c in columns if c.startswith(wanted)]
    else:
        digits = re.match(r"hw0*(\d+)", homework)
        pattern = rf"(?<![a-z0-9])(hw|homework)[\s_-]*0*{digits[1]}(?!\d)" if digits else homework
        fit = [c for c in columns if re.search(pattern, c, re.IGNORECASE)]
    if len(fit) == 1:
        return fit[0]
    there = "; ".join(columns) or "no assignment"
    what = f"{len(fit)} columns" if fit else "no column"
    raise ExportError(f"{what} for {wanted or homework}, choose with COLUMN=…: there is {there}")


def number(value: float) -> str:
    """Return a number with at most two decimals, which is what the platforms keep.

    Examples
    --------
    >>> number(27.5), number(30.0), number(8.6666666)
    ('27.5', '30', '8.67')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def read_number(text: str) -> float:
    """Return a number that a platform wrote, with a point or a comma.

    Raises
    ------
    ExportError
        It is none.
    """
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        raise ExportError(f"expected a number of possible points, got {text!r}") from None


EXPORTERS: dict[str, type[PlatformExporter]] = {"canvas": CanvasExporter, "moodle": MoodleExporter}
