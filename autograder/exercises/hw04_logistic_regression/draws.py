"""Random labels, probabilities and data for several exercises."""

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.reference.shapes import Array


def labels(rng: np.random.Generator, m: int) -> np.ndarray:
    """Return m labels 0 and 1 as integers (m, 1), each at least once if m is 2 or more."""
    y = rng.integers(0, 2, m)
    y[: min(m, 2)] = rng.permutation(2)[: min(m, 2)]
    return rng.permutation(y)[:, np.newaxis]


def probabilities(rng: np.random.Generator, m: int) -> Array:
    """Return m probabilities (m, 1), none of them close to 0 or 1."""
    return rng.uniform(0.02, 0.98, (m, 1))


def data_with_scores(inputs: Inputs, Z: Array, n: int) -> tuple[Array, Array, Array]:
    """Return X (m, n), W (n, 1) and b (1,) with the scores X @ W + b = Z, up to rounding."""
    W, b = (
        inputs.array(n, 1) + np.where(np.arange(n)[:, np.newaxis] == 0, 3.0, 0.0),
        inputs.array(1),
    )
    return (Z - b) @ W.T / float((W.T @ W)[0, 0]), W, b
