"""Exercise 2.2: one step of an LSTM cell."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import beyond as reference
from autograder.reference.shapes import Array


def _arguments(inputs: Inputs, n: int, k: int) -> tuple[Array, ...]:
    shapes = [(n,), (k,), (k,), (n + k, 4 * k), (4 * k,)]
    while True:
        given = tuple(inputs.array(*shape) for shape in shapes)
        if _seen(given):
            return given


def _seen(given: tuple[Array, ...]) -> bool:
    """Whether neither h nor c is nearly zero afterwards, where float32 has few digits."""
    return min(np.abs(state).max() for state in reference.lstm_step(*given)) > 0.05


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for n, k in [(3, 2), (2, 3), (3, 3), (1, 4)]:
        yield Case(_arguments(inputs, n, k))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield Case(_arguments(inputs, 3, 1), about="with a single cell (k = 1)")
    for sign, word in ((1, "open"), (-1, "shut")):
        x, h, c, W, b = _arguments(inputs, 2, 2)
        far = np.concatenate([np.full(6, 1000.0 * sign), b[6:]])
        yield Case((x, h, c, W, far), about=f"with sums near {1000 * sign}, gates wide {word}")
    whole = (np.zeros(2), np.zeros(2), np.zeros(2), np.zeros((4, 8)), np.zeros(8))
    while not _seen(whole):
        whole = tuple(rng.integers(-1, 2, part.shape) for part in whole)
    yield Case(whole, about="with integer arrays")
    named = dict(zip(("x", "h", "c", "W", "b"), _arguments(inputs, 2, 3), strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    x, h, c = np.array([1.0]), np.array([0.5]), np.array([2.0])
    yield Case((x, h, c, np.array([[1.0, 0.0, -1.0, 0.5], [0.0, 1.0, 0.5, -1.0]]), np.zeros(4)))
    yield Case((x, h, c, np.zeros((2, 4)), np.array([1.0, -1.0, 0.5, 2.0])))
    for n, k in [(1, 2), (2, 2), (2, 3)]:
        x, h, c, W, b = _arguments(inputs, n, k)
        yield Case((x / 2, h / 4, c / 2, W / 4, b / 4))
    far = np.array([1000.0, 1000.0, 1000.0, 0.5])
    x, h, c = np.array([1.0]), np.array([0.5]), np.array([2.0])
    yield Case((x, h, c, np.zeros((2, 4)), far))
    yield Case((x, h, c, np.zeros((2, 4)), -far))
    yield Case((np.array([1]), np.array([0]), np.array([2]), np.zeros((2, 4)), np.zeros(4)))
    W = np.array([[1, 0, -1, 1], [0, 1, 1, -1]])
    yield Case((np.array([1]), np.array([1]), np.array([2]), W, np.array([0, 0, 1, 1])))
    yield Case(kwargs={"x": x, "h": h, "c": c, "W": W, "b": np.zeros(4)})


exercise = Exercise(
    homework="hw10_beyond",
    number="2.2",
    reference=reference.lstm_step,
    returns=("`h`", "`c`"),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    tolerance=1e-5,
)


@exercise.mistake
def sigmoid_overflows(x, h, c, W, b):
    """Your sigmoid overflows at sums of -1000: compute it so that `np.exp` gets no large positive
    number, as in homework 4."""
    f, i, o, g = np.split(np.concatenate([x, h]) @ W + b, 4)
    f, i, o = 1 / (1 + np.exp(-f)), 1 / (1 + np.exp(-i)), 1 / (1 + np.exp(-o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


@exercise.mistake
def sigmoid_overflows_upward(x, h, c, W, b):
    """Your sigmoid `exp(z) / (1 + exp(z))` overflows at sums of 1000, where it gives nan: compute
    it so that `np.exp` gets no large positive number, as in homework 4."""
    f, i, o, g = np.split(np.concatenate([x, h]) @ W + b, 4)
    f, i, o = np.exp(f) / (1 + np.exp(f)), np.exp(i) / (1 + np.exp(i)), np.exp(o) / (1 + np.exp(o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


@exercise.mistake
def old_memory_shown(x, h, c, W, b):
    """Your state shows the old memory: `h` is computed from the *new* `c`."""
    from scipy.special import expit

    f, i, o, g = np.split(np.concatenate([x, h]) @ W + b, 4)
    return expit(o) * np.tanh(c), expit(f) * c + expit(i) * np.tanh(g)


@exercise.mistake
def no_tanh_of_the_memory(x, h, c, W, b):
    """The `tanh` around the memory is missing: `h = o * tanh(c)`."""
    from scipy.special import expit

    f, i, o, g = np.split(np.concatenate([x, h]) @ W + b, 4)
    c = expit(f) * c + expit(i) * np.tanh(g)
    return expit(o) * c, c


@exercise.mistake
def candidate_without_tanh(x, h, c, W, b):
    """Your candidate has no `tanh`."""
    from scipy.special import expit

    f, i, o, g = np.split(np.concatenate([x, h]) @ W + b, 4)
    c = expit(f) * c + expit(i) * g
    return expit(o) * np.tanh(c), c


@exercise.mistake
def candidate_is_a_gate(x, h, c, W, b):
    """Your candidate is a sigmoid: the gates are, the candidate is a `tanh`."""
    from scipy.special import expit

    f, i, o, g = expit(np.split(np.concatenate([x, h]) @ W + b, 4))
    c = f * c + i * g
    return o * np.tanh(c), c


@exercise.mistake
def gates_by_tanh(x, h, c, W, b):
    """Your gates are a `tanh`, which may be negative: they are sigmoids."""
    f, i, o, g = np.tanh(np.split(np.concatenate([x, h]) @ W + b, 4))
    c = f * c + i * g
    return o * np.tanh(c), c


@exercise.mistake
def gates_without_sigmoid(x, h, c, W, b):
    """Your gates are bare sums: take the sigmoid, so that they are between 0 and 1."""
    f, i, o, g = np.split(np.concatenate([x, h]) @ W + b, 4)
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


@exercise.mistake
def input_gate_first(x, h, c, W, b):
    """You take the first block for the input gate and the second for the forget gate: the order is
    forget, input, output, candidate."""
    from scipy.special import expit

    i, f, o, g = np.split(np.concatenate([x, h]) @ W + b, 4)
    c = expit(f) * c + expit(i) * np.tanh(g)
    return expit(o) * np.tanh(c), c


@exercise.mistake
def candidate_third(x, h, c, W, b):
    """You take the third block for the candidate and the fourth for the output gate: the order is
    forget, input, output, candidate."""
    from scipy.special import expit

    f, i, g, o = np.split(np.concatenate([x, h]) @ W + b, 4)
    c = expit(f) * c + expit(i) * np.tanh(g)
    return expit(o) * np.tanh(c), c


@exercise.mistake
def order_of_pytorch(x, h, c, W, b):
    """Your blocks have the order of PyTorch (input, forget, candidate, output): here it is forget,
    input, output, candidate."""
    from scipy.special import expit

    i, f, g, o = np.split(np.concatenate([x, h]) @ W + b, 4)
    c = expit(f) * c + expit(i) * np.tanh(g)
    return expit(o) * np.tanh(c), c


@exercise.mistake
def state_before_input(x, h, c, W, b):
    """You put the state before the input: the first n rows of `W` belong to `x`, so
    `np.concatenate([x, h])`."""
    from scipy.special import expit

    f, i, o, g = np.split(np.concatenate([h, x]) @ W + b, 4)
    c = expit(f) * c + expit(i) * np.tanh(g)
    return expit(o) * np.tanh(c), c


@exercise.mistake
def columns_interleaved(x, h, c, W, b):
    """You take every fourth column for a gate (`z[0::4]`): a block is k neighboring columns,
    `z[:k]`."""
    from scipy.special import expit

    z = np.concatenate([x, h]) @ W + b
    f, i, o, g = z[0::4], z[1::4], z[2::4], z[3::4]
    c = expit(f) * c + expit(i) * np.tanh(g)
    return expit(o) * np.tanh(c), c


@exercise.mistake
def bias_forgotten(x, h, c, W, b):
    """The bias is missing: the sums are `[x, h] @ W + b`."""
    from scipy.special import expit

    f, i, o, g = np.split(np.concatenate([x, h]) @ W, 4)
    c = expit(f) * c + expit(i) * np.tanh(g)
    return expit(o) * np.tanh(c), c


@exercise.mistake
def no_forget_gate(x, h, c, W, b):
    """Your memory is kept whole, as in the LSTM of 1997: multiply the old memory by the forget
    gate."""
    from scipy.special import expit

    _, i, o, g = np.split(np.concatenate([x, h]) @ W + b, 4)
    c = c + expit(i) * np.tanh(g)
    return expit(o) * np.tanh(c), c


@exercise.mistake
def forget_gate_inverted(x, h, c, W, b):
    """You keep `1 - f` of the memory: an open forget gate, f = 1, keeps everything."""
    from scipy.special import expit

    f, i, o, g = np.split(np.concatenate([x, h]) @ W + b, 4)
    c = (1 - expit(f)) * c + expit(i) * np.tanh(g)
    return expit(o) * np.tanh(c), c


@exercise.mistake
def input_gate_tied(x, h, c, W, b):
    """You write `1 - f` of the candidate: the input gate has a block of its own."""
    from scipy.special import expit

    f, _, o, g = np.split(np.concatenate([x, h]) @ W + b, 4)
    c = expit(f) * c + (1 - expit(f)) * np.tanh(g)
    return expit(o) * np.tanh(c), c


@exercise.mistake
def memory_first(x, h, c, W, b):
    """You return `(c, h)`: the state comes first."""
    from scipy.special import expit

    f, i, o, g = np.split(np.concatenate([x, h]) @ W + b, 4)
    c = expit(f) * c + expit(i) * np.tanh(g)
    return c, expit(o) * np.tanh(c)


@exercise.mistake
def state_alone(x, h, c, W, b):
    """You return the state alone: return `h, c`."""
    from scipy.special import expit

    f, i, o, g = np.split(np.concatenate([x, h]) @ W + b, 4)
    c = expit(f) * c + expit(i) * np.tanh(g)
    return expit(o) * np.tanh(c)


@exercise.mistake
def memory_changed(x, h, c, W, b):
    """You change the caller's `c` (`c *= …`, `c[:] = …`): compute a new array, `c = f * c + …`."""
    from scipy.special import expit

    f, i, o, g = np.split(np.concatenate([x, h]) @ W + b, 4)
    new = expit(f) * c + expit(i) * np.tanh(g)
    c[:] = 2
    return expit(o) * np.tanh(new), new


