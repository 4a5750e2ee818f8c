"""Exercise 4.2: a constant plus a weighted sum of hinge functions."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw07_forward import hinges
from autograder.exercises.hw07_forward.networks import TOLERANCE, sizable
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import forward as reference


def _case(inputs: Inputs, m: int, k: int, about: str = "") -> Case:
    """Return a case; with several places the sum is negative at some of them."""
    while True:
        x, c0, coefs = inputs.array(m), 0.5 + float(inputs.array()), inputs.array(k)
        knots, signs = hinges.random(inputs, k)
        y = reference.mars_predict(x, c0, coefs, knots, signs)
        if abs(c0) > 0.1 and sizable(y) and (m == 1 or y.min() < -0.1):
            return Case((x, c0, coefs, knots, signs), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, k in [(6, 4), (3, 5), (5, 5), (9, 2)]:
        yield _case(inputs, m, k)
    yield _case(inputs, 1, 3, about="at a single place (m = 1)")
    yield _case(inputs, 5, 1, about="with a single hinge")
    _, _, coefs, knots, signs = _case(inputs, 6, 3).args
    x = rng.permutation(6) - 3
    yield Case((x, 2, coefs, knots, signs), about="when x and c0 are integers")
    names = ("x", "c0", "coefs", "knots", "signs")
    named = dict(zip(names, _case(inputs, 4, 3).args, strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    x, one = np.array([0.0, 3.0]), np.array([1.0])
    yield Case((x, 0.5, np.array([2.0]), one, np.array([1])))
    yield Case((x, 0.5, np.array([2.0]), one, np.array([-1])))
    coefs, knots = np.array([2.0, -3.0]), np.array([1.0, 2.0])
    yield Case((np.array([0.0, 1.5, 3.0]), 0.5, coefs, knots, np.array([1, -1])))
    for m, k in [(2, 2), (3, 2), (2, 3), (3, 3)]:
        yield _case(inputs, m, k)
    yield Case((np.array([0, 3]), 1, np.array([0.5]), np.array([0.5]), np.array([1])))
    names = ("x", "c0", "coefs", "knots", "signs")
    values = (x, 0.5, np.array([2.0]), one, np.array([1]))
    yield Case(kwargs=dict(zip(names, values, strict=True)))


exercise = Exercise(
    homework="hw07_forward",
    number="4.2",
    reference=reference.mars_predict,
    returns=("the result",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    tolerance=TOLERANCE,
    purity="values",
)


@exercise.mistake
def constant_forgotten(x, c0, coefs, knots, signs):
    """The constant c0 is missing."""
    return np.maximum(0, signs * (x[:, None] - knots)) @ coefs


@exercise.mistake
def constant_for_every_hinge(x, c0, coefs, knots, signs):
    """You add c0 once for each hinge: add it once."""
    return (np.maximum(0, signs * (x[:, None] - knots)) * coefs + c0).sum(axis=1)


@exercise.mistake
def coefficients_forgotten(x, c0, coefs, knots, signs):
    """You add the hinges without their coefficients."""
    return c0 + np.maximum(0, signs * (x[:, None] - knots)).sum(axis=1)


@exercise.mistake
def coefficients_inside(x, c0, coefs, knots, signs):
    """Your coefficient is inside the maximum, where a negative one turns the hinge around: multiply
    outside of it."""
    return c0 + np.maximum(0, coefs * signs * (x[:, None] - knots)).sum(axis=1)


@exercise.mistake
def signs_ignored(x, c0, coefs, knots, signs):
    """You ignore `signs`: with -1 the hinge rises to the left, max(0, t - x)."""
    return c0 + np.maximum(0, x[:, None] - knots) @ coefs


@exercise.mistake
def sign_of_the_value(x, c0, coefs, knots, signs):
    """You multiply by the sign after the maximum: multiply x - t by it before."""
    return c0 + (signs * np.maximum(0, x[:, None] - knots)) @ coefs


@exercise.mistake
def mirrored(x, c0, coefs, knots, signs):
    """Your hinges are mirror images: the sign 1 belongs to max(0, x - t), -1 to max(0, t - x)."""
    return c0 + np.maximum(0, signs * (knots - x[:, None])) @ coefs


@exercise.mistake
def maximum_missing(x, c0, coefs, knots, signs):
    """You leave out the maximum with 0, so that your sum is a straight line."""
    return c0 + (signs * (x[:, None] - knots)) @ coefs


@exercise.mistake
def maximum_of_the_sum(x, c0, coefs, knots, signs):
    """You take the maximum with 0 once more, of the sum: the sum may be negative."""
    return np.maximum(0, c0 + np.maximum(0, signs * (x[:, None] - knots)) @ coefs)


@exercise.mistake
def mean_of_the_hinges(x, c0, coefs, knots, signs):
    """You average the weighted hinges: add them up."""
    return c0 + (np.maximum(0, signs * (x[:, None] - knots)) * coefs).mean(axis=1)


@exercise.mistake
def summed_over_the_places(x, c0, coefs, knots, signs):
    """You add up over the places x (`axis=0`): add up the hinges, `axis=1`, one sum for each x."""
    return c0 + (np.maximum(0, signs * (x[:, None] - knots)) * coefs).sum(axis=0)


@exercise.mistake
def one_number(x, c0, coefs, knots, signs):
    """You add up everything to one number: there is a sum for each x, `axis=1`."""
    return float(c0 + (np.maximum(0, signs * (x[:, None] - knots)) * coefs).sum())


@exercise.mistake
def column(x, c0, coefs, knots, signs):
    """You return a column, shape (m, 1): the result is flat, (m,)."""
    return (c0 + np.maximum(0, signs * (x[:, None] - knots)) @ coefs)[:, None]


@exercise.mistake
def last_hinge_missing(x, c0, coefs, knots, signs):
    """Your loop stops before the last hinge."""
    y = np.full(len(x), float(c0))
    for i in range(len(knots) - 1):
        y += coefs[i] * np.maximum(0, signs[i] * (x - knots[i]))
    return y


@exercise.mistake
def coefficients_changed(x, c0, coefs, knots, signs):
    """You change the caller's `coefs`: work on a copy."""
    y = c0 + np.maximum(0, signs * (x[:, None] - knots)) @ coefs
    coefs *= signs
    coefs += 1
    return y


