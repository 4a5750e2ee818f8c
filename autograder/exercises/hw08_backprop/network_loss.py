"""Exercise 1.1: the objective of a network."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from autograder.exercises.compare import Difference, difference, is_near
from autograder.exercises.hw08_backprop.networks import EQUIVALENT_LOSS, OUTPUT, TOLERANCE, targets
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import backprop as reference

_PAIRS = {"half_mse": "identity+half_mse", "bce": "sigmoid+bce", "ce": "softmax+ce"}


def _case(inputs: Inputs, m: int, sizes: list[int], lam: float, kind: str, about: str = "") -> Case:
    K, pair = sizes[-1], _PAIRS[kind]
    Y_hat, Y = OUTPUT[pair].f(inputs.array(m, K)), targets(inputs, m, K, pair)
    Ws = [inputs.array(*shape) for shape in pairwise(sizes)]
    return Case((Y_hat, Y, Ws, lam, kind), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for kind, m, sizes, lam in [
        ("half_mse", 5, [3, 4, 2], 0.3),
        ("bce", 4, [2, 5, 3], 0.2),
        ("ce", 6, [4, 3], 0.5),
        ("half_mse", 3, [2, 3, 3, 3], 0.1),
        ("ce", 4, [3, 3, 3], 0.7),
        ("bce", 7, [1, 4, 2], 0.4),
    ]:
        yield _case(inputs, m, sizes, lam, kind)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for kind in _PAIRS:
        yield _case(inputs, 1, [2, 3, 2], 0.3, kind, about="with a single sample (m = 1)")
        yield _case(inputs, 4, [2, 3, 2], 0.0, kind, about="without a penalty (lam = 0)")
    yield _case(inputs, 4, [3, 1], 0.3, "bce", about="with a single output (K = 1)")
    yield _case(inputs, 40, [3, 2, 1], 0.3, "half_mse", about="with many samples")
    for kind in ("bce", "ce"):
        Y_hat, Y, Ws, lam, _ = _case(inputs, 4, [2, 3], 0.3, kind).args
        Y_hat[:2] = Y[:2]
        about = "when some probabilities are exactly 0 or 1, and right"
        yield Case((Y_hat, Y, Ws, lam, kind), about=about)
    Y = np.eye(3)[rng.integers(0, 3, 4)]
    Y_hat = np.where(Y == 1, 0.4, np.roll(Y, 1, axis=1) * 0.6)
    about = "when a wrong class has the probability 0"
    yield Case((Y_hat, Y, [inputs.array(2, 3)], 0.2, "ce"), about=about)
    whole = rng.integers(-3, 4, (4, 2)), rng.integers(-3, 4, (4, 2)), [rng.integers(1, 4, (3, 2))]
    yield Case((*whole, 1, "half_mse"), about="with integer arrays and an integer lam")
    Y_hat, Y, Ws, lam, _ = _case(inputs, 4, [2, 3], 0.3, "bce").args
    about = "when the targets are integers"
    yield Case((Y_hat, Y.astype(int), Ws, lam, "bce"), about=about)
    given = _case(inputs, 3, [2, 4, 3], 0.6, "ce").args
    names = ("Y_hat", "Y", "Ws", "lam", "kind")
    about = "when it is called by argument names"
    yield Case(kwargs=dict(zip(names, given, strict=True)), about=about)


def _examples(_: np.random.Generator) -> Iterator[Case]:
    W, V = np.array([[1.0, 2.0]]), np.array([[2.0], [1.0]])
    one, half = np.array([[1.0]]), np.array([[0.25]])
    yield Case((3 * one, one, [W], 0.0, "half_mse"))
    yield Case((half, one, [W], 0.0, "bce"))
    yield Case((half, 0 * one, [W], 0.0, "bce"))
    row = np.array([[0.25, 0.75]]), np.array([[0.0, 1.0]])
    yield Case((*row, [W], 0.0, "ce"))
    yield Case((*row, [W], 0.0, "bce"))
    two = np.array([[0.25, 0.75], [0.5, 0.5]]), np.eye(2)
    for kind in _PAIRS:
        yield Case((*two, [W], 0.0, kind))
        yield Case((*two, [W], 0.1, kind))
        yield Case((*two, [W, V], 0.1, kind))
    yield Case((*two, [np.array([[2.0, 1.0], [0.0, 3.0]])], 0.1, "half_mse"))
    certain = np.array([[0.25, 0.75], [0.0, 1.0]]), np.array([[0.0, 1.0], [0.0, 1.0]])
    for kind in ("bce", "ce"):
        yield Case((*certain, [W], 0.1, kind))
    zero = np.array([[0.5, 0.5, 0.0]]), np.array([[1.0, 0.0, 0.0]])
    yield Case((*zero, [W], 0.1, "ce"))
    whole = np.array([[2, 1]]), np.array([[0, 4]]), [np.array([[1, 2]])]
    yield Case((*whole, 1, "half_mse"))
    named = {"Y_hat": half, "Y": one, "Ws": [W], "lam": 0.1, "kind": "bce"}
    yield Case(kwargs=named)


def _compare(_: Case, expected: float, got: object) -> Difference | None:
    """Compare the numbers; a tiny number inside the log, or clipping, is no mistake here."""
    # Clipped at 1e-7, a certain and right answer costs 1e-7 instead of 0.
    if is_near(expected, got, within=3e-6):
        return None
    return difference(expected, got, ("the loss",), TOLERANCE)


exercise = Exercise(
    homework="hw08_backprop",
    number="1.1",
    reference=reference.network_loss,
    returns=("the loss",),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    compare=_compare,
    tolerance=TOLERANCE,
    equivalent_mutants=EQUIVALENT_LOSS,
)


@exercise.mistake
def penalty_left_out(Y_hat, Y, Ws, lam, kind):
    """The penalty is missing: add λ/2 times the sum of all squared weights."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data


