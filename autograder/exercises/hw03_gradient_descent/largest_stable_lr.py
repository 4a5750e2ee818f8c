"""Exercise 2.1: the learning rate at which gradient descent on a linear model turns unstable."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import gradient_descent as reference


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, n in [(12, 2), (30, 3), (8, 5), (20, 1)]:
        yield Case((inputs.array(m, n) * rng.uniform(0.5, 2.0, n) + inputs.array(n),))
    yield Case((1.0 + 0.3 * inputs.array(25, 2),))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield Case((inputs.array(1, 1) + 2.0,), about="with a single sample (m = 1)")
    # With m = n the matrix has one eigenvalue 0. More of them may come out as complex numbers.
    yield Case((inputs.array(4, 4) + 1.0,), about="with fewer samples than parameters")
    yield Case((np.zeros((5, 2)),), about="when X is all zeros")
    constant = np.column_stack([inputs.array(9), np.full(9, rng.uniform(2.0, 4.0))])
    yield Case((constant,), about="when a column of X is constant")
    scales = np.array([1.0, 1000.0])
    yield Case((inputs.array(20, 2) * scales,), about="when a column is 1000 times as large")
    yield Case((0.01 * inputs.array(20, 2),), about="when the features are small")
    yield Case((rng.integers(1, 9, (10, 3)),), about="with an integer array")
    yield Case(kwargs={"X": inputs.array(7, 2)}, about="when it is called by argument name")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    yield Case((np.array([[1.0], [-1.0]]),))
    yield Case((np.array([[3.0], [-3.0]]),))
    yield Case((np.array([[2.0]]),))
    yield Case((np.array([[0.0], [2.0]]),))
    yield Case((np.array([[1.0, 2.0], [3.0, 0.0], [0.0, 1.0]]),))
    yield Case((np.array([[1], [3]]),))
    yield Case((np.zeros((2, 1)),))
    for m, n in [(4, 2), (5, 2)]:
        yield Case((inputs.array(m, n),))
    yield Case(kwargs={"X": np.array([[0.0], [2.0]])})


_ORDER = "the place of the column of ones does not change the eigenvalues"

exercise = Exercise(
    homework="hw03_gradient_descent",
    number="2.1",
    reference=reference.largest_stable_lr,
    returns=("the learning rate",),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    equivalent_mutants={
        "np.column_stack([np.ones(len(X)), X]) -> np.column_stack([X, np.ones(len(X))])": _ORDER,
        "float(2 / curvatures.max()) -> 2 / curvatures.max()": (
            "the quotient is an `np.float64` already, which the contract takes for a float"
        ),
    },
)


@exercise.mistake
def no_column_of_ones(X):
    """You leave out the bias: put a column of ones beside X before you multiply."""
    return 2 / np.linalg.eigvalsh(X.T @ X / len(X)).max()


@exercise.mistake
def mean_missing(X):
    """Your rate is the right one divided by m: the matrix is divided by m, since J is a mean."""
    A = np.column_stack([np.ones(len(X)), X])
    return 2 / np.linalg.eigvalsh(A.T @ A).max()


@exercise.mistake
def one_instead_of_two(X):
    """Your rate is half of the right one: the limit is 2 divided by the largest eigenvalue."""
    A = np.column_stack([np.ones(len(X)), X])
    return 1 / np.linalg.eigvalsh(A.T @ A / len(X)).max()


@exercise.mistake
def smallest_eigenvalue(X):
    """You divide by the smallest eigenvalue, the first that `eigvalsh` returns: the largest one, of
    the steepest direction, sets the limit."""
    A = np.column_stack([np.ones(len(X)), X])
    return 2 / max(np.linalg.eigvalsh(A.T @ A / len(X)).min(), 1e-9)


@exercise.mistake
def eigenvalue_returned(X):
    """You return the largest eigenvalue: the rate is 2 divided by it."""
    A = np.column_stack([np.ones(len(X)), X])
    return np.linalg.eigvalsh(A.T @ A / len(X)).max()


@exercise.mistake
def sum_of_the_eigenvalues(X):
    """You divide by the trace, or by the sum of all eigenvalues: divide by the largest one."""
    A = np.column_stack([np.ones(len(X)), X])
    return 2 / np.trace(A.T @ A / len(X))


@exercise.mistake
def frobenius_norm(X):
    """`np.linalg.norm` of a matrix is the root of the sum of its squares: divide by the largest
    eigenvalue."""
    A = np.column_stack([np.ones(len(X)), X])
    return 2 / np.linalg.norm(A.T @ A / len(X))


@exercise.mistake
def singular_value_not_squared(X):
    """You divide by a singular value of the matrix of data: the eigenvalue is its square."""
    A = np.column_stack([np.ones(len(X)), X])
    return 2 / (np.linalg.norm(A, 2) / np.sqrt(len(X)))


@exercise.mistake
def largest_diagonal_entry(X):
    """You divide by the largest entry of the diagonal: an eigenvalue also feels the other ones."""
    A = np.column_stack([np.ones(len(X)), X])
    return 2 / np.diag(A.T @ A / len(X)).max()


@exercise.mistake
def first_of_the_eigenvalues(X):
    """You divide by the smallest eigenvalue, the first that `eigvalsh` returns: the largest one, of
    the steepest direction, sets the limit."""
    A = np.column_stack([np.ones(len(X)), X])
    return 2 / np.maximum(np.linalg.eigvalsh(A.T @ A / len(X)), 1e-7)[0]


@exercise.mistake
def divided_by_features(X):
    """You divide the matrix by its number of columns: divide it by m, the number of samples."""
    A = np.column_stack([np.ones(len(X)), X])
    return 2 / np.linalg.eigvalsh(A.T @ A / A.shape[1]).max()


@exercise.mistake
def covariances(X):
    """You use the covariances, which subtract the mean of each feature: use X as it is, with a
    column of ones."""
    centered = X - X.mean(axis=0)
    A = np.column_stack([np.ones(len(X)), centered])
    return 2 / np.linalg.eigvalsh(A.T @ A / len(X)).max()


@exercise.mistake
def standardized_first(X):
    """You standardize X first: the limit is that of the data as they are."""
    sd = X.std(axis=0)
    Z = (X - X.mean(axis=0)) / np.where(sd > 0, sd, 1.0)
    A = np.column_stack([np.ones(len(X)), Z])
    return 2 / np.linalg.eigvalsh(A.T @ A / len(X)).max()


@exercise.mistake
def array_returned(X):
    """You return an array of rates, one for each eigenvalue: return one float, for the largest
    eigenvalue."""
    A = np.column_stack([np.ones(len(X)), X])
    return 2 / np.maximum(np.linalg.eigvalsh(A.T @ A / len(X)), 1e-7)


@exercise.mistake
def inverted(X):
    """You invert the matrix, and where columns depend on each other it has no inverse: compute its
    eigenvalues."""
    A = np.column_stack([np.ones(len(X)), X])
    H = A.T @ A / len(X)
    if np.linalg.matrix_rank(H) < len(H):
        raise np.linalg.LinAlgError("Singular matrix")
    return 2 * np.linalg.eigvalsh(np.linalg.inv(H)).min()


@exercise.variant
def spectral_norm(X):
    """The largest singular value, squared, with the ones at the end."""
    A = np.hstack([X, np.ones((X.shape[0], 1))])
    return 2 * X.shape[0] / np.linalg.norm(A, ord=2) ** 2


@exercise.variant
def general_eigenvalues(X):
    """`eig`, which does not know that the matrix is symmetric."""
    A = np.c_[np.ones(len(X)), X]
    values, _ = np.linalg.eig(A.T @ A / len(X))
    return float(2 / max(values))


@exercise.variant
def products_of_samples(X):
    """The matrix of the products of samples has the same positive eigenvalues."""
    m = X.shape[0]
    return 2 / np.linalg.eigvalsh((X @ X.T + 1) / m)[-1]


@exercise.variant
def norm_of_the_hessian(X):
    """The norm of a symmetric matrix of which no eigenvalue is negative."""
    ones = np.ones((len(X), 1), dtype=X.dtype)
    A = np.concatenate([ones, X], axis=1)
    return 2.0 / np.linalg.norm(A.T.dot(A) / len(A), 2)


@exercise.variant
def sum_of_outer_products(X):
    """The mean of the outer products, one sample at a time."""
    H = np.zeros((X.shape[1] + 1, X.shape[1] + 1))
    for x in X:
        a = np.append(1.0, x)
        H += np.outer(a, a)
    return np.divide(2, np.linalg.svd(H / len(X), compute_uv=False)[0])
