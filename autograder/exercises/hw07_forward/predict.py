"""Exercise 5.4: the class that a network predicts."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.compare import Difference, difference
from autograder.exercises.hw07_forward.networks import (
    Bend,
    Logistic,
    Normed,
    Shift,
    Sine,
    network,
    written,
)
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import forward as reference
from autograder.reference.shapes import Array


def _clear(A: Array) -> bool:
    """Whether every row has one largest output, and one smallest."""
    ordered = np.sort(A, axis=1)
    gaps = np.minimum(ordered[:, -1] - ordered[:, -2], ordered[:, 1] - ordered[:, 0])
    return bool(gaps.min() > 0.005)


def _case(
    inputs: Inputs, m: int, sizes: list[int], phis: list[Any], about: str = "", extra: str = ""
) -> Case:
    """Return a case without ties, with several classes if there are several samples.

    The last activation keeps the order of the scores, so that it may be left out.
    """
    while True:
        X, (Ws, bs) = 1.5 * inputs.array(m, sizes[0]), network(inputs, sizes)
        Zs, As = reference.forward(X, Ws, bs, phis)
        varied = m < 3 or len(set(As[-1].argmax(axis=1))) > 1
        if varied and _clear(As[-1]) and _clear(Zs[-1]):
            return Case((X, Ws, bs, phis), about=about, shown={"phis": written(phis)}, extra=extra)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, 8, [3, 4, 3], [Sine, Logistic])
    yield _case(inputs, 5, [2, 5, 4, 5], [Bend, Sine, Normed])
    yield _case(inputs, 4, [4, 3, 4], [Shift, Bend])
    yield _case(inputs, 6, [2, 2], [Shift], about="with a single layer (L = 1)")
    yield _case(inputs, 1, [3, 4, 3], [Sine, Shift], about="with a single sample (m = 1)")
    about = "since classes are used as indices"
    yield _case(inputs, 5, [2, 3, 3], [Sine, Logistic], about=about, extra="int")
    X, Ws, bs, phis = _case(inputs, 4, [2, 3, 3], [Sine, Normed]).args
    shown = {"phis": written(phis)}
    named = {"X": X, "Ws": Ws, "bs": bs, "phis": phis}
    yield Case(kwargs=named, about="when it is called by argument names", shown=shown)
    rounded = [np.round(3 * W).astype(int) for W in Ws], [np.round(2 * b).astype(int) for b in bs]
    for shift in range(50):
        integers = (np.round(2 * X).astype(int) + shift, *rounded, phis)
        if _clear(reference.forward(*integers)[0][-1]):
            yield Case(integers, about="with integers", shown=shown)
            break


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    X, W, b = np.array([[2.0]]), np.array([[1.0, -1.0]]), np.array([0.0, 1.0])
    shown = {"phis": written([Shift])}
    yield Case((X, [W], [b], [Shift]), shown=shown)
    yield Case((np.array([[2.0], [-1.0]]), [W], [b], [Shift]), shown=shown, extra="int")
    yield Case((X, [W], [np.array([0.0, 5.0])], [Shift]), shown=shown)
    for m, sizes, phis in [
        (2, [2, 2, 2], [Bend, Shift]),
        (2, [2, 2, 3], [Sine, Logistic]),
        (3, [2, 3, 3], [Bend, Normed]),
        (3, [2, 3, 2, 3], [Sine, Bend, Logistic]),
        (4, [3, 3, 4], [Shift, Shift]),
    ]:
        yield _case(inputs, m, sizes, phis, extra="int")
    # The sine of 3 is below the sine of 1.
    two = [np.array([[0.0]]), np.array([[1.0, 1.0]])], [np.array([0.0]), np.array([3.0, 1.0])]
    yield Case((X, *two, [Sine, Shift]), shown={"phis": written([Sine, Shift])})
    named = {"X": X, "Ws": [W], "bs": [b], "phis": [Shift]}
    yield Case(kwargs=named, shown=shown)


def _compare(case: Case, expected: Any, got: Any) -> Difference | None:
    """Compare the labels; where the case is about it, their type as well."""
    problem = difference(expected, got, ("the result",))
    if problem is None and case.extra == "int" and got.dtype.kind not in "iu":
        text = f"the result holds values of type {got.dtype}, expected integers"
        return Difference(text, text)
    return problem


exercise = Exercise(
    homework="hw07_forward",
    number="5.4",
    reference=reference.predict,
    returns=("the result",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    compare=_compare,
    purity="values",
    equivalent_mutants={
        "_, As = forward(X, Ws, bs, phis) -> As, _ = forward(X, Ws, bs, phis)": (
            "the last activation keeps the order of the scores, so it may be left out"
        ),
    },
)


@exercise.mistake
def outputs_returned(X, Ws, bs, phis):
    """You return the outputs: take the arg max of each row."""
    A = X
    for W, b, phi in zip(Ws, bs, phis):
        A = phi.f(A @ W + b)
    return A


@exercise.mistake
def largest_output(X, Ws, bs, phis):
    """You return the largest output itself (`max`): its position is the class, `argmax`."""
    A = X
    for W, b, phi in zip(Ws, bs, phis):
        A = phi.f(A @ W + b)
    return A.max(axis=1)


@exercise.mistake
def best_sample_of_each_class(X, Ws, bs, phis):
    """You take the arg max of each column, over the samples: compare the classes, `axis=1`."""
    A = X
    for W, b, phi in zip(Ws, bs, phis):
        A = phi.f(A @ W + b)
    return A.argmax(axis=0)


@exercise.mistake
def arg_max_of_everything(X, Ws, bs, phis):
    """You take one arg max of the whole matrix: there is one for each row, `axis=1`."""
    A = X
    for W, b, phi in zip(Ws, bs, phis):
        A = phi.f(A @ W + b)
    return A.argmax()


@exercise.mistake
def lowest_output(X, Ws, bs, phis):
    """You take the lowest output (`argmin`): the highest one wins."""
    A = X
    for W, b, phi in zip(Ws, bs, phis):
        A = phi.f(A @ W + b)
    return A.argmin(axis=1)


@exercise.mistake
def classes_from_1(X, Ws, bs, phis):
    """You count the classes from 1: they are 0, …, K - 1."""
    A = X
    for W, b, phi in zip(Ws, bs, phis):
        A = phi.f(A @ W + b)
    return A.argmax(axis=1) + 1


@exercise.mistake
def one_hot_rows(X, Ws, bs, phis):
    """You return rows with a single 1: a number for each sample is asked for, its class."""
    A = X
    for W, b, phi in zip(Ws, bs, phis):
        A = phi.f(A @ W + b)
    return (A == A.max(axis=1, keepdims=True)).astype(int)


@exercise.mistake
def column(X, Ws, bs, phis):
    """You return a column, shape (m, 1): the result is flat, (m,)."""
    A = X
    for W, b, phi in zip(Ws, bs, phis):
        A = phi.f(A @ W + b)
    return A.argmax(axis=1)[:, None]


@exercise.mistake
def floats(X, Ws, bs, phis):
    """Your classes are floats: they are used as indices, so they have to be integers."""
    A = X
    y_hat = np.zeros(len(X))
    for W, b, phi in zip(Ws, bs, phis):
        A = phi.f(A @ W + b)
    y_hat[:] = A.argmax(axis=1)
    return y_hat


@exercise.mistake
def hidden_layers_not_activated(X, Ws, bs, phis):
    """You leave out the activations of the hidden layers: only the last one may be left out."""
    A = X
    for W, b in zip(Ws, bs):
        A = A @ W + b
    return A.argmax(axis=1)


@exercise.mistake
def biases_forgotten(X, Ws, bs, phis):
    """The biases are missing: Z = A W + b in each layer."""
    A = X
    for W, phi in zip(Ws, phis):
        A = phi.f(A @ W)
    return A.argmax(axis=1)


@exercise.mistake
def first_activation_for_all(X, Ws, bs, phis):
    """You use the first activation in every layer: each has its own."""
    A = X
    for W, b in zip(Ws, bs):
        A = phis[0].f(A @ W + b)
    return A.argmax(axis=1)


@exercise.mistake
def last_layer_missing(X, Ws, bs, phis):
    """Your loop stops before the last layer: the classes are its units."""
    A = X
    for layer in range(len(Ws) - 1):
        A = phis[layer].f(A @ Ws[layer] + bs[layer])
    return A.argmax(axis=1)


@exercise.mistake
def threshold(X, Ws, bs, phis):
    """You compare the outputs with 0.5: with K classes the largest output of a row wins."""
    A = X
    for W, b, phi in zip(Ws, bs, phis):
        A = phi.f(A @ W + b)
    return (A[:, -1] >= 0.5).astype(int)


@exercise.mistake
def list_of_classes(X, Ws, bs, phis):
    """You return a list: make an array of it."""
    A = X
    for W, b, phi in zip(Ws, bs, phis):
        A = phi.f(A @ W + b)
    return [int(k) for k in A.argmax(axis=1)]


@exercise.mistake
def every_layer_gets_the_input(X, Ws, bs, phis):
    """Each of your layers gets X: from the second one on it gets the output of the layer before."""
    A = X
    for W, b, phi in zip(Ws, bs, phis):
        A = phi.f(X @ W + b)
    return A.argmax(axis=1)


@exercise.mistake
def threshold_for_every_unit(X, Ws, bs, phis):
    """You compare the outputs with 0.5: with K classes the largest output of a row wins."""
    A = X
    for W, b, phi in zip(Ws, bs, phis):
        A = phi.f(A @ W + b)
    return (A > 0.5).astype(int)


@exercise.variant
def loop(X, Ws, bs, phis):
    """Layer by layer."""
    A = X
    for W, b, phi in zip(Ws, bs, phis):
        A = phi.f(A @ W + b)
    return np.argmax(A, axis=1)


@exercise.variant
def last_activation_left_out(X, Ws, bs, phis):
    """The last activation keeps the order."""
    A = X
    for W, b, phi in zip(Ws[:-1], bs[:-1], phis[:-1]):
        A = phi.f(np.dot(A, W) + b)
    return (A @ Ws[-1] + bs[-1]).argmax(axis=-1)


@exercise.variant
def sample_by_sample(X, Ws, bs, phis):
    """One sample after the other."""
    labels = []
    for x in X:
        a = x
        for layer in range(len(Ws)):
            a = phis[layer].f(a @ Ws[layer] + bs[layer])
        best = 0
        for k in range(1, len(a)):
            if a[k] > a[best]:
                best = k
        labels.append(best)
    return np.array(labels)


@exercise.variant
def with_forward(X, Ws, bs, phis):
    """Through a function that stores everything; small integers come back."""

    def forward(X, Ws, bs, phis):
        Zs, As = [], [X]
        for W, b, phi in zip(Ws, bs, phis):
            Zs.append(As[-1] @ W + b)
            As.append(phi.f(Zs[-1]))
        return Zs, As

    outputs = forward(X, Ws, bs, phis)[1][-1]
    return np.argsort(outputs, axis=1)[:, -1].astype(np.int8)