@exercise.mistake
def penalty_without_half(Y_hat, Y, Ws, lam, kind):
    """Your penalty is twice the right one: it is λ/2 times the sum of the squares."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def penalty_divided_by_m(Y_hat, Y, Ws, lam, kind):
    """You divide the penalty by m: it is no mean over samples."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / (2 * m) * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def penalty_of_the_last_layer(Y_hat, Y, Ws, lam, kind):
    """Only the last layer is penalized: sum over all weight matrices."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / 2 * np.sum(Ws[-1] ** 2)


@exercise.mistake
def penalty_of_the_first_layer(Y_hat, Y, Ws, lam, kind):
    """Only the first layer is penalized: sum over all weight matrices."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / 2 * np.sum(Ws[0] ** 2)


@exercise.mistake
def penalty_of_absolute_values(Y_hat, Y, Ws, lam, kind):
    """You penalize absolute values: squares are meant."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / 2 * sum(np.sum(np.abs(W)) for W in Ws)


@exercise.mistake
def square_of_the_sum(Y_hat, Y, Ws, lam, kind):
    """You square the sum of the weights: sum the squares."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / 2 * sum(np.sum(W) ** 2 for W in Ws)


@exercise.mistake
def norm_not_squared(Y_hat, Y, Ws, lam, kind):
    """You add the norms: the penalty takes their squares, the sum of all squared entries."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / 2 * sum(np.linalg.norm(W) for W in Ws)


@exercise.mistake
def spectral_norm(Y_hat, Y, Ws, lam, kind):
    """`np.linalg.norm(W, 2)` is the largest singular value: the squared Frobenius norm is the sum
    of all squared entries."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / 2 * sum(np.linalg.norm(W, 2) ** 2 for W in Ws)


