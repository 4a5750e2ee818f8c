"""Exercise 4.2: columns scaled down to a largest norm."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import regularization as reference
from autograder.reference.shapes import Array


def _columns(rng: np.random.Generator, n: int, *norms: float) -> Array:
    """Return columns with these norms, in any order."""
    W = rng.normal(size=(n, len(norms)))
    return W / np.linalg.norm(W, axis=0) * rng.permutation(np.array(norms))


def _values(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((_columns(rng, 3, 0.5, 2.0, 4.0, 1.0), 1.5))
    yield Case((_columns(rng, 4, 0.3, 0.7, 3.0, 1.2), 0.8))
    yield Case((_columns(rng, 5, 1.0, 9.0), 2.5))
    yield Case((_columns(rng, 3, 0.5, 0.9, 0.7), 1.0), about="when no column is too long")
    yield Case((_columns(rng, 3, 2.0, 5.0), 1.0), about="when every column is too long")
    about = "when a column is 0, which stays 0"
    yield Case((_columns(rng, 3, 2.0, 0.0, 0.5), 1.0), about=about)
    yield Case((_columns(rng, 4, 3.0), 1.0), about="with a single column (K = 1)")
    yield Case((_columns(rng, 1, 0.5, 3.0, 2.0), 1.0), about="with a single row (n = 1)")
    integers = np.array([[3, 1], [4, -1], [0, 1]])[:, rng.permutation(2)]
    yield Case((integers, 2), about="when W and c are integers")
    named = {"W": _columns(rng, 3, 0.5, 2.0), "c": 1.0}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    yield Case((np.array([[3.0], [4.0]]), 1.0))
    yield Case((np.array([[3.0, 0.3], [4.0, 0.4]]), 1.0))
    yield Case((np.array([[3.0, 0.3], [4.0, 0.4]]), 2.0))
    yield Case((np.array([[3.0, 0.3, 6.0], [4.0, 0.4, -8.0]]), 2.0))
    yield Case((np.array([[0.5, 0.3], [-0.5, 0.4]]), 2.0))
    yield Case((np.array([[3.0, 0.0], [4.0, 0.0]]), 1.0))
    yield Case((np.array([[3, 1], [4, 0]]), 2))
    yield Case((np.array([[3.0, -2.0, 0.5]]), 1.0))
    for n, K in [(2, 3), (3, 2)]:
        yield Case((inputs.array(n, K), 2.0))
    yield Case(kwargs={"W": np.array([[3.0], [4.0]]), "c": 1.0})


exercise = Exercise(
    homework="hw06_regularization",
    number="4.2",
    reference=reference.max_norm_project,
    returns=("the result",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    tolerance=1e-5,
    purity="values",
    equivalent_mutants={
        "np.maximum(norms, c) -> np.maximum(c, norms)": ("a maximum does not depend on the order"),
    },
)


@exercise.mistake
def rows(W, c):
    """You scale rows: a *column* holds the weights of one unit, so take the norms with
    `axis=0`."""
    norms = np.linalg.norm(W, axis=1, keepdims=True)
    return W * (c / np.maximum(norms, c))


@exercise.mistake
def whole_matrix(W, c):
    """You scale the whole matrix by one norm: each column has its own."""
    return W * (c / max(np.linalg.norm(W), c))


@exercise.mistake
def longest_column_decides(W, c):
    """You scale all columns by the factor of the longest one: each column has its own factor."""
    return W * (c / max(np.linalg.norm(W, axis=0).max(), c))


@exercise.mistake
def short_columns_stretched(W, c):
    """You scale every column to the norm c: those that are short enough stay as they are."""
    norms = np.linalg.norm(W, axis=0)
    return W * (c / np.where(norms > 0, norms, 1))


@exercise.mistake
def all_columns_divided(W, c):
    """You scale every column to the norm c, and so divide a column of zeros by 0: columns that are
    short enough stay as they are."""
    return W * c / np.linalg.norm(W, axis=0)


@exercise.mistake
def scaled_to_one(W, c):
    """Your long columns get the norm 1: they get the norm c."""
    norms = np.linalg.norm(W, axis=0)
    return np.where(norms > c, W / np.where(norms > 0, norms, 1), W)


@exercise.mistake
def entries_cut(W, c):
    """You cut single entries to the range from -c to c: scale the whole column, so that it keeps
    its direction."""
    return np.clip(W, -c, c)


@exercise.mistake
def long_columns_zero(W, c):
    """Your long columns become 0: scale them to the norm c."""
    return np.where(np.linalg.norm(W, axis=0) > c, 0.0, W)


@exercise.mistake
def root_missing(W, c):
    """You take the squared norm: take the root (`np.sqrt`, `np.linalg.norm`)."""
    squares = np.sum(W**2, axis=0)
    return W * (c / np.maximum(squares, c))


@exercise.mistake
def absolute_values(W, c):
    """You add up absolute values: the norm is the root of the sum of squares."""
    sizes = np.abs(W).sum(axis=0)
    return W * (c / np.maximum(sizes, c))


@exercise.mistake
def largest_entry(W, c):
    """You compare the largest entry of a column with c: take the norm of the column, the root of
    its sum of squares."""
    sizes = np.abs(W).max(axis=0)
    return W * (c / np.maximum(sizes, c))


@exercise.mistake
def factor_upside_down(W, c):
    """Your factor is upside down, norm / c: long columns grow with it. Multiply by c / norm."""
    norms = np.linalg.norm(W, axis=0)
    return np.where(norms > c, W * norms / c, W)


@exercise.mistake
def zero_column_divided(W, c):
    """A column of zeros makes you divide by 0: NumPy warns, also if the result is not used. Divide
    by something that is never 0, such as `np.maximum(norm, c)`."""
    return W * np.minimum(1, c / np.linalg.norm(W, axis=0))


@exercise.mistake
def zero_column_becomes_nan(W, c):
    """A column of zeros becomes `nan` with you, 0 / 0: it stays 0. Divide by something that is
    never 0, such as `np.maximum(norm, c)`."""
    norms = np.linalg.norm(W, axis=0)
    return W / norms * np.minimum(norms, c)


@exercise.mistake
def norms_returned(W, c):
    """You return the norms: return the scaled weights, shape (n, K)."""
    return np.minimum(np.linalg.norm(W, axis=0), c)


@exercise.mistake
def transposed(W, c):
    """Your result is transposed: it has the shape of W, (n, K)."""
    return np.array([w * (c / max(np.linalg.norm(w), c)) for w in W.T])


@exercise.mistake
def long_columns_only(W, c):
    """You return the long columns only: keep the others as they are, so that the result has the
    shape of W."""
    norms = np.linalg.norm(W, axis=0)
    return (W * (c / np.maximum(norms, c)))[:, norms > c]


@exercise.mistake
def cut_to_integers(W, c):
    """Where W holds integers your result is cut to integers: `W.copy()` has the type of W, so use
    `W.astype(float)`."""
    result = W.copy()
    for k in range(W.shape[1]):
        norm = np.linalg.norm(W[:, k])
        if norm > c:
            result[:, k] = W[:, k] * c / norm
    return result


@exercise.mistake
def weights_changed(W, c):
    """You change the caller's `W` (`W *= …`, `W[:, k] = …`): work on a copy."""
    norms = np.linalg.norm(W, axis=0)
    result = W * (c / np.maximum(norms, c))
    W[:] = result
    W *= 2
    return result


@exercise.variant
def column_by_column(W, c):
    """A loop over the columns of a copy."""
    result = W.astype(float)
    for k in range(W.shape[1]):
        norm = np.sqrt(sum(w**2 for w in W[:, k]))
        if norm > c:
            result[:, k] *= c / norm
    return result


@exercise.variant
def mask_of_long_columns(W, c):
    """Only the long columns are divided."""
    norms = np.linalg.norm(W, axis=0)
    long = norms > c
    result = np.array(W, dtype=float)
    result[:, long] = c * W[:, long] / norms[long]
    return result


@exercise.variant
def small_number_added(W, c):
    """A tiny number keeps the division safe, in Frobenius norms of columns."""
    norms = np.sqrt(np.einsum("ij,ij->j", W, W))
    return W * np.minimum(1.0, c / (norms + 1e-12))


@exercise.variant
def rows_of_the_transpose(W, c):
    """Unit by unit, put together again; in single precision."""
    units = [w.astype(np.float32) for w in W.T]
    return np.stack([w / max(1.0, float(np.sqrt(w @ w)) / c) for w in units], axis=1)
