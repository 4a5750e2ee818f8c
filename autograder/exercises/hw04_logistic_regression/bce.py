"""Exercise 3.1: the binary cross-entropy of probabilities."""

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.compare import Difference, as_float, difference, is_near
from autograder.exercises.hw04_logistic_regression import draws
from autograder.exercises.model import Case, Exercise, Function, Part
from autograder.reference import logistic_regression as reference

_SURE = "certain and right"
_WRONG = "certain and wrong"
_EPSILON = 2e-6  # clipping at 1e-6 or closer to 0 and 1 is as good as exact


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for m in (5, 8, 30):
        yield Case((draws.probabilities(rng, m), draws.labels(rng, m)))
    yield Case((draws.probabilities(rng, 6), draws.labels(rng, 6).astype(float)))


def _certain(rng: np.random.Generator) -> Iterator[Case]:
    Y = draws.labels(rng, 7)
    yield Case(
        (Y.astype(float), Y), about="where every prediction is certain and right", extra=_SURE
    )
    P = draws.probabilities(rng, 7)
    P[2:] = Y[2:]
    yield Case((P, Y), about="where some predictions are certain and right", extra=_SURE)
    Y = draws.labels(rng, 4)
    yield Case((Y.copy(), Y), about="with integers as certain probabilities", extra=_SURE)
    for label in (0, 1):
        P, Y = draws.probabilities(rng, 5), draws.labels(rng, 5)
        P[3], Y[3] = 1 - label, label
        yield Case((P, Y), about=f"where a label {label} got the probability 0", extra=_WRONG)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    for label in (0, 1):
        P, Y = draws.probabilities(rng, 1), np.array([[label]])
        yield Case((P, Y), about="with a single sample (m = 1)")
    Y = np.ones((4, 1), dtype=int)
    yield Case((draws.probabilities(rng, 4), Y), about="where all labels are 1")
    yield Case((draws.probabilities(rng, 4), 1 - Y), about="where all labels are 0")
    named = {"P": draws.probabilities(rng, 3), "Y": draws.labels(rng, 3)}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    for P, Y in [
        ([[0.8]], [[1]]),
        ([[0.8]], [[0]]),
        ([[0.5], [0.9]], [[0], [1]]),
        ([[0.2], [0.9], [0.4]], [[0], [1], [1]]),
    ]:
        yield Case((np.array(P), np.array(Y)))
    yield Case((np.array([[0.0], [1.0]]), np.array([[0], [1]])), extra=_SURE)
    yield Case((np.array([[0], [1]]), np.array([[0], [1]])), extra=_SURE)
    yield Case((np.array([[0.0], [0.5]]), np.array([[1], [1]])), extra=_WRONG)
    yield Case(kwargs={"P": np.array([[0.8]]), "Y": np.array([[1]])})


