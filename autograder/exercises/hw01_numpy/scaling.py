"""Cases for functions of a training part and other data, `f(X_train, X)`: the two rescalings."""

from collections.abc import Callable, Iterator

import numpy as np

from autograder.exercises.compare import Difference, difference
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case
from autograder.reference.shapes import Array


def _arrays(inputs: Inputs, m: int, q: int, n: int) -> tuple[Array, Array]:
    """Columns with scales and offsets of their own; X lies mostly inside of the training range."""
    scale, offset = inputs.rng.uniform(1.0, 9.0, n), inputs.rng.uniform(2.0, 20.0, n)
    return inputs.array(m, n) * scale + offset, 0.6 * inputs.array(q, n) * scale + offset


def values(rng: np.random.Generator) -> Iterator[Case]:
    """Several m, q and n."""
    inputs = Inputs(rng)
    for m, q, n in [(12, 5, 3), (9, 4, 2), (10, 3, 3), (8, 9, 1)]:
        X_train, X = _arrays(inputs, m, q, n)
        yield Case((X_train, X))
        beyond = np.vstack([X_train.min(axis=0) - 1.0, X, X_train.max(axis=0) + 1.0])
        yield Case((X_train, beyond))


def care(rng: np.random.Generator) -> Iterator[Case]:
    """Constant columns, one sample, small and large units, integers, argument names."""
    inputs = Inputs(rng)
    X_train, X = _arrays(inputs, 8, 4, 3)
    X_train[:, 1] = X[:, 1] = 2.5
    yield Case((X_train, X), about="when a column is constant")
    X_train, X = _arrays(inputs, 6, 3, 3)
    X_train[:, 0] = 0.0
    X[0, 0] = 0.0
    yield Case((X_train, X), about="when a column is constant in X_train, but not in X")
    X_train, X = _arrays(inputs, 10, 1, 3)
    yield Case((X_train, X), about="when X is a single sample")
    X_train, _ = _arrays(inputs, 7, 1, 2)
    yield Case((X_train, X_train), about="when X is X_train itself")
    X_train, X = _arrays(inputs, 9, 5, 2)
    units = np.array([1e-5, 1e5])
    yield Case((X_train * units, X * units), about="with columns in small and in large units")
    X_train, X = rng.integers(-9, 10, (12, 2)), rng.integers(-7, 8, (4, 2))
    yield Case((X_train + np.arange(12)[:, np.newaxis], X), about="with integer arrays")
    X_train, X = _arrays(inputs, 6, 3, 2)
    yield Case(kwargs={"X_train": X_train, "X": X}, about="when it is called by argument names")


def examples(rng: np.random.Generator) -> Iterator[Case]:
    """From one column upward."""
    yield Case((np.array([[1.0], [5.0]]), np.array([[2.0]])))
    yield Case((np.array([[1.0], [1.0]]), np.array([[1.0]])))
    yield Case((np.array([[1], [5]]), np.array([[2], [4]])))
    yield Case((np.array([[1.0], [5.0]]), np.array([[2.0], [3.0]])))
    yield Case((np.array([[1.0], [5.0]]), np.array([[2.0], [9.0]])))
    yield Case((np.array([[1.0, 10.0], [5.0, 40.0]]), np.array([[2.0, 20.0], [4.0, 15.0]])))
    X_train = np.array([[1.0, 10.0], [5.0, 40.0], [3.0, 70.0]])
    yield Case((X_train, np.array([[2.0, 20.0], [4.0, 55.0]])))
    yield Case((X_train * 1e-5, np.array([[2e-5, 20e-5]])))
    yield Case(kwargs={"X_train": X_train, "X": np.array([[2.0, 20.0]])})


def comparer(
    clipped: bool,
) -> Callable[[Case, Array, object], Difference | None]:
    """Return a comparison that looks at what is unique.

    Where a training column is constant, only samples with the same constant count. With
    ``clipped`` values outside of [0, 1] are as good as values cut off there.
    """

    def compare(case: Case, expected: Array, got: object) -> Difference | None:
        X_train, X = case.args or (case.kwargs["X_train"], case.kwargs["X"])
        graded = (np.ptp(X_train, axis=0) > 0) | (X == X_train[0])
        if type(got) is np.ndarray and got.dtype.kind in "iuf" and got.shape == expected.shape:
            got = np.where(graded, got.astype(np.float64), expected)
            if clipped:
                expected, got = np.clip(expected, 0, 1), np.clip(got, 0, 1)
        return difference(expected, got, ("the result",))

    return compare
