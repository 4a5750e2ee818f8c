"""Exercise 2.3: gradients of a loss with the L2 penalty, for two kinds of models."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import regularization as reference

_NAMES = ("X", "Y", "W", "b", "lam", "kind")


def _labels(rng: np.random.Generator, m: int) -> np.ndarray:
    """Labels of which both occur, if m allows it."""
    return rng.permutation(np.arange(m) % 2)[:, np.newaxis]


def _linear(inputs: Inputs, shape: tuple[int, int, int], lam: float, about: str = "") -> Case:
    m, n, K = shape
    X, Y = inputs.array(m, n), inputs.array(m, K)
    return Case((X, Y, inputs.array(n, K), inputs.array(K), lam, "linear"), about=about)


def _logistic(inputs: Inputs, shape: tuple[int, int], lam: float, about: str = "") -> Case:
    m, n = shape
    X, Y = inputs.array(m, n), _labels(inputs.rng, m)
    return Case((X, Y, inputs.array(n, 1), inputs.array(1), lam, "logistic"), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _linear(inputs, (5, 3, 2), 0.3)
    yield _logistic(inputs, (5, 3), 0.3)
    yield _linear(inputs, (4, 4, 1), 1.6)
    yield _logistic(inputs, (7, 2), 0.8)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _linear(inputs, (1, 2, 1), 0.4, "with a single sample (m = 1)")
    yield _logistic(inputs, (1, 2), 0.4, "with a single sample (m = 1)")
    yield _linear(inputs, (5, 2, 1), 0.0, "with lam = 0")
    X, Y, W, b, lam, kind = _logistic(inputs, (4, 2), 0.2).args
    far = np.where(X @ W < 0, -1, 1) * X * rng.uniform(900, 1100, (4, 1)) / np.abs(X @ W)
    yield Case((far, Y, W, b, lam, kind), about="at scores of about 1000")
    yield Case((-far, Y, W, b, lam, kind), about="at scores of about -1000")
    X, Y, W, b = (rng.permutation(size) - 2 for size in (10, 5, 2, 1))
    integers = X.reshape(5, 2), Y.reshape(5, 1), W.reshape(2, 1) + 3, b
    yield Case((*integers, 0.5, "linear"), about="when the arrays hold integers")
    yield Case(
        (integers[0], _labels(rng, 5), *integers[2:], 1, "logistic"),
        about="when everything is an integer",
    )
    for case in (_linear(inputs, (4, 2, 2), 0.6), _logistic(inputs, (4, 2), 0.6)):
        named = dict(zip(_NAMES, case.args, strict=True))
        yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    x, w, b = np.array([[1.0], [2.0]]), np.array([[-1.0]]), np.array([0.5])
    y, label = np.array([[2.0], [4.5]]), np.array([[1], [0]])
    yield Case((x, y, w, b, 0.5, "linear"))
    yield Case((x, label, w, b, 0.5, "logistic"))
    yield Case((x[:1], y[:1], w, b, 0.5, "linear"))
    yield Case((x, y, 3 * w, b, 2.0, "linear"))
    for _ in range(2):
        yield _linear(inputs, (3, 2, 2), 0.5)
        yield _logistic(inputs, (3, 2), 0.5)
    yield Case((1000 * x, label, w, b, 0.5, "logistic"))
    yield Case((1000 * x, label, -w, b, 0.5, "logistic"))
    whole = np.array([[1], [2]]), np.array([[2], [4]]), np.array([[-1]]), np.array([1])
    yield Case((*whole, 0.5, "linear"))
    yield Case(kwargs=dict(zip(_NAMES, (x, y, w, b, 0.5, "linear"), strict=True)))


exercise = Exercise(
    homework="hw06_regularization",
    number="2.3",
    reference=reference.regularized_gradients,
    returns=("`dW`", "`db`"),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    tolerance=1e-5,
    equivalent_mutants={
        "np.asarray(W) -> W": ("the conversion is for nested lists, which are not graded"),
    },
)


@exercise.mistake
def penalty_missing(X, Y, W, b, lam, kind):
    """The gradient of the penalty is missing: add λW to dW."""
    from scipy.special import expit

    Z = X @ W + b
    error = (expit(Z) if kind == "logistic" else Z) - Y
    return X.T @ error / len(X), error.mean(axis=0)


@exercise.mistake
def penalty_divided_by_m(X, Y, W, b, lam, kind):
    """You divide λW by m: the penalty is not averaged over the samples."""
    from scipy.special import expit

    Z = X @ W + b
    error = (expit(Z) if kind == "logistic" else Z) - Y
    return (X.T @ error + lam * W) / len(X), error.mean(axis=0)


@exercise.mistake
def penalty_twice(X, Y, W, b, lam, kind):
    """You add 2λW: the gradient of (λ/2)‖W‖² is λW."""
    from scipy.special import expit

    Z = X @ W + b
    error = (expit(Z) if kind == "logistic" else Z) - Y
    return X.T @ error / len(X) + 2 * lam * W, error.mean(axis=0)


@exercise.mistake
def penalty_halved(X, Y, W, b, lam, kind):
    """You add (λ/2)W: the gradient of (λ/2)‖W‖² is λW."""
    from scipy.special import expit

    Z = X @ W + b
    error = (expit(Z) if kind == "logistic" else Z) - Y
    return X.T @ error / len(X) + lam / 2 * W, error.mean(axis=0)


@exercise.mistake
def penalty_subtracted(X, Y, W, b, lam, kind):
    """You subtract λW: the penalty grows with the weights, so its gradient is added."""
    from scipy.special import expit

    Z = X @ W + b
    error = (expit(Z) if kind == "logistic" else Z) - Y
    return X.T @ error / len(X) - lam * W, error.mean(axis=0)


@exercise.mistake
def value_of_the_penalty(X, Y, W, b, lam, kind):
    """You add the value of the penalty to the gradient: add *its* gradient, λW."""
    from scipy.special import expit

    Z = X @ W + b
    error = (expit(Z) if kind == "logistic" else Z) - Y
    return X.T @ error / len(X) + lam / 2 * np.sum(W**2), error.mean(axis=0)


@exercise.mistake
def signs_of_the_weights(X, Y, W, b, lam, kind):
    """You add λ sign(W), which belongs to the L1 penalty: add λW."""
    from scipy.special import expit

    Z = X @ W + b
    error = (expit(Z) if kind == "logistic" else Z) - Y
    return X.T @ error / len(X) + lam * np.sign(W), error.mean(axis=0)


@exercise.mistake
def bias_penalized(X, Y, W, b, lam, kind):
    """You penalize the bias as well: nothing is added to db."""
    from scipy.special import expit

    Z = X @ W + b
    error = (expit(Z) if kind == "logistic" else Z) - Y
    return X.T @ error / len(X) + lam * W, error.mean(axis=0) + lam * b


@exercise.mistake
def always_linear(X, Y, W, b, lam, kind):
    """You do not use `kind`: a logistic model predicts the sigmoid of the scores."""
    error = X @ W + b - Y
    return X.T @ error / len(X) + lam * W, error.mean(axis=0)


@exercise.mistake
def always_logistic(X, Y, W, b, lam, kind):
    """You take the sigmoid for both kinds: a linear model predicts the scores themselves."""
    from scipy.special import expit

    error = expit(X @ W + b) - Y
    return X.T @ error / len(X) + lam * W, error.mean(axis=0)


@exercise.mistake
def kinds_interchanged(X, Y, W, b, lam, kind):
    """Your two kinds are interchanged: the sigmoid belongs to "logistic"."""
    from scipy.special import expit

    Z = X @ W + b
    error = (expit(Z) if kind == "linear" else Z) - Y
    return X.T @ error / len(X) + lam * W, error.mean(axis=0)


@exercise.mistake
def threshold_in_place_of_the_sigmoid(X, Y, W, b, lam, kind):
    """Your logistic model answers 0 or 1: the gradient needs the probabilities."""
    Z = X @ W + b
    error = ((Z >= 0).astype(float) if kind == "logistic" else Z) - Y
    return X.T @ error / len(X) + lam * W, error.mean(axis=0)


@exercise.mistake
def derivative_of_the_sigmoid(X, Y, W, b, lam, kind):
    """You multiply by P(1 − P): with the cross-entropy this factor cancels, and the gradient is
    Xᵀ(P − Y)/m."""
    from scipy.special import expit

    Z = X @ W + b
    error = Z - Y
    if kind == "logistic":
        P = expit(Z)
        error = (P - Y) * P * (1 - P)
    return X.T @ error / len(X) + lam * W, error.mean(axis=0)


@exercise.mistake
def mean_missing(X, Y, W, b, lam, kind):
    """The factor 1/m is missing, in dW and in db."""
    from scipy.special import expit

    Z = X @ W + b
    error = (expit(Z) if kind == "logistic" else Z) - Y
    return X.T @ error + lam * W, error.sum(axis=0)


@exercise.mistake
def mean_missing_in_db(X, Y, W, b, lam, kind):
    """The factor 1/m is missing in db."""
    from scipy.special import expit

    Z = X @ W + b
    error = (expit(Z) if kind == "logistic" else Z) - Y
    return X.T @ error / len(X) + lam * W, error.sum(axis=0)


@exercise.mistake
def error_with_wrong_sign(X, Y, W, b, lam, kind):
    """Your error has the wrong sign: prediction minus target."""
    from scipy.special import expit

    Z = X @ W + b
    error = Y - (expit(Z) if kind == "logistic" else Z)
    return X.T @ error / len(X) + lam * W, error.mean(axis=0)


@exercise.mistake
def bias_left_out_of_the_scores(X, Y, W, b, lam, kind):
    """Your scores leave out the bias: `X @ W + b`."""
    from scipy.special import expit

    Z = X @ W
    error = (expit(Z) if kind == "logistic" else Z) - Y
    return X.T @ error / len(X) + lam * W, error.mean(axis=0)


@exercise.mistake
def db_as_a_row(X, Y, W, b, lam, kind):
    """`db` has shape (1, K): it has the shape of b, (K,)."""
    from scipy.special import expit

    Z = X @ W + b
    error = (expit(Z) if kind == "logistic" else Z) - Y
    return X.T @ error / len(X) + lam * W, error.mean(axis=0, keepdims=True)


@exercise.mistake
def one_db_for_all(X, Y, W, b, lam, kind):
    """Your `db` is one number: average over the samples (`axis=0`), so that an entry for each
    output remains, shape (K,)."""
    from scipy.special import expit

    Z = X @ W + b
    error = (expit(Z) if kind == "logistic" else Z) - Y
    return X.T @ error / len(X) + lam * W, error.mean()


@exercise.mistake
def sigmoid_overflows(X, Y, W, b, lam, kind):
    """Your sigmoid overflows at scores of about -1000: let no exponent be positive."""
    Z = X @ W + b
    error = (1 / (1 + np.exp(-Z)) if kind == "logistic" else Z) - Y
    return X.T @ error / len(X) + lam * W, error.mean(axis=0)


@exercise.mistake
def sigmoid_is_nan(X, Y, W, b, lam, kind):
    """Your sigmoid is `nan` at scores of about 1000, where `exp(z) / (1 + exp(z))` is inf / inf:
    let no exponent be positive."""
    Z = X @ W + b
    error = (np.exp(Z) / (1 + np.exp(Z)) if kind == "logistic" else Z) - Y
    return X.T @ error / len(X) + lam * W, error.mean(axis=0)


@exercise.mistake
def cut_to_integers(X, Y, W, b, lam, kind):
    """Where W holds integers your gradient is cut to integers: an array made by `np.zeros_like(W)`
    can't hold a fraction."""
    from scipy.special import expit

    Z = X @ W + b
    error = (expit(Z) if kind == "logistic" else Z) - Y
    dW = np.zeros_like(W)
    dW[:] = X.T @ error / len(X) + lam * W
    return dW, error.mean(axis=0)


