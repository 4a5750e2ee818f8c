"""Exercise 3.1: Linear, Sigmoid and Tanh."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw07_forward import activations
from autograder.exercises.hw07_forward.networks import TOLERANCE
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import activations as reference

_NAMES = ("Linear", "Sigmoid", "Tanh")


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for name in _NAMES:
        yield activations.case(name, activations.away_from_0(rng, 4, 3))
        yield activations.case(name, activations.away_from_0(rng, 3, 3))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    for name in _NAMES:
        yield from activations.shapes(name, rng)
        yield activations.case(name, np.zeros((1, 2)), "at 0")
    far = np.array([[-1000.0, 1000.0], [800.0, -900.0]])
    for name in ("Sigmoid", "Tanh"):
        yield activations.case(name, far, "far from 0")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    for name in _NAMES:
        yield activations.case(name, np.array([2.0]))
        yield activations.case(name, np.array([-1.0, 0.5]))
        yield activations.case(name, np.array([[0.0, -1.0], [0.5, 2.0]]))
        yield activations.case(name, np.array([1, -2]))
        yield activations.case(name, np.array([[-1000.0, 1000.0]]))


exercise = Exercise(
    homework="hw07_forward",
    number="3.1",
    reference=reference.Linear,
    together=(reference.Sigmoid, reference.Tanh),
    returns=("`f(z)`", "`df(z)`"),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=activations.observe,
    tolerance=TOLERANCE,
    equivalent_mutants={
        "z.copy() -> z": ("the identity may give back what it got"),
    },
)


@exercise.mistake
def sigmoid_without_the_minus():
    """Your `Sigmoid` falls: the exponent is -z, 1 / (1 + e^(-z))."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, z)))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)))

    class Tanh:
        f = staticmethod(np.tanh)
        df = staticmethod(lambda z: 1 - np.tanh(z) ** 2)

    return Linear, Sigmoid, Tanh


@exercise.mistake
def sigmoid_slope_of_z():
    """Your `Sigmoid.df` computes z (1 - z): the argument is z, not the output, so take `s =
    Sigmoid.f(z)` first, then s (1 - s)."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))
        df = staticmethod(lambda z: z * (1 - z))

    class Tanh:
        f = staticmethod(np.tanh)
        df = staticmethod(lambda z: 1 - np.tanh(z) ** 2)

    return Linear, Sigmoid, Tanh


@exercise.mistake
def sigmoid_slope_with_a_minus():
    """Your `Sigmoid.df` has the wrong sign: the sigmoid rises everywhere."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))
        df = staticmethod(lambda z: -np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)))

    class Tanh:
        f = staticmethod(np.tanh)
        df = staticmethod(lambda z: 1 - np.tanh(z) ** 2)

    return Linear, Sigmoid, Tanh


@exercise.mistake
def sigmoid_slope_is_the_sigmoid():
    """Your `Sigmoid.df` returns the sigmoid itself: its slope is s (1 - s), with s the sigmoid of
    z."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    class Tanh:
        f = staticmethod(np.tanh)
        df = staticmethod(lambda z: 1 - np.tanh(z) ** 2)

    return Linear, Sigmoid, Tanh


@exercise.mistake
def tanh_slope_of_z():
    """Your `Tanh.df` computes 1 - z ** 2: the argument is z, not the output, so take the tanh of it
    first."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)))

    class Tanh:
        f = staticmethod(np.tanh)
        df = staticmethod(lambda z: 1 - np.square(z))

    return Linear, Sigmoid, Tanh


@exercise.mistake
def tanh_slope_without_the_square():
    """Your `Tanh.df` lacks the square: it is 1 - tanh(z) ** 2."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)))

    class Tanh:
        f = staticmethod(np.tanh)
        df = staticmethod(lambda z: 1 - np.tanh(z))

    return Linear, Sigmoid, Tanh


@exercise.mistake
def tanh_slope_of_the_sigmoid():
    """Your `Tanh.df` is t (1 - t), the rule of the sigmoid: for tanh it is 1 - t ** 2."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)))

    class Tanh:
        f = staticmethod(np.tanh)
        df = staticmethod(lambda z: np.tanh(z) * (1 - np.tanh(z)))

    return Linear, Sigmoid, Tanh


