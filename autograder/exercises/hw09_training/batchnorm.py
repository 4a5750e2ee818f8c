"""Exercise 3.3: batch normalization, forward and backward."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.compare import described
from autograder.exercises.hw09_training.start import TOLERANCE
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.exercises.refused import Refused
from autograder.reference import training as reference

_NAMED = "by names"
_BETWEEN = "another batch comes between"


def _case(inputs: Inputs, m: int, h: int, eps: float = 1e-3, **more: Any) -> Case:
    given = {
        "Z": 2 * inputs.array(m, h) + inputs.array(h),
        "gamma": inputs.array(h) + 2,
        "beta": inputs.array(h),
        "eps": eps,
        "dout": inputs.array(m, h),
    }
    return _of(given, **more)


def _of(given: dict[str, Any], **more: Any) -> Case:
    call = "out, cache = batchnorm_forward(Z, gamma, beta, eps)\nbatchnorm_backward(dout, cache)"
    return Case(kwargs=given, written=call, **more)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, h, eps in [(6, 3, 0.1), (4, 4, 0.01), (9, 2, 1e-5)]:
        yield _case(inputs, m, h, eps)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, 1, 3, 0.5, about="with a single sample (m = 1)")
    yield _case(inputs, 5, 1, 0.1, about="with a single unit (h = 1)")
    case = _case(inputs, 5, 2, 1e-3, about="when a unit has the same value for all samples")
    case.kwargs["Z"][:, 0] = 3.0
    yield case
    case = _case(inputs, 6, 2, 1e-3, about="when the values lie around 1000")
    case.kwargs["Z"][:] += 1000.0
    yield case
    given = {
        "Z": rng.integers(-9, 10, (6, 3)),
        "gamma": rng.integers(1, 5, 3),
        "beta": rng.integers(-4, 5, 3),
        "eps": 1,
        "dout": rng.integers(-4, 5, (6, 3)),
    }
    given["Z"][0, :] = 10
    yield _of(given, about="with integer arrays")
    about = "when another batch goes forward in between"
    yield _case(inputs, 5, 3, about=about, extra=_BETWEEN)
    about = "when it is called by argument names"
    yield _case(inputs, 5, 3, about=about, extra=_NAMED)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    one = {
        "Z": np.array([[1.0], [3.0]]),
        "gamma": np.array([10.0]),
        "beta": np.array([5.0]),
        "eps": 3.0,
        "dout": np.array([[1.0], [0.0]]),
    }
    yield _of(one)
    two = {
        "Z": np.array([[0.0, 1.0], [4.0, 2.0], [2.0, 6.0]]),
        "gamma": np.array([1.0, 3.0]),
        "beta": np.array([0.0, 1.0]),
        "eps": 0.5,
        "dout": np.array([[1.0, 0.0], [0.0, 2.0], [0.0, 1.0]]),
    }
    yield _of(two)
    yield _of(two, extra=_BETWEEN)
    for m, h in [(3, 2), (4, 3)]:
        yield _case(inputs, m, h, 0.25)
    yield _of({name: value[:1] if name in "Z dout" else value for name, value in two.items()})
    yield _of(two | {"Z": np.array([[3.0, 1.0], [3.0, 2.0], [3.0, 6.0]])})
    yield _of(two | {"Z": np.array([[1000.0, 1], [1001, 2], [1003, 6]])})
    yield _of({name: np.asarray(value).astype(int) for name, value in two.items()} | {"eps": 1})
    yield _of(one, extra=_NAMED)


def _observe(functions: Any, case: Case) -> Any:
    Z, gamma, beta, eps, dout = case.kwargs.values()
    if case.extra == _NAMED:
        result = functions.batchnorm_forward(Z=Z, gamma=gamma, beta=beta, eps=eps)
    else:
        result = functions.batchnorm_forward(Z, gamma, beta, eps)
    if not isinstance(result, tuple | list):
        raise Refused(f"`batchnorm_forward` returns {described(result)}, expected out and cache")
    if len(result) != 2:
        raise Refused(f"`batchnorm_forward` returns {len(result)} things, expected out and cache")
    out, cache = result
    if case.extra == _BETWEEN:
        functions.batchnorm_forward(3 * Z[::-1] + Z, gamma + 1, beta, eps)
    if case.extra == _NAMED:
        grads = functions.batchnorm_backward(dout=dout, cache=cache)
    else:
        grads = functions.batchnorm_backward(dout, cache)
    if not isinstance(grads, tuple | list):
        raise Refused(
            f"`batchnorm_backward` returns {described(grads)}, expected dZ, dgamma and dbeta"
        )
    if len(grads) != 3:
        raise Refused(
            f"`batchnorm_backward` returns {len(grads)} things, expected dZ, dgamma and dbeta"
        )
    return (out, *grads)


exercise = Exercise(
    homework="hw09_training",
    number="3.3",
    reference=reference.batchnorm_forward,
    together=(reference.batchnorm_backward,),
    returns=("`out`", "`dZ`", "`dgamma`", "`dbeta`"),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    tolerance=TOLERANCE,
)


@exercise.mistake
def statistics_are_constants():
    """Your `dZ` takes the mean and the variance for constants, but every z of the batch takes part
    in both: two more terms belong to it."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        return gamma * dout / root, (dout * normal).sum(axis=0), dout.sum(axis=0)

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def variance_is_a_constant():
    """Your `dZ` takes the variance for a constant: subtract the part along ẑ as well."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dZ = gamma / root * (dout - dout.mean(axis=0))
        return dZ, (dout * normal).sum(axis=0), dout.sum(axis=0)

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def mean_is_a_constant():
    """Your `dZ` takes the mean for a constant: subtract the mean of `dout` as well."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dZ = gamma / root * (dout - normal * (dout * normal).mean(axis=0))
        return dZ, (dout * normal).sum(axis=0), dout.sum(axis=0)

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def sums_in_place_of_means():
    """Your `dZ` subtracts sums over the batch where means belong: divide dgamma and dbeta by m
    there."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        return gamma / root * (dout - dbeta - normal * dgamma), dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def gamma_forgotten_on_the_way_back():
    """Your `dZ` lacks the factor gamma."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, root)

    def batchnorm_backward(dout, cache):
        normal, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        return (dout - dbeta / len(dout) - normal * dgamma / len(dout)) / root, dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def gradients_averaged():
    """Your dgamma and dbeta are means: they are sums over the batch."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).mean(axis=0), dout.mean(axis=0)
        return gamma / root * (dout - dbeta - normal * dgamma), dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def gamma_and_beta_interchanged():
    """Your gradients of gamma and beta are interchanged: beta is added, so its gradient is the sum
    of `dout`."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, dbeta, dgamma

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def dgamma_from_the_output():
    """Your dgamma multiplies by `out` or Z: gamma is multiplied with ẑ, so its gradient needs ẑ."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        out = gamma * normal + beta
        return out, (normal, gamma, root, out)

    def batchnorm_backward(dout, cache):
        normal, gamma, root, out = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, (dout * out).sum(axis=0), dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def over_the_units():
    """You normalize each sample over its units: batch normalization takes each column over the
    samples, `axis=0`."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=1, keepdims=True) + eps)
        normal = (Z - Z.mean(axis=1, keepdims=True)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        g = dout * gamma
        along = (g * normal).mean(axis=1, keepdims=True)
        dZ = (g - g.mean(axis=1, keepdims=True) - normal * along) / root
        return dZ, (dout * normal).sum(axis=0), dout.sum(axis=0)

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def over_everything():
    """You take one mean and one variance over the whole array: each unit has its own, `axis=0`."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var() + eps)
        normal = (Z - Z.mean()) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def divided_by_the_variance():
    """You divide by the variance: divide by its root."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = Z.var(axis=0) + eps
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def eps_outside_of_the_root():
    """You add eps to the standard deviation: it stands under the root, √(σ² + ε)."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = Z.std(axis=0) + eps
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def eps_forgotten():
    """You do not use eps, so that a unit with the same value for all samples is divided by zero."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0))
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def divided_by_m_minus_one():
    """Your variance is divided by m − 1: batch normalization divides by m."""

    def batchnorm_forward(Z, gamma, beta, eps):
        m = len(Z)
        root = np.sqrt(((Z - Z.mean(axis=0)) ** 2).sum(axis=0) / max(m - 1, 1) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        m = len(dout)
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / m - normal * dgamma / max(m - 1, 1))
        return dZ, dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def over_the_units_on_the_way_forward():
    """You normalize each sample over its units: batch normalization takes each column over the
    samples, `axis=0`."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=1, keepdims=True) + eps)
        normal = (Z - Z.mean(axis=1, keepdims=True)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def divided_by_m_minus_one_on_the_way_forward():
    """Your variance is divided by m − 1: batch normalization divides by m."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(((Z - Z.mean(axis=0)) ** 2).sum(axis=0) / max(len(Z) - 1, 1) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def dgamma_averaged():
    """Your dgamma is a mean: it is a sum over the batch, like dbeta."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, dgamma / len(dout), dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def dbeta_averaged():
    """Your dbeta is a mean: it is a sum over the batch, like dgamma."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, dgamma, dbeta / len(dout)

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def dgamma_from_the_input():
    """Your dgamma multiplies by `out` or Z: gamma is multiplied with ẑ, so its gradient needs ẑ."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root, Z)

    def batchnorm_backward(dout, cache):
        normal, gamma, root, Z = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, (dout * Z).sum(axis=0), dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def dgamma_times_gamma():
    """Your dgamma holds the factor gamma, which belongs to dZ alone: dgamma is the sum of `dout`
    times ẑ."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, gamma * dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def eps_forgotten_on_the_way_back():
    """Your `dZ` divides by σ without eps: it is the root of the way forward, √(σ² + ε)."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, Z.std(axis=0))

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def variance_as_a_difference():
    """You compute the variance as the mean of the squares less the square of the mean, which loses
    its digits when the values are far from 0: use `np.var`, or take the mean away first."""

    def batchnorm_forward(Z, gamma, beta, eps):
        Z = Z.astype(np.float32)
        root = np.sqrt(np.abs((Z**2).mean(axis=0) - Z.mean(axis=0) ** 2) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def beta_forgotten():
    """Your output lacks beta: add it."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        return gamma * normal, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def kept_outside():
    """You keep what the way back needs outside of the cache, so that another batch overwrites it:
    put it into the cache."""
    kept = {}

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        normal = (Z - Z.mean(axis=0)) / root
        kept["all"] = normal, gamma, root
        return gamma * normal + beta, None

    def batchnorm_backward(dout, cache):
        normal, gamma, root = kept["all"]
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def forward_in_place():
    """You change the caller's `Z`: subtract the mean from a copy."""

    def batchnorm_forward(Z, gamma, beta, eps):
        root = np.sqrt(Z.var(axis=0) + eps)
        mean = Z.mean(axis=0)
        normal = (Z - mean) / root
        Z[:] = Z - mean
        return gamma * normal + beta, (normal, gamma, root)

    def batchnorm_backward(dout, cache):
        normal, gamma, root = cache
        dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
        dZ = gamma / root * (dout - dbeta / len(dout) - normal * dgamma / len(dout))
        return dZ, dgamma, dbeta

    return batchnorm_forward, batchnorm_backward


@exercise.mistake
def cache_left_out():
    """Your `batchnorm_forward` returns `out` alone: two things are asked for, `out, cache`."""

    def batchnorm_forward(Z, gamma, beta, eps):
        return gamma * (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + eps) + beta

    def batchnorm_backward(dout, cache):
        return dout, dout.sum(axis=0), dout.sum(axis=0)

    return batchnorm_forward, batchnorm_backward


@exercise.variant
def step_by_step():
    """The chain rule in small steps, as in the paper, and a dict as cache."""

    def batchnorm_forward(Z, gamma, beta, eps):
        mu = np.mean(Z, axis=0, keepdims=True)
        centered = Z - mu
        variance = np.mean(centered**2, axis=0, keepdims=True)
        inverse = 1.0 / np.sqrt(variance + eps)
        hat = centered * inverse
        cache = {"centered": centered, "inverse": inverse, "hat": hat, "gamma": gamma}
        return hat * gamma + beta, cache

    def batchnorm_backward(dout, cache):
        centered, inverse = cache["centered"], cache["inverse"]
        m = dout.shape[0]
        dhat = dout * cache["gamma"]
        dvar = np.sum(dhat * centered, axis=0) * -0.5 * inverse**3
        dmu = -np.sum(dhat * inverse, axis=0) + dvar * np.mean(-2.0 * centered, axis=0)
        dZ = dhat * inverse + dvar * 2.0 * centered / m + dmu / m
        return dZ, np.sum(dout * cache["hat"], axis=0), np.sum(dout, axis=0)

    return batchnorm_forward, batchnorm_backward


@exercise.variant
def in_loops():
    """Unit by unit; the cache is a list of copies of the arguments."""

    def batchnorm_forward(Z, gamma, beta, eps):
        out = np.zeros(Z.shape)
        for j in range(Z.shape[1]):
            z = Z[:, j]
            s = (np.mean((z - np.mean(z)) ** 2) + eps) ** 0.5
            for i in range(len(z)):
                out[i, j] = gamma[j] * (z[i] - np.mean(z)) / s + beta[j]
        return [out, [Z.copy(), gamma.copy(), eps]]

    def batchnorm_backward(dout, cache):
        Z, gamma, eps = cache
        m, h = Z.shape
        dZ, dgamma, dbeta = np.zeros((m, h)), np.zeros(h), np.zeros(h)
        for j in range(h):
            s = np.sqrt(np.var(Z[:, j]) + eps)
            hat = (Z[:, j] - np.mean(Z[:, j])) / s
            dgamma[j], dbeta[j] = np.dot(dout[:, j], hat), np.sum(dout[:, j])
            for i in range(m):
                inner = dout[i, j] - dbeta[j] / m - hat[i] * dgamma[j] / m
                dZ[i, j] = gamma[j] / s * inner
        return [dZ, dgamma, dbeta]

    return batchnorm_forward, batchnorm_backward


@exercise.variant
def by_a_matrix():
    """The Jacobian of each unit, as a matrix."""

    def batchnorm_forward(Z, gamma, beta, eps):
        s = np.sqrt(np.var(Z, 0) + eps)
        hat = (Z - np.mean(Z, 0)) / s
        return beta + hat * gamma, (hat, s, gamma)

    def batchnorm_backward(dout, cache):
        hat, s, gamma = cache
        m, h = dout.shape
        dZ = np.empty((m, h))
        for j in range(h):
            jacobian = (np.eye(m) - 1 / m - np.outer(hat[:, j], hat[:, j]) / m) / s[j]
            dZ[:, j] = gamma[j] * jacobian @ dout[:, j]
        return dZ, np.einsum("mh,mh->h", dout, hat), np.einsum("mh->h", dout)

    return batchnorm_forward, batchnorm_backward
