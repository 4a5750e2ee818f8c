"""Exercise 1.1: the class with the highest score."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.compare import Difference, difference
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import softmax_svm as reference
from autograder.reference.shapes import Array


def _clear(S: Array) -> bool:
    """Whether every row has one highest score, and one lowest."""
    ordered = np.sort(S, axis=1)
    gaps = np.minimum(ordered[:, -1] - ordered[:, -2], ordered[:, 1] - ordered[:, 0])
    return bool(gaps.min() > 0.01)


def _arguments(inputs: Inputs, m: int, n: int, K: int) -> tuple[Array, Array, Array]:
    """Return X, W, b for which nothing is decided by a tie, with the bias or without it.

    Where m allows it more than one class wins, and the bias has a say.
    """
    while True:
        X, W, b = inputs.array(m, n), inputs.array(n, K), inputs.array(K, scale=2.0)
        best = (X @ W + b).argmax(axis=1)
        varied = m < 4 or (len(set(best)) > 1 and (best != (X @ W).argmax(axis=1)).any())
        if varied and _clear(X @ W + b) and _clear(X @ W):
            return X, W, b


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, n, K in [(6, 3, 3), (8, 2, 5), (5, 4, 4), (5, 5, 5)]:
        yield Case(_arguments(inputs, m, n, K))
    X, W, b = _arguments(inputs, 40, 6, 3)
    middle = np.median((X @ W + b).max(axis=1))
    yield Case((X, W, b - middle))  # in half of the samples all scores are negative


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield Case(_arguments(inputs, 1, 3, 4), about="with a single sample (m = 1)")
    yield Case(_arguments(inputs, 7, 3, 2), about="with two classes (K = 2)")
    X, W, b = _arguments(inputs, 6, 2, 3)
    negative = b - np.abs(X @ W + b).max() - 1
    yield Case((X, W, negative), about="when every score is negative")
    yield Case(_arguments(inputs, 5, 2, 3), about="since classes are used as indices", extra="int")
    X, W, b = _arguments(Inputs(rng, readable=True), 5, 2, 3)
    integers = tuple((f * a).astype(int) for f, a in ((2, X), (2, W), (4, b)))
    yield Case(integers, about="with integer arrays")
    named = dict(zip(("X", "W", "b"), _arguments(inputs, 4, 2, 3), strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    X, W, b = np.array([[1.0]]), np.array([[0.0, 2.0]]), np.array([1.0, 0.0])
    yield Case((X, W, b))
    yield Case((X, W, np.array([4.0, 0.0])))
    yield Case((np.array([[1.0], [-1.0]]), W, b), extra="int")
    for m, n, K in [(1, 2, 3), (2, 2, 3), (3, 2, 3), (4, 2, 3), (5, 2, 4)]:
        yield Case(_arguments(inputs, m, n, K), extra="int")
    yield Case((X, W, np.array([-3.0, -4.0])))
    yield Case(kwargs={"X": X, "W": W, "b": b})


def _compare(case: Case, expected: Array, got: object) -> Difference | None:
    """Compare the labels; where the case is about it, their type as well."""
    problem = difference(expected, got, ("the result",))
    if problem is None and case.extra == "int":
        assert isinstance(got, np.ndarray)
        if got.dtype.kind not in "iu":
            text = f"the result holds values of type {got.dtype}, expected integers"
            return Difference(text, text)
    return problem


exercise = Exercise(
    homework="hw05_softmax_svm",
    number="1.1",
    reference=reference.predict_class,
    returns=("the result",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    compare=_compare,
)


@exercise.mistake
def bias_forgotten(X, W, b):
    """You leave out the bias: the scores are `X @ W + b`."""
    return np.argmax(X @ W, axis=1)


@exercise.mistake
def lowest_score(X, W, b):
    """You take the lowest score (`argmin`): the highest one wins."""
    return np.argmin(X @ W + b, axis=1)


@exercise.mistake
def over_the_samples(X, W, b):
    """You look for the highest score within a column, over the samples: compare the classes of one
    sample, `axis=1`."""
    return np.argmax(X @ W + b, axis=0)


@exercise.mistake
def one_class_for_all(X, W, b):
    """You return one position in the whole matrix, flattened: without `axis=1`, `argmax` does not
    know that a row is a sample."""
    return np.argmax(X @ W + b)


@exercise.mistake
def highest_score_itself(X, W, b):
    """You return the highest score itself (`max`): its position is the class (`argmax`)."""
    return np.max(X @ W + b, axis=1)


@exercise.mistake
def labels_from_one(X, W, b):
    """Your classes are too large by one: they are numbered from 0."""
    return np.argmax(X @ W + b, axis=1) + 1


@exercise.mistake
def largest_absolute_score(X, W, b):
    """You take the score that is largest in absolute value: a very negative score speaks against
    its class."""
    return np.argmax(np.abs(X @ W + b), axis=1)


@exercise.mistake
def one_hot_rows(X, W, b):
    """You return rows with a single 1: the number of the class is asked for, shape (m,)."""
    S = X @ W + b
    return (S == S.max(axis=1, keepdims=True)).astype(int)


@exercise.mistake
def a_column(X, W, b):
    """Your result has shape (m, 1): a flat array is asked for, shape (m,)."""
    return np.argmax(X @ W + b, axis=1).reshape(-1, 1)


@exercise.mistake
def single_number_for_one_sample(X, W, b):
    """For a single sample your result is no longer an array of shape (1,), as after `np.squeeze`:
    leave the axis of the samples alone."""
    return np.squeeze(np.argmax(X @ W + b, axis=1))


@exercise.mistake
def float_labels(X, W, b):
    """Your classes are floats: make them integers (`dtype=int`), since they are used as indices."""
    S = X @ W + b
    y_hat = np.zeros(len(S))
    for i in range(len(S)):
        y_hat[i] = np.argmax(S[i])
    return y_hat


@exercise.mistake
def best_so_far_starts_at_zero(X, W, b):
    """Your search starts from a highest score of 0, so that it finds nothing where all scores are
    negative: start from the first score, or from `-np.inf`."""
    S = X @ W + b
    y_hat = np.zeros(len(S), dtype=int)
    for i in range(len(S)):
        best = 0
        for k in range(S.shape[1]):
            if S[i, k] > best:
                best, y_hat[i] = S[i, k], k
    return y_hat


@exercise.mistake
def sign_of_the_first_score(X, W, b):
    """You decide by the sign of a score, which gives classes 0 and 1 only: compare the scores of
    all K classes."""
    return ((X @ W + b)[:, 1] > 0).astype(int)


@exercise.mistake
def list_of_labels(X, W, b):
    """You return a list: make an array of it (`np.array`)."""
    return [int(np.argmax(s)) for s in X @ W + b]


@exercise.mistake
def bias_changed(X, W, b):
    """You change the caller's `b` (`b += …`): add into an array of your own."""
    S = X @ W + b
    b += 1
    return S.argmax(axis=1)


@exercise.variant
def loops(X, W, b):
    """A search by hand."""
    y_hat = np.zeros(X.shape[0], dtype=int)
    for i, x in enumerate(X):
        scores = [sum(x * W[:, k]) + b[k] for k in range(len(b))]
        y_hat[i] = scores.index(max(scores))
    return y_hat


@exercise.variant
def through_probabilities(X, W, b):
    """The class of highest probability."""
    S = X @ W + b
    E = np.exp(S - S.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return P.argmax(axis=-1)


@exercise.variant
def last_of_the_sorted(X, W, b):
    """Sorted, and the last."""
    return np.argsort(np.einsum("ij,jk->ik", X, W) + b, axis=1)[:, -1]


@exercise.variant
def transposed(X, W, b):
    """Classes in rows."""
    return np.argmax(W.T @ X.T + b[:, None], axis=0)


@exercise.variant
def list_comprehension(X, W, b):
    """A list, then an array, of small integers and in single precision."""
    X, W, b = (np.asarray(a, dtype=np.float32) for a in (X, W, b))
    return np.array([np.argmax(x.dot(W) + b) for x in X], dtype=np.uint8)