@exercise.mistake
def tanh_of_half():
    """Your `Tanh.f` is 2 σ(z) - 1: it is 2 σ(2z) - 1, or `np.tanh(z)`."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)))

    class Tanh:
        f = staticmethod(lambda z: np.tanh(z / 2))
        df = staticmethod(lambda z: 1 - np.tanh(z) ** 2)

    return Linear, Sigmoid, Tanh


@exercise.mistake
def linear_slope_is_z():
    """Your `Linear.df` returns z: the slope of the identity is 1 everywhere."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: z + 0.0)

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)))

    class Tanh:
        f = staticmethod(np.tanh)
        df = staticmethod(lambda z: 1 - np.tanh(z) ** 2)

    return Linear, Sigmoid, Tanh


@exercise.mistake
def linear_slope_of_zeros():
    """Your `Linear.df` returns zeros: the slope of the identity is 1 everywhere."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.zeros(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)))

    class Tanh:
        f = staticmethod(np.tanh)
        df = staticmethod(lambda z: 1 - np.tanh(z) ** 2)

    return Linear, Sigmoid, Tanh


@exercise.mistake
def linear_slope_is_one_number():
    """Your `Linear.df` returns the number 1: an array of ones is wanted, of the shape of z."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: 1.0)

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)))

    class Tanh:
        f = staticmethod(np.tanh)
        df = staticmethod(lambda z: 1 - np.tanh(z) ** 2)

    return Linear, Sigmoid, Tanh


@exercise.mistake
def linear_slope_is_flat():
    """Your `Linear.df` returns a flat array of ones: it has the shape of z, whatever that is
    (`np.ones_like`)."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(len(z)))

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)))

    class Tanh:
        f = staticmethod(np.tanh)
        df = staticmethod(lambda z: 1 - np.tanh(z) ** 2)

    return Linear, Sigmoid, Tanh


@exercise.mistake
def sigmoid_overflows():
    """Far from 0 the exponential of your `Sigmoid` overflows: use e^(-|z|), or another formula for
    z < 0."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: 1 / (1 + np.exp(-z)))
        df = staticmethod(lambda z: 1 / (1 + np.exp(-z)) * (1 - 1 / (1 + np.exp(-z))))

    class Tanh:
        f = staticmethod(np.tanh)
        df = staticmethod(lambda z: 1 - np.tanh(z) ** 2)

    return Linear, Sigmoid, Tanh


@exercise.mistake
def tanh_from_exponentials():
    """Far from 0 your `Tanh` is inf / inf: `np.tanh` is safe."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)))

    class Tanh:
        f = staticmethod(lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)))
        df = staticmethod(lambda z: 1 - np.tanh(z) ** 2)

    return Linear, Sigmoid, Tanh


@exercise.mistake
def tanh_has_no_slope():
    """Your `Tanh` has no `df`: each class holds the function and its derivative."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)))

    class Tanh:
        f = staticmethod(np.tanh)

    return Linear, Sigmoid, Tanh


@exercise.mistake
def sigmoid_truncated():
    """Where z holds integers your `Sigmoid.f` is cut to integers: an array made by
    `np.zeros_like(z)` can't hold fractions."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: (np.exp(-np.logaddexp(0, -z))).astype(z.dtype))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)))

    class Tanh:
        f = staticmethod(np.tanh)
        df = staticmethod(lambda z: 1 - np.tanh(z) ** 2)

    return Linear, Sigmoid, Tanh


@exercise.mistake
def tanh_changes_z():
    """Your `Tanh.f` changes the caller's z (`z *= 2`): work on a new array."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)))

    class Tanh:
        @staticmethod
        def f(z):
            result = np.tanh(z)
            z *= 2
            z //= 1
            return result

        @staticmethod
        def df(z):
            return 1 - np.tanh(z / 2) ** 2

    return Linear, Sigmoid, Tanh


