"""Exercise 1.1: random weights of the right scale."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises import draws
from autograder.exercises.compare import described
from autograder.exercises.hw09_training.start import nothing_chosen
from autograder.exercises.model import Case, Exercise, Function, Part
from autograder.reference import training as reference

_ARGUMENTS = ("n_in", "n_out", "kind", "rng")
_SIX_SIGMA = 6.0  # an honest draw is farther off once in 500 million


def _case(n_in: int, n_out: int, kind: str, seed: int, extra: str, about: str = "") -> Case:
    return Case(
        (n_in, n_out, kind, np.random.default_rng(seed)),
        about=about,
        shown={"rng": f"np.random.default_rng({seed})"},
        extra=extra,
    )


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for n_in, n_out, kind in [(50, 400, "xavier"), (50, 400, "he")]:
        yield _case(n_in, n_out, kind, int(rng.integers(2**32)), draws.VALUES)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    seed = int(rng.integers(2**32))
    yield _case(12, 20, "he", seed, draws.CARE)
    about = "with a single unit (n_out = 1)"
    yield _case(3000, 1, "xavier", int(rng.integers(2**32)), draws.VALUES, about)
    values = (40, 30, "xavier", np.random.default_rng(seed))
    about = "when it is called by argument names"
    named = dict(zip(_ARGUMENTS, values))
    yield Case(kwargs=named, about=about, extra=draws.VALUES)


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield _case(50, 400, "xavier", 1, draws.EXAMPLE)
    yield _case(50, 400, "he", 1, draws.EXAMPLE)
    yield _case(3000, 1, "he", 1, draws.EXAMPLE)


def _problem(case: Case, result: Any) -> str:
    named = dict(zip(_ARGUMENTS, case.args)) | dict(case.kwargs)
    return next(_problems(named["n_in"], named["n_out"], named["kind"], result), "")


def _problems(n_in: int, n_out: int, kind: str, result: Any) -> Iterator[str]:
    """Yield what is wrong, types and shapes first; only the first sentence is asked for."""
    if not isinstance(result, tuple | list):
        yield f"the result is {described(result)}, expected two arrays, W and b"
    if len(result) != 2:
        yield f"the result has {len(result)} entries, expected two arrays, W and b"
    for name, array, shape in (("W", result[0], (n_in, n_out)), ("b", result[1], (n_out,))):
        if type(array) is not np.ndarray:
            yield f"`{name}` is {described(array)}, expected an array of shape {shape}"
        if array.dtype.kind not in "iuf":
            yield f"`{name}` holds values of type {array.dtype}, expected real numbers"
        if array.shape != shape:
            yield f"`{name}` has shape {array.shape}, expected {shape}"
        if not np.isfinite(array).all():
            yield f"`{name}` holds numbers that are not finite"
    W, b = result
    yield from _wrong_weights(W, n_in, n_out, np.sqrt({"xavier": 1, "he": 2}[kind] / n_in))
    if b.any():
        yield "`b` does not hold zeros"


def _wrong_weights(W: np.ndarray, n_in: int, n_out: int, wanted: float) -> Iterator[str]:
    if not W.any():
        yield "`W` holds zeros"
    if n_out > 1 and np.ptp(W, axis=1).max() == 0:
        yield "all units start with the same weights"
    around, count = float(W.mean()), W.size
    sd = float(W.std())
    if abs(around) > _SIX_SIGMA * max(sd, wanted) / np.sqrt(count):
        yield "the mean of `W` is far from 0"
    if abs(sd / wanted - 1) > _SIX_SIGMA / np.sqrt(2 * count):
        yield f"the standard deviation of `W` is {_like(sd, n_in, n_out, count)}"
    if n_out > 1 and np.ptp(W, axis=1).min() == 0:
        yield "units start with the same weights"
    if n_in > 1 and np.ptp(W, axis=0).min() == 0:
        yield "a unit has the same weight for all of its inputs"


def _like(sd: float, n_in: int, n_out: int, count: int) -> str:
    """Return the formula that has that standard deviation, or that it is wrong."""
    formulas = {
        "√(1/n_in)": np.sqrt(1 / n_in),
        "√(2/n_in)": np.sqrt(2 / n_in),
        "1/n_in": 1 / n_in,
        "2/n_in": 2 / n_in,
        "√(1/n_out)": np.sqrt(1 / n_out),
        "√(2/n_out)": np.sqrt(2 / n_out),
        "√(2/(n_in + n_out))": np.sqrt(2 / (n_in + n_out)),
        "√(1/n_in)/√3": np.sqrt(1 / (3 * n_in)),
        "√(2/n_in)/√3": np.sqrt(2 / (3 * n_in)),
        "1": 1.0,
        "0.01": 0.01,
    }
    close = [
        name
        for name, value in formulas.items()
        if abs(sd / value - 1) <= _SIX_SIGMA / np.sqrt(2 * count)
    ]
    return f"that of {close[0]}" if len(close) == 1 else "wrong"


def _observe(function: Function, case: Case) -> Any:
    return draws.observe(function, case, _problem, nothing_chosen)


exercise = Exercise(
    homework="hw09_training",
    number="1.1",
    reference=reference.init_weights,
    returns=("W", "b"),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    compare=draws.compare,
    equivalent_mutants={
        "return (rng.normal(scale=scale, size=(n_in, n_out)), np.zeros(n_out)) -> "
        "return (rng.normal(scale=scale, size=(n_in, n_out)), np.zeros_like(np.zeros(n_out)))": (
            "zeros like zeros are zeros"
        ),
    },
)


@exercise.mistake
def variance_as_scale(n_in, n_out, kind, rng):
    """You use the variance as `scale`, which is the standard deviation: take the square root."""
    scale = {"xavier": 1 / n_in, "he": 2 / n_in}[kind]
    return rng.normal(scale=scale, size=(n_in, n_out)), np.zeros(n_out)


@exercise.mistake
def units_counted(n_in, n_out, kind, rng):
    """You divide by the number of units: a unit adds up n_in terms, so divide by n_in."""
    scale = np.sqrt({"xavier": 1 / n_out, "he": 2 / n_out}[kind])
    return rng.normal(scale=scale, size=(n_in, n_out)), np.zeros(n_out)


@exercise.mistake
def kinds_interchanged(n_in, n_out, kind, rng):
    """The two kinds are interchanged: "xavier" is 1/n_in, "he" is 2/n_in."""
    scale = np.sqrt({"xavier": 2 / n_in, "he": 1 / n_in}[kind])
    return rng.normal(scale=scale, size=(n_in, n_out)), np.zeros(n_out)


@exercise.mistake
def always_xavier(n_in, n_out, kind, rng):
    """You do not look at `kind`: with "he" the variance is 2/n_in."""
    return rng.normal(scale=np.sqrt(1 / n_in), size=(n_in, n_out)), np.zeros(n_out)


@exercise.mistake
def always_he(n_in, n_out, kind, rng):
    """You do not look at `kind`: with "xavier" the variance is 1/n_in."""
    return rng.normal(scale=np.sqrt(2 / n_in), size=(n_in, n_out)), np.zeros(n_out)


@exercise.mistake
def both_sides_counted(n_in, n_out, kind, rng):
    """Your variance for "xavier" is 2/(n_in + n_out), as in the paper of 2010: this course takes
    1/n_in."""
    scale = np.sqrt({"xavier": 2 / (n_in + n_out), "he": 2 / n_in}[kind])
    return rng.normal(scale=scale, size=(n_in, n_out)), np.zeros(n_out)


@exercise.mistake
def uniform_of_that_width(n_in, n_out, kind, rng):
    """Uniform numbers between −a and a have the standard deviation a/√3, not a: multiply a by √3,
    or use `rng.normal`."""
    a = np.sqrt({"xavier": 1 / n_in, "he": 2 / n_in}[kind])
    return rng.uniform(-a, a, size=(n_in, n_out)), np.zeros(n_out)


@exercise.mistake
def only_positive(n_in, n_out, kind, rng):
    """Your weights do not have the mean 0, so all units see almost the same: use `rng.normal`, or
    uniform numbers on both sides of 0."""
    a = np.sqrt(12 * {"xavier": 1 / n_in, "he": 2 / n_in}[kind])
    return rng.random((n_in, n_out)) * a, np.zeros(n_out)


@exercise.mistake
def scale_forgotten(n_in, n_out, kind, rng):
    """Your weights have the standard deviation 1: give `rng.normal` the right `scale`."""
    return rng.normal(size=(n_in, n_out)), np.zeros(n_out)


@exercise.mistake
def one_hundredth(n_in, n_out, kind, rng):
    """Your weights have the standard deviation 0.01, whatever n_in is."""
    return 0.01 * rng.normal(size=(n_in, n_out)), np.zeros(n_out)


@exercise.mistake
def zeros(n_in, n_out, kind, rng):
    """Your weights are zeros, so all units stay equal for ever: draw them from `rng`."""
    return np.zeros((n_in, n_out)), np.zeros(n_out)


@exercise.mistake
def transposed(n_in, n_out, kind, rng):
    """`W` is transposed: it has a row for each input, (n_in, n_out)."""
    scale = np.sqrt({"xavier": 1 / n_in, "he": 2 / n_in}[kind])
    return rng.normal(scale=scale, size=(n_out, n_in)), np.zeros(n_out)


@exercise.mistake
def one_draw_for_all_units(n_in, n_out, kind, rng):
    """You draw the weights of one unit and copy them to all, so that the units stay equal for ever:
    draw (n_in, n_out) numbers."""
    scale = np.sqrt({"xavier": 1 / n_in, "he": 2 / n_in}[kind])
    w = rng.normal(size=(n_in, 1))
    w = scale * (w - w.mean()) / (w.std() or 1)
    return w * np.ones((1, n_out)), np.zeros(n_out)


@exercise.mistake
def random_bias(n_in, n_out, kind, rng):
    """Your bias is random: it starts at zero."""
    scale = np.sqrt({"xavier": 1 / n_in, "he": 2 / n_in}[kind])
    return rng.normal(scale=scale, size=(n_in, n_out)), rng.normal(scale=scale, size=n_out)


@exercise.mistake
def bias_as_a_row(n_in, n_out, kind, rng):
    """`b` has shape (1, n_out): it is flat, (n_out,)."""
    scale = np.sqrt({"xavier": 1 / n_in, "he": 2 / n_in}[kind])
    return rng.normal(scale=scale, size=(n_in, n_out)), np.zeros((1, n_out))


@exercise.mistake
def bias_left_out(n_in, n_out, kind, rng):
    """You return W alone: two arrays are asked for, `W, b`."""
    scale = np.sqrt({"xavier": 1 / n_in, "he": 2 / n_in}[kind])
    return rng.normal(scale=scale, size=(n_in, n_out))


@exercise.mistake
def global_random_state(n_in, n_out, kind, rng):
    """You draw with `np.random.…`, from a state that the whole notebook shares: draw from `rng`, so
    that the caller can repeat the start."""
    scale = np.sqrt({"xavier": 1 / n_in, "he": 2 / n_in}[kind])
    return np.random.normal(scale=scale, size=(n_in, n_out)), np.zeros(n_out)  # noqa: NPY002


@exercise.mistake
def fixed_generator(n_in, n_out, kind, rng):
    """You make a generator with a seed of your own, so that every layer starts alike: draw from
    `rng`."""
    scale = np.sqrt({"xavier": 1 / n_in, "he": 2 / n_in}[kind])
    rng = np.random.default_rng(0)
    return rng.normal(scale=scale, size=(n_in, n_out)), np.zeros(n_out)


@exercise.variant
def standard_normal(n_in, n_out, kind, rng):
    """Standard normal numbers, multiplied, and a list."""
    W = rng.standard_normal((n_in, n_out))
    W *= (1 / n_in) ** 0.5 if kind == "xavier" else (2 / n_in) ** 0.5
    return [W, np.zeros(n_out)]


@exercise.variant
def uniform(n_in, n_out, kind, rng):
    """Uniform numbers of the same variance, in float32."""
    a = np.sqrt(3 * (1 + (kind == "he")) / n_in)
    W = rng.uniform(-a, a, (n_in, n_out)).astype(np.float32)
    return W, np.zeros(n_out, dtype=int)


@exercise.variant
def unit_by_unit(n_in, n_out, kind, rng):
    """A column at a time."""
    W, b = np.empty((n_in, n_out)), []
    for k in range(n_out):
        W[:, k] = rng.normal(0, np.sqrt((2 if kind == "he" else 1) / n_in), n_in)
        b.append(0.0)
    return W, np.array(b)
