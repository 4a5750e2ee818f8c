"""Exercise 3.2: the mean cross-entropy from scores."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw05_softmax_svm.scores import TOLERANCE, classes
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import softmax_svm as reference


def _case(inputs: Inputs, m: int, K: int, about: str = "") -> Case:
    return Case((inputs.array(m, K, scale=2.0), classes(inputs.rng, m, K)), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, K in [(5, 3), (4, 4), (7, 2), (3, 5), (40, 4)]:
        yield _case(inputs, m, K)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    S = inputs.array(1, 3, scale=2.0)
    yield Case((S, S.argmin(axis=1)), about="with a single sample (m = 1)")
    # Halves near 1000 are exact in float32 as well.
    near = rng.integers(-3, 4, (4, 3)) / 2
    y = classes(rng, 4, 3)
    yield Case((1000.0 + near, y), about="with scores near 1000")
    yield Case((near - 1000.0, y), about="with scores near -1000")
    far = near + np.array([[1000.0], [0.0], [-1000.0], [500.0]])
    yield Case((far, y), about="when the scores of one row are far above those of another")
    wrong = np.array([[0.0, 2000.0, 100.0], [-1000.0, -3000.0, 1000.0]])
    about = "when the true class has probability 0 in floating point"
    yield Case((wrong, np.array([0, 1])), about=about)
    right = np.array([[1000.0, -1000.0, 0.0], [-900.0, 100.0, 900.0]])
    yield Case((right, np.array([0, 2])), about="when the true score is 900 above the others")
    yield Case((np.full((3, 4), 3.25), classes(rng, 3, 4)), about="when all scores are equal")
    yield Case((rng.integers(-3, 4, (4, 3)), y), about="when the scores are integers")
    S = inputs.array(4, 3)
    yield Case(kwargs={"S": S, "y": y}, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    yield Case((np.array([[0.0, 1.0]]), np.array([0])))
    yield Case((np.array([[0.0, 1.0]]), np.array([1])))
    yield Case((np.array([[0.0, 1.0], [0.5, -1.0]]), np.array([0, 1])))
    for m, K in [(2, 3), (3, 3), (4, 3)]:
        yield _case(inputs, m, K)
    yield Case((np.array([[1000.0, 1001.0]]), np.array([0])))
    yield Case((np.array([[-1000.0, -1001.0]]), np.array([0])))
    yield Case((np.array([[0.0, 2000.0]]), np.array([0])))
    yield Case((np.array([[1000.0, 1001.0], [0.0, 1.0]]), np.array([0, 1])))
    yield Case((np.array([[0, 1, 2]]), np.array([1])))
    yield Case(kwargs={"S": np.array([[0.0, 1.0]]), "y": np.array([0])})


exercise = Exercise(
    homework="hw05_softmax_svm",
    number="3.2",
    reference=reference.cross_entropy,
    returns=("the loss",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    tolerance=TOLERANCE,
    equivalent_mutants={
        "float((log_sums - true).sum() / len(S)) -> (log_sums - true).sum() / len(S)": (
            "the sum of an array is an `np.float64` already, which the contract takes for a float"
        ),
    },
)


@exercise.mistake
def maximum_not_subtracted(S, y):
    """At scores of 1000 `np.exp` overflows: subtract the largest score of each row first, which
    does not change the loss."""
    E = np.exp(S)
    P = E / E.sum(axis=1, keepdims=True)
    return -np.log(P[np.arange(len(y)), y]).mean()


@exercise.mistake
def log_sum_exp_without_the_maximum(S, y):
    """Your log of the sum of exponentials is not safe: at scores of 1000 `np.exp` overflows, at
    -1000 the log of 0 is taken. Subtract the largest score of each row before, and add it after."""
    return np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(len(y)), y])


@exercise.mistake
def log_of_the_probability(S, y):
    """Your loss is infinite where the true score is far below another: a probability is rounded to
    0 before its log is taken, or `np.exp` of a difference overflows. Subtract the largest score of
    each row, and take the log of the sum only."""
    E = np.exp(S - S.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return -np.log(P[np.arange(len(y)), y]).mean()


@exercise.mistake
def small_number_inside_the_log(S, y):
    """A small number inside the log, or a clipped probability, caps the loss: a very wrong answer
    costs more than that. Work with the scores, and no log of 0 appears."""
    E = np.exp(S - S.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return -np.log(P[np.arange(len(y)), y] + 1e-12).mean()


@exercise.mistake
def probability_clipped(S, y):
    """A small number inside the log, or a clipped probability, caps the loss: a very wrong answer
    costs more than that. Work with the scores, and no log of 0 appears."""
    E = np.exp(S - S.max(axis=1, keepdims=True))
    P = np.clip(E / E.sum(axis=1, keepdims=True), 1e-15, 1)
    return -np.log(P[np.arange(len(y)), y]).mean()


@exercise.mistake
def rows_of_the_one_hot_matrix(S, y):
    """You multiply the one-hot rows with the log of all probabilities: where a probability is 0
    that is 0 times infinity, which is nan. Pick the true class, and work with the scores."""
    E = np.exp(S - S.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return -np.sum(np.eye(S.shape[1])[y] * np.log(P)) / len(y)


@exercise.mistake
def maximum_of_the_whole_matrix(S, y):
    """You subtract the largest score of the whole matrix, which leaves only zeros in a row that is
    far below it: subtract each row's own, `S.max(axis=1, keepdims=True)`."""
    shifted = S - S.max()
    return np.mean(np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y])


@exercise.mistake
def true_score_subtracted(S, y):
    """Your loss is infinite where the true score is far below another: a probability is rounded to
    0 before its log is taken, or `np.exp` of a difference overflows. Subtract the largest score of
    each row, and take the log of the sum only."""
    true = S[np.arange(len(y)), y][:, np.newaxis]
    return np.mean(np.log(np.exp(S - true).sum(axis=1)))


