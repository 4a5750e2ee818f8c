"""Name the mistake: which of the known wrong versions gives what the student's function gives?"""

import numbers
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from autograder.exercises.compare import difference
from autograder.exercises.model import Case, Exercise, Version
from autograder.referee.calls import Outcome
from autograder.referee.trial import Trial


def diagnose(
    trial: Trial, core: Sequence[tuple[Case, Outcome]], rest: Sequence[tuple[Case, Outcome]]
) -> Version | None:
    """Return the one known mistake whose outcomes are those of the student, or None.

    A mistake that agrees on every case is preferred. If there is none, a mistake that explains
    what went wrong on the core cases is named, since a student may have made a second one.
    With several candidates nothing is said: a wrong diagnosis is worse than none.

    Parameters
    ----------
    trial : Trial
        The exercise and its cases.
    core, rest : sequence of (Case, Outcome)
        What the student's function did on the cases of the core part and of the others.
    """
    mistakes = trial.exercise.mistakes
    everywhere = [m for m in mistakes if _explains(trial, m, [*core, *rest])]
    if everywhere:
        return _only(everywhere)
    return _only(m for m in mistakes if _explains(trial, m, core) and not _right(trial, m, core))


def _only(candidates: Iterable[Version]) -> Version | None:
    """Return the candidate if all of them say the same to the student, None otherwise."""
    by_message = {version.message: version for version in reversed(list(candidates))}
    return next(iter(by_message.values())) if len(by_message) == 1 else None


def _explains(trial: Trial, mistake: Version, seen: Sequence[tuple[Case, Outcome]]) -> bool:
    return all(
        _alike(trial.exercise, trial.mistake(mistake, case), outcome)
        or (
            mistake.name in trial.exercise.erratic
            and _is_wrong(trial, case, trial.mistake(mistake, case))
            and _is_wrong(trial, case, outcome)
        )
        for case, outcome in seen
    )


def _right(trial: Trial, mistake: Version, seen: Sequence[tuple[Case, Outcome]]) -> bool:
    return not any(_is_wrong(trial, case, trial.mistake(mistake, case)) for case, _ in seen)


def _is_wrong(trial: Trial, case: Case, outcome: Outcome) -> bool:
    return not _alike(trial.exercise, trial.reference(case), outcome)


def _alike(exercise: Exercise, known: Outcome, student: Outcome) -> bool:
    # The words of a warning depend on how the code is written, that there is one does not.
    if known.changed != student.changed or bool(known.warned) != bool(student.warned):
        return False
    if known.error is not None or student.error is not None:
        # By name: an exception from another process has a class of its own.
        names = {type(known.error).__name__, type(student.error).__name__}
        return len(names) == 1 and str(known.error) == str(student.error)
    return _same_value(exercise, known.value, student.value)


def _same_value(exercise: Exercise, known: Any, student: Any) -> bool:
    if isinstance(known, tuple | list) and isinstance(student, tuple | list):
        return len(known) == len(student) and all(
            _same_value(exercise, a, b) for a, b in zip(known, student, strict=True)
        )
    if isinstance(known, np.ndarray) and known.dtype == bool:
        masks = isinstance(student, np.ndarray) and student.dtype == bool
        return masks and np.array_equal(known, student)
    if not isinstance(known, np.ndarray | numbers.Real):
        return type(known).__name__ == type(student).__name__
    return difference(known, student, ("",), exercise.tolerance) is None
