"""What a late submission costs: a rule for nbgrader's plug-in for late submissions."""

import math

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float

HOUR, DAY = 3600.0, 86400.0  # seconds


class LatePenalty(LateSubmissionPlugin):  # type: ignore[misc]
    """Take a part of the earned points for each day that has begun, after a time of grace.

    Set it up in ``nbgrader_config.py``::

        c.AssignLatePenalties.plugin_class = LatePenalty
        c.LatePenalty.grace_hours = 2
        c.LatePenalty.percent_per_day = 10
        c.LatePenalty.most_percent = 50
    """

    grace_hours = Float(
        0, min=0, help="Hours after the due date in which nothing is taken."
    ).tag(config=True)  # fmt: skip
    percent_per_day = Float(
        0, min=0, max=100,
        help="Percent of the earned points for each day that has begun after the time of grace.",
    ).tag(config=True)  # fmt: skip
    most_percent = Float(
        100, min=0, max=100, help="Percent of the earned points that are taken at most."
    ).tag(config=True)  # fmt: skip

    def late_submission_penalty(
        self, student_id: str, score: float | None, total_seconds_late: float
    ) -> float | None:
        """Return the points to take away, or None for nothing.

        Parameters
        ----------
        student_id : str
        score : float or None
            The earned points.
        total_seconds_late : float
            Seconds after the due date, extensions of the student included.

        Examples
        --------
        >>> rule = LatePenalty(grace_hours=2, percent_per_day=10, most_percent=50)
        >>> rule.late_submission_penalty("ada", 30.0, 2 * 3600)
        >>> rule.late_submission_penalty("ada", 30.0, 2 * 3600 + 1)
        3.0
        >>> rule.late_submission_penalty("ada", 30.0, 30 * 86400)
        15.0
        """
        days = math.ceil((total_seconds_late - self.grace_hours * HOUR) / DAY)
        percent = min(days * self.percent_per_day, self.most_percent)
        return round(score * percent / 100, 6) if score and percent > 0 else None
