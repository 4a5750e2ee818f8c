"""Exercise 2.2: a model's predictions on a grid of the plane."""

from collections.abc import Callable, Iterator

import numpy as np

from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import logistic_regression as reference
from autograder.reference.shapes import Array

Predict = Callable[[Array], Array]
Limits = tuple[float, float]


def _curved(u: float, v: float) -> Predict:
    """A model whose boundary is no line, and in which the two features play different parts."""

    def predict(points: Array) -> Array:
        x, y = _columns(points)
        return 1 / (1 + np.exp(-np.clip(u * x - v * y * y, -50, 50)))

    return predict


def _label(points: Array) -> Array:
    x, y = _columns(points)
    return (2 * x > y).astype(int)


def _columns(points: Array) -> tuple[Array, Array]:
    if np.ndim(points) != 2 or points.shape[1] != 2:
        raise ValueError(f"predict got points of shape {np.shape(points)}, expected (q, 2)")
    return points[:, :1], points[:, 1:]


def _case(predict: Predict, xlim: Limits, ylim: Limits, n: int, about: str = "") -> Case:
    shown = {"predict": "a model: points (q, 2) -> probabilities (q, 1)"}
    return Case((predict, xlim, ylim, n), about=about, shown=shown)


def _limits(rng: np.random.Generator, around: float) -> Limits:
    low = around + float(rng.uniform(-1, 0))
    return low, low + float(rng.uniform(1, 3))


def _model(rng: np.random.Generator) -> Predict:
    return _curved(*rng.uniform(0.3, 1.0, 2))


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for n in (3, 4, 6):
        yield _case(_model(rng), _limits(rng, 0), _limits(rng, 2), n)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    yield _case(_model(rng), _limits(rng, 1), _limits(rng, -4), 2, about="with n = 2")
    yield _case(_model(rng), (-2, 3), (0, 4), 5, about="with integers as limits")
    yield _case(_label, (-1.0, 2.0), (-2.0, 1.0), 4, about="with a model that returns labels")
    names = ("predict", "xlim", "ylim", "n")
    args = _case(_model(rng), _limits(rng, -1), _limits(rng, 3), 3).args
    yield Case(
        kwargs=dict(zip(names, args, strict=True)), about="when it is called by argument names"
    )


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    for n in (2, 3):
        case = _case(_curved(1.0, 0.5), (0.0, 1.0), (1.0, 3.0), n)
        shown = {"predict": "lambda points: expit(points[:, :1] - 0.5 * points[:, 1:] ** 2)"}
        yield Case(case.args, shown=shown)
        yield Case(kwargs=dict(zip(("predict", "xlim", "ylim", "n"), case.args)), shown=shown)
    shown = {"predict": "lambda points: (2 * points[:, :1] > points[:, 1:]).astype(int)"}
    yield Case((_label, (0, 2), (0, 3), 3), shown=shown)


_AS_GIVEN = "every model here gives an array, and labels may stay integers"

exercise = Exercise(
    homework="hw04_logistic_regression",
    number="2.2",
    reference=reference.decision_grid,
    returns=("`XX`", "`YY`", "`PP`"),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    equivalent_mutants={
        "np.asarray(predict(points), dtype=np.float64) -> predict(points)": _AS_GIVEN,
        "np.asarray(predict(points), dtype=np.float64) -> np.asarray(predict(points))": _AS_GIVEN,
    },
)


@exercise.mistake
def matrix_order(predict, xlim, ylim, n):
    """Your grid is transposed (`indexing="ij"`): the first feature changes along a row, which is
    `np.meshgrid`'s default."""
    XX, YY = np.meshgrid(np.linspace(*xlim, n), np.linspace(*ylim, n), indexing="ij")
    PP = predict(np.column_stack([XX.ravel(), YY.ravel()])).reshape(n, n)
    return XX, YY, PP