@exercise.mistake
def mean_of_the_squared_weights(Y_hat, Y, Ws, lam, kind):
    """You average the squared weights: they are summed."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / 2 * sum(np.mean(W**2) for W in Ws)


@exercise.mistake
def penalty_subtracted(Y_hat, Y, Ws, lam, kind):
    """You subtract the penalty: it is added."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data - lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def loss_not_divided(Y_hat, Y, Ws, lam, kind):
    """Your loss is a sum over the samples: divide it by m (half squared errors by 2m)."""
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / 2
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat)))
    else:
        data = -np.sum(np.log(Y_hat[Y == 1]))
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def half_missing_in_the_squares(Y_hat, Y, Ws, lam, kind):
    """Your squared errors are divided by m: half squared errors are divided by 2m."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / m
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def half_in_every_loss(Y_hat, Y, Ws, lam, kind):
    """You divide the cross-entropies by 2m: the ½ belongs to the squares only."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / (2 * m)
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / (2 * m)
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def averaged_over_outputs(Y_hat, Y, Ws, lam, kind):
    """You average over the outputs as well (`np.mean`): sum over the outputs, and average over the
    samples only."""
    if kind == "half_mse":
        data = np.mean((Y_hat - Y) ** 2) / 2
    elif kind == "bce":
        data = -np.mean(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat)))
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / Y.size
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def absolute_errors(Y_hat, Y, Ws, lam, kind):
    """ "half_mse" takes squares, not absolute values."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum(np.abs(Y_hat - Y)) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def bce_of_the_ones_only(Y_hat, Y, Ws, lam, kind):
    """Your "bce" counts only the targets that are 1: a target of 0 costs −log(1 − ŷ)."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def brackets_missing(Y_hat, Y, Ws, lam, kind):
    """In your "bce" the minus reaches the first term only: it stands in front of a bracket that
    holds both."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = (np.sum(np.log(1 - Y_hat[Y == 0])) - np.sum(np.log(Y_hat[Y == 1]))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def first_term_not_divided(Y_hat, Y, Ws, lam, kind):
    """In your "bce" only the second term is divided by m: put both into brackets."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(Y_hat[Y == 1])) - np.sum(np.log(1 - Y_hat[Y == 0])) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def ce_with_the_terms_of_bce(Y_hat, Y, Ws, lam, kind):
    """Your "ce" is the "bce": with a softmax only the true class counts, −log of its
    probability."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, np.maximum(1 - Y_hat, 1e-12)))) / m
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def kinds_swapped(Y_hat, Y, Ws, lam, kind):
    """ "bce" and "ce" are swapped: "bce" is for sigmoids and has two terms, "ce" is for the softmax
    and has one."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    else:
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, np.maximum(1 - Y_hat, 1e-12)))) / m
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def logarithms_to_the_base_two(Y_hat, Y, Ws, lam, kind):
    """You take logarithms to another base: `np.log`, the natural one, is meant."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log2(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log2(Y_hat[Y == 1])) / m
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def sign_of_the_logarithms(Y_hat, Y, Ws, lam, kind):
    """Your cross-entropies are negative: logs of probabilities are, so they need a minus."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def logarithm_of_zero_in_bce(Y_hat, Y, Ws, lam, kind):
    """Where a probability is exactly 0 or 1, `0 * log(0)` is nan in your "bce": choose the term
    that counts before you take the log."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def logarithm_of_zero_in_ce(Y_hat, Y, Ws, lam, kind):
    """Where a probability is exactly 0, `0 * log(0)` is nan in your "ce": choose the entries that
    count before you take the log."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(Y * np.log(Y_hat)) / m
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def logarithm_of_zero(Y_hat, Y, Ws, lam, kind):
    """Where a probability is exactly 0 or 1, `0 * log(0)` is nan: choose the entries that count
    before you take the log."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)) / m
    else:
        data = -np.sum(Y * np.log(Y_hat)) / m
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def one_array_of_all_weights(Y_hat, Y, Ws, lam, kind):
    """The matrices have different shapes, so `np.array(Ws)` fails: sum over the list."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    return data + lam / 2 * np.sum(np.array(Ws) ** 2)


@exercise.mistake
def a_loss_for_each_sample(Y_hat, Y, Ws, lam, kind):
    """You return a loss for each sample: a single float is asked for, their mean and the
    penalty."""
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2, axis=1) / 2
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat)), axis=1)
    else:
        data = -np.log(Y_hat[Y == 1])
    return data + lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def weights_squared_in_place(Y_hat, Y, Ws, lam, kind):
    """You change the caller's weights (`W *= W`, or `W **= 2`): write `W ** 2`, which makes a new
    array."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    for W in Ws:
        W *= W
    return data + lam / 2 * sum(np.sum(W) for W in Ws)


@exercise.mistake
def nothing_returned(Y_hat, Y, Ws, lam, kind):
    """Your function returns None: add a `return`."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    data += lam / 2 * sum(np.sum(W**2) for W in Ws)


