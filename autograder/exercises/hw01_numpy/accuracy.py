"""Exercise 5.2: the share of right predictions."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import numpy_data as reference


def _labels(rng: np.random.Generator, m: int, right: int, K: int) -> tuple[np.ndarray, np.ndarray]:
    """Labels and predictions, of which that many are right."""
    y = rng.permutation(np.arange(m) % K)
    y_hat = y.copy()
    wrong = rng.permutation(m)[right:]
    y_hat[wrong] = (y[wrong] + rng.integers(1, K, m - right)) % K
    return y, y_hat


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for m, right, K in [(11, 7, 3), (7, 3, 2), (13, 4, 5), (60, 41, 4)]:
        yield Case(_labels(rng, m, right, K))
    yield Case(_labels(rng, 6, 6, 3), about="when every prediction is right")
    yield Case(_labels(rng, 5, 0, 3), about="when no prediction is right")
    yield Case(_labels(rng, 1, 1, 2), about="with a single sample (m = 1)")
    y, y_hat = _labels(rng, 9, 5, 3)
    yield Case(kwargs={"y": y, "y_hat": y_hat}, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((np.array([1]), np.array([1])))
    yield Case((np.array([1]), np.array([0])))
    yield Case((np.array([0, 1, 1]), np.array([0, 1, 0])))
    yield Case((np.array([0, 1, 2]), np.array([0, 1, 0])))
    yield Case((np.array([0, 1, 2, 2]), np.array([0, 2, 0, 1])))
    yield Case(kwargs={"y": np.array([1, 2]), "y_hat": np.array([1, 0])})


exercise = Exercise(
    homework="hw01_numpy",
    number="5.2",
    reference=reference.accuracy,
    returns=("the accuracy",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    tolerance=1e-12,
    purity="values",
    equivalent_mutants={
        "float((y == y_hat).mean()) -> (y == y_hat).mean()": (
            "the mean of an array is an `np.float64`, which the contract takes for a float"
        ),
    },
)


@exercise.mistake
def counted(y, y_hat):
    """You return the number of right predictions: divide it by the number of samples."""
    return np.sum(y == y_hat)


@exercise.mistake
def error_rate(y, y_hat):
    """You return the share of wrong predictions: the accuracy is the share of right ones."""
    return np.mean(y != y_hat)


@exercise.mistake
def percent(y, y_hat):
    """You return percent: the accuracy is between 0 and 1."""
    return 100 * np.mean(y == y_hat)


@exercise.mistake
def integer_division(y, y_hat):
    """Your result is 1 if all predictions are right and 0 otherwise, as with `//`, `all` or
    `np.array_equal`: divide the number of right ones by m, with `/`."""
    return np.sum(y == y_hat) // len(y)


@exercise.mistake
def all_or_nothing(y, y_hat):
    """Your result is 1 if all predictions are right and 0 otherwise, as with `//`, `all` or
    `np.array_equal`: divide the number of right ones by m, with `/`."""
    return float(np.array_equal(y, y_hat))


@exercise.mistake
def not_averaged(y, y_hat):
    """You return right or wrong for each sample: take the mean, the result is a single float."""
    return (y == y_hat).astype(float)


@exercise.mistake
def distance_of_labels(y, y_hat):
    """You measure how far the labels are apart. They are names, not amounts: a prediction is right
    or wrong."""
    return 1 - np.mean(np.abs(y - y_hat))


@exercise.mistake
def positives_only(y, y_hat):
    """You count the samples where both labels are above 0, as `*` or `and` do: compare the labels
    with `==`; class 0 counts as well."""
    return np.mean((y > 0) & (y_hat > 0))


@exercise.mistake
def class_zero_left_out(y, y_hat):
    """You leave out the samples of class 0: all samples count."""
    keep = y > 0
    return np.sum((y == y_hat) & keep) / max(1, np.sum(keep))


@exercise.mistake
def one_less_in_the_denominator(y, y_hat):
    """You divide by m - 1: divide by the number of samples, m."""
    return np.sum(y == y_hat) / max(1, len(y) - 1)


@exercise.mistake
def rounded(y, y_hat):
    """You round the accuracy: return it as it is, and round only what you print."""
    return round(float(np.mean(y == y_hat)), 2)


@exercise.mistake
def predictions_changed(y, y_hat):
    """You change the caller's `y_hat` (`y_hat -= …`): compare, and leave the arguments alone."""
    y_hat -= y
    return float(np.mean(y_hat == 0))


@exercise.variant
def counting_loop(y, y_hat):
    """A loop that counts."""
    right = 0
    for true, predicted in zip(y, y_hat):
        if true == predicted:
            right += 1
    return right / len(y)


@exercise.variant
def one_minus_errors(y, y_hat):
    """One minus the share of errors."""
    return 1 - np.count_nonzero(np.subtract(y, y_hat)) / y.size


@exercise.variant
def average_of_numbers(y, y_hat):
    """An average of zeros and ones, as a 0-d array."""
    return np.array(np.average(np.equal(y, y_hat).astype(int)))


@exercise.variant
def where(y, y_hat):
    """The positions of the hits."""
    hits = np.where(y_hat == y)[0]
    return float(len(hits)) / float(y.shape[0])
