"""Exercise 4.2: softmax regression by gradient descent."""

import numbers
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.hw05_softmax_svm.scores import TOLERANCE, classes
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Function, Part
from autograder.reference import softmax_svm as reference


def _case(
    inputs: Inputs, shape: tuple[int, int, int], lr: float, n_steps: int, about: str = ""
) -> Case:
    m, n, K = shape
    y = classes(inputs.rng, m, K)
    return Case((inputs.array(m, n) + inputs.array(n), y, K, lr, n_steps), about=about)


def _is_number(value: object) -> bool:
    flat = type(value) is np.ndarray and value.ndim == 0 and value.dtype.kind in "iuf"
    return flat or isinstance(value, numbers.Real)


def _observe(fit_softmax: Function, case: Case) -> Any:
    """Fit; a history in a list counts like one in an array."""
    result = fit_softmax(*case.args, **case.kwargs)
    if not isinstance(result, tuple | list) or len(result) != 3:
        return result
    W, b, history = result
    if isinstance(history, list | tuple) and all(map(_is_number, history)):
        history = np.array(history, dtype=float)
    return W, b, history


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, (6, 3, 4), 0.5, 1)
    for shape, lr, n_steps in [((8, 2, 3), 0.3, 6), ((5, 1, 2), 0.8, 4), ((7, 3, 3), 0.1, 9)]:
        yield _case(inputs, shape, lr, n_steps)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, (1, 2, 3), 0.4, 3, about="with a single sample (m = 1)")
    X = inputs.array(5, 2)
    about = "when class 0 and the last class do not occur in y"
    yield Case((X, np.array([1, 2, 2, 1, 2]), 4, 0.5, 3), about=about)
    # Four points that no linear model gets right; each step overshoots by far.
    corners = np.array([[1, 1], [-1, -1], [1, -1], [-1, 1]]) * 100.0
    X = np.repeat(corners, 2, axis=0) + rng.integers(-10, 11, (8, 2))
    y = rng.permutation(4)[[0, 0, 0, 1, 1, 1, 2, 3]]
    yield Case((X, y, 4, 1.0, 3), about="with features of about 100, which make huge scores")
    X, y = rng.integers(-2, 3, (6, 2)), classes(rng, 6, 3)
    yield Case((X, y, 3, 1, 4), about="when X and lr are integers")
    case = _case(inputs, (5, 2, 3), 0.2, 3)
    named = dict(zip(("X", "y", "K", "lr", "n_steps"), case.args, strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    x, y = np.array([[2.0]]), np.array([1])
    yield Case((x, y, 2, 1.0, 1))
    yield Case((x, y, 2, 0.5, 2))
    yield Case((np.array([[1.0], [2.0]]), np.array([1, 0]), 2, 0.5, 2))
    for shape, n_steps in [((2, 2, 2), 2), ((3, 2, 3), 2), ((4, 2, 3), 3)]:
        yield _case(inputs, shape, 0.5, n_steps)
    yield Case((np.array([[1.0], [2.0]]), np.array([1, 1]), 3, 0.5, 2))
    X = np.array([[100.0], [200.0], [300.0]])
    yield Case((X, np.array([0, 1, 0]), 2, 1.0, 3))
    yield Case((np.array([[1], [2]]), np.array([1, 0]), 2, 1, 2))
    named = {"X": x, "y": y, "K": 2, "lr": 0.5, "n_steps": 2}
    yield Case(kwargs=named)


exercise = Exercise(
    homework="hw05_softmax_svm",
    number="4.2",
    reference=reference.fit_softmax,
    returns=("`W`", "`b`", "`history`"),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    tolerance=10 * TOLERANCE,  # several steps in float32 add up their errors
)


@exercise.mistake
def loss_after_the_step(X, y, K, lr, n_steps):
    """Your history holds the loss after each step: note it down before the step, so that the first
    entry is log K."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        E = np.exp(S - S.max(axis=1, keepdims=True))
        error = E / E.sum(axis=1, keepdims=True) - Y
        W, b = W - lr * X.T @ error / m, b - lr * error.mean(axis=0)
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
    return W, b, history


@exercise.mistake
def one_loss_too_many(X, y, K, lr, n_steps):
    """Your history has n_steps + 1 entries: the loss after the last step does not belong to it."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), []
    for t in range(n_steps + 1):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history.append(np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y]))
        if t < n_steps:
            error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
            W, b = W - lr * X.T @ error / m, b - lr * error.mean(axis=0)
    return W, b, np.array(history)


