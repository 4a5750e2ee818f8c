"""Exercise 3.2: ReLU, LeakyReLU and Softplus."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw07_forward import activations
from autograder.exercises.hw07_forward.networks import TOLERANCE
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import activations as reference

_NAMES = ("ReLU", "LeakyReLU", "Softplus")


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for name in _NAMES:
        yield activations.case(name, activations.away_from_0(rng, 4, 3))
        yield activations.case(name, activations.away_from_0(rng, 3, 3))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    for name in _NAMES:
        yield from activations.shapes(name, rng)
        far = np.array([[-1000.0, 1000.0], [800.0, -900.0]])
        yield activations.case(name, far, "far from 0")
    # On the kink of LeakyReLU any slope from 0.01 to 1 is right.
    yield activations.case("ReLU", np.array([[0.0, -1.0, 2.0]]), "at 0")
    yield activations.case("Softplus", np.zeros((1, 2)), "at 0")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    for name in _NAMES:
        yield activations.case(name, np.array([2.0]))
        yield activations.case(name, np.array([-1.0, 0.5]))
        yield activations.case(name, np.array([[1.0, -1.0], [0.5, 2.0]]))
        yield activations.case(name, np.array([1, -2]))
        yield activations.case(name, np.array([[-1000.0, 1000.0]]))
    yield activations.case("ReLU", np.array([0.0]))


exercise = Exercise(
    homework="hw07_forward",
    number="3.2",
    reference=reference.ReLU,
    together=(reference.LeakyReLU, reference.Softplus),
    returns=("`f(z)`", "`df(z)`"),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=activations.observe,
    tolerance=TOLERANCE,
    equivalent_mutants={
        "np.maximum(0.0, z) -> np.maximum(z, 0.0)": (
            "the larger one of two is the same in any order"
        ),
        "LeakyReLU: z > 0 -> z >= 0": (
            "on the kink of LeakyReLU the slope is not graded, and the value is 0 from both sides"
        ),
        "LeakyReLU: z > 0 -> z >= 0 (2)": (
            "on the kink of LeakyReLU the slope is not graded, and the value is 0 from both sides"
        ),
        "Softplus: np.logaddexp(0.0, z) -> np.logaddexp(z, 0.0)": (
            "a sum is the same in any order"
        ),
    },
)


@exercise.mistake
def relu_of_the_other_side():
    """Your `ReLU.f` keeps what is below 0: it is the larger one of 0 and z."""

    class ReLU:
        f = staticmethod(lambda z: np.minimum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def relu_of_the_size():
    """Your `ReLU.f` is |z|: below 0 it is 0."""

    class ReLU:
        f = staticmethod(lambda z: np.abs(z) + 0.0)
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def relu_slope_is_relu():
    """Your `ReLU.df` returns the ReLU itself: its slope is 1 where z > 0, else 0."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.maximum(0.0, z))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def relu_slope_is_the_sign():
    """Your `ReLU.df` is -1 on the left: the function is flat there, so its slope is 0."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.sign(z) + 0.0)

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def relu_slope_1_at_0():
    """At z = 0 your `ReLU.df` is 1: we take 0 there, so 1 only where z > 0."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z >= 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def relu_slope_one_half_at_0():
    """At z = 0 your `ReLU.df` is 0.5: we take 0 there."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.heaviside(z, 0.5))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def relu_slope_of_truth_values():
    """Your `ReLU.df` returns truth values: turn them into numbers, `.astype(float)`."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: z > 0)

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def leak_of_a_tenth():
    """Your leak is 0.1: it is 0.01."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.1 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.1))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def leak_without_slope():
    """Your `LeakyReLU.df` is 0 on the left: there its slope is 0.01."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def leak_upward():
    """Your `LeakyReLU.f` is positive on the left: there it is 0.01 z, below 0."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, -0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def leak_is_constant():
    """Your `LeakyReLU.f` is the number 0.01 on the left: there it is 0.01 times z."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def leak_slope_times_z():
    """Your `LeakyReLU.df` is 0.01 z on the left: the slope is the number 0.01."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01 * z))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def softplus_overflows():
    """Far to the right the exponential of your `Softplus.f` overflows: max(0, z) + log(1 +
    e^(-|z|)) is the same and safe."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.log(1 + np.exp(z)))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def softplus_clipped():
    """Your `Softplus.f` stops growing, since z is clipped: max(0, z) + log(1 + e^(-|z|)) is safe
    without."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.log(1 + np.exp(np.clip(z, -500, 500))))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def softplus_without_the_1():
    """Your `Softplus.f` lacks the 1 inside the log, which leaves z: log(1 + e^z)."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: z + 0.0)
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def softplus_slope_is_the_exponential():
    """Your `Softplus.df` is e^z: by the chain rule it is e^z / (1 + e^z), the sigmoid."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(np.minimum(z, 700)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def softplus_slope_falls():
    """Your `Softplus.df` is σ(-z): the slope of softplus is σ(z), it grows from 0 to 1."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def softplus_slope_overflows():
    """Far to the left the exponential of your `Softplus.df` overflows: use the safe form of the
    sigmoid."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: 1 / (1 + np.exp(-z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def if_for_arrays():
    """Your `ReLU.f` asks `if z > 0` about a whole array: choose entry by entry, with `np.maximum`
    or `np.where`."""

    class ReLU:
        f = staticmethod(lambda z: z if z > 0 else 0.0)
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def leak_truncated():
    """Where z holds integers your `LeakyReLU.f` is cut to integers: an array made by `z.copy()` or
    `np.zeros_like(z)` can't hold fractions."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z).astype(z.dtype))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def relu_changes_z():
    """Your `ReLU.f` changes the caller's z (`z[z < 0] = 0`): work on a new array."""

    class ReLU:
        @staticmethod
        def f(z):
            z[z < 0] = 0
            return z.copy()

        @staticmethod
        def df(z):
            return np.where(z > 0, 1.0, 0.0)

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def leak_of_a_tenth_in_the_function():
    """Your `LeakyReLU.f` leaks 0.1 z: it is 0.01 z."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.1 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def leak_slope_negative():
    """Your `LeakyReLU.df` is -0.01 on the left: the function rises there as well, with the slope
    0.01."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, -0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def softplus_to_base_10():
    """Your `Softplus.f` takes the log to the base 10: the natural one is `np.log`."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z) / np.log(10))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def softplus_log_term_to_base_10():
    """Your `Softplus.f` takes the log to the base 10: the natural one is `np.log`."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.maximum(0, z) + np.log10(1 + np.exp(-np.abs(z))))
        df = staticmethod(lambda z: np.exp(-np.logaddexp(0, -z)))

    return ReLU, LeakyReLU, Softplus