@exercise.mistake
def sigmoid_of_the_size():
    """Your `Sigmoid.f` is 1 / (1 + e^(-|z|)) everywhere, never below 0.5: for z < 0 it is
    e^(-|z|) / (1 + e^(-|z|))."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: 1 / (1 + np.exp(-np.abs(z))))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)))

    class Tanh:
        f = staticmethod(np.tanh)
        df = staticmethod(lambda z: 1 - np.tanh(z) ** 2)

    return Linear, Sigmoid, Tanh


@exercise.mistake
def sigmoid_slope_without_the_sigmoid():
    """Your `Sigmoid.df` is 1 - s: its slope is s (1 - s), with s the sigmoid of z."""

    class Linear:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.ones(np.shape(z)))

    class Sigmoid:
        f = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, z)))

    class Tanh:
        f = staticmethod(np.tanh)
        df = staticmethod(lambda z: 1 - np.tanh(z) ** 2)

    return Linear, Sigmoid, Tanh


@exercise.variant
def static_methods():
    """As the lecture writes them."""

    class Linear:
        @staticmethod
        def f(z):
            return z

        @staticmethod
        def df(z):
            return np.ones_like(z, dtype=float)

    class Sigmoid:
        @staticmethod
        def f(z):
            e = np.exp(-np.abs(z))
            return np.where(z >= 0, 1 / (1 + e), e / (1 + e))

        @staticmethod
        def df(z):
            s = Sigmoid.f(z)
            return s * (1 - s)

    class Tanh:
        @staticmethod
        def f(z):
            return np.tanh(z)

        @staticmethod
        def df(z):
            return 1 - Tanh.f(z) ** 2

    return Linear, Sigmoid, Tanh


@exercise.variant
def methods_of_instances():
    """Classes whose instances work; a list of rows in between."""

    class Linear:
        def f(self, z):
            return np.array(z, dtype=float)

        def df(self, z):
            return np.full(z.shape, 1.0)

    class Sigmoid:
        def f(self, z):
            return 0.5 * (1 + np.tanh(z / 2))

        def df(self, z):
            return self.f(z) * self.f(-z)

    class Tanh:
        def __init__(self):
            self.half = Sigmoid()

        def f(self, z):
            return 2 * self.half.f(2 * z) - 1

        def df(self, z):
            return 4 * self.half.df(2 * z)

    return Linear, Sigmoid, Tanh


@exercise.variant
def with_scipy():
    """SciPy's sigmoid, one base class, single precision."""
    from scipy.special import expit

    class Activation:
        slope = None

        @classmethod
        def df(cls, z):
            return cls.slope(z)

    class Linear(Activation):
        f = staticmethod(lambda z: 1 * z)
        slope = staticmethod(lambda z: z * 0 + 1)

    class Sigmoid(Activation):
        f = staticmethod(expit)
        slope = staticmethod(lambda z: expit(z) * (1 - expit(z)))

    class Tanh(Activation):
        f = staticmethod(lambda z: np.tanh(z.astype(np.float32)))
        slope = staticmethod(lambda z: 1 / np.cosh(np.clip(z, -300, 300)) ** 2)

    return Linear, Sigmoid, Tanh


@exercise.variant
def masks():
    """The sigmoid by masks."""

    class Linear:
        @staticmethod
        def f(z):
            return np.copy(z)

        @staticmethod
        def df(z):
            return np.ones(z.shape)

    class Sigmoid:
        @staticmethod
        def f(z):
            z = np.asarray(z, dtype=float)
            s = np.empty_like(z)
            right = z >= 0
            s[right] = 1 / (1 + np.exp(-z[right]))
            e = np.exp(z[~right])
            s[~right] = e / (1 + e)
            return s

        @staticmethod
        def df(z):
            s = Sigmoid.f(z)
            return s - s**2

    class Tanh:
        @staticmethod
        def f(z):
            return np.vectorize(np.tanh, otypes=[float])(z)

        @staticmethod
        def df(z):
            t = np.tanh(z)
            return (1 - t) * (1 + t)

    return Linear, Sigmoid, Tanh
