"""What a class did with a homework: how hard it was, what went wrong, where a test may be wrong."""

from autograder.report.page import write_report

__all__ = ["write_report"]
