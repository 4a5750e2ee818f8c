"""Exercise 1.1: the powers of a feature."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import regularization as reference


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, degree in [(5, 3), (4, 4), (7, 2), (6, 5)]:
        yield Case((inputs.array(m), degree))
    yield Case((inputs.array(4), 1), about="with degree 1")
    yield Case((inputs.array(1), 3), about="with a single sample (m = 1)")
    yield Case((np.append(inputs.array(3), 0.0), 3), about="when an entry of x is 0")
    yield Case((rng.permutation(9)[:5] - 4, 3), about="when x holds integers")
    named = {"x": inputs.array(4), "degree": 3}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    yield Case((np.array([2.5]), 1))
    yield Case((np.array([2.5]), 2))
    yield Case((np.array([2.5, -1.0]), 3))
    yield Case((np.array([0.5, 2.0, -3.0]), 3))
    yield Case((np.array([2, -3]), 3))
    for m, degree in [(3, 2), (3, 4), (4, 4)]:
        yield Case((inputs.array(m), degree))
    yield Case(kwargs={"x": np.array([2.5, -1.0]), "degree": 2})


exercise = Exercise(
    homework="hw06_regularization",
    number="1.1",
    reference=reference.polynomial_features,
    returns=("the result",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    tolerance=1e-5,  # float32 is good enough
    purity="values",
)


@exercise.mistake
def column_of_ones(x, degree):
    """Your result begins with a column of ones: the bias of the model stands for the power 0, so
    begin with x itself."""
    return x[:, None] ** np.arange(degree + 1)


@exercise.mistake
def powers_from_zero(x, degree):
    """Your powers run from 0 to degree - 1: they run from 1 to degree."""
    return x[:, None] ** np.arange(degree)


@exercise.mistake
def last_power_missing(x, degree):
    """The highest power is missing: `range(1, degree)` ends before degree."""
    return np.array([[v**p for p in range(1, degree)] for v in x]).reshape(len(x), degree - 1)


@exercise.mistake
def one_power_too_many(x, degree):
    """Your result has one power too many: the last one is x to the power `degree`."""
    return x[:, None] ** np.arange(1, degree + 2)


@exercise.mistake
def highest_power_first(x, degree):
    """Your columns stand in the opposite order: x comes first, the highest power last."""
    return np.vander(x, degree + 1)[:, :-1]


@exercise.mistake
def highest_power_only(x, degree):
    """Your result holds the highest power only: a column is asked for each power from 1 to
    degree."""
    return x[:, None] ** degree


@exercise.mistake
def samples_in_columns(x, degree):
    """Your result is transposed: a row belongs to a sample, a column to a power."""
    return np.array([x**p for p in range(1, degree + 1)])


@exercise.mistake
def multiples(x, degree):
    """You multiply by 1, 2, 3, …: powers are asked for, `**`."""
    return x[:, None] * np.arange(1, degree + 1)


@exercise.mistake
def powers_of_two(x, degree):
    """You square the column before (x, x², x⁴, …): multiply it by x instead."""
    columns = [x * 1.0]
    for _ in range(degree - 1):
        columns.append(columns[-1] ** 2)
    return np.column_stack(columns)


@exercise.mistake
def flat(x, degree):
    """Your result is flat: it has a row for each sample and a column for each power, shape
    (m, degree)."""
    return np.concatenate([x**p for p in range(1, degree + 1)])


@exercise.mistake
def list_of_rows(x, degree):
    """You return a list of lists: make an array of it (`np.array`)."""
    return [[float(v) ** p for p in range(1, degree + 1)] for v in x]


@exercise.mistake
def cut_to_integers(x, degree):
    """Your numbers are cut to integers: the array that you fill has an integer type."""
    X = np.zeros((len(x), degree), dtype=int)
    for j in range(degree):
        X[:, j] = x ** (j + 1)
    return X


@exercise.mistake
def x_changed(x, degree):
    """You change the caller's `x` (`x *= …`, or a second name of it): work on a copy."""
    columns, power = [], x
    first = x.copy()
    for _ in range(degree):
        columns.append(power.copy())
        power *= first
    return np.column_stack(columns)


@exercise.variant
def two_loops(x, degree):
    """Entry by entry."""
    X = np.zeros((len(x), degree))
    for i in range(len(x)):
        for j in range(degree):
            X[i, j] = x[i] ** (j + 1)
    return X


@exercise.variant
def column_by_column(x, degree):
    """Each column is the one before times x."""
    columns = [x]
    while len(columns) < degree:
        columns.append(columns[-1] * x)
    return np.stack(columns, axis=1)


@exercise.variant
def vandermonde(x, degree):
    """NumPy's own function, in single precision."""
    return np.vander(x.astype(np.float32), degree + 1, increasing=True)[:, 1:]


@exercise.variant
def running_products(x, degree):
    """A running product along the rows."""
    return np.cumprod(np.repeat(x.reshape(-1, 1), degree, axis=1), axis=1)


@exercise.variant
def outer_power(x, degree):
    """The outer form of `np.power`."""
    return np.power.outer(np.asarray(x, dtype=float), np.arange(1, degree + 1))
