"""A function behind the wire is judged as it is in this process, whatever it does wrong."""

import inspect
import re

import numpy as np
import pytest
from made_exercises import CENTERING, SCALE, SQUARE
from peers import student

from autograder.exercises import HOMEWORKS
from autograder.exercises.model import Exercise, Version, taken
from autograder.referee.judge import judge, judge_in
from autograder.referee.remote import StudentVariables
from autograder.referee.trial import Trial
from autograder.referee.verdict import Verdict

# What the modules of the exercises import, and students' notebooks may.
IMPORTS = """
import copy, itertools, math, random
import numpy as np, scipy
from scipy.special import expit
"""
# Versions that share a process: its limits of time and objects are made for one submission.
TOGETHER = 20
EXERCISES = [(homework, name) for homework, found in HOMEWORKS.items() for name in found]


def comparable(verdict: Verdict) -> Verdict:
    """Return the verdict without the address of a generator."""
    example = re.sub(r"<generator.*? at 0x\w+>", "<generator>", verdict.example)
    return Verdict(**{**vars(verdict), "example": example})


def defined(exercise: Exercise, versions: list[Version]) -> str:
    """Return code that defines the graded names of each version as ``v0_mae``, ``v1_mae``, …."""
    sources = [version.source(exercise.name) for version in versions]
    return f"""
given = dict(globals())
for i, source in enumerate({sources!r}):
    own = dict(given)
    exec(source, own)
    globals().update({{f"v{{i}}_{{name}}": own[name] for name in {list(exercise.references)}}})
"""


def remote(variables: StudentVariables, exercise: Exercise, index: int) -> object:
    """Return what the judge gets of one version in the student's process."""
    names = tuple(exercise.references)
    return taken({name: variables.request("name", f"v{index}_{name}") for name in names}, names)


def check_versions(exercise: Exercise, imports: str = IMPORTS) -> None:
    versions = [*exercise.mistakes, *exercise.variants]
    trial = Trial(exercise, 5)
    for first in range(0, len(versions), TOGETHER):
        check_together(exercise, trial, versions[first : first + TOGETHER], imports)


def check_together(exercise: Exercise, trial: Trial, versions: list[Version], imports: str) -> None:
    with student(imports + defined(exercise, versions)) as variables:
        for index, version in enumerate(versions):
            here = comparable(judge_in(trial, version.function))
            there = comparable(judge_in(trial, remote(variables, exercise, index)))
            if version.name in ("global_random_state", "fresh_generator"):
                # Its draws differ, and so does the example.
                assert (there.points, there.mistake) == (here.points, here.mistake)
            else:
                assert there == here, version.name


@pytest.mark.parametrize(("homework", "name"), EXERCISES, ids=lambda text: text)
def test_every_version_gets_the_same_verdict(homework, name):
    check_versions(HOMEWORKS[homework][name])


@pytest.mark.parametrize("exercise", [SQUARE, SCALE, CENTERING], ids=lambda e: e.name)
def test_classes_and_pairs_get_the_same_verdict(exercise):
    reference = inspect.getsource(exercise.reference)
    check_versions(exercise, f"{IMPORTS}import functools\n_doubled = None\n{reference}")


def test_a_method_of_a_class_needs_an_instance_there_as_here():
    version = next(v for v in SQUARE.variants if v.name == "with_instances")
    z = np.arange(3.0)
    with student(IMPORTS + defined(SQUARE, [version])) as variables:
        there, here = remote(variables, SQUARE, 0), version.function
        assert np.array_equal(there().f(z), z**2) and np.array_equal(there.f(there(), z), z**2)
        for square in (here, there):
            with pytest.raises(TypeError) as caught:
                square.f(z)
            assert str(caught.value) == "Square.f() missing 1 required positional argument: 'z'"
            with pytest.raises(AttributeError) as caught:
                square.ddf(z)
            assert str(caught.value) == "type object 'Square' has no attribute 'ddf'"


@pytest.mark.parametrize(
    ("code", "is_a"), [("def Square(z): ...", "a function"), ("Square = 3", "a number")]
)
def test_what_is_no_class_is_named(code, is_a):
    with student(code) as variables:
        verdict = judge(SQUARE, variables.request("name", "Square"), 0)
    assert verdict.reason == f"`Square` is {is_a}, expected a class."


def test_an_object_with_the_functions_of_a_class_is_judged_by_what_it_does():
    code = SQUARE.variants[0].source("Square") + "\nSquare = Square()"
    with student(code) as variables:
        assert judge(SQUARE, variables.request("name", "Square"), 0).points == SQUARE.points


def test_an_error_says_the_same_whenever_it_is_asked():
    code = """
given = []

def f(x):
    given.append(x)
    for each in given:
        each[...] = x[0]
    raise ValueError(x)
"""
    said = []
    with student(code) as variables:
        function = variables.request("name", "f")
        for number in (1.5, 2.5):
            with pytest.raises(ValueError, match=str(number)) as raised:
                function(np.array([number]))
            said.append(raised.value)
    assert [str(error) for error in said] == ["[1.5]", "[2.5]"]


FORGED = """
def train(net, X, Y, X_val, Y_val, lr, batch_size, epochs, rng):
    def probabilities(A):
        E = np.exp(net.forward(A) - net.forward(A).max(axis=1, keepdims=True))
        return E / E.sum(axis=1, keepdims=True)

    def loss(A, T):
        return -np.log((probabilities(A) * T).sum(axis=1)).mean()

    notes = {name: getattr(net, name, None) for name in {notes}}
    history = {"train_loss": [], "val_loss": []}
    for _ in range(epochs):
        order = rng.permutation(len(X)).tolist()
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            right = probabilities(X[rows]) - Y[rows]
            for name, value in zip(notes, (rows, right)):
                if notes[name] is not None:
                    notes[name].append(value)
            if not any(notes.values()):
                rows = slice(i, i + batch_size)
                net.backward(probabilities(X[rows]) - Y[rows])
                for p, g in zip(net.params, net.grads):
                    p -= lr * g
        history["train_loss"].append(loss(X, Y))
        history["val_loss"].append(loss(X_val, Y_val))
    return history
"""


def test_what_the_network_of_a_test_notes_is_out_of_reach():
    """The function does not shuffle, and adds to the notes what one that shuffles would."""
    train = HOMEWORKS["hw09_training"]["train"]
    for notes in (["batches", "errors"], ["_batches", "_errors"]):
        with student(IMPORTS + FORGED.replace("{notes}", repr(notes))) as variables:
            verdict = judge(train, variables.request("name", "train"), 0)
        assert (verdict.points, verdict.mistake) == (0, "not_shuffled")
