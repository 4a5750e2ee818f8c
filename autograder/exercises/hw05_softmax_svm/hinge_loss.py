"""Exercise 2.1: the multiclass hinge loss of each sample."""

import numpy as np

from autograder.exercises.hw05_softmax_svm import scores
from autograder.exercises.model import Exercise, Part
from autograder.reference import softmax_svm as reference

exercise = Exercise(
    homework="hw05_softmax_svm",
    number="2.1",
    reference=reference.hinge_loss,
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
def margin_missing(S, y, delta=1.0):
    """The margin is missing: a term is `max(0, s_j - s_true + delta)`, not the bare difference of
    the scores (that slip turns the 12.9 of the worked example into 10.9)."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None])
    return margins.sum(axis=1)


@exercise.mistake
def margin_added_after_the_max(S, y, delta=1.0):
    """You add the margin after the maximum with 0, so it counts where nothing is violated: it
    belongs inside, `max(0, s_j - s_true + delta)`."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None]) + delta
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=1)


@exercise.mistake
def true_class_included(S, y, delta=1.0):
    """Each loss is too large by delta: the sum leaves out the true class, j = y."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    return margins.sum(axis=1)


@exercise.mistake
def difference_reversed(S, y, delta=1.0):
    """You subtract the wrong way round: a term is `s_j - s_true + delta`, so that a rival with a
    high score costs."""
    margins = np.maximum(0, S[np.arange(len(y)), y][:, None] - S + delta)
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=1)


@exercise.mistake
def margin_subtracted(S, y, delta=1.0):
    """You subtract the margin: it is added, `s_j - s_true + delta`."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] - delta)
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=1)


@exercise.mistake
def no_maximum(S, y, delta=1.0):
    """The maximum with 0 is missing: a class that keeps its distance costs nothing, and earns
    nothing back."""
    margins = S - S[np.arange(len(y)), y][:, None] + delta
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=1)


@exercise.mistake
def maximum_of_the_sum(S, y, delta=1.0):
    """You take the maximum with 0 after the sum: take it for each rival, before they are added
    up."""
    margins = S - S[np.arange(len(y)), y][:, None] + delta
    margins[np.arange(len(y)), y] = 0
    return np.maximum(0, margins.sum(axis=1))


@exercise.mistake
def averaged_over_samples(S, y, delta=1.0):
    """You return the mean over the samples, one number: the loss of each sample is asked for, shape
    (m,)."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    margins[np.arange(len(y)), y] = 0
    return margins.sum() / len(y)


@exercise.mistake
def divided_by_samples(S, y, delta=1.0):
    """Your losses are the right ones divided by m: they are not averaged here."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=1) / len(y)


@exercise.mistake
def averaged_over_classes(S, y, delta=1.0):
    """You divide by the number of rivals, K - 1: the formula is a sum."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=1) / (S.shape[1] - 1)


@exercise.mistake
def averaged_over_all_classes(S, y, delta=1.0):
    """You divide by the number of classes (`mean`): the formula is a sum."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    margins[np.arange(len(y)), y] = 0
    return margins.mean(axis=1)


@exercise.mistake
def worst_class_only(S, y, delta=1.0):
    """You count the worst rival only: add up all that violate the margin."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    margins[np.arange(len(y)), y] = 0
    return margins.max(axis=1)


@exercise.mistake
def squared(S, y, delta=1.0):
    """These are squared terms: that is the next exercise."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    margins[np.arange(len(y)), y] = 0
    return np.square(margins).sum(axis=1)


@exercise.mistake
def compared_with_the_best(S, y, delta=1.0):
    """You compare with the highest score of the row: compare with the score of the true class,
    `S[i, y[i]]`."""
    margins = np.maximum(0, S - S.max(axis=1, keepdims=True) + delta)
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=1)


@exercise.mistake
def whole_columns(S, y, delta=1.0):
    """`S[:, y]` takes whole columns: pair each row with its own class, `S[np.arange(m), y]`."""
    margins = np.maximum(0, S - S[:, y] + delta)
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=1)


@exercise.mistake
def true_scores_not_as_a_column(S, y, delta=1.0):
    """The true scores have shape (m,), so NumPy lines them up with the classes: make them a column,
    shape (m, 1), for example with `[:, np.newaxis]`."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y] + delta)
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=1)


@exercise.mistake
def summed_over_samples(S, y, delta=1.0):
    """You sum over the samples (`axis=0`): sum over the classes of each sample, `axis=1`."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=0)


