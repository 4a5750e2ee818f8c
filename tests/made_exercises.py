"""Tiny exercises: a class without instances, one with instances, a pair of functions."""

import functools

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part

__all__ = ["CENTERING", "SCALE", "SQUARE", "functools"]


# A class with static methods, of which instances may work as well.


class Square:
    """The square and its slope."""

    @staticmethod
    def f(z):
        return z * z

    @staticmethod
    def df(z):
        return _doubled(z)


def _doubled(z):
    return 2 * z


def _used_as_class_or_instance(square, case):
    z, found = case.kwargs["z"], []
    for name in ("f", "df"):
        try:
            found.append(getattr(square, name)(z.copy()))
        except TypeError:
            found.append(getattr(square(), name)(z.copy()))
    return tuple(found)


def _numbers(rng):
    yield Case(kwargs={"z": Inputs(rng).array(3)}, written="Square.f(z), Square.df(z)")


def _examples(rng):
    for _ in range(2):  # what keeps something shows it at the second one
        yield from _numbers(rng)


SQUARE = Exercise(
    homework="hw99_made",
    number="1.1",
    reference=Square,
    returns=("Square.f(z)", "Square.df(z)"),
    parts=(Part("values", 1, _numbers), Part("care", 1, _numbers)),
    examples=_examples,
    observe=_used_as_class_or_instance,
)


@SQUARE.mistake
class no_factor:
    """The slope of the square has a factor 2: no_factor."""

    @staticmethod
    def f(z):
        return z * z

    @staticmethod
    def df(z):
        return no_factor.f(z) / z


@SQUARE.mistake
class forgets_static:
    """Your `df` has no argument."""

    @staticmethod
    def f(z):
        return z * z

    def df():
        return 2.0


@SQUARE.mistake
class empty:
    """Your class is empty."""


@SQUARE.mistake
class remembers:
    """You keep the last answer."""

    last = None

    @staticmethod
    def f(z):
        before, remembers.last = "ö" and remembers.last, z * z
        return z * z if before is None else before + 1

    @staticmethod
    def df(z): return 2 * z  # fmt: skip


@SQUARE.variant
class with_instances:
    def f(self, z):
        return z**2

    def df(self, z):
        return z + z


@SQUARE.variant
class of_a_base(Square):
    """The slope through the own name."""

    @classmethod
    def df(cls, z):
        assert cls is of_a_base, "ö" + of_a_base.__name__
        return (of_a_base.f(z + 1) - of_a_base.f(z - 1)) / 2


# A class with instances.


class Scale:
    """A layer that multiplies."""

    def __init__(self, factor, rng):
        self.factor = np.full(1, float(factor))
        self.params = [self.factor]

    def forward(self, A):
        return A * self.factor


def _forward_twice(scale, case):
    layer = scale(case.kwargs["factor"], case.kwargs["rng"])
    before = layer.forward(case.kwargs["A"])
    for p in layer.params:
        p += 1.0  # noqa: PLW2901
    return before, layer.forward(case.kwargs["A"])


def _layers(rng):
    inputs = Inputs(rng)
    factor = float(inputs.array()) + 5
    yield Case(kwargs={"factor": factor, "rng": np.random.default_rng(1), "A": inputs.array(2, 3)})


SCALE = Exercise(
    homework="hw99_made",
    number="1.2",
    reference=Scale,
    returns=("forward(A)", "forward(A) after a change of params"),
    parts=(Part("values", 1, _layers), Part("care", 1, _layers)),
    examples=_layers,
    observe=_forward_twice,
)


@SCALE.mistake
class adds:
    """You add the factor: multiply."""

    def __init__(self, factor, rng):
        self.params = [np.full(1, float(factor))]

    def forward(self, A):
        return A + self.params[0]


@SCALE.mistake
class changes_its_input:
    """You change A."""

    def __init__(self, factor, rng):
        self.params = [np.full(1, float(factor))]

    def forward(self, A):
        A *= self.params[0]
        return A


@SCALE.mistake
class params_are_copies:
    """Your `params` are copies: put the array itself into the list."""

    def __init__(self, factor, rng):
        self.factor = np.full(1, float(factor))
        self.params = [self.factor.copy()]

    def forward(self, A):
        return A * self.factor


@SCALE.variant
class params_made_anew:
    """A property."""

    def __init__(self, factor, rng):
        self.W = np.array([[factor]], dtype=float)

    @property
    def params(self):
        return [self.W]

    def forward(self, A):
        return np.einsum("mn,kl->mn", A, self.W)


# Two functions that are graded together, since what one hands to the other is the student's own.


def center(X):
    """Take the mean away."""
    mean = X.mean(axis=0)
    return X - mean, mean


def restore(X_centered, cache):
    """Add it again."""
    return X_centered + cache


def _there_and_back(functions, case):
    (X,) = case.args
    centered, cache = functions.center(X)
    return centered, functions.restore(2 * centered, cache)


def _tables(rng):
    yield Case((Inputs(rng).array(3, 2),), written="restore(2 * center(X)[0], center(X)[1])")


CENTERING = Exercise(
    homework="hw99_made",
    number="1.3",
    reference=center,
    together=(restore,),
    returns=("X_centered", "X"),
    parts=(Part("values", 1, _tables), Part("care", 1, _tables)),
    examples=_tables,
    observe=_there_and_back,
)


@CENTERING.mistake
def subtracted_again():
    """You subtract the mean again: add it."""

    def center(X):
        return X - X.mean(axis=0), X.mean(axis=0)

    def restore(X_centered, cache):
        return X_centered - cache

    return center, restore


@CENTERING.mistake
def cache_unpacked_wrongly():
    """`restore` wants more than `center` gives."""

    def center(X):
        mean = X.mean(axis=0)
        return X - mean, mean

    def restore(X_centered):
        return X_centered

    return center, restore


@CENTERING.variant
def whole_input_kept():
    """Keeps X itself, with a helper."""
    # This is what a helper is for.
    from itertools import repeat

    @functools.lru_cache
    def times(n):
        return list(repeat(1.0, n))

    def center(X):
        return X - np.dot(times(len(X)), X) / len(X), {"X": X.copy()}

    def restore(X_centered, cache):
        return X_centered + cache["X"].mean(0)

    return center, restore
