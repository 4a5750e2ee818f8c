"""Exercise 2.1: labels from probabilities and a threshold."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.compare import Difference, difference
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import logistic_regression as reference
from autograder.reference.shapes import Array

_INTEGERS = "integers"


def _near(rng: np.random.Generator, m: int, threshold: float) -> Array:
    """Probabilities on both sides of the threshold and of one half, none of them on it."""
    P = rng.uniform(0.02, 0.98, m)
    P[:3] = [threshold / 2, (1 + threshold) / 2, (threshold + 0.5) / 2]
    P[np.abs(P - threshold) < 0.01] = 0.99
    return rng.permutation(P)[:, np.newaxis]


def _values(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((_near(rng, 8, 0.5),))
    for m, threshold in [(9, 0.8), (7, 0.2), (20, 0.65)]:
        yield Case((_near(rng, m, threshold), threshold))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((_near(rng, 6, 0.3), 0.3), extra=_INTEGERS)
    for low, high in [(0.1, 0.6), (0.8, 0.95)]:
        P = rng.uniform(low, high, (1, 1))
        yield Case((P, 0.7), about="with a single sample (m = 1)", extra=_INTEGERS)
    certain = rng.permutation([0, 1, 1, 0])[:, np.newaxis]
    yield Case((certain,), about="with probabilities 0 and 1 as integers", extra=_INTEGERS)
    named = {"P": _near(rng, 5, 0.75), "threshold": 0.75}
    yield Case(kwargs=named, about="when it is called by argument names", extra=_INTEGERS)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    for P, threshold in [([[0.9]], 0.5), ([[0.3], [0.7]], 0.5), ([[0.3], [0.7], [0.9]], 0.8)]:
        yield Case((np.array(P), threshold), extra=_INTEGERS)
    yield Case((np.array([[0.3], [0.1]]), 0.2), extra=_INTEGERS)
    yield Case((np.array([[0], [1]]),), extra=_INTEGERS)
    yield Case(kwargs={"P": np.array([[0.6]]), "threshold": 0.7}, extra=_INTEGERS)


def _compare(case: Case, expected: Any, got: Any) -> Difference | None:
    """Compare the labels; that they are integers is a matter of care."""
    boolean = type(got) is np.ndarray and got.dtype == bool
    wrong = difference(expected, got.astype(int) if boolean else got, ("the result",))
    if wrong is None and case.extra == _INTEGERS and got.dtype.kind not in "iu":
        text = f"the result holds values of type {got.dtype}, expected integers"
        return Difference(text, text)
    return wrong


exercise = Exercise(
    homework="hw04_logistic_regression",
    number="2.1",
    reference=reference.predict_label,
    returns=("the result",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    compare=_compare,
    equivalent_mutants={
        "P >= threshold -> P > threshold": "a probability exactly at the threshold is not graded",
    },
)


@exercise.mistake
def threshold_ignored(P, threshold=0.5):
    """You compare with 0.5 whatever the threshold is: compare with `threshold`."""
    return (P >= 0.5).astype(int)


@exercise.mistake
def comparison_reversed(P, threshold=0.5):
    """Your labels are reversed: the label is 1 where the probability is **at least** the
    threshold."""
    return (P < threshold).astype(int)


@exercise.mistake
def threshold_for_class_0(P, threshold=0.5):
    """You ask for that much certainty about class 0: the threshold is for P, the probability of
    class 1."""
    return (1 - P < threshold).astype(int)


@exercise.mistake
def true_and_false(P, threshold=0.5):
    """You return True and False: turn them into the integers 1 and 0 (`astype(int)`)."""
    return P >= threshold


@exercise.mistake
def floats(P, threshold=0.5):
    """Your labels are floats: a label is a name, so make them integers (`astype(int)`)."""
    return np.where(P >= threshold, 1.0, 0.0)


@exercise.mistake
def flat(P, threshold=0.5):
    """Your result is flat, shape (m,): keep the column, shape (m, 1)."""
    return (P >= threshold).astype(int).ravel()


@exercise.mistake
def list_returned(P, threshold=0.5):
    """You return a list: return an array of shape (m, 1)."""
    return [[int(p >= threshold)] for p in P[:, 0]]


@exercise.mistake
def plus_and_minus_one(P, threshold=0.5):
    """Your labels are -1 and 1: the classes of this homework are called 0 and 1."""
    return np.where(P >= threshold, 1, -1)


@exercise.mistake
def condition_on_an_array(P, threshold=0.5):
    """`if P >= threshold` asks one question about the whole array: compare entry by entry
    (`np.where`, `astype`)."""
    if P >= threshold:
        return np.ones(P.shape, dtype=int)
    return np.zeros(P.shape, dtype=int)


@exercise.mistake
def cut_to_integers(P, threshold=0.5):
    """`P.astype(int)` cuts off the decimals, so only a probability of 1 is left: compare with the
    threshold first."""
    return P.astype(int)


@exercise.mistake
def indices(P, threshold=0.5):
    """You return the positions of the ones (`np.where` with one argument): return a label for every
    sample."""
    return np.where(P >= threshold)[0]


@exercise.mistake
def written_into_P(P, threshold=0.5):
    """You write the labels into the caller's `P`: make a new array."""
    labels = (P >= threshold).astype(int)
    P[:] = labels
    return labels


@exercise.variant
def choose(P, threshold=0.5):
    """`np.where` with three arguments."""
    return np.where(P >= threshold, 1, 0)


@exercise.variant
def strictly_above(P, threshold=0.5):
    """Strictly above the threshold, in one byte for each label."""
    return np.array(P > threshold, dtype=np.int8)


@exercise.variant
def list_comprehension(P, threshold=0.5):
    """A loop."""
    return np.array([1 if p >= threshold else 0 for p in np.ravel(P)]).reshape(-1, 1)


@exercise.variant
def mask(P, threshold=0.5):
    """Zeros, and ones where a mask says so."""
    y_hat = np.zeros_like(P, dtype=int)
    y_hat[P >= threshold] = 1
    return y_hat


@exercise.variant
def times_one(P, threshold=0.5):
    """True times 1 is 1."""
    return 1 * np.greater_equal(P, threshold)


@exercise.variant
def rounded_up(P, threshold=0.5):
    """The difference rounded up."""
    return np.ceil(np.asarray(P) - threshold).astype(np.int64)
