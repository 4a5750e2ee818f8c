"""Exercise 3.1: probabilities for scores."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw05_softmax_svm.scores import TOLERANCE
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import softmax_svm as reference


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, K in [(5, 3), (3, 4), (4, 4), (6, 2), (20, 5)]:
        yield Case((inputs.array(m, K, scale=2.0),))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield Case((inputs.array(1, 4),), about="with a single sample (m = 1)")
    # Halves near 1000 are exact in float32 as well.
    near = rng.integers(-3, 4, (3, 4)) / 2
    yield Case((1000.0 + near,), about="with scores near 1000")
    yield Case((near - 1000.0,), about="with scores near -1000")
    far = near + np.array([[1000.0], [0.0], [-1000.0]])
    yield Case((far,), about="when the scores of one row are far above those of another")
    apart = rng.permuted(np.array([[1000.0, -1000.0, 0.5], [800.0, 800.5, -900.0]]), axis=1)
    yield Case((apart,), about="when the scores of a row are 2000 apart")
    yield Case((np.full((2, 5), 3.25),), about="when all scores are equal")
    yield Case((rng.integers(-3, 4, (4, 3)),), about="when the scores are integers")
    yield Case(kwargs={"S": inputs.array(3, 3)}, about="when it is called by argument name")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    yield Case((np.array([[0.0, 1.0]]),))
    yield Case((np.array([[0.0, 1.0, -0.5], [2.0, 0.0, 1.0]]),))
    for m, K in [(2, 2), (2, 3), (3, 3)]:
        yield Case((inputs.array(m, K),))
    yield Case((np.array([[1000.0, 1001.0]]),))
    yield Case((np.array([[-1000.0, -1001.0]]),))
    yield Case((np.array([[1000.0, 1001.0], [0.0, 1.0]]),))
    yield Case((np.array([[1000.0, -1000.0, 0.0]]),))
    yield Case((np.array([[0, 1, 2]]),))
    yield Case(kwargs={"S": np.array([[0.0, 1.0]])})


exercise = Exercise(
    homework="hw05_softmax_svm",
    number="3.1",
    reference=reference.softmax,
    returns=("`P`",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    tolerance=TOLERANCE,
)


@exercise.mistake
def maximum_not_subtracted(S):
    """At scores of 1000 `np.exp` overflows: subtract the largest score of each row first, which
    changes no probability."""
    E = np.exp(S)
    return E / E.sum(axis=1, keepdims=True)


@exercise.mistake
def maximum_of_the_whole_matrix(S):
    """You subtract the largest score of the whole matrix, which leaves only zeros in a row that is
    far below it (0/0): subtract each row's own, `S.max(axis=1, keepdims=True)`."""
    E = np.exp(S - np.max(S))
    return E / E.sum(axis=1, keepdims=True)


@exercise.mistake
def maximum_of_the_column(S):
    """You subtract the largest score of each column (`axis=0`), which changes the probabilities: a
    row may only be shifted as a whole, `axis=1`."""
    E = np.exp(S - S.max(axis=0))
    return E / E.sum(axis=1, keepdims=True)


