"""Exercise 4.1: the gradients of the mean cross-entropy of softmax regression."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.hw05_softmax_svm.scores import TOLERANCE, classes, one_hot
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import softmax_svm as reference


def _arguments(inputs: Inputs, m: int, n: int, K: int) -> tuple[Any, ...]:
    """Return X, Y, W, b at which neither gradient is nearly zero, where float32 has few digits."""
    while True:
        Y = one_hot(classes(inputs.rng, m, K), K).astype(float)
        arguments = inputs.array(m, n), Y, inputs.array(n, K), inputs.array(K)
        if all(np.abs(g).max() > 0.05 for g in reference.softmax_gradients(*arguments)):
            return arguments


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, n, K in [(5, 3, 4), (6, 1, 3), (4, 2, 2), (4, 4, 4), (30, 4, 3)]:
        yield Case(_arguments(inputs, m, n, K))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield Case(_arguments(inputs, 1, 2, 3), about="with a single sample (m = 1)")
    X, Y, W, b = _arguments(inputs, 5, 2, 3)
    high = b + np.array([1000.0, 1000.5, 999.0])
    yield Case((X, Y, W, high), about="with scores near 1000")
    yield Case((X, Y, W, high - 2000.0), about="with scores near -1000")
    X = rng.choice([-1.0, 1.0], (5, 2)) * rng.uniform(500.0, 900.0, (5, 2))
    X[0], X[1] = (900.0, 0.0), (0.0, 700.0)
    W = np.array([[2.0, -1.0, 0.5], [-1.5, 2.0, 1.0]])
    far = "when the scores of a sample are more than 1000 apart"
    yield Case((X, one_hot(classes(rng, 5, 3), 3), W, b), about=far)
    X, Y, W, b = _arguments(inputs, 4, 2, 3)
    yield Case((X, Y, np.zeros((2, 3)), np.zeros(3)), about="when W and b are zero")
    X, W = rng.integers(-3, 4, (5, 2)), rng.integers(-2, 3, (2, 3))
    Y, b = one_hot(classes(rng, 5, 3), 3), rng.integers(-2, 3, 3)
    yield Case((X, Y, W, b), about="with integer arrays")
    named = dict(zip(("X", "Y", "W", "b"), _arguments(inputs, 4, 2, 3), strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    X, Y = np.array([[2.0]]), np.array([[0.0, 1.0]])
    W, b = np.array([[0.5, 1.0]]), np.array([1.0, 0.0])
    yield Case((X, Y, W, b))
    for m, n, K in [(2, 1, 2), (2, 2, 3), (3, 2, 3)]:
        yield Case(_arguments(inputs, m, n, K))
    yield Case((X, Y, W, b + 1000))
    yield Case((X, Y, W, b - 1000))
    X = np.array([[1000.0], [1.0]])
    yield Case((X, np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[-1.0, 1.0]]), np.zeros(2)))
    yield Case((X, np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[1.0, -1.0]]), np.zeros(2)))
    integers = (
        np.array([[1], [2]]),
        np.array([[1, 0], [0, 1]]),
        np.array([[1, 0]]),
        np.array([0, 1]),
    )
    yield Case(integers)
    yield Case(kwargs=dict(zip(("X", "Y", "W", "b"), integers, strict=True)))


exercise = Exercise(
    homework="hw05_softmax_svm",
    number="4.1",
    reference=reference.softmax_gradients,
    returns=("`dW`", "`db`"),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    tolerance=TOLERANCE,
)


@exercise.mistake
def maximum_not_subtracted(X, Y, W, b):
    """Your softmax overflows at scores of 1000: subtract the largest score of each row before
    `np.exp`."""
    E = np.exp(X @ W + b)
    error = E / E.sum(axis=1, keepdims=True) - Y
    return X.T @ error / len(X), error.mean(axis=0)


@exercise.mistake
def maximum_of_the_whole_matrix(X, Y, W, b):
    """Your softmax subtracts the largest score of the whole matrix, which leaves only zeros in a
    row far below it (0/0): subtract each row's own, `S.max(axis=1, keepdims=True)`."""
    S = X @ W + b
    E = np.exp(S - S.max())
    error = E / E.sum(axis=1, keepdims=True) - Y
    return X.T @ error / len(X), error.mean(axis=0)