@exercise.mistake
def divided_by_the_outputs(Y_hat, Y, Ws, lam, kind):
    """You divide by the number of outputs, the columns: the mean is over the m samples, the rows,
    `len(Y)`."""
    m = Y.shape[1]
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    penalty = 0
    for W in Ws:
        penalty += np.sum(W**2)
    return data + lam / 2 * penalty


@exercise.mistake
def divided_by_the_layers(Y_hat, Y, Ws, lam, kind):
    """You divide by the number of layers: the mean is over the m samples, the rows, `len(Y)`."""
    m = len(Ws)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    penalty = 0
    for W in Ws:
        penalty += np.sum(W**2)
    return data + lam / 2 * penalty


@exercise.mistake
def probability_of_the_prediction(Y_hat, Y, Ws, lam, kind):
    """Your "ce" takes the largest probability of each row: take that of the true class, where Y is
    1."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat.max(axis=1))) / m
    penalty = 0
    for W in Ws:
        penalty += np.sum(W**2)
    return data + lam / 2 * penalty


@exercise.mistake
def penalty_for_every_sample(Y_hat, Y, Ws, lam, kind):
    """Your penalty is m times too large: add it once, after the mean is taken."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    penalty = 0
    for W in Ws:
        penalty += np.sum(W**2)
    return data + m * lam / 2 * penalty


@exercise.mistake
def errors_cancel(Y_hat, Y, Ws, lam, kind):
    """You square the sum of all errors, so that opposite signs cancel: square each error, then
    sum."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum(Y_hat - Y) ** 2 / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    penalty = 0
    for W in Ws:
        penalty += np.sum(W**2)
    return data + lam / 2 * penalty


@exercise.mistake
def terms_of_bce_swapped(Y_hat, Y, Ws, lam, kind):
    """The two terms of your "bce" are swapped: a target of 1 costs −log(ŷ), a target of 0 costs
    −log(1 − ŷ)."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 0, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    penalty = 0
    for W in Ws:
        penalty += np.sum(W**2)
    return data + lam / 2 * penalty


@exercise.mistake
def bce_averaged_over_outputs(Y_hat, Y, Ws, lam, kind):
    """Your "bce" is averaged over the outputs as well (`np.mean`): sum over the outputs, and
    average over the samples only."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.mean(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat)))
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    penalty = 0
    for W in Ws:
        penalty += np.sum(W**2)
    return data + lam / 2 * penalty


@exercise.mistake
def squares_averaged_over_outputs(Y_hat, Y, Ws, lam, kind):
    """Your "half_mse" is averaged over the outputs as well (`np.mean`): sum over the outputs, and
    average over the samples only."""
    m = len(Y)
    if kind == "half_mse":
        data = np.mean((Y_hat - Y) ** 2) / 2
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    penalty = 0
    for W in Ws:
        penalty += np.sum(W**2)
    return data + lam / 2 * penalty


@exercise.mistake
def ce_averaged_over_outputs(Y_hat, Y, Ws, lam, kind):
    """Your "ce" is averaged over the outputs as well (`np.mean`): sum over the outputs, and average
    over the samples only."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.mean(Y * np.log(np.clip(Y_hat, 1e-12, None)))
    penalty = 0
    for W in Ws:
        penalty += np.sum(W**2)
    return data + lam / 2 * penalty


@exercise.mistake
def first_row_as_bias(Y_hat, Y, Ws, lam, kind):
    """You leave out the first row of each matrix, as if it held biases: they are kept apart here,
    so every entry of W counts."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    penalty = 0
    for W in Ws:
        penalty += np.sum(W[1:] ** 2)
    return data + lam / 2 * penalty


@exercise.mistake
def brackets_of_two_m(Y_hat, Y, Ws, lam, kind):
    """`/ 2 * m` divides by 2 and multiplies by m: write `/ (2 * m)`."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / 2 * m
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    penalty = 0
    for W in Ws:
        penalty += np.sum(W**2)
    return data + lam / 2 * penalty