@exercise.mistake
def softplus_slope_is_a_quotient():
    """Far to the right your `Softplus.df` is inf / inf: use the safe form of the sigmoid."""

    class ReLU:
        f = staticmethod(lambda z: np.maximum(0.0, z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.0))

    class LeakyReLU:
        f = staticmethod(lambda z: np.where(z > 0, z, 0.01 * z))
        df = staticmethod(lambda z: np.where(z > 0, 1.0, 0.01))

    class Softplus:
        f = staticmethod(lambda z: np.logaddexp(0, z))
        df = staticmethod(lambda z: np.exp(z) / (1 + np.exp(z)))

    return ReLU, LeakyReLU, Softplus


@exercise.variant
def static_methods():
    """As the lecture writes them."""

    class ReLU:
        @staticmethod
        def f(z):
            return np.maximum(0, z)

        @staticmethod
        def df(z):
            return (z > 0).astype(float)

    class LeakyReLU:
        @staticmethod
        def f(z):
            return np.maximum(0.01 * z, z)

        @staticmethod
        def df(z):
            return np.where(z < 0, 0.01, 1)

    class Softplus:
        @staticmethod
        def f(z):
            return np.maximum(0, z) + np.log(1 + np.exp(-np.abs(z)))

        @staticmethod
        def df(z):
            e = np.exp(-np.abs(z))
            return np.where(z >= 0, 1, e) / (1 + e)

    return ReLU, LeakyReLU, Softplus


@exercise.variant
def methods_of_instances():
    """Classes whose instances work."""

    class ReLU:
        def f(self, z):
            return z * (z > 0)

        def df(self, z):
            return 1.0 * (z > 0)

    class LeakyReLU:
        def __init__(self, leak=0.01):
            self.leak = leak

        def f(self, z):
            return z * self.df(z)

        def df(self, z):
            return np.where(z > 0, 1.0, self.leak)

    class Softplus:
        def f(self, z):
            return np.logaddexp(0, z)

        def df(self, z):
            return 0.5 + 0.5 * np.tanh(z / 2)

    return ReLU, LeakyReLU, Softplus


@exercise.variant
def on_copies():
    """Masks on copies, and classes that use each other."""

    class ReLU:
        @staticmethod
        def f(z):
            a = z.copy()
            a[a < 0] = 0
            return a

        @staticmethod
        def df(z):
            slope = np.zeros(z.shape)
            slope[z > 0] = 1
            return slope

    class LeakyReLU:
        @staticmethod
        def f(z):
            return ReLU.f(z) - 0.01 * ReLU.f(-z)

        @staticmethod
        def df(z):
            return 0.01 + 0.99 * ReLU.df(z)

    class Softplus:
        @staticmethod
        def f(z):
            return ReLU.f(z) + np.log1p(np.exp(-abs(z)))

        @staticmethod
        def df(z):
            return np.exp(z - Softplus.f(z))

    return ReLU, LeakyReLU, Softplus


@exercise.variant
def entry_by_entry():
    """Loops over all entries, in single precision where the numbers are small."""

    def each(function, z):
        return np.array([function(float(t)) for t in z.ravel()]).reshape(z.shape)

    class ReLU:
        @staticmethod
        def f(z):
            return each(lambda t: t if t > 0 else 0.0, z)

        @staticmethod
        def df(z):
            return each(lambda t: 1 if t > 0 else 0, z)

    class LeakyReLU:
        @staticmethod
        def f(z):
            return np.where(z > 0, z, z / 100).astype(np.float32)

        @staticmethod
        def df(z):
            return each(lambda t: 1 if t >= 0 else 0.01, z)

    class Softplus:
        @staticmethod
        def f(z):
            return each(lambda t: t + np.log1p(np.exp(-t)) if t > 0 else np.log1p(np.exp(t)), z)

        @staticmethod
        def df(z):
            return each(lambda t: 1 / (1 + np.exp(-t)) if t > 0 else 1 - 1 / (1 + np.exp(t)), z)

    return ReLU, LeakyReLU, Softplus
