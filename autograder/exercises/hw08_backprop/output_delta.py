"""Exercise 2.1: the error of the output layer."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw08_backprop.networks import OUTPUT, TOLERANCE, targets
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import backprop as reference


def _case(inputs: Inputs, m: int, K: int, pair: str, about: str = "") -> Case:
    A_out = OUTPUT[pair].f(inputs.array(m, K))
    return Case((A_out, targets(inputs, m, K, pair), pair), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for pair, m, K in [
        ("identity+half_mse", 5, 2),
        ("sigmoid+bce", 4, 3),
        ("softmax+ce", 6, 4),
        ("sigmoid+half_mse", 3, 3),
        ("sigmoid+half_mse", 7, 2),
    ]:
        yield _case(inputs, m, K, pair)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for pair in OUTPUT:
        yield _case(inputs, 1, 3, pair, about="with a single sample (m = 1)")
    for pair in ("identity+half_mse", "sigmoid+bce", "sigmoid+half_mse"):
        yield _case(inputs, 4, 1, pair, about="with a single output (K = 1)")
    for pair in ("sigmoid+bce", "sigmoid+half_mse", "softmax+ce"):
        Y = np.eye(3)[rng.permutation(3)]
        A_out = np.where(rng.permuted([[1, 0, 0], [0, 1, 1], [0, 0, 1]], axis=0) == 1, Y, 0.25)
        yield Case((A_out, Y, pair), about="when outputs are exactly 0 or 1")
    A_out, Y = inputs.array(4, 2), rng.integers(-3, 4, (4, 2))
    yield Case((A_out, Y, "identity+half_mse"), about="when Y holds integers")
    yield Case((Y, A_out, "identity+half_mse"), about="when the outputs are integers")
    A_out, Y, pair = _case(inputs, 3, 2, "sigmoid+half_mse").args
    yield Case((A_out, Y.astype(int), pair), about="when Y holds integers")
    yield Case(
        kwargs={"A_out": A_out, "Y": Y, "pair": pair}, about="when it is called by argument names"
    )


def _examples(_: np.random.Generator) -> Iterator[Case]:
    one, zero = np.array([[1.0]]), np.array([[0.0]])
    yield Case((np.array([[2.5]]), one, "identity+half_mse"))
    yield Case((np.array([[0.25]]), one, "sigmoid+bce"))
    yield Case((np.array([[0.25]]), one, "sigmoid+half_mse"))
    yield Case((np.array([[0.25, 0.75]]), np.array([[0.0, 1.0]]), "softmax+ce"))
    two = np.array([[0.25, 0.5], [0.5, 0.75]]), np.array([[0.0, 1.0], [1.0, 1.0]])
    for pair in ("identity+half_mse", "sigmoid+bce", "sigmoid+half_mse"):
        yield Case((*two, pair))
    yield Case((np.array([[0.25, 0.75], [0.5, 0.5]]), np.eye(2), "softmax+ce"))
    yield Case((np.array([[2, 1]]), np.array([[0.5, 1.5]]), "identity+half_mse"))
    yield Case((np.array([[0.5, 1.5]]), np.array([[2, 1]]), "identity+half_mse"))
    yield Case((np.array([[0.25]]), np.array([[1]]), "sigmoid+half_mse"))
    yield Case((one, zero, "sigmoid+bce"))
    yield Case(kwargs={"A_out": np.array([[0.25]]), "Y": one, "pair": "sigmoid+half_mse"})


_REFUSED = "the helper only refuses an unknown pair here, and no case hands one over"

exercise = Exercise(
    homework="hw08_backprop",
    number="2.1",
    reference=reference.output_delta,
    returns=("`delta`",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    tolerance=TOLERANCE,
    equivalent_mutants={
        "_kind(pair) -> pass": _REFUSED,
        "_kind(pair) -> pair": _REFUSED,
        "_kind: return PAIRS[pair] -> return np.zeros_like(PAIRS[pair])": _REFUSED,
        "_kind: return PAIRS[pair] -> pass": _REFUSED,
        "_kind: PAIRS[pair] -> PAIRS": _REFUSED,
    },
)


@exercise.mistake
def difference_for_every_pair(A_out, Y, pair):
    """You return A − Y for every pair: for the sigmoid with half squared errors it is multiplied by
    the sigmoid's slope, A(1 − A)."""
    return A_out - Y


