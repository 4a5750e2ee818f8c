"""Exercise 3.2: the lasso by proximal gradient descent."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import regularization as reference
from autograder.reference.shapes import Array

_NAMES = ("X", "y", "lam", "lr", "n_steps")


def _centered(rng: np.random.Generator, m: int, n: int) -> tuple[Array, Array]:
    """Return centered data in which every second feature matters, the first one most.

    The third one has a negative weight.
    """
    X = rng.normal(size=(m, n))
    X -= X.mean(axis=0)
    weights = np.array([3.0, 0.1, -1.0, 0.1, 0.6, 0.1, 0.4, 0.1])[:n]
    y = X @ weights + 0.3 * rng.normal(size=m)
    return X, y - y.mean()


def _case(
    rng: np.random.Generator, shape: tuple[int, int], lam: float, n_steps: int, about: str = ""
) -> Case:
    """Steps of a stable size, which depends on the data."""
    X, y = _centered(rng, *shape)
    lr = rng.uniform(0.5, 0.8) / np.linalg.eigvalsh(X.T @ X / len(X)).max()
    return Case((X, y, lam, lr, n_steps), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    yield _case(rng, (12, 4), 0.4, 1)
    yield _case(rng, (10, 3), 0.3, 6)
    yield _case(rng, (15, 5), 0.5, 30)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    yield _case(rng, (8, 3), 0.0, 5, about="with lam = 0, plain gradient descent")
    yield _case(rng, (8, 3), 60.0, 5, about="when lam is so large that all weights stay 0")
    yield _case(rng, (5, 8), 0.2, 10, about="with fewer samples than features")
    yield _case(rng, (9, 1), 0.3, 4, about="with a single feature (n = 1)")
    x = rng.permutation(7) - 3
    X = np.column_stack([x, rng.permutation(7) - 3])
    about = "when X, y, lam and lr are integers"
    yield Case((4 * X // 4, 2 * x + X[:, 1] * rng.choice([-1, 1]), 1, 1, 1), about=about)
    about = "when X and y are integers"
    yield Case((X, 2 * x - X[:, 1], 0.3, 0.1, 4), about=about)
    named = dict(zip(_NAMES, _case(rng, (9, 3), 0.2, 5).args, strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    x, y = np.array([[1.0], [-1.0]]), np.array([3.0, -3.0])
    yield Case((x, y, 0.5, 0.5, 1))
    yield Case((x, y, 0.5, 0.5, 2))
    yield Case((-x, y, 0.5, 0.5, 2))
    X = np.array([[2.0, 1.0], [-2.0, 1.0], [0.0, -2.0]])
    target = np.array([4.0, -3.5, -0.5])
    yield Case((X, target, 0.5, 0.25, 1))
    yield Case((X, target, 0.5, 0.25, 2))
    yield Case((X, target, 0.5, 0.25, 3))
    yield Case((X, target, 0.75, 0.25, 6))
    yield Case((X.astype(int), np.array([4, -3, -1]), 0.5, 0.25, 2))
    yield Case((X, target, 0.0, 0.25, 2))
    yield Case(kwargs=dict(zip(_NAMES, (x, y, 0.5, 0.5, 1), strict=True)))
    yield _case(rng, (5, 3), 0.4, 3)
    yield _case(rng, (6, 4), 0.3, 10)


exercise = Exercise(
    homework="hw06_regularization",
    number="3.2",
    reference=reference.lasso_ista,
    returns=("`w`",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    tolerance=1e-4,  # many steps in float32 add up their errors
)


@exercise.mistake
def threshold_without_lr(X, y, lam, lr, n_steps):
    """Your threshold is λ: it is the learning rate times λ."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        v = w - lr * X.T @ (X @ w - y) / len(X)
        w = np.sign(v) * np.maximum(np.abs(v) - lam, 0)
    return w


@exercise.mistake
def threshold_without_lam(X, y, lam, lr, n_steps):
    """Your threshold is the learning rate: it is the learning rate times λ."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        v = w - lr * X.T @ (X @ w - y) / len(X)
        w = np.sign(v) * np.maximum(np.abs(v) - lr, 0)
    return w


@exercise.mistake
def threshold_divided_by_m(X, y, lam, lr, n_steps):
    """You divide the threshold by m: the penalty is not averaged over the samples."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        v = w - lr * X.T @ (X @ w - y) / len(X)
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam / len(X), 0)
    return w


