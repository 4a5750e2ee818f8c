"""Exercise 2.2: the error of a hidden layer."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises.hw08_backprop.networks import TOLERANCE
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import backprop as reference
from autograder.reference.activations import LeakyReLU, Linear, ReLU, Sigmoid, Softplus, Tanh


def _case(inputs: Inputs, m: int, h: int, k: int, phi: Any, about: str = "") -> Case:
    """Return a call in which the error is not nearly zero, nor any Z near a kink."""
    while True:
        given = inputs.array(m, k), inputs.array(h, k), inputs.array(m, h), phi
        error = np.abs(reference.backprop_delta(*given))
        if np.abs(given[2]).min() > 0.01 and error.max() > 0.2:
            return Case(given, about=about, shown={"phi": phi.__name__})


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, h, k, phi in [
        (5, 4, 3, Tanh),
        (6, 3, 2, ReLU),
        (4, 2, 5, Sigmoid),
        (3, 3, 3, LeakyReLU),
        (7, 4, 2, Softplus),
    ]:
        yield _case(inputs, m, h, k, phi)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, 1, 4, 3, Tanh, about="with a single sample (m = 1)")
    yield _case(inputs, 4, 1, 3, Softplus, about="with a single hidden unit (h = 1)")
    yield _case(inputs, 4, 3, 1, Tanh, about="when the next layer has a single unit (k = 1)")
    yield _case(inputs, 3, 2, 2, Linear, about="with the identity as activation")
    shown = {"phi": "ReLU"}
    delta, W = inputs.array(3, 2), inputs.array(4, 2)
    dead = -1.0 - rng.random((3, 4))
    yield Case((delta, W, dead, ReLU), about="when no unit is active", shown=shown)
    delta, W = rng.integers(1, 4, (3, 2)), rng.integers(1, 4, (2, 2))
    Z, shown = rng.integers(-2, 3, (3, 2)), {"phi": "Tanh"}
    yield Case((delta, W, Z, Tanh), about="with integer arrays", shown=shown)
    given = _case(inputs, 3, 2, 4, Sigmoid).args
    names = ("delta_next", "W_next", "Z", "phi")
    about = "when it is called by argument names"
    yield Case(kwargs=dict(zip(names, given, strict=True)), about=about, shown={"phi": "Sigmoid"})


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    one, shown = np.array([[1.0]]), {"phi": "Tanh"}
    yield Case((2 * one, 3 * one, one / 2, Tanh), shown=shown)
    pair = np.array([[2.0, 1.0]]), np.array([[1.0, 3.0], [5.0, 0.0]])
    yield Case((*pair, np.array([[0.5, -1.0]]), Tanh), shown=shown)
    yield Case((*pair, np.array([[4.0, -1.0]]), ReLU), shown={"phi": "ReLU"})
    inputs = Inputs(rng, readable=True)
    for m, h, k, phi in [(2, 3, 2, Sigmoid), (3, 2, 1, Tanh), (3, 1, 2, Tanh), (2, 2, 2, Softplus)]:
        given = inputs.array(m, k), inputs.array(h, k), inputs.array(m, h) / 2 + 0.25, phi
        yield Case(given, shown={"phi": phi.__name__})
    whole = np.array([[2]]), np.array([[3]]), np.array([[1]])
    yield Case((*whole, Tanh), shown=shown)
    named = dict(zip(("delta_next", "W_next", "Z"), whole, strict=True))
    yield Case(kwargs={**named, "phi": Tanh}, shown=shown)


exercise = Exercise(
    homework="hw08_backprop",
    number="2.2",
    reference=reference.backprop_delta,
    returns=("`delta`",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    tolerance=TOLERANCE,
)


@exercise.mistake
def slope_left_out(delta_next, W_next, Z, phi):
    """You pass the error back through the weights only: multiply it by g'(Z), `phi.df(Z)`."""
    return delta_next @ W_next.T


@exercise.mistake
def activation_for_its_slope(delta_next, W_next, Z, phi):
    """You multiply by g(Z): the derivative is meant, `phi.df(Z)`."""
    return (delta_next @ W_next.T) * phi.f(Z)


@exercise.mistake
def slope_at_the_activation(delta_next, W_next, Z, phi):
    """You take the slope at the activation, g'(g(Z)): take it at Z."""
    return (delta_next @ W_next.T) * phi.df(phi.f(Z))


@exercise.mistake
def preactivation_for_the_slope(delta_next, W_next, Z, phi):
    """You multiply by Z itself: its slope is meant, `phi.df(Z)`."""
    return (delta_next @ W_next.T) * Z


