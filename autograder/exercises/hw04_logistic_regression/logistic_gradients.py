"""Exercise 4.1: the gradients of the binary cross-entropy."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw04_logistic_regression import draws
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import logistic_regression as reference


def _case(
    rng: np.random.Generator, m: int, n: int, about: str = "", readable: bool = False
) -> Case:
    inputs = Inputs(rng, readable)
    args = (inputs.array(m, n), draws.labels(rng, m), inputs.array(n, 1), inputs.array(1))
    return Case(args, about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for m, n in [(5, 3), (6, 1), (4, 2), (3, 3), (40, 4)]:
        yield _case(rng, m, n)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    yield _case(rng, 1, 2, about="with a single sample (m = 1)")
    large = rng.uniform(800, 1200, (4, 1))
    for Z, about in [(large, "1000"), (-large, "-1000")]:
        X, W, b = draws.data_with_scores(Inputs(rng), Z, 2)
        yield Case((X, draws.labels(rng, 4), W, b), about=f"at scores of about {about}")
    X, W, b = (rng.integers(-3, 4, shape) for shape in [(5, 2), (2, 1), (1,)])
    yield Case((X, draws.labels(rng, 5), W, b), about="with integer arrays")
    X, Y, W, b = _case(rng, 3, 2).args
    yield Case((X, Y.astype(float), W, b), about="with labels 0.0 and 1.0")
    names = ("X", "Y", "W", "b")
    yield Case(
        kwargs=dict(zip(names, _case(rng, 4, 2).args, strict=True)),
        about="when it is called by argument names",
    )


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    one, zero = np.ones((1, 1)), np.zeros(1)
    for X, Y, W, b in [
        ([[1.0]], [[0]], [[0.0]], [1.0]),
        ([[1.0], [2.0]], [[0], [1]], [[0.0]], [0.0]),
        ([[1.0], [2.0]], [[0], [1]], [[1.0]], [0.5]),
        ([[1.0, -1.0], [2.0, 0.5]], [[0], [1]], [[1.0], [-0.5]], [0.5]),
    ]:
        yield Case((np.array(X), np.array(Y), np.array(W), np.array(b)))
    for m, n in [(2, 2), (3, 2), (4, 3)]:
        yield _case(rng, m, n, readable=True)
    yield Case((1000 * one, np.array([[0]]), one, zero))
    yield Case((-1000 * one, np.array([[0]]), one, zero))
    yield Case(tuple(np.array(a) for a in ([[2], [1]], [[0], [1]], [[1]], [1])))
    yield Case(kwargs={"X": one, "Y": np.array([[0]]), "W": one, "b": zero})


exercise = Exercise(
    homework="hw04_logistic_regression",
    number="4.1",
    reference=reference.logistic_gradients,
    returns=("`dW`", "`db`"),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
)


@exercise.mistake
def mean_missing(X, Y, W, b):
    """Both gradients are the right ones times m: the factor 1/m is missing."""
    from scipy.special import expit

    residuals = expit(X @ W + b) - Y
    return X.T @ residuals, residuals.sum(axis=0)


@exercise.mistake
def mean_missing_in_dW(X, Y, W, b):
    """`dW` is the right one times m: the factor 1/m is missing there, `db` has it."""
    from scipy.special import expit

    residuals = expit(X @ W + b) - Y
    return X.T @ residuals, residuals.mean(axis=0)


@exercise.mistake
def mean_missing_in_db(X, Y, W, b):
    """`db` is the right one times m: the factor 1/m is missing there, `dW` has it."""
    from scipy.special import expit

    residuals = expit(X @ W + b) - Y
    return X.T @ residuals / len(X), residuals.sum(axis=0)


@exercise.mistake
def halved(X, Y, W, b):
    """Both gradients are half the right ones: the cross-entropy has the factor 1/m, the one half
    belongs to the squared error."""
    from scipy.special import expit

    residuals = expit(X @ W + b) - Y
    return X.T @ residuals / (2 * len(X)), residuals.mean(axis=0) / 2


@exercise.mistake
def sign_flipped(X, Y, W, b):
    """Both gradients have the wrong sign: the residual is probability minus label."""
    from scipy.special import expit

    residuals = Y - expit(X @ W + b)
    return X.T @ residuals / len(X), residuals.mean(axis=0)


@exercise.mistake
def sigmoid_missing(X, Y, W, b):
    """These are the gradients of *linear* regression: the scores have to go through the sigmoid."""
    residuals = X @ W + b - Y
    return X.T @ residuals / len(X), residuals.mean(axis=0)


@exercise.mistake
def derivative_of_the_sigmoid_left(X, Y, W, b):
    """You multiply by σ′ = p(1 - p), as for a squared error: with the cross-entropy this factor
    cancels."""
    from scipy.special import expit

    P = expit(X @ W + b)
    residuals = (P - Y) * P * (1 - P)
    return X.T @ residuals / len(X), residuals.mean(axis=0)


@exercise.mistake
def labels_instead_of_probabilities(X, Y, W, b):
    """You round the probabilities to 0 and 1 before you subtract the labels: take them as they
    are."""
    residuals = (X @ W + b > 0).astype(float) - Y
    return X.T @ residuals / len(X), residuals.mean(axis=0)


@exercise.mistake
def bias_missing(X, Y, W, b):
    """Your scores leave out the bias: they are `X @ W + b`."""
    from scipy.special import expit

    residuals = expit(X @ W) - Y
    return X.T @ residuals / len(X), residuals.mean(axis=0)


@exercise.mistake
def flat_against_column(X, Y, W, b):
    """A flat array (m,) minus a column (m, 1) is a table (m, m), every probability with every
    label: keep both as columns."""
    from scipy.special import expit

    residuals = expit(X @ W + b).ravel() - Y
    return (X.T @ residuals).mean(axis=1, keepdims=True), residuals.mean(keepdims=True)[0]


@exercise.mistake
def divided_by_features(X, Y, W, b):
    """You divide by n, the number of features: divide by m, the number of samples."""
    from scipy.special import expit

    residuals = expit(X @ W + b) - Y
    return X.T @ residuals / X.shape[1], residuals.sum(axis=0) / X.shape[1]


@exercise.mistake
def dW_transposed(X, Y, W, b):
    """`dW` is a row: a gradient has the shape of its parameter, (n, 1)."""
    from scipy.special import expit

    residuals = expit(X @ W + b) - Y
    return residuals.T @ X / len(X), residuals.mean(axis=0)


@exercise.mistake
def dW_flat(X, Y, W, b):
    """`dW` is flat, shape (n,): a gradient has the shape of its parameter, (n, 1)."""
    from scipy.special import expit

    residuals = expit(X @ W + b) - Y
    return (X * residuals).mean(axis=0), residuals.mean(axis=0)


@exercise.mistake
def db_single_number(X, Y, W, b):
    """`db` is a number: it has the shape of `b`, (1,), so take the mean over `axis=0`."""
    from scipy.special import expit

    residuals = expit(X @ W + b) - Y
    return X.T @ residuals / len(X), residuals.mean()


@exercise.mistake
def db_as_a_matrix(X, Y, W, b):
    """`db` has shape (1, 1): it has the shape of `b`, (1,)."""
    from scipy.special import expit

    residuals = expit(X @ W + b) - Y
    return X.T @ residuals / len(X), residuals.mean(axis=0, keepdims=True)


@exercise.mistake
def overflow(X, Y, W, b):
    """`np.exp` overflows at scores of about -1000: use `expit`, or a sigmoid that is safe."""
    residuals = 1 / (1 + np.exp(-(X @ W + b))) - Y
    return X.T @ residuals / len(X), residuals.mean(axis=0)


@exercise.mistake
def weights_updated_in_place(X, Y, W, b):
    """You change the caller's `W` or `b`: this exercise only computes the gradients."""
    from scipy.special import expit

    residuals = expit(X @ W + b) - Y
    dW, db = X.T @ residuals / len(X), residuals.mean(axis=0)
    W -= (np.sign(dW)).astype(W.dtype)
    return dW, db


