"""Exercise 6.2: weights and bias in closed form."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.compare import Difference, difference
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import linear_regression as reference
from autograder.reference.shapes import Array


def _noisy(inputs: Inputs, X: Array, K: int, about: str = "") -> Case:
    """Targets near a linear model, with noise, so that the fit does not pass through them."""
    m, n = X.shape
    Y = X @ inputs.array(n, K) + 2.0 + inputs.array(K) + inputs.array(m, K)
    return Case((X, Y), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, n, K in [(12, 2, 1), (20, 3, 2), (15, 1, 1), (40, 4, 3)]:
        yield _noisy(inputs, inputs.array(m, n) + inputs.array(n), K)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _noisy(
        inputs,
        rng.integers(-9, 10, (14, 2)).astype(float) @ np.array([[1, 0, 1], [0, 1, 1]]),
        1,
        about="when one column is the sum of two others, so that many W fit equally well",
    )
    # Rounding leaves a few of the 60 zero singular values above 1.1e-16 of the largest: `rcond=-1`
    # takes those for real, whatever the seed. With a handful of copies it depends on the seed.
    copies = np.repeat(inputs.array(100, 20), 4, axis=1)
    yield _noisy(inputs, copies, 1, about="when every column of X appears four times")
    yield _noisy(inputs, inputs.array(3, 5), 2, about="with fewer samples than parameters")
    yield _noisy(
        inputs,
        np.column_stack([inputs.array(8), np.full(8, 3.0)]),
        1,
        "when a column of X is constant",
    )
    yield Case(
        (np.arange(6).reshape(6, 1), rng.integers(-9, 10, (6, 1))), about="with integer arrays"
    )
    X, Y = _noisy(inputs, inputs.array(9, 2), 1).args
    yield Case(kwargs={"X": X, "Y": Y}, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    x = np.array([[0.0], [1.0]])
    yield Case((x, np.array([[1.0], [3.0]])))
    yield Case((np.array([[0.0], [1.0], [3.0]]), np.array([[1.0], [3.0], [4.0]])))
    yield Case((np.array([[0], [1], [3]]), np.array([[1], [3], [4]])))
    yield Case((np.hstack([x, x]), np.array([[1.0], [3.0]])))
    yield Case((np.array([[1.0, 2.0]]), np.array([[3.0]])))
    yield Case((np.array([[0.0, 3.0], [1.0, 3.0], [3.0, 3.0]]), np.array([[1.0], [3.0], [4.0]])))
    X = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0], [3.0, 1.0]])
    for K in (1, 2):
        yield Case((X, inputs.array(4, K)))
    yield Case(kwargs={"X": X, "Y": inputs.array(4, 1)})


def _compare(case: Case, expected: tuple[Array, Array], got: object) -> Difference | None:
    """Compare types and shapes, then the predictions on X, which are unique."""
    form = difference(expected, got, ("`W`", "`b`"), tolerance=np.inf)
    if form:
        return form
    assert isinstance(got, tuple | list)
    X, Y = case.args or (case.kwargs["X"], case.kwargs["Y"])
    W, b = (np.asarray(part, dtype=float) for part in got)
    unique = np.linalg.matrix_rank(np.column_stack([np.ones(len(X)), X])) == X.shape[1] + 1
    if unique:
        return difference(expected, (W, b), ("`W`", "`b`"))
    # Huge weights that cancel each other lose digits; a right solver keeps more than these.
    Y_hat, best = X @ W + b, X @ expected[0] + expected[1]
    scale = max(1.0, float(np.abs(Y).max()))
    return difference(best / scale, Y_hat / scale, ("the prediction `X @ W + b`",), tolerance=1e-5)


_COPY = "nobody else holds the array that `lstsq` gives, so a copy of it is as good"

exercise = Exercise(
    homework="hw02_linear_regression",
    number="6.2",
    reference=reference.normal_equation,
    returns=("`W`", "`b`"),
    parts=(Part("values", 3, _values), Part("care", 1, _care)),
    examples=_examples,
    compare=_compare,
    erratic=("explicit_inverse", "solve_normal_equations"),
    equivalent_mutants={
        "np.linalg.lstsq(with_ones, Y, rcond=None) -> np.linalg.lstsq(with_ones, Y)": (
            "None is the default of `rcond` since NumPy 2.0"
        ),
        "np.linalg.lstsq(with_ones, Y, rcond=None)[0].astype(np.float64, copy=False) -> "
        "np.linalg.lstsq(with_ones, Y, rcond=None)[0]": (
            "`lstsq` gives float64 for float64; the conversion is there for the type checker"
        ),
        "np.linalg.lstsq(with_ones, Y, rcond=None)[0].astype(np.float64, copy=False) -> "
        "np.linalg.lstsq(with_ones, Y, rcond=None)[0].astype(np.float64)": _COPY,
        "np.linalg.lstsq(with_ones, Y, rcond=None)[0].astype(np.float64, copy=False) -> "
        "np.linalg.lstsq(with_ones, Y, rcond=None)[0].astype(np.float64, copy=True)": _COPY,
    },
)


@exercise.mistake
def no_bias(X, Y):
    """You fit without a bias, so the line is forced through the origin: add a column of ones."""
    return np.linalg.lstsq(X, Y, rcond=None)[0], np.zeros(Y.shape[1])


@exercise.mistake
def explicit_inverse(X, Y):
    """An inverse (or `solve`) of the normal equations fails where columns depend on each other:
    use `np.linalg.lstsq`."""
    A = np.column_stack([np.ones(len(X)), X])
    W = np.linalg.inv(A.T @ A) @ A.T @ Y
    return W[1:], W[0]


@exercise.mistake
def solve_normal_equations(X, Y):
    """An inverse (or `solve`) of the normal equations fails where columns depend on each other:
    use `np.linalg.lstsq`."""
    A = np.column_stack([np.ones(len(X)), X])
    W = np.linalg.solve(A.T @ A, A.T @ Y)
    return W[1:], W[0]


@exercise.mistake
def bias_taken_from_the_end(X, Y):
    """The column of ones comes first in your matrix, but you read the bias from the last row."""
    W = np.linalg.lstsq(np.column_stack([np.ones(len(X)), X]), Y, rcond=None)[0]
    return W[:-1], W[-1]


@exercise.mistake
def swapped_returns(X, Y):
    """You return `b, W`: the other order is asked for, `W, b`."""
    W = np.linalg.lstsq(np.column_stack([np.ones(len(X)), X]), Y, rcond=None)[0]
    return W[0], W[1:]


@exercise.mistake
def bias_is_the_mean(X, Y):
    """Your bias is the mean of Y, which is right only where the features have mean zero:
    subtract `X.mean(axis=0) @ W`."""
    W = np.linalg.lstsq(X - X.mean(axis=0), Y - Y.mean(axis=0), rcond=None)[0]
    return W, Y.mean(axis=0)


@exercise.mistake
def only_the_features_centered(X, Y):
    """You center X and fit without a bias: the bias is what the mean of Y leaves, not zero."""
    W = np.linalg.lstsq(X - X.mean(axis=0), Y, rcond=None)[0]
    return W, np.zeros(Y.shape[1])


@exercise.mistake
def bias_as_a_row(X, Y):
    """`b` has shape (1, K): take the row itself (`[0]`), shape (K,)."""
    W = np.linalg.lstsq(np.column_stack([np.ones(len(X)), X]), Y, rcond=None)[0]
    return W[1:], W[:1]


@exercise.mistake
def bias_left_in_W(X, Y):
    """`W` still holds the bias in its first row: cut it off, the shape is (n, K)."""
    W = np.linalg.lstsq(np.column_stack([np.ones(len(X)), X]), Y, rcond=None)[0]
    return W, W[0]


@exercise.mistake
def first_output_only(X, Y):
    """You fit the first output only: `lstsq` takes all columns of Y at once."""
    A = np.column_stack([np.ones(len(X)), X])
    W = np.linalg.lstsq(A, Y[:, :1], rcond=None)[0]
    return W[1:], W[0]


@exercise.mistake
def ridge_in_disguise(X, Y):
    """You add something to the diagonal, which shrinks the weights: that is ridge regression."""
    A = np.column_stack([np.ones(len(X)), X])
    W = np.linalg.solve(A.T @ A + 0.01 * np.eye(A.shape[1]), A.T @ Y)
    return W[1:], W[0]


@exercise.mistake
def targets_centered_in_place(X, Y):
    """You subtract the mean from the caller's `Y` (`Y -= …`): work on a copy."""
    mean_x, mean_y = X.mean(axis=0), Y.mean(axis=0)
    W = np.linalg.lstsq(X - mean_x, Y - mean_y, rcond=None)[0]
    Y -= mean_y.astype(Y.dtype)
    return W, mean_y - mean_x @ W


