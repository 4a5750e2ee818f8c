"""Exercise 5.2: one layer, before and after its activation."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.hw07_forward.networks import (
    TOLERANCE,
    Bend,
    Logistic,
    Normed,
    Shift,
    Sine,
    integer_network,
    sizable,
    written,
)
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import forward as reference


def _case(inputs: Inputs, m: int, n: int, k: int, phi: Any, about: str = "") -> Case:
    while True:
        arguments = (inputs.array(m, n), inputs.array(n, k), inputs.array(k), phi)
        if sizable(*reference.dense_forward(*arguments)):
            return Case(arguments, about=about, shown={"phi": written(phi)})


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, n, k, phi in [(5, 3, 2, Sine), (4, 2, 3, Shift), (3, 3, 3, Bend), (6, 4, 5, Normed)]:
        yield _case(inputs, m, n, k, phi)
    yield _case(inputs, 1, 3, 2, Sine, about="with a single sample (m = 1)")
    yield _case(inputs, 4, 2, 1, Shift, about="with a single unit")
    A, (W,), (b,) = integer_network(rng, 3, [2, 4])
    shown = {"phi": written(Logistic)}
    yield Case((A, W, b, Logistic), about="with integers", shown=shown)
    case = _case(inputs, 3, 2, 2, Sine)
    named = dict(zip(("A", "W", "b", "phi"), case.args, strict=True))
    yield Case(kwargs=named, about="when it is called by argument names", shown=case.shown)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs, shift = Inputs(rng, readable=True), {"phi": written(Shift)}
    A, W, b = np.array([[3.0]]), np.array([[2.0]]), np.array([0.5])
    yield Case((A, W, b, Shift), shown=shift)
    two, row = np.array([[1.0, 2.0]]), np.array([[1.0, -1.0], [1.0, 0.0]])
    yield Case((two, row, np.array([0.5, -0.5]), Bend), shown={"phi": written(Bend)})
    for m, n, k, phi in [(2, 2, 2, Shift), (2, 3, 2, Bend), (3, 2, 3, Sine), (2, 2, 2, Normed)]:
        yield _case(inputs, m, n, k, phi)
    integers = np.array([[1, 2]]), np.array([[1], [-1]]), np.array([2])
    yield Case((*integers, Logistic), shown={"phi": written(Logistic)})
    yield Case(kwargs={"A": A, "W": W, "b": b, "phi": Shift}, shown=shift)


exercise = Exercise(
    homework="hw07_forward",
    number="5.2",
    reference=reference.dense_forward,
    returns=("`Z`", "`A`"),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    tolerance=TOLERANCE,
    purity="values",
)


@exercise.mistake
def bias_forgotten(A, W, b, phi):
    """The bias is missing: Z = A W + b."""
    Z = A @ W
    return Z, phi.f(Z)


@exercise.mistake
def bias_after_the_activation(A, W, b, phi):
    """You add the bias after the activation: it belongs into Z."""
    Z = A @ W
    return Z, phi.f(Z) + b


@exercise.mistake
def not_activated(A, W, b, phi):
    """Your second result is Z again: put it through the activation, `phi.f(Z)`."""
    Z = A @ W + b
    return Z, Z.copy()


@exercise.mistake
def activated_in_both_places(A, W, b, phi):
    """Your first result is activated already: Z is what comes before the activation."""
    Z = phi.f(A @ W + b)
    return Z, Z


@exercise.mistake
def returned_the_other_way_round(A, W, b, phi):
    """You return A before Z."""
    Z = A @ W + b
    return phi.f(Z), Z


@exercise.mistake
def activation_alone(A, W, b, phi):
    """You return the activation alone: Z and A are asked for."""
    return phi.f(A @ W + b)


@exercise.mistake
def input_returned(A, W, b, phi):
    """Your second result is the input A: the activation of the layer is `phi.f(Z)`."""
    return A @ W + b, A.copy()


@exercise.mistake
def input_activated(A, W, b, phi):
    """You put the input through the activation: the layer activates Z, and takes its input as it
    is."""
    Z = phi.f(A) @ W + b
    return Z, phi.f(Z)


@exercise.mistake
def class_called(A, W, b, phi):
    """You call the class of the activation, `phi(Z)`: call its function, `phi.f(Z)`."""
    Z = A @ W + b
    return Z, phi(Z)


@exercise.mistake
def always_the_sigmoid(A, W, b, phi):
    """You use the sigmoid, whatever `phi` is: call what you are given, `phi.f(Z)`."""
    Z = A @ W + b
    return Z, 1 / (1 + np.exp(-Z))


@exercise.mistake
def weights_transposed(A, W, b, phi):
    """You multiply by the transposed weights: here W has the shape (n, k), so take `A @ W`."""
    Z = A @ W.T + b
    return Z, phi.f(Z)


@exercise.mistake
def weights_in_front(A, W, b, phi):
    """You multiply from the wrong side: samples are rows, so the product is `A @ W`."""
    Z = W @ A + b
    return Z, phi.f(Z)


@exercise.mistake
def multiplied_entry_by_entry(A, W, b, phi):
    """You multiply entry by entry (`*`): take the matrix product, `A @ W`."""
    Z = A * W + b
    return Z, phi.f(Z)


@exercise.mistake
def transposed(A, W, b, phi):
    """Your results are transposed: a row belongs to a sample, a column to a unit."""
    Z = (A @ W + b).T
    return Z, phi.f(Z.T).T


@exercise.mistake
def bias_in_place(A, W, b, phi):
    """You change the caller's `b`: make a new array, `A @ W + b`."""
    Z = A @ W + b
    b += 1
    return Z, phi.f(Z)


