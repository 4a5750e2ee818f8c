"""Exercise 4.1: attention."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import beyond as reference
from autograder.reference.shapes import Array


def _arguments(inputs: Inputs, t: int, s: int, d: int, e: int) -> tuple[Array, Array, Array]:
    return inputs.array(t, d), inputs.array(s, d), inputs.array(s, e)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for t, s, d, e in [(3, 4, 2, 5), (4, 4, 3, 2), (3, 3, 5, 4), (4, 4, 4, 4), (2, 6, 9, 1)]:
        yield Case(_arguments(inputs, t, s, d, e))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield Case(_arguments(inputs, 1, 4, 3, 2), about="with a single query (t = 1)")
    yield Case(_arguments(inputs, 3, 1, 2, 2), about="with a single key (s = 1)")
    yield Case(_arguments(inputs, 3, 4, 1, 2), about="with queries of one number (d = 1)")
    # Keys whose products with the queries are well apart, so that rounding can't decide.
    Q, K = (
        np.array([[60.0, 0.0], [0.0, 50.0]]),
        np.array([[40.0, -30.0], [-35.0, 45.0], [1.0, 2.0]]),
    )
    yield Case(
        (Q, K, inputs.array(3, 2)), about="when products of query and key are in the thousands"
    )
    yield Case((-Q, K - 50.0, inputs.array(3, 2)), about="when products are large, some negative")
    uneven = np.array([[-60.0, 0.0], [0.02, 0.01]])
    low = np.array([[40.0, 1.0], [41.0, 0.0], [50.0, 2.0]])
    yield Case((uneven, low, inputs.array(3, 2)), about="when one query has only products of -1000")
    whole = tuple(rng.integers(-2, 3, s) for s in [(3, 2), (4, 2), (4, 3)])
    yield Case(whole, about="with integer arrays")
    named = dict(zip("QKV", _arguments(inputs, 3, 4, 2, 2), strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    Q, K, V = np.array([[1.0, 0.0]]), np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[2.0], [4.0]])
    yield Case((Q, K, V))
    yield Case((np.array([[1.0, 0.0], [0.5, 2.0]]), K, V))
    for t, s, d, e in [(2, 2, 2, 2), (2, 3, 2, 2), (3, 3, 3, 3), (1, 2, 2, 2)]:
        q, k, v = _arguments(inputs, t, s, d, e)
        yield Case((q / 2, k / 2, v))
    yield Case((3000 * Q, K, V))
    yield Case((np.array([[-3000.0, 0.0], [0.0, 0.5]]), K + np.array([1.0, 0.0]), V))
    yield Case((np.array([[1]]), np.array([[1], [0]]), np.array([[1], [4]])))
    yield Case(kwargs={"Q": Q, "K": K, "V": V})


exercise = Exercise(
    homework="hw10_beyond",
    number="4.1",
    reference=reference.attention,
    returns=("the result",),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    tolerance=1e-5,
)


@exercise.mistake
def not_scaled(Q, K, V):
    """The division by the root of d is missing, where d is the number of entries of a query."""
    S = Q @ K.T
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True) @ V


@exercise.mistake
def divided_by_d(Q, K, V):
    """You divide by d: divide by its square root."""
    S = Q @ K.T / Q.shape[1]
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True) @ V


@exercise.mistake
def multiplied_by_the_root(Q, K, V):
    """You multiply by the root of d: divide by it."""
    S = Q @ K.T * np.sqrt(Q.shape[1])
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True) @ V


@exercise.mistake
def root_of_the_number_of_keys(Q, K, V):
    """You divide by the root of the number of keys, `len(K)`: d is the number of entries of a
    query, `Q.shape[1]`."""
    S = Q @ K.T / np.sqrt(len(K))
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True) @ V


@exercise.mistake
def root_of_the_size_of_a_value(Q, K, V):
    """You divide by the root of the number of entries of a value: d is that of a query,
    `Q.shape[1]`."""
    S = Q @ K.T / np.sqrt(V.shape[1])
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True) @ V


@exercise.mistake
def scaled_after_the_softmax(Q, K, V):
    """You divide the weights by the root of d: divide the products *before* the softmax."""
    S = Q @ K.T
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True) / np.sqrt(Q.shape[1]) @ V


@exercise.mistake
def softmax_over_the_queries(Q, K, V):
    """Your softmax runs over the queries (`axis=0`): the weights of one query, a row, add up to
    1."""
    S = Q @ K.T / np.sqrt(Q.shape[1])
    E = np.exp(S - S.max(axis=0))
    return E / E.sum(axis=0) @ V


@exercise.mistake
def softmax_of_the_whole_matrix(Q, K, V):
    """You divide by the sum of all exponentials: the weights of each query, a row, add up to 1
    (`axis=1`, `keepdims=True`)."""
    S = Q @ K.T / np.sqrt(Q.shape[1])
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum() @ V


@exercise.mistake
def no_softmax(Q, K, V):
    """The softmax is missing: the products themselves are no weights."""
    return Q @ K.T / np.sqrt(Q.shape[1]) @ V


@exercise.mistake
def not_normalized(Q, K, V):
    """Your weights are bare exponentials: divide each row by its sum."""
    S = Q @ K.T / np.sqrt(Q.shape[1])
    return np.exp(S - S.max(axis=1, keepdims=True)) @ V


@exercise.mistake
def best_key_only(Q, K, V):
    """You take the value of the best key alone: attention is a weighted mean of all values."""
    return V[(Q @ K.T).argmax(axis=1)] * 1.0


@exercise.mistake
def weights_returned(Q, K, V):
    """You return the weights: multiply them by the values, `weights @ V`."""
    S = Q @ K.T / np.sqrt(Q.shape[1])
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@exercise.mistake
def maximum_not_subtracted(Q, K, V):
    """With products in the thousands `np.exp` overflows: subtract the largest entry of each row
    first, which changes no weight."""
    E = np.exp(Q @ K.T / np.sqrt(Q.shape[1]))
    return E / E.sum(axis=1, keepdims=True) @ V


@exercise.mistake
def maximum_of_the_whole_matrix(Q, K, V):
    """You subtract the largest entry of the whole matrix, which leaves only zeros in a row that is
    far below it (0/0): subtract each row's own."""
    S = Q @ K.T / np.sqrt(Q.shape[1])
    E = np.exp(S - S.max())
    return E / E.sum(axis=1, keepdims=True) @ V


