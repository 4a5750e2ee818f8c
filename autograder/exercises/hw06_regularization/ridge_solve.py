"""Exercise 2.2: ridge regression in closed form."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import regularization as reference
from autograder.reference.shapes import Array


def _case(inputs: Inputs, shape: tuple[int, int, int], lam: float, about: str = "") -> Case:
    """Targets near a linear model; features and targets with means other than 0."""
    m, n, K = shape
    X = inputs.array(m, n) + inputs.array(n) + 1.0
    Y = X @ inputs.array(n, K) + 2.0 + inputs.array(K) + inputs.array(m, K)
    return Case((X, Y, lam), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for shape, lam in [((8, 3, 2), 0.3), ((10, 1, 1), 0.05), ((6, 4, 1), 1.7), ((5, 5, 3), 0.6)]:
        yield _case(inputs, shape, lam)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, (4, 7, 2), 0.2, "with fewer samples than features")
    X, Y, lam = _case(inputs, (7, 2, 1), 0.4).args
    doubled: Array = np.column_stack([X, X[:, 0]])
    yield Case((doubled, Y, lam), about="when two columns of X are equal")
    yield _case(inputs, (1, 2, 2), 0.5, "with a single sample (m = 1)")
    yield _case(inputs, (7, 2, 1), 1e-6, "with a tiny lam")
    yield _case(inputs, (7, 2, 1), 1e6, "with a huge lam, where the prediction is the mean of Y")
    integers = rng.permutation(12).reshape(6, 2), rng.integers(-9, 10, (6, 1)), 2
    yield Case(integers, about="when X, Y and lam are integers")
    named = dict(zip(("X", "Y", "lam"), _case(inputs, (6, 2, 2), 0.7).args, strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    x, y = np.array([[0.0], [1.0], [2.0]]), np.array([[1.0], [3.0], [6.0]])
    yield Case((x, y, 0.5))
    yield Case((x + 1, y, 0.5))
    yield Case((x + 1, y, 2.0))
    yield Case((x.astype(int) + 1, y.astype(int), 1))
    X = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0], [3.0, 1.0]])
    for K in (1, 2, 1):
        yield Case((X, inputs.array(4, K), 0.5))
    yield Case((np.hstack([x, x]), y, 0.5))
    yield Case((np.array([[1.0, 2.0]]), np.array([[3.0]]), 0.5))
    yield Case(kwargs={"X": x, "Y": y, "lam": 0.5})


exercise = Exercise(
    homework="hw06_regularization",
    number="2.2",
    reference=reference.ridge_solve,
    returns=("`W`", "`b`"),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    tolerance=1e-5,
    equivalent_mutants={
        "Y - center_y -> Y + center_y": (
            "the columns of A are centered, so a constant added to Y drops out of AᵀY"
        ),
        "Y - center_y -> Y": (
            "the columns of A are centered, so a constant added to Y drops out of AᵀY"
        ),
    },
)


@exercise.mistake
def bias_penalized(X, Y, lam):
    """You penalize the bias as well: it is free. Leave it out of the penalty, or center X and Y."""
    m, n = X.shape
    A = np.column_stack([np.ones(m), X])
    W = np.linalg.solve(A.T @ A / m + lam * np.eye(n + 1), A.T @ Y / m)
    return W[1:], W[0]


@exercise.mistake
def sum_in_place_of_the_mean(X, Y, lam):
    """Your λ is m times too weak: the squared errors are averaged, so divide XᵀX by m (or multiply
    λ by m)."""
    A, B = X - X.mean(axis=0), Y - Y.mean(axis=0)
    W = np.linalg.solve(A.T @ A + lam * np.eye(X.shape[1]), A.T @ B)
    return W, Y.mean(axis=0) - X.mean(axis=0) @ W


@exercise.mistake
def only_the_left_side_divided(X, Y, lam):
    """You divide XᵀX by m, but not XᵀY: both sides belong to the mean."""
    m = len(X)
    A, B = X - X.mean(axis=0), Y - Y.mean(axis=0)
    W = np.linalg.solve(A.T @ A / m + lam * np.eye(X.shape[1]), A.T @ B)
    return W, Y.mean(axis=0) - X.mean(axis=0) @ W


@exercise.mistake
def factor_two(X, Y, lam):
    """Your λ is twice as strong as it should be: half of the squares and half of the penalty have
    the gradients without a factor 2."""
    m = len(X)
    A, B = X - X.mean(axis=0), Y - Y.mean(axis=0)
    W = np.linalg.solve(A.T @ A / m + 2 * lam * np.eye(X.shape[1]), A.T @ B / m)
    return W, Y.mean(axis=0) - X.mean(axis=0) @ W


@exercise.mistake
def factor_one_half(X, Y, lam):
    """Your λ is half as strong as it should be: the gradient of (λ/2)‖W‖² is λW."""
    m = len(X)
    A, B = X - X.mean(axis=0), Y - Y.mean(axis=0)
    W = np.linalg.solve(A.T @ A / m + lam / 2 * np.eye(X.shape[1]), A.T @ B / m)
    return W, Y.mean(axis=0) - X.mean(axis=0) @ W


@exercise.mistake
def no_penalty(X, Y, lam):
    """This is least squares: λ does not occur in it."""
    A = np.column_stack([np.ones(len(X)), X])
    W = np.linalg.lstsq(A, Y, rcond=None)[0]
    return W[1:], W[0]


@exercise.mistake
def no_bias(X, Y, lam):
    """You fit without a bias, so the predictions are forced through the origin: center X and Y
    first."""
    m, n = X.shape
    W = np.linalg.solve(X.T @ X / m + lam * np.eye(n), X.T @ Y / m)
    return W, np.zeros(Y.shape[1])


@exercise.mistake
def bias_is_the_mean(X, Y, lam):
    """Your bias is the mean of Y, which is right only where the features have mean zero: subtract
    `X.mean(axis=0) @ W`."""
    m = len(X)
    A, B = X - X.mean(axis=0), Y - Y.mean(axis=0)
    W = np.linalg.solve(A.T @ A / m + lam * np.eye(X.shape[1]), A.T @ B / m)
    return W, Y.mean(axis=0)


@exercise.mistake
def bias_left_at_zero(X, Y, lam):
    """Your weights are right, but the bias is 0: it is what the means leave, ȳ − x̄W."""
    m = len(X)
    A, B = X - X.mean(axis=0), Y - Y.mean(axis=0)
    W = np.linalg.solve(A.T @ A / m + lam * np.eye(X.shape[1]), A.T @ B / m)
    return W, np.zeros(Y.shape[1])


@exercise.mistake
def only_the_targets_centered(X, Y, lam):
    """You center Y but not X: center both, with the means of their columns."""
    m, n = X.shape
    W = np.linalg.solve(X.T @ X / m + lam * np.eye(n), X.T @ (Y - Y.mean(axis=0)) / m)
    return W, Y.mean(axis=0) - X.mean(axis=0) @ W


@exercise.mistake
def centered_by_rows(X, Y, lam):
    """You subtract the means of rows, or one mean of everything: each column has its own mean
    (`axis=0`)."""
    m, n = X.shape
    A, B = X - X.mean(), Y - Y.mean()
    W = np.linalg.solve(A.T @ A / m + lam * np.eye(n), A.T @ B / m)
    return W, Y.mean(axis=0) - X.mean(axis=0) @ W


@exercise.mistake
def features_standardized(X, Y, lam):
    """You standardize the features: then the penalty falls on other weights. Only subtract the
    means."""
    m = len(X)
    sd = X.std(axis=0) + (X.std(axis=0) == 0)
    A, B = (X - X.mean(axis=0)) / sd, Y - Y.mean(axis=0)
    W = np.linalg.solve(A.T @ A / m + lam * np.eye(X.shape[1]), A.T @ B / m) / sd[:, None]
    return W, Y.mean(axis=0) - X.mean(axis=0) @ W


@exercise.mistake
def added_to_every_entry(X, Y, lam):
    """You add λ to every entry of the matrix: add it to the diagonal, `lam * np.eye(n)`."""
    m = len(X)
    A, B = X - X.mean(axis=0), Y - Y.mean(axis=0)
    W = np.linalg.lstsq(A.T @ A / m + lam, A.T @ B / m, rcond=None)[0]
    return W, Y.mean(axis=0) - X.mean(axis=0) @ W


@exercise.mistake
def penalty_subtracted(X, Y, lam):
    """You subtract λ from the diagonal: add it."""
    m = len(X)
    A, B = X - X.mean(axis=0), Y - Y.mean(axis=0)
    W = np.linalg.solve(A.T @ A / m - lam * np.eye(X.shape[1]), A.T @ B / m)
    return W, Y.mean(axis=0) - X.mean(axis=0) @ W


@exercise.mistake
def swapped_returns(X, Y, lam):
    """You return `b, W`: the other order is asked for, `W, b`."""
    m = len(X)
    A, B = X - X.mean(axis=0), Y - Y.mean(axis=0)
    W = np.linalg.solve(A.T @ A / m + lam * np.eye(X.shape[1]), A.T @ B / m)
    return Y.mean(axis=0) - X.mean(axis=0) @ W, W


@exercise.mistake
def bias_as_a_row(X, Y, lam):
    """`b` has shape (1, K): it is flat, (K,)."""
    m = len(X)
    A, B = X - X.mean(axis=0), Y - Y.mean(axis=0)
    W = np.linalg.solve(A.T @ A / m + lam * np.eye(X.shape[1]), A.T @ B / m)
    return W, (Y.mean(axis=0) - X.mean(axis=0) @ W)[None]


@exercise.mistake
def weights_only(X, Y, lam):
    """You return the weights alone: two things are asked for, `W, b`."""
    m = len(X)
    A, B = X - X.mean(axis=0), Y - Y.mean(axis=0)
    return np.linalg.solve(A.T @ A / m + lam * np.eye(X.shape[1]), A.T @ B / m)


@exercise.mistake
def centered_in_place(X, Y, lam):
    """You subtract the means from the caller's arrays (`X -= …`): work on copies."""
    m = len(X)
    mean_x, mean_y = X.mean(axis=0), Y.mean(axis=0)
    A, B = X - mean_x, Y - mean_y
    W = np.linalg.solve(A.T @ A / m + lam * np.eye(X.shape[1]), A.T @ B / m)
    X -= (mean_x + 1).astype(X.dtype)
    Y -= (mean_y + 1).astype(Y.dtype)
    return W, mean_y - mean_x @ W


