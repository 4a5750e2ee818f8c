"""Exercise 5.3: all layers of a network."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.compare import Difference, described, difference
from autograder.exercises.hw07_forward.networks import (
    TOLERANCE,
    Bend,
    Logistic,
    Normed,
    Shift,
    Sine,
    integer_network,
    network_case,
    written,
)
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import forward as reference


def _compare(case: Case, expected: Any, got: Any) -> Difference | None:
    """Compare list by list, and array by array; a tuple is as good as a list."""
    if not isinstance(got, tuple | list) or len(got) != 2:
        text = f"the result is {described(got)}, expected two lists, `Zs` and `As`"
        return Difference(text, text)
    for name, arrays, answer in zip(("Zs", "As"), expected, got, strict=True):
        if not isinstance(answer, tuple | list):
            text = f"`{name}` is {described(answer)}, expected a list of {len(arrays)} arrays"
            return Difference(text, text)
        if len(answer) != len(arrays):
            text = f"`{name}` has {len(answer)} entries, expected {len(arrays)}"
            return Difference(text, text)
    for name, arrays, answer in zip(("Zs", "As"), expected, got, strict=True):
        for i, (right, array) in enumerate(zip(arrays, answer, strict=True)):
            problem = difference(right, array, (f"`{name}[{i}]`",), TOLERANCE)
            if problem:
                return problem
    return None


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield network_case(inputs, 5, [3, 4, 2], [Sine, Shift])
    yield network_case(inputs, 4, [2, 3, 3, 2], [Bend, Sine, Shift])
    yield network_case(inputs, 3, [3, 3, 3], [Shift, Sine])
    yield network_case(inputs, 6, [2, 5, 4, 3, 3], [Sine, Bend, Shift, Normed])


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield network_case(inputs, 4, [3, 2], [Shift], about="with a single layer (L = 1)")
    yield network_case(inputs, 1, [3, 4, 2], [Sine, Shift], about="with a single sample (m = 1)")
    yield network_case(inputs, 5, [1, 1, 1], [Bend, Shift], about="with one unit in each layer")
    X, Ws, bs = integer_network(rng, 4, [3, 2, 2])
    phis = [Logistic, Shift]
    yield Case((X, Ws, bs, phis), about="with integers", shown={"phis": written(phis)})
    about = "when it is called by argument names"
    yield network_case(inputs, 3, [2, 3, 2], [Shift, Sine], about=about, named=True)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)

    def small(X: Any, Ws: Any, bs: Any, phis: Any) -> Case:
        return Case((X, Ws, bs, phis), shown={"phis": written(phis)})

    X, W, b = np.array([[2.0]]), np.array([[3.0]]), np.array([0.5])
    yield small(X, [W], [b], [Shift])
    yield small(X, [W, -W], [b, -b], [Shift, Bend])
    two = [np.array([[1.0, -1.0]]), np.array([[2.0], [3.0]])]
    yield small(X, two, [np.array([0.5, 1.0]), b], [Bend, Shift])
    for m, sizes, phis in [(2, [2, 2, 2], [Shift, Bend]), (2, [2, 3, 2, 2], [Bend, Shift, Sine])]:
        yield network_case(inputs, m, sizes, phis)
    integers = np.array([[2]]), [np.array([[1]]), np.array([[3]])], [np.array([1]), np.array([2])]
    yield small(*integers, [Logistic, Shift])
    named = {"X": X, "Ws": [W], "bs": [b], "phis": [Shift]}
    yield Case(kwargs=named, shown={"phis": written([Shift])})


exercise = Exercise(
    homework="hw07_forward",
    number="5.3",
    reference=reference.forward,
    returns=("`Zs`", "`As`"),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    compare=_compare,
    tolerance=TOLERANCE,
    equivalent_mutants={
        "X.copy() -> X": ("`As[0]` may be X itself"),
        "zip(Ws, bs, phis, strict=True) -> zip(Ws, bs, phis)": (
            "the three lists of a network are equally long"
        ),
        "zip(Ws, bs, phis, strict=True) -> zip(Ws, bs, phis, strict=False)": (
            "the three lists of a network are equally long"
        ),
    },
)


@exercise.mistake
def input_not_in_the_list(X, Ws, bs, phis):
    """Your `As` starts with the activation of the first layer: `As[0]` is X, so As is one longer
    than Zs."""
    A, Zs, As = X, [], []
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(A @ W + b)
        A = phi.f(Zs[-1])
        As.append(A)
    return Zs, As


@exercise.mistake
def scores_passed_on(X, Ws, bs, phis):
    """Each of your layers gets the Z of the layer before: it gets its activation A."""
    Zs, As, Z = [], [X.copy()], X
    for W, b, phi in zip(Ws, bs, phis):
        Z = Z @ W + b
        Zs.append(Z)
        As.append(phi.f(Z))
    return Zs, As


@exercise.mistake
def first_activation_for_all(X, Ws, bs, phis):
    """You use the first activation in every layer: layer l has its own, `phis[l - 1]`."""
    Zs, As = [], [X.copy()]
    for W, b in zip(Ws, bs):
        Zs.append(As[-1] @ W + b)
        As.append(phis[0].f(Zs[-1]))
    return Zs, As


@exercise.mistake
def last_activation_for_all(X, Ws, bs, phis):
    """You use the last activation in every layer: layer l has its own, `phis[l - 1]`."""
    Zs, As = [], [X.copy()]
    for W, b in zip(Ws, bs):
        Zs.append(As[-1] @ W + b)
        As.append(phis[-1].f(Zs[-1]))
    return Zs, As


@exercise.mistake
def output_not_activated(X, Ws, bs, phis):
    """You leave out the activation of the last layer: it has one like the others."""
    Zs, As = [], [X.copy()]
    for layer in range(len(Ws)):
        Zs.append(As[-1] @ Ws[layer] + bs[layer])
        As.append(phis[layer].f(Zs[-1]) if layer < len(Ws) - 1 else Zs[-1])
    return Zs, As


@exercise.mistake
def input_activated(X, Ws, bs, phis):
    """You put X through an activation: `As[0]` is X as it is."""
    Zs, As = [], [phis[0].f(X)]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    return Zs, As


@exercise.mistake
def biases_forgotten(X, Ws, bs, phis):
    """The biases are missing: Z = A W + b in each layer."""
    Zs, As = [], [X.copy()]
    for W, phi in zip(Ws, phis):
        Zs.append(As[-1] @ W)
        As.append(phi.f(Zs[-1]))
    return Zs, As


@exercise.mistake
def every_layer_gets_the_input(X, Ws, bs, phis):
    """Each of your layers gets X: from the second one on it gets the activation of the layer
    before."""
    Zs, As = [], [X.copy()]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(X @ W + b)
        As.append(phi.f(Zs[-1]))
    return Zs, As


@exercise.mistake
def last_layer_missing(X, Ws, bs, phis):
    """Your loop stops before the last layer."""
    Zs, As = [], [X.copy()]
    for layer in range(len(Ws) - 1):
        Zs.append(As[-1] @ Ws[layer] + bs[layer])
        As.append(phis[layer].f(Zs[-1]))
    return Zs, As


@exercise.mistake
def output_alone(X, Ws, bs, phis):
    """You return the output alone: the lists Zs and As are asked for, with all layers."""
    A = X
    for W, b, phi in zip(Ws, bs, phis):
        A = phi.f(A @ W + b)
    return A


@exercise.mistake
def last_of_each(X, Ws, bs, phis):
    """You return the last Z and the last A: lists of all of them are asked for."""
    A = X
    for W, b, phi in zip(Ws, bs, phis):
        Z = A @ W + b
        A = phi.f(Z)
    return Z, A


@exercise.mistake
def returned_the_other_way_round(X, Ws, bs, phis):
    """You return As before Zs."""
    Zs, As = [], [X.copy()]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    return As, Zs


@exercise.mistake
def input_in_both_lists(X, Ws, bs, phis):
    """Your `Zs` starts with X as well: there is no Z for the inputs, so Zs has L entries."""
    Zs, As = [X.copy()], [X.copy()]
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(As[-1] @ W + b)
        As.append(phi.f(Zs[-1]))
    return Zs, As


@exercise.mistake
def activated_in_place(X, Ws, bs, phis):
    """Your `Zs` holds the activations: an array that is changed in place (`Z[:] = …`) is changed in
    the list as well."""
    Zs, As = [], [X.copy()]
    for W, b, phi in zip(Ws, bs, phis):
        Z = As[-1] @ W + b
        Zs.append(Z)
        Z = Z.astype(float, copy=False)
        Zs[-1] = Z
        Z[:] = phi.f(Z)
        As.append(Z)
    return Zs, As


@exercise.mistake
def two_layers_only(X, Ws, bs, phis):
    """You write out two layers: a network may have any number of them, so use a loop."""
    Z1 = X @ Ws[0] + bs[0]
    A1 = phis[0].f(Z1)
    Z2 = A1 @ Ws[1] + bs[1]
    return [Z1, Z2], [X.copy(), A1, phis[1].f(Z2)]


@exercise.mistake
def lists_taken_apart(X, Ws, bs, phis):
    """You empty the caller's lists (`Ws.pop(0)`): go through them with a loop."""
    Zs, As = [], [X.copy()]
    while Ws:
        Zs.append(As[-1] @ Ws.pop(0) + bs.pop(0))
        As.append(phis[len(Zs) - 1].f(Zs[-1]))
    return Zs, As


