"""Lists of weights, and the cases of the penalties."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case
from autograder.reference.shapes import Array

# A student may compute in float32, which keeps seven digits.
TOLERANCE = 1e-5

# Why no test kills the mutants that leave out `np.asarray(W, dtype=np.float64)`.
CONVERSION = "it is for lists, and for squares that do not fit an integer type; neither is graded"

Layers = list[tuple[int, int]]


def _weights(inputs: Inputs, layers: Layers) -> list[Array]:
    return [inputs.array(n, K) for n, K in layers]


def penalty_values(rng: np.random.Generator, *lams: float) -> Iterator[Case]:
    """One layer and several, with the given strengths; whole numbers; argument names."""
    inputs = Inputs(rng)
    for layers in [[(3, 2)], [(2, 3), (3, 1)], [(2, 2), (2, 2), (2, 2)]]:
        scale = rng.uniform(0.5, 2)
        yield Case((_weights(inputs, layers), *(scale * lam for lam in lams)))
    yield Case((_weights(inputs, [(4, 1), (1, 3)]), *(0.0 for _ in lams)), about="when λ = 0")
    whole = [rng.integers(1, 5, (2, 2)), rng.integers(-4, 0, (3, 1))]
    rest = sum(np.square(W).sum() for W in whole) - whole[0][0, 0] ** 2
    whole[0][0, 0] = 5 - rest % 2  # an odd sum of squares, so that half of it is no integer
    odd = [3 + 2 * i for i in range(len(lams))]
    yield Case((whole, *odd), about="when all numbers are integers")


def penalty_examples(rng: np.random.Generator, *lams: float) -> Iterator[Case]:
    """From one weight upward."""
    inputs = Inputs(rng, readable=True)
    one, other = np.array([[-1.5, 2.0]]), np.array([[3.0], [-0.5]])
    yield Case(([one[:, :1]], *lams))
    yield Case(([one], *lams))
    yield Case(([other], *lams))
    yield Case(([one, other], *lams))
    yield Case(([other, one], *lams))
    square = np.array([[1.0, 2.0], [-3.0, 0.5]])
    yield Case(([square], *lams))
    yield Case(([square, square + 1], *lams))
    odd = [3 + 2 * i for i in range(len(lams))]
    yield Case(([np.array([[1, -2]]), np.array([[2], [-2]])], *odd))
    for layers in [[(2, 2)], [(3, 2), (2, 1)], [(2, 2), (2, 2)]]:
        yield Case((_weights(inputs, layers), *lams))


def named(rng: np.random.Generator, *names: str) -> Case:
    """A case that is called by argument names."""
    strengths = {name: float(rng.uniform(0.5, 2)) for name in names}
    weights = _weights(Inputs(rng), [(2, 3), (3, 2)])
    return Case(
        kwargs={"weights": weights, **strengths}, about="when it is called by argument names"
    )
