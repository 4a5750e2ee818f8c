"""The hidden tests are measured: every mistake loses points and is named, every variant passes."""

import inspect

import nbformat
import numpy as np
import pytest
from conftest import ROOT
from notebook_runs import points, run_cells

from autograder.classroom.made_class import fill_in
from autograder.exercises import HOMEWORKS, find
from autograder.exercises.model import Exercise, Version
from autograder.referee.judge import judge
from autograder.referee.verdict import Status

SEEDS = range(12)
EXERCISES = [e for exercises in HOMEWORKS.values() for e in exercises.values()]
MISTAKES = [pytest.param(e, m, id=f"{e.name}-{m.name}") for e in EXERCISES for m in e.mistakes]
VARIANTS = [pytest.param(e, v, id=f"{e.name}-{v.name}") for e in EXERCISES for v in e.variants]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_reference_earns_everything(exercise: Exercise):
    for seed in SEEDS:
        verdict = judge(exercise, exercise.reference, seed)
        assert verdict.status is Status.RIGHT, str(verdict)
        assert verdict.points == exercise.points


@pytest.mark.parametrize(("exercise", "variant"), VARIANTS)
def test_variant_earns_everything(exercise: Exercise, variant: Version):
    for seed in SEEDS:
        verdict = judge(exercise, variant.function, seed)
        assert verdict.points == exercise.points, f"seed {seed}\n{verdict}"


@pytest.mark.parametrize(("exercise", "mistake"), MISTAKES)
def test_mistake_loses_points_and_is_named(exercise: Exercise, mistake: Version):
    for seed in SEEDS:
        verdict = judge(exercise, mistake.function, seed)
        assert verdict.points < exercise.points, f"seed {seed}\n{verdict}"
        assert verdict.diagnosis == mistake.message, f"seed {seed}\n{verdict}"
        assert verdict.example, "the feedback shows no example on which the function fails"


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_declared_as_the_design_asks(exercise: Exercise):
    assert len(exercise.mistakes) >= 5
    assert len(exercise.variants) >= 3
    names = [version.name for version in [*exercise.mistakes, *exercise.variants]]
    assert len(set(names)) == len(names)
    assert exercise.parts[0].points > 0


def _in_notebook(exercise: Exercise, version: Version) -> dict[str, float]:
    """Return the points by exercise if one is solved by a version, the others as in the source."""
    path = ROOT / "source" / exercise.homework / f"{exercise.homework}.ipynb"
    source = nbformat.read(path, as_version=4)
    notebook = fill_in(source, {exercise.name: version.source(exercise.name)})
    return points(run_cells(notebook))


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


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_versions_have_the_reference_signature(exercise: Exercise):
    for version in [*exercise.mistakes, *exercise.variants]:
        assert tuple(inspect.signature(version.function).parameters) == exercise.arguments


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
