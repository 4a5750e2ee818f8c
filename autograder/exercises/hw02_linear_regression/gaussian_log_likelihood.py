"""Exercise 4.1: the log-likelihood of targets with normal noise."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import linear_regression as reference


def _case(inputs: Inputs, m: int, K: int, sigma: float, about: str = "") -> Case:
    return Case((inputs.array(m, K), inputs.array(m, K), sigma), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, K in [(5, 2), (4, 1), (6, 3), (12, 1)]:
        yield _case(inputs, m, K, float(rng.uniform(1.3, 3.0)))
    yield _case(inputs, 5, 2, float(rng.uniform(0.3, 0.7)))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    many = "with thousands of samples, where the product of their densities is rounded to 0"
    yield _case(inputs, 4000, 1, 1.5, about=many)
    far = "when a target lies 50 sigma from its prediction, where its density is rounded to 0"
    yield Case((np.array([[0.0], [50.0]]), inputs.array(2, 1), 1.0), about=far)
    yield _case(inputs, 1, 1, 0.8, about="with one sample and one output")
    yield _case(inputs, 3, 2, 2, about="when sigma is an integer")
    Y_hat, Y = rng.integers(-3, 4, (4, 1)), rng.integers(-3, 4, (4, 1))
    yield Case((Y_hat, Y, 1.7), about="with integer arrays")
    named = {"Y_hat": inputs.array(3, 1), "Y": inputs.array(3, 1), "sigma": 0.6}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    yield Case((np.array([[0.0]]), np.array([[1.0]]), 1.0))
    yield Case((np.array([[0.0]]), np.array([[1.0]]), 2.0))
    yield Case((np.array([[0.0], [2.0]]), np.array([[1.0], [2.0]]), 0.5))
    yield Case((np.array([[0.0, 1.0]]), np.array([[1.0, 3.0]]), 2.0))
    for m, K in [(2, 2), (3, 2)]:
        yield _case(inputs, m, K, 1.5)
    yield Case((np.array([[0.0]]), np.array([[50.0]]), 1.0))
    yield Case((np.zeros((2000, 1)), np.ones((2000, 1)), 1.0))
    yield Case((np.array([[0]]), np.array([[1]]), 2))
    yield Case(kwargs={"Y_hat": np.array([[0.0]]), "Y": np.array([[1.0]]), "sigma": 2.0})


exercise = Exercise(
    homework="hw02_linear_regression",
    number="4.1",
    reference=reference.gaussian_log_likelihood,
    returns=("the log-likelihood",),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    equivalent_mutants={
        "float(-0.5 * np.square(z).sum() - Y.size * np.log(sigma * np.sqrt(2 * np.pi))) -> "
        "-0.5 * np.square(z).sum() - Y.size * np.log(sigma * np.sqrt(2 * np.pi))": (
            "the sum of an array is an `np.float64` already, which the contract takes for a float"
        ),
    },
)


@exercise.mistake
def normalization_missing(Y_hat, Y, sigma):
    """The normalization is missing: every value adds `-log(sigma * sqrt(2 * pi))`."""
    return -0.5 * np.square((Y - Y_hat) / sigma).sum()


@exercise.mistake
def normalization_once(Y_hat, Y, sigma):
    """You add the normalization once: it belongs to every value, m times K in all."""
    return -0.5 * np.square((Y - Y_hat) / sigma).sum() - np.log(sigma * np.sqrt(2 * np.pi))


@exercise.mistake
def normalization_for_each_sample(Y_hat, Y, sigma):
    """You add the normalization once for each sample: each of the K outputs has its own."""
    z = (Y - Y_hat) / sigma
    return -0.5 * np.square(z).sum() - len(Y) * np.log(sigma * np.sqrt(2 * np.pi))


@exercise.mistake
def sigma_not_squared(Y_hat, Y, sigma):
    """In the exponent you divide by sigma: divide by sigma squared."""
    n = Y.size
    return -0.5 * np.square(Y - Y_hat).sum() / sigma - n * np.log(sigma * np.sqrt(2 * np.pi))


@exercise.mistake
def sigma_missing_in_normalization(Y_hat, Y, sigma):
    """The normalization lacks sigma: it is `-log(sigma * sqrt(2 * pi))` for every value."""
    return -0.5 * np.square((Y - Y_hat) / sigma).sum() - Y.size * np.log(np.sqrt(2 * np.pi))


@exercise.mistake
def variance_in_normalization(Y_hat, Y, sigma):
    """The normalization has sigma squared under its log: compare it with the density."""
    z = (Y - Y_hat) / sigma
    return -0.5 * np.square(z).sum() - Y.size * np.log(sigma**2 * np.sqrt(2 * np.pi))


@exercise.mistake
def half_missing(Y_hat, Y, sigma):
    """The factor one half in the exponent is missing."""
    n = Y.size
    return -np.square((Y - Y_hat) / sigma).sum() - n * np.log(sigma * np.sqrt(2 * np.pi))


@exercise.mistake
def sign_flipped(Y_hat, Y, sigma):
    """Your result has the wrong sign: it is the negative log-likelihood."""
    n = Y.size
    return 0.5 * np.square((Y - Y_hat) / sigma).sum() + n * np.log(sigma * np.sqrt(2 * np.pi))


@exercise.mistake
def averaged(Y_hat, Y, sigma):
    """You average over the samples: a log-likelihood is a sum."""
    z = (Y - Y_hat) / sigma
    total = -0.5 * np.square(z).sum() - Y.size * np.log(sigma * np.sqrt(2 * np.pi))
    return total / len(Y)


@exercise.mistake
def likelihood_without_log(Y_hat, Y, sigma):
    """This is the likelihood itself: take its logarithm."""
    z = (Y - Y_hat) / sigma
    return np.prod(np.exp(-0.5 * z**2) / (sigma * np.sqrt(2 * np.pi)))


@exercise.mistake
def log_of_the_product(Y_hat, Y, sigma):
    """You multiply the densities and take the log of the product, which shrinks to zero when there
    are many samples: add the logs instead."""
    z = (Y - Y_hat) / sigma
    return np.log(np.prod(np.exp(-0.5 * z**2) / (sigma * np.sqrt(2 * np.pi))))


@exercise.mistake
def log_of_each_density(Y_hat, Y, sigma):
    """You take the log of each density, but far from its prediction the density is rounded to zero:
    simplify `log(exp(…))` by hand."""
    z = (Y - Y_hat) / sigma
    return np.log(np.exp(-0.5 * z**2) / (sigma * np.sqrt(2 * np.pi))).sum()


@exercise.mistake
def log_to_base_ten(Y_hat, Y, sigma):
    """The logarithm of the normalization is to base 10: the natural one is meant, `np.log`."""
    n = Y.size
    return -0.5 * np.square((Y - Y_hat) / sigma).sum() - n * np.log10(sigma * np.sqrt(2 * np.pi))


@exercise.variant
def loops(Y_hat, Y, sigma):
    """One log-density after the other."""
    total = 0.0
    for i in range(Y.shape[0]):
        for k in range(Y.shape[1]):
            z = (Y[i, k] - Y_hat[i, k]) / sigma
            total += -0.5 * z * z - np.log(sigma) - 0.5 * np.log(2 * np.pi)
    return total


@exercise.variant
def variance_form(Y_hat, Y, sigma):
    """Written with the variance."""
    variance = sigma**2
    squares = np.sum((Y_hat - Y) ** 2)
    return float(-squares / (2 * variance) - 0.5 * Y.size * np.log(2 * np.pi * variance))


@exercise.variant
def through_half_mse(Y_hat, Y, sigma):
    """The half-MSE, scaled and shifted: the identity of the lecture."""
    m, K = Y.shape
    J = np.square(Y_hat - Y).sum() / (2 * m)
    return -m * J / sigma**2 - m * K * (np.log(sigma) + np.log(2 * np.pi) / 2)


@exercise.variant
def array_of_log_densities(Y_hat, Y, sigma):
    """An array of log-densities, then a sum."""
    log_density = -((Y - Y_hat) ** 2) / (2 * sigma**2) - np.log(np.sqrt(2 * np.pi) * sigma)
    return log_density.sum()
