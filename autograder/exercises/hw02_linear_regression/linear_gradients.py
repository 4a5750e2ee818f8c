"""Exercise 6.1: the gradients of half the mean squared error."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import linear_regression as reference


def _case(inputs: Inputs, m: int, n: int, K: int, about: str = "") -> Case:
    args = (inputs.array(m, n), inputs.array(m, K), inputs.array(n, K), inputs.array(K))
    return Case(args, about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, n, K in [(5, 3, 2), (6, 1, 1), (4, 2, 3), (3, 3, 3), (50, 4, 1)]:
        yield _case(inputs, m, n, K)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, 1, 2, 2, about="with a single sample (m = 1)")
    X, W, b = inputs.array(4, 2), inputs.array(2, 1), inputs.array(1)
    yield Case((X, X @ W + b, W, b), about="at a perfect fit, where both gradients are zero")
    X, Y = rng.integers(-5, 6, (4, 2)), rng.integers(-5, 6, (4, 1))
    W, b = rng.integers(-2, 3, (2, 1)), rng.integers(-2, 3, 1)
    yield Case((X, Y, W, b), about="with integer arrays")
    names = ("X", "Y", "W", "b")
    yield Case(
        kwargs=dict(zip(names, _case(inputs, 3, 2, 1).args, strict=True)),
        about="when it is called by argument names",
    )


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    for m, n, K in [(1, 1, 1), (2, 1, 1), (2, 1, 1), (2, 2, 1), (3, 2, 2)]:
        yield _case(inputs, m, n, K)
    X, W, b = inputs.array(2, 1), inputs.array(1, 1), inputs.array(1)
    yield Case((X, X @ W + b, W, b))
    integers = [rng.integers(-3, 4, shape) for shape in [(2, 1), (2, 1), (1, 1), (1,)]]
    yield Case(tuple(integers))
    yield Case(kwargs=dict(zip(("X", "Y", "W", "b"), (X, X, W, b), strict=True)))


exercise = Exercise(
    homework="hw02_linear_regression",
    number="6.1",
    reference=reference.linear_gradients,
    returns=("`dW`", "`db`"),
    parts=(Part("values", 3, _values), Part("care", 1, _care)),
    examples=_examples,
)


@exercise.mistake
def mean_missing(X, Y, W, b):
    """Both gradients are the right ones times m: the factor 1/m is missing."""
    residuals = X @ W + b - Y
    return X.T @ residuals, residuals.sum(axis=0)


@exercise.mistake
def mean_missing_in_dW(X, Y, W, b):
    """`dW` is the right one times m: the factor 1/m is missing there, `db` has it."""
    residuals = X @ W + b - Y
    return X.T @ residuals, residuals.mean(axis=0)


@exercise.mistake
def mean_missing_in_db(X, Y, W, b):
    """`db` is the right one times m: the factor 1/m is missing there, `dW` has it."""
    residuals = X @ W + b - Y
    return X.T @ residuals / len(X), residuals.sum(axis=0)


@exercise.mistake
def factor_two(X, Y, W, b):
    """Both gradients are twice the right ones: the one half of the objective cancels the 2."""
    residuals = X @ W + b - Y
    return 2 * X.T @ residuals / len(X), 2 * residuals.mean(axis=0)


@exercise.mistake
def sign_flipped(X, Y, W, b):
    """Both gradients have the wrong sign: the residual is prediction minus target."""
    residuals = Y - (X @ W + b)
    return X.T @ residuals / len(X), residuals.mean(axis=0)


@exercise.mistake
def bias_not_in_residuals(X, Y, W, b):
    """Your residuals leave out the bias: they are `X @ W + b - Y`."""
    residuals = X @ W - Y
    return X.T @ residuals / len(X), residuals.mean(axis=0)


@exercise.mistake
def divided_by_features(X, Y, W, b):
    """You divide by n, the number of features: divide by m, the number of samples."""
    residuals = X @ W + b - Y
    return X.T @ residuals / X.shape[1], residuals.sum(axis=0) / X.shape[1]


@exercise.mistake
def averaged_over_outputs_too(X, Y, W, b):
    """You divide by m times K: the outputs are summed in J, so divide by m only."""
    residuals = X @ W + b - Y
    return X.T @ residuals / Y.size, residuals.sum(axis=0) / Y.size


@exercise.mistake
def dW_transposed(X, Y, W, b):
    """`dW` is transposed: a gradient has the shape of its parameter, (n, K)."""
    residuals = X @ W + b - Y
    return residuals.T @ X / len(X), residuals.mean(axis=0)


@exercise.mistake
def db_single_number(X, Y, W, b):
    """`db` is one number for all outputs: it has one entry for each output, shape (K,)."""
    residuals = X @ W + b - Y
    return X.T @ residuals / len(X), residuals.mean()


@exercise.mistake
def db_as_a_row(X, Y, W, b):
    """`db` has shape (1, K): it has the shape of `b`, (K,)."""
    residuals = X @ W + b - Y
    return X.T @ residuals / len(X), residuals.mean(axis=0, keepdims=True)


@exercise.mistake
def db_like_dW(X, Y, W, b):
    """You sum `db` over the outputs (`axis=1`), one value for each sample: sum over the samples."""
    residuals = X @ W + b - Y
    return X.T @ residuals / len(X), residuals.mean(axis=1)


@exercise.mistake
def parameters_updated_in_place(X, Y, W, b):
    """You change the caller's `W` or `b`: this exercise only computes the gradients."""
    residuals = X @ W + b - Y
    dW, db = X.T @ residuals / len(X), residuals.mean(axis=0)
    W -= (0.1 * dW).astype(W.dtype)
    return dW, db


@exercise.mistake
def swapped_returns(X, Y, W, b):
    """You return `db, dW`: the other order is asked for, `dW, db`."""
    residuals = X @ W + b - Y
    return residuals.mean(axis=0), X.T @ residuals / len(X)


@exercise.variant
def loops(X, Y, W, b):
    """Add up sample by sample, weight by weight."""
    m, n = X.shape
    dW, db = np.zeros((n, Y.shape[1])), np.zeros(Y.shape[1])
    for i in range(m):
        residual = X[i] @ W + b - Y[i]
        for j in range(n):
            dW[j] += residual * X[i, j] / m
        db += residual / m
    return dW, db


@exercise.variant
def einsum(X, Y, W, b):
    """Einstein's sums."""
    E = np.einsum("ij,jk->ik", X, W) + b - Y
    return np.einsum("ij,ik->jk", X, E) / X.shape[0], np.einsum("ik->k", E) / X.shape[0]


@exercise.variant
def column_of_ones(X, Y, W, b):
    """One gradient for the bias and the weights together, then cut in two."""
    ones = np.hstack([np.ones((len(X), 1)), X])
    gradient = ones.T @ (ones @ np.vstack([b, W]) - Y) / len(X)
    return gradient[1:], gradient[0]


@exercise.variant
def outer_products(X, Y, W, b):
    """The mean of an outer product for each sample."""
    E = np.add(X @ W, b) - Y
    return np.mean([np.outer(x, e) for x, e in zip(X, E)], axis=0), np.mean(E, axis=0)


@exercise.variant
def expanded(X, Y, W, b):
    """The residual multiplied out."""
    m = X.shape[0]
    dW = (X.T @ X @ W + np.outer(X.sum(axis=0), b) - X.T @ Y) / m
    return dW, X.mean(axis=0) @ W + b - Y.mean(axis=0)
