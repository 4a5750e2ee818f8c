"""Exercise 2.3: the gradients of the weights and the bias of a layer."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw08_backprop.networks import TOLERANCE
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import backprop as reference


def _case(inputs: Inputs, m: int, n: int, h: int, lam: float, about: str = "") -> Case:
    """Return a call in which no gradient is nearly zero, and no part of one."""
    while True:
        A_prev, delta, W = inputs.array(m, n), inputs.array(m, h), inputs.array(n, h)
        pull = A_prev.T @ delta / m
        parts = pull, W, pull + lam * W, delta.mean(axis=0)
        if min(np.abs(part).max() for part in parts) > 0.2:
            return Case((A_prev, delta, W, lam), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, n, h, lam in [(5, 3, 2, 0.3), (6, 2, 4, 1.5), (4, 4, 3, 0.7), (3, 3, 3, 0.4)]:
        yield _case(inputs, m, n, h, lam)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, 1, 3, 2, 0.3, about="with a single sample (m = 1)")
    yield _case(inputs, 40, 3, 2, 0.3, about="with many samples")
    yield _case(inputs, 4, 1, 1, 0.3, about="with one input and one unit")
    yield _case(inputs, 4, 3, 1, 0.3, about="with a single unit (h = 1)")
    yield _case(inputs, 5, 2, 3, 0.0, about="without a penalty (lam = 0)")
    A_prev, W = rng.integers(-3, 4, (3, 2)), rng.integers(-3, 4, (2, 2))
    delta = rng.permuted(np.array([[1, 2], [3, 0], [0, 3]]), axis=0)
    yield Case((A_prev, delta, W, 0.3), about="with integer arrays")
    yield Case((A_prev, delta, W, 2), about="with integer arrays and an integer lam")
    yield Case((A_prev, delta / 4, W, 0.3), about="with integer arrays, and errors with fractions")
    given = _case(inputs, 4, 2, 3, 0.6).args
    names = ("A_prev", "delta", "W", "lam")
    about = "when it is called by argument names"
    yield Case(kwargs=dict(zip(names, given, strict=True)), about=about)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((np.array([[2.0]]), np.array([[3.0]]), np.array([[1.0]]), 0.0))
    yield Case((np.array([[2.0]]), np.array([[3.0]]), np.array([[1.0]]), 0.5))
    A_prev, delta = np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([[0.5], [-1.0]])
    W = np.array([[2.0], [4.0]])
    yield Case((A_prev, delta, W, 0.0))
    yield Case((A_prev, delta, W, 0.1))
    inputs = Inputs(rng, readable=True)
    for m, n, h in [(2, 2, 2), (2, 1, 3), (3, 2, 2)]:
        yield Case((inputs.array(m, n), inputs.array(m, h), inputs.array(n, h), 0.1))
    integers = np.array([[1], [2]]), np.array([[1], [2]]), np.array([[3]])
    yield Case((*integers, 0.5))
    yield Case((*integers, 1))
    yield Case((integers[0], integers[1] / 2, integers[2], 0.5))
    named = dict(zip(("A_prev", "delta", "W"), integers, strict=True))
    yield Case(kwargs={**named, "lam": 0.5})


exercise = Exercise(
    homework="hw08_backprop",
    number="2.3",
    reference=reference.dense_gradients,
    returns=("`dW`", "`db`"),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    tolerance=TOLERANCE,
)


@exercise.mistake
def mean_missing(A_prev, delta, W, lam):
    """Both gradients are sums over the samples: divide the product and the column sums by m. (The
    penalty is not divided.)"""
    return A_prev.T @ delta + lam * W, delta.sum(axis=0)


@exercise.mistake
def mean_missing_in_dW(A_prev, delta, W, lam):
    """The product in your `dW` is a sum over the samples: divide it by m, as in `db`."""
    return A_prev.T @ delta + lam * W, delta.mean(axis=0)


@exercise.mistake
def mean_missing_in_db(A_prev, delta, W, lam):
    """Your `db` is the right one times m: it is a mean over the samples."""
    return A_prev.T @ delta / len(delta) + lam * W, delta.sum(axis=0)


@exercise.mistake
def divided_by_the_inputs(A_prev, delta, W, lam):
    """You divide by the number of inputs or of units: divide by the number of samples, the rows."""
    return A_prev.T @ delta / A_prev.shape[1] + lam * W, delta.sum(axis=0) / A_prev.shape[1]


@exercise.mistake
def divided_by_the_entries(A_prev, delta, W, lam):
    """You average over all entries of the error: divide by the number of samples only."""
    return A_prev.T @ delta / delta.size + lam * W, delta.sum(axis=0) / delta.size


@exercise.mistake
def penalty_left_out(A_prev, delta, W, lam):
    """The penalty is missing: add λW to `dW`."""
    return A_prev.T @ delta / len(delta), delta.mean(axis=0)


@exercise.mistake
def penalty_divided_by_m(A_prev, delta, W, lam):
    """You divide λW by m as well: the penalty is no mean over samples."""
    return (A_prev.T @ delta + lam * W) / len(delta), delta.mean(axis=0)


@exercise.mistake
def penalty_doubled(A_prev, delta, W, lam):
    """You add 2λW: the penalty is λ/2 times the squares, so its gradient is λW."""
    return A_prev.T @ delta / len(delta) + 2 * lam * W, delta.mean(axis=0)


@exercise.mistake
def penalty_halved(A_prev, delta, W, lam):
    """You add λW/2: the ½ of the penalty cancels the 2 of the square, and λW is left."""
    return A_prev.T @ delta / len(delta) + lam / 2 * W, delta.mean(axis=0)


@exercise.mistake
def penalty_subtracted(A_prev, delta, W, lam):
    """You subtract the penalty: its gradient, λW, is added."""
    return A_prev.T @ delta / len(delta) - lam * W, delta.mean(axis=0)


@exercise.mistake
def penalty_itself(A_prev, delta, W, lam):
    """You add the penalty, a number: its gradient is λW, an array."""
    return A_prev.T @ delta / len(delta) + lam / 2 * np.sum(W**2), delta.mean(axis=0)


@exercise.mistake
def penalty_of_absolute_values(A_prev, delta, W, lam):
    """This is the gradient of a penalty on absolute values, λ sign(W): the squares have λW."""
    return A_prev.T @ delta / len(delta) + lam * np.sign(W), delta.mean(axis=0)


@exercise.mistake
def penalty_on_the_bias_gradient(A_prev, delta, W, lam):
    """You add λ to `db`: biases are not penalized."""
    return A_prev.T @ delta / len(delta) + lam * W, delta.mean(axis=0) + lam


@exercise.mistake
def transposed(A_prev, delta, W, lam):
    """Your `dW` is transposed: it has the shape of W, so write `A_prev.T @ delta`."""
    return delta.T @ A_prev / len(delta) + lam * W.T, delta.mean(axis=0)


@exercise.mistake
def product_of_the_means(A_prev, delta, W, lam):
    """You multiply the mean activation by the mean error: form the products sample by sample, then
    the mean."""
    return np.outer(A_prev.mean(axis=0), delta.mean(axis=0)) + lam * W, delta.mean(axis=0)


@exercise.mistake
def last_sample_only(A_prev, delta, W, lam):
    """Only the last sample counts: you overwrite the sums, so add to them with `+=`."""
    for a, d in zip(A_prev, delta):
        dW, db = np.outer(a, d), d
    return dW / len(delta) + lam * W, db / len(delta)


@exercise.mistake
def bias_from_the_activations(A_prev, delta, W, lam):
    """Your `db` is made of the activations: it is the mean of the errors."""
    return A_prev.T @ delta / len(delta) + lam * W, A_prev.mean(axis=0)


@exercise.mistake
def bias_summed_over_units(A_prev, delta, W, lam):
    """Your `db` averages over the units (`axis=1`): average over the samples, so that each unit has
    its own, (h,)."""
    return A_prev.T @ delta / len(delta) + lam * W, delta.mean(axis=1)


@exercise.mistake
def one_number_for_the_bias(A_prev, delta, W, lam):
    """Your `db` is a single number: average over the samples only, `axis=0`."""
    return A_prev.T @ delta / len(delta) + lam * W, delta.mean()


@exercise.mistake
def bias_as_a_row(A_prev, delta, W, lam):
    """Your `db` has shape (1, h): it is flat, (h,), as the bias is."""
    return A_prev.T @ delta / len(delta) + lam * W, delta.mean(axis=0, keepdims=True)


@exercise.mistake
def order_swapped(A_prev, delta, W, lam):
    """You return `db, dW`: the weights come first."""
    return delta.mean(axis=0), A_prev.T @ delta / len(delta) + lam * W


@exercise.mistake
def bias_left_out(A_prev, delta, W, lam):
    """You return `dW` alone: two things are asked for, `dW, db`."""
    return A_prev.T @ delta / len(delta) + lam * W


@exercise.mistake
def cut_to_integers(A_prev, delta, W, lam):
    """Where W holds integers your `dW` is cut to integers: `np.zeros_like(W)` can't hold
    fractions."""
    dW = np.zeros_like(W)
    dW[:] = A_prev.T @ delta / len(delta) + lam * W
    return dW, delta.mean(axis=0)


@exercise.mistake
def flat_for_one_unit(A_prev, delta, W, lam):
    """For a single unit your results lose an axis (`np.squeeze`): `dW` has the shape of W."""
    return np.squeeze(A_prev.T @ delta / len(delta) + lam * W), np.squeeze(delta.mean(axis=0))


@exercise.mistake
def weights_changed(A_prev, delta, W, lam):
    """You change the caller's W (`W *= lam`, `W += …`): write the sum into a new array."""
    if W.dtype.kind == "i":
        return A_prev.T @ delta / len(delta) + lam * W, delta.mean(axis=0)
    W *= lam
    W += A_prev.T @ delta / len(delta)
    return W, delta.mean(axis=0)