@exercise.mistake
def weights_not_transposed(delta_next, W_next, Z, phi):
    """You multiply by W: going back it is its transpose, `W_next.T`, which has a row for each unit
    of the next layer."""
    return (delta_next @ W_next) * phi.df(Z)


@exercise.mistake
def weights_on_the_left(delta_next, W_next, Z, phi):
    """Your factors are in the order of column notation, W δ: with a sample in each row it is
    `delta_next @ W_next.T`."""
    return (W_next @ delta_next) * phi.df(Z)


@exercise.mistake
def transposed(delta_next, W_next, Z, phi):
    """Your result is transposed: a row for each sample, (m, h)."""
    return (W_next @ delta_next.T) * phi.df(Z).T


@exercise.mistake
def bias_row_dropped(delta_next, W_next, Z, phi):
    """You drop the first column, as if it belonged to a bias: here the bias stands apart from W, so
    nothing is dropped."""
    return (delta_next @ W_next.T)[:, 1:] * phi.df(Z)


@exercise.mistake
def slopes_as_a_matrix(delta_next, W_next, Z, phi):
    """You multiply error and slope as matrices (`@`): they are multiplied entry by entry, `*`."""
    return (delta_next @ W_next.T) @ phi.df(Z).T


@exercise.mistake
def slopes_added(delta_next, W_next, Z, phi):
    """You add the slopes: multiply by them, entry by entry."""
    return delta_next @ W_next.T + phi.df(Z)


@exercise.mistake
def slopes_divided(delta_next, W_next, Z, phi):
    """You divide by the slopes: multiply by them."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(delta_next @ W_next.T / phi.df(Z), posinf=0.0, neginf=0.0)


@exercise.mistake
def slope_of_the_sigmoid_always(delta_next, W_next, Z, phi):
    """You use the sigmoid's slope whatever `phi` is: ask the activation itself, `phi.df(Z)`."""
    s = 1 / (1 + np.exp(-Z))
    return (delta_next @ W_next.T) * s * (1 - s)


@exercise.mistake
def slope_of_the_relu_always(delta_next, W_next, Z, phi):
    """You use the slope of the ReLU whatever `phi` is: ask the activation itself, `phi.df(Z)`."""
    return (delta_next @ W_next.T) * (Z > 0)


@exercise.mistake
def slope_from_the_activation(delta_next, W_next, Z, phi):
    """You compute g(1 − g), which is the slope of the sigmoid only: ask the activation itself,
    `phi.df(Z)`."""
    A = phi.f(Z)
    return (delta_next @ W_next.T) * A * (1 - A)


@exercise.mistake
def divided_by_m(delta_next, W_next, Z, phi):
    """You divide by the number of samples: δ is not a mean, the division comes with the
    gradients."""
    return (delta_next @ W_next.T) * phi.df(Z) / len(Z)


@exercise.mistake
def averaged_over_samples(delta_next, W_next, Z, phi):
    """You average over the samples: every sample keeps its own row, (m, h)."""
    return ((delta_next @ W_next.T) * phi.df(Z)).mean(axis=0)


@exercise.mistake
def mean_slope(delta_next, W_next, Z, phi):
    """You use the mean slope of each unit for all samples: every sample has its own."""
    return (delta_next @ W_next.T) * phi.df(Z).mean(axis=0)


@exercise.mistake
def flat_for_one_sample(delta_next, W_next, Z, phi):
    """For a single sample or unit your result loses an axis (`np.squeeze`): it has the shape of
    Z."""
    return np.squeeze((delta_next @ W_next.T) * phi.df(Z))


@exercise.mistake
def cut_to_the_type_of_z(delta_next, W_next, Z, phi):
    """Where Z holds integers your errors are cut to integers: `np.zeros_like(Z)` can't hold
    fractions."""
    delta = np.zeros_like(Z)
    delta[:] = (delta_next @ W_next.T) * phi.df(Z)
    return delta


@exercise.mistake
def preactivations_overwritten(delta_next, W_next, Z, phi):
    """You change the caller's Z: write the result into a new array."""
    delta = (delta_next @ W_next.T) * phi.df(Z)
    Z[:] = delta.astype(Z.dtype)
    return delta


@exercise.mistake
def nothing_returned(delta_next, W_next, Z, phi):
    """Your function returns None: add a `return`."""
    delta = (delta_next @ W_next.T) * phi.df(Z)
    delta.sum()


@exercise.mistake
def slope_at_the_blame(delta_next, W_next, Z, phi):
    """You take the slope at the blame: it is taken at the pre-activation, `phi.df(Z)`."""
    blame = delta_next @ W_next.T
    return blame * phi.df(blame)


