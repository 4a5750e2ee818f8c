"""Exercise 3.2: the binary cross-entropy of scores."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw04_logistic_regression import draws
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import logistic_regression as reference


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for m in (6, 9, 25):
        yield Case((Inputs(rng).array(m, 1, scale=2.0), draws.labels(rng, m)))
    yield Case((Inputs(rng).array(5, 1), draws.labels(rng, 5).astype(float)))


def _large(rng: np.random.Generator) -> Iterator[Case]:
    large = rng.uniform(800, 1200, (4, 1))
    yield Case((large, draws.labels(rng, 4)), about="at scores of about 1000")
    yield Case((-large, draws.labels(rng, 4)), about="at scores of about -1000")
    Y = draws.labels(rng, 4)
    right = np.where(Y == 1, large, -large)
    yield Case((right, Y), about="at large scores that are all right")
    yield Case((-right / 20, Y), about="at scores of about ±50 that are all wrong")


def _care(rng: np.random.Generator) -> Iterator[Case]:
    for label in (0, 1):
        Z, Y = Inputs(rng).array(1, 1), np.array([[label]])
        yield Case((Z, Y), about="with a single sample (m = 1)")
    yield Case((rng.integers(-5, 6, (6, 1)), draws.labels(rng, 6)), about="with integer arrays")
    named = {"Z": Inputs(rng).array(3, 1), "Y": draws.labels(rng, 3)}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    for Z, Y in [
        ([[2.0]], [[1]]),
        ([[2.0]], [[0]]),
        ([[-1.0]], [[0]]),
        ([[0.5], [-2.0]], [[0], [1]]),
        ([[3.0], [1.0], [-2.0]], [[0], [1], [0]]),
        ([[1000.0]], [[1]]),
        ([[1000.0]], [[0]]),
        ([[-1000.0]], [[0]]),
        ([[-1000.0]], [[1]]),
        ([[-50.0]], [[1]]),
        ([[3], [-2]], [[0], [1]]),
    ]:
        yield Case((np.array(Z), np.array(Y)))
    yield Case(kwargs={"Z": np.array([[2.0]]), "Y": np.array([[1]])})


exercise = Exercise(
    homework="hw04_logistic_regression",
    number="3.2",
    reference=reference.bce_with_logits,
    returns=("the loss",),
    parts=(
        Part("values", 1, _values),
        Part("large scores", 1, _large),
        Part("care", 1, _care),
    ),
    examples=_examples,
    equivalent_mutants={
        "float((np.maximum(Z, 0) - Z * Y + np.log1p(np.exp(-np.abs(Z)))).mean()) -> "
        "(np.maximum(Z, 0) - Z * Y + np.log1p(np.exp(-np.abs(Z)))).mean()": (
            "the mean of an array is an `np.float64`, which the contract takes for a float"
        ),
        "np.maximum(Z, 0) -> np.maximum(0, Z)": "the larger of two numbers has no order",
    },
)


@exercise.mistake
def through_probabilities(Z, Y):
    """You go through probabilities: σ(50) is 1 in floating point, and the logarithm of 1 - 1 is
    minus infinity. Compute from the scores directly, with max(z, 0) - zy + log(1 + exp(-|z|))."""
    from scipy.special import expit

    P = expit(Z)
    return -np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P))


@exercise.mistake
def only_the_term_that_counts(Z, Y):
    """You go through probabilities: a wrong score of 50 or more costs infinitely much then, instead
    of about 50. Compute from the scores directly, with max(z, 0) - zy + log(1 + exp(-|z|))."""
    from scipy.special import expit

    with np.errstate(divide="ignore"):
        return -np.mean(np.log(np.where(Y == 1, expit(Z), 1 - expit(Z))))


@exercise.mistake
def clipped_probabilities(Z, Y):
    """You clip probabilities, so no sample can cost more than about 35: a wrong score of 1000 costs
    1000. Compute from the scores directly, with max(z, 0) - zy + log(1 + exp(-|z|))."""
    from scipy.special import expit

    P = np.clip(expit(Z), 1e-15, 1 - 1e-15)
    return -np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P))


@exercise.mistake
def clipped_scores(Z, Y):
    """You clip the scores, so a wrong score of 1000 costs too little: with -|z| in the exponent no
    clipping is needed."""
    Z = np.clip(Z, -30, 30)
    return np.mean(np.maximum(Z, 0) - Z * Y + np.log1p(np.exp(-np.abs(Z))))


@exercise.mistake
def exponential_overflows(Z, Y):
    """`np.exp(Z)` overflows at scores of about 1000: with max(z, 0) in front, the exponent is -|z|,
    which never overflows."""
    return np.mean(np.log(1 + np.exp(Z)) - Z * Y)


@exercise.mistake
def both_branches_computed(Z, Y):
    """`np.where` computes both of its branches for every entry, and the one that is not used
    overflows: with -|z| in the exponent one formula is enough."""
    softplus = np.where(Z > 0, Z + np.log(1 + np.exp(-Z)), np.log(1 + np.exp(Z)))
    return np.mean(softplus - Z * Y)


@exercise.mistake
def scores_taken_for_probabilities(Z, Y):
    """You take the scores for probabilities: a score may be negative or above 1."""
    with np.errstate(all="ignore"):
        return -np.mean(Y * np.log(Z) + (1 - Y) * np.log(1 - Z))


@exercise.mistake
def absolute_value_missing(Z, Y):
    """The absolute value is missing in the exponent: it is `-np.abs(Z)`."""
    with np.errstate(over="ignore"):
        return np.mean(np.maximum(Z, 0) - Z * Y + np.log(1 + np.exp(-Z)))


@exercise.mistake
def maximum_missing(Z, Y):
    """The term max(z, 0) is missing."""
    return np.mean(-Z * Y + np.log1p(np.exp(-np.abs(Z))))


@exercise.mistake
def sign_of_the_label_term(Z, Y):
    """The term zy has the wrong sign: it is subtracted, so a large score with the label 1 costs
    little."""
    return np.mean(np.maximum(Z, 0) + Z * Y + np.log1p(np.exp(-np.abs(Z))))


@exercise.mistake
def labels_ignored(Z, Y):
    """Your loss does not depend on the labels: the term -zy is missing."""
    return np.mean(np.logaddexp(0, Z) + 0 * Y)


@exercise.mistake
def labels_swapped(Z, Y):
    """You have the two classes swapped: a large score is right for the label 1."""
    return np.mean(np.logaddexp(0, Z) - Z * (1 - Y))


@exercise.mistake
def sign_flipped(Z, Y):
    """The sign is wrong: this is the mean log-likelihood, a loss is never negative."""
    return np.mean(Z * Y - np.logaddexp(0, Z))


@exercise.mistake
def mean_missing(Z, Y):
    """Your values are the right ones times m: the mean over the samples is missing."""
    return np.sum(np.logaddexp(0, Z) - Z * Y)


@exercise.mistake
def halved(Z, Y):
    """Your values are half the right ones: the factor one half belongs to the squared error."""
    return np.mean(np.logaddexp(0, Z) - Z * Y) / 2


@exercise.mistake
def one_by_one_matrix(Z, Y):
    """Your result is an array of shape (1, 1): a loss is a single float."""
    ones = np.ones((1, len(Z)))
    return ones @ (np.logaddexp(0, Z) - Z * Y) / len(Z)


@exercise.mistake
def one_for_each_sample(Z, Y):
    """You return a loss for each sample: return their mean, a single float."""
    return np.logaddexp(0, Z) - Z * Y


@exercise.mistake
def flat_against_column(Z, Y):
    """A flat array (m,) and a column (m, 1) give a table (m, m), every label with every score: give
    both the same shape."""
    return np.mean(np.logaddexp(0, Z) - Z * Y.ravel())


@exercise.mistake
def sigmoid_twice(Z, Y):
    """You put the scores through the sigmoid first: the formula takes the scores themselves."""
    from scipy.special import expit

    P = expit(Z)
    return np.mean(np.maximum(P, 0) - P * Y + np.log1p(np.exp(-np.abs(P))))


@exercise.mistake
def scores_changed(Z, Y):
    """You change the caller's `Z` (`Z *= …`): compute a new array."""
    loss = np.mean(np.logaddexp(0, Z) - Z * Y)
    Z *= 1 - 2 * Y.astype(Z.dtype)
    return loss


