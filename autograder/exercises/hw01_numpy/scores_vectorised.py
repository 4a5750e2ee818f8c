"""Exercise 2.2: the scores of a batch by one matrix product."""

import numpy as np

from autograder.exercises.hw01_numpy import scores
from autograder.exercises.model import Exercise, Part
from autograder.reference import numpy_data as reference

exercise = Exercise(
    homework="hw01_numpy",
    number="2.2",
    reference=reference.scores_vectorised,
    returns=("`Z`",),
    parts=(Part("values", 1, scores.values),),
    examples=scores.examples,
    purity="values",
)


@exercise.mistake
def bias_forgotten(X, W, b):
    """Your values are those of `X @ W`: the bias `b` is not added."""
    return X @ W


@exercise.mistake
def bias_subtracted(X, W, b):
    """Your values are those of `X @ W - b`: the bias has the wrong sign."""
    return X @ W - b


@exercise.mistake
def elementwise_product(X, W, b):
    """You multiply element by element (`*`) where the formula asks for a matrix product (`@`)."""
    return X * W + b


@exercise.mistake
def weights_transposed(X, W, b):
    """You multiply by `W.T`: the shapes (m, n) and (n, K) fit as they are."""
    return X @ W.T + b


@exercise.mistake
def bias_as_a_column(X, W, b):
    """You add `b` as a column, one number for each sample: it holds one for each class, and
    broadcasting adds it to every row as it is."""
    return X @ W + b[:, np.newaxis]


@exercise.mistake
def first_bias_for_all(X, W, b):
    """You add the bias of the first class to all classes: add the whole `b`."""
    return X @ W + b[0]


@exercise.mistake
def transposed(X, W, b):
    """Your result is transposed: a row belongs to a sample and a column to a class."""
    return (X @ W + b).T


@exercise.mistake
def flat_where_an_axis_is_one(X, W, b):
    """Your result loses an axis of length 1: its shape is (m, K), also where m or K is 1."""
    return np.squeeze(X @ W + b)


@exercise.mistake
def truncated_to_integers(X, W, b):
    """Where X holds integers your scores are cut to integers: let NumPy choose the type."""
    return (X @ W + b).astype(X.dtype)


@exercise.mistake
def weights_changed(X, W, b):
    """You write the bias into the caller's `W` (`W[0] += …`): leave the arguments as they are."""
    Z = X @ W + b
    W[0] += b
    return Z


@exercise.mistake
def zeros_of_the_right_shape(X, W, b):
    """Your result has the right shape, but all of its values are zero."""
    return np.zeros((X.shape[0], W.shape[1]))


@exercise.variant
def einsum(X, W, b):
    """Einstein's sum."""
    return np.einsum("ij,jk->ik", X, W) + b[None, :]


@exercise.variant
def ones_in_front(X, W, b):
    """The bias as the weight of a column of ones."""
    return np.hstack([np.ones((len(X), 1)), X]) @ np.vstack([b, W])


@exercise.variant
def other_order(X, W, b):
    """The transpose of the product in the other order."""
    return (W.T @ X.T + b.reshape(-1, 1)).T


@exercise.variant
def broadcast_and_sum(X, W, b):
    """All products at once, then a sum over the features."""
    return (X[:, :, np.newaxis] * W[np.newaxis]).sum(axis=1) + b


@exercise.variant
def loop_over_samples(X, W, b):
    """A loop: slower, but right."""
    return np.array([x.dot(W) + b for x in X])