@exercise.mistake
def keys_in_place_of_values(Q, K, V):
    """You average the keys: average the values."""
    S = Q @ K.T / np.sqrt(Q.shape[1])
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True) @ K


@exercise.mistake
def negative_distance(Q, K, V):
    """You compare by the distance of query and key: the product `Q @ K.T` is meant."""
    S = -((Q[:, None] - K[None]) ** 2).sum(axis=2) / np.sqrt(Q.shape[1])
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True) @ V


@exercise.mistake
def flat_for_one_query(Q, K, V):
    """For a single query or value your result loses an axis, as after `np.squeeze`: its shape is
    always (t, e)."""
    S = Q @ K.T / np.sqrt(Q.shape[1])
    E = np.exp(S - S.max(axis=1, keepdims=True))
    out = E / E.sum(axis=1, keepdims=True) @ V
    return out[0] if len(out) == 1 else out


@exercise.mistake
def queries_changed(Q, K, V):
    """You change the caller's `Q` (`Q /= …`): write `Q / …`, which makes a new array."""
    S = Q @ K.T / np.sqrt(Q.shape[1])
    E = np.exp(S - S.max(axis=1, keepdims=True))
    out = E / E.sum(axis=1, keepdims=True) @ V
    Q += 1
    return out


@exercise.variant
def loops(Q, K, V):
    """One query, one key at a time."""
    out = np.zeros((len(Q), V.shape[1]))
    for i, q in enumerate(Q):
        scores = np.array([sum(a * b for a, b in zip(q, k)) / len(q) ** 0.5 for k in K])
        weights = np.exp(scores - scores.max())
        for w, v in zip(weights / weights.sum(), V):
            out[i] += w * v
    return out


@exercise.variant
def scipy_function(Q, K, V):
    """SciPy's softmax."""
    from scipy.special import softmax

    return softmax(Q.dot(K.T) / np.sqrt(K.shape[1]), axis=-1).dot(V)


@exercise.variant
def einsum(Q, K, V):
    """Einstein's sums, queries scaled first."""
    S = np.einsum("id,jd->ij", Q / np.sqrt(Q.shape[1]), K)
    P = np.exp(S - np.logaddexp.reduce(S, axis=1, keepdims=True))
    return np.einsum("ij,je->ie", P, V)


@exercise.variant
def keys_in_rows(Q, K, V):
    """Everything transposed, divided at the end."""
    S = K @ Q.T / Q.shape[-1] ** 0.5
    E = np.exp(S - S.max(axis=0))
    return (V.T @ E / E.sum(axis=0)).T


@exercise.variant
def list_comprehension(Q, K, V):
    """A list of results, in float32."""
    Q, K, V = (np.asarray(A, dtype=np.float32) for A in (Q, K, V))

    def one(q):
        s = K @ q / np.float32(np.sqrt(len(q)))
        e = np.exp(s - s.max())
        return e @ V / e.sum()

    return np.array([one(q) for q in Q])
