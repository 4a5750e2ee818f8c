"""Exercise 4.2: columns with mean 0 and standard deviation 1 in the training part."""

import numpy as np

from autograder.exercises.hw01_numpy import scaling
from autograder.exercises.model import Exercise, Part
from autograder.reference import numpy_data as reference

exercise = Exercise(
    homework="hw01_numpy",
    number="4.2",
    reference=reference.standardize,
    returns=("the result",),
    parts=(Part("values", 1, scaling.values), Part("care", 1, scaling.care)),
    examples=scaling.examples,
    compare=scaling.comparer(clipped=False),
    equivalent_mutants={
        "np.where(constant, 1.0, X_train.std(axis=0)) -> "
        "np.where(constant, 2.0, X_train.std(axis=0))": (
            "0 divided by 2 is 0 as well, and other values of a constant column are not graded"
        ),
    },
)


@exercise.mistake
def statistics_of_X(X_train, X):
    """You take mean and standard deviation from `X`: they come from `X_train`, or the test part
    would be measured by itself."""
    sigma = X.std(axis=0)
    return (X - X.mean(axis=0)) / np.where(sigma > 0, sigma, 1)


@exercise.mistake
def statistics_of_both(X_train, X):
    """You take mean and standard deviation from `X_train` and `X` together: the training part
    alone may say what they are."""
    both = np.vstack([X_train, X])
    sigma = both.std(axis=0)
    return (X - both.mean(axis=0)) / np.where(sigma > 0, sigma, 1)


@exercise.mistake
def training_part_rescaled(X_train, X):
    """You return the training part, rescaled: take its mean and deviation, and rescale `X`."""
    sigma = X_train.std(axis=0)
    return (X_train - X_train.mean(axis=0)) / np.where(sigma > 0, sigma, 1)


@exercise.mistake
def one_less_in_the_denominator(X_train, X):
    """Your standard deviation divides by m - 1 (`ddof=1`): this course divides by m, which is
    NumPy's default."""
    sigma = X_train.std(axis=0, ddof=1)
    return (X - X_train.mean(axis=0)) / np.where(sigma > 0, sigma, 1)


@exercise.mistake
def one_scale_for_all_columns(X_train, X):
    """You take one mean and deviation of the whole table: each column has its own (`axis=0`)."""
    return (X - X_train.mean()) / X_train.std()


@exercise.mistake
def each_row_by_itself(X_train, X):
    """You rescale each row by its own mean and deviation (`axis=1`): a column is a feature, so
    rescale the columns (`axis=0`)."""
    sigma = X.std(axis=1, keepdims=True)
    return (X - X.mean(axis=1, keepdims=True)) / np.where(sigma > 0, sigma, 1)


@exercise.mistake
def divided_by_the_variance(X_train, X):
    """You divide by the variance: divide by its root, the standard deviation."""
    variance = X_train.var(axis=0)
    return (X - X_train.mean(axis=0)) / np.where(variance > 0, variance, 1)


@exercise.mistake
def mean_not_subtracted(X_train, X):
    """You divide by the standard deviation without subtracting the mean first."""
    sigma = X_train.std(axis=0)
    return X / np.where(sigma > 0, sigma, 1)


@exercise.mistake
def parentheses_missing(X_train, X):
    """Parentheses are missing: `X - mu / sigma` divides before it subtracts."""
    sigma = X_train.std(axis=0)
    return X - X_train.mean(axis=0) / np.where(sigma > 0, sigma, 1)


@exercise.mistake
def only_centered(X_train, X):
    """You subtract the mean, but do not divide by the standard deviation."""
    return X - X_train.mean(axis=0)


@exercise.mistake
def scaled_to_the_range(X_train, X):
    """You subtract the minimum and divide by the range: that is `minmax_scale`."""
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return (X - low) / np.where(high > low, high - low, 1)


@exercise.mistake
def constant_column_divided_by_zero(X_train, X):
    """You divide by 0 where a training column is constant: replace a standard deviation of 0 by 1
    before you divide."""
    return (X - X_train.mean(axis=0)) / X_train.std(axis=0)


@exercise.mistake
def small_number_in_the_denominator(X_train, X):
    """You add a small number to every standard deviation, which distorts columns in small units:
    replace a deviation of 0 by 1 instead, and leave the others as they are."""
    return (X - X_train.mean(axis=0)) / (X_train.std(axis=0) + 1e-8)


@exercise.mistake
def truncated_to_integers(X_train, X):
    """Where X holds integers your result is cut to integers: make it an array of floats."""
    result = np.empty_like(X)
    for j in range(X.shape[1]):
        mu, sigma = X_train[:, j].mean(), X_train[:, j].std()
        result[:, j] = (X[:, j] - mu) / (sigma if sigma > 0 else 1)
    return result


@exercise.mistake
def rescaled_in_place(X_train, X):
    """You rescale the caller's `X` (`X -= …`): make a new array."""
    mu, sigma = X_train.mean(axis=0), X_train.std(axis=0)
    result = X.astype(float, copy=False)
    result -= mu
    result /= np.where(sigma > 0, sigma, 1)
    return result


@exercise.variant
def column_by_column(X_train, X):
    """A loop over the columns, the deviation by hand."""
    result = np.zeros(X.shape)
    for j in range(X.shape[1]):
        column = X_train[:, j]
        mu = sum(column) / len(column)
        sigma = (sum((x - mu) ** 2 for x in column) / len(column)) ** 0.5
        if sigma > 0:
            result[:, j] = (X[:, j] - mu) / sigma
    return result


@exercise.variant
def root_of_the_variance(X_train, X):
    """The root of the mean square, with a mask."""
    centered = X_train - X_train.mean(axis=0)
    sigma = np.sqrt(np.mean(centered**2, axis=0))
    sigma[sigma == 0] = 1.0
    return (X - X_train.mean(axis=0)) / sigma


@exercise.variant
def zeros_where_constant(X_train, X):
    """All of a constant column becomes 0."""
    mu, sigma = np.mean(X_train, 0), np.std(X_train, 0)
    return np.divide(X - mu, sigma, out=np.zeros(X.shape), where=sigma > 0)


@exercise.variant
def almost_constant(X_train, X):
    """A guard that is generous about rounding."""
    sigma = X_train.std(axis=0)
    return (X - X_train.mean(axis=0)) / np.where(np.isclose(sigma, 0), 1, sigma)