@exercise.variant
def slices(x, h, c, W, b):
    """Blocks by slices, the sigmoid by tanh."""
    k = len(h)
    z = np.concatenate((x, h)) @ W + b
    f, i, o = (0.5 * (1 + np.tanh(z[j * k : (j + 1) * k] / 2)) for j in range(3))
    new_c = f * c + i * np.tanh(z[3 * k :])
    return o * np.tanh(new_c), new_c


@exercise.variant
def two_products(x, h, c, W, b):
    """The rows of x and those of h apart, and SciPy's sigmoid."""
    from scipy.special import expit

    n, k = x.shape[0], h.shape[0]
    z = (x @ W[:n] + h @ W[n:] + b).reshape(4, k)
    c_new = expit(z[0]) * c + expit(z[1]) * np.tanh(z[2 + 1])
    return [expit(z[2]) * np.tanh(c_new), c_new]


@exercise.variant
def loops(x, h, c, W, b):
    """Cell by cell, with a sigmoid that knows its sign."""

    def s(z):
        return 1 / (1 + np.exp(-z)) if z >= 0 else np.exp(z) / (1 + np.exp(z))

    xh, k = list(x) + list(h), len(h)
    new_h, new_c = np.zeros(k), np.zeros(k)
    for j in range(k):
        f, i, o, g = (
            sum(xh[r] * W[r, q * k + j] for r in range(len(xh))) + b[q * k + j] for q in range(4)
        )
        new_c[j] = s(f) * c[j] + s(i) * np.tanh(g)
        new_h[j] = s(o) * np.tanh(new_c[j])
    return new_h, new_c


@exercise.variant
def clipped(x, h, c, W, b):
    """A clipped exponent, all gates at once."""
    k = h.size
    z = np.hstack([x, h]).dot(W) + b
    gates = 1 / (1 + np.exp(-np.clip(z[: 3 * k], -500, 500)))
    c = gates[:k] * c + gates[k : 2 * k] * np.tanh(z[3 * k :])
    return gates[2 * k :] * np.tanh(c), c


@exercise.variant
def in_single_precision(x, h, c, W, b):
    """Computed in float32."""
    x, h, c, W, b = (np.asarray(a, dtype=np.float32) for a in (x, h, c, W, b))
    f, i, o, g = np.split(np.r_[x, h] @ W + b, 4)
    f, i, o = (np.float32(0.5) * (1 + np.tanh(z / 2)) for z in (f, i, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c
