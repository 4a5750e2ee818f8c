"""Exercise 5.1: a loss as a function of the parameters alone."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.exercises.compare import described
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Function, Part
from autograder.exercises.refused import Refused
from autograder.reference import linear_regression as reference
from autograder.reference.shapes import Array

Callables = tuple[Callable[..., Any], Callable[..., Any]]


def _linear(X: Array, W: Array, b: Array) -> Array:
    return X @ W + b


def _exponential(X: Array, W: Array, b: Array) -> Array:
    return np.exp(-np.abs(X @ W)) + b


def _half_mse(Y_hat: Array, Y: Array) -> float:
    return float(np.square(Y_hat - Y).sum() / (2 * len(Y)))


def _lopsided(Y_hat: Array, Y: Array) -> float:
    """Too low costs three times as much as too high, so swapped arguments show."""
    return float(np.where(Y_hat < Y, 3.0 * (Y - Y_hat), Y_hat - Y).sum())


_SHOWN = {
    "linear": "lambda X, W, b: X @ W + b",
    "exponential": "lambda X, W, b: np.exp(-np.abs(X @ W)) + b",
    "half_mse": "lambda Y_hat, Y: np.square(Y_hat - Y).sum() / (2 * len(Y))",
    "lopsided": "lambda Y_hat, Y: np.where(Y_hat < Y, 3 * (Y - Y_hat), Y_hat - Y).sum()",
}
_MODELS = {"linear": _linear, "exponential": _exponential}
_LOSSES = {"half_mse": _half_mse, "lopsided": _lopsided}


def _case(
    inputs: Inputs, model: str, loss: str, shape: tuple[int, int, int], about: str = ""
) -> Case:
    m, n, K = shape
    points = [(inputs.array(n, K), inputs.array(K)) for _ in range(3)]
    return Case(
        (_MODELS[model], _LOSSES[loss], inputs.array(m, n), inputs.array(m, K)),
        about=about,
        shown={"model": _SHOWN[model], "loss": _SHOWN[loss]},
        extra=points,
    )


def _observe(make_loss: Function, case: Case) -> tuple[float, ...]:
    """Make the loss and evaluate it at a few parameters, in an order that shows what is kept."""
    objective = make_loss(*case.args, **case.kwargs)
    if not callable(objective):
        raise Refused(f"`make_loss` returns {described(objective)}, expected a function of W and b")
    points = [*case.extra, case.extra[0]]
    return tuple(objective(W.copy(), b.copy()) for W, b in points)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for model, loss, shape in [
        ("linear", "half_mse", (5, 2, 2)),
        ("linear", "lopsided", (4, 3, 1)),
        ("exponential", "lopsided", (6, 2, 2)),
        ("exponential", "half_mse", (7, 1, 1)),
    ]:
        yield _case(inputs, model, loss, shape)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, "linear", "lopsided", (1, 2, 1), about="with a single sample (m = 1)")
    case = _case(inputs, "exponential", "lopsided", (3, 2, 1))
    yield Case(
        kwargs=dict(zip(("model", "loss", "X", "Y"), case.args, strict=True)),
        about="when it is called by argument names",
        shown=case.shown,
        extra=case.extra,
    )


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    for model, loss, shape in [
        ("linear", "half_mse", (1, 1, 1)),
        ("linear", "half_mse", (2, 1, 1)),
        ("linear", "lopsided", (2, 1, 1)),
        ("exponential", "lopsided", (2, 1, 1)),
        ("linear", "lopsided", (2, 2, 1)),
        ("exponential", "lopsided", (3, 2, 2)),
    ]:
        yield _case(inputs, model, loss, shape)


exercise = Exercise(
    homework="hw02_linear_regression",
    number="5.1",
    reference=reference.make_loss,
    returns=("`objective(W, b)`",) * 4,
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
)


@exercise.mistake
def arguments_of_loss_swapped(model, loss, X, Y):
    """You call `loss(Y, Y_hat)`: the predictions come first, and not every loss is symmetric."""

    def objective(W, b):
        return loss(Y, model(X, W, b))

    return objective


@exercise.mistake
def own_model(model, loss, X, Y):
    """You compute `X @ W + b` yourself: call the `model` that you are given, it may be another."""

    def objective(W, b):
        return loss(X @ W + b, Y)

    return objective


@exercise.mistake
def own_loss(model, loss, X, Y):
    """You compute half the mean squared error yourself: call the `loss` that you are given."""

    def objective(W, b):
        return np.square(model(X, W, b) - Y).sum() / (2 * len(Y))

    return objective


@exercise.mistake
def value_instead_of_function(model, loss, X, Y):
    """You return a number: return a function, which computes the number when it gets W and b."""
    W = np.zeros((X.shape[1], Y.shape[1]))
    b = np.zeros(Y.shape[1])
    return loss(model(X, W, b), Y)


@exercise.mistake
def first_value_kept(model, loss, X, Y):
    """Your function gives the value of its first call for ever: compute it anew in every call."""
    kept = []

    def objective(W, b):
        if not kept:
            kept.append(loss(model(X, W, b), Y))
        return kept[0]

    return objective


@exercise.mistake
def predictions_returned(model, loss, X, Y):
    """Your function returns the predictions: hand them to `loss` together with `Y`."""

    def objective(W, b):
        return model(X, W, b)

    return objective


@exercise.mistake
def bias_ignored(model, loss, X, Y):
    """Your function ignores `b`: hand it on to the model."""

    def objective(W, b):
        return loss(model(X, W, np.zeros_like(b)), Y)

    return objective


@exercise.mistake
def divided_again(model, loss, X, Y):
    """You divide by m once more: `loss` gives the mean already."""

    def objective(W, b):
        return loss(model(X, W, b), Y) / len(X)

    return objective


@exercise.mistake
def nothing_returned_inside(model, loss, X, Y):
    """Your inner function returns None: it needs a `return` of its own."""

    def objective(W, b):
        loss(model(X, W, b), Y)

    return objective


@exercise.variant
def anonymous(model, loss, X, Y):
    """A lambda."""
    return lambda W, b: loss(model(X, W, b), Y)


@exercise.variant
def with_class(model, loss, X, Y):
    """An object with a `__call__`."""

    class Objective:
        def __call__(self, W, b):
            return float(loss(model(X, W, b), Y))

    return Objective()


@exercise.variant
def frozen_copies(model, loss, X, Y):
    """The data copied, so that the caller may go on using them."""
    inputs, targets = X.copy(), Y.copy()

    def value_at(W, b):
        Y_hat = model(inputs, W, b)
        return loss(Y_hat, targets)

    return value_at


@exercise.variant
def partial(model, loss, X, Y):
    """`functools.partial` instead of a closure."""
    import functools

    def evaluate(inputs, targets, W, b):
        return loss(model(inputs, W, b), targets)

    return functools.partial(evaluate, X, Y)
