"""Exercise 1.2: estimated probabilities of class 1."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw04_logistic_regression import draws
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import logistic_regression as reference


def _case(inputs: Inputs, m: int, n: int, about: str = "") -> Case:
    return Case((inputs.array(m, n), inputs.array(n, 1), inputs.array(1)), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, n in [(5, 3), (6, 1), (4, 2), (3, 3)]:
        yield _case(inputs, m, n)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, 1, 3, about="with a single sample (m = 1)")
    large = rng.uniform(800, 1200, (3, 1))
    yield Case(draws.data_with_scores(inputs, large, 2), about="at scores of about 1000")
    yield Case(draws.data_with_scores(inputs, -large, 2), about="at scores of about -1000")
    integers = [rng.integers(-3, 4, shape) for shape in [(4, 2), (2, 1), (1,)]]
    yield Case(tuple(integers), about="with integer arrays")
    X, W, b = _case(inputs, 3, 2).args
    yield Case(kwargs={"X": X, "W": W, "b": b}, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    one, zero = np.ones((1, 1)), np.zeros(1)
    yield Case((np.array([[1.0]]), one, zero))
    yield Case((np.array([[1.0]]), one, np.array([1.0])))
    yield Case((np.array([[1.0], [-2.0]]), one, np.array([0.5])))
    yield Case((np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([[2.0], [-1.0]]), np.array([0.5])))
    yield _case(inputs, 3, 2)
    yield Case((np.array([[1000.0]]), one, zero))
    yield Case((np.array([[-1000.0]]), one, zero))
    yield Case((np.array([[1], [-2]]), np.array([[1]]), np.array([1])))
    yield Case(kwargs={"X": one, "W": one, "b": zero})


exercise = Exercise(
    homework="hw04_logistic_regression",
    number="1.2",
    reference=reference.predict_proba,
    returns=("the result",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
)


@exercise.mistake
def scores_returned(X, W, b):
    """You return the scores: put them through the sigmoid."""
    return X @ W + b


@exercise.mistake
def bias_missing(X, W, b):
    """The bias is missing: the score is `X @ W + b`."""
    from scipy.special import expit

    return expit(X @ W)


@exercise.mistake
def bias_after_the_sigmoid(X, W, b):
    """You add the bias after the sigmoid, where it can push a probability above 1: add it to the
    scores."""
    from scipy.special import expit

    return expit(X @ W) + b


@exercise.mistake
def overflow(X, W, b):
    """`np.exp` overflows at scores of about -1000: use `expit`, or a sigmoid that is safe."""
    return 1 / (1 + np.exp(-(X @ W + b)))


@exercise.mistake
def infinity_over_infinity(X, W, b):
    """`np.exp` overflows at scores of about 1000, and infinity over infinity is nan: use `expit`,
    or a sigmoid that is safe."""
    e = np.exp(X @ W + b)
    return e / (1 + e)


@exercise.mistake
def sign_flipped(X, W, b):
    """These are the probabilities of class 0: you have the sign of the scores wrong, or subtract
    from 1."""
    from scipy.special import expit

    return expit(-(X @ W + b))


@exercise.mistake
def product_of_elements(X, W, b):
    """`*` multiplies element by element: the scores need the matrix product `X @ W`."""
    from scipy.special import expit

    return expit(X * W.T + b)


@exercise.mistake
def data_transposed(X, W, b):
    """You compute `X.T @ W`: the samples are the rows of X, so the scores are `X @ W + b`."""
    from scipy.special import expit

    return expit(X.T @ W + b)


@exercise.mistake
def flat(X, W, b):
    """Your result is flat, shape (m,): keep the column, shape (m, 1)."""
    from scipy.special import expit

    return expit(X @ W + b).ravel()


@exercise.mistake
def row_instead_of_column(X, W, b):
    """Your result is a row, shape (1, m): there is a row for each sample, shape (m, 1)."""
    from scipy.special import expit

    return expit(W.T @ X.T + b)


@exercise.mistake
def column_for_each_class(X, W, b):
    """You return a column for each class, as scikit-learn does: this exercise asks for one column,
    the probability of class 1."""
    from scipy.special import expit

    p = expit(X @ W + b)
    return np.hstack([1 - p, p])


@exercise.mistake
def labels_returned(X, W, b):
    """You return labels 0 and 1: return the probabilities."""
    return (X @ W + b > 0).astype(int)


@exercise.mistake
def bias_changed(X, W, b):
    """You change the caller's `b` (`b += …` or `b *= …`): compute a new array."""
    from scipy.special import expit

    p = expit(X @ W + b)
    b *= 0
    return p


@exercise.variant
def library_sigmoid(X, W, b):
    """SciPy's sigmoid."""
    from scipy.special import expit

    return expit(np.dot(X, W) + b)


@exercise.variant
def rows_one_by_one(X, W, b):
    """A loop over the samples, by cases."""
    P = np.zeros((X.shape[0], 1))
    for i, x in enumerate(X):
        z = float(np.sum(x * W[:, 0]) + b[0])
        P[i, 0] = 1 / (1 + np.exp(-z)) if z >= 0 else np.exp(z) / (1 + np.exp(z))
    return P


@exercise.variant
def column_of_ones(X, W, b):
    """The bias as one more weight, the sigmoid as a tanh."""
    Z = np.hstack([np.ones((len(X), 1)), X]) @ np.vstack([b, W])
    return (1 + np.tanh(Z / 2)) / 2


@exercise.variant
def sums(X, W, b):
    """Einstein's sum, clipped."""
    Z = np.einsum("ij,jk->ik", X, W) + b
    return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))


@exercise.variant
def in_place_on_its_own_array(X, W, b):
    """Operations in place, on arrays of its own."""
    Z = (X @ W).astype(float)
    Z += b
    e = np.exp(-np.abs(Z))
    P = np.where(Z >= 0, 1.0, e)
    P /= 1 + e
    return P
