"""Reference solutions, hidden tests and the tools that build and grade the course.

Imports run one way: command line, classroom, referee, exercises, reference, NumPy.
"""

from autograder.referee.hidden import grade

__all__ = ["grade"]
