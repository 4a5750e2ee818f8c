"""Exercise 4.1: the penalty of the elastic net."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw06_regularization import weights as lists
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import regularization as reference


def _values(rng: np.random.Generator) -> Iterator[Case]:
    yield from lists.penalty_values(rng, 0.7, 0.4)
    weights = [Inputs(rng).array(2, 3), Inputs(rng).array(3, 1)]
    yield Case((weights, 0.0, 0.8), about="when lam1 = 0")
    yield Case((weights, 0.8, 0.0), about="when lam2 = 0")
    yield lists.named(rng, "lam1", "lam2")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield from lists.penalty_examples(rng, 0.25, 0.5)
    yield Case(kwargs={"weights": [np.array([[1.0, -2.0]])], "lam1": 0.25, "lam2": 0.5})


exercise = Exercise(
    homework="hw06_regularization",
    number="4.1",
    reference=reference.elastic_net_penalty,
    returns=("the penalty",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    tolerance=lists.TOLERANCE,
    purity="values",
    equivalent_mutants={
        "np.asarray(W, dtype=np.float64) -> W": lists.CONVERSION,
        "np.asarray(W, dtype=np.float64) -> np.asarray(W)": lists.CONVERSION,
        "float(lam1 * sizes) -> lam1 * sizes": (
            "the sum of an array is an `np.float64` already, which the contract takes for a float"
        ),
    },
)


@exercise.mistake
def half_missing(weights, lam1, lam2):
    """The factor ½ of the squares is missing: λ₂/2."""
    return sum(lam1 * np.abs(W).sum() + lam2 * np.sum(W**2) for W in weights)


@exercise.mistake
def half_of_both(weights, lam1, lam2):
    """You halve both parts: the ½ belongs to the squares only."""
    return sum(lam1 / 2 * np.abs(W).sum() + lam2 / 2 * np.sum(W**2) for W in weights)


@exercise.mistake
def half_of_the_wrong_part(weights, lam1, lam2):
    """You halve the absolute values: the ½ belongs to the squares."""
    return sum(lam1 / 2 * np.abs(W).sum() + lam2 * np.sum(W**2) for W in weights)


@exercise.mistake
def strengths_interchanged(weights, lam1, lam2):
    """Your strengths are interchanged: `lam1` belongs to the absolute values, `lam2` to the
    squares."""
    return sum(lam2 * np.abs(W).sum() + lam1 / 2 * np.sum(W**2) for W in weights)


@exercise.mistake
def strength_and_ratio(weights, lam1, lam2):
    """You take `lam1` as a strength and `lam2` as a ratio, as scikit-learn has it: here both are
    strengths, one for each part."""
    l1 = sum(np.abs(W).sum() for W in weights)
    l2 = sum(np.sum(W**2) for W in weights)
    return lam1 * (lam2 * l1 + (1 - lam2) / 2 * l2)


@exercise.mistake
def absolute_value_missing(weights, lam1, lam2):
    """You add up the weights with their signs: take the absolute values."""
    return sum(lam1 * np.sum(W) + lam2 / 2 * np.sum(W**2) for W in weights)


@exercise.mistake
def absolute_value_of_the_sum(weights, lam1, lam2):
    """You take the absolute value of a sum: take that of each weight, then add up."""
    return sum(lam1 * np.abs(np.sum(W)) + lam2 / 2 * np.sum(W**2) for W in weights)


@exercise.mistake
def norm_not_squared(weights, lam1, lam2):
    """Your second part holds the norm: it holds the squares, without a root."""
    return sum(lam1 * np.abs(W).sum() + lam2 / 2 * np.linalg.norm(W) for W in weights)


@exercise.mistake
def matrix_norm(weights, lam1, lam2):
    """`np.linalg.norm(W, 1)` of a matrix is the largest sum of a column: add up the absolute values
    of all entries."""
    return sum(lam1 * np.linalg.norm(W, 1) + lam2 / 2 * np.sum(W**2) for W in weights)


@exercise.mistake
def absolute_values_only(weights, lam1, lam2):
    """The squares are missing."""
    return lam1 * sum(np.abs(W).sum() for W in weights)


@exercise.mistake
def squares_only(weights, lam1, lam2):
    """The absolute values are missing."""
    return lam2 / 2 * sum(np.sum(W**2) for W in weights)


@exercise.mistake
def first_layer_only(weights, lam1, lam2):
    """You take the first layer only: the sums run over all arrays in the list."""
    return lam1 * np.abs(weights[0]).sum() + lam2 / 2 * np.sum(weights[0] ** 2)


@exercise.mistake
def last_layer_only(weights, lam1, lam2):
    """You take the last layer only: the sum begins anew for each layer, or is overwritten."""
    for W in weights:
        total = lam1 * np.abs(W).sum() + lam2 / 2 * np.sum(W**2)
    return total


@exercise.mistake
def averaged(weights, lam1, lam2):
    """You average over the weights of a layer: add up."""
    return sum(lam1 * np.abs(W).mean() + lam2 / 2 * np.mean(W**2) for W in weights)


@exercise.mistake
def one_number_for_each_layer(weights, lam1, lam2):
    """You return a number for each layer: add them up to one float."""
    return np.array([lam1 * np.abs(W).sum() + lam2 / 2 * np.sum(W**2) for W in weights])


@exercise.mistake
def whole_numbers(weights, lam1, lam2):
    """Your division is one of integers (`//`): use `/`."""
    return sum(lam1 * np.abs(W).sum() + lam2 * np.sum(W**2) // 2 for W in weights)


@exercise.mistake
def weights_changed(weights, lam1, lam2):
    """You change the caller's weights (`W *= …`, `np.abs(W, out=W)`): work on a copy."""
    total = 0.0
    for W in weights:
        np.abs(W, out=W)
        total += lam1 * W.sum() + lam2 / 2 * np.sum(W**2)
    return total


@exercise.variant
def loops(weights, lam1, lam2):
    """Weight by weight."""
    total = 0.0
    for W in weights:
        for w in W.ravel():
            total += lam1 * abs(w) + lam2 * w * w / 2
    return total


@exercise.variant
def one_long_vector(weights, lam1, lam2):
    """All weights in one vector, with norms."""
    w = np.concatenate([W.flatten() for W in weights])
    return lam1 * np.linalg.norm(w, 1) + 0.5 * lam2 * np.linalg.norm(w) ** 2


@exercise.variant
def signs(weights, lam1, lam2):
    """An absolute value is a number times its sign; a 0-d array."""
    parts = [np.sum(W * (lam1 * np.sign(W) + lam2 / 2 * W)) for W in weights]
    return np.array(sum(parts))


@exercise.variant
def single_precision(weights, lam1, lam2):
    """In float32."""
    layers = [W.astype(np.float32) for W in weights]
    l1 = sum(np.maximum(W, -W).sum() for W in layers)
    return lam1 * l1 + lam2 * 0.5 * sum((W * W).sum() for W in layers)
