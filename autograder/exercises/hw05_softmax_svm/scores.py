"""Scores and true classes, and the cases of the functions `f(S, y, delta)` of the hinge loss."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case
from autograder.reference.shapes import Array

Labels = NDArray[np.int64]

# A student may compute in float32, which keeps seven digits.
TOLERANCE = 1e-5


def classes(rng: np.random.Generator, m: int, K: int) -> Labels:
    """Return true classes, of which as many are different as m allows."""
    first = rng.permutation(K)[:m]
    return rng.permutation(np.concatenate([first, rng.integers(0, K, m - len(first))]))


def one_hot(y: Labels, K: int) -> NDArray[np.int64]:
    """Return the classes as rows of integers with a single 1."""
    return (y[:, np.newaxis] == np.arange(K)).astype(np.int64)


def off_the_kink(S: Array, y: Labels, delta: float) -> bool:
    """Whether no margin is just met, where the slope of the hinge loss is not defined."""
    m, K = S.shape
    margins = S - S[np.arange(m), y][:, np.newaxis] + delta
    return bool(np.abs(margins[one_hot(y, K) == 0]).min() > 0.01)


def _pair(inputs: Inputs, m: int, K: int, delta: float = 1.0) -> tuple[Array, Labels]:
    """Return scores and true classes, off the kink, with margins both met and violated.

    With a few entries not every draw can have both. Another delta than 1 makes a difference.
    """
    while True:
        S, y = inputs.array(m, K, scale=2.0), classes(inputs.rng, m, K)
        leads = S - S[np.arange(m), y][:, np.newaxis]
        violated = (leads > -delta).sum() - m
        mixed = 0 < violated < m * (K - 1) or m * (K - 1) < 3
        matters = delta == 1 or violated != (leads > -1.0).sum() - m
        if off_the_kink(S, y, delta) and mixed and matters:
            return S, y


def hinge_values(rng: np.random.Generator) -> Iterator[Case]:
    """Several samples and classes, the margin at its default."""
    inputs = Inputs(rng)
    for m, K in [(5, 3), (4, 4), (7, 5), (3, 2), (30, 4)]:
        yield Case(_pair(inputs, m, K))


def hinge_care(rng: np.random.Generator) -> Iterator[Case]:
    """Other margins, one sample, nothing violated, large scores, integers, argument names."""
    inputs = Inputs(rng)
    for delta in (0.3, 4):
        yield Case((*_pair(inputs, 5, 3, delta), delta), about=f"with delta = {delta}")
    S, y = _pair(inputs, 1, 3)
    yield Case((S, y), about="with a single sample (m = 1)")
    S, y = _pair(inputs, 4, 3)
    S[np.arange(4), y] = S.max(axis=1) + 2.0
    yield Case((S, y), about="when every margin is met")
    yield Case((np.full((3, 4), 0.7), classes(rng, 3, 4)), about="when all scores are equal")
    S, y = _pair(Inputs(rng, readable=True), 4, 3)
    yield Case((1000.0 * S, y), about="with scores of several thousand")
    S, y = rng.integers(-4, 5, (6, 3)), classes(rng, 6, 3)
    S[0, :], y[0] = (1, 3, 0), 0  # one violation, so that the loss is no integer
    yield Case((S, y, 0.5), about="when the scores are integers and delta = 0.5")
    S, y = _pair(inputs, 4, 3, 2.5)
    named = {"S": S, "y": y, "delta": 2.5}
    yield Case(kwargs=named, about="when it is called by argument names")


def hinge_examples(rng: np.random.Generator) -> Iterator[Case]:
    """From one sample and two classes upward."""
    inputs = Inputs(rng, readable=True)
    yield Case((np.array([[2.0, 3.5]]), np.array([0])))
    yield Case((np.array([[2.0, 3.5]]), np.array([1])))
    yield Case((np.array([[1.0, 3.5, 2.0]]), np.array([0])))
    for m, K in [(2, 2), (2, 3), (3, 3), (4, 3)]:
        yield Case(_pair(inputs, m, K))
    yield Case((*_pair(inputs, 2, 3, 3.25), 3.25))
    yield Case((*_pair(inputs, 2, 3, 0.25), 0.25))
    yield Case((np.array([[1, 3, 0]]), np.array([0]), 0.5))
    yield Case((np.array([[1, 3, 0], [3, 1, 2]]), np.array([0, 2]), 0.5))
    yield Case((np.array([[5.0, 1.0], [2.0, 4.0]]), np.array([0, 1])))
    yield Case((np.array([[2.0, 2.0, 2.0]]), np.array([1])))
    yield Case(kwargs={"S": np.array([[2.0, 3.5]]), "y": np.array([0]), "delta": 2.0})