@exercise.mistake
def slope_with_every_sigmoid(A_out, Y, pair):
    """You multiply by the sigmoid's slope also with the cross-entropy: there it cancels, and A − Y
    is left."""
    delta = A_out - Y
    return delta * A_out * (1 - A_out) if pair.startswith("sigmoid") else delta


@exercise.mistake
def slope_with_every_square(A_out, Y, pair):
    """You multiply by the sigmoid's slope also for the identity, whose slope is 1: only the sigmoid
    with half squared errors has that factor."""
    delta = A_out - Y
    return delta * A_out * (1 - A_out) if pair.endswith("half_mse") else delta


@exercise.mistake
def slope_for_every_pair(A_out, Y, pair):
    """You multiply by A(1 − A) for every pair: only the sigmoid with half squared errors has that
    factor."""
    return (A_out - Y) * A_out * (1 - A_out)


@exercise.mistake
def pairs_mixed_up(A_out, Y, pair):
    """The two sigmoid pairs are swapped: the factor A(1 − A) belongs to half squared errors, and
    cancels with the cross-entropy."""
    delta = A_out - Y
    return delta * A_out * (1 - A_out) if pair == "sigmoid+bce" else delta


@exercise.mistake
def wrong_sign(A_out, Y, pair):
    """All your errors have the wrong sign: subtract the targets from the outputs."""
    delta = Y - A_out
    return delta * A_out * (1 - A_out) if pair == "sigmoid+half_mse" else delta


@exercise.mistake
def sign_lost(A_out, Y, pair):
    """You return absolute values: the sign says in which direction the output is wrong."""
    delta = np.abs(A_out - Y)
    return delta * A_out * (1 - A_out) if pair == "sigmoid+half_mse" else delta


@exercise.mistake
def divided_by_m(A_out, Y, pair):
    """You divide by the number of samples: δ belongs to one sample each, and the mean is taken
    later, with the gradients."""
    delta = (A_out - Y) / len(Y)
    return delta * A_out * (1 - A_out) if pair == "sigmoid+half_mse" else delta


@exercise.mistake
def averaged_over_samples(A_out, Y, pair):
    """You average over the samples: every sample keeps its own row, (m, K)."""
    delta = A_out - Y
    delta = delta * A_out * (1 - A_out) if pair == "sigmoid+half_mse" else delta
    return delta.mean(axis=0)


@exercise.mistake
def summed_over_outputs(A_out, Y, pair):
    """You add up the errors of the outputs: every output keeps its own column, (m, K)."""
    delta = A_out - Y
    delta = delta * A_out * (1 - A_out) if pair == "sigmoid+half_mse" else delta
    return delta.sum(axis=1)


@exercise.mistake
def factor_two_of_the_squares(A_out, Y, pair):
    """Your errors with squares are twice the right ones: the loss is *half* the squared error, so
    the 2 cancels."""
    if pair == "identity+half_mse":
        return 2 * (A_out - Y)
    return 2 * (A_out - Y) * A_out * (1 - A_out) if pair == "sigmoid+half_mse" else A_out - Y


@exercise.mistake
def slope_of_the_sigmoid_of_the_output(A_out, Y, pair):
    """You apply the sigmoid to the outputs again for its slope: they are σ(Z) already, so the slope
    is A(1 − A)."""
    if pair == "sigmoid+half_mse":
        s = 1 / (1 + np.exp(-A_out))
        return (A_out - Y) * s * (1 - s)
    return A_out - Y


