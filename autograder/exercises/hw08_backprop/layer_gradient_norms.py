"""Exercise 4.2: how large the gradient of each layer is."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from autograder.exercises.hw08_backprop.networks import TOLERANCE
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import backprop as reference


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for sizes in ([3, 4, 2], [2, 5, 3, 4], [3, 3, 3, 3, 3]):
        yield Case(([inputs.array(*shape) for shape in pairwise(sizes)],))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield Case(([inputs.array(3, 2)],), about="with a single layer (L = 1)")
    yield Case(([inputs.array(3, 1), inputs.array(1, 1)],), about="with layers of a single unit")
    shrinking = [inputs.array(3, 3) * 10.0 ** -(4 - k) for k in range(4)]
    yield Case((shrinking,), about="when the first layers have tiny gradients")
    zero = [np.zeros((2, 3)), inputs.array(3, 2)]
    yield Case((zero,), about="when the gradient of a layer is 0")
    whole = [rng.integers(1, 5, (2, 3)), rng.integers(1, 5, (3, 2))]
    yield Case((whole,), about="with integer arrays")
    named = {"dWs": [inputs.array(2, 3), inputs.array(3, 2)]}
    yield Case(kwargs=named, about="when it is called by argument name")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield Case(([np.array([[3.0, 4.0]])],))
    yield Case(([np.array([[3.0, 4.0]]), np.array([[2.0, 0.0], [1.0, -2.0]])],))
    inputs = Inputs(rng, readable=True)
    yield Case(([inputs.array(2, 2), inputs.array(2, 3), inputs.array(3, 1)],))
    yield Case(([np.zeros((1, 2)), np.array([[0.001, 0.002]])],))
    yield Case(([np.array([[3, 4]]), np.array([[1], [1]])],))
    yield Case(kwargs={"dWs": [np.array([[3.0, 4.0]])]})


exercise = Exercise(
    homework="hw08_backprop",
    number="4.2",
    reference=reference.layer_gradient_norms,
    returns=("the array of norms",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    tolerance=TOLERANCE,
)


@exercise.mistake
def root_missing(dWs):
    """You return the sums of the squares: take the root."""
    return np.array([np.sum(np.square(dW)) for dW in dWs])


@exercise.mistake
def spectral_norm(dWs):
    """`np.linalg.norm(dW, 2)` is the largest singular value: the Frobenius norm is the root of the
    sum of all squared entries, `np.linalg.norm(dW)`."""
    return np.array([np.linalg.norm(dW, 2) for dW in dWs])


@exercise.mistake
def sum_of_absolute_values(dWs):
    """You add up absolute values: take the root of the sum of the squares."""
    return np.array([np.abs(dW).sum() for dW in dWs])


@exercise.mistake
def largest_column_sum(dWs):
    """`np.linalg.norm(dW, 1)` is the largest column sum: the Frobenius norm is the root of the sum
    of all squared entries."""
    return np.array([np.linalg.norm(dW, 1) for dW in dWs])


@exercise.mistake
def largest_entry(dWs):
    """You return the largest entry of each gradient: its length is asked for, the root of the sum
    of all squares."""
    return np.array([np.abs(dW).max() for dW in dWs])


@exercise.mistake
def mean_of_absolute_values(dWs):
    """You average absolute values: take the root of the sum of the squares."""
    return np.array([np.abs(dW).mean() for dW in dWs])


@exercise.mistake
def root_of_the_mean(dWs):
    """You take the root of the *mean* of the squares: the sum is meant."""
    return np.array([np.sqrt(np.mean(np.square(dW))) for dW in dWs])


@exercise.mistake
def signs_cancel(dWs):
    """You add the entries before you square, so that signs cancel: square first."""
    return np.array([np.abs(dW.sum()) for dW in dWs])


@exercise.mistake
def one_norm_for_all(dWs):
    """You return a single norm for all layers together: each layer has its own, (L,)."""
    return np.sqrt(sum(np.sum(np.square(dW)) for dW in dWs))


@exercise.mistake
def norms_of_columns(dWs):
    """You return norms of the columns, joined together: a layer has a single norm."""
    return np.concatenate([np.linalg.norm(dW, axis=0) for dW in dWs])


@exercise.mistake
def from_the_last_layer(dWs):
    """Your norms run from the last layer to the first: keep the order of `dWs`."""
    return np.array([np.linalg.norm(dW) for dW in dWs[::-1]])


@exercise.mistake
def scaled_to_the_largest(dWs):
    """You divide by the largest norm: the norms themselves are asked for."""
    norms = np.array([np.linalg.norm(dW) for dW in dWs])
    return norms / norms.max()


@exercise.mistake
def first_layer_left_out(dWs):
    """The first layer is missing: every entry of `dWs` has a norm."""
    return np.array([np.linalg.norm(dW) for dW in dWs[1:]])


@exercise.mistake
def a_column(dWs):
    """Your result has shape (L, 1): it is flat, (L,)."""
    return np.array([[np.linalg.norm(dW)] for dW in dWs])


@exercise.mistake
def a_list(dWs):
    """You return a list: an array is asked for, `np.array(…)`."""
    return [np.linalg.norm(dW) for dW in dWs]


@exercise.mistake
def one_layer_squeezed(dWs):
    """With a single layer your result loses its axis (`np.squeeze`): it is (1,) then."""
    return np.squeeze(np.array([np.linalg.norm(dW) for dW in dWs]))


@exercise.mistake
def cut_to_integers(dWs):
    """Where the gradients are integers your norms are cut to integers: give the array no `dtype` of
    theirs."""
    return np.array([np.linalg.norm(dW) for dW in dWs]).astype(dWs[0].dtype)


@exercise.mistake
def gradients_squared_in_place(dWs):
    """You change the caller's gradients (`dW *= dW`, or `dW **= 2`): write `dW ** 2`, which makes a
    new array."""
    norms = []
    for dW in dWs:
        dW *= dW
        norms.append(np.sqrt(dW.sum()))
    return np.array(norms)


@exercise.mistake
def rounded(dWs):
    """You round the norms: tiny ones, which are the interesting ones, become 0."""
    return np.array([np.linalg.norm(dW) for dW in dWs]).round(3)


@exercise.mistake
def norms_of_rows(dWs):
    """You return norms of the rows, joined together: a layer has a single norm."""
    norms = np.concatenate([np.linalg.norm(dW, axis=1) for dW in dWs])
    return norms


@exercise.mistake
def sorted_by_size(dWs):
    """You sort the norms: keep the order of the layers."""
    norms = np.array([np.sqrt(np.sum(dW**2)) for dW in dWs])
    return np.sort(norms)


@exercise.mistake
def mean_of_the_norms(dWs):
    """You return the mean of the norms: each layer has its own, (L,)."""
    norms = np.array([np.sqrt(np.sum(dW**2)) for dW in dWs])
    return norms.mean()


@exercise.mistake
def last_layer_left_out(dWs):
    """The last layer is missing: every entry of `dWs` has a norm."""
    norms = np.array([np.sqrt(np.sum(dW**2)) for dW in dWs[:-1]])
    return norms


@exercise.mistake
def logarithms(dWs):
    """You return logarithms: the norms themselves are asked for."""
    norms = np.array([np.sqrt(np.sum(dW**2)) for dW in dWs])
    return np.log10(norms)


@exercise.mistake
def mean_of_the_squares(dWs):
    """You return means of the squares: sum them and take the root."""
    norms = np.array([np.mean(dW**2) for dW in dWs])
    return norms


@exercise.mistake
def a_row(dWs):
    """Your result has shape (1, L): it is flat, (L,)."""
    norms = np.array([np.sqrt(np.sum(dW**2)) for dW in dWs])
    return norms[None, :]


@exercise.mistake
def largest_row_sum(dWs):
    """`np.linalg.norm(dW, np.inf)` is the largest row sum: the Frobenius norm is the root of the
    sum of all squared entries."""
    norms = np.array([np.linalg.norm(dW, np.inf) for dW in dWs])
    return norms


@exercise.mistake
def nuclear_norm(dWs):
    """`np.linalg.norm(dW, 'nuc')` adds up the singular values: the Frobenius norm is the root of
    the sum of all squared entries."""
    norms = np.array([np.linalg.norm(dW, "nuc") for dW in dWs])
    return norms


@exercise.mistake
def product_with_its_transpose(dWs):
    """You take the norm of `dW.T @ dW`: that of dW itself is asked for."""
    norms = np.array([np.linalg.norm(dW.T @ dW) for dW in dWs])
    return norms


@exercise.mistake
def first_layer_only(dWs):
    """Your function returns after the first layer: the `return` stands inside the loop. Move it
    out."""
    for dW in dWs:
        return np.array([np.sqrt(np.sum(dW**2))])


@exercise.mistake
def standard_deviations(dWs):
    """You return standard deviations, which subtract the mean: take the root of the sum of the
    squares."""
    norms = np.array([np.std(dW) for dW in dWs])
    return norms


@exercise.mistake
def zeros_skipped(dWs):
    """You leave out gradients that are 0: their norm is 0, and every layer has one."""
    norms = np.array([np.sqrt(np.sum(dW**2)) for dW in dWs if dW.any()])
    return norms


@exercise.variant
def library_norm(dWs):
    """NumPy's own."""
    return np.array([np.linalg.norm(dW, "fro") for dW in dWs])


@exercise.variant
def flat_vectors(dWs):
    """Each gradient as one long vector, into a prepared array."""
    norms = np.empty(len(dWs))
    for i, dW in enumerate(dWs):
        g = dW.ravel()
        norms[i] = np.sqrt(g @ g)
    return norms


@exercise.variant
def singular_values(dWs):
    """By the singular values, whose squares have the same sum."""
    return np.asarray([np.hypot.reduce(np.linalg.svd(dW)[1]) for dW in dWs])


@exercise.variant
def trace_single_precision(dWs):
    """By a trace, in float32."""
    return np.float32([np.trace(dW.T @ dW) for dW in dWs]) ** 0.5


@exercise.variant
def mapped(dWs):
    """Mapped over the list."""
    return np.array(list(map(np.linalg.norm, dWs)))
