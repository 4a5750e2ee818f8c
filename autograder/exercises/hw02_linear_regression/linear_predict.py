"""Exercise 1.1: the predictions of a linear model."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import linear_regression as reference


def _case(inputs: Inputs, m: int, n: int, K: int, about: str = "") -> Case:
    return Case((inputs.array(m, n), inputs.array(n, K), inputs.array(K)), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, n, K in [(5, 3, 2), (4, 1, 1), (7, 2, 3), (3, 3, 3), (40, 6, 1)]:
        yield _case(inputs, m, n, K)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, 1, 3, 2, about="with a single sample (m = 1)")
    yield _case(inputs, 1, 1, 1, about="with one sample, one feature and one output")
    X, W, b = rng.integers(-5, 6, (4, 2)), rng.normal(size=(2, 2)), rng.normal(size=2)
    yield Case((X, W, b), about="when X holds integers")
    X, W, b = inputs.array(3, 2), inputs.array(2, 2), inputs.array(2)
    yield Case(kwargs={"X": X, "W": W, "b": b}, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    for m, n, K in [(1, 1, 1), (2, 1, 1), (2, 2, 1), (2, 2, 2), (3, 2, 2)]:
        yield _case(inputs, m, n, K)
    X, W, b = np.array([[1], [2]]), np.array([[0.5]]), np.array([0.25])
    yield Case((X, W, b))
    yield Case(kwargs={"X": X, "W": W, "b": b})


exercise = Exercise(
    homework="hw02_linear_regression",
    number="1.1",
    reference=reference.linear_predict,
    returns=("`Y_hat`",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
)


@exercise.mistake
def bias_forgotten(X, W, b):
    """Your values are those of `X @ W`: the bias `b` is not added."""
    return X @ W


@exercise.mistake
def bias_subtracted(X, W, b):
    """Your values are those of `X @ W - b`: the bias has the wrong sign."""
    return X @ W - b


@exercise.mistake
def elementwise_product(X, W, b):
    """You multiply element by element (`*`) where the formula asks for a matrix product (`@`)."""
    return X * W.T + b


@exercise.mistake
def bias_before_product(X, W, b):
    """You add the bias of an output before the product: `b` is added to `X @ W`, not to `X`."""
    return (X + b[0]) @ W


@exercise.mistake
def bias_times_samples(X, W, b):
    """You add the bias once for every sample, m times in all; every row gets it once."""
    return X @ W + len(X) * b


@exercise.mistake
def first_output_only(X, W, b):
    """You compute the first output only: the other columns of your result repeat it."""
    return np.repeat(X @ W[:, :1] + b[0], W.shape[1], axis=1)


@exercise.mistake
def flat_when_one_output(X, W, b):
    """Your result is flat: it has to keep both axes, shape (m, K), also where K or m is 1."""
    return np.squeeze(X @ W + b)


@exercise.mistake
def transposed(X, W, b):
    """Your result is transposed: a row belongs to a sample and a column to an output."""
    return (X @ W + b).T


@exercise.mistake
def added_in_place(X, W, b):
    """You write the result into the caller's `b` (`b += …`): work on a copy of it."""
    Y_hat = X @ W + b
    b += Y_hat.mean(axis=0)
    return Y_hat


@exercise.mistake
def truncated_to_integers(X, W, b):
    """Where X holds integers your result is cut to integers: let NumPy choose the result's type."""
    return (X @ W + b).astype(X.dtype)


@exercise.mistake
def zeros_of_the_right_shape(X, W, b):
    """Your result has the right shape, but all of its values are zero."""
    return np.zeros((X.shape[0], W.shape[1]))


@exercise.variant
def loops(X, W, b):
    """Three loops, one multiplication at a time."""
    m, n = X.shape
    K = W.shape[1]
    Y_hat = np.empty((m, K))
    for i in range(m):
        for k in range(K):
            Y_hat[i, k] = b[k] + sum(X[i, j] * W[j, k] for j in range(n))
    return Y_hat


@exercise.variant
def einsum(X, W, b):
    """Einstein's sum."""
    return np.einsum("ij,jk->ik", X, W) + b[np.newaxis, :]


@exercise.variant
def column_of_ones(X, W, b):
    """The bias as the weight of a column of ones."""
    return np.column_stack([np.ones(len(X)), X]) @ np.vstack([b, W])


@exercise.variant
def fortran_order(X, W, b):
    """The transpose of a product in the other order."""
    return (W.T @ X.T + b.reshape(-1, 1)).T


@exercise.variant
def row_by_row(X, W, b):
    """A list of rows, then one array."""
    return np.array([W.T.dot(x) + b for x in X])
