"""Exercise 2.2: the squared multiclass hinge loss of each sample."""

import numpy as np

from autograder.exercises.hw05_softmax_svm import scores
from autograder.exercises.model import Exercise, Part
from autograder.reference import softmax_svm as reference

exercise = Exercise(
    homework="hw05_softmax_svm",
    number="2.2",
    reference=reference.squared_hinge_loss,
    returns=("the result",),
    parts=(Part("values", 1, scores.hinge_values), Part("care", 1, scores.hinge_care)),
    examples=scores.hinge_examples,
    tolerance=scores.TOLERANCE,
    equivalent_mutants={
        "np.maximum(0, _excess(S, Y, delta)) -> np.maximum(_excess(S, Y, delta), 0)": (
            "the larger of two numbers does not depend on their order"
        ),
    },
)


@exercise.mistake
def not_squared(S, y, delta=1.0):
    """These are the terms of the plain hinge loss: square each of them."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=1)


@exercise.mistake
def square_of_the_sum(S, y, delta=1.0):
    """You square the sum: square each term, then add up."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=1) ** 2


@exercise.mistake
def squared_before_the_maximum(S, y, delta=1.0):
    """You square before you take the maximum with 0, so classes that keep their distance cost as
    well: take the maximum first."""
    margins = np.maximum(0, (S - S[np.arange(len(y)), y][:, None] + delta) ** 2)
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=1)


@exercise.mistake
def margin_missing(S, y, delta=1.0):
    """The margin is missing: a term is `max(0, s_j - s_true + delta) ** 2`."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None])
    return np.square(margins).sum(axis=1)


@exercise.mistake
def margin_outside_of_the_square(S, y, delta=1.0):
    """You square the difference of the scores and add the margin after that: the margin belongs
    inside of the square."""
    d = S - S[np.arange(len(y)), y][:, None]
    margins = np.where(d + delta > 0, np.maximum(0, d) ** 2 + delta, 0.0)
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=1)


@exercise.mistake
def true_class_included(S, y, delta=1.0):
    """Each loss is too large by delta squared: the sum leaves out the true class, j = y."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    return np.square(margins).sum(axis=1)


@exercise.mistake
def wrong_amount_taken_off(S, y, delta=1.0):
    """You sum over all classes and take off delta: the term of the true class is delta *squared*
    here."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    return np.square(margins).sum(axis=1) - delta


@exercise.mistake
def halved(S, y, delta=1.0):
    """Your losses are half the right ones: there is no factor one half in this formula."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    margins[np.arange(len(y)), y] = 0
    return 0.5 * np.square(margins).sum(axis=1)


@exercise.mistake
def difference_reversed(S, y, delta=1.0):
    """You subtract the wrong way round: a term is `s_j - s_true + delta`, so that a rival with a
    high score costs."""
    margins = np.maximum(0, S[np.arange(len(y)), y][:, None] - S + delta)
    margins[np.arange(len(y)), y] = 0
    return np.square(margins).sum(axis=1)


@exercise.mistake
def averaged_over_samples(S, y, delta=1.0):
    """You return the mean over the samples, one number: the loss of each sample is asked for, shape
    (m,)."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    margins[np.arange(len(y)), y] = 0
    return np.square(margins).sum(axis=1).mean()


@exercise.mistake
def averaged_over_classes(S, y, delta=1.0):
    """You divide by the number of rivals, K - 1: the formula is a sum."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    margins[np.arange(len(y)), y] = 0
    return np.square(margins).sum(axis=1) / (S.shape[1] - 1)


@exercise.mistake
def root_of_the_sum(S, y, delta=1.0):
    """You take a root of the sum: the sum of the squares itself is asked for."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    margins[np.arange(len(y)), y] = 0
    return np.linalg.norm(margins, axis=1)


@exercise.mistake
def delta_ignored(S, y, delta=1.0):
    """Your margin is always 1: use the argument `delta`."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + 1.0)
    margins[np.arange(len(y)), y] = 0
    return np.square(margins).sum(axis=1)


@exercise.mistake
def truncated_to_integers(S, y, delta=1.0):
    """Where the scores are integers your losses are cut to integers: an array made by
    `np.zeros_like(S)` or with `dtype=S.dtype` can't hold a fraction."""
    losses = np.zeros(len(y), dtype=S.dtype)
    for i in range(len(y)):
        others = np.delete(S[i], y[i])
        losses[i] = sum(np.maximum(0, others - S[i, y[i]] + delta) ** 2)
    return losses


@exercise.mistake
def list_of_losses(S, y, delta=1.0):
    """You return a list: make an array of it (`np.array`)."""
    losses = []
    for s, k in zip(S, y):
        losses.append((np.maximum(0, s - s[k] + delta) ** 2).sum() - delta**2)
    return losses


@exercise.mistake
def scores_changed(S, y, delta=1.0):
    """You change the caller's `S`: `margins = S` is no copy, it is a second name of the same
    array."""
    losses = np.square(np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)).sum(axis=1)
    margins = S
    margins[np.arange(len(y)), y] = S.min() - 1
    return losses - delta**2


@exercise.variant
def loops(S, y, delta=1.0):
    """Two loops and an `if`."""
    losses = []
    for i in range(len(y)):
        loss = 0.0
        for j in range(S.shape[1]):
            margin = S[i, j] - S[i, y[i]] + delta
            if j != y[i] and margin > 0:
                loss += margin**2
        losses.append(loss)
    return np.array(losses)


@exercise.variant
def true_class_taken_off(S, y, delta=1.0):
    """With the true class, which adds the square of delta, and then without it."""
    true = S[np.arange(len(S)), y].reshape(-1, 1)
    return (np.maximum(S - true + delta, 0) ** 2).sum(axis=1) - delta**2


@exercise.variant
def with_one_hot(S, y, delta=1.0):
    """Einstein's sums."""
    Y = np.eye(S.shape[1])[y]
    M = np.maximum(0, S - np.einsum("ik,ik->i", S, Y)[:, None] + delta) * (1 - Y)
    return np.einsum("ij,ij->i", M, M)


@exercise.variant
def norm(S, y, delta=1.0):
    """The square of a norm."""
    true = np.take_along_axis(S, y[:, None], axis=1)
    M = np.where(np.arange(S.shape[1]) == y[:, None], 0, (S - true + delta).clip(min=0))
    return np.linalg.norm(M, axis=1) ** 2


@exercise.variant
def in_single_precision(S, y, delta=1.0):
    """Computed in float32."""
    S = S.astype(np.float32)
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    margins[np.arange(len(y)), y] = 0
    return (margins * margins).sum(axis=1)
