"""Exercise 1.4: squared bias and variance of a way to fit."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import regularization as reference


def _case(inputs: Inputs, R: int, q: int, about: str = "") -> Case:
    return Case((inputs.array(R, q) + inputs.array(q), inputs.array(q)), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for R, q in [(6, 4), (4, 7), (5, 5), (20, 3)]:
        yield _case(inputs, R, q)
    yield _case(inputs, 1, 3, "with a single fit (R = 1), whose variance is 0")
    yield _case(inputs, 5, 1, "with a single point (q = 1)")
    preds, f_true = rng.permutation(15).reshape(5, 3), rng.integers(-9, 10, 3)
    yield Case((preds, f_true), about="with integer arrays")
    named = dict(zip(("preds", "f_true"), _case(inputs, 4, 3).args, strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    preds, f_true = np.array([[1.0, 2.0], [4.0, 2.0]]), np.array([2.0, 0.5])
    yield Case((preds[:, :1], f_true[:1]))
    yield Case((preds, f_true))
    yield Case((np.array([[1, 2], [4, 2]]), np.array([2, 0])))
    for R, q in [(1, 2), (3, 2), (2, 3), (3, 3), (4, 3)]:
        yield _case(inputs, R, q)
    yield Case(kwargs={"preds": preds, "f_true": f_true})


exercise = Exercise(
    homework="hw06_regularization",
    number="1.4",
    reference=reference.bias_variance,
    returns=("`bias2`", "`var`"),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    tolerance=1e-5,
    purity="values",
    equivalent_mutants={
        "float(bias2) -> bias2": (
            "the mean of an array is an `np.float64` already, which the contract takes for a float"
        ),
        "float(preds.var(axis=0).mean()) -> preds.var(axis=0).mean()": (
            "the mean of an array is an `np.float64` already, which the contract takes for a float"
        ),
    },
)


@exercise.mistake
def bias_not_squared(preds, f_true):
    """Your first result is the mean bias: square the bias of each point, then average."""
    mean = preds.mean(axis=0)
    return (mean - f_true).mean(), preds.var(axis=0).mean()


@exercise.mistake
def squared_after_the_average(preds, f_true):
    """You average the bias over the points and square it then: square it at each point first, so
    that errors of opposite signs do not cancel."""
    mean = preds.mean(axis=0)
    return (mean - f_true).mean() ** 2, preds.var(axis=0).mean()


@exercise.mistake
def absolute_bias(preds, f_true):
    """You take the absolute bias of each point: square it."""
    mean = preds.mean(axis=0)
    return np.abs(mean - f_true).mean(), preds.var(axis=0).mean()


@exercise.mistake
def squared_error_of_the_fits(preds, f_true):
    """Your first result is the mean squared error of all fits, which holds the variance as well:
    average the predictions over the fits first."""
    return ((preds - f_true) ** 2).mean(), preds.var(axis=0).mean()


@exercise.mistake
def scatter_about_the_truth(preds, f_true):
    """Your variance is the scatter about the truth: take the scatter about the mean prediction of
    each point."""
    mean = preds.mean(axis=0)
    return ((mean - f_true) ** 2).mean(), ((preds - f_true) ** 2).mean()


@exercise.mistake
def variance_of_everything(preds, f_true):
    """Your variance mixes all points: take it over the fits, for each point (`axis=0`), and average
    then."""
    mean = preds.mean(axis=0)
    return ((mean - f_true) ** 2).mean(), preds.var()


@exercise.mistake
def variance_over_the_points(preds, f_true):
    """Your variance runs over the points of each fit (`axis=1`): take it over the fits, for each
    point (`axis=0`)."""
    mean = preds.mean(axis=0)
    return ((mean - f_true) ** 2).mean(), preds.var(axis=1).mean()


@exercise.mistake
def divided_by_one_less(preds, f_true):
    """You divide the variance by R - 1 (`ddof=1`): divide it by R."""
    mean = preds.mean(axis=0)
    return ((mean - f_true) ** 2).mean(), preds.var(axis=0, ddof=1).mean()


@exercise.mistake
def standard_deviation(preds, f_true):
    """Your second result is a standard deviation: the variance is asked for, its square."""
    mean = preds.mean(axis=0)
    return ((mean - f_true) ** 2).mean(), preds.std(axis=0).mean()


@exercise.mistake
def mean_of_everything(preds, f_true):
    """You compare the truth with one mean of all predictions: take the mean of each point
    (`axis=0`)."""
    return ((preds.mean() - f_true) ** 2).mean(), preds.var(axis=0).mean()


@exercise.mistake
def summed_over_the_points(preds, f_true):
    """Your results are sums over the points: average them."""
    mean = preds.mean(axis=0)
    return ((mean - f_true) ** 2).sum(), preds.var(axis=0).sum()


@exercise.mistake
def halved(preds, f_true):
    """Your results are half as large as they should be: there is no factor ½ here."""
    mean = preds.mean(axis=0)
    return ((mean - f_true) ** 2).mean() / 2, preds.var(axis=0).mean() / 2


@exercise.mistake
def one_number_for_each_point(preds, f_true):
    """You return a number for each point: average both over the points, so that two floats
    remain."""
    return (preds.mean(axis=0) - f_true) ** 2, preds.var(axis=0)


@exercise.mistake
def interchanged(preds, f_true):
    """You return the variance first: the other order is asked for, `bias2, var`."""
    mean = preds.mean(axis=0)
    return preds.var(axis=0).mean(), ((mean - f_true) ** 2).mean()


@exercise.mistake
def added_up(preds, f_true):
    """You return the sum of both: return two numbers, `bias2, var`."""
    mean = preds.mean(axis=0)
    return ((mean - f_true) ** 2).mean() + preds.var(axis=0).mean()


@exercise.mistake
def cut_to_integers(preds, f_true):
    """Where the predictions are integers your mean prediction is cut to integers: an array made by
    `np.zeros_like(f_true)` can't hold a fraction."""
    mean = np.zeros_like(f_true)
    mean[:] = preds.mean(axis=0)
    return ((mean - f_true) ** 2).mean(), preds.var(axis=0).mean()