@exercise.mistake
def lam_alone_added(A_prev, delta, W, lam):
    """You add λ itself: the gradient of the penalty is λW."""
    m = len(A_prev)
    dW = A_prev.T @ delta / m + lam
    db = delta.sum(axis=0) / m
    return dW, db


@exercise.mistake
def error_transposed(A_prev, delta, W, lam):
    """You transpose the error: the shapes fit in `A_prev.T @ delta`, (n, m) times (m, h)."""
    m = len(A_prev)
    dW = A_prev @ delta.T / m + lam * W
    db = delta.sum(axis=0) / m
    return dW, db


@exercise.mistake
def divided_by_the_units(A_prev, delta, W, lam):
    """You divide by the number of units, `delta.shape[1]`: divide by the number of samples, the
    rows."""
    m = delta.shape[1]
    dW = A_prev.T @ delta / m + lam * W
    db = delta.sum(axis=0) / m
    return dW, db


@exercise.mistake
def divided_twice(A_prev, delta, W, lam):
    """You divide by m twice, in the error and again in the gradients: once is enough."""
    m = len(A_prev)
    delta = delta / m
    dW = A_prev.T @ delta / m + lam * W
    db = delta.sum(axis=0) / m
    return dW, db


@exercise.mistake
def error_divided_in_place(A_prev, delta, W, lam):
    """You change the caller's error (`delta /= m`, which integers refuse): divide the product, or
    write `delta / m`."""
    m = len(A_prev)
    delta /= m
    dW = A_prev.T @ delta + lam * W
    db = delta.sum(axis=0)
    return dW, db


