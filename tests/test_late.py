"""A late submission costs what the rule says: in nbgrader, in formgrader, in the class command."""

import shutil
from datetime import datetime

import pytest
from conftest import HW02, ROOT
from nbgrader.api import Gradebook

from autograder.classroom import grading
from autograder.classroom.gradebook import opened
from autograder.classroom.results import table
from autograder.plugins.late import DAY, HOUR, LatePenalty
from autograder.plugins.nbgrader import api, checked, load_config

COURSE = "neural-networks-in-numpy"
DUE = datetime(2026, 11, 28, 22, 59)
RULE = """
c.LatePenalty.grace_hours = 2
c.LatePenalty.percent_per_day = 10
c.LatePenalty.most_percent = 25
"""


@pytest.mark.parametrize(
    ("late", "penalty"),
    [
        (1, None), (2 * HOUR, None), (2 * HOUR + 1, 3.0), (2 * HOUR + DAY, 3.0),
        (2 * HOUR + DAY + 1, 6.0), (2 * HOUR + 3 * DAY, 7.5), (100 * DAY, 7.5),
    ],
)  # fmt: skip
def test_the_rule(late, penalty):
    rule = LatePenalty(grace_hours=2, percent_per_day=10, most_percent=25)
    assert rule.late_submission_penalty("ada", 30.0, late) == penalty
    assert LatePenalty().late_submission_penalty("ada", 30.0, late) is None


def test_nothing_is_taken_from_nothing():
    rule = LatePenalty(percent_per_day=100)
    assert rule.late_submission_penalty("ada", 0.0, DAY) is None
    assert rule.late_submission_penalty("ada", None, DAY) is None


def hand_in(root, student, timestamp):
    folder = root / "submitted" / student / HW02
    folder.mkdir(parents=True)
    shutil.copy(root / "source" / HW02 / f"{HW02}.ipynb", folder)
    (folder / "timestamp.txt").write_text(timestamp)


def set_due_date(root, due):
    with Gradebook(f"sqlite:///{root}/gradebook.db", COURSE) as gradebook:
        gradebook.find_assignment(HW02).duedate = due
        gradebook.db.commit()


def test_in_nbgrader_formgrader_and_the_class_command(hw02_root):
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8") + RULE
    (hw02_root / "nbgrader_config.py").write_text(config, encoding="utf-8")
    set_due_date(hw02_root, DUE)
    hand_in(hw02_root, "in time", "2026-11-28 22:00:00 UTC")
    hand_in(hw02_root, "two days late", "2026-11-30 02:00:00 UTC")
    course = api(hw02_root, hw02_root)

    def in_formgrader():
        """Return the score in formgrader's list, and the penalty that its page shows."""
        with course.gradebook as gradebook:
            return {
                shown["student"]: (
                    shown["score"],
                    gradebook.find_submission(HW02, shown["student"]).late_submission_penalty,
                )
                for shown in course.get_submissions(HW02)
            }

    in_time, late = grading.autograde(hw02_root, hw02_root, HW02)
    assert (in_time.total, in_time.penalty, late.total, late.penalty) == (30, 0, 30, 6)
    assert "(late: 6 taken away)" in table([in_time, late], HW02).splitlines()[3]
    ours = in_formgrader()
    assert ours == {"in time": (30, 0), "two days late": (30, 6)}
    assert grading.due_date(hw02_root, hw02_root, HW02).replace(tzinfo=None) == DUE

    for student in ours:
        checked(course.autograde(HW02, student, force=True))
    assert in_formgrader() == ours
    grading.feedback(hw02_root, hw02_root, HW02)
    page = hw02_root / "feedback" / "two days late" / HW02 / f"{HW02}.html"
    assert "24" in page.read_text(encoding="utf-8")

    # Another due date counts at once, and nothing is run again for it.
    grading.autograde(hw02_root, hw02_root, HW02)
    before = (hw02_root / "autograded" / "in time" / HW02).stat().st_mtime_ns
    set_due_date(hw02_root, datetime(2026, 11, 28, 12))
    in_time, late = grading.autograde(hw02_root, hw02_root, HW02)
    assert (in_time.penalty, late.penalty) == (3, 6)
    assert in_formgrader() == {"in time": (30, 3), "two days late": (30, 6)}
    assert (hw02_root / "autograded" / "in time" / HW02).stat().st_mtime_ns == before
    set_due_date(hw02_root, None)
    config = load_config(hw02_root, hw02_root)
    with opened(config, f"sqlite:///{hw02_root}/gradebook.db", HW02) as book:
        assert book.penalties() == {}