@exercise.variant
def logaddexp(Z, Y):
    """NumPy's log(exp(0) + exp(z))."""
    return np.mean(np.logaddexp(0, Z) - Z * Y)


@exercise.variant
def signed_margin(Z, Y):
    """One term: log(1 + exp(-z)) with the sign of the label."""
    signed = (2 * Y - 1) * Z
    return float(np.logaddexp(0.0, -signed).sum() / Z.shape[0])


@exercise.variant
def loop(Z, Y):
    """A loop with the functions of `math`."""
    import math

    total = 0
    for z, y in zip(Z[:, 0], Y[:, 0]):
        total += max(float(z), 0) - z * y + math.log(1 + math.exp(-abs(z)))
    return total / len(Z)


@exercise.variant
def masks(Z, Y):
    """Two masks, so that each exponential gets what it can bear."""
    softplus = np.empty(Z.shape)
    up = Z > 0
    softplus[up] = Z[up] + np.log1p(np.exp(-Z[up]))
    softplus[~up] = np.log1p(np.exp(Z[~up]))
    return (softplus - Z * Y).mean()


@exercise.variant
def scipy_log_expit(Z, Y):
    """SciPy's logarithm of the sigmoid."""
    from scipy.special import log_expit

    return -(Y * log_expit(Z) + (1 - Y) * log_expit(-Z)).mean()


@exercise.variant
def in_place_on_its_own_array(Z, Y):
    """Operations in place, on an array of its own."""
    losses = np.abs(Z) * -1.0
    np.exp(losses, out=losses)
    losses += 1
    np.log(losses, out=losses)
    losses += np.where(Z > 0, Z, 0)
    losses -= Z * Y
    return np.array(losses.mean())
