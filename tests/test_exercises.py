"""The hidden tests are measured: every mistake loses points and is named, every variant passes."""

import dataclasses
import functools
import inspect
from collections.abc import Iterator
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from conftest import ROOT
from made_exercises import CENTERING, SCALE, SQUARE
from notebook_runs import Rehearsal, points

from autograder.exercises import HOMEWORKS, find
from autograder.exercises.model import Case, Exercise, Version, taken
from autograder.referee.judge import judge, judge_in
from autograder.referee.trial import Trial
from autograder.referee.verdict import Status, Verdict

SEEDS = range(12)
EXERCISES = [e for exercises in HOMEWORKS.values() for e in exercises.values()]
FUNCTIONS = [e for e in EXERCISES if not (inspect.isclass(e.reference) or e.together)]
MISTAKES = [pytest.param(e, m, id=f"{e.name}-{m.name}") for e in EXERCISES for m in e.mistakes]
VARIANTS = [pytest.param(e, v, id=f"{e.name}-{v.name}") for e in EXERCISES for v in e.variants]


@functools.lru_cache(len(SEEDS))  # the tests of one exercise follow each other
def trial(homework: str, name: str, seed: int) -> Trial:
    return Trial(find(homework, name), seed)


def verdicts(exercise: Exercise, function: object) -> Iterator[Verdict]:
    """Judge for each seed."""
    for seed in SEEDS:
        yield judge_in(trial(exercise.homework, exercise.name, seed), function)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_reference_earns_everything(exercise: Exercise):
    for verdict in verdicts(exercise, exercise.solution):
        assert verdict.status is Status.RIGHT, str(verdict)
        assert verdict.points == exercise.points


@pytest.mark.parametrize(("exercise", "variant"), VARIANTS)
def test_variant_earns_everything(exercise: Exercise, variant: Version):
    for verdict in verdicts(exercise, variant.function):
        assert verdict.points == exercise.points, str(verdict)


@pytest.mark.parametrize(("exercise", "mistake"), MISTAKES)
def test_mistake_loses_points_and_is_named(exercise: Exercise, mistake: Version):
    earned = set()
    for verdict in verdicts(exercise, mistake.function):
        earned.add(verdict.points)
        assert verdict.points < exercise.points, str(verdict)
        assert verdict.diagnosis == mistake.message, str(verdict)
        assert verdict.example, "the feedback shows no example on which the function fails"
    assert len(earned) == 1, (
        f"it earns {sorted(earned)}, by the hidden inputs that it happens to get"
    )


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_declared_as_the_design_asks(exercise: Exercise):
    assert len(exercise.mistakes) >= 5
    assert len(exercise.variants) >= 3
    names = [version.name for version in [*exercise.mistakes, *exercise.variants]]
    assert len(set(names)) == len(names)
    assert exercise.parts[0].points > 0


@functools.cache
def rehearsal(homework: str) -> Rehearsal:
    path = ROOT / "source" / homework / f"{homework}.ipynb"
    return Rehearsal(nbformat.read(path, as_version=4))


def _in_notebook(exercise: Exercise, version: Version) -> dict[str, float]:
    """Return the points by exercise if one is solved by a version, the others as in the source."""
    return points(
        rehearsal(exercise.homework).with_code(exercise.name, version.source(exercise.name))
    )


@pytest.mark.parametrize(("exercise", "mistake"), MISTAKES)
def test_mistake_costs_its_own_exercise_alone(exercise: Exercise, mistake: Version):
    earned = _in_notebook(exercise, mistake)
    for other in HOMEWORKS[exercise.homework].values():
        full = other.points + 1
        if other is exercise:
            assert earned[other.name] < full
        else:
            assert earned[other.name] == full


@pytest.mark.parametrize(("exercise", "variant"), VARIANTS)
def test_variant_passes_visible_and_hidden_cells(exercise: Exercise, variant: Version):
    earned = _in_notebook(exercise, variant)
    full = {e.name: e.points + 1 for e in HOMEWORKS[exercise.homework].values()}
    assert earned == full


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda e: e.name)
@pytest.mark.parametrize("odd", [10**400, np.timedelta64(1, "s"), np.array([None])], ids=type)
def test_an_odd_result_is_wrong_and_breaks_no_verdict(exercise: Exercise, odd: object):
    assert judge(exercise, lambda *args, **kwargs: odd, 0).points < exercise.points


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_versions_have_the_reference_signature(exercise: Exercise):
    for version in [*exercise.mistakes, *exercise.variants]:
        for name, reference in exercise.references.items():
            found = getattr(version.function, name, version.function)
            if inspect.isclass(reference) and reference.__init__ is object.__init__:
                continue  # its methods have arguments, which the hidden tests use by name
            right = tuple(inspect.signature(reference).parameters)
            assert tuple(inspect.signature(found).parameters) == right, version.name


def test_source_of_a_version_stands_alone():
    exercise = find("hw02_linear_regression", "linear_predict")
    names: dict[str, object] = {"np": np}
    source = exercise.variants[0].source("linear_predict")
    assert source.startswith("def linear_predict(X, W, b):")
    assert '"""' not in source
    exec(source, names)
    assert judge(exercise, names["linear_predict"], 0).points == exercise.points


def test_unknown_names_are_refused_with_what_there_is():
    with pytest.raises(KeyError, match=f"there are {', '.join(HOMEWORKS)}"):
        find("hw77", "mae")
    with pytest.raises(KeyError, match="it has linear_predict, mae"):
        find("hw02_linear_regression", "mea")


def test_a_mistake_without_a_message_is_refused():
    exercise = find("hw02_linear_regression", "mae")
    with pytest.raises(ValueError, match="has no docstring"):
        exercise.mistake(lambda Y_hat, Y: 0.0)


