"""Networks and data, the cases of `f(X, Y, Ws, bs, phis, lam, pair)`, and how results compare."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import special

from autograder.exercises.compare import Difference, described, difference
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Function
from autograder.exercises.refused import Refused
from autograder.reference import backprop as reference
from autograder.reference.activations import LeakyReLU, Linear, ReLU, Sigmoid, Softplus, Tanh
from autograder.reference.forward import forward
from autograder.reference.shapes import Array

# A student may compute in float32, which keeps seven digits.
TOLERANCE = 1e-5
ARGUMENTS = ("X", "Y", "Ws", "bs", "phis", "lam", "pair")
Network = tuple[Any, ...]


class Softmax:
    """The softmax over the last axis, so that one sample may be flat."""

    @staticmethod
    def f(z: Any) -> Array:
        """Return probabilities."""
        return special.softmax(np.asarray(z, dtype=float), axis=-1)


OUTPUT = {
    "identity+half_mse": Linear,
    "sigmoid+bce": Sigmoid,
    "softmax+ce": Softmax,
    "sigmoid+half_mse": Sigmoid,
}


def targets(inputs: Inputs, m: int, K: int, pair: str) -> Array:
    """Return targets as the pair wants them; both 0 and 1 occur where m and K allow it."""
    if pair == "identity+half_mse":
        return inputs.array(m, K)
    if pair == "softmax+ce":
        first = inputs.rng.permutation(K)[:m]
        rest = inputs.rng.integers(0, K, m - len(first))
        return np.eye(K)[inputs.rng.permutation(np.concatenate([first, rest]))]
    Y = inputs.rng.integers(0, 2, (m, K)).astype(float)
    Y.ravel()[:2] = inputs.rng.permutation([1.0, 0.0])[: m * K]
    return Y


def network(
    inputs: Inputs, m: int, sizes: Sequence[int], hidden: Sequence[Any], pair: str, lam: float
) -> Network:
    """Return the arguments of a call in which every layer learns and no kink is near."""
    while True:
        X, Y = inputs.array(m, sizes[0]), targets(inputs, m, sizes[-1], pair)
        Ws = [inputs.array(*shape) for shape in pairwise(sizes)]
        bs = [inputs.array(k) for k in sizes[1:]]
        given = (X, Y, Ws, bs, [*hidden, OUTPUT[pair]], lam, pair)
        if _useful(given):
            return given


def _useful(given: Network) -> bool:
    """Whether no gradient is nearly zero, where float32 has few digits, and no output certain."""
    X, Y, Ws, bs, phis, lam, pair = given
    A = np.asarray(X, dtype=float)
    for W, b, phi in zip(Ws, bs, phis):
        Z = A @ W + b
        if np.abs(Z).min() < 0.005 or np.abs(Z).max() > 40:
            return False
        A = phi.f(Z)
    if pair != "identity+half_mse" and (A.min() < 0.02 or A.max() > 0.98):
        return False
    _, dWs, dbs = reference.backprop(X, Y, Ws, bs, phis, 0.0, pair)
    _, penalized, _ = reference.backprop(X, Y, Ws, bs, phis, lam, pair)
    sizes = [np.abs(g).max() for g in [*dWs, *dbs, *penalized]]
    # The sigmoid with squares has errors of at most 4/27.
    return min(sizes) > (0.02 if pair == "sigmoid+half_mse" else 0.1) and max(sizes) < 100


def case(given: Network, about: str = "") -> Case:
    """Return a call with the arguments of a network."""
    return Case(given, about=about, shown=_shown(given[4]))


def named(given: Network, about: str = "") -> Case:
    """Return the same call by argument names."""
    arguments = dict(zip(ARGUMENTS, given, strict=True))
    return Case(kwargs=arguments, about=about, shown=_shown(given[4]))


def _shown(phis: Sequence[Any]) -> dict[str, str]:
    return {"phis": f"[{', '.join(phi.__name__ for phi in phis)}]"}


def values(rng: np.random.Generator, few: bool = False) -> Iterator[Case]:
    """Two layers, of all pairs and penalties, several samples, and widths that are all equal."""
    inputs = Inputs(rng)
    yield case(network(inputs, 3 if few else 5, [3, 4, 2], [Tanh], "identity+half_mse", 0.3))
    yield case(network(inputs, 3 if few else 6, [2, 5, 3], [ReLU], "softmax+ce", 0.1))
    yield case(network(inputs, 2 if few else 4, [4, 3, 2], [Sigmoid], "sigmoid+bce", 0.7))
    yield case(network(inputs, 3 if few else 7, [2, 3, 1], [Softplus], "sigmoid+half_mse", 0.2))
    yield case(network(inputs, 2 if few else 3, [3, 3, 3], [LeakyReLU], "softmax+ce", 0.5))


def depth(rng: np.random.Generator, few: bool = False) -> Iterator[Case]:
    """One layer, three and four layers, each with another activation."""
    inputs = Inputs(rng)
    m = 2 if few else 5
    given = network(inputs, m + 1, [3, 2], [], "identity+half_mse", 0.4)
    yield case(given, about="with a single layer (L = 1)")
    given = network(inputs, m, [2, 4, 3, 2], [Tanh, ReLU], "sigmoid+bce", 0.3)
    yield case(given, about="with three layers (L = 3) of different activations")
    given = network(inputs, m, [3, 3, 3, 3], [LeakyReLU, Sigmoid], "softmax+ce", 0.2)
    yield case(given, about="with three layers of the same width")
    given = network(inputs, m, [2, 3, 4, 2, 1], [Softplus, Tanh, LeakyReLU], "sigmoid+bce", 0.1)
    yield case(given, about="with four layers (L = 4) of different activations")


def care(rng: np.random.Generator, few: bool = False) -> Iterator[Case]:
    """One sample, many samples, no penalty, layers of one unit, integers, argument names."""
    inputs = Inputs(rng)
    given = network(inputs, 1, [3, 4, 2], [Tanh], "identity+half_mse", 0.3)
    yield case(given, about="with a single sample (m = 1)")
    given = network(inputs, 1, [2, 3, 3, 3], [Softplus, ReLU], "softmax+ce", 0.3)
    yield case(given, about="with a single sample (m = 1)")
    given = network(inputs, 6 if few else 60, [2, 3, 2], [Tanh], "sigmoid+bce", 0.2)
    yield case(given, about="with many samples")
    given = network(inputs, 2 if few else 4, [3, 2, 2], [Softplus], "identity+half_mse", 0.0)
    yield case(given, about="without a penalty (lam = 0)")
    given = network(inputs, 3, [1, 1, 1], [Tanh], "sigmoid+bce", 0.1)
    yield case(given, about="with layers of a single unit")
    yield case(_integers(rng), about="with integer arrays")
    given = network(inputs, 3, [2, 3, 2], [LeakyReLU], "softmax+ce", 0.2)
    yield named(given, about="when it is called by argument names")


def _integers(rng: np.random.Generator) -> Network:
    """Return a network whose arrays are all integers."""
    while True:
        X, Y = rng.integers(-2, 3, (4, 2)), rng.integers(-2, 3, (4, 2))
        Ws = [rng.integers(-2, 3, shape) for shape in [(2, 3), (3, 2)]]
        bs = [rng.integers(-1, 2, k) for k in (3, 2)]
        # Tanh has no kink, so integers may be anything, and gives fractions.
        _, dWs, dbs = reference.backprop(X, Y, Ws, bs, [Tanh, Linear], 0.0, "identity+half_mse")
        if min(np.abs(g).max() for g in [*dWs, *dbs]) > 0.1:
            return X, Y, Ws, bs, [Tanh, Linear], 0.3, "identity+half_mse"


def examples(rng: np.random.Generator) -> Iterator[Case]:
    """From one unit upward, with the weights 1, 2, 3 and ½ of the lecture's chains."""
    one = np.array([[1.0]])
    yield case((2 * one, one, [3 * one], [-one[0]], [Linear], 0.0, "identity+half_mse"))
    chain = [3 * one, one / 2], [-one[0], 0 * one[0]], [ReLU, Linear]
    yield case((2 * one, one, *chain, 0.0, "identity+half_mse"))
    yield case((2 * one, one, *chain, 0.5, "identity+half_mse"))
    mixed = [one / 2, 2 * one, one], [0 * one[0], -one[0] / 2, one[0] / 2], [Tanh, Sigmoid, Linear]
    yield case((2 * one, one, *mixed, 0.1, "identity+half_mse"))
    inputs = Inputs(rng, readable=True)
    yield case(_readable(inputs, 2, [2, 2], [], "identity+half_mse", 0.1))
    yield case(_readable(inputs, 2, [1, 2, 1], [Tanh], "sigmoid+bce", 0.1))
    yield case(_readable(inputs, 2, [1, 2, 1], [Tanh], "sigmoid+half_mse", 0.1))
    yield case(_readable(inputs, 2, [2, 2, 2], [Sigmoid], "softmax+ce", 0.1))
    yield case(_readable(inputs, 3, [1, 3, 2, 1], [Softplus, Tanh], "identity+half_mse", 0.0))
    yield case(_readable(inputs, 2, [1, 2, 2, 1, 1], [Tanh] * 3, "sigmoid+bce", 0.0))
    whole = np.array([[2], [1]])
    integers = whole, whole - 1, [whole.T, whole], [np.array([0, 1]), np.array([1])]
    yield case((*integers, [Tanh, Linear], 0.5, "identity+half_mse"))
    yield named((2 * one, one, *chain, 0.5, "identity+half_mse"))


