"""The call that stands in a hidden test cell."""

import os
from pathlib import Path
from typing import Any

from autograder.exercises import find
from autograder.exercises.model import taken
from autograder.referee.judge import judge, seed
from autograder.referee.verdict import Verdict

SUBMISSION = "__submission__"
CELLS = "In"  # IPython's name for the code cells that ran
SECRET = "NNNUMPY_SECRET"  # the environment variable that no student knows


def grade(homework: str, name: str, notebook: dict[str, Any]) -> Verdict:
    """Judge the function or class of that name in the student's notebook.

    Parameters
    ----------
    homework : str
        The homework, ``hw02_linear_regression``.
    name : str
        The name of the graded function or class; of several graded together, the first.
    notebook : dict
        The notebook's names, ``globals()``.

    Returns
    -------
    Verdict
        As the last line of a cell it shows the feedback and gives nbgrader the points.

    Raises
    ------
    KeyError
        There is no such homework or exercise.
    """
    exercise = find(homework, name)
    # nbgrader runs a submission in autograded/<student>/<homework>.
    student = Path.cwd().parent.name
    secret = os.environ.get(SECRET, "")
    # What a student learned about the hidden inputs is worth nothing for the next submission.
    submission = str(notebook.get(SUBMISSION, ""))
    made_of = (secret, student, homework, name, submission)
    cells = notebook.get(CELLS)
    return judge(
        exercise,
        taken(notebook, tuple(exercise.references)),
        seed(*made_of),
        list(cells) if isinstance(cells, list | tuple) else (),
    )