@exercise.mistake
def threshold_halved(X, y, lam, lr, n_steps):
    """Your threshold is half as large as it should be: the penalty is λ Σ|w|, without a ½."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        v = w - lr * X.T @ (X @ w - y) / len(X)
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam / 2, 0)
    return w


@exercise.mistake
def mean_missing(X, y, lam, lr, n_steps):
    """The factor 1/m of the gradient is missing."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        v = w - lr * X.T @ (X @ w - y)
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    return w


@exercise.mistake
def gradient_twice(X, y, lam, lr, n_steps):
    """Your gradient is twice as large as it should be: half the mean squared error has the gradient
    Xᵀ(Xw − y)/m."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        v = w - lr * 2 * X.T @ (X @ w - y) / len(X)
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    return w


@exercise.mistake
def gradient_halved(X, y, lam, lr, n_steps):
    """Your gradient is divided by 2m: the 2 of the square cancels the ½, so divide by m."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        v = w - lr * X.T @ (X @ w - y) / (2 * len(X))
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    return w


@exercise.mistake
def uphill(X, y, lam, lr, n_steps):
    """Your steps go uphill: subtract the gradient."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        v = w + lr * X.T @ (X @ w - y) / len(X)
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    return w


@exercise.mistake
def subgradient(X, y, lam, lr, n_steps):
    """You step along a subgradient, `lam * np.sign(w)`, which never lands on exactly 0: step along
    the gradient of the squares alone, then apply the soft threshold."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - lr * (X.T @ (X @ w - y) / len(X) + lam * np.sign(w))
    return w


@exercise.mistake
def both_penalized(X, y, lam, lr, n_steps):
    """You penalize twice, by `lam * np.sign(w)` in the gradient and by the threshold: leave it out
    of the gradient."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        v = w - lr * (X.T @ (X @ w - y) / len(X) + lam * np.sign(w))
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    return w


@exercise.mistake
def no_penalty(X, y, lam, lr, n_steps):
    """This is plain gradient descent: after each step apply the soft threshold."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - lr * X.T @ (X @ w - y) / len(X)
    return w


@exercise.mistake
def weight_decay(X, y, lam, lr, n_steps):
    """You shrink the weights by a factor, as the L2 penalty does: apply the soft threshold."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - lr * (X.T @ (X @ w - y) / len(X) + lam * w)
    return w


@exercise.mistake
def hard_threshold(X, y, lam, lr, n_steps):
    """Your threshold leaves large weights as they are: the soft one moves them toward 0, too."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        v = w - lr * X.T @ (X @ w - y) / len(X)
        w = np.where(np.abs(v) > lr * lam, v, 0)
    return w


@exercise.mistake
def negative_weights_lost(X, y, lam, lr, n_steps):
    """All your negative weights become 0: the threshold works on the absolute value, and the sign
    comes back."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        v = w - lr * X.T @ (X @ w - y) / len(X)
        w = np.maximum(v - lr * lam, 0)
    return w


@exercise.mistake
def threshold_first(X, y, lam, lr, n_steps):
    """You apply the threshold before the step: first the step, then the threshold."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = np.sign(w) * np.maximum(np.abs(w) - lr * lam, 0)
        w = w - lr * X.T @ (X @ w - y) / len(X)
    return w


@exercise.mistake
def threshold_at_the_end(X, y, lam, lr, n_steps):
    """You apply the threshold once, after all steps: apply it after each step."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - lr * X.T @ (X @ w - y) / len(X)
    return np.sign(w) * np.maximum(np.abs(w) - lr * lam, 0)


@exercise.mistake
def one_step_too_few(X, y, lam, lr, n_steps):
    """You take one step too few: take `n_steps` steps."""
    w = np.zeros(X.shape[1])
    for _ in range(1, n_steps):
        v = w - lr * X.T @ (X @ w - y) / len(X)
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    return w


@exercise.mistake
def one_step_too_many(X, y, lam, lr, n_steps):
    """You take one step too many: take `n_steps` steps."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps + 1):
        v = w - lr * X.T @ (X @ w - y) / len(X)
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    return w


@exercise.mistake
def start_from_ones(X, y, lam, lr, n_steps):
    """You start from ones: start from zeros."""
    w = np.ones(X.shape[1])
    for _ in range(n_steps):
        v = w - lr * X.T @ (X @ w - y) / len(X)
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    return w


