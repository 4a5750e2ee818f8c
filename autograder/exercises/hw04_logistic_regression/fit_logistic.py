"""Exercise 4.2: gradient descent on the binary cross-entropy."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.hw04_logistic_regression import draws
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Function, Part
from autograder.reference import logistic_regression as reference


def _data(rng: np.random.Generator, m: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Data whose classes overlap and have different means."""
    Y = draws.labels(rng, m)
    return Inputs(rng).array(m, n) + 1.5 * Y, Y


def _huge(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Data in thousands: a point with both labels and its mirror image, so no weights suit all."""
    X = 1000 * Inputs(rng).array(5, 2)
    X[1], X[2] = X[0], -X[0]
    return X, np.array([[0], [1], [1], [0], [1]])


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for m, n, lr, n_steps in [(8, 2, 0.5, 6), (12, 1, 0.1, 20), (6, 3, 1.0, 4)]:
        yield Case((*_data(rng, m, n), lr, n_steps))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((*_data(rng, 1, 2), 0.5, 3), about="with a single sample (m = 1)")
    yield Case((*_data(rng, 5, 2), 0.3, 1), about="with a single step")
    X = np.repeat(Inputs(rng).array(3, 2), 2, axis=0)
    Y = np.array([[0], [1]] * 3)
    yield Case((X, Y, 0.5, 4), about="where the gradients are zero from the start")
    yield Case((*_huge(rng), 1.0, 5), about="where scores grow to many thousands")
    integers = rng.integers(-3, 4, (7, 2)), draws.labels(rng, 7), 1, 3
    yield Case(integers, about="with integer arrays and an integer learning rate")
    X, Y = _data(rng, 5, 2)
    named = {"X": X, "Y": Y.astype(float), "lr": 0.2, "n_steps": 4}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    for X, Y, lr, n_steps in [
        ([[1.0]], [[0]], 1.0, 1),
        ([[0.0], [2.0]], [[0], [1]], 1.0, 1),
        ([[0.0], [2.0]], [[0], [1]], 1.0, 2),
        ([[0.0], [1.0], [2.0]], [[0], [1], [1]], 0.5, 3),
        ([[0.0, 1.0], [2.0, -1.0], [1.0, 1.5]], [[0], [1], [1]], 0.5, 3),
        ([[0], [3], [1]], [[1], [0], [0]], 1, 2),
        ([[1.0], [1.0]], [[0], [1]], 0.5, 3),
        ([[1000.0], [1000.0], [-1000.0]], [[0], [1], [1]], 1.0, 3),
    ]:
        yield Case((np.array(X), np.array(Y), lr, n_steps))
    named = {"X": np.array([[0.0], [2.0]]), "Y": np.array([[0], [1]]), "lr": 1.0, "n_steps": 2}
    yield Case(kwargs=named)


def _observe(fit_logistic: Function, case: Case) -> Any:
    """Fit; a list of losses is as good as an array of them."""
    result = fit_logistic(*case.args, **case.kwargs)
    if isinstance(result, tuple | list) and len(result) == 3 and isinstance(result[2], list):
        losses = result[2]
        if losses and all(np.ndim(loss) == 0 for loss in losses):
            return (result[0], result[1], np.array(losses))
    return result


exercise = Exercise(
    homework="hw04_logistic_regression",
    number="4.2",
    reference=reference.fit_logistic,
    returns=("`W`", "`b`", "`history`"),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
)


@exercise.mistake
def history_after_the_step(X, Y, lr, n_steps):
    """Your history holds the loss after each step: compute it before the step, so that the first
    entry is ln 2."""
    from scipy.special import expit

    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        E = expit(X @ W + b) - Y
        W = W - lr * X.T @ E / len(X)
        b = b - lr * E.mean(axis=0)
        Z = X @ W + b
        history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
    return W, b, np.array(history)


@exercise.mistake
def updated_in_sequence(X, Y, lr, n_steps):
    """You update `W` and then compute the gradient for `b` with the new `W`: compute both gradients
    first, then update both."""
    from scipy.special import expit

    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        Z = X @ W + b
        history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
        W = W - lr * X.T @ (expit(Z) - Y) / len(X)
        b = b - lr * (expit(X @ W + b) - Y).mean(axis=0)
    return W, b, np.array(history)


@exercise.mistake
def uphill(X, Y, lr, n_steps):
    """You add the gradients, so the loss grows: subtract them."""
    from scipy.special import expit

    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        Z = X @ W + b
        history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
        E = expit(Z) - Y
        W = W + lr * X.T @ E / len(X)
        b = b + lr * E.mean(axis=0)
    return W, b, np.array(history)


@exercise.mistake
def bias_not_trained(X, Y, lr, n_steps):
    """Your bias stays 0: it has a gradient of its own and is updated as well."""
    from scipy.special import expit

    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        Z = X @ W + b
        history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
        W = W - lr * X.T @ (expit(Z) - Y) / len(X)
    return W, b, np.array(history)


@exercise.mistake
def mean_missing(X, Y, lr, n_steps):
    """The factor 1/m is missing in your gradients, so every step is m times too long."""
    from scipy.special import expit

    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        Z = X @ W + b
        history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
        E = expit(Z) - Y
        W = W - lr * X.T @ E
        b = b - lr * E.sum(axis=0)
    return W, b, np.array(history)


@exercise.mistake
def sigmoid_missing(X, Y, lr, n_steps):
    """You use the gradients of *linear* regression: the scores have to go through the sigmoid."""
    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        Z = X @ W + b
        history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
        E = Z - Y
        W = W - lr * X.T @ E / len(X)
        b = b - lr * E.mean(axis=0)
    return W, b, np.array(history)


@exercise.mistake
def learning_rate_ignored(X, Y, lr, n_steps):
    """You ignore the learning rate: a step is `lr` times the gradient."""
    from scipy.special import expit

    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        Z = X @ W + b
        history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
        E = expit(Z) - Y
        W = W - X.T @ E / len(X)
        b = b - E.mean(axis=0)
    return W, b, np.array(history)


@exercise.mistake
def started_at_ones(X, Y, lr, n_steps):
    """You start from ones: start from zeros, so that the first loss is ln 2."""
    from scipy.special import expit

    W, b, history = np.ones((X.shape[1], 1)), np.ones(1), []
    for _ in range(n_steps):
        Z = X @ W + b
        history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
        E = expit(Z) - Y
        W = W - lr * X.T @ E / len(X)
        b = b - lr * E.mean(axis=0)
    return W, b, np.array(history)


@exercise.mistake
def one_loss_too_many(X, Y, lr, n_steps):
    """Your history has one loss too many, the one after the last step: it holds the loss before
    each of the `n_steps` steps."""
    from scipy.special import expit

    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        Z = X @ W + b
        history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
        E = expit(Z) - Y
        W = W - lr * X.T @ E / len(X)
        b = b - lr * E.mean(axis=0)
    Z = X @ W + b
    history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
    return W, b, np.array(history)


@exercise.mistake
def one_step_too_few(X, Y, lr, n_steps):
    """You take one step too few: after the last loss there is a last step."""
    from scipy.special import expit

    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for step in range(n_steps):
        Z = X @ W + b
        history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
        if step < n_steps - 1:
            E = expit(Z) - Y
            W = W - lr * X.T @ E / len(X)
            b = b - lr * E.mean(axis=0)
    return W, b, np.array(history)


@exercise.mistake
def stopped_early(X, Y, lr, n_steps):
    """You stop when the loss no longer changes, so your history is shorter: take all `n_steps`
    steps."""
    from scipy.special import expit

    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        Z = X @ W + b
        history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
        if len(history) > 1 and abs(history[-1] - history[-2]) < 1e-9:
            break
        E = expit(Z) - Y
        W = W - lr * X.T @ E / len(X)
        b = b - lr * E.mean(axis=0)
    return W, b, np.array(history)


@exercise.mistake
def last_loss_only(X, Y, lr, n_steps):
    """You return the last loss only: return the losses before all steps, `n_steps` of them."""
    from scipy.special import expit

    W, b, loss = np.zeros((X.shape[1], 1)), np.zeros(1), 0.0
    for _ in range(n_steps):
        Z = X @ W + b
        loss = np.mean(np.logaddexp(0, Z) - Z * Y)
        E = expit(Z) - Y
        W = W - lr * X.T @ E / len(X)
        b = b - lr * E.mean(axis=0)
    return W, b, loss


@exercise.mistake
def squared_errors_in_history(X, Y, lr, n_steps):
    """Your history holds squared errors: it holds the binary cross-entropy."""
    from scipy.special import expit

    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        E = expit(X @ W + b) - Y
        history.append(np.mean(E**2))
        W = W - lr * X.T @ E / len(X)
        b = b - lr * E.mean(axis=0)
    return W, b, np.array(history)


@exercise.mistake
def losses_through_probabilities(X, Y, lr, n_steps):
    """Where scores are large the losses of your history are nan or infinite: compute them from the
    scores, as in `bce_with_logits`."""
    from scipy.special import expit

    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        P = expit(X @ W + b)
        history.append(-np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P)))
        W = W - lr * X.T @ (P - Y) / len(X)
        b = b - lr * (P - Y).mean(axis=0)
    return W, b, np.array(history)


@exercise.mistake
def losses_of_clipped_probabilities(X, Y, lr, n_steps):
    """Where scores are large the losses of your history are too small, because you clip
    probabilities: compute them from the scores, as in `bce_with_logits`."""
    from scipy.special import expit

    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        P = expit(X @ W + b)
        P_safe = np.clip(P, 1e-15, 1 - 1e-15)
        history.append(-np.mean(Y * np.log(P_safe) + (1 - Y) * np.log(1 - P_safe)))
        W = W - lr * X.T @ (P - Y) / len(X)
        b = b - lr * (P - Y).mean(axis=0)
    return W, b, np.array(history)


@exercise.mistake
def overflow(X, Y, lr, n_steps):
    """`np.exp` overflows where scores are very negative: use `expit`, or a sigmoid that is safe."""
    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        Z = X @ W + b
        history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
        E = 1 / (1 + np.exp(-Z)) - Y
        W = W - lr * X.T @ E / len(X)
        b = b - lr * E.mean(axis=0)
    return W, b, np.array(history)


@exercise.mistake
def matrices_in_history(X, Y, lr, n_steps):
    """The losses of your history are arrays of shape (1, 1): a loss is a single float."""
    from scipy.special import expit

    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        Z = X @ W + b
        ones = np.ones((1, len(X)))
        history.append(ones @ (np.logaddexp(0, Z) - Z * Y) / len(X))
        E = expit(Z) - Y
        W = W - lr * X.T @ E / len(X)
        b = b - lr * E.mean(axis=0)
    return W, b, np.array(history)


@exercise.mistake
def bias_as_a_matrix(X, Y, lr, n_steps):
    """`b` has shape (1, 1): it is (1,), so let the mean over the samples drop its axis."""
    from scipy.special import expit

    W, b, history = np.zeros((X.shape[1], 1)), np.zeros((1, 1)), []
    for _ in range(n_steps):
        Z = X @ W + b
        history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
        E = expit(Z) - Y
        W = W - lr * X.T @ E / len(X)
        b = b - lr * E.mean(axis=0, keepdims=True)
    return W, b, np.array(history)


@exercise.mistake
def weights_cut_to_integers(X, Y, lr, n_steps):
    """Where X holds integers your weights are cut to integers: start from zeros that are floats
    (`np.zeros_like` copies the type as well)."""
    from scipy.special import expit

    W, b, history = np.zeros_like(X[:1].T), np.zeros(1), []
    for _ in range(n_steps):
        Z = X @ W + b
        history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
        E = expit(Z) - Y
        W[:] = W - lr * X.T @ E / len(X)
        b -= lr * E.mean(axis=0)
    return W, b, np.array(history)


@exercise.mistake
def data_rescaled_in_place(X, Y, lr, n_steps):
    """You change the caller's `X` or `Y`: work on a copy."""
    from scipy.special import expit

    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        Z = X @ W + b
        history.append(np.mean(np.logaddexp(0, Z) - Z * Y))
        E = expit(Z) - Y
        W = W - lr * X.T @ E / len(X)
        b = b - lr * E.mean(axis=0)
    X -= X.mean(axis=0).astype(X.dtype) + 1
    return W, b, np.array(history)


@exercise.variant
def list_of_losses(X, Y, lr, n_steps):
    """A list of losses, updates in place, a tanh."""
    W, b, history = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(n_steps):
        Z = X @ W + b
        history.append(float(np.mean(np.maximum(Z, 0) - Z * Y + np.log1p(np.exp(-np.abs(Z))))))
        E = (1 + np.tanh(Z / 2)) / 2 - Y
        W -= lr * (X.T @ E) / len(X)
        b -= lr * E.mean(axis=0)
    return W, b, history


@exercise.variant
def column_of_ones(X, Y, lr, n_steps):
    """The bias as one more weight, a history that is filled."""
    from scipy.special import expit

    m, n = X.shape
    ones = np.column_stack([np.ones(m), X])
    theta, history = np.zeros((n + 1, 1)), np.zeros(n_steps)
    for t in range(n_steps):
        Z = ones @ theta
        history[t] = np.logaddexp(0, (1 - 2 * Y) * Z).mean()
        theta = theta - lr / m * (ones.T @ (expit(Z) - Y))
    return theta[1:], theta[0], history


@exercise.variant
def helpers_inside(X, Y, lr, n_steps):
    """Functions inside of the function."""
    from scipy.special import expit, log_expit

    def loss(W, b):
        Z = X @ W + b
        return -np.mean(Y * log_expit(Z) + (1 - Y) * log_expit(-Z))

    def gradients(W, b):
        E = expit(X @ W + b) - Y
        return X.T @ E / X.shape[0], np.mean(E, axis=0)

    params = [np.zeros((X.shape[1], 1)), np.zeros((1,))]
    history = []
    for _ in range(n_steps):
        history += [loss(*params)]
        params = [p - lr * g for p, g in zip(params, gradients(*params))]
    return params[0], params[1], np.array(history)


@exercise.variant
def flat_inside(X, Y, lr, n_steps):
    """Flat arrays inside, the right shapes at the end."""
    from scipy.special import expit

    y, w, c = Y.ravel(), np.zeros(X.shape[1]), 0.0
    losses = []
    while len(losses) < n_steps:
        z = X.dot(w) + c
        losses.append(np.logaddexp(0, z).mean() - (z * y).mean())
        e = expit(z) - y
        w, c = w - lr * X.T.dot(e) / y.size, c - lr * e.mean()
    return w[:, np.newaxis], np.array([c]), np.asarray(losses)
