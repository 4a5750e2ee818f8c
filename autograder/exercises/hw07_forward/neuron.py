"""Exercise 1.1: the output of one neuron."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw07_forward.networks import (
    TOLERANCE,
    Bend,
    Logistic,
    Shift,
    Sine,
    sizable,
    written,
)
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import forward as reference


def _case(inputs: Inputs, n: int, phi: type, about: str = "") -> Case:
    while True:
        arguments = (inputs.array(n), inputs.array(n), float(inputs.array()), phi)
        if sizable(reference.neuron(*arguments)):
            return Case(arguments, about=about, shown={"phi": written(phi)})


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for n, phi in [(3, Sine), (2, Logistic), (5, Shift), (4, Bend)]:
        yield _case(inputs, n, phi)
    yield _case(inputs, 1, Logistic, about="with a single input (n = 1)")
    x, w = rng.integers(1, 4, 3), np.array([1, -2, 1])
    about, shown = "with integers", {"phi": written(Logistic)}
    yield Case((x, w, 1, Logistic), about=about, shown=shown)
    case = _case(inputs, 3, Shift)
    named = dict(zip(("x", "w", "b", "phi"), case.args, strict=True))
    yield Case(kwargs=named, about="when it is called by argument names", shown=case.shown)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs, shift = Inputs(rng, readable=True), {"phi": written(Shift)}
    yield Case((np.array([3.0]), np.array([2.0]), 0.5, Shift), shown=shift)
    x, w = np.array([3.0, 1.0]), np.array([2.0, -1.0])
    yield Case((x, w, 0.5, Shift), shown=shift)
    for n, phi in [(2, Bend), (3, Sine), (4, Logistic)]:
        yield _case(inputs, n, phi)
    integers = np.array([1, 2]), np.array([1, -1]), 1
    yield Case((*integers, Logistic), shown={"phi": written(Logistic)})
    yield Case(kwargs={"x": x, "w": w, "b": 0.5, "phi": Shift}, shown=shift)


exercise = Exercise(
    homework="hw07_forward",
    number="1.1",
    reference=reference.neuron,
    returns=("the output",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    tolerance=TOLERANCE,
    purity="values",
    equivalent_mutants={
        "float(phi.f(x @ w + b)) -> phi.f(x @ w + b)": (
            "the activation of a number is a NumPy number, which counts as a float"
        ),
    },
)


@exercise.mistake
def bias_forgotten(x, w, b, phi):
    """The bias is missing: z = x · w + b."""
    return float(phi.f(np.dot(x, w)))


@exercise.mistake
def bias_subtracted(x, w, b, phi):
    """You subtract the bias: it is added."""
    return float(phi.f(np.dot(x, w) - b))


@exercise.mistake
def bias_after_the_activation(x, w, b, phi):
    """You add the bias after the activation: it belongs into z, before it."""
    return float(phi.f(np.dot(x, w)) + b)


@exercise.mistake
def not_activated(x, w, b, phi):
    """You return z: put it through the activation, `phi.f(z)`."""
    return float(np.dot(x, w) + b)


@exercise.mistake
def class_called(x, w, b, phi):
    """You call the class of the activation, `phi(z)`: call its function, `phi.f(z)`."""
    return float(phi(np.dot(x, w) + b))


@exercise.mistake
def always_the_sigmoid(x, w, b, phi):
    """You use the sigmoid, whatever `phi` is: call what you are given, `phi.f(z)`."""
    return float(1 / (1 + np.exp(-(np.dot(x, w) + b))))


@exercise.mistake
def activated_before_the_sum(x, w, b, phi):
    """You put each product through the activation: add them up first, then activate once."""
    return float(np.sum(phi.f(x * w)) + b)


@exercise.mistake
def bias_added_to_each_product(x, w, b, phi):
    """You add the bias to each product, n times in all: it is added once."""
    return float(phi.f(np.sum(x * w + b)))


@exercise.mistake
def products_not_summed(x, w, b, phi):
    """You return an array with an entry for each input: add the products up to one number."""
    return phi.f(x * w + b)


@exercise.mistake
def inputs_and_weights_added(x, w, b, phi):
    """You add inputs and weights: multiply each input by its weight."""
    return float(phi.f(np.sum(x + w) + b))


@exercise.mistake
def activated_twice(x, w, b, phi):
    """You apply the activation twice: once is enough."""
    return float(phi.f(phi.f(np.dot(x, w) + b)))


@exercise.mistake
def array_of_one(x, w, b, phi):
    """You return an array with one entry: return the number itself."""
    return np.array([phi.f(np.dot(x, w) + b)])


@exercise.mistake
def first_input_only(x, w, b, phi):
    """Only the first input counts in your z: add up all the products."""
    return float(phi.f(x[0] * w[0] + b))


@exercise.mistake
def inputs_changed(x, w, b, phi):
    """You change the caller's `x` (`x *= w`): compute with a new array, `x * w`."""
    before = x.copy()
    x *= w if x.dtype.kind == w.dtype.kind else w.astype(x.dtype)
    return float(phi.f(np.dot(before, w) + b))


@exercise.mistake
def bias_added_to_the_weights(x, w, b, phi):
    """You add the bias to each weight: it is added once, to the sum of the products."""
    return float(phi.f(np.dot(x, w + b)))


@exercise.variant
def loop(x, w, b, phi):
    """One product at a time."""
    z = b
    for xj, wj in zip(x, w):
        z = z + xj * wj
    return phi.f(z)


@exercise.variant
def matrix_product(x, w, b, phi):
    """As a NumPy number."""
    return phi.f(x @ w + b)


@exercise.variant
def entry_of_an_array(x, w, b, phi):
    """Through an array with one entry."""
    z = np.array([np.sum(np.multiply(x, w)) + b])
    return phi.f(z)[0]


@exercise.variant
def constant_input(x, w, b, phi):
    """The bias as the weight of an input that is 1; a 0-d array comes back."""
    return np.asarray(phi.f(np.append(x, 1) @ np.append(w, b)))


@exercise.variant
def single_precision(x, w, b, phi):
    """In float32."""
    z = np.einsum("j,j->", x.astype(np.float32), w.astype(np.float32)) + np.float32(b)
    return float(phi.f(z))