@exercise.mistake
def slope_of_the_targets(A_out, Y, pair):
    """You compute the slope from the targets, Y(1 − Y), which is 0 at 0 and 1: the outputs are
    meant, A(1 − A)."""
    return (A_out - Y) * Y * (1 - Y) if pair == "sigmoid+half_mse" else A_out - Y


@exercise.mistake
def slope_for_the_output(A_out, Y, pair):
    """This is the slope of the loss for the output A: δ is the slope for the pre-activation Z, so
    the activation's own slope has to be multiplied in, and much cancels."""
    A_out = A_out.astype(float)
    if pair.endswith("half_mse"):
        return A_out - Y
    safe = np.clip(A_out, 1e-12, 1 - 1e-12)
    return -Y / safe if pair == "softmax+ce" else (A_out - Y) / (safe * (1 - safe))


@exercise.mistake
def only_the_slope(A_out, Y, pair):
    """For the sigmoid with half squared errors you return the slope A(1 − A) alone: multiply it by
    A − Y."""
    return A_out * (1 - A_out) if pair == "sigmoid+half_mse" else A_out - Y


@exercise.mistake
def flat_for_one_sample(A_out, Y, pair):
    """For a single sample or output your result loses an axis (`np.squeeze`): it has the shape of
    the outputs."""
    delta = A_out - Y
    return np.squeeze(delta * A_out * (1 - A_out) if pair == "sigmoid+half_mse" else delta)


@exercise.mistake
def cut_to_the_type_of_the_targets(A_out, Y, pair):
    """Where Y holds integers your errors are cut to integers: `np.zeros_like(Y)` can't hold
    fractions."""
    delta = np.zeros_like(Y)
    delta[:] = A_out - Y
    return delta * A_out * (1 - A_out) if pair == "sigmoid+half_mse" else delta


@exercise.mistake
def outputs_overwritten(A_out, Y, pair):
    """You change the caller's outputs (`A_out -= Y`, or `delta = A_out` and `delta -= Y`): write
    `A_out - Y`, which makes a new array."""
    A = A_out.copy()
    if A_out.dtype.kind == "i":
        return A_out - Y
    A_out -= Y
    return A_out * A * (1 - A) if pair == "sigmoid+half_mse" else A_out


@exercise.mistake
def nothing_returned(A_out, Y, pair):
    """Your function returns None: add a `return`."""
    delta = A_out - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A_out * (1 - A_out)


@exercise.mistake
def slope_with_the_target(A_out, Y, pair):
    """You multiply by A(1 − Y): the slope is made of the output alone, A(1 − A)."""
    delta = A_out - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A_out * (1 - Y)
    return delta


@exercise.mistake
def brackets_missing(A_out, Y, pair):
    """`A - Y * A * (1 - A)` multiplies the targets only: put A − Y into brackets."""
    delta = A_out - Y
    if pair == "sigmoid+half_mse":
        delta = A_out - Y * A_out * (1 - A_out)
    return delta


@exercise.mistake
def slope_with_the_softmax(A_out, Y, pair):
    """You multiply by A(1 − A) with the softmax as well: with the cross-entropy A − Y is left."""
    delta = A_out - Y
    if pair in ("sigmoid+half_mse", "softmax+ce"):
        delta = delta * A_out * (1 - A_out)
    return delta


@exercise.mistake
def one_subtracted_at_the_ones(A_out, Y, pair):
    """You subtract 1 where the target is 1: the targets of the identity may be any numbers, so
    subtract Y itself."""
    delta = np.where(Y == 1, A_out - 1, A_out)
    if pair == "sigmoid+half_mse":
        delta = delta * A_out * (1 - A_out)
    return delta


@exercise.mistake
def a_list(A_out, Y, pair):
    """You return a list: an array is asked for."""
    delta = A_out - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A_out * (1 - A_out)
    return delta.tolist()