@exercise.mistake
def maximum_not_added_back(S, y):
    """You shift the scores inside of the log but not the true score: shift both, or add the maximum
    back."""
    log_sums = np.log(np.exp(S - S.max(axis=1, keepdims=True)).sum(axis=1))
    return np.mean(log_sums - S[np.arange(len(y)), y])


@exercise.mistake
def mean_missing(S, y):
    """Your loss is the right one times m: take the mean over the samples."""
    shifted = S - S.max(axis=1, keepdims=True)
    return np.sum(np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y])


@exercise.mistake
def halved(S, y):
    """You divide by 2m: the one half belongs to squared errors, a cross-entropy is divided by m
    only."""
    shifted = S - S.max(axis=1, keepdims=True)
    losses = np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]
    return losses.sum() / (2 * len(y))


@exercise.mistake
def mean_over_the_one_hot_matrix(S, y):
    """You divide by m times K (the mean of a whole matrix): a sample has one true class, so divide
    by m only."""
    shifted = S - S.max(axis=1, keepdims=True)
    log_P = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(np.eye(S.shape[1])[y] * log_P)


@exercise.mistake
def sign_flipped(S, y):
    """Your loss has the wrong sign: the log of a probability is negative, the loss is minus
    that."""
    shifted = S - S.max(axis=1, keepdims=True)
    return np.mean(shifted[np.arange(len(y)), y] - np.log(np.exp(shifted).sum(axis=1)))


@exercise.mistake
def all_classes(S, y):
    """You add up the logs of all classes: only the true class of each sample counts."""
    shifted = S - S.max(axis=1, keepdims=True)
    log_P = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_P.sum() / len(y)


@exercise.mistake
def best_class_instead_of_true(S, y):
    """You take the class with the highest score: take the true one, `y`."""
    shifted = S - S.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(shifted).sum(axis=1)))


@exercise.mistake
def whole_columns(S, y):
    """`log_P[:, y]` takes whole columns: pair each row with its own class, `log_P[np.arange(m),
    y]`."""
    shifted = S - S.max(axis=1, keepdims=True)
    log_P = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_P[:, y])


@exercise.mistake
def softmax_over_samples(S, y):
    """You normalize the columns: the probabilities of one sample add up to 1, so sum over the
    classes, `axis=1`."""
    shifted = S - S.max(axis=0)
    log_P = shifted - np.log(np.exp(shifted).sum(axis=0))
    return -np.mean(log_P[np.arange(len(y)), y])


@exercise.mistake
def scores_for_probabilities(S, y):
    """You take the log of the scores: S holds scores, which become probabilities by the softmax."""
    with np.errstate(all="ignore"):
        return -np.mean(np.log(S[np.arange(len(y)), y]))


@exercise.mistake
def log_missing(S, y):
    """The logarithm is missing: this is minus the mean probability of the true class."""
    E = np.exp(S - S.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return -P[np.arange(len(y)), y].mean()


@exercise.mistake
def log_to_base_two(S, y):
    """Your logarithm is to base 2: the natural one is meant, `np.log`."""
    shifted = S - S.max(axis=1, keepdims=True)
    losses = np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]
    return losses.mean() / np.log(2)


@exercise.mistake
def one_for_each_sample(S, y):
    """You return the loss of each sample: take their mean, the result is a single float."""
    shifted = S - S.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]


@exercise.mistake
def wrong_classes_as_well(S, y):
    """You add `log(1 - p)` of the wrong classes, as K separate sigmoids would: with a softmax only
    the log of the true class's probability counts."""
    E = np.exp(S - S.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    Y = np.eye(S.shape[1])[y]
    return -(Y * np.log(P) + (1 - Y) * np.log(1 - P)).sum() / len(y)


@exercise.mistake
def scores_changed(S, y):
    """You change the caller's `S` (`S -= …`): write `S = S - …`, which makes a new array."""
    S -= S.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(len(y)), y])


@exercise.variant
def loops(S, y):
    """One sample at a time, the maximum added back."""
    total = 0.0
    for s, k in zip(S, y):
        largest = max(s)
        total += largest + np.log(sum(np.exp(v - largest) for v in s)) - s[k]
    return total / len(y)


@exercise.variant
def scipy_function(S, y):
    """SciPy's log-sum-exp."""
    from scipy.special import logsumexp

    return float(np.average(logsumexp(S, axis=1) - S[np.arange(S.shape[0]), y]))


@exercise.variant
def logaddexp(S, y):
    """NumPy's pairwise one, as a 0-d array."""
    true = np.take_along_axis(S, y[:, None], axis=1)
    return np.array((np.logaddexp.reduce(S, axis=1, keepdims=True) - true).mean())


@exercise.variant
def with_one_hot(S, y):
    """The log of the softmax, which is finite, times one-hot rows."""
    log_P = S - S.max(axis=1, keepdims=True)
    log_P = log_P - np.log(np.exp(log_P).sum(axis=1, keepdims=True))
    return -np.einsum("ik,ik", np.eye(S.shape[1])[y], log_P) / len(y)


@exercise.variant
def in_single_precision(S, y):
    """Computed in float32."""
    Z = S.astype(np.float32)
    Z -= Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.sum(np.exp(Z), axis=1)) - Z[range(len(y)), y])


@exercise.variant
def list_comprehension(S, y):
    """A mean of a list, the true score shifted out of the log of the probability."""
    shifted = np.array([s - np.max(s) for s in S])
    return np.mean([np.log(np.exp(s).sum()) - s[k] for s, k in zip(shifted, y)])