@exercise.mistake
def penalty_with_squares_only(Y_hat, Y, Ws, lam, kind):
    """Only your "half_mse" has the penalty: it is added to every kind of loss."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    if kind != "half_mse":
        return data
    penalty = 0
    for W in Ws:
        penalty += np.sum(W**2)
    return data + lam / 2 * penalty


@exercise.mistake
def product_with_its_transpose(Y_hat, Y, Ws, lam, kind):
    """The entries of `W @ W.T` hold products of different rows, too: square entry by entry,
    `W**2`."""
    m = len(Y)
    if kind == "half_mse":
        data = np.sum((Y_hat - Y) ** 2) / (2 * m)
    elif kind == "bce":
        data = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat))) / m
    else:
        data = -np.sum(np.log(Y_hat[Y == 1])) / m
    penalty = 0
    for W in Ws:
        penalty += np.sum(W @ W.T)
    return data + lam / 2 * penalty


@exercise.variant
def through_vectors(Y_hat, Y, Ws, lam, kind):
    """Weights as one long vector, losses by einsum."""
    w = np.concatenate([W.ravel() for W in Ws]) if len(Ws) else np.zeros(1)
    losses = {
        "half_mse": lambda: np.einsum("ik,ik->i", Y_hat - Y, Y_hat - Y) / 2,
        "bce": lambda: -np.log(1 - np.abs(Y_hat - Y)).sum(axis=1),
        "ce": lambda: -np.log((Y_hat * Y).sum(axis=1)),
    }
    return float(losses[kind]().mean() + 0.5 * lam * (w @ w))


@exercise.variant
def clipped(Y_hat, Y, Ws, lam, kind):
    """Probabilities kept a little away from 0 and 1, which is accepted."""
    m = Y.shape[0]
    if kind == "half_mse":
        J = 0.5 * np.mean(((Y_hat - Y) ** 2).sum(axis=1))
    else:
        P = np.clip(Y_hat, 1e-8, 1 - 1e-8)
        J = -(Y * np.log(P)).sum() / m
        if kind == "bce":
            J -= ((1 - Y) * np.log(1 - P)).sum() / m
    for W in Ws:
        J += lam * np.linalg.norm(W) ** 2 / 2
    return J


@exercise.variant
def loops(Y_hat, Y, Ws, lam, kind):
    """One number at a time."""
    m, K = Y.shape
    total = 0.0
    for i in range(m):
        for k in range(K):
            p, t = Y_hat[i, k], Y[i, k]
            if kind == "half_mse":
                total += (p - t) ** 2 / 2
            elif t == 1:
                total += -np.log(p)
            elif kind == "bce":
                total += -np.log(1 - p)
    squares = 0
    for W in Ws:
        for w in W.flat:
            squares += w * w
    return total / m + lam * squares / 2


@exercise.variant
def single_precision(Y_hat, Y, Ws, lam, kind):
    """In float32, as an array without axes."""
    P, T = np.float32(Y_hat), np.float32(Y)
    if kind == "half_mse":
        J = np.square(P - T).sum() / (2 * len(T))
    elif kind == "bce":
        J = -np.log(P, where=T == 1, out=np.zeros_like(P)).sum() / len(T)
        J -= np.log(1 - P, where=T == 0, out=np.zeros_like(P)).sum() / len(T)
    else:
        J = -np.log(P[np.arange(len(T)), T.argmax(axis=1)]).mean()
    return np.array(J + lam / 2 * np.sum([np.square(W).sum() for W in Ws]))


@exercise.variant
def table_of_losses(Y_hat, Y, Ws, lam, kind):
    """The probability of what happened as |ŷ + y − 1|."""
    i = {
        "half_mse": lambda: ((Y_hat - Y) ** 2).sum() / 2,
        "bce": lambda: -np.log(np.abs(Y_hat + Y - 1)).sum(),
        "ce": lambda: -np.log((Y_hat * Y).sum(1)).sum(),
    }[kind]()
    return i / len(Y) + lam / 2 * sum(np.vdot(W, W) for W in Ws)
