"""Activations and random networks for the cases of homework 7."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case
from autograder.reference import forward as reference
from autograder.reference.shapes import Array

# A student may compute in float32, which keeps seven digits.
TOLERANCE = 1e-5


class Sine:
    """Not increasing, so that it can't be taken for another one."""

    @staticmethod
    def f(z: Any) -> Any:
        """Return sin z."""
        return np.sin(z)


class Shift:
    """Not 0 at 0, so that it shows where it is applied."""

    @staticmethod
    def f(z: Any) -> Any:
        """Return z + 1."""
        return np.add(z, 1.0)


class Bend:
    """Like a ReLU, but nothing gets lost on the left."""

    @staticmethod
    def f(z: Any) -> Any:
        """Return the larger one of z and z/2."""
        return np.maximum(z, np.multiply(z, 0.5))


class Logistic:
    """Between 0 and 1."""

    @staticmethod
    def f(z: Any) -> Any:
        """Return 1 / (1 + e^-z)."""
        return 1.0 / (1.0 + np.exp(np.negative(z)))


class Normed:
    """A softmax; also of a single row."""

    @staticmethod
    def f(z: Any) -> Any:
        """Return exponentials divided by their sum."""
        e = np.exp(z - np.max(z, axis=-1, keepdims=True))
        return e / np.sum(e, axis=-1, keepdims=True)


WRITTEN = {
    Sine: "Sine (f is np.sin)",
    Shift: "Shift (f is z + 1)",
    Bend: "Bend (f is np.maximum(z, z / 2))",
    Logistic: "Logistic (f is 1 / (1 + np.exp(-z)))",
    Normed: "Normed (f is the softmax of each row)",
}


def written(phis: Any) -> str:
    """Return how feedback writes an activation, or a list of them."""
    if isinstance(phis, list):
        return f"[{', '.join(map(written, phis))}]"
    return WRITTEN[phis]


def sizable(*results: Any) -> bool:
    """Whether no result is so near to 0 that rounding in float32 would show."""
    return all(np.abs(result).max() > 0.1 for result in results)


def network(inputs: Inputs, sizes: Sequence[int]) -> tuple[list[Array], list[Array]]:
    """Return weights and biases, with scores of about 1 whatever the sizes."""
    Ws = [inputs.array(n, k, scale=1.5 / np.sqrt(n)) for n, k in pairwise(sizes)]
    return Ws, [inputs.array(k) for k in sizes[1:]]


def network_case(
    inputs: Inputs,
    m: int,
    sizes: Sequence[int],
    phis: list[Any],
    *,
    about: str = "",
    named: bool = False,
) -> Case:
    """Return a case of a function of ``X, Ws, bs, phis``."""
    while True:
        X, (Ws, bs) = inputs.array(m, sizes[0]), network(inputs, sizes)
        Zs, As = reference.forward(X, Ws, bs, phis)
        if sizable(*Zs, *As):
            break
    arguments = {"X": X, "Ws": Ws, "bs": bs, "phis": phis}
    shown = {"phis": written(phis)}
    if named:
        return Case(kwargs=arguments, about=about, shown=shown)
    return Case(tuple(arguments.values()), about=about, shown=shown)


def integer_network(
    rng: np.random.Generator, m: int, sizes: Sequence[int]
) -> tuple[Any, list[Any], list[Any]]:
    """Return data, weights and biases that are integers, none of them 0."""

    def integers(*shape: int) -> Any:
        return rng.integers(1, 3, shape) * rng.choice([-1, 1], shape)

    Ws = [integers(n, k) for n, k in pairwise(sizes)]
    return integers(m, sizes[0]), Ws, [integers(k) for k in sizes[1:]]
