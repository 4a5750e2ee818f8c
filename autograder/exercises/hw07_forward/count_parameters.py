"""Exercise 5.1: the number of weights and biases."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import forward as reference


def _sizes(rng: np.random.Generator, layers: int) -> list[int]:
    """Return different sizes, not in order."""
    return [int(k) for k in rng.permutation(np.arange(2, 12))[: layers + 1]]


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for layers in (1, 2, 3, 4, 5):
        yield Case((_sizes(rng, layers),))
    yield Case(([784, 25, 10],))
    yield Case(([1, 1],), about="with one input and one unit")
    yield Case(([4, 4, 4, 4],), about="when all sizes are equal")
    yield Case((tuple(_sizes(rng, 2)),), about="when sizes is a tuple")
    yield Case(kwargs={"sizes": _sizes(rng, 3)}, about="when it is called by argument name")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield Case(([3, 2],))
    yield Case(([3, 2, 1],))
    yield Case(([2, 4, 2, 1],))
    for layers in (2, 3, 4):
        yield Case((_sizes(rng, layers),))
    yield Case(((3, 2, 1),))
    yield Case(kwargs={"sizes": [3, 2]})


# Its one point is for the count, so a float counts; the visible tests ask for an integer.
exercise = Exercise(
    homework="hw07_forward",
    number="5.1",
    reference=reference.count_parameters,
    returns=("the number",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    purity="values",
)


@exercise.mistake
def biases_forgotten(sizes):
    """You count the weights only: each unit has a bias as well."""
    return sum(sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1))


@exercise.mistake
def one_bias_for_each_layer(sizes):
    """You count one bias for each layer: each *unit* has one."""
    return sum(sizes[i] * sizes[i + 1] + 1 for i in range(len(sizes) - 1))


@exercise.mistake
def biases_of_the_inputs(sizes):
    """You count a bias for each input of a layer: the units have biases, k of them."""
    return sum(sizes[i] * sizes[i + 1] + sizes[i] for i in range(len(sizes) - 1))


@exercise.mistake
def biases_of_all_sizes(sizes):
    """You count biases of the inputs as well: the inputs compute nothing and have none."""
    return sum(sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1)) + sum(sizes)


@exercise.mistake
def output_without_biases(sizes):
    """You leave out the biases of the output layer: it has as many as it has units."""
    return sum(sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1)) + sum(sizes[1:-1])


@exercise.mistake
def last_layer_missing(sizes):
    """Your loop stops too early: the weights and biases of the last layer are missing."""
    return sum(sizes[i] * sizes[i + 1] + sizes[i + 1] for i in range(len(sizes) - 2))


@exercise.mistake
def first_layer_missing(sizes):
    """Your loop starts too late: the weights and biases of the first layer are missing."""
    return sum(sizes[i] * sizes[i + 1] + sizes[i + 1] for i in range(1, len(sizes) - 1))


@exercise.mistake
def all_multiplied(sizes):
    """You multiply all sizes: only neighbors are connected, so multiply them in pairs and add."""
    product = 1
    for n in sizes:
        product *= n
    return product + sum(sizes[1:])


@exercise.mistake
def only_units_counted(sizes):
    """You count the units: count their weights and biases."""
    return sum(sizes[1:])


@exercise.mistake
def square_matrices(sizes):
    """You count k * k weights for a layer: a matrix from n inputs to k units has n * k."""
    return sum(k * k + k for k in sizes[1:])


@exercise.mistake
def first_and_last_connected(sizes):
    """You count weights from the inputs to the outputs: a layer only sees the layer before it."""
    total = sum((sizes[i] + 1) * sizes[i + 1] for i in range(len(sizes) - 1))
    return total + (sizes[0] * sizes[-1] if len(sizes) > 2 else 0)


@exercise.mistake
def for_each_layer(sizes):
    """You return a list with a number for each layer: add them up."""
    return [(sizes[i] + 1) * sizes[i + 1] for i in range(len(sizes) - 1)]


@exercise.mistake
def sizes_emptied(sizes):
    """You take the caller's list apart (`sizes.pop`): read it without changing it."""
    total = 0
    rest = sizes if isinstance(sizes, list) else list(sizes)
    while len(rest) > 1:
        n = rest.pop(0)
        total += (n + 1) * rest[0]
    return total


@exercise.mistake
def one_unit_too_many(sizes):
    """You count (n + 1) (k + 1) for a layer: only the n inputs get one more, for the bias, so it is
    (n + 1) k."""
    return sum((sizes[i] + 1) * (sizes[i + 1] + 1) for i in range(len(sizes) - 1))


@exercise.mistake
def layers_multiplied(sizes):
    """You multiply the numbers of the layers: add them."""
    product = 1
    for i in range(len(sizes) - 1):
        product *= (sizes[i] + 1) * sizes[i + 1]
    return product


@exercise.mistake
def two_layers_only(sizes):
    """You take exactly three sizes apart: there may be any number of layers, so use a loop."""
    n, h, k = sizes
    return n * h + h + h * k + k


@exercise.mistake
def sizes_popped(sizes):
    """You take the caller's list apart (`sizes.pop`): read it without changing it."""
    total = 0
    while len(sizes) > 1:
        n = sizes.pop(0)
        total += (n + 1) * sizes[0]
    return total


@exercise.variant
def loop(sizes):
    """By position."""
    total = 0
    for layer in range(1, len(sizes)):
        weights = sizes[layer - 1] * sizes[layer]
        biases = sizes[layer]
        total = total + weights + biases
    return total


@exercise.variant
def arrays(sizes):
    """Make the network and count; a NumPy number comes back."""
    total = np.int64(0)
    for i, k in enumerate(sizes[1:]):
        total += np.zeros((sizes[i], k)).size + np.zeros(k).size
    return total


@exercise.variant
def dot_product(sizes):
    """In one product."""
    s = np.array(sizes)
    return int((s[:-1] + 1) @ s[1:])


@exercise.variant
def recursive(sizes):
    """The first layer, then the rest."""

    def count(n, rest):
        return (n + 1) * rest[0] + count(rest[0], rest[1:]) if rest else 0

    return count(sizes[0], list(sizes[1:]))
