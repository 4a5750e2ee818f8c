"""Exercise 5.1: the binary cross-entropy of K independent labels."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.compare import Difference, difference, is_near
from autograder.exercises.hw05_softmax_svm.scores import TOLERANCE
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import softmax_svm as reference
from autograder.reference.shapes import Array


def _arguments(rng: np.random.Generator, m: int, K: int) -> tuple[Array, Array]:
    """Return probabilities and labels: some rows have several ones, and both kinds occur."""
    P, Y = rng.uniform(0.05, 0.95, (m, K)), rng.integers(0, 2, (m, K)).astype(float)
    Y.ravel()[:2] = (1.0, 0.0) if m * K > 1 else (1.0,)
    return P, Y


def _certain(rng: np.random.Generator, m: int, K: int) -> tuple[Array, Array]:
    """Return probabilities of which some are 0 or 1, all of them right."""
    P, Y = _arguments(rng, m, K)
    P[0] = Y[0]
    P[-1, 0] = Y[-1, 0] = 1.0
    return P, Y


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for m, K in [(5, 3), (4, 2), (3, 3), (6, 4), (40, 5)]:
        yield Case(_arguments(rng, m, K))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    yield Case(_arguments(rng, 1, 4), about="with a single sample (m = 1)")
    yield Case(_arguments(rng, 5, 1), about="with a single label (K = 1)")
    P, Y = _arguments(rng, 3, 3)
    yield Case((P, np.zeros((3, 3))), about="when no sample has any label")
    yield Case((P, np.ones((3, 3))), about="when every sample has every label")
    about = "when some probabilities are exactly 0 or 1, and right"
    yield Case(_certain(rng, 4, 3), about=about)
    about = "when all probabilities are exactly 0 or 1, and right"
    yield Case((Y.copy(), Y), about=about)
    integers = Y.astype(int)
    yield Case((integers.copy(), integers), about="with integer arrays, 0 and 1, all right")
    yield Case((P, integers), about="when Y holds integers")
    P, Y = _arguments(rng, 3, 2)
    yield Case(kwargs={"P": P, "Y": Y}, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((np.array([[0.25]]), np.array([[1.0]])))
    yield Case((np.array([[0.25]]), np.array([[0.0]])))
    yield Case((np.array([[0.25, 0.5]]), np.array([[1.0, 0.0]])))
    yield Case((np.array([[0.25, 0.5], [0.75, 0.5]]), np.array([[1.0, 1.0], [0.0, 0.0]])))
    inputs = Inputs(rng)
    for m, K in [(2, 3), (3, 2)]:
        P = inputs.rng.integers(1, 10, (m, K)) / 10
        yield Case((P, inputs.rng.integers(0, 2, (m, K)).astype(float)))
    yield Case((np.array([[1.0, 0.5]]), np.array([[1.0, 0.0]])))
    yield Case((np.array([[0.0, 0.5]]), np.array([[0.0, 0.0]])))
    yield Case((np.array([[1.0, 0.0]]), np.array([[1.0, 0.0]])))
    yield Case((np.array([[1, 0]]), np.array([[1, 0]])))
    yield Case(kwargs={"P": np.array([[0.25]]), "Y": np.array([[1]])})


def _compare(case: Case, expected: float, got: object) -> Difference | None:
    """Compare the numbers; a tiny number inside the log, or clipping, is no mistake here."""
    # Clipped at 1e-7, a certain and right answer costs 1e-7 instead of 0.
    if is_near(expected, got, within=3e-6):
        return None
    return difference(expected, got, ("the loss",), TOLERANCE)


exercise = Exercise(
    homework="hw05_softmax_svm",
    number="5.1",
    reference=reference.multilabel_bce,
    returns=("the loss",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    compare=_compare,
    tolerance=TOLERANCE,
    equivalent_mutants={
        "np.errstate(divide='ignore') -> np.errstate()": (
            "only answers that are certain and wrong take the log of 0, and they are not graded"
        ),
        "float(-np.log(right).sum() / len(P)) -> -np.log(right).sum() / len(P)": (
            "the sum of an array is an `np.float64` already, which the contract takes for a float"
        ),
    },
)


@exercise.mistake
def only_labels_that_are_there(P, Y):
    """Labels that a sample does not have cost nothing in your loss: the second term, `(1 - Y) *
    log(1 - P)`, is missing."""
    return -np.log(np.where(Y == 1, P, 1.0)).sum() / len(P)


@exercise.mistake
def only_labels_that_are_missing(P, Y):
    """Labels that a sample has cost nothing in your loss: the first term, `Y * log(P)`, is
    missing."""
    return -np.log(np.where(Y == 1, 1.0, 1 - P)).sum() / len(P)


@exercise.mistake
def brackets_missing(P, Y):
    """The minus reaches the first term only: it stands in front of a bracket that holds both."""
    first = np.log(np.where(Y == 1, P, 1.0))
    second = np.log(np.where(Y == 1, 1.0, 1 - P))
    return np.sum(-first + second) / len(P)


@exercise.mistake
def logarithm_of_zero(P, Y):
    """Where a probability is exactly 0 or 1, `0 * log(0)` is nan: pick the term that counts with
    `np.where`, or keep the probabilities a little away from 0 and 1."""
    return -(Y * np.log(P) + (1 - Y) * np.log(1 - P)).sum() / len(P)


@exercise.mistake
def mean_missing(P, Y):
    """Your loss is the right one times m: divide by the number of samples."""
    return -np.log(np.where(Y == 1, P, 1 - P)).sum()


@exercise.mistake
def averaged_over_labels_too(P, Y):
    """You divide by m times K (the mean of a whole matrix): sum over the K labels, then divide by m
    only."""
    return -np.log(np.where(Y == 1, P, 1 - P)).mean()


@exercise.mistake
def divided_by_labels(P, Y):
    """You divide by K, the number of labels: divide by m, the number of samples."""
    return -np.log(np.where(Y == 1, P, 1 - P)).sum() / P.shape[1]


@exercise.mistake
def halved(P, Y):
    """You divide by 2m: the one half belongs to squared errors, a cross-entropy is divided by m
    only."""
    return -np.log(np.where(Y == 1, P, 1 - P)).sum() / (2 * len(P))


@exercise.mistake
def sign_flipped(P, Y):
    """Your loss has the wrong sign: the log of a probability is negative, the loss is minus
    that."""
    return np.log(np.where(Y == 1, P, 1 - P)).sum() / len(P)


@exercise.mistake
def probabilities_reversed(P, Y):
    """You take `P` where the label is missing and `1 - P` where it is there: it is the other way
    round."""
    return -np.log(np.where(Y == 1, np.maximum(1 - P, 1e-12), np.maximum(P, 1e-12))).sum() / len(P)


@exercise.mistake
def rows_normalized(P, Y):
    """You divide each row of P by its sum: several labels may be true at once, so a row need not
    add up to 1."""
    with np.errstate(all="ignore"):
        P = P / P.sum(axis=1, keepdims=True)
        return -np.log(np.where(Y == 1, P, 1 - P)).sum() / len(P)


@exercise.mistake
def probabilities_taken_for_scores(P, Y):
    """You apply a sigmoid to P: it holds probabilities already."""
    P = 1 / (1 + np.exp(-P))
    return -np.log(np.where(Y == 1, P, 1 - P)).sum() / len(P)


@exercise.mistake
def squared_errors(P, Y):
    """These are squared errors: the cross-entropy takes logarithms."""
    return np.square(P - Y).sum() / len(P)


@exercise.mistake
def log_to_base_two(P, Y):
    """Your logarithm is to another base than e: the natural one is meant, `np.log`."""
    return -np.log2(np.where(Y == 1, P, 1 - P)).sum() / len(P)


@exercise.mistake
def one_for_each_label(P, Y):
    """You return one loss for each label: add them up, the result is a single float."""
    return -np.log(np.where(Y == 1, P, 1 - P)).sum(axis=0) / len(P)


@exercise.mistake
def one_for_each_sample(P, Y):
    """You return one loss for each sample: take their mean, the result is a single float."""
    return -np.log(np.where(Y == 1, P, 1 - P)).sum(axis=1)


@exercise.mistake
def probabilities_changed(P, Y):
    """You change the caller's `P`: work on a copy, or choose with `np.where`."""
    P[Y == 0] = 1 - P[Y == 0]
    return -np.log(P).sum() / len(P)


