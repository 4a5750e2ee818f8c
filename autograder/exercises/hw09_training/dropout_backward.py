"""Exercise 3.2: the way back through dropout."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw09_training.start import TOLERANCE
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import training as reference
from autograder.reference.shapes import Array


def _mask(rng: np.random.Generator, m: int, h: int, keep: float) -> Array:
    """Return a mask that drops and keeps at least one unit where it has two or more entries."""
    kept = rng.random(m * h) < keep
    kept[: min(2, m * h - 1)] = (True, False)[: min(2, m * h - 1)]
    return rng.permutation(kept).reshape(m, h) / keep


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, h, keep in [(4, 5, 0.5), (6, 3, 0.8), (3, 8, 0.25)]:
        yield Case((inputs.array(m, h), _mask(rng, m, h, keep)))
    about = "with a single sample (m = 1)"
    yield Case((inputs.array(1, 4), _mask(rng, 1, 4, 0.4)), about=about)
    yield Case((inputs.array(3, 3), np.ones((3, 3))), about="with a mask of ones")
    integers = rng.integers(-5, 6, (3, 4)), (_mask(rng, 3, 4, 0.5)).astype(int)
    yield Case(integers, about="with integer arrays")
    named = {"dA": inputs.array(3, 4), "mask": _mask(rng, 3, 4, 0.5)}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    dA, mask = np.array([[3.0, 5.0]]), np.array([[2.0, 0.0]])
    yield Case((dA, mask))
    yield Case((Inputs(rng, readable=True).array(2, 3), np.array([[4.0, 0, 4], [0, 0, 4]])))


exercise = Exercise(
    homework="hw09_training",
    number="3.2",
    reference=reference.dropout_backward,
    returns=("the gradient",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    tolerance=TOLERANCE,
    purity="values",
)


@exercise.mistake
def handed_through(dA, mask):
    """You hand the gradient through unchanged: what was dropped gets none."""
    return dA.copy()


@exercise.mistake
def factor_forgotten(dA, mask):
    """You set the gradient to 0 where a unit was dropped, but what was kept was multiplied by
    1/keep and so is its gradient: multiply by the mask."""
    return np.where(mask > 0, dA, 0.0)


@exercise.mistake
def factor_squared(dA, mask):
    """You multiply by the mask twice."""
    return dA * mask * mask


@exercise.mistake
def divided(dA, mask):
    """You divide by 1/keep where you should multiply: the factor of the way forward is the factor
    of the way back."""
    return dA * np.divide(1.0, mask, out=np.zeros(mask.shape), where=mask > 0)


@exercise.mistake
def the_dropped_ones(dA, mask):
    """You give the gradient to the units that were dropped, and none to those that were kept."""
    return dA * (mask == 0)


@exercise.mistake
def mean_over_the_batch(dA, mask):
    """You divide by m: that happens once, where the gradients of the parameters are formed."""
    return dA * mask / len(dA)


@exercise.mistake
def in_place(dA, mask):
    """You change the caller's `dA`: return a new array."""
    dA *= mask.astype(dA.dtype)
    return dA


@exercise.variant
def by_choice(dA, mask):
    """Chosen entry by entry."""
    return np.where(mask == 0, 0.0, dA * mask)


@exercise.variant
def in_loops(dA, mask):
    """Two loops."""
    result = np.zeros(dA.shape)
    for i in range(dA.shape[0]):
        for j in range(dA.shape[1]):
            result[i, j] = dA[i, j] * mask[i, j]
    return result


@exercise.variant
def multiplied_in_float32(dA, mask):
    """By name, in float32."""
    return np.multiply(dA, mask, dtype=np.float32)
