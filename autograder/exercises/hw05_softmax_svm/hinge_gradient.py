"""Exercise 2.3: the gradient of the mean hinge loss for the scores."""

import numpy as np

from autograder.exercises.hw05_softmax_svm import scores
from autograder.exercises.model import Exercise, Part
from autograder.reference import softmax_svm as reference

exercise = Exercise(
    homework="hw05_softmax_svm",
    number="2.3",
    reference=reference.hinge_gradient,
    returns=("`dS`",),
    parts=(Part("values", 2, scores.hinge_values), Part("care", 1, scores.hinge_care)),
    examples=scores.hinge_examples,
    tolerance=scores.TOLERANCE,
    equivalent_mutants={
        "_excess(S, Y, delta) > 0 -> _excess(S, Y, delta) >= 0": (
            "on the kink both are subgradients, and it is not graded"
        ),
    },
)


@exercise.mistake
def mean_missing(S, y, delta=1.0):
    """Your gradient is the right one times m: it belongs to the mean loss, so divide by m."""
    m = len(y)
    dS = (S - S[np.arange(m), y][:, None] + delta > 0).astype(float)
    dS[np.arange(m), y] = 0
    dS[np.arange(m), y] = -dS.sum(axis=1)
    return dS


@exercise.mistake
def true_class_left_at_zero(S, y, delta=1.0):
    """The entries of the true classes are missing: each is minus the number of violated margins of
    its row, divided by m."""
    m = len(y)
    dS = (S - S[np.arange(m), y][:, None] + delta > 0).astype(float)
    dS[np.arange(m), y] = 0
    return dS / m


@exercise.mistake
def true_class_minus_one(S, y, delta=1.0):
    """Your entry of a true class is always -1/m: count the violated margins of its row."""
    m = len(y)
    dS = (S - S[np.arange(m), y][:, None] + delta > 0).astype(float)
    dS[np.arange(m), y] = -1
    return dS / m


@exercise.mistake
def true_class_minus_one_if_violated(S, y, delta=1.0):
    """Your entry of a true class is -1/m where anything is violated: it is -1/m for *each* violated
    margin."""
    m = len(y)
    dS = (S - S[np.arange(m), y][:, None] + delta > 0).astype(float)
    dS[np.arange(m), y] = 0
    dS[np.arange(m), y] = -dS.max(axis=1)
    return dS / m


@exercise.mistake
def true_class_with_wrong_sign(S, y, delta=1.0):
    """The entries of the true classes have the wrong sign: a higher true score lowers the loss."""
    m = len(y)
    dS = (S - S[np.arange(m), y][:, None] + delta > 0).astype(float)
    dS[np.arange(m), y] = 0
    dS[np.arange(m), y] = dS.sum(axis=1)
    return dS / m


@exercise.mistake
def true_class_counts_itself(S, y, delta=1.0):
    """You count the true class among the violated margins of its row: set its entry to 0 before you
    count."""
    m = len(y)
    dS = (S - S[np.arange(m), y][:, None] + delta > 0).astype(float)
    dS[np.arange(m), y] = -dS.sum(axis=1)
    return dS / m


@exercise.mistake
def true_class_kept_at_one(S, y, delta=1.0):
    """The true class keeps an entry of 1/m, because its own margin, delta, is above 0: it is no
    rival of itself."""
    m = len(y)
    return (S - S[np.arange(m), y][:, None] + delta > 0) / m


@exercise.mistake
def sign_flipped(S, y, delta=1.0):
    """Your gradient has the wrong sign: raising the score of a violating class raises the loss."""
    m = len(y)
    dS = -(S - S[np.arange(m), y][:, None] + delta > 0).astype(float)
    dS[np.arange(m), y] = 0
    dS[np.arange(m), y] = -dS.sum(axis=1)
    return dS / m


@exercise.mistake
def size_of_the_violation(S, y, delta=1.0):
    """Your entries are the violations themselves: the slope of `max(0, u)` is 1 wherever u is above
    0, no matter by how much."""
    m = len(y)
    dS = np.maximum(0, S - S[np.arange(m), y][:, None] + delta)
    dS[np.arange(m), y] = 0
    dS[np.arange(m), y] = -dS.sum(axis=1)
    return dS / m


@exercise.mistake
def gradient_of_the_squared_loss(S, y, delta=1.0):
    """This is the gradient of the squared hinge loss: the plain one is asked for, with slopes of 0
    and 1."""
    m = len(y)
    dS = 2 * np.maximum(0, S - S[np.arange(m), y][:, None] + delta)
    dS[np.arange(m), y] = 0
    dS[np.arange(m), y] = -dS.sum(axis=1)
    return dS / m


@exercise.mistake
def margin_missing(S, y, delta=1.0):
    """You leave out the margin: a class violates it when `s_j - s_true + delta > 0`, also if its
    score is a little lower than the true one."""
    m = len(y)
    dS = (S - S[np.arange(m), y][:, None] > 0).astype(float)
    dS[np.arange(m), y] = -dS.sum(axis=1)
    return dS / m


@exercise.mistake
def worst_class_only(S, y, delta=1.0):
    """Only the worst rival gets a slope: every one that violates the margin has its own."""
    m = len(y)
    margins = S - S[np.arange(m), y][:, None] + delta
    margins[np.arange(m), y] = 0
    dS = ((margins > 0) & (margins == margins.max(axis=1, keepdims=True))).astype(float)
    dS[np.arange(m), y] = -dS.sum(axis=1)
    return dS / m