def _readable(
    inputs: Inputs, m: int, sizes: Sequence[int], hidden: Sequence[Any], pair: str, lam: float
) -> Network:
    """Return a network with readable numbers that is not saturated."""
    while True:
        X, Y = inputs.array(m, sizes[0]) / 4, targets(inputs, m, sizes[-1], pair)
        Ws = [inputs.array(*shape) / 2 for shape in pairwise(sizes)]
        bs = [inputs.array(k) / 2 for k in sizes[1:]]
        phis = [*hidden, OUTPUT[pair]]
        _, dWs, dbs = reference.backprop(X, Y, Ws, bs, phis, 0.0, pair)
        A = forward(X, Ws, bs, phis)[1][-1]
        # The loss of what is predicted is right if all predictions are: one is wrong.
        errs = pair != "softmax+ce" or np.any(A.argmax(axis=1) != Y.argmax(axis=1))
        if errs and min(np.abs(g).max() for g in [*dWs, *dbs]) > 0.01:
            return X, Y, Ws, bs, phis, lam, pair


def observe(function: Function, given: Case) -> tuple[Any, ...]:
    """Call the function and lay what it returns side by side: the loss, then all gradients."""
    L = len((dict(zip(ARGUMENTS, given.args, strict=False)) | dict(given.kwargs))["Ws"])
    result = function(*given.args, **given.kwargs)
    if not isinstance(result, tuple | list) or len(result) != 3:
        words = f"has {len(result)} entries" if isinstance(result, tuple | list) else ""
        words = words or f"is {described(result)}"
        raise Refused(f"the result {words}: return three things, `loss, dWs, dbs`")
    loss, dWs, dbs = result
    for name, arrays in (("dWs", dWs), ("dbs", dbs)):
        if not isinstance(arrays, tuple | list):
            raise Refused(f"`{name}` is {described(arrays)}, expected a list of arrays")
        if len(arrays) != L:
            raise Refused(
                f"`{name}` has another number of entries than there are layers: a gradient for "
                "each layer is expected"
            )
    return (loss, *dWs, *dbs)