@exercise.mistake
def predictions_transposed(predict, xlim, ylim, n):
    """`PP` is transposed: entry [i, j] belongs to the point `XX[i, j], YY[i, j]`."""
    XX, YY = np.meshgrid(np.linspace(*xlim, n), np.linspace(*ylim, n))
    PP = predict(np.column_stack([XX.ravel(), YY.ravel()])).reshape(n, n)
    return XX, YY, PP.T


@exercise.mistake
def predictions_left_as_a_column(predict, xlim, ylim, n):
    """`PP` is still a column of shape (n², 1): reshape it like `XX`."""
    XX, YY = np.meshgrid(np.linspace(*xlim, n), np.linspace(*ylim, n))
    return XX, YY, predict(np.column_stack([XX.ravel(), YY.ravel()]))


@exercise.mistake
def third_axis_left(predict, xlim, ylim, n):
    """`PP` has shape (n, n, 1): reshape it like `XX`, (n, n)."""
    XX, YY = np.meshgrid(np.linspace(*xlim, n), np.linspace(*ylim, n))
    return XX, YY, predict(np.column_stack([XX.ravel(), YY.ravel()])).reshape(n, n, 1)


@exercise.mistake
def axes_instead_of_grids(predict, xlim, ylim, n):
    """You return the two axes, shape (n,): return the grids of shape (n, n) that `np.meshgrid`
    makes of them."""
    xs, ys = np.linspace(*xlim, n), np.linspace(*ylim, n)
    XX, YY = np.meshgrid(xs, ys)
    PP = predict(np.column_stack([XX.ravel(), YY.ravel()])).reshape(n, n)
    return xs, ys, PP


@exercise.mistake
def end_left_out(predict, xlim, ylim, n):
    """The upper limits are not on your grid: `np.linspace` puts both ends on it, `np.arange` and
    `endpoint=False` leave the upper one out."""
    xs = np.linspace(*xlim, n, endpoint=False)
    XX, YY = np.meshgrid(xs, np.linspace(*ylim, n, endpoint=False))
    PP = predict(np.column_stack([XX.ravel(), YY.ravel()])).reshape(n, n)
    return XX, YY, PP


@exercise.mistake
def features_interchanged(predict, xlim, ylim, n):
    """You hand the model points (y, x): the first feature comes first, (x, y)."""
    XX, YY = np.meshgrid(np.linspace(*xlim, n), np.linspace(*ylim, n))
    PP = predict(np.column_stack([YY.ravel(), XX.ravel()])).reshape(n, n)
    return XX, YY, PP


@exercise.mistake
def points_in_columns(predict, xlim, ylim, n):
    """You hand the model an array of shape (2, n²): a row is a point, so stack columns, shape
    (n², 2)."""
    XX, YY = np.meshgrid(np.linspace(*xlim, n), np.linspace(*ylim, n))
    PP = predict(np.vstack([XX.ravel(), YY.ravel()])).reshape(n, n)
    return XX, YY, PP


@exercise.mistake
def only_the_diagonal(predict, xlim, ylim, n):
    """You predict n points only, on the diagonal from corner to corner: the grid has n² points,
    every x with every y."""
    xs, ys = np.linspace(*xlim, n), np.linspace(*ylim, n)
    XX, YY = np.meshgrid(xs, ys)
    return XX, YY, predict(np.column_stack([xs, ys]))


@exercise.mistake
def one_limit_for_both(predict, xlim, ylim, n):
    """Both features run between the limits of `xlim`: the second has its own, `ylim`."""
    XX, YY = np.meshgrid(np.linspace(*xlim, n), np.linspace(*xlim, n))
    PP = predict(np.column_stack([XX.ravel(), YY.ravel()])).reshape(n, n)
    return XX, YY, PP


@exercise.mistake
def swapped_returns(predict, xlim, ylim, n):
    """You return `YY, XX, PP`: the other order is asked for, `XX, YY, PP`."""
    XX, YY = np.meshgrid(np.linspace(*xlim, n), np.linspace(*ylim, n))
    PP = predict(np.column_stack([XX.ravel(), YY.ravel()])).reshape(n, n)
    return YY, XX, PP


