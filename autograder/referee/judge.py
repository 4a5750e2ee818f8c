"""Judge a function: run an exercise's cases, add up the points, find the words for the student."""

import hashlib
import numbers
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from autograder.exercises.compare import Difference, described, difference
from autograder.exercises.model import Case, Exercise, Function, Part, Remarked
from autograder.exercises.refused import Refused
from autograder.referee.calls import Outcome, call
from autograder.referee.diagnose import diagnose
from autograder.referee.reading import definitions, pieces
from autograder.referee.trial import Trial
from autograder.referee.verdict import Status, Verdict

_KNOWN_ERRORS = ("builtins", "numpy.exceptions", "numpy.linalg", "autograder.referee.remote")
_NUMPY_WARNS = re.compile(
    r"(?:divide by zero|overflow|underflow|invalid value) encountered in (?:scalar )?(\w+)"
)
# The names that NumPy gives to what warns: a student's own could spell a hidden input.
_WARNING_NAMES = {name for name in dir(np) if isinstance(getattr(np, name), np.ufunc)}
_WARNING_NAMES |= {"reduce", "accumulate", "reduceat", "outer", "cast", "dot", "inner", "det"}


class _Problem(NamedTuple):
    """What is wrong with a part: in which way, so that an example can show the same, and words."""

    way: str
    words: str
    brief: str = ""  # the words without what is special about the case


def seed(*parts: str) -> int:
    """Return a seed made of texts: the secret, the student, the exercise.

    Examples
    --------
    >>> seed("secret", "ada", "mae") == seed("secret", "ada", "mae")
    True
    >>> seed("secret", "ada", "mae") == seed("secret", "adam", "ae")
    False
    """
    digest = hashlib.sha256("\x00".join(parts).encode()).digest()
    return int.from_bytes(digest[:16])


def judge(exercise: Exercise, function: Any, seed: int, cells: Sequence[object] = ()) -> Verdict:
    """Return the verdict on a student's function, class, or functions that are graded together.

    Parameters
    ----------
    exercise : Exercise
    function : object
        What the student wrote, or a proxy of it; None if the notebook defines nothing. Functions
        that are graded together are attributes of one object.
    seed : int
        Makes the random inputs. A right answer gets all points for every seed.
    cells : sequence
        The code cells that ran, to see what is written where a call only says that something is
        missing. No points depend on them.
    """
    return judge_in(Trial(exercise, seed), function, cells)


def judge_in(trial: Trial, function: Any, cells: Sequence[object] = ()) -> Verdict:
    """Return the verdict on a function that is judged on the same cases as others.

    Parameters
    ----------
    trial : Trial
        The exercise and its cases.
    function, cells
        As for `judge`.
    """
    exercise = trial.exercise
    complaints = _missing(exercise, function)
    if complaints:
        reason = " ".join(complaints)
        return Verdict(exercise.name, 0.0, exercise.points, Status.MISSING, reason)
    # First, while the function has not seen a hidden input: it may say anything in an example.
    examples = [(case, call(exercise, function, case)) for case in trial.examples]
    runs = [
        (part, [(case, call(exercise, function, case)) for case in cases])
        for part, cases in trial.parts
    ]
    core = runs[0][1]
    if all(isinstance(outcome.error, NotImplementedError) for _, outcome in core):
        return _not_implemented(exercise, cells)

    problems = _problems(trial, runs)
    first_case, first_outcome = core[0]
    again = call(exercise, function, first_case)
    if _differs(exercise, first_outcome, again):
        words = (
            f"{_subject(exercise)} gives another result when it is {_used(exercise)} a second time "
            "with the same arguments: it keeps something between calls"
        )
        problems.setdefault(exercise.purity, _Problem("", words))
    points = _points(exercise, problems)
    if not problems:
        words = "every check on fresh random data passed."
        return Verdict(exercise.name, points, exercise.points, Status.RIGHT, _sentence(words))

    rest = [pair for _, pairs in runs[1:] for pair in pairs]
    mistake = diagnose(trial, core, rest)
    part, problem = next(iter(problems.items()))
    core_failed = part == exercise.parts[0].name
    reason = problem.words if core_failed else f"the values are right, but {problem.words}"
    way, example = _smallest_failure(trial, examples, problem)
    remark = " (The example below goes wrong in another way.)" if way != problem.way else ""
    return Verdict(
        exercise=exercise.name,
        points=points,
        max_points=exercise.points,
        status=Status.PARTIAL if points else Status.WRONG,
        reason=_sentence(f"{reason}.{remark}"),
        mistake=mistake.name if mistake else "",
        diagnosis=mistake.message if mistake else "",
        example=example,
    )


