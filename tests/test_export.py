"""Grades leave as Canvas and Moodle read them: their own tables, filled in."""

import csv
import os
import subprocess
import sys

import pytest
from conftest import HW02, ROOT
from nbgrader.api import Gradebook
from test_collect import CANVAS, WORKSHEET

from autograder.classroom import grading
from autograder.classroom.roster import Kind, RosterError, read_roster
from autograder.plugins.export import ExportError, chosen, number

COURSE = "neural-networks-in-numpy"
MOODLE = (
    "First name,Last name,ID number,Email address,Assignment: Homework 1 (Real),"
    "Assignment: HW 02 (Real),Last downloaded from this course\n"
    "Ada,Lovelace,7,ada@x.edu,-,-,1764400000\nJan,Novák,8,jan@x.edu,-,-,1764400000\n"
    "Jan,Novák,9,jan.novak@x.edu,-,-,1764400000\n"
)


def grade(root, **scores):
    """Put submissions into the gradebook, each with so many points and a penalty."""
    with Gradebook(f"sqlite:///{root}/gradebook.db", COURSE) as gradebook:
        for student, (earned, penalty) in scores.items():
            left = earned
            gradebook.update_or_create_student(student)
            submission = gradebook.update_or_create_submission(HW02, student)
            (notebook,) = submission.notebooks
            for cell in notebook.grades:
                cell.auto_score = min(left, cell.max_score)
                left -= cell.auto_score
            notebook.late_submission_penalty = penalty
        gradebook.db.commit()


@pytest.fixture
def export(hw02_root):
    """Return a function that exports, and returns the written rows and the remarks."""

    def run(platform, roster, **options):
        path = hw02_root / "their table.csv"
        path.write_text(roster, encoding="utf-8")
        target = hw02_root / "out" / "grades.csv"
        remarks = grading.export(
            ROOT, hw02_root, HW02, platform, target, roster=str(path), **options
        )
        with target.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file)), remarks

    return run


def test_canvas_gets_its_own_table_with_one_assignment(hw02_root, export):
    grade(hw02_root, ada=(27.5, 0), jnovak2=(30, 3), stranger=(1, 0))
    rows, remarks = export("canvas", CANVAS)
    about = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert rows == [
        [*about, "Homework 2 (4711)"],
        ["    Points Possible", "", "", "", "", "30.00"],
        ["Lovelace, Ada", "101", "S1", "ada", "Group A", "27.5"],
        ["Novák, Jan", "103", "S3", "jnovak2", "Group B", "27"],
    ]
    assert remarks == [
        "stranger: not in their table.csv, left out",
        "1 of 3 have no grade: left out, so that the platform keeps what it has for them",
    ]


def test_canvas_reads_what_was_written(hw02_root, export):
    """By the rules of Canvas's importer: who and which assignment, by number."""
    grade(hw02_root, ada=(27.5, 0))
    export("canvas", CANVAS)
    again = read_roster(hw02_root / "out" / "grades.csv")
    assert again.kind is Kind.CANVAS and again.header[5:] == ["Homework 2 (4711)"]
    (ada,) = again.people
    assert (again.value(ada, "ID"), again.value(ada, "Homework 2 (4711)")) == ("101", "27.5")


def test_students_who_were_collected_without_the_table_are_found_by_number(hw02_root, export):
    grade(hw02_root, **{"novákjan_103": (12, 0), "lovelaceada_101": (30, 0)})
    rows, _ = export("canvas", CANVAS)
    assert [(row[1], row[-1]) for row in rows[2:]] == [("101", "30"), ("103", "12")]
    grade(hw02_root, **{"Jan Novák_503": (20, 0), "Jan Novák_502": (10, 0)})
    rows, _ = export("moodle", WORKSHEET)
    assert [(row[0], row[4]) for row in rows[1:]] == [
        ("Participant 502", "10"), ("Participant 503", "20"),
    ]  # fmt: skip


def test_who_was_collected_again_with_the_table_counts_under_its_name(hw02_root, export):
    grade(hw02_root, **{"Ada Lovelace_501": (30, 0), "ada@x.edu": (12, 0)})
    rows, remarks = export("moodle", WORKSHEET)
    assert [(row[0], row[4]) for row in rows[1:]] == [("Participant 501", "12")]
    assert remarks[0] == "Ada Lovelace_501: the same person as ada@x.edu, left out"