@exercise.mistake
def penalty_squared(A_prev, delta, W, lam):
    """You add λW²: the penalty is λ/2 times the squares, so its gradient is λW."""
    m = len(A_prev)
    dW = A_prev.T @ delta / m + lam * W**2
    db = delta.sum(axis=0) / m
    return dW, db


@exercise.mistake
def integer_sums(A_prev, delta, W, lam):
    """Where W holds integers your sum can't take fractions (`np.zeros_like(W)`): use
    `np.zeros(W.shape)`."""
    m = len(A_prev)
    dW = np.zeros_like(W)
    for a, d in zip(A_prev, delta):
        dW += np.outer(a, d)
    dW = dW / m + lam * W
    db = delta.sum(axis=0) / m
    return dW, db


@exercise.mistake
def bias_from_dW(A_prev, delta, W, lam):
    """Your `db` is made of `dW`: it is the mean of the errors, down the columns."""
    m = len(A_prev)
    dW = A_prev.T @ delta / m + lam * W
    db = dW.sum(axis=0)
    return dW, db


@exercise.mistake
def bias_of_the_first_sample(A_prev, delta, W, lam):
    """Your `db` is the error of the first sample: it is the mean over all samples."""
    m = len(A_prev)
    dW = A_prev.T @ delta / m + lam * W
    db = delta[0]
    return dW, db