def compare(_: Case, expected: tuple[Any, ...], got: tuple[Any, ...]) -> Difference | None:
    """Compare the loss, then the gradients array by array."""
    L = len(expected) // 2
    names = ["the loss", *(f"`{kind}[{i}]`" for kind in ("dWs", "dbs") for i in range(L))]
    for name, right, answer in zip(names, expected, got, strict=True):
        problem = difference(right, answer, (name,), TOLERANCE)
        if problem:
            return problem
    return None


# Mutants of the helpers that the reference functions share.
_FLOAT = "the sum of an array is an `np.float64` already, which the contract takes for a float"
_REFUSED = "it only refuses what no case hands over"
_STRICT = "_forward: zip(weights, biases, phis, strict=True)"
EQUIVALENT_FORWARD = {
    f"{_STRICT} -> zip(weights, biases, phis)": _REFUSED,
    f"{_STRICT} -> zip(weights, biases, phis, strict=False)": _REFUSED,
}
_SQUARES = "sum((np.square(W).sum() for W in Ws))"
_ERRORS = "np.square(Y_hat - Y).sum() / 2"
EQUIVALENT_LOSS = {
    f"_squares: float({_SQUARES}) -> {_SQUARES}": _FLOAT,
    f"_summed_loss: float({_ERRORS}) -> {_ERRORS}": _FLOAT,
    "_summed_loss: float(-np.log(happened).sum()) -> -np.log(happened).sum()": _FLOAT,
    "_summed_loss: np.any(Y.sum(axis=1) != 1) -> np.all(Y.sum(axis=1) != 1)": _REFUSED,
    "_summed_loss: np.errstate(divide='ignore') -> np.errstate()": (
        "only what is certain and wrong takes the log of 0, and that is not graded"
    ),
}

# Of the results of the first case, which is called twice.
RETURNS = ("the loss", "`dWs[0]`", "`dWs[1]`", "`dbs[0]`", "`dbs[1]`")
