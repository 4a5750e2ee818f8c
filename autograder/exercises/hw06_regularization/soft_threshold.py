"""Exercise 3.1: the soft threshold."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import regularization as reference
from autograder.reference.shapes import Array


def _spread(rng: np.random.Generator, *shape: int) -> Array:
    """Return numbers of both signs, nearer to 0 than 1 and farther, more than once each."""
    size = int(np.prod(shape))
    sizes = np.where(np.arange(size) % 2, rng.uniform(1.2, 3, size), rng.uniform(0.1, 0.8, size))
    signs = np.where(np.arange(size) % 4 < 2, -1, 1)
    return (rng.permutation(sizes * signs)).reshape(shape)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for shape in [(8,), (3, 4), (2, 3, 2)]:
        yield Case((_spread(rng, *shape), 1.0))
    yield Case((_spread(rng, 9), 0.5), about="with t = 0.5")
    yield Case((_spread(rng, 6), 0.0), about="with t = 0, which changes nothing")
    yield Case((_spread(rng, 6), 5.0), about="when t is larger than every entry")
    edges = np.append(_spread(rng, 5), [1.5, -1.5, 0.0])
    yield Case((edges, 1.5), about="when entries are 0, t and -t")
    yield Case((rng.permutation(11) - 5, 1.5), about="when w holds integers")
    named = {"w": _spread(rng, 5), "t": 1.0}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    yield Case((np.array([3.0]), 1.0))
    yield Case((np.array([-3.0]), 1.0))
    yield Case((np.array([0.5]), 1.0))
    yield Case((np.array([-0.5]), 1.0))
    yield Case((np.array([3.0, -2.0, 0.5, -0.25]), 1.0))
    yield Case((np.array([3.0, -2.0, 0.5, -0.5]), 0.25))
    yield Case((np.array([3, -2, 1, 0]), 1.5))
    yield Case((np.array([[3.0, -2.0], [0.5, -0.5]]), 1.0))
    yield Case((np.array([3.0, -2.0]), 0.0))
    yield Case((np.array([1.0, -1.0, 0.0]), 1.0))
    yield Case((inputs.array(4), 1.25))
    yield Case(kwargs={"w": np.array([3.0]), "t": 1.0})


exercise = Exercise(
    homework="hw06_regularization",
    number="3.1",
    reference=reference.soft_threshold,
    returns=("the result",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    tolerance=1e-5,
    purity="values",
    equivalent_mutants={
        "w = np.asarray(w, dtype=np.float64) -> pass": (
            "the conversion is for lists, which are not graded, and for the type checker"
        ),
        "np.asarray(w, dtype=np.float64) -> w": (
            "the conversion is for lists, which are not graded, and for the type checker"
        ),
        "np.asarray(w, dtype=np.float64) -> np.asarray(w)": (
            "the conversion is for lists, which are not graded, and for the type checker"
        ),
        "np.maximum(np.abs(w) - t, 0) -> np.maximum(0, np.abs(w) - t)": (
            "a maximum does not depend on the order"
        ),
    },
)


@exercise.mistake
def hard_threshold(w, t):
    """Yours is the *hard* threshold: it leaves large entries as they are. Move them toward 0 by t,
    too."""
    return np.where(np.abs(w) > t, w, 0.0)


@exercise.mistake
def sign_lost(w, t):
    """Your result has lost the sign: multiply by `np.sign(w)`."""
    return np.maximum(np.abs(w) - t, 0)


@exercise.mistake
def maximum_missing(w, t):
    """Entries near 0 go beyond it and change their sign: they become 0 (`np.maximum(…, 0)`)."""
    return np.sign(w) * (np.abs(w) - t)


@exercise.mistake
def positive_only(w, t):
    """All your negative entries become 0: the threshold works on the absolute value, and the sign
    comes back."""
    return np.maximum(w - t, 0)


@exercise.mistake
def subtracted_from_all(w, t):
    """You subtract t from all entries: negative ones move up, toward 0, and none beyond it."""
    return w - t


@exercise.mistake
def away_from_zero(w, t):
    """You move the entries away from 0: subtract t from the absolute value."""
    return np.sign(w) * (np.abs(w) + t)


@exercise.mistake
def what_is_taken_away(w, t):
    """You return what is to be taken away, w cut to the range from -t to t: subtract this from
    w."""
    return np.clip(w, -t, t) * 1.0


@exercise.mistake
def cut_to_the_range(w, t):
    """Your large entries become t: they keep what is above t."""
    return np.where(np.abs(w) > t, np.sign(w) * t, 0.0)


@exercise.mistake
def small_entries_kept(w, t):
    """Entries nearer to 0 than t stay as they are with you: they become 0."""
    return np.where(w > t, w - t, np.where(w < -t, w + t, w))


@exercise.mistake
def negative_side_missing(w, t):
    """Only positive entries move with you: those below -t move up by t."""
    return np.where(w > t, w - t, np.where(w < -t, w, 0.0))


@exercise.mistake
def negative_side_wrong(w, t):
    """Your negative entries move away from 0: add t to them."""
    return np.where(w > t, w - t, np.where(w < -t, w - t, 0.0))


@exercise.mistake
def ridge_shrinkage(w, t):
    """You divide by 1 + t, which is what the L2 penalty does: subtract t from the absolute value,
    and stop at 0."""
    return w / (1 + t)


@exercise.mistake
def scaled(w, t):
    """You shrink by a factor, max(0, 1 − t): subtract t from the absolute value instead."""
    return w * max(0.0, 1 - t)


@exercise.mistake
def half_the_threshold(w, t):
    """You move by t/2: move by t."""
    return np.sign(w) * np.maximum(np.abs(w) - t / 2, 0)


@exercise.mistake
def shape_lost(w, t):
    """Your result is flat: it has the shape of w, whatever that is."""
    return np.array([np.sign(v) * max(abs(v) - t, 0) for v in w.ravel()])


@exercise.mistake
def entries_dropped(w, t):
    """You drop the entries that become 0: keep them, so that the result has the shape of w."""
    kept = w[np.abs(w) > t]
    return np.sign(kept) * (np.abs(kept) - t)


@exercise.mistake
def list_returned(w, t):
    """You return a list: make an array of it (`np.array`)."""
    return (np.sign(w) * np.maximum(np.abs(w) - t, 0)).tolist()


@exercise.mistake
def cut_to_integers(w, t):
    """Where w holds integers your result is cut to integers: an array made by `np.zeros_like(w)`
    can't hold a fraction."""
    result = np.zeros_like(w)
    result[:] = np.sign(w) * np.maximum(np.abs(w) - t, 0)
    return result


