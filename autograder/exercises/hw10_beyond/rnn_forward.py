"""Exercise 2.1: the states of a recurrent network along a sequence."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import beyond as reference
from autograder.reference.shapes import Array


def _arguments(inputs: Inputs, T: int, n: int, h: int) -> tuple[Array, ...]:
    return (
        inputs.array(T, n),
        inputs.array(h),
        inputs.array(n, h),
        inputs.array(h, h) / 2,
        inputs.array(h) / 2,
    )


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for T, n, h in [(5, 3, 2), (4, 2, 3), (7, 3, 3), (3, 1, 4)]:
        yield Case(_arguments(inputs, T, n, h))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield Case(_arguments(inputs, 1, 3, 2), about="with a sequence of one step (T = 1)")
    yield Case(_arguments(inputs, 5, 1, 1), about="with one input and one unit (n = h = 1)")
    whole = [rng.integers(-1, 2, s) for s in [(4, 2), (3,), (2, 3), (3, 3), (3,)]]
    yield Case(tuple(whole), about="with integer arrays")
    named = dict(zip(("X", "h0", "Wx", "Wh", "b"), _arguments(inputs, 4, 2, 3), strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    X, h0, Wx, Wh, b = (np.array(v) for v in ([[1.0], [0.5]], [0.5], [[1.0]], [[-1.0]], [0.25]))
    yield Case((X[:1], h0, Wx, Wh, b))
    yield Case((X, h0, Wx, Wh, b))
    for T, n, h in [(2, 2, 2), (3, 2, 3), (3, 3, 3)]:
        X, h0, Wx, Wh, b = _arguments(inputs, T, n, h)
        yield Case((X / 4, h0 / 4, Wx / 4, Wh / 2, b / 4))
    yield Case(
        (np.array([[1], [0]]), np.array([0]), np.array([[1]]), np.array([[2]]), np.array([0]))
    )
    yield Case(kwargs={"X": X, "h0": h0, "Wx": Wx, "Wh": Wh, "b": b})


exercise = Exercise(
    homework="hw10_beyond",
    number="2.1",
    reference=reference.rnn_forward,
    returns=("the result",),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    tolerance=1e-5,
)


@exercise.mistake
def state_not_carried_on(X, h0, Wx, Wh, b):
    """Every step starts from `h0`: it starts from the state that the step before returned."""
    return np.array([np.tanh(x @ Wx + h0 @ Wh + b) for x in X])


@exercise.mistake
def no_state_at_all(X, h0, Wx, Wh, b):
    """The state of the step before is missing: add `h @ Wh`."""
    return np.tanh(X @ Wx + b)


@exercise.mistake
def initial_state_ignored(X, h0, Wx, Wh, b):
    """You start from zeros: start from `h0`."""
    h, H = np.zeros(len(h0)), []
    for x in X:
        h = np.tanh(x @ Wx + h @ Wh + b)
        H.append(h)
    return np.array(H)


@exercise.mistake
def initial_state_returned_too(X, h0, Wx, Wh, b):
    """Your result begins with `h0`: return the T states after the steps."""
    H = [h0 * 1.0]
    for x in X:
        H.append(np.tanh(x @ Wx + H[-1] @ Wh + b))
    return np.array(H)


@exercise.mistake
def states_before_the_steps(X, h0, Wx, Wh, b):
    """You return the state *before* each step: row t is the state after it."""
    h, H = h0 * 1.0, []
    for x in X:
        H.append(h)
        h = np.tanh(x @ Wx + h @ Wh + b)
    return np.array(H)


@exercise.mistake
def last_state_only(X, h0, Wx, Wh, b):
    """You return the last state only: all T states are asked for, a row for each step."""
    h = h0
    for x in X:
        h = np.tanh(x @ Wx + h @ Wh + b)
    return h


@exercise.mistake
def no_tanh(X, h0, Wx, Wh, b):
    """The `tanh` is missing."""
    h, H = h0, []
    for x in X:
        h = x @ Wx + h @ Wh + b
        H.append(h)
    return np.array(H)


@exercise.mistake
def tanh_of_the_input_only(X, h0, Wx, Wh, b):
    """You take the `tanh` of the input's part and add the state outside: it goes around the whole
    sum."""
    h, H = h0, []
    for x in X:
        h = np.tanh(x @ Wx + b) + h @ Wh
        H.append(h)
    return np.array(H)


@exercise.mistake
def tanh_only_in_the_output(X, h0, Wx, Wh, b):
    """You carry the sum on and take the `tanh` for the result only: the state itself is the
    `tanh`."""
    h, H = h0, []
    for x in X:
        h = x @ Wx + h @ Wh + b
        H.append(np.tanh(h))
    return np.array(H)


@exercise.mistake
def sigmoid_in_place_of_tanh(X, h0, Wx, Wh, b):
    """You use the sigmoid: this network uses `tanh`."""
    h, H = h0, []
    for x in X:
        h = 1 / (1 + np.exp(-(x @ Wx + h @ Wh + b)))
        H.append(h)
    return np.array(H)


@exercise.mistake
def bias_forgotten(X, h0, Wx, Wh, b):
    """The bias is missing: add `b` inside of the `tanh`."""
    h, H = h0, []
    for x in X:
        h = np.tanh(x @ Wx + h @ Wh)
        H.append(h)
    return np.array(H)


@exercise.mistake
def recurrent_weights_transposed(X, h0, Wx, Wh, b):
    """You use `Wh` transposed (`Wh @ h`): the state is a row, `h @ Wh`."""
    h, H = h0, []
    for x in X:
        h = np.tanh(x @ Wx + Wh @ h + b)
        H.append(h)
    return np.array(H)


@exercise.mistake
def elementwise_memory(X, h0, Wx, Wh, b):
    """You multiply state and `Wh` entry by entry and add up the wrong axis: a matrix product is
    meant, `h @ Wh`."""
    h, H = h0, []
    for x in X:
        h = np.tanh(x @ Wx + (h * Wh).sum(axis=0) + b)
        H.append(h)
    return np.array(H)


@exercise.mistake
def from_the_end(X, h0, Wx, Wh, b):
    """You read the sequence from its end: begin with row 0."""
    h, H = h0, []
    for x in X[::-1]:
        h = np.tanh(x @ Wx + h @ Wh + b)
        H.append(h)
    return np.array(H)[::-1]


@exercise.mistake
def states_as_columns(X, h0, Wx, Wh, b):
    """Your states are columns: a row for each step is asked for, shape (T, h)."""
    h, H = h0, []
    for x in X:
        h = np.tanh(x @ Wx + h @ Wh + b)
        H.append(h)
    return np.array(H).T


@exercise.mistake
def list_of_states(X, h0, Wx, Wh, b):
    """You return a list of states: make an array of it (`np.array`)."""
    h, H = h0, []
    for x in X:
        h = np.tanh(x @ Wx + h @ Wh + b)
        H.append(h)
    return H


@exercise.mistake
def integer_states(X, h0, Wx, Wh, b):
    """Where `X` or `h0` hold integers your states are cut to integers (`dtype=X.dtype`,
    `np.zeros_like`): they have to be floats."""
    H = np.zeros((len(X), len(h0)), dtype=np.result_type(X, h0))
    h = h0
    for t, x in enumerate(X):
        H[t] = np.tanh(x @ Wx + h @ Wh + b)
        h = H[t]
    return H


@exercise.mistake
def initial_state_changed(X, h0, Wx, Wh, b):
    """You change the caller's `h0` (`h = h0` is no copy, so `h += …` and `h[:] = …` write into
    it): make a new array in each step."""
    h, H = h0, []
    for x in X:
        h = np.tanh(x @ Wx + h @ Wh + b)
        H.append(h)
    h0 += 1
    return np.array(H)


@exercise.variant
def written_into_rows(X, h0, Wx, Wh, b):
    """An array that is filled row by row."""
    T = X.shape[0]
    H = np.empty((T, h0.shape[0]))
    for t in range(T):
        last = h0 if t == 0 else H[t - 1]
        H[t] = np.tanh(X[t].dot(Wx) + last.dot(Wh) + b)
    return H


@exercise.variant
def inputs_at_once(X, h0, Wx, Wh, b):
    """All inputs in one product before the loop."""
    Z = X @ Wx + b
    h = np.array(h0, dtype=float)
    rows = []
    for z in Z:
        h = np.tanh(z + np.einsum("i,ij->j", h, Wh))
        rows.append(h)
    return np.stack(rows)


@exercise.variant
def one_matrix(X, h0, Wx, Wh, b):
    """Input, state and a 1 together, times one matrix."""
    W = np.vstack([Wx, Wh, b])
    h, H = h0, []
    for x in X:
        h = np.tanh(np.concatenate([x, h, [1]]) @ W)
        H.append(h)
    return np.array(H)


@exercise.variant
def columns(X, h0, Wx, Wh, b):
    """Column vectors, and tanh by the exponential."""
    h, H = h0[:, None], []
    for x in X:
        z = Wx.T @ x[:, None] + Wh.T @ h + b[:, None]
        h = 1 - 2 / (np.exp(2 * z) + 1)
        H.append(h[:, 0])
    return np.array(H)


@exercise.variant
def accumulated(X, h0, Wx, Wh, b):
    """With `itertools.accumulate`, in float32."""
    from itertools import accumulate

    X, h0, Wx, Wh, b = (np.asarray(a, dtype=np.float32) for a in (X, h0, Wx, Wh, b))
    steps = accumulate(X, lambda h, x: np.tanh(x @ Wx + h @ Wh + b), initial=h0)
    return np.array(list(steps)[1:])
