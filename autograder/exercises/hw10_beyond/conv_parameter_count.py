"""Exercise 1.3: how many parameters has a convolutional layer?"""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.compare import Difference, difference
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import beyond as reference


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for low, high in [(2, 9), (10, 40), (2, 30)]:
        c_in, c_out = (int(v) for v in rng.choice(np.arange(low, high), 2, replace=False))
        yield Case((c_in, c_out, int(rng.integers(2, 8))))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    c = int(rng.integers(2, 9))
    yield Case((1, c, 5), about="with a single input channel")
    yield Case((c, 1, 3), about="with a single feature map")
    yield Case((c, c + 1, 1), about="with kernels of one pixel")
    yield Case((c + 2, c, 3), about="since a number of things is an integer", extra="int")
    named = {"c_in": c, "c_out": c + 3, "k": 4}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((1, 2, 3))
    yield Case((2, 1, 3))
    yield Case((2, 3, 1))
    yield Case((3, 2, 4), extra="int")
    yield Case((4, 7, 5))
    yield Case(kwargs={"c_in": 2, "c_out": 3, "k": 2})


def _compare(case: Case, expected: int, got: object) -> Difference | None:
    """Compare the numbers; where the case is about it, their type as well."""
    problem = difference(expected, got, ("the result",), 0.0)
    if problem is None and case.extra == "int":
        kind = np.asarray(got).dtype
        if kind.kind not in "iu":
            text = f"the result is of type {kind}, expected an integer"
            return Difference(text, text)
    return problem


exercise = Exercise(
    homework="hw10_beyond",
    number="1.3",
    reference=reference.conv_parameter_count,
    returns=("the result",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    compare=_compare,
)


@exercise.mistake
def bias_forgotten(c_in, c_out, k):
    """You leave out the biases: each feature map has one."""
    return c_out * c_in * k * k


@exercise.mistake
def one_bias_in_all(c_in, c_out, k):
    """You count one bias for the whole layer: each feature map has its own."""
    return c_out * c_in * k * k + 1


@exercise.mistake
def bias_for_every_kernel_slice(c_in, c_out, k):
    """You count a bias for every pair of channel and map: the slices of a map are added, and then
    one bias is added to the map."""
    return c_out * c_in * (k * k + 1)


@exercise.mistake
def bias_for_every_input_channel(c_in, c_out, k):
    """You count a bias for each input channel: the feature maps of the output have them."""
    return c_in * (c_out * k * k + 1)


@exercise.mistake
def input_channels_ignored(c_in, c_out, k):
    """You leave out the input channels: a kernel has a slice of its own for each of them."""
    return c_out * (k * k + 1)


@exercise.mistake
def kernel_not_squared(c_in, c_out, k):
    """You count k weights a kernel slice: it is k pixels high and k wide."""
    return c_out * (c_in * k + 1)


@exercise.mistake
def doubled_in_place_of_squared(c_in, c_out, k):
    """You count 2k weights a kernel slice: it has k times k."""
    return c_out * (c_in * 2 * k + 1)


@exercise.mistake
def channels_added(c_in, c_out, k):
    """You add the channels: every map has a slice for every channel, which is a product."""
    return (c_in + c_out) * k * k + c_out


@exercise.mistake
def cubic_kernel(c_in, c_out, k):
    """You count k to the third power: a kernel is k by k, and the channels are `c_in`."""
    return c_out * (c_in * k**3 + 1)


@exercise.mistake
def a_float(c_in, c_out, k):
    """You return a float: a number of parameters is an integer, so no `/` and no `np.sqrt`."""
    return float(c_out * (c_in * k * k + 1))


@exercise.variant
def loops(c_in, c_out, k):
    """Counted one by one."""
    count = 0
    for _ in range(c_out):
        for _ in range(c_in):
            count += k * k
        count += 1
    return count


@exercise.variant
def sizes_of_arrays(c_in, c_out, k):
    """The sizes of the arrays that hold them."""
    return np.zeros((c_out, c_in, k, k)).size + np.zeros(c_out).size


@exercise.variant
def weights_and_biases(c_in, c_out, k):
    """Weights, then biases, as a NumPy integer."""
    return np.prod([c_out, c_in, k, k]) + c_out


@exercise.variant
def power(c_in, c_out, k):
    """With a power."""
    return (k**2 * c_in + 1) * c_out