@exercise.mistake
def sign_of_x_alone(x, c0, coefs, knots, signs):
    """Your sign belongs to x alone: it turns around the whole difference, x - t."""
    return c0 + np.maximum(0, signs * x[:, None] - knots) @ coefs


@exercise.mistake
def sign_of_the_knot(x, c0, coefs, knots, signs):
    """Your sign belongs to the knot alone: it turns around the whole difference, x - t."""
    return c0 + np.maximum(0, x[:, None] - signs * knots) @ coefs


@exercise.mistake
def one_maximum_for_all(x, c0, coefs, knots, signs):
    """You take one maximum, of the whole sum: each hinge has its own maximum with 0."""
    return np.maximum(0, c0 + (signs * (x[:, None] - knots)) @ coefs)


@exercise.mistake
def not_summed(x, c0, coefs, knots, signs):
    """You return a column for each hinge: add them up, one number for each x."""
    return c0 + np.maximum(0, signs * (x[:, None] - knots)) * coefs


@exercise.mistake
def sum_that_holds_integers(x, c0, coefs, knots, signs):
    """Where x holds integers an array made by `np.zeros_like(x)` does as well, and no fractions can
    be added to it: make it an array of floats, `np.zeros(len(x))`."""
    y = np.zeros_like(x)
    y += c0
    for c, t, s in zip(coefs, knots, signs):
        y += c * np.maximum(0, s * (x - t))
    return y


@exercise.variant
def loop(x, c0, coefs, knots, signs):
    """One hinge after the other."""
    y = np.full(x.shape, c0, dtype=float)
    for c, t, s in zip(coefs, knots, signs):
        y = y + c * np.maximum(0, s * (x - t))
    return y


@exercise.variant
def place_by_place(x, c0, coefs, knots, signs):
    """One place after the other."""
    y = []
    for v in x:
        total = c0
        for i in range(len(coefs)):
            d = v - knots[i] if signs[i] > 0 else knots[i] - v
            if d > 0:
                total += coefs[i] * d
        y.append(total)
    return np.array(y)


@exercise.variant
def network(x, c0, coefs, knots, signs):
    """A ReLU layer and a linear unit."""
    H = np.outer(x, signs) - signs * knots
    H[H < 0] = 0
    return np.dot(H, coefs) + c0


@exercise.variant
def einsum(x, c0, coefs, knots, signs):
    """By index, in single precision."""
    H = np.clip(signs * np.subtract.outer(x, knots), 0, None).astype(np.float32)
    return np.einsum("ij,j->i", H, coefs) + c0