@exercise.mistake
def slope_before_the_weights(delta_next, W_next, Z, phi):
    """You multiply by the slopes before the error has passed the weights: `delta_next @ W_next.T`
    first, then times `phi.df(Z)`."""
    return (delta_next * phi.df(Z)) @ W_next.T


@exercise.mistake
def sums_multiplied(delta_next, W_next, Z, phi):
    """You multiply sums of errors by sums of weights: multiply each error by its own weight, then
    add, as `@` does."""
    blame = delta_next.sum(axis=1, keepdims=True) * W_next.sum(axis=1)
    return blame * phi.df(Z)


@exercise.mistake
def summed_over_samples(delta_next, W_next, Z, phi):
    """You add up the samples: every sample keeps its own row, (m, h)."""
    blame = delta_next @ W_next.T
    return (blame * phi.df(Z)).sum(axis=0)


@exercise.mistake
def first_sample_only(delta_next, W_next, Z, phi):
    """Your result holds the first sample only: it has a row for each, (m, h)."""
    blame = delta_next @ W_next.T
    return (blame * phi.df(Z))[:1]


@exercise.mistake
def slope_of_the_tanh_always(delta_next, W_next, Z, phi):
    """You use the tanh's slope whatever `phi` is: ask the activation itself, `phi.df(Z)`."""
    blame = delta_next @ W_next.T
    return blame * (1 - np.tanh(Z) ** 2)


@exercise.mistake
def a_list(delta_next, W_next, Z, phi):
    """You return a list: an array is asked for, (m, h)."""
    blame = delta_next @ W_next.T
    return list(blame * phi.df(Z))


@exercise.mistake
def product_with_the_slopes(delta_next, W_next, Z, phi):
    """You multiply error and slope as matrices (`@`): they are multiplied entry by entry, `*`."""
    blame = delta_next @ W_next.T
    return blame @ phi.df(Z)


@exercise.mistake
def next_error_changed(delta_next, W_next, Z, phi):
    """You change the caller's `delta_next` (`/=`, which integers refuse): write the result into a
    new array, and do not divide."""
    delta_next /= len(delta_next)
    blame = delta_next @ W_next.T * len(Z)
    return blame * phi.df(Z)


@exercise.mistake
def index_of_the_weights_swapped(delta_next, W_next, Z, phi):
    """The indices of your weights are swapped: `W_next[j, k]` leads from unit j to unit k of the
    next layer."""
    m, h = Z.shape
    blame = np.zeros((m, h))
    for i in range(m):
        for j in range(h):
            for k in range(delta_next.shape[1]):
                blame[i, j] += delta_next[i, k] * W_next[k, j]
    return blame * phi.df(Z)


@exercise.mistake
def last_unit_only(delta_next, W_next, Z, phi):
    """Only the last unit of the next layer counts: add up the blame with `+=`."""
    m, h = Z.shape
    blame = np.zeros((m, h))
    for k in range(delta_next.shape[1]):
        blame = np.outer(delta_next[:, k], W_next[:, k])
    return blame * phi.df(Z)


@exercise.mistake
def divided_by_the_units(delta_next, W_next, Z, phi):
    """You divide by the number of units: the blame is a sum."""
    blame = delta_next @ W_next.T
    return blame * phi.df(Z) / Z.shape[1]


@exercise.variant
def einsum(delta_next, W_next, Z, phi):
    """One einsum for everything."""
    return np.einsum("ik,jk,ij->ij", delta_next, W_next, phi.df(Z))


@exercise.variant
def loops(delta_next, W_next, Z, phi):
    """Unit by unit, sample by sample."""
    (m, h), k = Z.shape, W_next.shape[1]
    slopes, delta = phi.df(Z), np.zeros((m, h))
    for i in range(m):
        for j in range(h):
            blame = sum(delta_next[i, u] * W_next[j, u] for u in range(k))
            delta[i, j] = blame * slopes[i, j]
    return delta


@exercise.variant
def column_notation(delta_next, W_next, Z, phi):
    """In column notation, transposed at the end; float32."""
    D = np.float32(delta_next).T
    return (np.float32(W_next) @ D).T * np.float32(phi.df(Z))


@exercise.variant
def list_of_rows(delta_next, W_next, Z, phi):
    """Sample by sample."""
    return np.array([(W_next @ d) * phi.df(z) for d, z in zip(delta_next, Z)])


@exercise.variant
def inner_product(delta_next, W_next, Z, phi):
    """An inner product, which transposes."""
    return phi.df(Z) * np.inner(delta_next, W_next)
