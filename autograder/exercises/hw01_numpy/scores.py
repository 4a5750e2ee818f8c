"""Cases for functions of data, weights and bias, `f(X, W, b)`: the scores in two ways."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case


def _case(inputs: Inputs, m: int, n: int, K: int, about: str = "") -> Case:
    return Case((inputs.array(m, n), inputs.array(n, K), inputs.array(K)), about=about)


def values(rng: np.random.Generator) -> Iterator[Case]:
    """Several m, n and K, one of each, integers, argument names."""
    inputs = Inputs(rng)
    for m, n, K in [(5, 3, 2), (4, 2, 3), (3, 3, 3), (7, 1, 1), (10, 6, 4)]:
        yield _case(inputs, m, n, K)
    yield _case(inputs, 1, 3, 2, about="with a single sample (m = 1)")
    yield _case(inputs, 1, 1, 1, about="with one sample, one feature and one class")
    X, W, b = rng.integers(-5, 6, (4, 2)), inputs.array(2, 3), inputs.array(3)
    yield Case((X, W, b), about="when X holds integers")
    X, W, b = inputs.array(3, 2), inputs.array(2, 2), inputs.array(2)
    yield Case(kwargs={"X": X, "W": W, "b": b}, about="when it is called by argument names")


def examples(rng: np.random.Generator) -> Iterator[Case]:
    """From one number upward."""
    inputs = Inputs(rng, readable=True)
    yield Case((np.array([[2.0]]), np.array([[3.0]]), np.array([0.5])))
    yield Case((np.array([[1.0, 2.0]]), np.array([[3.0], [10.0]]), np.array([0.5])))
    yield Case((np.array([[1.0], [2.0]]), np.array([[3.0, 10.0]]), np.array([0.5, -1.0])))
    for m, n, K in [(2, 2, 2), (2, 3, 2), (3, 2, 2)]:
        yield _case(inputs, m, n, K)
    X, W, b = np.array([[1], [2]]), np.array([[0.5]]), np.array([0.25])
    yield Case((X, W, b))
    yield Case(kwargs={"X": X, "W": W, "b": b})