@exercise.mistake
def first_layer_missing(X, Ws, bs, phis):
    """Your loop starts at the second layer: the first one is `Ws[0]`, `bs[0]` and `phis[0]`."""
    Zs, As = [], [X.copy()]
    for layer in range(1, len(Ws)):
        Zs.append(As[-1] @ Ws[layer] + bs[layer])
        As.append(phis[layer].f(Zs[-1]))
    return Zs, As


@exercise.mistake
def never_activated(X, Ws, bs, phis):
    """You leave out the activations: each layer puts its Z through its own, `phi.f(Z)`."""
    Zs, As = [], [X.copy()]
    for W, b in zip(Ws, bs):
        Zs.append(As[-1] @ W + b)
        As.append(Zs[-1].copy())
    return Zs, As


@exercise.mistake
def output_in_place_of_the_list(X, Ws, bs, phis):
    """Your second result is the output alone: As is a list of all activations, X first."""
    A, Zs = X, []
    for W, b, phi in zip(Ws, bs, phis):
        Zs.append(A @ W + b)
        A = phi.f(Zs[-1])
    return Zs, A


@exercise.variant
def by_index(X, Ws, bs, phis):
    """By the number of the layer."""
    L = len(Ws)
    Zs = [None] * L
    As = [None] * (L + 1)
    As[0] = X
    for layer in range(1, L + 1):
        Zs[layer - 1] = As[layer - 1] @ Ws[layer - 1] + bs[layer - 1]
        As[layer] = phis[layer - 1].f(Zs[layer - 1])
    return Zs, As