@exercise.mistake
def w_changed(w, t):
    """You change the caller's `w` (`w[…] = 0`, `w -= …`): work on a copy."""
    result = np.sign(w) * np.maximum(np.abs(w) - t, 0)
    w[np.abs(w) <= t] = 0
    w *= 2
    return result


@exercise.variant
def three_ranges(w, t):
    """Above, below, in between."""
    return np.where(w > t, w - t, np.where(w < -t, w + t, 0))


@exercise.variant
def difference_to_the_clipped(w, t):
    """What lies beyond the range from -t to t."""
    return w - np.clip(w, -t, t)


@exercise.variant
def two_ramps(w, t):
    """A ramp for each sign."""
    return np.maximum(w - t, 0) - np.maximum(-w - t, 0)


@exercise.variant
def entry_by_entry(w, t):
    """A loop over all entries, any shape."""
    result = np.empty(w.shape)
    for index, value in np.ndenumerate(w):
        if abs(value) <= t:
            result[index] = 0
        else:
            result[index] = value - t if value > 0 else value + t
    return result


@exercise.variant
def scaling_factor(w, t):
    """A factor for each entry, in single precision."""
    v = w.astype(np.float32)
    size = np.abs(v)
    return v * np.maximum(0, 1 - np.divide(t, size, out=np.ones_like(v), where=size > 0))