@exercise.mistake
def mean_subtracted(S):
    """You subtract the mean of a row, so a score far above the mean still overflows: subtract the
    largest score."""
    E = np.exp(S - S.mean(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@exercise.mistake
def minimum_subtracted(S):
    """You subtract the smallest score of a row, so a score far above it still overflows: subtract
    the largest one."""
    E = np.exp(S - S.min(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@exercise.mistake
def scores_clipped(S):
    """You clip the scores, so two scores beyond the limit become equal: subtract the largest score
    of each row instead."""
    E = np.exp(np.clip(S, -500, 500))
    return E / E.sum(axis=1, keepdims=True)


@exercise.mistake
def overflow_patched(S):
    """You replace nan and infinity after the fact (`np.nan_to_num`), which does not bring the
    probabilities back: subtract the largest score of each row before `np.exp`."""
    with np.errstate(all="ignore"):
        E = np.exp(S)
        return np.nan_to_num(E / E.sum(axis=1, keepdims=True))


@exercise.mistake
def not_normalized(S):
    """These are the exponentials: divide each row by its sum."""
    return np.exp(S)


@exercise.mistake
def not_normalized_after_the_shift(S):
    """These are the exponentials of the shifted scores: divide each row by its sum."""
    return np.exp(S - S.max(axis=1, keepdims=True))


@exercise.mistake
def normalized_as_a_whole(S):
    """You divide by the sum of the whole matrix: every *row* adds up to 1, `axis=1`."""
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum()


@exercise.mistake
def whole_matrix_shifted_and_divided(S):
    """You treat the whole matrix as one row: the maximum and the sum belong to a sample, `axis=1`
    with `keepdims=True`."""
    E = np.exp(S - np.max(S))
    return E / np.sum(E)


@exercise.mistake
def columns_normalized(S):
    """Your columns add up to 1: the probabilities of one *sample* do, so sum over the classes,
    `axis=1`."""
    E = np.exp(S - S.max(axis=0))
    return E / E.sum(axis=0)


@exercise.mistake
def sums_without_keepdims(S):
    """Your row sums have shape (m,), so NumPy lines them up with the columns: keep them a column,
    `keepdims=True`."""
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1)


@exercise.mistake
def scores_not_exponentiated(S):
    """You divide the scores themselves by their sum: take the exponential first, which makes every
    entry positive."""
    return S / S.sum(axis=1, keepdims=True)


@exercise.mistake
def sigmoid_of_each_score(S):
    """This is the sigmoid of each score, K separate answers: the softmax divides by the sum over
    the classes."""
    return 1 / (1 + np.exp(-np.clip(S, -700, 700)))


@exercise.mistake
def sign_of_the_scores(S):
    """Your lowest score gets the highest probability: the exponent has a minus too many."""
    E = np.exp(S.min(axis=1, keepdims=True) - S)
    return E / E.sum(axis=1, keepdims=True)


@exercise.mistake
def powers_of_two(S):
    """You take powers of another number than e: `np.exp` is meant."""
    E = 2.0 ** (S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@exercise.mistake
def logarithm_of_the_softmax(S):
    """These are the logarithms of the probabilities: return the probabilities."""
    shifted = S - S.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@exercise.mistake
def winner_takes_all(S):
    """You give all of the probability to the highest score: the others get a share as well."""
    return (S == S.max(axis=1, keepdims=True)).astype(float)


@exercise.mistake
def flat_for_one_sample(S):
    """For a single sample your result is flat, as after `np.squeeze`: it has the shape of S."""
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return np.squeeze(E / E.sum(axis=1, keepdims=True))


@exercise.mistake
def truncated_to_integers(S):
    """Where the scores are integers your probabilities are cut to 0 and 1: an array made by
    `np.zeros_like(S)` can't hold fractions."""
    P = np.zeros_like(S)
    for i, s in enumerate(S):
        e = np.exp(s - s.max())
        P[i] = e / e.sum()
    return P


@exercise.mistake
def scores_changed(S):
    """You change the caller's `S` (`S -= …`): write `S = S - …`, which makes a new array."""
    S -= S.max(axis=1, keepdims=True)
    E = np.exp(S)
    return E / E.sum(axis=1, keepdims=True)


@exercise.variant
def loops(S):
    """One sample, one class at a time."""
    m, K = S.shape
    P = np.zeros((m, K))
    for i in range(m):
        largest = max(S[i])
        total = sum(np.exp(s - largest) for s in S[i])
        for k in range(K):
            P[i, k] = np.exp(S[i, k] - largest) / total
    return P


@exercise.variant
def exponential_of_the_logarithm(S):
    """Through log-sum-exp, which NumPy can do pairwise."""
    return np.exp(S - np.logaddexp.reduce(S, axis=1, keepdims=True))


@exercise.variant
def scipy_function(S):
    """SciPy's own."""
    from scipy import special

    return special.softmax(S, axis=1)


@exercise.variant
def with_a_tiny_number(S):
    """The transposed shape, and a tiny number in the denominator, which does no harm."""
    E = np.exp(S.T - S.max(axis=1))
    return (E / (E.sum(axis=0) + 1e-12)).T


@exercise.variant
def in_single_precision(S):
    """Computed in float32, in place in a copy."""
    P = np.array(S, dtype=np.float32)
    P -= P.max(axis=1)[:, np.newaxis]
    np.exp(P, out=P)
    P /= np.einsum("ik->i", P)[:, np.newaxis]
    return P


@exercise.variant
def differences(S):
    """One over a sum of exponentials of differences, which may overflow to 1/inf = 0."""
    with np.errstate(over="ignore"):
        return 1 / np.exp(S[:, None, :] - S[:, :, None]).sum(axis=2)


@exercise.variant
def list_comprehension(S):
    """A list of rows."""
    rows = [np.exp(s - np.max(s)) for s in S]
    return np.array([row / np.sum(row) for row in rows])
