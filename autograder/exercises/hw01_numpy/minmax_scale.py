"""Exercise 4.1: columns rescaled to the range of the training part."""

import numpy as np

from autograder.exercises.hw01_numpy import scaling
from autograder.exercises.model import Exercise, Part
from autograder.reference import numpy_data as reference

exercise = Exercise(
    homework="hw01_numpy",
    number="4.1",
    reference=reference.minmax_scale,
    returns=("the result",),
    parts=(Part("values", 1, scaling.values), Part("care", 1, scaling.care)),
    examples=scaling.examples,
    compare=scaling.comparer(clipped=True),
    equivalent_mutants={
        "np.where(span == 0, 1.0, span) -> np.where(span == 0, 2.0, span)": (
            "0 divided by 2 is 0 as well, and other values of a constant column are not graded"
        ),
    },
)


@exercise.mistake
def statistics_of_X(X_train, X):
    """You take minimum and maximum from `X`: they come from `X_train`, or the test part would be
    measured by itself."""
    low, high = X.min(axis=0), X.max(axis=0)
    return (X - low) / np.where(high > low, high - low, 1)


@exercise.mistake
def statistics_of_both(X_train, X):
    """You take minimum and maximum from `X_train` and `X` together: the training part alone may
    say what they are."""
    both = np.vstack([X_train, X])
    low, high = both.min(axis=0), both.max(axis=0)
    return (X - low) / np.where(high > low, high - low, 1)


@exercise.mistake
def training_part_rescaled(X_train, X):
    """You return the training part, rescaled: take its minimum and maximum, and rescale `X`."""
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return (X_train - low) / np.where(high > low, high - low, 1)


@exercise.mistake
def one_range_for_all_columns(X_train, X):
    """You take one minimum and maximum of the whole table: each column has its own (`axis=0`)."""
    low, high = X_train.min(), X_train.max()
    return (X - low) / (high - low)


@exercise.mistake
def each_row_by_itself(X_train, X):
    """You rescale each row by its own minimum and maximum (`axis=1`): a column is a feature, so
    rescale the columns (`axis=0`)."""
    low, high = X.min(axis=1, keepdims=True), X.max(axis=1, keepdims=True)
    return (X - low) / np.where(high > low, high - low, 1)


@exercise.mistake
def minimum_not_subtracted(X_train, X):
    """You divide by the range without subtracting the minimum first."""
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return X / np.where(high > low, high - low, 1)


@exercise.mistake
def parentheses_missing(X_train, X):
    """Parentheses are missing: `X - low / span` divides before it subtracts."""
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return X - low / np.where(high > low, high - low, 1)


@exercise.mistake
def divided_by_the_maximum(X_train, X):
    """You divide by the maximum: divide by the range, maximum minus minimum."""
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return (X - low) / np.where(high == 0, 1, high)


@exercise.mistake
def upside_down(X_train, X):
    """Your values go from 1 down to 0: the minimum becomes 0 and the maximum 1."""
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return (high - X) / np.where(high > low, high - low, 1)


@exercise.mistake
def standardized(X_train, X):
    """You subtract the mean and divide by the standard deviation: that is `standardize`."""
    deviation = X_train.std(axis=0)
    return (X - X_train.mean(axis=0)) / np.where(deviation > 0, deviation, 1)


@exercise.mistake
def constant_column_divided_by_zero(X_train, X):
    """You divide by 0 where a training column is constant: replace a range of 0 by 1 before you
    divide."""
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return (X - low) / (high - low)


@exercise.mistake
def small_number_in_the_denominator(X_train, X):
    """You add a small number to every range, which distorts columns in small units: replace a range
    of 0 by 1 instead, and leave the others as they are."""
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return (X - low) / (high - low + 1e-8)


@exercise.mistake
def truncated_to_integers(X_train, X):
    """Where X holds integers your result is cut to integers: make it an array of floats."""
    result = np.empty_like(X)
    for j in range(X.shape[1]):
        low, high = X_train[:, j].min(), X_train[:, j].max()
        result[:, j] = (X[:, j] - low) / (high - low if high > low else 1)
    return result


@exercise.mistake
def rescaled_in_place(X_train, X):
    """You rescale the caller's `X` (`X -= …`): make a new array."""
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    result = X.astype(float, copy=False)
    result -= low
    result /= np.where(high > low, high - low, 1)
    return result


@exercise.variant
def column_by_column(X_train, X):
    """A loop over the columns."""
    result = np.zeros(X.shape)
    for j in range(X.shape[1]):
        low, high = min(X_train[:, j]), max(X_train[:, j])
        if high != low:
            result[:, j] = (X[:, j] - low) / (high - low)
    return result


@exercise.variant
def range_by_ptp(X_train, X):
    """The range by `ptp`, with a mask."""
    span = np.ptp(X_train, axis=0).astype(float)
    span[span == 0] = 1.0
    return (X - np.min(X_train, axis=0)) / span


@exercise.variant
def clipped(X_train, X):
    """Cut off at 0 and 1."""
    low = np.amin(X_train, 0)
    span = np.amax(X_train, 0) - low
    return np.clip((X - low) / np.where(span, span, 1), 0, 1)


@exercise.variant
def zeros_where_constant(X_train, X):
    """All of a constant column becomes 0."""
    low = X_train.min(axis=0)
    span = X_train.max(axis=0) - low
    shifted = (X - low).astype(float)
    return np.divide(shifted, span, out=np.zeros_like(shifted), where=span > 0)
