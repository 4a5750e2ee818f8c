"""Exercise 2.1: two linear layers in one."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw07_forward.networks import TOLERANCE, sizable
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import forward as reference


def _case(inputs: Inputs, n: int, h: int, K: int, about: str = "") -> Case:
    while True:
        first, second = (inputs.array(n, h), inputs.array(h)), (inputs.array(h, K), inputs.array(K))
        if sizable(*reference.collapse_linear(*first, *second)):
            return Case((*first, *second), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for n, h, K in [(3, 4, 2), (2, 5, 3), (3, 3, 3), (4, 2, 5)]:
        yield _case(inputs, n, h, K)
    yield _case(inputs, 3, 4, 1, about="with a single output (K = 1)")
    yield _case(inputs, 1, 1, 1, about="when all sizes are 1")
    integers = rng.integers(1, 5, (2, 3)), np.array([1, 2, 3]), rng.integers(1, 5, (3, 2))
    yield Case((*integers, inputs.array(2)), about="with integers in some of the arrays")
    named = dict(zip(("W1", "b1", "W2", "b2"), _case(inputs, 2, 3, 2).args, strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    one = np.array([[2.0]]), np.array([3.0]), np.array([[5.0]]), np.array([0.5])
    yield Case(one)
    W1, b1 = np.array([[1.0, 2.0]]), np.array([3.0, 4.0])
    yield Case((W1, b1, np.array([[1.0], [10.0]]), np.array([0.5])))
    W2 = np.array([[1.0, -1.0], [10.0, 2.0]])
    yield Case((W1, b1, W2, np.array([0.5, -0.5])))
    for n, h, K in [(2, 2, 2), (2, 3, 2), (3, 2, 1)]:
        yield _case(inputs, n, h, K)
    integers = np.array([[2]]), np.array([3]), np.array([[5]]), np.array([0.5])
    yield Case(integers)
    yield Case(kwargs=dict(zip(("W1", "b1", "W2", "b2"), one, strict=True)))


exercise = Exercise(
    homework="hw07_forward",
    number="2.1",
    reference=reference.collapse_linear,
    returns=("`W`", "`b`"),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    tolerance=TOLERANCE,
    purity="values",
)


@exercise.mistake
def biases_added(W1, b1, W2, b2):
    """You add the biases as they are: the first one passes through the second layer, b1 W2 + b2."""
    return W1 @ W2, b1 + b2


@exercise.mistake
def second_bias_only(W1, b1, W2, b2):
    """Your bias is only b2: the first bias adds b1 W2 to it."""
    return W1 @ W2, b2.copy()


@exercise.mistake
def second_bias_missing(W1, b1, W2, b2):
    """The bias of the second layer is missing: b = b1 W2 + b2."""
    return W1 @ W2, b1 @ W2


@exercise.mistake
def first_bias_summed(W1, b1, W2, b2):
    """You add up the entries of b1: each of them has its own weights in W2, so multiply, b1 W2."""
    return W1 @ W2, b1.sum() + b2


@exercise.mistake
def multiplied_entry_by_entry(W1, b1, W2, b2):
    """You multiply the weights entry by entry (`*`): take the matrix product, `W1 @ W2`."""
    return W1 * W2, b1 @ W2 + b2


@exercise.mistake
def wrong_order(W1, b1, W2, b2):
    """You multiply in the wrong order: X meets W1 first, so the product is W1 W2."""
    return W2 @ W1, W2 @ b1 + b2


@exercise.mistake
def second_bias_in_front(W1, b1, W2, b2):
    """You swap the biases: b1 belongs to the first layer and passes through W2, b2 is added."""
    return W1 @ W2, b2 @ W2 + b1


@exercise.mistake
def transposed(W1, b1, W2, b2):
    """Your W is transposed: it leads from n inputs to K outputs, so its shape is (n, K)."""
    return (W1 @ W2).T, b1 @ W2 + b2


@exercise.mistake
def bias_as_a_row(W1, b1, W2, b2):
    """Your b is a matrix with one row: its shape is (K,)."""
    return W1 @ W2, (b1 @ W2 + b2)[None, :]


@exercise.mistake
def returned_the_other_way_round(W1, b1, W2, b2):
    """You return b before W: the weights come first."""
    return b1 @ W2 + b2, W1 @ W2


@exercise.mistake
def bias_forgotten_in_the_return(W1, b1, W2, b2):
    """You return the weights alone: W and b are asked for."""
    return W1 @ W2


@exercise.mistake
def bias_changed(W1, b1, W2, b2):
    """You change the caller's `b2` (`b2 += …`): make a new array, `b1 @ W2 + b2`."""
    b2 += b1 @ W2
    return W1 @ W2, b2.copy()


@exercise.mistake
def truncated_to_integers(W1, b1, W2, b2):
    """Where the weights are integers your b is cut to integers: make it an array of floats."""
    b = np.zeros(len(b2), dtype=W1.dtype)
    for k in range(len(b2)):
        b[k] = b1 @ W2[:, k] + b2[k]
    return W1 @ W2, b


@exercise.mistake
def first_bias_on_the_right(W1, b1, W2, b2):
    """You put b1 on the wrong side of W2: it passes through it like a row, b1 W2."""
    return W1 @ W2, W2 @ b1 + b2


@exercise.variant
def loops(W1, b1, W2, b2):
    """Path by path."""
    n, h = W1.shape
    K = W2.shape[1]
    W, b = np.zeros((n, K)), np.array(b2, dtype=float)
    for k in range(K):
        for j in range(h):
            b[k] += b1[j] * W2[j, k]
            for i in range(n):
                W[i, k] += W1[i, j] * W2[j, k]
    return W, b


@exercise.variant
def einsum(W1, b1, W2, b2):
    """By index."""
    return np.einsum("ij,jk->ik", W1, W2), np.einsum("j,jk->k", b1, W2) + b2


@exercise.variant
def try_it_out(W1, b1, W2, b2):
    """The bias is the answer to zeros, the weights are the answers to unit vectors."""

    def both(X):
        return (X @ W1 + b1) @ W2 + b2

    n = len(W1)
    b = both(np.zeros((1, n)))[0]
    return [both(np.eye(n)) - b, b]


@exercise.variant
def augmented(W1, b1, W2, b2):
    """Weights and bias in one matrix, in single precision."""
    A = np.vstack([W1, b1]).astype(np.float32) @ W2.astype(np.float32)
    A[-1] += b2
    return A[:-1], A[-1]
