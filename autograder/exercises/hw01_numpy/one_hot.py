"""Exercise 3.2: class labels as rows with a single 1."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import numpy_data as reference


def _labels(rng: np.random.Generator, m: int, K: int) -> np.ndarray:
    """Labels in which every class occurs."""
    return rng.permutation(np.concatenate([np.arange(K), rng.integers(0, K, m - K)]))


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for m, K in [(6, 3), (9, 4), (5, 2)]:
        yield Case((_labels(rng, m, K), K))
    yield Case((_labels(rng, 6, 3), 5), about="when the last classes do not occur")
    yield Case((_labels(rng, 6, 3) + 1, 4), about="when class 0 does not occur")
    yield Case((rng.integers(1, 3, 1), 4), about="with a single sample (m = 1)")
    yield Case((np.zeros(3, dtype=int), 1), about="with a single class (K = 1)")
    yield Case((_labels(rng, 5, 3).astype(np.uint8), 3), about="when the labels are of type uint8")
    named = {"y": _labels(rng, 4, 3), "K": 3}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((np.array([1]), 2))
    yield Case((np.array([0]), 2))
    yield Case((np.array([2, 0]), 3))
    yield Case((np.array([0, 1]), 3))
    yield Case((np.array([2, 0, 1, 1]), 3))
    yield Case(kwargs={"y": np.array([2, 0]), "K": 3})


exercise = Exercise(
    homework="hw01_numpy",
    number="3.2",
    reference=reference.one_hot,
    returns=("the result",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    purity="values",
)


@exercise.mistake
def classes_counted_by_the_largest_label(y, K):
    """You take the number of classes from the largest label: K says how many there are, also if
    the last of them do not occur."""
    return np.eye(np.max(y) + 1)[y]


@exercise.mistake
def classes_that_occur_only(y, K):
    """Your columns are the classes that occur (`np.unique`): K columns are asked for, also for a
    class that does not occur."""
    return (y[:, np.newaxis] == np.unique(y)).astype(float)


@exercise.mistake
def labels_from_one(y, K):
    """Your ones are one column too far left, and label 0 lands in the last column: the labels
    start at 0, so do not subtract 1."""
    return np.eye(K)[y.astype(int) - 1]


@exercise.mistake
def one_column_too_many(y, K):
    """You have K + 1 columns: the labels 0, …, K - 1 are K classes."""
    return np.eye(K + 1)[y]


@exercise.mistake
def whole_columns(y, K):
    """`Z[:, y] = 1` fills whole columns: pair each row with its own label,
    `Z[np.arange(len(y)), y] = 1`."""
    Z = np.zeros((len(y), K))
    Z[:, y] = 1
    return Z


@exercise.mistake
def label_instead_of_one(y, K):
    """You write the label into its column: write a 1."""
    Z = np.zeros((len(y), K))
    Z[np.arange(len(y)), y] = y
    return Z


@exercise.mistake
def transposed(y, K):
    """Your result is transposed: a row belongs to a sample and a column to a class."""
    return np.eye(K)[:, y]


@exercise.mistake
def booleans(y, K):
    """Your result holds True and False: turn them into numbers, `.astype(float)`."""
    return y[:, np.newaxis] == np.arange(K)


@exercise.mistake
def signs(y, K):
    """You write -1 for the other classes: write 0, so that a row adds up to 1."""
    return 2 * np.eye(K)[y] - 1


@exercise.mistake
def one_cold(y, K):
    """Zeros and ones are interchanged: the 1 stands at the label."""
    return 1 - np.eye(K)[y]


@exercise.mistake
def flat(y, K):
    """Your result is flat: it has a row for each sample, shape (m, K)."""
    return np.eye(K)[y].ravel()


@exercise.mistake
def list_of_lists(y, K):
    """You return a list of lists: make an array of it (`np.array`)."""
    return [[1.0 if k == label else 0.0 for k in range(K)] for label in y]


@exercise.mistake
def labels_changed(y, K):
    """You change the caller's `y`: work on a copy."""
    Z = np.eye(K)[y]
    y[:] = K - 1 - y
    return Z


@exercise.variant
def rows_of_the_identity(y, K):
    """Row y of the identity matrix."""
    return np.eye(K)[y]


@exercise.variant
def comparison(y, K):
    """Labels against classes, as integers."""
    return (y.reshape(-1, 1) == np.arange(K)).astype(int)


@exercise.variant
def loop(y, K):
    """One row after the other."""
    Z = np.zeros((len(y), K))
    for i, label in enumerate(y):
        Z[i, label] = 1
    return Z


@exercise.variant
def paired_indices(y, K):
    """All ones at once, as unsigned integers."""
    Z = np.zeros((y.size, K), dtype=np.uint8)
    Z[range(y.size), y] = 1
    return Z
