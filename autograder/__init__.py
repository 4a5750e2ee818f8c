"""Reference solutions, hidden tests and the tools that build and grade the course.

Imports run one way: command line, classroom, referee, exercises, reference, NumPy.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.referee.hidden import grade

__all__ = ["grade"]


def __getattr__(name: str) -> Any:
    """Import `grade` when it is asked for: the warm parent of the students must not have it."""
    if name == "grade":
        from autograder.referee.hidden import grade  # noqa: PLC0415

        return grade
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