@exercise.mistake
def weights_changed(X, Y, W, b, lam, kind):
    """You change the caller's `W` (`W *= …`): compute with a copy."""
    from scipy.special import expit

    Z = X @ W + b
    error = (expit(Z) if kind == "logistic" else Z) - Y
    dW = X.T @ error / len(X) + lam * W
    W *= 2
    return dW, error.mean(axis=0)


@exercise.variant
def sample_by_sample(X, Y, W, b, lam, kind):
    """A loop over the samples."""

    def sigmoid(z):
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, 1, e) / (1 + e)

    dW, db = lam * W.astype(float), np.zeros(len(b))
    for x, y in zip(X, Y):
        z = x @ W + b
        error = (sigmoid(z) if kind == "logistic" else z) - y
        dW += np.outer(x, error) / len(X)
        db += error / len(X)
    return dW, db


@exercise.variant
def column_of_ones(X, Y, W, b, lam, kind):
    """One matrix for weights and bias, and a 0 in the penalty."""
    from scipy.special import expit

    m = X.shape[0]
    A, V = np.column_stack([np.ones(m), X]), np.vstack([b, W])
    shrink = lam * V
    shrink[0] = 0
    predict = {"linear": lambda Z: Z, "logistic": expit}[kind]
    gradient = A.T @ (predict(A @ V) - Y) / m + shrink
    return gradient[1:], gradient[0]


@exercise.variant
def hyperbolic_tangent(X, Y, W, b, lam, kind):
    """The sigmoid by tanh, einsum, a list."""
    P = np.einsum("ij,jk->ik", X, W) + b
    if kind != "linear":
        P = (1 + np.tanh(P / 2)) / 2
    dW = np.einsum("ij,ik->jk", X, P - Y) / len(Y)
    return [dW + lam * W, np.sum(P - Y, axis=0) / len(Y)]


@exercise.variant
def masks(X, Y, W, b, lam, kind):
    """The sigmoid by a mask; in place on arrays of its own."""
    P = np.asarray(X @ W + b, dtype=float)
    if kind == "logistic":
        high = P >= 0
        P[high] = 1 / (1 + np.exp(-P[high]))
        P[~high] = np.exp(P[~high]) / (1 + np.exp(P[~high]))
    P -= Y
    P /= P.shape[0]
    dW = X.T.dot(P)
    dW += lam * W
    return dW, P.sum(0)
