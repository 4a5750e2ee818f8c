"""Exercise 2.3: a column of ones in front of the data."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import numpy_data as reference


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, n in [(5, 3), (2, 4), (3, 3)]:
        yield Case((inputs.array(m, n),))
    yield Case((inputs.array(1, 3),), about="with a single sample (m = 1)")
    yield Case((inputs.array(4, 1),), about="with a single feature (n = 1)")
    yield Case((rng.integers(2, 9, (3, 2)),), about="when X holds integers")
    yield Case(kwargs={"X": inputs.array(3, 2)}, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((np.array([[2.5]]),))
    yield Case((np.array([[2.5, 3.0]]),))
    yield Case((np.array([[2.5, 3.0], [4.0, 5.0]]),))
    yield Case(kwargs={"X": np.array([[2, 3], [4, 5]])})


exercise = Exercise(
    homework="hw01_numpy",
    number="2.3",
    reference=reference.add_bias_column,
    returns=("the result",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    purity="values",
)


@exercise.mistake
def ones_at_the_end(X):
    """Your column of ones is the last one: put it in front."""
    return np.column_stack([X, np.ones(len(X))])


@exercise.mistake
def zeros_in_front(X):
    """Your first column holds zeros: it has to hold ones, so that its weight is the bias."""
    return np.column_stack([np.zeros(len(X)), X])


@exercise.mistake
def row_of_ones(X):
    """You add a row of ones, which is one more sample: add a column, shape (m, n + 1)."""
    return np.vstack([np.ones(X.shape[1]), X])


@exercise.mistake
def first_column_replaced(X):
    """You overwrite the first feature with ones: keep all features, so that there are n + 1
    columns."""
    result = X.astype(float)
    result[:, 0] = 1
    return result


@exercise.mistake
def ones_added(X):
    """You add 1 to every number: put a column of ones beside X."""
    return X + np.ones(X.shape)


@exercise.mistake
def ones_on_both_sides(X):
    """There is a column of ones on both sides of X: only the one in front is asked for."""
    return np.column_stack([np.ones(len(X)), X, np.ones(len(X))])


@exercise.mistake
def flat(X):
    """Your result is flat: `np.insert` and `np.append` flatten first if you do not say `axis=1`."""
    return np.insert(X.astype(float), 0, np.ones(len(X)))


@exercise.mistake
def list_of_lists(X):
    """You return a list of lists: make an array of it (`np.array`)."""
    return [[1.0, *row] for row in X.tolist()]


@exercise.mistake
def truncated_to_integers(X):
    """Your result holds integers only, so the decimals of X are cut off: make it an array of
    floats."""
    result = np.ones((X.shape[0], X.shape[1] + 1), dtype=int)
    result[:, 1:] = X
    return result


@exercise.mistake
def transposed(X):
    """Your result is transposed: a row is still a sample, shape (m, n + 1)."""
    return np.vstack([np.ones(len(X)), X.T])


@exercise.variant
def horizontal(X):
    """Two blocks side by side."""
    return np.hstack((np.ones((X.shape[0], 1)), X))


@exercise.variant
def insert(X):
    """A column inserted, in the type of X."""
    return np.insert(X, 0, 1, axis=1)


@exercise.variant
def filled(X):
    """An array of ones, filled up."""
    m, n = X.shape
    result = np.ones((m, n + 1))
    result[:, 1:] = X
    return result


@exercise.variant
def padded(X):
    """Padding."""
    return np.pad(X, ((0, 0), (1, 0)), constant_values=1)


@exercise.variant
def short_hand(X):
    """NumPy's short hand for columns."""
    return np.c_[np.ones(len(X)), X]
