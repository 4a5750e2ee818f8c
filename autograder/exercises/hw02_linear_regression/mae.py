"""Exercise 2.1: the mean absolute error."""

import numpy as np

from autograder.exercises.hw02_linear_regression import errors
from autograder.exercises.model import Exercise, Part
from autograder.reference import linear_regression as reference

exercise = Exercise(
    homework="hw02_linear_regression",
    number="2.1",
    reference=reference.mae,
    returns=("the error",),
    parts=(Part("values", 1, errors.values), Part("care", 1, errors.care)),
    examples=errors.examples,
    equivalent_mutants={
        "float(np.abs(Y_hat - Y).sum() / len(Y)) -> np.abs(Y_hat - Y).sum() / len(Y)": (
            "the sum of an array is an `np.float64` already, which the contract takes for a float"
        ),
    },
)


@exercise.mistake
def mean_missing(Y_hat, Y):
    """Your values are the right ones times m: the mean over the samples is missing."""
    return np.abs(Y_hat - Y).sum()


@exercise.mistake
def mean_over_outputs_too(Y_hat, Y):
    """You divide by m times K: sum over the K outputs, then divide by the m samples only."""
    return np.abs(Y_hat - Y).mean()


@exercise.mistake
def divided_by_outputs(Y_hat, Y):
    """You divide by K, the number of columns: divide by m, the number of rows."""
    return np.abs(Y_hat - Y).sum() / Y.shape[1]


@exercise.mistake
def no_absolute_value(Y_hat, Y):
    """Without absolute values positive and negative errors cancel each other."""
    return (Y_hat - Y).sum() / len(Y)


@exercise.mistake
def absolute_value_of_the_sum(Y_hat, Y):
    """You take the absolute value after the sum: errors of opposite sign have canceled by then."""
    return np.abs((Y_hat - Y).sum()) / len(Y)


@exercise.mistake
def squared(Y_hat, Y):
    """These are squared errors: this exercise asks for absolute values."""
    return np.square(Y_hat - Y).sum() / len(Y)


@exercise.mistake
def root_of_squares(Y_hat, Y):
    """This is the root of the mean square: this exercise asks for the mean of absolute values."""
    return np.sqrt(np.square(Y_hat - Y).sum() / len(Y))


@exercise.mistake
def halved(Y_hat, Y):
    """Your values are half the right ones: the factor one half belongs to the squared error."""
    return np.abs(Y_hat - Y).sum() / (2 * len(Y))


@exercise.mistake
def one_for_each_output(Y_hat, Y):
    """You return one error for each output: add them up, the result is a single float."""
    return np.abs(Y_hat - Y).sum(axis=0) / len(Y)


@exercise.mistake
def one_by_one_matrix(Y_hat, Y):
    """Your result is an array of shape (1, 1): a loss is a single float."""
    return np.abs(Y_hat - Y).sum(keepdims=True) / len(Y)


@exercise.mistake
def difference_in_place(Y_hat, Y):
    """You compute the difference in the caller's `Y_hat` (`Y_hat -= Y`): work on a copy."""
    difference = Y_hat.astype(float, copy=False)
    difference -= Y
    return np.abs(difference).sum() / len(Y)


@exercise.variant
def loops(Y_hat, Y):
    """Two loops and a running total."""
    total = 0.0
    for predicted, true in zip(Y_hat, Y):
        for k in range(len(true)):
            total += abs(float(predicted[k]) - float(true[k]))
    return total / len(Y)


@exercise.variant
def mean_of_row_sums(Y_hat, Y):
    """The sum over the outputs first, then a mean."""
    return np.mean(np.sum(np.abs(Y - Y_hat), axis=1))


@exercise.variant
def one_norm(Y_hat, Y):
    """The 1-norm of the flat difference, as a 0-d array."""
    m, _ = Y.shape
    return np.array(np.linalg.norm((Y_hat - Y).ravel(), 1) / m)


@exercise.variant
def where(Y_hat, Y):
    """The absolute value by cases."""
    d = np.subtract(Y_hat, Y)
    return float(np.where(d < 0, -d, d).sum()) / d.shape[0]