@exercise.mistake
def swapped_returns(X, Y, W, b):
    """You return `db, dW`: the other order is asked for, `dW, db`."""
    from scipy.special import expit

    residuals = expit(X @ W + b) - Y
    return residuals.mean(axis=0), X.T @ residuals / len(X)


@exercise.variant
def loops(X, Y, W, b):
    """Add up sample by sample, weight by weight."""
    m, n = X.shape
    dW, db = np.zeros((n, 1)), np.zeros(1)
    for i in range(m):
        z = float(X[i] @ W[:, 0] + b[0])
        e = np.exp(-abs(z))
        p = 1 / (1 + e) if z >= 0 else e / (1 + e)
        for j in range(n):
            dW[j, 0] += (p - Y[i, 0]) * X[i, j] / m
        db[0] += (p - Y[i, 0]) / m
    return dW, db


@exercise.variant
def einsum(X, Y, W, b):
    """Einstein's sums and a tanh."""
    E = 0.5 * (1 + np.tanh((np.einsum("ij,jk->ik", X, W) + b) / 2)) - Y
    return np.einsum("ij,ik->jk", X, E) / X.shape[0], np.einsum("ik->k", E) / X.shape[0]


@exercise.variant
def column_of_ones(X, Y, W, b):
    """One gradient for the bias and the weights together, then cut in two."""
    from scipy.special import expit

    ones = np.hstack([np.ones((len(X), 1)), X])
    gradient = ones.T @ (expit(ones @ np.vstack([b, W])) - Y) / len(X)
    return gradient[1:], gradient[0]


@exercise.variant
def flat_inside(X, Y, W, b):
    """Flat arrays inside, the right shapes at the end, a list returned."""
    from scipy.special import expit

    e = expit(X @ W[:, 0] + b[0]) - Y[:, 0]
    return [(X.T @ e / len(e)).reshape(W.shape), np.array([e.mean()])]


@exercise.variant
def two_classes(X, Y, W, b):
    """The samples of each class by themselves: 1 - p = σ(-z) is missing, p is too much."""
    from scipy.special import expit

    Z = X @ W + b
    e = np.where(Y == 1, -expit(-Z), expit(Z))
    return np.mean(X * e, axis=0)[:, None], np.mean(e, axis=0)