@exercise.mistake
def truncated_to_integers(A, W, b, phi):
    """Where the inputs are integers your second result is cut to integers: make it an array of
    floats."""
    Z = A @ W + b
    result = np.zeros_like(Z)
    result[:] = phi.f(Z)
    return Z, result


@exercise.mistake
def one_bias_for_all_units(A, W, b, phi):
    """You add the first bias to every unit: each has its own, so add b as a whole."""
    Z = A @ W + b[0]
    return Z, phi.f(Z)


@exercise.mistake
def bias_added_to_the_weights(A, W, b, phi):
    """You add the bias to the weights: it is added to the product, A W + b."""
    Z = A @ (W + b)
    return Z, phi.f(Z)


@exercise.mistake
def bias_added_to_both(A, W, b, phi):
    """You add the bias after the activation: it belongs into Z."""
    Z = A @ W
    return Z + b, phi.f(Z) + b


@exercise.mistake
def activated_without_the_bias(A, W, b, phi):
    """You activate A W, without the bias: activate Z, with the bias in it."""
    Z = A @ W
    return Z + b, phi.f(Z)


@exercise.mistake
def transposed_weights_in_front(A, W, b, phi):
    """You multiply from the wrong side: samples are rows, so the product is `A @ W`."""
    Z = W.T @ A + b
    return Z, phi.f(Z)


@exercise.mistake
def number_by_number(A, W, b, phi):
    """You put Z through the activation number by number: a softmax needs whole rows, so call
    `phi.f(Z)`."""
    Z = A @ W + b
    return Z, np.array([[phi.f(z) for z in row] for row in Z])


@exercise.variant
def loops(A, W, b, phi):
    """Number by number."""
    m, n = A.shape
    k = W.shape[1]
    Z = np.zeros((m, k))
    for i in range(m):
        for j in range(k):
            z = b[j]
            for p in range(n):
                z = z + A[i, p] * W[p, j]
            Z[i, j] = z
    return Z, phi.f(Z)


@exercise.variant
def sample_by_sample(A, W, b, phi):
    """A list of rows; a list comes back."""
    Z = np.array([a @ W + b for a in A])
    return [Z, np.array([phi.f(z) for z in Z])]


@exercise.variant
def ones_added(A, W, b, phi):
    """The bias as the weight of an input that is 1."""
    Z = np.column_stack([np.ones(len(A)), A]).dot(np.vstack([b, W]))
    return Z, phi.f(Z)


@exercise.variant
def einsum(A, W, b, phi):
    """By index, in single precision, in place in a copy."""
    Z = np.einsum("ij,jk->ik", A, W).astype(np.float32)
    Z += b.astype(np.float32)
    return Z, np.asarray(phi.f(Z))