@exercise.variant
def function_inside(X, Ws, bs, phis):
    """With one layer as a function; tuples come back."""

    def layer(A, W, b, phi):
        Z = np.dot(A, W) + b
        return Z, phi.f(Z)

    pairs, A = [], np.asarray(X, dtype=float)
    for parts in zip(Ws, bs, phis):
        pairs.append(layer(A, *parts))
        A = pairs[-1][1]
    return tuple(Z for Z, _ in pairs), (X.astype(float), *(A for _, A in pairs))


@exercise.variant
def recursive(X, Ws, bs, phis):
    """The first layer, then the rest."""

    def rest(A, layer):
        if layer == len(Ws):
            return [], [A]
        Z = np.einsum("ij,jk->ik", A, Ws[layer]) + bs[layer]
        Zs, As = rest(phis[layer].f(Z), layer + 1)
        return [Z, *Zs], [A, *As]

    return rest(X, 0)


@exercise.variant
def sample_by_sample(X, Ws, bs, phis):
    """One sample after the other, in single precision."""
    runs = []
    for x in X.astype(np.float32):
        zs, As = [], [x]
        for W, b, phi in zip(Ws, bs, phis):
            zs.append(As[-1] @ W + b)
            As.append(phi.f(zs[-1]))
        runs.append((zs, As))
    Zs = [np.array([zs[layer] for zs, _ in runs]) for layer in range(len(Ws))]
    return [Zs, [np.array([As[layer] for _, As in runs]) for layer in range(len(Ws) + 1)]]