@exercise.mistake
def divided_by_all_entries(S, y, delta=1.0):
    """You divide by m times K: the loss is a sum over the classes and a mean over the samples, so
    divide by m only."""
    m = len(y)
    dS = (S - S[np.arange(m), y][:, None] + delta > 0).astype(float)
    dS[np.arange(m), y] = 0
    dS[np.arange(m), y] = -dS.sum(axis=1)
    return dS / S.size


@exercise.mistake
def divided_by_classes(S, y, delta=1.0):
    """You divide by K, the number of classes: divide by m, the number of samples."""
    m = len(y)
    dS = (S - S[np.arange(m), y][:, None] + delta > 0).astype(float)
    dS[np.arange(m), y] = 0
    dS[np.arange(m), y] = -dS.sum(axis=1)
    return dS / S.shape[1]


@exercise.mistake
def counted_over_samples(S, y, delta=1.0):
    """You count the violations of a column (`axis=0`): count those of the sample's own row,
    `axis=1`."""
    m = len(y)
    dS = (S - S[np.arange(m), y][:, None] + delta > 0).astype(float)
    dS[np.arange(m), y] = 0
    dS[np.arange(m), y] = -dS.sum(axis=0)[y]
    return dS / m


@exercise.mistake
def averaged_to_a_row(S, y, delta=1.0):
    """You return one row for all samples: a gradient has the shape of what it belongs to, here that
    of S, (m, K)."""
    m = len(y)
    dS = (S - S[np.arange(m), y][:, None] + delta > 0).astype(float)
    dS[np.arange(m), y] = 0
    dS[np.arange(m), y] = -dS.sum(axis=1)
    return dS.mean(axis=0)


@exercise.mistake
def truth_values(S, y, delta=1.0):
    """You return truth values: turn them into numbers with `.astype(float)` before you fill in the
    true classes and divide."""
    return S - S[np.arange(len(y)), y][:, None] + delta > 0


@exercise.mistake
def delta_ignored(S, y, delta=1.0):
    """Your margin is always 1: use the argument `delta`."""
    m = len(y)
    dS = (S - S[np.arange(m), y][:, None] + 1.0 > 0).astype(float)
    dS[np.arange(m), y] = 0
    dS[np.arange(m), y] = -dS.sum(axis=1)
    return dS / m


@exercise.mistake
def truncated_to_integers(S, y, delta=1.0):
    """Where the scores are integers your gradient is cut to integers, which is 0 nearly everywhere:
    an array made by `np.zeros_like(S)` can't hold a fraction."""
    m = len(y)
    dS = np.zeros_like(S)
    for i in range(m):
        violated = S[i] - S[i, y[i]] + delta > 0
        violated[y[i]] = False
        dS[i] = violated / m
        dS[i, y[i]] = -violated.sum() / m
    return dS


@exercise.mistake
def scores_changed(S, y, delta=1.0):
    """You change the caller's `S`: `margins = S` is no copy, it is a second name of the same
    array."""
    m = len(y)
    dS = (S - S[np.arange(m), y][:, None] + delta > 0).astype(float)
    dS[np.arange(m), y] = 0
    dS[np.arange(m), y] = -dS.sum(axis=1)
    margins = S
    margins[np.arange(m), y] = S.min() - 1
    return dS / m


@exercise.variant
def loops(S, y, delta=1.0):
    """Two loops and an `if`."""
    m, K = S.shape
    dS = np.zeros((m, K))
    for i in range(m):
        for j in range(K):
            if j != y[i] and S[i, j] - S[i, y[i]] + delta > 0:
                dS[i, j] += 1
                dS[i, y[i]] -= 1
    dS /= m
    return dS


@exercise.variant
def true_class_counted_and_taken_off(S, y, delta=1.0):
    """The true class violates its own margin, which cancels."""
    m, K = S.shape
    violated = (S - np.take_along_axis(S, y[:, None], axis=1) + delta > 0).astype(int)
    Y = np.eye(K)[y]
    return (violated - Y * violated.sum(axis=1, keepdims=True)) / m


@exercise.variant
def kink_counts_as_violated(S, y, delta=1.0):
    """The other end of the subgradients on the kink, in single precision."""
    S = S.astype(np.float32)
    rows = np.arange(len(y))
    dS = np.where(S - S[rows, y, None] + delta >= 0, np.float32(1), np.float32(0))
    dS[rows, y] -= dS.sum(axis=1)
    return dS / len(y)


@exercise.variant
def differences_by_einsum(S, y, delta=1.0):
    """Each violation is the difference of two unit rows."""
    K = S.shape[1]
    Y = np.eye(K)[y]
    violated = np.heaviside(S - (S * Y).sum(axis=1)[:, None] + delta, 0) * (1 - Y)
    return np.einsum("ij,ijk->ik", violated, np.eye(K)[None] - Y[:, None]) / len(S)


@exercise.variant
def row_by_row(S, y, delta=1.0):
    """A list of rows."""
    rows = []
    for s, k in zip(S, y):
        row = np.array([1.0 if v > 0 else 0.0 for v in s - s[k] + delta])
        row[k] = 1 - row.sum()
        rows.append(row / len(y))
    return np.vstack(rows)