@exercise.mistake
def count_of_violations(S, y, delta=1.0):
    """You count the violated margins: add up by how much they are violated."""
    margins = S - S[np.arange(len(y)), y][:, None] + delta
    margins[np.arange(len(y)), y] = 0
    return (margins > 0).sum(axis=1)


@exercise.mistake
def margin_only_for_wrong_predictions(S, y, delta=1.0):
    """You count only classes that beat the true one: a class within the margin below it costs as
    well."""
    true = S[np.arange(len(y)), y][:, None]
    return np.where(S > true, S - true + delta, 0.0).sum(axis=1)


@exercise.mistake
def true_class_found_by_its_score(S, y, delta=1.0):
    """You leave out every class whose score equals the true one: leave out the true class itself,
    `j != y[i]`, since another class may have the same score."""
    true = S[np.arange(len(y)), y][:, None]
    return np.where(S != true, np.maximum(0, S - true + delta), 0.0).sum(axis=1)


@exercise.mistake
def delta_ignored(S, y, delta=1.0):
    """Your margin is always 1: use the argument `delta`."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + 1.0)
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=1)


@exercise.mistake
def truncated_to_integers(S, y, delta=1.0):
    """Where the scores are integers your losses are cut to integers: an array made by
    `np.zeros_like(S)` or with `dtype=S.dtype` can't hold a half."""
    losses = np.zeros(len(y), dtype=S.dtype)
    for i in range(len(y)):
        margins = np.maximum(0, S[i] - S[i, y[i]] + delta)
        losses[i] = margins.sum() - delta
    return losses


@exercise.mistake
def as_a_column(S, y, delta=1.0):
    """Your result has shape (m, 1): leave out `keepdims` in the last sum, shape (m,)."""
    margins = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta)
    margins[np.arange(len(y)), y] = 0
    return margins.sum(axis=1, keepdims=True)


@exercise.mistake
def list_of_losses(S, y, delta=1.0):
    """You return a list: make an array of it (`np.array`)."""
    losses = []
    for s, k in zip(S, y):
        losses.append(np.maximum(0, s - s[k] + delta).sum() - delta)
    return losses


@exercise.mistake
def scores_changed(S, y, delta=1.0):
    """You change the caller's `S`: `margins = S` is no copy, it is a second name of the same
    array."""
    losses = np.maximum(0, S - S[np.arange(len(y)), y][:, None] + delta).sum(axis=1) - delta
    margins = S
    margins[np.arange(len(y)), y] = S.min() - 1
    return losses


@exercise.variant
def loops(S, y, delta=1.0):
    """Two loops and an `if`."""
    losses = np.zeros(S.shape[0])
    for i in range(S.shape[0]):
        for j in range(S.shape[1]):
            if j != y[i]:
                losses[i] += max(0, S[i, j] - S[i, y[i]] + delta)
    return losses


@exercise.variant
def true_class_taken_off(S, y, delta=1.0):
    """With the true class, which adds delta, and then without it."""
    true = np.take_along_axis(S, y[:, np.newaxis], axis=1)
    return np.clip(S - true + delta, 0, None).sum(axis=1) - delta


@exercise.variant
def mask(S, y, delta=1.0):
    """A mask of the rivals, by a comparison."""
    wrong = y.reshape(-1, 1) != np.arange(S.shape[1])
    true = np.sum(S * ~wrong, axis=1, keepdims=True)
    return np.sum(np.maximum(S - true + delta, 0), axis=1, where=wrong)


@exercise.variant
def with_one_hot(S, y, delta=1.0):
    """Labels as rows with a single 1, and Einstein's sum."""
    Y = np.eye(S.shape[1])[y]
    true = np.einsum("ik,ik->i", S, Y)
    margins = S - true[:, None] + delta
    return ((1 - Y) * margins * (margins > 0)).sum(axis=1)


@exercise.variant
def in_single_precision(S, y, delta=1.0):
    """Computed in float32, in place in a copy."""
    margins = np.array(S, dtype=np.float32)
    margins -= margins[range(len(y)), y, None]
    margins += delta
    margins[margins < 0] = 0
    margins[range(len(y)), y] = 0
    return margins.sum(axis=1)


@exercise.variant
def list_comprehension(S, y, delta=1.0):
    """One row after the other, the true class deleted."""
    return np.array(
        [np.maximum(np.delete(s, k) - s[k] + delta, 0).sum() for s, k in zip(S, y)], dtype=float
    )