@exercise.mistake
def wrong_sign(A_prev, delta, W, lam):
    """Both gradients have the wrong sign: the step against them is taken later."""
    m = len(A_prev)
    dW = A_prev.T @ delta / m + lam * W
    db = delta.sum(axis=0) / m
    return -dW, -db


@exercise.mistake
def updated_weights(A_prev, delta, W, lam):
    """You return W − dW: the gradient itself is asked for, the step is taken later."""
    m = len(A_prev)
    dW = A_prev.T @ delta / m + lam * W
    db = delta.sum(axis=0) / m
    return W - dW, db


@exercise.mistake
def penalty_for_every_sample(A_prev, delta, W, lam):
    """You add λW for every sample: add it once, after the loop."""
    m = len(A_prev)
    dW = np.zeros(W.shape)
    for a, d in zip(A_prev, delta):
        dW += np.outer(a, d) / m + lam * W
    db = delta.sum(axis=0) / m
    return dW, db


@exercise.mistake
def bias_divided_twice(A_prev, delta, W, lam):
    """You divide `db` by m twice: `delta.mean(axis=0)` has done it."""
    m = len(A_prev)
    dW = A_prev.T @ delta / m + lam * W
    db = delta.mean(axis=0) / m
    return dW, db


@exercise.mistake
def bias_as_a_column(A_prev, delta, W, lam):
    """Your `db` has shape (h, 1): it is flat, (h,), as the bias is."""
    m = len(A_prev)
    dW = A_prev.T @ delta / m + lam * W
    db = (delta.sum(axis=0) / m)[:, None]
    return dW, db


@exercise.variant
def outer_products(A_prev, delta, W, lam):
    """One sample after the other."""
    dW, db = np.zeros(W.shape), np.zeros(W.shape[1])
    for a, d in zip(A_prev, delta):
        dW += np.outer(a, d)
        db += d
    return dW / len(A_prev) + lam * W, db / len(A_prev)


@exercise.variant
def einsum_single_precision(A_prev, delta, W, lam):
    """With einsum, in float32."""
    A, D = np.float32(A_prev), np.float32(delta)
    dW = np.einsum("ij,ik->jk", A, D) / len(A) + np.float32(lam) * W
    return dW, np.einsum("ik->k", D) / len(D)


@exercise.variant
def column_of_ones(A_prev, delta, W, lam):
    """The bias as a weight of a unit that is always 1."""
    m = len(A_prev)
    G = np.column_stack([np.ones(m), A_prev]).T @ (delta / m)
    return [G[1:] + lam * W, G[0]]


@exercise.variant
def mean_of_three_axes(A_prev, delta, W, lam):
    """The mean of all outer products at once."""
    dW = (A_prev[:, :, None] * delta[:, None, :]).mean(axis=0)
    dW += lam * W
    return dW, np.average(delta, axis=0)


@exercise.variant
def three_loops(A_prev, delta, W, lam):
    """Weight by weight, the mean taken bit by bit."""
    m, n = A_prev.shape
    h = delta.shape[1]
    dW = np.zeros((n, h))
    db = np.zeros(h)
    for i in range(m):
        for k in range(h):
            db[k] += delta[i, k] / m
            for j in range(n):
                dW[j, k] += A_prev[i, j] * delta[i, k] / m
    for j in range(n):
        for k in range(h):
            dW[j, k] += lam * W[j, k]
    return dW, db
