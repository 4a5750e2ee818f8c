"""Exercise 4.1: hinge functions, a column for each."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw07_forward import hinges
from autograder.exercises.hw07_forward.networks import TOLERANCE
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import forward as reference


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, k in [(6, 4), (3, 5), (4, 4), (9, 2)]:
        yield Case((inputs.array(m), *hinges.random(inputs, k)))
    yield Case((inputs.array(1), *hinges.random(inputs, 3)), about="at a single place (m = 1)")
    for sign in (1, -1):
        about = f"with a single hinge, with the sign {sign}"
        yield Case((inputs.array(5), inputs.array(1), np.array([sign])), about=about)
    knots, signs = hinges.random(inputs, 3)
    yield Case((rng.permutation(6) - 3, knots, signs), about="when x holds integers")
    yield Case((inputs.array(4), knots, signs.astype(float)), about="when signs holds floats")
    named = {"x": inputs.array(4), "knots": knots, "signs": signs}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    x, one = np.array([0.0, 3.0]), np.array([1.0])
    yield Case((x, one, np.array([1])))
    yield Case((x, one, np.array([-1])))
    yield Case((np.array([0.0, 1.5, 3.0]), np.array([1.0, 2.0]), np.array([1, -1])))
    for m, k in [(2, 2), (3, 2), (2, 3), (3, 3)]:
        yield Case((inputs.array(m), *hinges.random(inputs, k)))
    yield Case((np.array([0, 3]), np.array([0.5]), np.array([1])))
    yield Case(kwargs={"x": x, "knots": one, "signs": np.array([1])})


exercise = Exercise(
    homework="hw07_forward",
    number="4.1",
    reference=reference.hinge_basis,
    returns=("the result",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    tolerance=TOLERANCE,
    purity="values",
    equivalent_mutants={
        "np.maximum(0.0, D) -> np.maximum(D, 0.0)": (
            "the larger one of two is the same in any order"
        ),
    },
)


@exercise.mistake
def signs_ignored(x, knots, signs):
    """You ignore `signs`: with -1 the hinge rises to the left, max(0, t - x)."""
    return np.maximum(0, x[:, None] - knots)


@exercise.mistake
def mirrored(x, knots, signs):
    """Your hinges are mirror images: the sign 1 belongs to max(0, x - t), -1 to max(0, t - x)."""
    return np.maximum(0, signs * (knots - x[:, None]))


@exercise.mistake
def sign_of_the_value(x, knots, signs):
    """You multiply by the sign after the maximum: a hinge is never negative, so multiply x - t by
    it before."""
    return signs * np.maximum(0, x[:, None] - knots)


@exercise.mistake
def sign_of_x_alone(x, knots, signs):
    """Your sign belongs to x alone: it turns around the whole difference, x - t."""
    return np.maximum(0, signs * x[:, None] - knots)


@exercise.mistake
def sign_of_the_knot(x, knots, signs):
    """Your sign belongs to the knot alone: it turns around the whole difference, x - t."""
    return np.maximum(0, x[:, None] - signs * knots)


@exercise.mistake
def maximum_missing(x, knots, signs):
    """You leave out the maximum with 0: beyond its knot a hinge is flat."""
    return signs * (x[:, None] - knots)


@exercise.mistake
def minimum(x, knots, signs):
    """You take the minimum with 0: take the maximum."""
    return np.minimum(0, signs * (x[:, None] - knots))


@exercise.mistake
def transposed(x, knots, signs):
    """Your result is transposed: a row belongs to a place x, a column to a hinge."""
    return np.maximum(0, signs[:, None] * (x - knots[:, None]))


@exercise.mistake
def knots_added(x, knots, signs):
    """You add the knots: subtract them, so that the kink of a hinge is at x = t."""
    return np.maximum(0, signs * (x[:, None] + knots))


@exercise.mistake
def largest_of_all(x, knots, signs):
    """`np.max` gives one number: `np.maximum(0, …)` compares entry by entry."""
    return np.array(np.max(signs * (x[:, None] - knots)))


@exercise.mistake
def summed(x, knots, signs):
    """You add the hinges up: keep them apart, one column for each."""
    return np.maximum(0, signs * (x[:, None] - knots)).sum(axis=1)


@exercise.mistake
def not_broadcast(x, knots, signs):
    """x has shape (m,) and knots (k,), which NumPy can't pair: make a column of x, `x[:, None]`."""
    return np.maximum(0, signs * (x - knots))


@exercise.mistake
def slopes(x, knots, signs):
    """You return 0 and 1: the hinge rises with the distance from its knot."""
    return (signs * (x[:, None] - knots) > 0).astype(float)


@exercise.mistake
def column_of_ones(x, knots, signs):
    """You put a column of ones in front: there is a column for each hinge and no other."""
    H = np.maximum(0, signs * (x[:, None] - knots))
    return np.column_stack([np.ones(len(x)), H])


@exercise.mistake
def truncated_to_integers(x, knots, signs):
    """Where x holds integers your result is cut to integers: make it an array of floats."""
    H = np.zeros((len(x), len(knots)), dtype=x.dtype)
    for i in range(len(x)):
        for j in range(len(knots)):
            H[i, j] = max(0, signs[j] * (x[i] - knots[j]))
    return H


@exercise.mistake
def list_of_rows(x, knots, signs):
    """You return a list of rows: make an array of it, `np.array(…)`."""
    return [[max(0.0, s * (v - t)) for t, s in zip(knots, signs)] for v in x]


@exercise.variant
def loops(x, knots, signs):
    """Entry by entry."""
    H = np.zeros((len(x), len(knots)))
    for i in range(len(x)):
        for j in range(len(knots)):
            if signs[j] == 1:
                H[i, j] = max(0, x[i] - knots[j])
            else:
                H[i, j] = max(0, knots[j] - x[i])
    return H


@exercise.variant
def columns(x, knots, signs):
    """Column by column."""
    return np.column_stack([np.maximum(0, s * (x - t)) for t, s in zip(knots, signs)])


@exercise.variant
def relu_layer(x, knots, signs):
    """As a layer of ReLU units."""
    Z = x.reshape(-1, 1) @ signs.reshape(1, -1) - signs * knots
    return Z * (Z > 0)


@exercise.variant
def where(x, knots, signs):
    """Both sides, then a choice, in single precision."""
    D = np.subtract.outer(x, knots).astype(np.float32)
    D = np.where(signs > 0, D, -D)
    D[D < 0] = 0
    return D