def check(trial: Trial, case: Case, outcome: Outcome) -> Difference | None:
    """Return what is wrong with the outcome of a case, apart from changed arguments."""
    exercise = trial.exercise
    if isinstance(outcome.error, Refused):
        return Difference(str(outcome.error), str(outcome.error))
    if outcome.error is not None:
        # Its text is the student's own and may hold the inputs; so may the name of a new type.
        kinds = type(outcome.error).__mro__
        known = next(kind for kind in kinds if kind.__module__ in _KNOWN_ERRORS)
        stops = f"{_subject(exercise)} stops with"
        detail = f"{stops} `{kinds[0].__name__}`: {outcome.error}"
        return Difference(f"{stops} `{known.__name__}`", detail)
    expected = trial.expected(case)
    if exercise.compare is not None:
        return exercise.compare(case, expected, outcome.value)
    return difference(expected, outcome.value, exercise.returns, exercise.tolerance)


def _problems(
    trial: Trial, runs: list[tuple[Part, list[tuple[Case, Outcome]]]]
) -> dict[str, _Problem]:
    """Return the first problem of each part that failed, in the order of the parts."""
    exercise = trial.exercise
    problems: dict[str, _Problem] = {}
    impure: dict[str, _Problem] = {}
    for part, pairs in runs:
        for case, outcome in pairs:
            wrong = check(trial, case, outcome)
            way = _way(wrong, outcome)
            if wrong:
                where = f" {case.about}" if case.about else ""
                # The numbers of a hidden case stay hidden: an example on other data shows some.
                problem = _Problem(way, f"{wrong.brief}{where}", wrong.brief)
                problems.setdefault(part.name, problem)
            elif outcome.changed:
                names = " and ".join(f"`{name}`" for name in outcome.changed)
                words = f"the call changes its argument {names}: work on a copy"
                impure.setdefault(exercise.purity, _Problem(way, words))
            elif outcome.warned:
                words = f"NumPy warns{_known_warning(outcome.warned)}"
                impure.setdefault(exercise.purity, _Problem(way, words))
    for name, problem in impure.items():
        problems.setdefault(name, problem)
    return problems


def _way(wrong: Difference | None, outcome: Outcome) -> str:
    """Return in which way a call went wrong, nothing if it did not."""
    if wrong:
        stopped = outcome.error is not None and not isinstance(outcome.error, Refused)
        return wrong.brief if stopped else "wrong"
    return "changed" if outcome.changed else "warned" if outcome.warned else ""


def _known_warning(text: str) -> str:
    """Return the text if it is NumPy's: another one is the student's own."""
    found = _NUMPY_WARNS.fullmatch(text)
    return f": {text}" if found and found[1] in _WARNING_NAMES else ""


def _points(exercise: Exercise, problems: Mapping[str, _Problem]) -> float:
    if exercise.parts[0].name in problems:
        return 0.0
    return sum(part.points for part in exercise.parts if part.name not in problems)


def _differs(exercise: Exercise, first: Outcome, again: Outcome) -> bool:
    if first.error is not None or again.error is not None:
        return type(first.error) is not type(again.error)
    if not _has_numbers(first.value):  # a proxy would be asked what it is, and could say anything
        return False  # its value was judged already
    try:
        return difference(first.value, again.value, exercise.returns, 1e-12) is not None
    except (TypeError, ValueError, OverflowError):
        return False


def _has_numbers(value: Any) -> bool:
    """Return whether a result is a number, an array, or several of them."""
    if isinstance(value, tuple | list):
        return all(map(_has_numbers, value))
    return isinstance(value, np.ndarray | numbers.Real)


def _smallest_failure(
    trial: Trial, examples: Sequence[tuple[Case, Outcome]], problem: _Problem
) -> tuple[str, str]:
    """Return the first example that shows the problem, or else goes wrong at all, and its way.

    One to which the same words apply, whatever the shapes in them, is preferred: what is said to
    be wrong is seen to be wrong. Nothing, and the problem's way, if none goes wrong; with no way
    any will do.
    """
    failed = []
    for case, outcome in examples:
        wrong = check(trial, case, outcome)
        if way := _way(wrong, outcome):
            alike = way == problem.way, _without_digits(wrong) == _without_digits(problem)
            failed.append((alike, way, case, outcome))
    if not failed:
        return problem.way, ""
    _, way, case, outcome = max(failed, key=lambda each: each[0])  # the first of equals
    return way if problem.way else "", _written(trial, case, outcome)


