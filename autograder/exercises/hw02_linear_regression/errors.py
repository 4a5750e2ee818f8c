"""Cases for functions of predictions and targets, `f(Y_hat, Y)`: the two error measures."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case


def _case(inputs: Inputs, m: int, K: int, about: str = "") -> Case:
    return Case((inputs.array(m, K, scale=3.0), inputs.array(m, K, scale=3.0)), about=about)


def values(rng: np.random.Generator) -> Iterator[Case]:
    """Several samples, one and several outputs."""
    inputs = Inputs(rng)
    for m, K in [(5, 2), (4, 1), (7, 3), (3, 3), (50, 1)]:
        yield _case(inputs, m, K)


def care(rng: np.random.Generator) -> Iterator[Case]:
    """One sample, perfect predictions, large and small errors, integers, argument names."""
    inputs = Inputs(rng)
    yield _case(inputs, 1, 1, about="with one sample and one output")
    yield _case(inputs, 1, 3, about="with a single sample (m = 1)")
    Y = inputs.array(4, 2)
    yield Case((Y.copy(), Y), about="when every prediction is right")
    yield Case((1000 * inputs.array(6, 1), inputs.array(6, 1)), about="when errors are large")
    yield Case((Y + 0.01 * inputs.array(4, 2), Y), about="when errors are small")
    Y_hat, Y = rng.integers(-5, 6, (5, 1)), rng.integers(10, 16, (5, 1))
    yield Case((Y_hat, Y), about="with integer arrays")
    Y_hat, Y = inputs.array(3, 2), inputs.array(3, 2)
    yield Case(kwargs={"Y_hat": Y_hat, "Y": Y}, about="when it is called by argument names")


def examples(rng: np.random.Generator) -> Iterator[Case]:
    """From one number upward."""
    inputs = Inputs(rng, readable=True)
    for m, K in [(1, 1), (2, 1), (2, 1), (2, 2), (3, 2), (3, 1)]:
        yield _case(inputs, m, K)
    yield Case((rng.integers(-3, 1, (2, 1)), rng.integers(1, 4, (2, 1))))
    yield Case((np.full((2, 1), 1000.0), np.zeros((2, 1))))
    Y_hat, Y = inputs.array(2, 1), inputs.array(2, 1)
    yield Case(kwargs={"Y_hat": Y_hat, "Y": Y})