@exercise.mistake
def mean_missing(X, Y, W, b):
    """Both gradients are the right ones times m: the factor 1/m is missing."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=1, keepdims=True))
    error = E / E.sum(axis=1, keepdims=True) - Y
    return X.T @ error, error.sum(axis=0)


@exercise.mistake
def mean_missing_in_dW(X, Y, W, b):
    """`dW` is the right one times m: the factor 1/m is missing there, `db` has it."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=1, keepdims=True))
    error = E / E.sum(axis=1, keepdims=True) - Y
    return X.T @ error, error.mean(axis=0)


@exercise.mistake
def mean_missing_in_db(X, Y, W, b):
    """`db` is the right one times m: the factor 1/m is missing there, `dW` has it."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=1, keepdims=True))
    error = E / E.sum(axis=1, keepdims=True) - Y
    return X.T @ error / len(X), error.sum(axis=0)


@exercise.mistake
def halved(X, Y, W, b):
    """Both gradients are half the right ones: a cross-entropy is divided by m, the 2m belongs to
    squared errors."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=1, keepdims=True))
    error = E / E.sum(axis=1, keepdims=True) - Y
    return X.T @ error / (2 * len(X)), error.mean(axis=0) / 2


@exercise.mistake
def averaged_over_classes_too(X, Y, W, b):
    """You divide by m times K (the mean of a whole matrix): divide by m only."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=1, keepdims=True))
    error = E / E.sum(axis=1, keepdims=True) - Y
    return X.T @ error / Y.size, error.sum(axis=0) / Y.size


@exercise.mistake
def sign_flipped(X, Y, W, b):
    """Both gradients have the wrong sign: the error is `P - Y`, prediction minus target."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=1, keepdims=True))
    error = Y - E / E.sum(axis=1, keepdims=True)
    return X.T @ error / len(X), error.mean(axis=0)


@exercise.mistake
def scores_for_probabilities(X, Y, W, b):
    """Your error is scores minus targets: take the softmax of the scores first."""
    error = X @ W + b - Y
    return X.T @ error / len(X), error.mean(axis=0)


@exercise.mistake
def one_sigmoid_for_each_class(X, Y, W, b):
    """You use a sigmoid for each class: the softmax makes the probabilities of a row add up to
    1."""
    P = 1 / (1 + np.exp(-np.clip(X @ W + b, -700, 700)))
    return X.T @ (P - Y) / len(X), (P - Y).mean(axis=0)


@exercise.mistake
def derivative_of_the_sigmoid_too(X, Y, W, b):
    """You multiply by `P * (1 - P)` once more: in the gradient of the cross-entropy it has canceled
    already."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    error = (P - Y) * P * (1 - P)
    return X.T @ error / len(X), error.mean(axis=0)


@exercise.mistake
def softmax_over_samples(X, Y, W, b):
    """Your softmax makes the columns add up to 1: the probabilities of one sample do, `axis=1`."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=0))
    error = E / E.sum(axis=0) - Y
    return X.T @ error / len(X), error.mean(axis=0)


@exercise.mistake
def bias_not_in_the_scores(X, Y, W, b):
    """Your scores leave out the bias: they are `X @ W + b`."""
    S = X @ W
    E = np.exp(S - S.max(axis=1, keepdims=True))
    error = E / E.sum(axis=1, keepdims=True) - Y
    return X.T @ error / len(X), error.mean(axis=0)


@exercise.mistake
def dW_transposed(X, Y, W, b):
    """`dW` is transposed: a gradient has the shape of its parameter, (n, K)."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=1, keepdims=True))
    error = E / E.sum(axis=1, keepdims=True) - Y
    return error.T @ X / len(X), error.mean(axis=0)


@exercise.mistake
def db_over_the_classes(X, Y, W, b):
    """You sum `db` over the classes (`axis=1`), which gives 0 for each sample: sum over the
    samples, `axis=0`."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=1, keepdims=True))
    error = E / E.sum(axis=1, keepdims=True) - Y
    return X.T @ error / len(X), error.mean(axis=1)