MADE = (SQUARE, SCALE, CENTERING)
MADE_VERSIONS = [
    pytest.param(e, v, id=f"{e.name}-{v.name}") for e in MADE for v in [*e.mistakes, *e.variants]
]


@pytest.mark.parametrize("exercise", MADE, ids=lambda e: e.name)
def test_classes_and_pairs_are_graded_like_functions(exercise: Exercise):
    full = exercise.points
    assert judge(exercise, exercise.solution, 0).status is Status.RIGHT
    for version in exercise.variants:
        assert judge(exercise, version.function, 0).points == full, version.name
    for version in exercise.mistakes:
        verdict = judge(exercise, version.function, 0)
        assert verdict.points < full, version.name
        assert verdict.diagnosis == version.message
        assert verdict.example


@pytest.mark.parametrize(("exercise", "version"), MADE_VERSIONS)
def test_a_version_is_handed_in_under_the_graded_name(exercise: Exercise, version: Version):
    source = version.source(exercise.name)
    assert '"""' not in source and f"@{exercise.name.upper()}" not in source
    assert version.name not in source
    names: dict[str, object] = {"np": np, "Square": SQUARE.reference, "functools": functools}
    exec(source, names)
    found = taken(names, tuple(exercise.references))
    trial = Trial(exercise, 1)
    assert judge_in(trial, found) == judge_in(trial, version.function)


def test_the_code_of_versions():
    no_factor, _, empty, *_ = SQUARE.mistakes
    assert no_factor.source("Square") == (
        "class Square:\n"
        "    @staticmethod\n    def f(z):\n        return z * z\n\n"
        "    @staticmethod\n    def df(z):\n        return Square.f(z) / z"
    )
    assert empty.source("Square") == "class Square:\n    pass"
    assert SQUARE.variants[1].source("Square").startswith("class Square(Square):\n")
    assert CENTERING.mistakes[0].source("center") == (
        "def center(X):\n    return X - X.mean(axis=0), X.mean(axis=0)\n\n"
        "def restore(X_centered, cache):\n    return X_centered - cache"
    )
    assert (
        CENTERING.variants[0].source("center").startswith("from itertools import repeat\n\n@func")
    )


def test_a_pair_that_returns_something_else_is_refused():
    exercise = dataclasses.replace(CENTERING, mistakes=[])

    @exercise.mistake
    def other_order():
        """Wrong order."""

        def center(X):
            return X

        def restore(X):
            return X

        return restore, center

    with pytest.raises(ValueError, match="other_order must end with: return center, restore"):
        exercise.mistakes[0].source("center")


def test_a_function_keeps_its_decorators_and_speaks_of_itself():
    exercise = dataclasses.replace(find("hw02_linear_regression", "mae"), variants=[])

    @exercise.variant
    @functools.lru_cache
    def again(Y_hat, Y): return 0.0 if Y is None else again(Y_hat, None)  # fmt: skip

    assert exercise.variants[0].source("mae").partition("  #")[0] == (
        "@functools.lru_cache\ndef mae(Y_hat, Y): return 0.0 if Y is None else mae(Y_hat, None)"
    )


@pytest.mark.parametrize(
    ("exercise", "found", "words"),
    [
        (SQUARE, None, "defines no class called `Square`. Was its cell"),
        (SQUARE, len, "`Square` is a function, expected a class."),
        (SQUARE, 3.0, "`Square` is a number, expected a class."),
        (SQUARE, np.ones(2), "`Square` is an array of shape (2,), expected a class."),
        (CENTERING, None, "no function called `center`."),
        (CENTERING, None, "no function called `restore`."),
        (CENTERING, SimpleNamespace(center=len, restore=2), "`restore` is a number, expected a"),
    ],
)
def test_what_is_missing_is_named(exercise, found, words):
    verdict = judge(exercise, found, 0)
    assert (verdict.status, verdict.points) == (Status.MISSING, 0)
    assert words in verdict.reason
    assert "`center`" not in verdict.reason or not getattr(found, "center", None)


def test_the_words_about_classes_and_pairs():
    remembers = next(v for v in SQUARE.mistakes if v.name == "remembers")
    weak = dataclasses.replace(SQUARE, compare=lambda *_: None)
    reason = judge(weak, remembers.function, 0).reason
    assert "`Square` gives another result when it is used a second time" in reason
    reason = judge(CENTERING, CENTERING.mistakes[1].function, 0).reason
    assert reason == "`center` or `restore` stops with `TypeError`."
    assert "\nSquare.f(z), Square.df(z)\n" in judge(SQUARE, SQUARE.mistakes[0].function, 0).example

    class Square:
        def f(self, z):
            raise NotImplementedError("Exercise 1.1")

    reason = judge(SQUARE, Square, 0).reason
    assert reason.startswith("`Square` still raises NotImplementedError")


def test_a_changed_argument_of_a_method_is_noticed():
    changes = SCALE.mistakes[1]
    assert "\n  returned" in judge(SCALE, changes.function, 0).example
    forgiving = dataclasses.replace(SCALE, compare=lambda *_: None)
    reason = judge(forgiving, changes.function, 0).reason
    assert reason == "The values are right, but the call changes its argument `A`: work on a copy."
    with pytest.raises(ValueError, match="args without a name"):
        SQUARE.named(Case((np.ones(2),)))


def test_grade_takes_a_pair_from_the_notebook(monkeypatch, tmp_path):
    from autograder.referee import hidden

    monkeypatch.setattr(hidden, "find", lambda *_: CENTERING)
    names = dict(CENTERING.references)
    assert hidden.grade("hw99_made", "center", names).points == CENTERING.points
    del names["restore"]
    verdict = hidden.grade("hw99_made", "center", names)
    assert verdict.reason.startswith("Your notebook defines no function called `restore`.")