@exercise.mistake
def one_step_too_few(X, y, K, lr, n_steps):
    """You take one step too few: the loop runs n_steps times, and each pass ends with a step."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        if t < n_steps - 1:
            W, b = W - lr * X.T @ error / m, b - lr * error.mean(axis=0)
    return W, b, history


@exercise.mistake
def random_start(X, y, K, lr, n_steps):
    """You start from random weights: start from zeros here, so that the first loss is log K."""
    m, Y = len(X), np.eye(K)[y]
    W, b = np.random.default_rng(0).normal(size=(X.shape[1], K)), np.zeros(K)
    history = np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        W, b = W - lr * X.T @ error / m, b - lr * error.mean(axis=0)
    return W, b, history


@exercise.mistake
def start_from_ones(X, y, K, lr, n_steps):
    """You start from ones: start from zeros, `np.zeros`, for W and for b."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.ones((X.shape[1], K)), np.ones(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        W, b = W - lr * X.T @ error / m, b - lr * error.mean(axis=0)
    return W, b, history


@exercise.mistake
def uphill(X, y, K, lr, n_steps):
    """Your steps go uphill: subtract the gradient."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        W, b = W + lr * X.T @ error / m, b + lr * error.mean(axis=0)
    return W, b, history


@exercise.mistake
def bias_stays_at_zero(X, y, K, lr, n_steps):
    """Your bias stays at zero: update it like the weights."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        W = W - lr * X.T @ error / m
    return W, b, history


@exercise.mistake
def mean_missing(X, y, K, lr, n_steps):
    """Your steps are m times too long: the factor 1/m of the gradients is missing."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        W, b = W - lr * X.T @ error, b - lr * error.sum(axis=0)
    return W, b, history


@exercise.mistake
def halved_steps(X, y, K, lr, n_steps):
    """Your steps are half as long as they should be: a cross-entropy is divided by m, the 2m
    belongs to squared errors."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        W, b = W - lr * X.T @ error / (2 * m), b - lr * error.mean(axis=0) / 2
    return W, b, history


@exercise.mistake
def updated_in_sequence(X, y, K, lr, n_steps):
    """You compute the gradient of `b` with the new `W`: compute both gradients first, then update
    both."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        W = W - lr * X.T @ error / m
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        b = b - lr * error.mean(axis=0)
    return W, b, history


@exercise.mistake
def one_sample_at_a_time(X, y, K, lr, n_steps):
    """You step after every sample: a step uses the gradient of all samples."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
        for i in range(m):
            s = X[i] @ W + b
            e = np.exp(s - s.max())
            error = e / e.sum() - Y[i]
            W, b = W - lr * np.outer(X[i], error) / m, b - lr * error / m
    return W, b, history


@exercise.mistake
def step_ignores_lr(X, y, K, lr, n_steps):
    """Your steps do not use `lr`: subtract `lr` times the gradient."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        W, b = W - 0.1 * X.T @ error / m, b - 0.1 * error.mean(axis=0)
    return W, b, history


@exercise.mistake
def history_of_sums(X, y, K, lr, n_steps):
    """Your history holds sums over the samples: divide the loss by m."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.sum(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        W, b = W - lr * X.T @ error / m, b - lr * error.mean(axis=0)
    return W, b, history


@exercise.mistake
def history_of_accuracies(X, y, K, lr, n_steps):
    """Your history holds accuracies: the cross-entropy is asked for."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(S.argmax(axis=1) == y)
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        W, b = W - lr * X.T @ error / m, b - lr * error.mean(axis=0)
    return W, b, history


@exercise.mistake
def history_left_out(X, y, K, lr, n_steps):
    """You return `W, b` without the history: three things are asked for, `W, b, history`."""
    m, Y = len(X), np.eye(K)[y]
    W, b = np.zeros((X.shape[1], K)), np.zeros(K)
    for _ in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        W, b = W - lr * X.T @ error / m, b - lr * error.mean(axis=0)
    return W, b


@exercise.mistake
def bias_as_a_row(X, y, K, lr, n_steps):
    """`b` has shape (1, K): it is flat, (K,)."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros((1, K)), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        W, b = W - lr * X.T @ error / m, b - lr * error.mean(axis=0)
    return W, b, history


@exercise.mistake
def classes_counted_in_y(X, y, K, lr, n_steps):
    """You count the classes in `y`: K says how many there are, also if some of them do not
    occur."""
    m, K = len(X), y.max() + 1
    Y = np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        W, b = W - lr * X.T @ error / m, b - lr * error.mean(axis=0)
    return W, b, history


