"""The page that a student gets back: one file, no script, no network.

nbgrader makes it when its configuration names two things: the folder `TEMPLATES`, in which the
template ``feedback`` replaces nbgrader's own, and the preprocessor `FeedbackPage` after GetGrades.
"""

from autograder.feedback.page import TEMPLATES, FeedbackPage

__all__ = ["TEMPLATES", "FeedbackPage"]
