"""Exercise 3.2: gradient descent on a loss whose gradient nobody wrote down."""

from collections.abc import Callable, Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import gradient_descent as reference
from autograder.reference.shapes import Array

_Loss = Callable[[Array, Array], float]
_ARGUMENTS = ("loss", "W0", "b0", "lr", "n_steps")


def _squares(X: Array, Y: Array) -> _Loss:
    def loss(W: Array, b: Array) -> float:
        return float(np.square(X @ W + b - Y).sum() / (2 * len(X)))

    return loss


def _soft_distances(X: Array, Y: Array) -> _Loss:
    """Return a loss that is no quadratic: distances with the corner at 0 rounded off."""

    def loss(W: Array, b: Array) -> float:
        return float(np.sqrt(1 + np.square(X @ W + b - Y)).sum() / len(X))

    return loss


def _case(
    inputs: Inputs, kind: str, shape: tuple[int, int], lr: float, n_steps: int, about: str = ""
) -> Case:
    """Few parameters and steps, since the loss is called twice for each of them in each step.

    The end is not near 0, where the errors of small differences would be large ones.
    """
    n, K = shape
    X, Y = 1.0 + 0.5 * inputs.array(5, n), 3.0 + inputs.array(5, K)
    loss = _squares(X, Y) if kind == "squares" else _soft_distances(X, Y)
    start = 2.0 + 0.5 * inputs.array(n, K), 2.0 + 0.5 * inputs.array(K)
    return Case((loss, *start, lr, n_steps), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, "squares", (2, 1), 0.2, 5)
    yield _case(inputs, "soft", (1, 2), 0.3, 4)
    yield _case(inputs, "squares", (3, 2), 0.1, 3)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, "squares", (2, 1), 0.1, 1, about="with one step (n_steps = 1)")
    loss, _, _, *rest = _case(inputs, "soft", (2, 1), 0.2, 3).args
    zeros = np.zeros((2, 1), dtype=int), np.zeros(1, dtype=int)
    yield Case((loss, *zeros, *rest), about="when the start is an array of integers")
    case = _case(inputs, "squares", (1, 1), 0.3, 2)
    named = dict(zip(_ARGUMENTS, case.args, strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _bowl(W: Array, b: Array) -> float:
    return float((W**2).sum() + W.sum() * b.sum() + (b**2).sum())


def _examples(_: np.random.Generator) -> Iterator[Case]:
    shown = {"loss": "lambda W, b: (W ** 2).sum() + W.sum() * b.sum() + (b ** 2).sum()"}
    W0, b0 = np.array([[4.0]]), np.array([2.0])
    for n_steps in (1, 2):
        yield Case((_bowl, W0, b0, 0.25, n_steps), shown=shown)
    yield Case((_bowl, np.array([[4.0], [1.0]]), b0, 0.25, 1), shown=shown)
    yield Case((_bowl, np.array([[4.0, 1.0]]), np.array([2.0, 0.5]), 0.1, 2), shown=shown)
    yield Case((_bowl, np.array([[4]]), np.array([2]), 0.1, 2), shown=shown)
    named = dict(zip(_ARGUMENTS, (_bowl, W0, b0, 0.25, 2), strict=True))
    yield Case(kwargs=named, shown=shown)


exercise = Exercise(
    homework="hw03_gradient_descent",
    number="3.2",
    reference=reference.optimize,
    returns=("`W`", "`b`", "`history`"),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    tolerance=1e-4,  # any small h, and differences to one side, are good enough
)


@exercise.mistake
def uphill(loss, W0, b0, lr, n_steps):
    """You add the gradient, which walks uphill: subtract it."""
    W, b, h = W0 + 0.0, b0 + 0.0, 1e-5
    history = []
    for _ in range(n_steps):
        history.append(loss(W, b))
        dW, db = np.zeros(W.shape), np.zeros(b.shape)
        for parameter, gradient in ((W, dW), (b, db)):
            for j in np.ndindex(parameter.shape):
                before = parameter[j]
                parameter[j] = before + h
                above = loss(W, b)
                parameter[j] = before - h
                gradient[j] = (above - loss(W, b)) / (2 * h)
                parameter[j] = before
        W, b = W + lr * dW, b + lr * db
    return W, b, np.array(history)


@exercise.mistake
def bias_left_alone(loss, W0, b0, lr, n_steps):
    """You move `W` only: `b` takes its step, too."""
    W, b, h = W0 + 0.0, b0 + 0.0, 1e-5
    history = []
    for _ in range(n_steps):
        history.append(loss(W, b))
        dW = np.zeros(W.shape)
        for j in np.ndindex(W.shape):
            E = np.zeros(W.shape)
            E[j] = h
            dW[j] = (loss(W + E, b) - loss(W - E, b)) / (2 * h)
        W = W - lr * dW
    return W, b, np.array(history)


@exercise.mistake
def bias_measured_at_the_new_weights(loss, W0, b0, lr, n_steps):
    """You move `W` before you measure the gradient of `b`: measure both first, then move both."""
    W, b, h = W0 + 0.0, b0 + 0.0, 1e-5
    history = []
    for _ in range(n_steps):
        history.append(loss(W, b))
        dW, db = np.zeros(W.shape), np.zeros(b.shape)
        for j in np.ndindex(W.shape):
            E = np.zeros(W.shape)
            E[j] = h
            dW[j] = (loss(W + E, b) - loss(W - E, b)) / (2 * h)
        W = W - lr * dW
        for j in np.ndindex(b.shape):
            e = np.zeros(b.shape)
            e[j] = h
            db[j] = (loss(W, b + e) - loss(W, b - e)) / (2 * h)
        b = b - lr * db
    return W, b, np.array(history)


@exercise.mistake
def two_missing(loss, W0, b0, lr, n_steps):
    """Your gradients are twice the right ones: the two points are 2h apart, so divide by 2h."""
    W, b, h = W0 + 0.0, b0 + 0.0, 1e-5
    history = []
    for _ in range(n_steps):
        history.append(loss(W, b))
        dW, db = np.zeros(W.shape), np.zeros(b.shape)
        for j in np.ndindex(W.shape):
            E = np.zeros(W.shape)
            E[j] = h
            dW[j] = (loss(W + E, b) - loss(W - E, b)) / h
        for j in np.ndindex(b.shape):
            e = np.zeros(b.shape)
            e[j] = h
            db[j] = (loss(W, b + e) - loss(W, b - e)) / h
        W, b = W - lr * dW, b - lr * db
    return W, b, np.array(history)


@exercise.mistake
def all_entries_at_once(loss, W0, b0, lr, n_steps):
    """You move all entries of a parameter at once when you measure: move one, and leave the others
    where they are."""
    W, b, h = W0 + 0.0, b0 + 0.0, 1e-5
    history = []
    for _ in range(n_steps):
        history.append(loss(W, b))
        dW = (loss(W + h, b) - loss(W - h, b)) / (2 * h)
        db = (loss(W, b + h) - loss(W, b - h)) / (2 * h)
        W, b = W - lr * dW, b - lr * db
    return W, b, np.array(history)


@exercise.mistake
def gradient_of_the_start(loss, W0, b0, lr, n_steps):
    """You measure the gradient once, before the loop: measure it anew in each step."""
    W, b, h = W0 + 0.0, b0 + 0.0, 1e-5
    dW, db = np.zeros(W.shape), np.zeros(b.shape)
    for j in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[j] = h
        dW[j] = (loss(W + E, b) - loss(W - E, b)) / (2 * h)
    for j in np.ndindex(b.shape):
        e = np.zeros(b.shape)
        e[j] = h
        db[j] = (loss(W, b + e) - loss(W, b - e)) / (2 * h)
    history = []
    for _ in range(n_steps):
        history.append(loss(W, b))
        W, b = W - lr * dW, b - lr * db
    return W, b, np.array(history)


@exercise.mistake
def losses_after_the_steps(loss, W0, b0, lr, n_steps):
    """Your history holds the loss after each step: record it before the step, so that the first
    entry belongs to the start."""
    W, b, h = W0 + 0.0, b0 + 0.0, 1e-5
    history = []
    for _ in range(n_steps):
        dW, db = np.zeros(W.shape), np.zeros(b.shape)
        for j in np.ndindex(W.shape):
            E = np.zeros(W.shape)
            E[j] = h
            dW[j] = (loss(W + E, b) - loss(W - E, b)) / (2 * h)
        for j in np.ndindex(b.shape):
            e = np.zeros(b.shape)
            e[j] = h
            db[j] = (loss(W, b + e) - loss(W, b - e)) / (2 * h)
        W, b = W - lr * dW, b - lr * db
        history.append(loss(W, b))
    return W, b, np.array(history)


@exercise.mistake
def last_loss_too(loss, W0, b0, lr, n_steps):
    """Your history holds the loss at the end, too: it has `n_steps` entries, one before each
    step."""
    W, b, h = W0 + 0.0, b0 + 0.0, 1e-5
    history = [loss(W, b)]
    for _ in range(n_steps):
        dW, db = np.zeros(W.shape), np.zeros(b.shape)
        for j in np.ndindex(W.shape):
            E = np.zeros(W.shape)
            E[j] = h
            dW[j] = (loss(W + E, b) - loss(W - E, b)) / (2 * h)
        for j in np.ndindex(b.shape):
            e = np.zeros(b.shape)
            e[j] = h
            db[j] = (loss(W, b + e) - loss(W, b - e)) / (2 * h)
        W, b = W - lr * dW, b - lr * db
        history.append(loss(W, b))
    return W, b, np.array(history)


@exercise.mistake
def norms_recorded(loss, W0, b0, lr, n_steps):
    """Your history holds norms of the gradient: record the loss before each step."""
    W, b, h = W0 + 0.0, b0 + 0.0, 1e-5
    history = []
    for _ in range(n_steps):
        dW, db = np.zeros(W.shape), np.zeros(b.shape)
        for j in np.ndindex(W.shape):
            E = np.zeros(W.shape)
            E[j] = h
            dW[j] = (loss(W + E, b) - loss(W - E, b)) / (2 * h)
        for j in np.ndindex(b.shape):
            e = np.zeros(b.shape)
            e[j] = h
            db[j] = (loss(W, b + e) - loss(W, b - e)) / (2 * h)
        history.append(np.sqrt((dW**2).sum() + (db**2).sum()))
        W, b = W - lr * dW, b - lr * db
    return W, b, np.array(history)


@exercise.mistake
def best_parameters_kept(loss, W0, b0, lr, n_steps):
    """You return the parameters before the last step: return those after it."""
    W, b, h = W0 + 0.0, b0 + 0.0, 1e-5
    history = []
    for _ in range(n_steps):
        old_W, old_b = W, b
        history.append(loss(W, b))
        dW, db = np.zeros(W.shape), np.zeros(b.shape)
        for j in np.ndindex(W.shape):
            E = np.zeros(W.shape)
            E[j] = h
            dW[j] = (loss(W + E, b) - loss(W - E, b)) / (2 * h)
        for j in np.ndindex(b.shape):
            e = np.zeros(b.shape)
            e[j] = h
            db[j] = (loss(W, b + e) - loss(W, b - e)) / (2 * h)
        W, b = W - lr * dW, b - lr * db
    return old_W, old_b, np.array(history)


@exercise.mistake
def start_changed(loss, W0, b0, lr, n_steps):
    """You change the caller's `W0` and `b0` (`-=`): work on copies that are floats."""
    W, b, h = W0, b0, 1e-5
    history = []
    for _ in range(n_steps):
        history.append(loss(W, b))
        dW, db = np.zeros(W.shape), np.zeros(b.shape)
        for j in np.ndindex(W.shape):
            E = np.zeros(W.shape)
            E[j] = h
            dW[j] = (loss(W + E, b) - loss(W - E, b)) / (2 * h)
        for j in np.ndindex(b.shape):
            e = np.zeros(b.shape)
            e[j] = h
            db[j] = (loss(W, b + e) - loss(W, b - e)) / (2 * h)
        W -= lr * dW
        b -= lr * db
    return W, b, np.array(history)


@exercise.mistake
def integers_stay_integers(loss, W0, b0, lr, n_steps):
    """A copy of an array of integers cannot move by h: start from copies that are floats
    (`astype(float)`)."""
    W, b, h = W0.copy(), b0.copy(), 1e-5
    history = []
    for _ in range(n_steps):
        history.append(loss(W, b))
        dW, db = np.zeros(W.shape), np.zeros(b.shape)
        for parameter, gradient in ((W, dW), (b, db)):
            for j in np.ndindex(parameter.shape):
                before = parameter[j]
                parameter[j] = before + h
                above = loss(W, b)
                parameter[j] = before - h
                gradient[j] = (above - loss(W, b)) / (2 * h)
                parameter[j] = before
        W, b = W - lr * dW, b - lr * db
    return W, b, np.array(history)


@exercise.mistake
def history_as_a_list(loss, W0, b0, lr, n_steps):
    """Your history is a list: make an array of it (`np.array`)."""
    W, b, h = W0 + 0.0, b0 + 0.0, 1e-5
    history = []
    for _ in range(n_steps):
        history.append(loss(W, b))
        dW, db = np.zeros(W.shape), np.zeros(b.shape)
        for j in np.ndindex(W.shape):
            E = np.zeros(W.shape)
            E[j] = h
            dW[j] = (loss(W + E, b) - loss(W - E, b)) / (2 * h)
        for j in np.ndindex(b.shape):
            e = np.zeros(b.shape)
            e[j] = h
            db[j] = (loss(W, b + e) - loss(W, b - e)) / (2 * h)
        W, b = W - lr * dW, b - lr * db
    return W, b, history


@exercise.mistake
def history_left_out(loss, W0, b0, lr, n_steps):
    """You return the parameters alone: return three things, `W, b, history`."""
    W, b, h = W0 + 0.0, b0 + 0.0, 1e-5
    for _ in range(n_steps):
        dW, db = np.zeros(W.shape), np.zeros(b.shape)
        for j in np.ndindex(W.shape):
            E = np.zeros(W.shape)
            E[j] = h
            dW[j] = (loss(W + E, b) - loss(W - E, b)) / (2 * h)
        for j in np.ndindex(b.shape):
            e = np.zeros(b.shape)
            e[j] = h
            db[j] = (loss(W, b + e) - loss(W, b - e)) / (2 * h)
        W, b = W - lr * dW, b - lr * db
    return W, b


@exercise.mistake
def last_loss_alone(loss, W0, b0, lr, n_steps):
    """Your history is one number: record the loss before each step."""
    W, b, h = W0 + 0.0, b0 + 0.0, 1e-5
    for _ in range(n_steps):
        dW, db = np.zeros(W.shape), np.zeros(b.shape)
        for j in np.ndindex(W.shape):
            E = np.zeros(W.shape)
            E[j] = h
            dW[j] = (loss(W + E, b) - loss(W - E, b)) / (2 * h)
        for j in np.ndindex(b.shape):
            e = np.zeros(b.shape)
            e[j] = h
            db[j] = (loss(W, b + e) - loss(W, b - e)) / (2 * h)
        W, b = W - lr * dW, b - lr * db
    return W, b, loss(W, b)


@exercise.variant
def differences_to_one_side(loss, W0, b0, lr, n_steps):
    """Differences to one side, which are less exact and good enough here."""
    W, b, h = np.array(W0, dtype=float), np.array(b0, dtype=float), 1e-6
    history = np.zeros(n_steps)
    for t in range(n_steps):
        history[t] = loss(W, b)
        dW = np.zeros(W.shape)
        for i in range(W.shape[0]):
            for k in range(W.shape[1]):
                moved = W.copy()
                moved[i, k] += h
                dW[i, k] = (loss(moved, b) - history[t]) / h
        db = np.array([(loss(W, b + h * e) - history[t]) / h for e in np.eye(len(b))])
        W, b = W - lr * dW, b - lr * db
    return W, b, history


@exercise.variant
def one_long_vector(loss, W0, b0, lr, n_steps):
    """Weights and bias as one long vector."""
    size, h = W0.size, 1e-4

    def J(theta):
        return loss(theta[:size].reshape(W0.shape), theta[size:])

    theta = np.concatenate([W0.ravel(), b0]).astype(float)
    history = []
    for _ in range(n_steps):
        history.append(J(theta))
        theta = theta - lr * np.array([(J(theta + e) - J(theta - e)) / (2 * h)
                                       for e in h * np.eye(theta.size)])  # fmt: skip
    return theta[:size].reshape(W0.shape), theta[size:], np.array(history)


@exercise.variant
def helper_inside(loss, W0, b0, lr, n_steps):
    """A helper of its own that measures any array."""

    def slope(f, w, h=1e-5):
        gradient = np.zeros(w.shape)
        for j in np.ndindex(w.shape):
            step = np.zeros(w.shape)
            step[j] = h
            gradient[j] = (f(w + step) - f(w - step)) / (2 * h)
        return gradient

    W, b = W0, b0
    history = []
    for _ in range(n_steps):
        history.append(loss(W, b))
        dW = slope(lambda V: loss(V, b), W)
        db = slope(lambda c: loss(W, c), b)
        W = W - lr * dW
        b = b - lr * db
    return W, b, np.array(history)


@exercise.variant
def moved_in_place(loss, W0, b0, lr, n_steps):
    """Float copies that are moved in place, with the arguments of the loss by name."""
    W, b, h = W0.astype(float), b0.astype(float), 1e-5
    history = []
    for _ in range(n_steps):
        history += [float(loss(W=W, b=b))]
        grads = []
        for p in (W, b):
            g = np.zeros_like(p)
            for j in np.ndindex(p.shape):
                kept = p[j]
                p[j] = kept + h
                above = loss(W=W, b=b)
                p[j] = kept - h
                g[j] = (above - loss(W=W, b=b)) / (2 * h)
                p[j] = kept
            grads.append(g)
        W -= lr * grads[0]
        b -= lr * grads[1]
    return [W, b, np.asarray(history)]