@exercise.mistake
def maximum_not_subtracted(X, y, K, lr, n_steps):
    """Your softmax overflows when the scores get huge: subtract the largest score of each row
    before `np.exp`."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        E = np.exp(X @ W + b)
        P = E / E.sum(axis=1, keepdims=True)
        history[t] = -np.mean(np.log(P[np.arange(m), y]))
        W, b = W - lr * X.T @ (P - Y) / m, b - lr * (P - Y).mean(axis=0)
    return W, b, history


@exercise.mistake
def log_of_the_probability(X, y, K, lr, n_steps):
    """Your history takes the log of a probability, which is 0 in floating point when the true score
    is far below the others: compute the loss from the scores, `log(sum(exp(S))) - S[true]`."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        E = np.exp(S - S.max(axis=1, keepdims=True))
        P = E / E.sum(axis=1, keepdims=True)
        history[t] = -np.mean(np.log(P[np.arange(m), y]))
        W, b = W - lr * X.T @ (P - Y) / m, b - lr * (P - Y).mean(axis=0)
    return W, b, history


@exercise.mistake
def small_number_inside_the_log(X, y, K, lr, n_steps):
    """A small number inside the log caps the loss of your history: compute the loss from the
    scores, `log(sum(exp(S))) - S[true]`."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        E = np.exp(S - S.max(axis=1, keepdims=True))
        P = E / E.sum(axis=1, keepdims=True)
        history[t] = -np.mean(np.log(P[np.arange(m), y] + 1e-12))
        W, b = W - lr * X.T @ (P - Y) / m, b - lr * (P - Y).mean(axis=0)
    return W, b, history


@exercise.mistake
def integer_weights(X, y, K, lr, n_steps):
    """Where X holds integers your weights stay integers (`dtype=X.dtype`, `np.zeros_like`): they
    have to be floats."""
    m, Y = len(X), np.eye(K)[y]
    W, b = np.zeros((X.shape[1], K), dtype=X.dtype), np.zeros(K)
    history = np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        W = (W - lr * X.T @ error / m).astype(X.dtype)
        b = b - lr * error.mean(axis=0)
    return W, b, history


@exercise.mistake
def data_standardized_in_place(X, y, K, lr, n_steps):
    """You change the caller's `X` (`X -= …`): fit the data as they are."""
    m, Y = len(X), np.eye(K)[y]
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        history[t] = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(m), y])
        error = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True) - Y
        W, b = W - lr * X.T @ error / m, b - lr * error.mean(axis=0)
    X += 1
    return W, b, history


@exercise.variant
def functions_inside(X, y, K, lr, n_steps):
    """Small functions, and a list for the history."""

    def log_probabilities(W, b):
        S = X @ W + b
        S = S - S.max(axis=1, keepdims=True)
        return S - np.log(np.exp(S).sum(axis=1, keepdims=True))

    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), []
    for _ in range(n_steps):
        log_P = log_probabilities(W, b)
        history.append(float(-log_P[np.arange(len(y)), y].mean()))
        error = np.exp(log_P)
        error[np.arange(len(y)), y] -= 1
        W -= lr * X.T @ error / len(y)
        b -= lr * error.mean(axis=0)
    return W, b, history


@exercise.variant
def column_of_ones(X, y, K, lr, n_steps):
    """Bias and weights in one matrix."""
    m, n = X.shape
    A, Y = np.column_stack([np.ones(m), X]), np.eye(K)[y]
    W, history = np.zeros((n + 1, K)), np.empty(n_steps)
    for step in range(n_steps):
        S = A @ W
        log_P = S - np.logaddexp.reduce(S, axis=1, keepdims=True)
        history[step] = -np.sum(Y * log_P) / m
        W = W - lr / m * A.T @ (np.exp(log_P) - Y)
    return W[1:], W[0], history


@exercise.variant
def scipy_functions(X, y, K, lr, n_steps):
    """SciPy's functions, in a `while` loop."""
    from scipy.special import logsumexp, softmax

    W, b = np.zeros((X.shape[1], K)), np.zeros(K)
    losses = np.array([])
    while len(losses) < n_steps:
        S = X.dot(W) + b
        loss = np.mean(logsumexp(S, axis=1) - S[np.arange(len(y)), y])
        losses = np.append(losses, loss)
        D = softmax(S, axis=1) - (y[:, None] == np.arange(K))
        W, b = W - lr * np.einsum("ij,ik->jk", X, D) / len(y), b - lr * D.sum(axis=0) / len(y)
    return [W, b, losses]


@exercise.variant
def sums_over_samples(X, y, K, lr, n_steps):
    """One sample after the other, one step after all of them."""
    W, b, history = np.zeros((X.shape[1], K)), np.zeros(K), np.zeros(n_steps)
    for t in range(n_steps):
        dW, db, J = np.zeros_like(W), np.zeros_like(b), 0.0
        for x, k in zip(X, y):
            s = x @ W + b
            e = np.exp(s - s.max())
            J += np.log(e.sum()) + s.max() - s[k]
            p = e / e.sum()
            p[k] -= 1
            dW += np.outer(x, p)
            db += p
        history[t] = J / len(y)
        W -= lr * dW / len(y)
        b -= lr * db / len(y)
    return W, b, history