def _without_digits(wrong: Difference | _Problem | None) -> str:
    return re.sub(r"\d+", "", wrong.brief) if wrong else ""


def _written(trial: Trial, case: Case, outcome: Outcome) -> str:
    exercise = trial.exercise
    named = exercise.named(case)
    lines = [f"{name} = {case.shown.get(name) or _value(value)}" for name, value in named.items()]
    handed = [f"{name}={name}" if name in case.kwargs else name for name in named]
    lines.append(case.written or f"{exercise.name}({', '.join(handed)})")
    got = _value(outcome.value)
    way = _way(check(trial, case, outcome), outcome)
    if way == "changed":
        lines.append(f"  returned {got}, and changed {', '.join(outcome.changed)}")
    elif way == "warned":
        lines.append(f"  returned {got}, and NumPy warned: {outcome.warned}")
    else:
        if isinstance(outcome.error, Refused):
            said = str(outcome.error)
        elif outcome.error is not None:
            said = f"stopped with {type(outcome.error).__name__}: {outcome.error}"
        else:
            said = f"returned {got}"
        lines += [f"  {said}", f"  expected {_value(trial.expected(case))}"]
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, Remarked):
        return f"{_value(value.value)}\n    ({value.remark})"
    if isinstance(value, np.ndarray):
        text = np.array2string(value, precision=4, separator=", ", threshold=40)
        return text.replace("\n", " ") if len(text) < 60 else text
    if isinstance(value, float | np.floating):
        return f"{value:.6g}"
    if isinstance(value, tuple | list):
        text = ", ".join(map(_value, value))
        return f"({text})" if isinstance(value, tuple) else f"[{text}]"
    if isinstance(value, set | frozenset) and value:
        # A set's own order differs from run to run; a student who asks again sees the same page.
        text = f"{{{', '.join(sorted(map(_value, value)))}}}"
        text = text if isinstance(value, set) else f"frozenset({text})"
    elif callable(value):
        text = "a function"
    else:
        text = repr(value)
    return text if len(text) <= 200 else f"{text[:200]}…"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _subject(exercise: Exercise) -> str:
    """Return what is graded as the subject of a sentence; one of several may have done it."""
    return " or ".join(f"`{name}`" for name in exercise.references)


def _used(exercise: Exercise) -> str:
    return "used" if isinstance(exercise.reference, type) else "called"


def _missing(exercise: Exercise, found: Any) -> list[str]:
    """Return a complaint about each thing that the notebook should define and does not."""
    several = len(exercise.references) > 1
    complaints = []
    for name, reference in exercise.references.items():
        thing = getattr(found, name, None) if several else found
        kind = "class" if isinstance(reference, type) else "function"
        if thing is None:
            complaints.append(
                f"Your notebook defines no {kind} called `{name}`. Was its cell deleted or "
                "renamed, or does it stop with an error?"
            )
        elif not _may_be(reference, thing):
            complaints.append(f"`{name}` is {described(thing)}, expected a {kind}.")
    return complaints


def _may_be(reference: Function, thing: Any) -> bool:
    """Return whether a thing can be asked what is asked of a function or class.

    A proxy of a class is an object, as is an instance that a student uses like a class.
    """
    if not isinstance(reference, type):
        return callable(thing)
    return isinstance(thing, type) or type(thing).__module__ not in ("builtins", "numpy")


def _not_implemented(exercise: Exercise, cells: Sequence[object]) -> Verdict:
    """Return the verdict where every call ends with NotImplementedError."""
    found = definitions(cells)
    written = [pieces(found[name]) for name in exercise.references if name in found]
    stubs = [f"`{name}`" for each in written for name, full in each.items() if not full]
    status = Status.UNFINISHED
    if not any(full for each in written for full in each.values()):
        status = Status.NOT_ATTEMPTED
        words = (
            f"{_subject(exercise)} still raises NotImplementedError, so there was nothing to check"
        )
    elif stubs:
        verb = "raises" if len(stubs) == 1 else "raise"
        words = (
            f"{_listed(stubs)} still {verb} NotImplementedError, so the rest could not be checked"
        )
    else:
        words = (
            f"{_subject(exercise)} stops with `NotImplementedError`: it needs something that is "
            "not written yet"
        )
    return Verdict(exercise.name, 0.0, exercise.points, status, f"{words}.")


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