@exercise.mistake
def wrong_sign_with_squares(A_out, Y, pair):
    """For the sigmoid with half squared errors your sign is wrong: A − Y comes first there, too."""
    delta = A_out - Y
    if pair == "sigmoid+half_mse":
        delta = -delta * A_out * (1 - A_out)
    return delta


@exercise.mistake
def half_of_the_slope(A_out, Y, pair):
    """You multiply by 1 − A only: the slope of the sigmoid is A(1 − A)."""
    delta = A_out - Y
    if pair == "sigmoid+half_mse":
        delta = delta * (1 - A_out)
    return delta


@exercise.mistake
def loss_for_its_slope(A_out, Y, pair):
    """You return the loss itself, half the squared error: its slope is asked for, A − Y."""
    delta = (A_out - Y) ** 2 / 2
    if pair == "sigmoid+half_mse":
        delta = delta * A_out * (1 - A_out)
    return delta


@exercise.mistake
def divided_by_the_outputs(A_out, Y, pair):
    """You divide by the number of outputs: the loss is summed over them, so nothing is divided."""
    delta = A_out - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A_out * (1 - A_out)
    return delta / Y.shape[1]


@exercise.mistake
def transposed(A_out, Y, pair):
    """Your result is transposed: a row for each sample, (m, K)."""
    delta = A_out - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A_out * (1 - A_out)
    return delta.T


@exercise.mistake
def slope_of_the_tanh(A_out, Y, pair):
    """You multiply by 1 − A², the slope of the tanh: that of the sigmoid is A(1 − A)."""
    delta = A_out - Y
    if pair == "sigmoid+half_mse":
        delta = delta * (1 - A_out**2)
    return delta


@exercise.mistake
def slope_for_the_softmax_output(A_out, Y, pair):
    """For the softmax you return −Y/A, the slope of the loss for the output: the slope for Z is A −
    Y."""
    delta = A_out - Y
    if pair == "sigmoid+half_mse":
        delta = delta * A_out * (1 - A_out)
    if pair == "softmax+ce":
        return -Y / A_out
    return delta


@exercise.mistake
def outputs_multiplied_in_place(A_out, Y, pair):
    """You change the caller's outputs (`A_out *= …`): write the product into a new array."""
    delta = A_out - Y
    if pair == "sigmoid+half_mse":
        A_out *= 1 - A_out
        delta = delta * A_out
    return delta


@exercise.variant
def table(A_out, Y, pair):
    """A table of slopes."""
    slopes = {"sigmoid+half_mse": A_out - np.square(A_out)}
    return np.subtract(A_out, Y) * slopes.get(pair, 1.0)


@exercise.variant
def single_precision(A_out, Y, pair):
    """In float32, in place in a copy."""
    delta = np.array(A_out, dtype=np.float32)
    delta -= Y
    if "sigmoid" in pair and "mse" in pair:
        delta *= A_out
        delta *= 1 - A_out
    return delta


@exercise.variant
def loops(A_out, Y, pair):
    """Entry by entry."""
    m, K = A_out.shape
    delta = np.zeros((m, K))
    for i in range(m):
        for k in range(K):
            a, t = A_out[i, k], Y[i, k]
            delta[i, k] = a - t if pair != "sigmoid+half_mse" else (a - t) * a * (1 - a)
    return delta


@exercise.variant
def branches(A_out, Y, pair):
    """One branch for each pair."""
    if pair == "identity+half_mse":
        return 1.0 * A_out - Y
    elif pair == "sigmoid+bce":
        return A_out * (1 - Y) - Y * (1 - A_out)
    elif pair == "softmax+ce":
        return A_out + (-1.0) * Y
    elif pair == "sigmoid+half_mse":
        return np.einsum("ik,ik,ik->ik", A_out - Y, A_out, 1 - A_out)
    raise ValueError(pair)


@exercise.variant
def one_expression(A_out, Y, pair):
    """In one expression."""
    return (A_out - Y) * (A_out - A_out**2 if pair == "sigmoid+half_mse" else 1)
