"""What a class did with a homework: how hard it was, what went wrong, what is alike."""

from autograder.report.page import write_report
from autograder.report.similar import write_similar

__all__ = ["write_report", "write_similar"]
