"""Exercise 2.1: the L2 penalty of all layers."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw06_regularization import weights as lists
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import regularization as reference


def _values(rng: np.random.Generator) -> Iterator[Case]:
    yield from lists.penalty_values(rng, 0.7)
    yield lists.named(rng, "lam")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield from lists.penalty_examples(rng, 0.5)
    yield Case(kwargs={"weights": [np.array([[1.0, -2.0]])], "lam": 0.5})


exercise = Exercise(
    homework="hw06_regularization",
    number="2.1",
    reference=reference.l2_penalty,
    returns=("the penalty",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    tolerance=lists.TOLERANCE,
    purity="values",
    equivalent_mutants={
        "np.asarray(W, dtype=np.float64) -> W": lists.CONVERSION,
        "np.asarray(W, dtype=np.float64) -> np.asarray(W)": lists.CONVERSION,
        "float(lam / 2 * squares) -> lam / 2 * squares": (
            "the sum of an array is an `np.float64` already, which the contract takes for a float"
        ),
    },
)


@exercise.mistake
def half_missing(weights, lam):
    """Your penalty is twice as large as it should be: the factor is λ/2, so that its gradient is
    λW."""
    return lam * sum(np.sum(W**2) for W in weights)


@exercise.mistake
def first_layer_only(weights, lam):
    """You take the first layer only: add up the squares of all arrays in the list."""
    return lam / 2 * np.sum(weights[0] ** 2)


@exercise.mistake
def last_layer_only(weights, lam):
    """You take the last layer only: the sum begins anew for each layer, or is overwritten."""
    for W in weights:
        total = np.sum(W**2)
    return lam / 2 * total


@exercise.mistake
def norms_not_squared(weights, lam):
    """You add up the norms of the layers: add up their squares, without a root."""
    return lam / 2 * sum(np.linalg.norm(W) for W in weights)


@exercise.mistake
def root_of_all(weights, lam):
    """You take a root of the sum of all squares: the penalty holds the square of the norm."""
    return lam / 2 * np.sqrt(sum(np.sum(W**2) for W in weights))


@exercise.mistake
def absolute_values(weights, lam):
    """You add up absolute values, which is the L1 penalty: square the weights."""
    return lam / 2 * sum(np.abs(W).sum() for W in weights)


@exercise.mistake
def square_of_the_sum(weights, lam):
    """You square the sum of the weights: square each weight, then add up."""
    return lam / 2 * sum(np.sum(W) ** 2 for W in weights)


@exercise.mistake
def weights_not_squared(weights, lam):
    """You add up the weights themselves: square them first."""
    return lam / 2 * sum(np.sum(W) for W in weights)


@exercise.mistake
def averaged(weights, lam):
    """You average the squares of a layer: add them up."""
    return lam / 2 * sum(np.mean(W**2) for W in weights)


@exercise.mistake
def averaged_over_layers(weights, lam):
    """You average over the layers: add them up."""
    return lam / 2 * sum(np.sum(W**2) for W in weights) / len(weights)


@exercise.mistake
def divided_by_the_rows(weights, lam):
    """You divide by the number of rows (`len(W)`): a penalty is not averaged, neither over
    weights nor over samples."""
    return lam / 2 * sum(np.sum(W**2) / len(W) for W in weights)


@exercise.mistake
def lam_squared(weights, lam):
    """Your λ is squared: it stands outside of the square."""
    return sum(np.sum((lam * W) ** 2) for W in weights) / 2


@exercise.mistake
def lam_ignored(weights, lam):
    """You do not use `lam`."""
    return sum(np.sum(W**2) for W in weights) / 2


@exercise.mistake
def one_number_for_each_layer(weights, lam):
    """You return a number for each layer: add them up to one float."""
    return np.array([lam / 2 * np.sum(W**2) for W in weights])


@exercise.mistake
def summed_along_one_axis(weights, lam):
    """You sum along one axis only (Python's `sum`, or `axis=…`): the result is one float."""
    for W in weights:
        return lam / 2 * np.sum(W**2, axis=0)


@exercise.mistake
def whole_numbers(weights, lam):
    """Your division is one of integers (`//`): use `/`."""
    return lam * sum(np.sum(W**2) for W in weights) // 2


@exercise.mistake
def weights_changed(weights, lam):
    """You square the caller's weights in place (`W *= W`, `W **= 2`): work on a copy."""
    total = 0.0
    for W in weights:
        W *= W
        total += W.sum()
    return lam / 2 * total


@exercise.variant
def loops(weights, lam):
    """Weight by weight."""
    total = 0.0
    for W in weights:
        for row in W:
            for w in row:
                total += w * w
    return lam * total / 2


@exercise.variant
def norms(weights, lam):
    """Squares of norms, with a comprehension."""
    return 0.5 * lam * np.sum([np.linalg.norm(W) ** 2 for W in weights])


@exercise.variant
def one_long_vector(weights, lam):
    """All weights in one vector."""
    w = np.concatenate([W.ravel() for W in weights])
    return lam / 2 * (w @ w)


@exercise.variant
def traces(weights, lam):
    """The trace of WᵀW, in single precision; a 0-d array."""
    layers = [np.asarray(W, dtype=np.float32) for W in weights]
    return np.array(lam / 2 * sum(np.trace(W.T @ W) for W in layers))


@exercise.variant
def einsum(weights, lam):
    """One half of each layer after the other."""
    penalty = 0
    for W in weights:
        penalty = penalty + np.einsum("ij,ij->", W, W) * lam * 0.5
    return float(penalty)