def test_other_possible_points_are_refused_or_converted(hw02_root, export):
    grade(hw02_root, ada=(27, 0))
    percent = CANVAS.replace("30.00,30.00", "30.00,100.00")
    with pytest.raises(ExportError, match=r"gives 100 points and the homework 30.*SCALE=1"):
        export("canvas", percent)
    rows, _ = export("canvas", percent, scale=True)
    assert rows[1][-1] == "100.00" and rows[2][-1] == "90"


def test_moodle_gets_its_worksheet(hw02_root, export):
    grade(hw02_root, **{"ada@x.edu": (27.5, 0), "jan@x.edu": (30, 3)})
    rows, _ = export("moodle", WORKSHEET)
    assert rows[0][0] == "Identifier" and rows[0][-1] == "Feedback comments"
    ada, jan = rows[1:]
    assert ada[:4] == ["Participant 501", "Ada Lovelace", "ada@x.edu", "Submitted for grading"]
    assert (ada[4], jan[4]) == ("27.5", "27")
    assert ada[7] == "Sunday, 29 November 2026, 2:14 PM"
    assert ada[9].startswith("linear_predict 3/3, mae 3/3, half_mse 3/3")
    assert jan[9].endswith("handed in late: 3 of 30 points taken away")
    comma, _ = export("moodle", WORKSHEET.replace("30.00", '"30,00"'))
    assert comma[1][4] == "27,5"
    bare, _ = export("moodle", WORKSHEET, feedback=False)
    assert bare[1][9] == ""


def test_moodle_gets_a_table_for_the_import_of_grades(hw02_root, export):
    grade(hw02_root, **{"jan.novak@x.edu": (8.123, 0)})
    rows, _ = export("moodle", MOODLE)
    assert rows[0] == [
        "Email address", "ID number", "First name", "Last name", "Assignment: HW 02",
        "Feedback: HW 02",
    ]  # fmt: skip
    assert rows[1][:5] == ["jan.novak@x.edu", "9", "Jan", "Novák", "8.12"]


def test_what_can_not_be_exported_is_refused(hw02_root, export):
    grade(hw02_root, ada=(30, 0))
    with pytest.raises(ExportError, match="expected TO=canvas or TO=moodle, got 'ilias'"):
        export("ilias", CANVAS)
    with pytest.raises(ExportError, match=r"expected Canvas's gradebook, and .* is Moodle's"):
        export("canvas", WORKSHEET)
    with pytest.raises(RosterError, match="expected the columns"):
        export("moodle", "a,b\n")
    with pytest.raises(ExportError, match=r"no column for Quiz.*Homework 1 \(4710\); Homework 2"):
        export("canvas", CANVAS, column="Quiz")
    with pytest.raises(ExportError, match="2 columns for Homework"):
        export("canvas", CANVAS, column="Homework")


def test_the_column_is_found_by_its_number():
    columns = ["Homework 12 (1)", "HW1 late (2)", "Homework 2: lines (3)", "hw02_extra (4)"]
    assert chosen(columns[:3], HW02, "") == "Homework 2: lines (3)"
    assert chosen([columns[0], columns[3]], HW02, "") == "hw02_extra (4)"
    with pytest.raises(ExportError):
        chosen(columns, HW02, "")
    assert chosen(columns, HW02, "hw02") == "hw02_extra (4)"


def test_numbers_have_two_decimals():
    assert [number(x) for x in (0.0, 10.0, 8.125, 8.666, 100.0)] == [
        "0", "10", "8.12", "8.67", "100",
    ]  # fmt: skip


def test_nbgrader_export_takes_the_plugin(hw02_root):
    """The command of nbgrader itself, with our exporter."""
    grade(hw02_root, ada=(27.5, 0))
    (hw02_root / "class.csv").write_text(CANVAS, encoding="utf-8")
    (hw02_root / "nbgrader_config.py").write_text(
        (ROOT / "nbgrader_config.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    subprocess.run(
        [
            sys.executable, "-m", "nbgrader", "export", f"--assignment=['{HW02}']",
            "--exporter=autograder.plugins.export.CanvasExporter", "--to=grades.csv",
            "--CanvasExporter.roster=class.csv",
        ],
        cwd=hw02_root, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    with (hw02_root / "grades.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[-1][-1] == "27.5"
