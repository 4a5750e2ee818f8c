"""Run mutants through the judge, the same way as the function of a student."""

import contextlib
import signal
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing import get_context

from autograder.exercises import HOMEWORKS, find
from autograder.exercises.model import Exercise
from autograder.mutants.mutate import Mutant, mutants_of
from autograder.referee.judge import judge

SEEDS = 5
SECONDS = 5.0


class Fate(StrEnum):
    """What the hidden tests did to a mutant."""

    KILLED = "killed"
    FLAKY = "killed by some seeds only"
    SURVIVED = "survived"


@dataclass(frozen=True)
class Result:
    """A mutant, its fate, and why it is equivalent if the exercise declares it so."""

    mutant: Mutant
    fate: Fate
    declared: str = ""


@dataclass(frozen=True)
class Report:
    """The mutants of one exercise.

    Attributes
    ----------
    homework, name : str
        The homework and the name of the graded function.
    results : tuple of Result
        In the order of the code.
    stale : tuple of str
        Sentences about declarations of equivalence that do not hold.
    """

    homework: str
    name: str
    results: tuple[Result, ...]
    stale: tuple[str, ...]

    @property
    def killed(self) -> int:
        """The number of mutants that lose points for every seed."""
        return sum(result.fate is Fate.KILLED for result in self.results)

    @property
    def equivalent(self) -> list[Result]:
        """The survivors that the exercise declares equivalent."""
        return [r for r in self.results if r.fate is Fate.SURVIVED and r.declared]

    @property
    def unexplained(self) -> list[Result]:
        """The other survivors, with those that only some seeds kill."""
        return [r for r in self.results if r.fate is not Fate.KILLED and r not in self.equivalent]

    @property
    def clean(self) -> bool:
        """Whether every survivor is explained and every declaration holds."""
        return not self.unexplained and not self.stale


def measure(
    exercise: Exercise,
    seeds: Sequence[int] = range(SEEDS),
    seconds: float = SECONDS,
    mutants: Sequence[Mutant] | None = None,
) -> Report:
    """Judge the mutants of an exercise.

    Parameters
    ----------
    exercise : Exercise
    seeds : sequence of int
        A mutant is judged once for each of them.
    seconds : float
        What one judgment may take; a mutant that takes longer is killed.
    mutants : sequence of Mutant, optional
        All that `mutants_of` makes of the reference, if not given.
    """
    declared = exercise.equivalent_mutants
    if mutants is None:
        mutants = mutants_of(*exercise.references.values())
    results = tuple(
        Result(mutant, fate(exercise, mutant, seeds, seconds), declared.get(mutant.description, ""))
        for mutant in mutants
    )
    fates = {result.mutant.description: result.fate for result in results}
    stale = tuple(
        f"{description}: " + (f"it is {fates[description]}" if description in fates else "not made")
        for description in declared
        if fates.get(description) is not Fate.SURVIVED
    )
    return Report(exercise.homework, exercise.name, results, stale)


def measure_homework(homework: str, seeds: Sequence[int] = range(SEEDS)) -> list[Report]:
    """Measure the exercises of a homework in parallel, in the order of the notebook.

    Raises
    ------
    KeyError
        There is no such homework.
    """
    if homework not in HOMEWORKS:
        raise KeyError(f"no homework called {homework!r}; there are {', '.join(HOMEWORKS)}")
    names = list(HOMEWORKS[homework])
    count = len(names)
    # Not forked: BLAS may have started threads in this process.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return list(pool.map(_measure_by_name, [homework] * count, names, [seeds] * count))


def fate(exercise: Exercise, mutant: Mutant, seeds: Sequence[int], seconds: float) -> Fate:
    """Judge one mutant for every seed."""
    function = mutant.function()
    lost = []
    for seed in seeds:
        try:
            with warnings.catch_warnings(), _limit(seconds):
                warnings.simplefilter("ignore")  # about the values that a mutant returns
                lost.append(judge(exercise, function, seed).points < exercise.points)
        except _OutOfTime:
            return Fate.KILLED  # the grader stops such a function, too
        except Exception as error:
            error.add_note(f"while judging the mutant {mutant.description} of {exercise.name}")
            raise
    if all(lost):
        return Fate.KILLED
    return Fate.FLAKY if any(lost) else Fate.SURVIVED


def _measure_by_name(homework: str, name: str, seeds: Sequence[int]) -> Report:
    return measure(find(homework, name), seeds)


class _OutOfTime(BaseException):
    """Not an Exception, because the judge takes those for an error of the function."""


@contextlib.contextmanager
def _limit(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
