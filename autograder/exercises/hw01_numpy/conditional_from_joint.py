"""Exercise 1.1: conditional probabilities from a two-way table."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import numpy_data as reference


def _table(rng: np.random.Generator, r: int, c: int) -> np.ndarray:
    P = rng.uniform(0.1, 1.0, (r, c))
    return P / P.sum()


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for r, c in [(2, 3), (4, 2), (3, 3), (2, 2)]:
        yield Case((_table(rng, r, c),))
    yield Case((_table(rng, 1, 4),), about="with a single row")
    yield Case((_table(rng, 3, 1),), about="with a single column")
    P = _table(rng, 3, 4)
    P[0, 1] = P[2, 0] = P[2, 3] = 0.0
    yield Case((P / P.sum(),), about="when some of the probabilities are 0")
    yield Case((np.array([[0, 1, 0]]),), about="when P holds integers")
    yield Case(kwargs={"P": _table(rng, 2, 3)}, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((np.array([[0.25, 0.75]]),))
    yield Case((np.array([[0.1, 0.3], [0.2, 0.4]]),))
    yield Case((np.array([[0.1, 0.3], [0.5, 0.0], [0.05, 0.05]]),))
    yield Case(kwargs={"P": np.array([[0.1, 0.3], [0.2, 0.4]])})


exercise = Exercise(
    homework="hw01_numpy",
    number="1.1",
    reference=reference.conditional_from_joint,
    returns=("the table",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    purity="values",
)


@exercise.mistake
def columns_add_up_to_one(P):
    """You divide each column by its sum, which gives P(row | column): divide each row by its
    sum."""
    return P / P.sum(axis=0)


@exercise.mistake
def divided_by_the_total(P):
    """You divide by the total, which is 1, so nothing changes: divide each row by its own sum."""
    return P / P.sum()


@exercise.mistake
def axis_not_kept(P):
    """The sums of the rows have shape (r,), which NumPy lays along the columns: `keepdims=True`
    keeps them a column of shape (r, 1)."""
    return P / P.sum(axis=1)


@exercise.mistake
def marginal_of_the_columns(P):
    """Every row of your table is P(column): the condition on the row is missing."""
    return np.tile(P.sum(axis=0), (len(P), 1))


@exercise.mistake
def multiplied(P):
    """You multiply by the sum of the row: a conditional probability is the joint one divided by
    the probability of the condition."""
    return P * P.sum(axis=1, keepdims=True)


@exercise.mistake
def divided_by_the_largest(P):
    """You divide each row by its largest entry: divide it by its sum, so that it adds up to 1."""
    return P / P.max(axis=1, keepdims=True)


@exercise.mistake
def divided_by_the_mean(P):
    """You divide each row by its mean: divide it by its sum, so that it adds up to 1."""
    return P / P.mean(axis=1, keepdims=True)


@exercise.mistake
def transposed(P):
    """Your table is transposed: its rows and columns mean the same as those of `P`."""
    return (P / P.sum(axis=1, keepdims=True)).T


@exercise.mistake
def one_row_only(P):
    """You condition on the first row only and return a single row: the table has all r rows."""
    return P[0] / P[0].sum()


@exercise.mistake
def rounded(P):
    """You round the probabilities: return them as they are, and round only what you print."""
    return np.round(P / P.sum(axis=1, keepdims=True), 2)


@exercise.mistake
def divided_in_place(P):
    """You divide in the caller's table (`P /= …`): return a new one."""
    table = P.astype(float, copy=False)
    table /= table.sum(axis=1, keepdims=True)
    return table


@exercise.variant
def loop_over_rows(P):
    """One row after the other."""
    rows = []
    for row in P:
        rows.append(row / sum(row))
    return np.array(rows)


@exercise.variant
def two_transpositions(P):
    """Rows as columns and back."""
    return (P.T / P.sum(axis=1)).T


@exercise.variant
def new_axis(P):
    """The probabilities of the rows as a column."""
    p_row = np.einsum("ij->i", P)
    return np.divide(P, p_row[:, None])


@exercise.variant
def diagonal_matrix(P):
    """A product with a diagonal matrix."""
    return np.diag(1 / P.sum(1)) @ P