@exercise.mistake
def predictions_changed(preds, f_true):
    """You change the caller's `preds` (`preds -= …`): work on a copy."""
    mean, var = preds.mean(axis=0), preds.var(axis=0).mean()
    preds -= f_true
    return ((mean - f_true) ** 2).mean(), var


@exercise.variant
def point_by_point(preds, f_true):
    """A loop over the points, one over the fits."""
    R, q = preds.shape
    bias2 = var = 0.0
    for j in range(q):
        mean = sum(preds[r, j] for r in range(R)) / R
        bias2 += (mean - f_true[j]) ** 2 / q
        var += sum((preds[r, j] - mean) ** 2 for r in range(R)) / R / q
    return bias2, var


@exercise.variant
def variance_is_what_is_left(preds, f_true):
    """The squared error of all fits less the squared bias."""
    bias2 = np.mean(np.square(np.mean(preds, axis=0) - f_true))
    return bias2, np.mean(np.square(preds - f_true)) - bias2


@exercise.variant
def scatter_about_the_mean(preds, f_true):
    """Without `var`, in a list."""
    mean = preds.mean(axis=0, keepdims=True)
    return [float(np.mean((mean[0] - f_true) ** 2)), float(np.mean((preds - mean) ** 2))]


@exercise.variant
def dot_products(preds, f_true):
    """Dot products of what deviates, in single precision."""
    preds, f_true = preds.astype(np.float32), f_true.astype(np.float32)
    R, q = preds.shape
    mean = np.ones(R, dtype=np.float32) @ preds / R
    off, scatter = mean - f_true, (preds - mean).ravel()
    return off @ off / q, scatter @ scatter / (R * q)
