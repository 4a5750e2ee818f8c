"""Exercise 2.2: half the mean squared error."""

import numpy as np

from autograder.exercises.hw02_linear_regression import errors
from autograder.exercises.model import Exercise, Part
from autograder.reference import linear_regression as reference

exercise = Exercise(
    homework="hw02_linear_regression",
    number="2.2",
    reference=reference.half_mse,
    returns=("the error",),
    parts=(Part("values", 1, errors.values), Part("care", 1, errors.care)),
    examples=errors.examples,
    equivalent_mutants={
        "float(np.square(Y_hat - Y).sum() / (2 * len(Y))) -> "
        "np.square(Y_hat - Y).sum() / (2 * len(Y))": (
            "the sum of an array is an `np.float64` already, which the contract takes for a float"
        ),
    },
)


@exercise.mistake
def half_forgotten(Y_hat, Y):
    """Your values are twice the right ones: the factor one half is missing."""
    return np.square(Y_hat - Y).sum() / len(Y)


@exercise.mistake
def mean_missing(Y_hat, Y):
    """Your values are the right ones times m: the mean over the samples is missing."""
    return np.square(Y_hat - Y).sum() / 2


@exercise.mistake
def operator_precedence(Y_hat, Y):
    """You wrote `… / 2 * m`, which divides by 2 and multiplies by m: put `2 * m` in parentheses."""
    return np.square(Y_hat - Y).sum() / 2 * len(Y)


@exercise.mistake
def mean_over_outputs_too(Y_hat, Y):
    """You divide by m times K: sum over the K outputs, then divide by the m samples only."""
    return np.square(Y_hat - Y).mean() / 2


@exercise.mistake
def square_of_the_sum(Y_hat, Y):
    """You square after the sum: errors of opposite sign have canceled by then."""
    return (Y_hat - Y).sum() ** 2 / (2 * len(Y))


@exercise.mistake
def absolute_values(Y_hat, Y):
    """These are absolute values: this exercise asks for squares."""
    return np.abs(Y_hat - Y).sum() / (2 * len(Y))


@exercise.mistake
def root_taken(Y_hat, Y):
    """You take a square root: half the mean squared error has none."""
    return np.sqrt(np.square(Y_hat - Y).sum() / (2 * len(Y)))


@exercise.mistake
def norm_not_squared(Y_hat, Y):
    """You use the norm of the difference where the formula has the norm squared."""
    return np.linalg.norm(Y_hat - Y) / (2 * len(Y))


@exercise.mistake
def one_for_each_output(Y_hat, Y):
    """You return one error for each output: add them up, the result is a single float."""
    return np.square(Y_hat - Y).sum(axis=0) / (2 * len(Y))


@exercise.mistake
def difference_in_place(Y_hat, Y):
    """You compute the difference in the caller's `Y_hat` (`Y_hat -= Y`): work on a copy."""
    difference = Y_hat.astype(float, copy=False)
    difference -= Y
    return np.square(difference).sum() / (2 * len(Y))


@exercise.variant
def loops(Y_hat, Y):
    """Two loops and a running total."""
    total = 0.0
    m, K = Y.shape
    for i in range(m):
        for k in range(K):
            total += (Y_hat[i, k] - Y[i, k]) ** 2
    return total / (2 * m)


@exercise.variant
def inner_product(Y_hat, Y):
    """The inner product of the flat difference with itself."""
    d = (Y_hat - Y).ravel()
    return d @ d / 2 / len(Y)


@exercise.variant
def squared_norm(Y_hat, Y):
    """The Frobenius norm, squared."""
    return 0.5 * np.linalg.norm(Y - Y_hat) ** 2 / Y.shape[0]


@exercise.variant
def half_of_a_mean(Y_hat, Y):
    """Half the mean of the squared length of each row."""
    return 0.5 * float(np.mean(np.einsum("ik,ik->i", Y_hat - Y, Y_hat - Y)))