@exercise.mistake
def one_point_too_many(predict, xlim, ylim, n):
    """Your axes have n + 1 values, n intervals between them: n is the number of values."""
    XX, YY = np.meshgrid(np.linspace(*xlim, n + 1), np.linspace(*ylim, n + 1))
    PP = predict(np.column_stack([XX.ravel(), YY.ravel()])).reshape(n + 1, n + 1)
    return XX, YY, PP


@exercise.mistake
def labels_instead_of_probabilities(predict, xlim, ylim, n):
    """You turn the predictions into 0 and 1: return what `predict` gives."""
    XX, YY = np.meshgrid(np.linspace(*xlim, n), np.linspace(*ylim, n))
    PP = predict(np.column_stack([XX.ravel(), YY.ravel()])).reshape(n, n)
    return XX, YY, (PP >= 0.5).astype(float)


@exercise.mistake
def upside_down(predict, xlim, ylim, n):
    """Your rows run from the largest y down to the smallest: start with the lower limit."""
    XX, YY = np.meshgrid(np.linspace(*xlim, n), np.linspace(ylim[1], ylim[0], n))
    PP = predict(np.column_stack([XX.ravel(), YY.ravel()])).reshape(n, n)
    return XX, YY, PP


@exercise.mistake
def grid_cut_to_integers(predict, xlim, ylim, n):
    """Where the limits are integers, so is your whole grid: the values between them are not (did
    you make it with a `dtype`, or with `np.full` of a limit?)."""
    xs, ys = np.full(n, xlim[0]), np.full(n, ylim[0])
    xs[:], ys[:] = np.linspace(*xlim, n), np.linspace(*ylim, n)
    XX, YY = np.meshgrid(xs, ys)
    PP = predict(np.column_stack([XX.ravel(), YY.ravel()])).reshape(n, n)
    return XX, YY, PP


@exercise.variant
def point_by_point(predict, xlim, ylim, n):
    """Two loops, one point for each call of the model."""
    xs, ys = np.linspace(xlim[0], xlim[1], n), np.linspace(ylim[0], ylim[1], n)
    XX, YY, PP = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            XX[i, j], YY[i, j] = xs[j], ys[i]
            PP[i, j] = predict(np.array([[xs[j], ys[i]]]))[0, 0]
    return XX, YY, PP


@exercise.variant
def row_by_row(predict, xlim, ylim, n):
    """A call of the model for each row of the grid."""
    xs = np.linspace(*xlim, num=n)
    XX, YY = np.meshgrid(xs, np.linspace(*ylim, num=n))
    rows = [predict(np.c_[xs, np.full(n, y)]).ravel() for y in YY[:, 0]]
    return XX, YY, np.array(rows)


@exercise.variant
def mgrid(predict, xlim, ylim, n):
    """`np.mgrid` with an imaginary step."""
    YY, XX = np.mgrid[ylim[0] : ylim[1] : n * 1j, xlim[0] : xlim[1] : n * 1j]
    points = np.stack([XX, YY], axis=-1).reshape(-1, 2)
    return XX, YY, np.reshape(predict(points), XX.shape)


@exercise.variant
def repeated_and_tiled(predict, xlim, ylim, n):
    """The grid by `np.tile` and `np.repeat`."""
    (x0, x1), (y0, y1) = xlim, ylim
    x = np.tile(x0 + (x1 - x0) * np.arange(n) / (n - 1), n)
    y = np.repeat(y0 + (y1 - y0) * np.arange(n) / (n - 1), n)
    p = predict(np.array([x, y]).T)
    return [x.reshape(n, n), y.reshape(n, n), p.reshape(n, n)]


@exercise.variant
def other_memory_order(predict, xlim, ylim, n):
    """Flattened and reshaped by columns, both times."""
    XX, YY = np.meshgrid(np.linspace(*xlim, n), np.linspace(*ylim, n))
    points = np.vstack((XX.flatten("F"), YY.flatten("F"))).T
    return XX, YY, predict(points).reshape(n, n, order="F")