@exercise.mistake
def random_start(X, y, lam, lr, n_steps):
    """You start from random weights: start from zeros."""
    w = np.random.default_rng(0).normal(size=X.shape[1])
    for _ in range(n_steps):
        v = w - lr * X.T @ (X @ w - y) / len(X)
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    return w


@exercise.mistake
def one_weight_after_the_other(X, y, lam, lr, n_steps):
    """You update one weight after the other, each with the new values of those before: a step
    changes all of them at once."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        for j in range(len(w)):
            v = w[j] - lr * X[:, j] @ (X @ w - y) / len(X)
            w[j] = np.sign(v) * max(abs(v) - lr * lam, 0)
    return w


@exercise.mistake
def column_of_weights(X, y, lam, lr, n_steps):
    """`w` has shape (n, 1): it is flat, (n,)."""
    w = np.zeros((X.shape[1], 1))
    for _ in range(n_steps):
        v = w - lr * X.T @ (X @ w - y[:, None]) / len(X)
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    return w


@exercise.mistake
def bias_added(X, y, lam, lr, n_steps):
    """Your result has an entry for a bias: the data are centered, so there is none."""
    A = np.column_stack([np.ones(len(X)), X])
    w = np.zeros(A.shape[1])
    for _ in range(n_steps):
        v = w - lr * A.T @ (A @ w - y) / len(A)
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    return w


@exercise.mistake
def all_steps_returned(X, y, lam, lr, n_steps):
    """You return the weights of all steps: return the last ones, shape (n,)."""
    w, steps = np.zeros(X.shape[1]), []
    for _ in range(n_steps):
        v = w - lr * X.T @ (X @ w - y) / len(X)
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
        steps.append(w)
    return np.array(steps)


@exercise.mistake
def integer_weights(X, y, lam, lr, n_steps):
    """Where X holds integers your weights stay integers (`dtype=X.dtype`, `np.zeros_like`): they
    have to be floats."""
    w = np.zeros(X.shape[1], dtype=X.dtype)
    for _ in range(n_steps):
        v = w - lr * X.T @ (X @ w - y) / len(X)
        w[:] = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    return w


@exercise.mistake
def targets_changed(X, y, lam, lr, n_steps):
    """You change the caller's `y` (`y -= …`): compute the residuals in an array of your own."""
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        v = w - lr * X.T @ (X @ w - y) / len(X)
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    y -= 1
    return w


@exercise.variant
def three_ranges(X, y, lam, lr, n_steps):
    """The threshold as a function with three ranges."""

    def shrink(v, t):
        return np.where(v > t, v - t, np.where(v < -t, v + t, 0.0))

    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = shrink(w - lr * (X.T @ (X @ w - y)) / len(y), lr * lam)
    return w


@exercise.variant
def products_computed_once(X, y, lam, lr, n_steps):
    """XᵀX and Xᵀy before the loop, clipping, a while loop."""
    m, n = X.shape
    A, c = X.T @ X / m, X.T @ y / m
    w, done = np.zeros(n), 0
    while done < n_steps:
        v = w - lr * (A @ w - c)
        w = v - np.clip(v, -lr * lam, lr * lam)
        done += 1
    return w


@exercise.variant
def weight_by_weight(X, y, lam, lr, n_steps):
    """Loops over the weights, all updated from the same residuals."""
    m, n = X.shape
    w = [0.0] * n
    for _ in range(n_steps):
        residuals = [sum(X[i, j] * w[j] for j in range(n)) - y[i] for i in range(m)]
        new = []
        for j in range(n):
            v = w[j] - lr * sum(X[i, j] * residuals[i] for i in range(m)) / m
            new.append(max(v - lr * lam, 0) - max(-v - lr * lam, 0))
        w = new
    return np.array(w)


@exercise.variant
def single_precision(X, y, lam, lr, n_steps):
    """In float32, in place."""
    X, y = X.astype(np.float32), y.astype(np.float32)
    w = np.zeros(X.shape[1], dtype=np.float32)
    for _ in range(n_steps):
        w -= np.float32(lr) * np.mean(X * (X @ w - y)[:, None], axis=0)
        w[:] = np.sign(w) * np.maximum(np.abs(w) - np.float32(lr * lam), 0)
    return w
