"""Exercise 4.3: every sample divided by its norm."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import numpy_data as reference


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, n in [(5, 3), (3, 4), (3, 3), (2, 2)]:
        yield Case((inputs.array(m, n, scale=3.0),))
    X = inputs.array(4, 3)
    X[2] = 0.0
    yield Case((X,), about="when a row is all zero")
    yield Case((inputs.array(1, 3),), about="with a single sample (m = 1)")
    yield Case((inputs.array(4, 1),), about="with a single feature (n = 1)")
    X = rng.integers(-5, 6, (4, 3))
    X[:, 1] = [2, -3, 4, 1]
    yield Case((X,), about="when X holds integers")
    yield Case((inputs.array(3, 2) * 1000,), about="with long rows")
    yield Case(kwargs={"X": inputs.array(3, 2)}, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((np.array([[2.0]]),))
    yield Case((np.array([[3.0, 4.0]]),))
    yield Case((np.array([[0.0, 0.0]]),))
    yield Case((np.array([[3, 4]]),))
    yield Case((np.array([[3.0, 4.0], [-4.0, 3.0]]),))
    yield Case((np.array([[3.0, 4.0], [5.0, 12.0]]),))
    yield Case((np.array([[3.0, 4.0], [0.0, 2.0], [5.0, 12.0]]),))
    yield Case(kwargs={"X": np.array([[3.0, 4.0]])})


exercise = Exercise(
    homework="hw01_numpy",
    number="4.3",
    reference=reference.unit_rows,
    returns=("the result",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    purity="values",
    equivalent_mutants={
        "np.where(norms == 0, 1.0, norms) -> np.where(norms == 0, 2.0, norms)": (
            "where the norm is 0 the whole row is, and 0 divided by 2 is 0 as well"
        ),
    },
)


@exercise.mistake
def columns_instead_of_rows(X):
    """You divide each column by its norm (`axis=0`): each row gets length 1 (`axis=1`)."""
    norms = np.linalg.norm(X, axis=0)
    return X / np.where(norms > 0, norms, 1)


@exercise.mistake
def zero_row_divided_by_zero(X):
    """You divide by 0 where a row is all zero: replace a norm of 0 by 1 before you divide."""
    return X / np.linalg.norm(X, axis=1, keepdims=True)


@exercise.mistake
def axis_not_kept(X):
    """The norms have shape (m,), which NumPy lays along the columns: `keepdims=True` keeps them a
    column of shape (m, 1)."""
    norms = np.linalg.norm(X, axis=1)
    return X / np.where(norms > 0, norms, 1)


@exercise.mistake
def absolute_values_added(X):
    """You divide by the sum of the absolute values: the Euclidean norm is the root of the sum of
    squares."""
    norms = np.abs(X).sum(axis=1, keepdims=True)
    return X / np.where(norms > 0, norms, 1)


@exercise.mistake
def plain_sum(X):
    """You divide by the sum of the row: divide by the root of the sum of squares."""
    sums = X.sum(axis=1, keepdims=True)
    return X / np.where(sums == 0, 1, sums)


@exercise.mistake
def root_missing(X):
    """You divide by the sum of squares: the norm is its root."""
    squares = np.square(X).sum(axis=1, keepdims=True)
    return X / np.where(squares > 0, squares, 1)


@exercise.mistake
def root_of_the_mean(X):
    """You divide by the root of the mean square: the norm is the root of the sum of squares."""
    norms = np.sqrt(np.square(X).mean(axis=1, keepdims=True))
    return X / np.where(norms > 0, norms, 1)


@exercise.mistake
def norm_of_the_whole_table(X):
    """You divide by the norm of the whole table: each row has its own (`axis=1`)."""
    norm = np.linalg.norm(X)
    return X / (norm if norm > 0 else 1)


@exercise.mistake
def largest_entry(X):
    """You divide by the largest absolute value of the row: divide by the root of the sum of
    squares."""
    norms = np.abs(X).max(axis=1, keepdims=True)
    return X / np.where(norms > 0, norms, 1)


@exercise.mistake
def one_added_to_the_norm(X):
    """You add 1 to every norm to avoid a division by 0, so no row has length 1: replace the norms
    that are 0, and leave the others as they are."""
    return X / (np.linalg.norm(X, axis=1, keepdims=True) + 1)


@exercise.mistake
def zero_row_filled(X):
    """A row of zeros becomes a row of ones: it has no direction and stays as it is."""
    norms = np.linalg.norm(X, axis=1, keepdims=True)
    return np.where(norms > 0, X / np.where(norms > 0, norms, 1), 1.0)


@exercise.mistake
def zero_row_left_out(X):
    """Your result has no row for a sample that is all zero: it stays, as a row of zeros."""
    norms = np.linalg.norm(X, axis=1, keepdims=True)
    keep = norms[:, 0] > 0
    return X[keep] / norms[keep]


@exercise.mistake
def truncated_to_integers(X):
    """Where X holds integers your result is cut to integers: make it an array of floats."""
    result = np.zeros_like(X)
    for i, x in enumerate(X):
        norm = np.sqrt(np.sum(x * x))
        result[i] = x / norm if norm > 0 else x
    return result


@exercise.mistake
def divided_in_place(X):
    """You divide in the caller's `X` (`X /= …`): make a new array."""
    norms = np.linalg.norm(X, axis=1, keepdims=True)
    result = X.astype(float, copy=False)
    result /= np.where(norms > 0, norms, 1)
    return result


@exercise.variant
def row_by_row(X):
    """A loop over the rows."""
    rows = []
    for x in X:
        norm = sum(float(v) ** 2 for v in x) ** 0.5
        rows.append(x / norm if norm > 0 else np.zeros(len(x)))
    return np.array(rows)


@exercise.variant
def root_of_squares(X):
    """The norm by hand, with a mask."""
    norms = np.sqrt((X.astype(float) ** 2).sum(axis=1))
    norms[norms == 0] = 1
    return X / norms[:, np.newaxis]


@exercise.variant
def smallest_norm(X):
    """A norm that is never 0."""
    norms = np.linalg.norm(X, axis=1, keepdims=True)
    return X / np.maximum(norms, 1e-12)


@exercise.variant
def tiny_number_added(X):
    """A number far below the tolerance added to every norm."""
    return X / (np.linalg.norm(X, axis=1, keepdims=True) + 1e-12)


@exercise.variant
def divide_where(X):
    """A division that leaves zeros alone."""
    norms = np.sqrt(np.einsum("ij,ij->i", X, X))[:, None]
    return np.divide(X, norms, out=np.zeros(X.shape), where=norms > 0)
