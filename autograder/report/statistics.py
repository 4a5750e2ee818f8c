"""The numbers of a class report, each with how sure it is."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from autograder.exercises.model import Exercise
from autograder.referee.verdict import Status
from autograder.report.marks import Marks

SAME_ANSWER = 3  # students with the same unusual answer that are worth a look
_Z = 1.959964  # 95 % of a normal distribution lie within so many standard deviations


@dataclass(frozen=True)
class Discrimination:
    """How well an exercise tells strong students from others, with its 95 % interval.

    Attributes
    ----------
    index : float
        The correlation between what was earned here and in the rest of the homework.
    low, high : float
    """

    index: float
    low: float
    high: float


@dataclass(frozen=True)
class Mistake:
    """A known mistake, and who made it."""

    name: str
    message: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class Suspicion:
    """The same unusual answer of several students: the test may refuse a right one."""

    reason: str
    example: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class Seconds:
    """How many seconds of CPU the code of a class took.

    Attributes
    ----------
    median, longest : float
    student : str
        Whose took longest.
    """

    median: float
    longest: float
    student: str


@dataclass(frozen=True)
class ExerciseReport:
    """An exercise in numbers.

    Attributes
    ----------
    exercise : Exercise
    mean : float
        Mean share of the points, 0 to 1.
    passed : dict of str to float
        For "visible" and "hidden" the share of students with all points of that cell, for "all"
        the share with all points of the exercise.
    status : Counter
        How many students ended how.
    discrimination : Discrimination or None
        None if everyone earned the same, or fewer than five students handed in.
    mistakes : list of Mistake
        The most frequent first.
    suspicions : list of Suspicion
    seconds : Seconds or None
        None if they were not measured.
    """

    exercise: Exercise
    mean: float
    passed: dict[str, float]
    status: Counter[Status]
    discrimination: Discrimination | None
    mistakes: list[Mistake]
    suspicions: list[Suspicion]
    seconds: Seconds | None


def report_on(exercise: Exercise, marks: Sequence[Marks]) -> ExerciseReport:
    """Return the numbers of one exercise.

    Parameters
    ----------
    exercise : Exercise
    marks : sequence of Marks
        The class, at least one student.
    """
    name = exercise.name
    shares = np.array([student.share(name) for student in marks])
    own = np.array([_points(student, name) for student in marks])
    rest = np.array([student.total for student in marks]) - own
    verdicts = [(m.student, m.verdicts[name]) for m in marks if name in m.verdicts]
    return ExerciseReport(
        exercise=exercise,
        mean=float(shares.mean()),
        passed={kind: _passed(marks, f"{name}-{kind}") for kind in ("visible", "hidden")}
        | {"all": float((shares >= 1).mean())},
        status=Counter(verdict.status for _, verdict in verdicts),
        discrimination=discrimination(shares, rest),
        mistakes=_mistakes(exercise, marks),
        suspicions=_suspicions(exercise, marks),
        seconds=seconds({m.student: m.seconds[name] for m in marks if name in m.seconds}),
    )


def seconds(taken: Mapping[str, float]) -> Seconds | None:
    """Return the median and the longest of the seconds that each student's code took.

    Examples
    --------
    >>> seconds({"ada": 0.5, "jan": 2.0, "zoë": 0.3})
    Seconds(median=0.5, longest=2.0, student='jan')
    >>> seconds({}) is None
    True
    """
    if not taken:
        return None
    slowest = max(taken, key=lambda student: (taken[student], student))
    return Seconds(median(taken.values()), taken[slowest], slowest)


def discrimination(shares: np.ndarray, rest: np.ndarray) -> Discrimination | None:
    """Return the item-rest correlation with its 95 % interval by Fisher's transformation.

    Parameters
    ----------
    shares : ndarray, shape (s,)
        What each student earned in the exercise.
    rest : ndarray, shape (s,)
        What each earned in all others, so that the exercise is not compared with itself.

    References
    ----------
    Fisher, "On the probable error of a coefficient of correlation", Metron 1 (1921).

    Examples
    --------
    >>> found = discrimination(np.arange(12.0), np.arange(12.0) % 5)
    >>> round(found.index, 2), round(found.low, 2), round(found.high, 2)
    (0.09, -0.51, 0.63)
    >>> discrimination(np.ones(12), np.arange(12.0)) is None
    True
    """
    if len(shares) < 5 or np.ptp(shares) == 0 or np.ptp(rest) == 0:
        return None
    index = float(np.corrcoef(shares, rest)[0, 1])
    z = math.atanh(min(max(index, -0.999999), 0.999999))
    spread = _Z / math.sqrt(len(shares) - 3)
    return Discrimination(index, math.tanh(z - spread), math.tanh(z + spread))


def histogram(values: Sequence[float], most: float, bins: int = 10) -> list[int]:
    """Return how many values lie in each of so many equal parts of 0 to `most`.

    Examples
    --------
    >>> histogram([0, 29.5, 30], most=30, bins=3)
    [1, 0, 2]
    """
    counts, _ = np.histogram(values, bins=bins, range=(0, most))
    return [int(count) for count in counts]


def _points(student: Marks, name: str) -> float:
    return sum(earned for cell, (earned, _) in student.cells.items() if _of(cell, name))


def _of(cell: str, name: str) -> bool:
    return cell.rpartition("-")[0] == name


def _passed(marks: Sequence[Marks], cell: str) -> float:
    found = [student.cells[cell] for student in marks if cell in student.cells]
    return sum(earned >= most for earned, most in found) / len(found) if found else 0.0


def _mistakes(exercise: Exercise, marks: Sequence[Marks]) -> list[Mistake]:
    messages = {version.name: version.message for version in exercise.mistakes}
    made: dict[str, list[str]] = defaultdict(list)
    for student in marks:
        verdict = student.verdicts.get(exercise.name)
        if verdict and verdict.mistake in messages:
            made[verdict.mistake].append(student.student)
    found = [Mistake(name, messages[name], tuple(who)) for name, who in made.items()]
    return sorted(found, key=lambda mistake: (-len(mistake.students), mistake.name))


def _suspicions(exercise: Exercise, marks: Sequence[Marks]) -> list[Suspicion]:
    """Return wrong answers without a name that several students share to the digit.

    What they share is the smallest example: it has fixed numbers wherever those show the mistake.
    """
    same: dict[tuple[str, str], list[str]] = defaultdict(list)
    for student in marks:
        verdict = student.verdicts.get(exercise.name)
        if verdict and not verdict.mistake and verdict.status in (Status.WRONG, Status.PARTIAL):
            same[verdict.reason, verdict.example].append(student.student)
    return [
        Suspicion(reason, example, tuple(students))
        for (reason, example), students in sorted(same.items(), key=lambda item: -len(item[1]))
        if len(students) >= SAME_ANSWER
    ]