@exercise.variant
def loops(P, Y):
    """Two loops and an `if`."""
    total = 0.0
    for p, y in zip(P, Y):
        for k in range(len(p)):
            total -= np.log(p[k]) if y[k] else np.log(1 - p[k])
    return total / len(P)


@exercise.variant
def clipped(P, Y):
    """The formula, the probabilities kept a little away from 0 and 1."""
    P = np.clip(P, 1e-7, 1 - 1e-7)
    losses = -(Y * np.log(P) + (1 - Y) * np.log(1 - P))
    return np.mean(losses.sum(axis=1))


@exercise.variant
def tiny_number_inside(P, Y):
    """A tiny number inside the logs."""
    eps = 1e-12
    return float(-np.sum(Y * np.log(P + eps) + (1 - Y) * np.log(1 - P + eps)) / Y.shape[0])


@exercise.variant
def scipy_functions(P, Y):
    """SciPy's x log y, which is 0 at x = 0."""
    from scipy.special import xlog1py, xlogy

    return -np.add(xlogy(Y, P), xlog1py(1 - Y, -P)).sum() / len(P)


@exercise.variant
def product_form(P, Y):
    """The probability of what happened as a polynomial, in single precision."""
    P, Y = P.astype(np.float32), Y.astype(np.float32)
    happened = Y * P + (1 - Y) * (1 - P)
    return -np.einsum("ik->", np.log(happened)) / P.shape[0]


@exercise.variant
def warnings_silenced(P, Y):
    """The log of both, with the warnings off, as a 0-d array."""
    with np.errstate(divide="ignore", invalid="ignore"):
        losses = np.where(Y > 0.5, np.log(P), np.log1p(-P))
    return np.array(-losses.sum(axis=1).mean())
