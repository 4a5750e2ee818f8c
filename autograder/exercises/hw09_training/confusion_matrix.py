"""Exercise 4.1: which class was taken for which?"""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.compare import Difference, difference
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import training as reference


def _labels(rng: np.random.Generator, m: int, K: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Return classes of which some are mixed up, more one way than the other."""
    while True:
        y, y_hat = rng.integers(0, K, m), rng.integers(0, K, m)
        y_hat = np.where(rng.random(m) < 0.5, y, y_hat)
        counts = reference.confusion_matrix(y, y_hat, K)
        twice = counts.max() > 1
        if twice and (counts != counts.T).any() and np.trace(counts) < m:
            return y, y_hat, K


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for m, K in [(12, 3), (30, 4), (60, 10), (9, 2)]:
        yield Case(_labels(rng, m, K))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((np.array([1]), np.array([2]), 4), about="with a single sample (m = 1)")
    y, y_hat, K = _labels(rng, 15, 3)
    yield Case((y, y_hat, K + 2), about="when the last classes do not occur")
    yield Case((y + 2, y_hat + 2, K + 2), about="when the first classes do not occur")
    yield Case((y, y, 3), about="when all predictions are right")
    small = np.repeat(y, 150).astype(np.uint8), np.repeat(y_hat, 150).astype(np.uint8)
    yield Case((*small, 3), about="when the labels are of the type uint8")
    y, y_hat, K = _labels(rng, 40, 20)  # the pairs have numbers up to 399
    about = "when there are many classes and the labels are of the type uint8"
    yield Case((y.astype(np.uint8), y_hat.astype(np.uint8), K), about=about)
    y, y_hat, K = _labels(rng, 12, 3)
    about = "since counts are integers"
    yield Case((y, y_hat, K), about=about, extra="int")
    about = "when it is called by argument names"
    yield Case(kwargs={"y": y, "y_hat": y_hat, "K": K}, about=about)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((np.array([0, 0, 1]), np.array([0, 1, 1]), 2), extra="int")
    yield Case((np.array([0, 0, 0, 1, 2]), np.array([0, 1, 1, 1, 0]), 3), extra="int")
    yield Case((np.array([0, 0]), np.array([0, 1]), 3), extra="int")
    yield Case((np.array([1, 1]), np.array([1, 2]), 3), extra="int")
    y = np.array([0, 0, 1, 1], dtype=np.uint8)
    yield Case((np.repeat(y, 150), np.repeat(y[::-1], 150), 2), extra="int")
    yield Case((np.array([13, 19], dtype=np.uint8), np.array([13, 18], dtype=np.uint8), 20))
    yield Case(kwargs={"y": np.array([0, 1]), "y_hat": np.array([1, 1]), "K": 2})


def _compare(case: Case, expected: np.ndarray, got: object) -> Difference | None:
    """Compare the counts; where the case is about it, their type as well."""
    problem = difference(expected, got, ("the result",))
    if problem is None and case.extra == "int" and got.dtype.kind not in "iu":
        words = f"the result holds values of type {got.dtype}, expected integers"
        return Difference(words, words)
    return problem


exercise = Exercise(
    homework="hw09_training",
    number="4.1",
    reference=reference.confusion_matrix,
    returns=("the result",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    compare=_compare,
)


@exercise.mistake
def transposed(y, y_hat, K):
    """Rows and columns are interchanged: a row is a true class, a column a prediction."""
    counts = np.zeros((K, K), dtype=int)
    for true, guess in zip(y, y_hat):
        counts[guess, true] += 1
    return counts


@exercise.mistake
def repeated_places_counted_once(y, y_hat, K):
    """`counts[y, y_hat] += 1` adds only once to a place that occurs several times: use a loop, or
    `np.add.at`."""
    counts = np.zeros((K, K), dtype=int)
    counts[y, y_hat] += 1
    return counts


@exercise.mistake
def shares_of_the_rows(y, y_hat, K):
    """You divide by the sums of the rows: counts are asked for."""
    counts = np.zeros((K, K))
    np.add.at(counts, (y, y_hat), 1)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


@exercise.mistake
def shares_of_all(y, y_hat, K):
    """You divide by m: counts are asked for."""
    counts = np.zeros((K, K))
    np.add.at(counts, (y, y_hat), 1)
    return counts / len(y)


@exercise.mistake
def only_mistakes_counted(y, y_hat, K):
    """You count the mistakes alone: the right predictions stand on the diagonal."""
    counts = np.zeros((K, K), dtype=int)
    for true, guess in zip(y, y_hat):
        if true != guess:
            counts[true, guess] += 1
    return counts


@exercise.mistake
def only_right_ones_counted(y, y_hat, K):
    """You count the right predictions alone: a mistake stands in the row of the true class and the
    column of the prediction."""
    return np.diag(np.bincount(y[y == y_hat], minlength=K))


@exercise.mistake
def size_from_the_labels(y, y_hat, K):
    """You count the classes in the labels: K says how many there are, also if some do not occur."""
    K = int(max(y.max(), y_hat.max())) + 1
    counts = np.zeros((K, K), dtype=int)
    np.add.at(counts, (y, y_hat), 1)
    return counts


@exercise.mistake
def counted_in_floats(y, y_hat, K):
    """Your counts are floats: give `np.zeros` the type `dtype=int`."""
    counts = np.zeros((K, K))
    np.add.at(counts, (y, y_hat), 1)
    return counts


@exercise.mistake
def counted_in_the_type_of_the_labels(y, y_hat, K):
    """You count or compute in the type of the labels, which overflows if that is a small one such
    as uint8: make the counts with `dtype=int`, and the labels `astype(int)`."""
    counts = np.zeros((K, K), dtype=y.dtype)
    for true, guess in zip(y, y_hat):
        counts[true, guess] += np.ones((), dtype=y.dtype)
    return counts


@exercise.mistake
def pairs_numbered_in_the_type_of_the_labels(y, y_hat, K):
    """You count or compute in the type of the labels, which overflows if that is a small one such
    as uint8: make the counts with `dtype=int`, and the labels `astype(int)`."""
    return np.bincount(y * K + y_hat, minlength=K * K).reshape(K, K)


@exercise.mistake
def lists_of_counts(y, y_hat, K):
    """You return a list of lists: make it an array."""
    counts = [[0] * K for _ in range(K)]
    for true, guess in zip(y, y_hat):
        counts[true][guess] += 1
    return counts


@exercise.variant
def in_a_loop(y, y_hat, K):
    """Sample by sample."""
    counts = np.zeros((K, K), dtype=np.int32)
    for i in range(len(y)):
        counts[y[i], y_hat[i]] += 1
    return counts


@exercise.variant
def pairs_numbered(y, y_hat, K):
    """Each pair of classes has a number, and numbers are counted."""
    return np.bincount(K * y.astype(int) + y_hat, minlength=K * K).reshape(K, K)


@exercise.variant
def entry_by_entry(y, y_hat, K):
    """Each entry is a count."""
    return np.array([[np.sum((y == j) & (y_hat == k)) for k in range(K)] for j in range(K)])


@exercise.variant
def histogram_in_two_dimensions(y, y_hat, K):
    """A histogram of pairs."""
    edges = np.arange(K + 1) - 0.5
    return np.histogram2d(y, y_hat, bins=(edges, edges))[0].astype(int)
