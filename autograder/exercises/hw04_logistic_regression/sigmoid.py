"""Exercise 1.1: the sigmoid."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import logistic_regression as reference


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for shape in [(7,), (6, 1), (3, 4)]:
        yield Case((inputs.array(*shape, scale=2.5),))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    large = rng.uniform(800, 1200, (3, 1))
    yield Case((large,), about="at scores of about 1000")
    yield Case((-large,), about="at scores of about -1000")
    z = Inputs(rng).array(2, 2, 3)
    z[0, 0, 0], z[1, 0, 1] = -large[0, 0], large[0, 0]
    yield Case((z,), about="with three axes")
    yield Case((float(rng.uniform(-3, -1)),), about="with a single number instead of an array")
    yield Case((rng.permutation(np.arange(-3, 4)),), about="with integers")
    yield Case(kwargs={"z": Inputs(rng).array(3)}, about="when it is called by argument name")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    for z in (0.0, 1.0, -2.0):
        yield Case((np.array([z]),))
    yield Case((np.array([[1.0, -1.0], [0.5, -3.0]]),))
    yield Case((np.array([-1000.0]),))
    yield Case((np.array([1000.0]),))
    yield Case((np.array([-2, 0, 1]),))
    yield Case((0.5,))
    yield Case(kwargs={"z": np.array([1.0])})


exercise = Exercise(
    homework="hw04_logistic_regression",
    number="1.1",
    reference=reference.sigmoid,
    returns=("the result",),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    equivalent_mutants={
        "z = np.asarray(z, dtype=np.float64) -> pass": (
            "NumPy's functions take numbers and arrays of integers as well"
        ),
        "np.asarray(z, dtype=np.float64) -> z": (
            "NumPy's functions take numbers and arrays of integers as well"
        ),
        "np.asarray(z, dtype=np.float64) -> np.asarray(z)": (
            "the exponential of an integer is a float"
        ),
        "z < 0 -> z <= 0": "at 0 the exponential is 1, so both cases give one half",
    },
)


@exercise.mistake
def sign_flipped(z):
    """This is σ(-z), which falls where the sigmoid rises: the exponent is `-z`."""
    return np.exp(-np.maximum(z, 0)) / (1 + np.exp(-np.abs(z)))


@exercise.mistake
def overflow(z):
    """`np.exp(-z)` overflows at scores of about -1000: compute with `np.exp(-np.abs(z))`, which
    never does, and treat z < 0 as a case of its own."""
    return 1 / (1 + np.exp(-z))


@exercise.mistake
def infinity_over_infinity(z):
    """`np.exp(z)` overflows at scores of about 1000, and infinity over infinity is nan: for z ≥ 0
    use 1 / (1 + exp(-z))."""
    return np.exp(z) / (1 + np.exp(z))


@exercise.mistake
def both_branches_computed(z):
    """`np.where` computes both of its branches for every entry and then chooses, so the branch that
    is not used overflows: put `np.exp(-np.abs(z))` into both."""
    return np.where(np.greater_equal(z, 0), 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


@exercise.mistake
def minus_in_the_denominator(z):
    """The denominator is 1 **plus** the exponential: with a minus it is 0 at z = 0."""
    with np.errstate(all="ignore"):
        return 1 / (1 - np.exp(-z))


@exercise.mistake
def parentheses_missing(z):
    """Parentheses are missing: `1 / 1 + np.exp(-z)` divides before it adds."""
    with np.errstate(over="ignore"):
        return 1 / 1 + np.exp(-z)


@exercise.mistake
def tanh(z):
    """This is tanh, which lies between -1 and 1: the sigmoid lies between 0 and 1."""
    return np.tanh(z)


@exercise.mistake
def tanh_of_z(z):
    """This is σ(2z): if you write the sigmoid with tanh, its argument is z / 2."""
    return (np.tanh(z) + 1) / 2


@exercise.mistake
def step(z):
    """You return only 0 and 1: the sigmoid lies strictly between them, σ(1) is 0.7311."""
    return np.where(np.greater_equal(z, 0), 1.0, 0.0)


@exercise.mistake
def derivative(z):
    """You return the derivative σ(z)(1 - σ(z)): return σ(z) itself."""
    s = 1 / (1 + np.exp(-np.clip(z, -500, 500)))
    return s * (1 - s)


@exercise.mistake
def math_exp(z):
    """`math.exp` takes a single number: `np.exp` takes arrays."""
    import math

    return 1 / (1 + math.exp(-z))


@exercise.mistake
def clipped_too_early(z):
    """You clip the scores at ±10, where the sigmoid still differs from 0 and 1 by 0.00005: scores
    up to ±700 can be kept."""
    return 1 / (1 + np.exp(-np.clip(z, -10, 10)))


@exercise.mistake
def flattened(z):
    """Your result is flat: it has the shape of `z`."""
    return 1 / (1 + np.exp(-np.clip(np.ravel(z), -500, 500)))


@exercise.mistake
def truncated_to_integers(z):
    """Where z holds integers your result is cut to integers: make it an array of floats
    (`np.zeros_like` copies the type as well)."""
    z = np.asarray(z)
    result = np.zeros_like(z)
    right = z >= 0
    result[right] = 1 / (1 + np.exp(-z[right]))
    result[~right] = np.exp(z[~right]) / (1 + np.exp(z[~right]))
    return result


@exercise.mistake
def arrays_only(z):
    """Your function fails for a single number: `np.asarray(z)` turns it into an array."""
    result = np.zeros(z.shape)
    right = z >= 0
    result[right] = 1 / (1 + np.exp(-z[right]))
    result[~right] = np.exp(z[~right]) / (1 + np.exp(z[~right]))
    return result


@exercise.mistake
def number_made_an_array(z):
    """For a single number you return an array of shape (1,): `np.asarray` keeps it a number, where
    `np.atleast_1d` does not."""
    e = np.exp(-np.abs(np.atleast_1d(z)))
    return np.where(np.atleast_1d(z) >= 0, 1 / (1 + e), e / (1 + e))


@exercise.mistake
def clipped_in_place(z):
    """You write into the caller's `z` where it is very negative: work on a copy (`np.maximum`)."""
    z = np.asarray(z)
    z[z < -500] = -500
    return 1 / (1 + np.exp(-z))


@exercise.variant
def by_tanh(z):
    """The sigmoid is a tanh, shifted and rescaled."""
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


@exercise.variant
def scipy_expit(z):
    """SciPy's function."""
    from scipy.special import expit

    return expit(z)


@exercise.variant
def clipped(z):
    """Clipped where nothing changes any more."""
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


@exercise.variant
def by_logarithm(z):
    """The exponential of the logarithm."""
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))


@exercise.variant
def masks(z):
    """Two masks."""
    z = np.array(z, dtype=float)
    result = np.empty(z.shape)
    negative = z < 0
    result[~negative] = 1 / (1 + np.exp(-z[~negative]))
    e = np.exp(z[negative])
    result[negative] = e / (1 + e)
    return result


@exercise.variant
def one_at_a_time(z):
    """A function of one number, vectorized."""
    import math

    def of_one(t):
        if t >= 0:
            return 1 / (1 + math.exp(-t))
        return math.exp(t) / (1 + math.exp(t))

    return np.vectorize(of_one, otypes=[float])(z)


@exercise.variant
def warning_silenced(z):
    """An overflow that is harmless, and silenced where it happens."""
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-np.asarray(z)))


@exercise.variant
def single_precision(z):
    """Computed in float32."""
    z = np.asarray(z, dtype=np.float32)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))
