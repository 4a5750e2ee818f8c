"""Run mutants through the judge, the same way as the function of a student."""

import contextlib
import dataclasses
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing import get_context

from autograder.exercises import HOMEWORKS, find
from autograder.exercises.model import Exercise
from autograder.mutants.mutate import Mutant, mutants_of
from autograder.referee.judge import judge_in
from autograder.referee.trial import Trial

SEEDS = 5
SECONDS = 2.0  # a right solution of the slowest exercise takes a tenth of a second
SHARE = 12  # mutants that one process judges at a time


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
        The computing time that one judgment may take; a mutant that takes longer is killed.
    mutants : sequence of Mutant, optional
        All that `mutants_of` makes of the reference, if not given.
    """
    if mutants is None:
        mutants = mutants_of(*exercise.references.values())
    return _report(exercise, _judged(exercise, mutants, seeds, seconds))


def _report(exercise: Exercise, results: Sequence[Result]) -> Report:
    declared = exercise.equivalent_mutants
    fates = {result.mutant.description: result.fate for result in results}
    stale = tuple(
        f"{description}: " + (f"it is {fates[description]}" if description in fates else "not made")
        for description in declared
        if fates.get(description) is not Fate.SURVIVED
    )
    return Report(exercise.homework, exercise.name, tuple(results), stale)


def measure_homework(
    homework: str,
    seeds: Sequence[int] = range(SEEDS),
    progress: Callable[[int, int, str], object] = lambda *_: None,
) -> list[Report]:
    """Measure the exercises of a homework in parallel, in the order of the notebook.

    Parameters
    ----------
    homework : str
    seeds : sequence of int
    progress : callable
        ``progress(done, total, name)`` hears how many dozens of mutants are judged, and of which
        exercise the last ones were.

    Raises
    ------
    KeyError
        There is no such homework.
    """
    if homework not in HOMEWORKS:
        raise KeyError(f"no homework called {homework!r}; there are {', '.join(HOMEWORKS)}")
    exercises = HOMEWORKS[homework]
    shares: dict[str, list[Future[list[Result]]]] = {name: [] for name in exercises}
    names: dict[Future[list[Result]], str] = {}
    # Not forked: BLAS may have started threads in this process.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for name, exercise in exercises.items():
            for start in range(0, len(mutants_of(*exercise.references.values())), SHARE):
                share = pool.submit(_share, homework, name, start, seeds)
                shares[name].append(share)
                names[share] = name
        progress(0, len(names), "")
        for done, share in enumerate(as_completed(names), start=1):
            share.result()  # raises what went wrong there
            progress(done, len(names), names[share])
    return [
        _report(exercise, [result for share in shares[name] for result in share.result()])
        for name, exercise in exercises.items()
    ]


def _share(homework: str, name: str, start: int, seeds: Sequence[int]) -> list[Result]:
    """Judge some of the mutants of an exercise, from this one on."""
    exercise = find(homework, name)
    mutants = mutants_of(*exercise.references.values())[start : start + SHARE]
    return _judged(exercise, mutants, seeds, SECONDS)


def _judged(
    exercise: Exercise, mutants: Sequence[Mutant], seeds: Sequence[int], seconds: float
) -> list[Result]:
    # Points are all that counts here. To name the mistake of a wrong answer takes ten times as
    # long, so no mistake is known.
    bare = dataclasses.replace(exercise, mistakes=[])
    trials = [Trial(bare, seed) for seed in seeds]
    for trial in trials:
        judge_in(trial, exercise.solution)  # what is expected is kept, and no mutant waits for it
    return [
        Result(
            mutant,
            fate(trials, mutant, seconds),
            exercise.equivalent_mutants.get(mutant.description, ""),
        )
        for mutant in mutants
    ]


def fate(trials: Sequence[Trial], mutant: Mutant, seconds: float) -> Fate:
    """Judge one mutant on the cases of every seed."""
    function = mutant.function()
    lost = []
    for trial in trials:
        exercise = trial.exercise
        try:
            with warnings.catch_warnings(), _limit(seconds):
                warnings.simplefilter("ignore")  # about the values that a mutant returns
                lost.append(judge_in(trial, function).points < exercise.points)
        except _OutOfTime:
            return Fate.KILLED  # the grader stops such a function, too
        except Exception as error:
            error.add_note(f"while judging the mutant {mutant.description} of {exercise.name}")
            raise
    if all(lost):
        return Fate.KILLED
    return Fate.FLAKY if any(lost) else Fate.SURVIVED


class _OutOfTime(BaseException):
    """Not an Exception, because the judge takes those for an error of the function."""


@contextlib.contextmanager
def _limit(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _OutOfTime

    # Computing time: what else the computer does kills no mutant.
    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