@exercise.mistake
def db_single_number(X, Y, W, b):
    """`db` is one number for all classes: it has one entry for each class, shape (K,)."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=1, keepdims=True))
    error = E / E.sum(axis=1, keepdims=True) - Y
    return X.T @ error / len(X), error.sum() / len(X)


@exercise.mistake
def db_as_a_row(X, Y, W, b):
    """`db` has shape (1, K): it has the shape of `b`, (K,)."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=1, keepdims=True))
    error = E / E.sum(axis=1, keepdims=True) - Y
    return X.T @ error / len(X), error.mean(axis=0, keepdims=True)


@exercise.mistake
def swapped_returns(X, Y, W, b):
    """You return `db, dW`: the other order is asked for, `dW, db`."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=1, keepdims=True))
    error = E / E.sum(axis=1, keepdims=True) - Y
    return error.mean(axis=0), X.T @ error / len(X)


@exercise.mistake
def targets_changed(X, Y, W, b):
    """You change the caller's `Y` (`Y -= …`, or writing into it): compute `P - Y` as a new
    array."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=1, keepdims=True))
    error = E / E.sum(axis=1, keepdims=True) - Y
    Y[:] = 0
    return X.T @ error / len(X), error.mean(axis=0)


@exercise.mistake
def parameters_updated_in_place(X, Y, W, b):
    """You change the caller's `W` or `b`: this exercise only computes the gradients."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=1, keepdims=True))
    error = E / E.sum(axis=1, keepdims=True) - Y
    dW, db = X.T @ error / len(X), error.mean(axis=0)
    W -= np.ceil(np.abs(dW)).astype(W.dtype)
    return dW, db


@exercise.variant
def loops(X, Y, W, b):
    """Add up sample by sample."""
    dW, db = np.zeros_like(W, dtype=float), np.zeros_like(b, dtype=float)
    for x, y in zip(X, Y):
        s = x @ W + b
        e = np.exp(s - max(s))
        error = e / sum(e) - y
        dW += np.outer(x, error) / len(X)
        db += error / len(X)
    return dW, db


@exercise.variant
def einsum(X, Y, W, b):
    """Einstein's sums."""
    S = np.einsum("ij,jk->ik", X, W) + b
    D = np.exp(S - np.logaddexp.reduce(S, axis=1, keepdims=True)) - Y
    return np.einsum("ij,ik->jk", X, D) / X.shape[0], np.einsum("ik->k", D) / X.shape[0]


@exercise.variant
def true_entries_lowered(X, Y, W, b):
    """One less at the true class, in place in the probabilities."""
    m = X.shape[0]
    S = X.dot(W) + b.reshape(1, -1)
    P = np.exp(S - S.max(axis=1).reshape(-1, 1))
    P /= P.sum(axis=1)[:, None]
    P[np.arange(m), Y.argmax(axis=1)] -= 1
    P /= m
    return np.dot(X.T, P), np.sum(P, axis=0)


@exercise.variant
def column_of_ones(X, Y, W, b):
    """One gradient for the bias and the weights together, with SciPy's softmax."""
    from scipy.special import softmax

    ones = np.column_stack([np.ones(len(X)), X])
    gradient = ones.T @ (softmax(ones @ np.vstack([b, W]), axis=1) - Y) / len(X)
    return gradient[1:], gradient[0]


@exercise.variant
def in_single_precision(X, Y, W, b):
    """The probabilities in float32, a list of two returned."""
    S = X @ W + b
    P = np.exp((S - S.max(axis=1, keepdims=True)).astype(np.float32))
    D = P / P.sum(axis=1, keepdims=True) - Y.astype(np.float32)
    return [X.astype(np.float32).T @ D / len(X), D.mean(axis=0)]