def _observe(bce: Function, case: Case) -> Any:
    """Call it; that NumPy warns of log(0) is fine, what comes out of it is compared."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="divide by zero", category=RuntimeWarning)
        return bce(*case.args, **case.kwargs)


def _compare(case: Case, expected: Any, got: Any) -> Difference | None:
    if case.extra is None:
        return difference(expected, got, ("the loss",), exercise.tolerance)
    form = difference(1.0, got, ("the loss",), tolerance=np.inf)
    if form:
        return form
    if case.extra == _SURE:
        close = is_near(expected, got, within=_EPSILON)
        return None if close else difference(expected, got, ("the loss",))
    m = len(case.args[0])
    if as_float(got) >= 10 / m:  # infinite, or large because of clipping: one sample of m is wrong
        return None
    detail = f"the loss is {as_float(got):.6g}, expected a large number"
    return Difference("the loss is too small", detail)


exercise = Exercise(
    homework="hw04_logistic_regression",
    number="3.1",
    reference=reference.bce,
    returns=("the loss",),
    parts=(
        Part("values", 1, _values),
        Part("certain predictions", 1, _certain),
        Part("care", 1, _care),
    ),
    examples=_examples,
    observe=_observe,
    compare=_compare,
    tolerance=1e-4,  # a tiny number in the logarithms shifts every value a little
    equivalent_mutants={
        "np.errstate(divide='ignore') -> np.errstate()": (
            "the exercise allows NumPy to warn of log(0)"
        ),
        "float(np.abs(np.log(given)).mean()) -> np.abs(np.log(given)).mean()": (
            "the mean of an array is an `np.float64`, which the contract takes for a float"
        ),
    },
)


@exercise.mistake
def log_likelihood(P, Y):
    """The sign is wrong: this is the mean log-likelihood, which is to be maximized. The loss has a
    minus in front of the bracket."""
    given = np.where(Y == 1, P, 1 - P)
    return np.log(given).mean()


@exercise.mistake
def bracket_missing(P, Y):
    """Brackets are missing: your minus reaches only the first term. It stands in front of both,
    `-(A + B)`."""
    P = np.clip(P, 1e-15, 1 - 1e-15)
    return np.mean(-Y * np.log(P) + (1 - Y) * np.log(1 - P))


@exercise.mistake
def precedence(P, Y):
    """Brackets are missing: `-A + B / m` divides and subtracts only one of the two terms, the loss
    is `-(A + B) / m`."""
    P = np.clip(P, 1e-15, 1 - 1e-15)
    return -np.sum(Y * np.log(P)) + np.sum((1 - Y) * np.log(1 - P)) / len(Y)


@exercise.mistake
def precedence_of_the_division(P, Y):
    """Brackets are missing: `-A - B / m` divides only the second sum by m, the loss is
    `-(A + B) / m`."""
    P = np.clip(P, 1e-15, 1 - 1e-15)
    return -np.sum(Y * np.log(P)) - np.sum((1 - Y) * np.log(1 - P)) / len(Y)


@exercise.mistake
def halved(P, Y):
    """Your values are half the right ones: the factor one half belongs to the squared error."""
    given = np.where(Y == 1, P, 1 - P)
    return -np.log(given).mean() / 2


@exercise.mistake
def mean_missing(P, Y):
    """Your values are the right ones times m: the mean over the samples is missing."""
    given = np.where(Y == 1, P, 1 - P)
    return -np.log(given).sum()


@exercise.mistake
def one_by_one_matrix(P, Y):
    """Your result is an array of shape (1, 1): a loss is a single float."""
    P = np.clip(P, 1e-15, 1 - 1e-15)
    return -(Y.T @ np.log(P) + (1 - Y).T @ np.log(1 - P)) / len(Y)


@exercise.mistake
def one_for_each_sample(P, Y):
    """You return a loss for each sample: return their mean, a single float."""
    given = np.where(Y == 1, P, 1 - P)
    return -np.log(given)


@exercise.mistake
def second_term_missing(P, Y):
    """Samples with the label 0 cost nothing in your loss: the term (1 - y) log(1 - p) is
    missing."""
    return -np.mean(Y * np.log(np.clip(P, 1e-15, 1)))


@exercise.mistake
def labels_swapped(P, Y):
    """You have the two cases swapped: a label 1 costs -log p, a label 0 costs -log(1 - p)."""
    given = np.where(Y == 1, 1 - P, P)
    return -np.log(given).mean()


@exercise.mistake
def other_base(P, Y):
    """This is a logarithm to another base than e: use `np.log`."""
    given = np.where(Y == 1, P, 1 - P)
    return -np.log2(given).mean()


@exercise.mistake
def squared_error(P, Y):
    """These are squared errors: the cross-entropy is made of logarithms."""
    return np.mean((P - Y) ** 2)


@exercise.mistake
def zero_times_infinity(P, Y):
    """Where a prediction is certain your loss is nan: `0 * np.log(0)` is 0 times minus infinity.
    Take only the term that counts, or keep P a tiny bit away from 0 and 1."""
    return -np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P))


@exercise.mistake
def nan_replaced_afterwards(P, Y):
    """You compute nan first and replace it by 0 later, and NumPy warns of the nan: prevent it, by
    taking only the term that counts or keeping P a tiny bit away from 0 and 1."""
    return -np.mean(np.nan_to_num(Y * np.log(P)) + np.nan_to_num((1 - Y) * np.log(1 - P)))


@exercise.mistake
def nan_left_out_of_the_mean(P, Y):
    """You leave out the samples that give nan, and divide by the number of the others: a sample
    that is certain and right costs 0, and counts."""
    with np.errstate(all="ignore"):
        losses = -(Y * np.log(P) + (1 - Y) * np.log(1 - P))
    return np.mean(losses[~np.isnan(losses)]) if not np.isnan(losses).all() else np.nan


@exercise.mistake
def certain_costs_nothing(P, Y):
    """A prediction that is certain costs nothing in your loss, also when it is wrong: a label that
    got the probability 0 costs very much."""
    with np.errstate(divide="ignore"):
        first = np.where(P > 0, np.log(P), 0)
        second = np.where(P < 1, np.log(1 - P), 0)
    return -np.mean(Y * first + (1 - Y) * second)


@exercise.mistake
def clipped_too_early(P, Y):
    """You clip P far from 0 and 1, so certain and right predictions cost too much: 1e-12 is far
    enough."""
    P = np.clip(P, 1e-2, 1 - 1e-2)
    return -np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P))


@exercise.mistake
def clipped_in_place(P, Y):
    """You write into the caller's `P` where it is 0 or 1: `np.clip` without `out=` makes a new
    array."""
    P[P == 0] = 1e-12
    P[P == 1] = 1 - 1e-12
    given = np.where(Y == 1, P, 1 - P)
    return -np.log(given).mean()


@exercise.mistake
def flat_against_column(P, Y):
    """A flat array (m,) and a column (m, 1) give a table (m, m), every label with every prediction:
    give both the same shape."""
    P, Y = np.clip(P, 1e-15, 1 - 1e-15), Y.ravel()
    return -np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P))


@exercise.mistake
def divided_by_the_ones(P, Y):
    """You divide by the number of ones: divide by m, the number of samples."""
    with np.errstate(all="ignore"):
        given = np.where(Y == 1, P, 1 - P)
        return -np.log(given).sum() / Y.sum()


@exercise.variant
def clipped(P, Y):
    """Kept away from 0 and 1."""
    P = np.clip(P, 1e-15, 1 - 1e-15)
    return float(-(Y * np.log(P) + (1 - Y) * np.log(1 - P)).mean())


@exercise.variant
def clipped_like_a_framework(P, Y):
    """Kept away from 0 and 1 by 1e-7."""
    P = np.clip(P, 1e-7, 1 - 1e-7)
    return -np.average(Y * np.log(P) + (1 - Y) * np.log(1 - P))


@exercise.variant
def small_number_added(P, Y):
    """A small number inside of the logarithms."""
    eps = 1e-12
    return -(np.sum(Y * np.log(P + eps)) + np.sum((1 - Y) * np.log(1 - P + eps))) / len(P)


@exercise.variant
def larger_number_added(P, Y):
    """A larger one, which shows in the seventh digit."""
    eps = 1e-7
    return -np.mean(Y * np.log(P + eps) + (1 - Y) * np.log(1 - P + eps))


@exercise.variant
def by_cases(P, Y):
    """Both logarithms, and the one that counts; NumPy warns of log(0)."""
    return np.mean(np.where(Y == 1, -np.log(P), -np.log(1 - P)))


@exercise.variant
def bernoulli(P, Y):
    """The logarithm of the Bernoulli probability: 0 to the power 0 is 1."""
    likelihood = P**Y * (1 - P) ** (1 - Y)
    return np.mean(-np.log(likelihood))


@exercise.variant
def scipy_xlogy(P, Y):
    """SciPy's x log y, which is 0 for x = 0."""
    from scipy.special import xlog1py, xlogy

    return -np.mean(xlogy(Y, P) + xlog1py(1 - Y, -P))


@exercise.variant
def selected(P, Y):
    """Two selections of samples, added up."""
    ones, zeros = P[Y == 1], P[Y == 0]
    total = -np.log(ones).sum() - np.log1p(-zeros).sum()
    return total / Y.shape[0]


@exercise.variant
def loop(P, Y):
    """A loop with `math.log`."""
    import math

    total = 0.0
    for p, y in zip(P.ravel(), Y.ravel()):
        likelihood = p if y == 1 else 1 - p
        total += -math.log(likelihood) if likelihood > 0 else math.inf
    return total / len(P)


@exercise.variant
def nan_prevented(P, Y):
    """What is nan is silenced and replaced."""
    with np.errstate(all="ignore"):
        losses = Y * np.log(P) + (1 - Y) * np.log(1 - P)
    return -np.where(np.isnan(losses), 0, losses).mean()