@exercise.variant
def bias_left_out_of_the_penalty(X, Y, lam):
    """A column of ones, and a 0 for it in the penalty."""
    m, n = X.shape
    A = np.column_stack([np.ones(m), X])
    D = np.eye(n + 1)
    D[0, 0] = 0
    W = np.linalg.solve(A.T @ A / m + lam * D, A.T @ Y / m)
    return W[1:], W[0]


@exercise.variant
def more_rows(X, Y, lam):
    """Least squares with the penalty as additional samples."""
    m, n = X.shape
    mean_x, mean_y = X.mean(axis=0), Y.mean(axis=0)
    A = np.vstack([X - mean_x, np.sqrt(m * lam) * np.eye(n)])
    B = np.vstack([Y - mean_y, np.zeros((n, Y.shape[1]))])
    W = np.linalg.lstsq(A, B, rcond=None)[0]
    return W, mean_y - mean_x @ W


@exercise.variant
def singular_values(X, Y, lam):
    """Each direction is shrunk by its own factor."""
    m = len(X)
    mean_x = np.mean(X, axis=0)
    U, s, Vt = np.linalg.svd(X - mean_x, full_matrices=False)
    W = Vt.T @ ((s / (s**2 + m * lam))[:, None] * (U.T @ Y))
    return [W, np.mean(Y - X @ W, axis=0)]


@exercise.variant
def inverse_with_m_lam(X, Y, lam):
    """The inverse, with λ times m, one output after the other."""
    m, n = X.shape
    A = X - X.sum(axis=0) / m
    inverse = np.linalg.inv(A.T @ A + m * lam * np.identity(n))
    W = np.stack([inverse @ (A.T @ y) for y in Y.T], axis=1)
    b = np.array([np.mean(y - X @ w) for y, w in zip(Y.T, W.T)])
    return W, b


@exercise.variant
def scikit_learn(X, Y, lam):
    """scikit-learn's ridge regression, whose alpha is m λ."""
    from sklearn.linear_model import Ridge

    model = Ridge(alpha=len(X) * lam).fit(X.astype(float), Y.astype(float))
    return model.coef_.reshape(Y.shape[1], -1).T.copy(), np.atleast_1d(model.intercept_)
