"""Exercise 2.1: the scores of a batch, one multiplication at a time."""

import numpy as np

from autograder.exercises.hw01_numpy import scores
from autograder.exercises.model import Exercise, Part
from autograder.reference import numpy_data as reference

exercise = Exercise(
    homework="hw01_numpy",
    number="2.1",
    reference=reference.scores_loop,
    returns=("`Z`",),
    parts=(Part("values", 1, scores.values),),
    examples=scores.examples,
    purity="values",
)


@exercise.mistake
def bias_forgotten(X, W, b):
    """The bias is missing: every score starts from `b[k]`, or gets it at the end."""
    m, n = X.shape
    Z = np.zeros((m, len(b)))
    for i in range(m):
        for k in range(len(b)):
            for j in range(n):
                Z[i, k] += X[i, j] * W[j, k]
    return Z


@exercise.mistake
def bias_added_for_every_feature(X, W, b):
    """You add the bias in the innermost loop, n times in all: every score gets it once."""
    m, n = X.shape
    Z = np.zeros((m, len(b)))
    for i in range(m):
        for k in range(len(b)):
            for j in range(n):
                Z[i, k] += X[i, j] * W[j, k] + b[k]
    return Z


@exercise.mistake
def last_product_only(X, W, b):
    """Each product replaces the one before, so only the last feature counts: add them up
    (`+=` instead of `=`)."""
    m, n = X.shape
    Z = np.zeros((m, len(b)))
    for i in range(m):
        for k in range(len(b)):
            for j in range(n):
                Z[i, k] = X[i, j] * W[j, k] + b[k]
    return Z


@exercise.mistake
def sum_not_reset(X, W, b):
    """Your running sum goes on from one score to the next: start it anew for every score."""
    m, n = X.shape
    Z = np.zeros((m, len(b)))
    total = 0.0
    for i in range(m):
        for k in range(len(b)):
            for j in range(n):
                total += X[i, j] * W[j, k]
            Z[i, k] = total + b[k]
    return Z


@exercise.mistake
def last_feature_missing(X, W, b):
    """Your loop over the features stops one too early: the last feature is missing."""
    m, n = X.shape
    Z = np.zeros((m, len(b)))
    for i in range(m):
        for k in range(len(b)):
            Z[i, k] = b[k]
            for j in range(n - 1):
                Z[i, k] += X[i, j] * W[j, k]
    return Z


@exercise.mistake
def returned_after_the_first_sample(X, W, b):
    """You return from inside the loop over the samples, so only the first row is computed:
    indent the `return` less."""
    m, n = X.shape
    Z = np.zeros((m, len(b)))
    for i in range(m):
        for k in range(len(b)):
            Z[i, k] = b[k]
            for j in range(n):
                Z[i, k] += X[i, j] * W[j, k]
        return Z


@exercise.mistake
def first_class_only(X, W, b):
    """You compute the first class only: the other columns of your result are zero."""
    m, n = X.shape
    Z = np.zeros((m, len(b)))
    for i in range(m):
        Z[i, 0] = b[0]
        for j in range(n):
            Z[i, 0] += X[i, j] * W[j, 0]
    return Z


@exercise.mistake
def transposed(X, W, b):
    """Your result is transposed: a row belongs to a sample and a column to a class."""
    m, n = X.shape
    Z = np.zeros((len(b), m))
    for i in range(m):
        for k in range(len(b)):
            Z[k, i] = b[k] + sum(X[i, j] * W[j, k] for j in range(n))
    return Z


@exercise.mistake
def list_of_lists(X, W, b):
    """You return a list of lists: make an array of it (`np.array`)."""
    rows = []
    for x in X:
        rows.append([float(b[k] + sum(x * W[:, k])) for k in range(len(b))])
    return rows


@exercise.mistake
def truncated_to_integers(X, W, b):
    """Where X holds integers your scores are cut to integers: make `Z` an array of floats."""
    m, n = X.shape
    Z = np.zeros((m, len(b)), dtype=X.dtype)
    for i in range(m):
        for k in range(len(b)):
            Z[i, k] = b[k] + sum(X[i, j] * W[j, k] for j in range(n))
    return Z


@exercise.mistake
def added_up_in_the_bias(X, W, b):
    """You add the products to the caller's `b` (`b[k] += …`): start from a copy of the number."""
    m, n = X.shape
    Z = np.zeros((m, len(b)))
    for i in range(m):
        before = b.copy()
        for k in range(len(b)):
            for j in range(n):
                b[k] += X[i, j] * W[j, k]
            Z[i, k] = b[k]
        if i < m - 1:
            b[:] = before
    return Z


@exercise.variant
def running_sum(X, W, b):
    """A sum for every score."""
    m, n = X.shape
    K = W.shape[1]
    Z = np.zeros((m, K))
    for i in range(m):
        for k in range(K):
            z = 0.0
            for j in range(n):
                z += X[i, j] * W[j, k]
            Z[i, k] = z + b[k]
    return Z


@exercise.variant
def column_form(X, W, b):
    """One sample at a time, as a column."""
    Z = np.zeros((X.shape[0], b.size))
    for i, x in enumerate(X):
        Z[i] = W.T @ x + b
    return Z


@exercise.variant
def lists_then_an_array(X, W, b):
    """Nested lists first."""
    columns = list(zip(*W))
    Z = []
    for x in X:
        Z.append([sum(xj * wj for xj, wj in zip(x, w)) + bk for w, bk in zip(columns, b)])
    return np.array(Z)


@exercise.variant
def features_outside(X, W, b):
    """The sum over the features as the outermost loop."""
    Z = np.zeros((len(X), len(b))) + b
    for j in range(len(W)):
        Z += np.outer(X[:, j], W[j])
    return Z


@exercise.variant
def without_a_loop(X, W, b):
    """No loop at all."""
    return X @ W + b