@exercise.variant
def centered(X, Y):
    """Center both, solve without a bias, and get the bias from the means."""
    mean_x, mean_y = X.mean(axis=0), Y.mean(axis=0)
    W = np.linalg.lstsq(X - mean_x, Y - mean_y, rcond=None)[0]
    return W, mean_y - mean_x @ W


@exercise.variant
def pseudo_inverse(X, Y):
    """The pseudo-inverse, with the ones at the end."""
    A = np.hstack([X, np.ones((X.shape[0], 1))])
    solution = np.linalg.pinv(A) @ Y
    return solution[:-1], solution[-1]


@exercise.variant
def singular_values(X, Y):
    """The singular value decomposition by hand."""
    A = np.column_stack([np.ones(len(X)), X])
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    keep = s > 1e-10 * s[0]
    W = Vt[keep].T @ ((U[:, keep].T @ Y) / s[keep, None])
    return W[1:], W[0]


@exercise.variant
def one_output_at_a_time(X, Y):
    """A loop over the outputs."""
    A = np.c_[np.ones(len(X)), X]
    columns = [np.linalg.lstsq(A, y, rcond=None)[0] for y in Y.T]
    W = np.stack(columns, axis=1)
    return W[1:, :], W[0, :]


@exercise.variant
def normal_equations_by_lstsq(X, Y):
    """The normal equations, but solved by least squares."""
    A = np.column_stack([np.ones(len(X)), X])
    W, *_ = np.linalg.lstsq(A.T @ A, A.T @ Y, rcond=1e-10)
    return W[1:], W[0]
