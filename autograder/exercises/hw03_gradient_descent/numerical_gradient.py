"""Exercise 3.1: the gradient of a function by central differences."""

from collections.abc import Callable, Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import gradient_descent as reference
from autograder.reference.shapes import Array

_Objective = Callable[[Array], float]


def _cubic(A: Array) -> _Objective:
    """Return a function in which every entry counts by itself and in a sum with all others."""

    def f(w: Array) -> float:
        return float(np.sum(A * w**3) + np.sum(A * w) ** 2)

    return f


def _wavy(A: Array) -> _Objective:
    def f(w: Array) -> float:
        return float(np.sum(np.sin(2.0 * w) * A) + np.sum(w**2))

    return f


def _case(inputs: Inputs, shape: tuple[int, ...], kind: str, h: float, about: str = "") -> Case:
    A = 1.0 + np.abs(inputs.array(*shape))
    f = _cubic(A) if kind == "cubic" else _wavy(A)
    return Case((f, inputs.array(*shape), h), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, (4,), "cubic", 0.1)
    yield _case(inputs, (2, 3), "wavy", 0.2)
    yield _case(inputs, (3, 2), "cubic", 1e-4)
    yield _case(inputs, (5, 1), "wavy", 0.05)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    f, w, _ = _case(inputs, (3, 2), "wavy", 1.0).args
    yield Case((f, w), about="when `h` is left out")
    # So wavy that a difference over another distance than 1e-5 shows.
    w = inputs.array(3)
    yield Case((lambda w: float(np.sum(np.sin(1e4 * w))), w), about="when `h` is left out")
    yield _case(inputs, (1,), "cubic", 0.3, about="with a single entry")
    yield _case(inputs, (2, 2, 2), "cubic", 0.1, about="with an array of three axes")
    f, _, h = _case(inputs, (2, 2), "cubic", 0.1).args
    yield Case((f, rng.integers(1, 5, (2, 2)), h), about="when `w` is an array of integers")
    f, _, h = _case(inputs, (3,), "wavy", 0.1).args
    yield Case((f, np.zeros(3, dtype=int), h), about="when `w` is an array of integers")
    f, w, h = _case(inputs, (3,), "cubic", 0.2).args
    yield Case(kwargs={"f": f, "w": w, "h": h}, about="when it is called by argument names")


def _cubes(w: Array) -> float:
    return float((w**3).sum() + w.sum() ** 2)


def _examples(_: np.random.Generator) -> Iterator[Case]:
    shown = {"f": "lambda w: (w ** 3).sum() + w.sum() ** 2"}
    yield Case((_cubes, np.array([2.0]), 0.1), shown=shown)
    yield Case((_cubes, np.array([2.0])), shown=shown)
    yield Case((_cubes, np.array([0.3, 2.0]), 0.1), shown=shown)
    yield Case((_cubes, np.array([[1.0, 2.0], [0.5, -1.0]]), 0.1), shown=shown)
    yield Case((_cubes, np.array([2, 1]), 0.1), shown=shown)
    yield Case((_cubes, np.array([[[1.0, 0.5]]]), 0.1), shown=shown)
    waves = {"f": "lambda w: np.sin(10000 * w).sum()"}
    yield Case((lambda w: float(np.sum(np.sin(1e4 * w))), np.array([0.5])), shown=waves)
    yield Case(kwargs={"f": _cubes, "w": np.array([0.3, 2.0]), "h": 0.1}, shown=shown)


exercise = Exercise(
    homework="hw03_gradient_descent",
    number="3.1",
    reference=reference.numerical_gradient,
    returns=("the gradient",),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    equivalent_mutants={
        "np.zeros_like(w) -> np.ones_like(w)": "every entry of the gradient is overwritten",
    },
)


@exercise.mistake
def forward_difference(f, w, h=1e-5):
    """You measure to one side only: take f at `w + h` and at `w - h`, and divide by 2h."""
    gradient = np.zeros(w.shape)
    for j in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[j] = h
        gradient[j] = (f(w + step) - f(w)) / h
    return gradient


@exercise.mistake
def backward_difference(f, w, h=1e-5):
    """You measure to one side only: take f at `w + h` and at `w - h`, and divide by 2h."""
    gradient = np.zeros(w.shape)
    for j in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[j] = h
        gradient[j] = (f(w) - f(w - step)) / h
    return gradient


@exercise.mistake
def two_missing(f, w, h=1e-5):
    """Your gradient is twice the right one: the two points are 2h apart, so divide by 2h."""
    gradient = np.zeros(w.shape)
    for j in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[j] = h
        gradient[j] = (f(w + step) - f(w - step)) / h
    return gradient


@exercise.mistake
def half_of_it_times_h(f, w, h=1e-5):
    """`a / 2 * h` means `(a / 2) * h` in Python: write `a / (2 * h)`."""
    gradient = np.zeros(w.shape)
    for j in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[j] = h
        gradient[j] = (f(w + step) - f(w - step)) / 2 * h
    return gradient


@exercise.mistake
def not_divided(f, w, h=1e-5):
    """You return the differences of f: divide them by 2h."""
    gradient = np.zeros(w.shape)
    for j in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[j] = h
        gradient[j] = f(w + step) - f(w - step)
    return gradient


@exercise.mistake
def sign_flipped(f, w, h=1e-5):
    """Your gradient has the wrong sign: f at `w + h` comes first, then f at `w - h`."""
    gradient = np.zeros(w.shape)
    for j in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[j] = h
        gradient[j] = (f(w - step) - f(w + step)) / (2 * h)
    return gradient


@exercise.mistake
def all_entries_at_once(f, w, h=1e-5):
    """You move all entries of `w` at once: move one of them, and leave the others where they
    are."""
    return np.full(w.shape, (f(w + h) - f(w - h)) / (2 * h))


@exercise.mistake
def one_number_for_all(f, w, h=1e-5):
    """You move all entries of `w` at once, and get a single number: move one entry at a time, and
    return an array with a quotient for each."""
    return (f(w + h) - f(w - h)) / (2 * h)


@exercise.mistake
def own_h(f, w, h=1e-5):
    """You use an h of your own: use the `h` that the caller hands in."""
    gradient = np.zeros(w.shape)
    for j in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[j] = 1e-5
        gradient[j] = (f(w + step) - f(w - step)) / 2e-5
    return gradient


@exercise.mistake
def step_to_one_side_of_each(f, w, h=1e-5):
    """You go h/2 to either side and divide by h: go h to either side and divide by 2h."""
    gradient = np.zeros(w.shape)
    for j in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[j] = h / 2
        gradient[j] = (f(w + step) - f(w - step)) / h
    return gradient


@exercise.mistake
def steps_pile_up(f, w, h=1e-5):
    """Entries that you have moved stay where they are while you measure the next: move each one
    back, or start from a fresh array."""
    gradient = np.zeros(w.shape)
    up, down = w.astype(float), w.astype(float)
    for j in np.ndindex(w.shape):
        up[j] += h
        down[j] -= h
        gradient[j] = (f(up) - f(down)) / (2 * h)
    return gradient


@exercise.mistake
def not_moved_back(f, w, h=1e-5):
    """Each entry ends at `w - h` when you go on to the next: move it back to where it was."""
    gradient = np.zeros(w.shape)
    moved = w.astype(float)
    for j in np.ndindex(w.shape):
        moved[j] += h
        above = f(moved)
        moved[j] -= 2 * h
        gradient[j] = (above - f(moved)) / (2 * h)
    return gradient


@exercise.mistake
def moved_back_by_arithmetic(f, w, h=1e-5):
    """You move the entries of the caller's `w` and back by `+= h`, and rounding keeps you from
    ending where you started: work on a copy."""
    gradient = np.zeros(w.shape)
    for j in np.ndindex(w.shape):
        w[j] = w[j] + h
        above = f(w)
        w[j] = w[j] - 2 * h
        below = f(w)
        w[j] = w[j] + h
        gradient[j] = (above - below) / (2 * h)
    return gradient


@exercise.mistake
def left_moved(f, w, h=1e-5):
    """You change the caller's `w` and leave it changed: work on a copy."""
    gradient = np.zeros(w.shape)
    start = w.copy()
    for j in np.ndindex(w.shape):
        w[...] = start
        w[j] += np.asarray(h).astype(w.dtype)
        above = f(w)
        w[...] = start
        w[j] -= np.asarray(h).astype(w.dtype)
        gradient[j] = (above - f(w)) / (2 * h)
    return gradient


@exercise.mistake
def integers_stay_integers(f, w, h=1e-5):
    """Where `w` holds integers, your copy cannot move by h, and your gradient is cut: make both
    floats."""
    gradient = np.zeros(w.shape)
    for j in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[j] = up[j] + h
        down[j] = down[j] - h
        gradient[j] = (f(up) - f(down)) / (2 * h)
    return gradient


@exercise.mistake
def gradient_of_integers(f, w, h=1e-5):
    """`np.zeros_like(w)` holds integers where `w` does, and cuts what you put into it: use
    `np.zeros(w.shape)`."""
    gradient = np.zeros_like(w)
    for j in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[j] = h
        gradient[j] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient


@exercise.mistake
def step_of_integers(f, w, h=1e-5):
    """`np.zeros_like(w)` holds integers where `w` does, so your step of h becomes 0 there: use
    `np.zeros(w.shape)`."""
    gradient = np.zeros(w.shape)
    for j in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[j] = h
        gradient[j] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient


@exercise.mistake
def one_row_at_a_time(f, w, h=1e-5):
    """Your loop goes over the rows of `w` and moves a whole row at once: move one entry at a time
    (`np.ndindex` gives their positions)."""
    gradient = np.zeros(w.shape)
    for i in range(len(w)):
        step = np.zeros(w.shape)
        step[i] = h
        gradient[i] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient


@exercise.mistake
def flat_gradient(f, w, h=1e-5):
    """You return a flat array: the gradient has the shape of `w`."""
    slopes = []
    for j in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[j] = h
        slopes.append((f(w + step) - f(w - step)) / (2 * h))
    return np.array(slopes)


@exercise.mistake
def two_axes_only(f, w, h=1e-5):
    """Your loop needs exactly two axes: `w` may have any shape (`np.ndindex` goes through all
    positions)."""
    rows, columns = w.shape
    gradient = np.zeros((rows, columns))
    for i in range(rows):
        for k in range(columns):
            step = np.zeros((rows, columns))
            step[i, k] = h
            gradient[i, k] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient


@exercise.variant
def flat_positions(f, w, h=1e-5):
    """Flat positions, and a reshape for every call."""
    w = np.asarray(w, dtype=float)
    slopes = []
    for j in range(w.size):
        e = np.zeros(w.size)
        e[j] = h
        e = e.reshape(w.shape)
        slopes.append((f(w + e) - f(w - e)) / (2 * h))
    return np.array(slopes).reshape(w.shape)


@exercise.variant
def one_copy_moved_back(f, w, h=1e-5):
    """One copy, each entry put back where it was."""
    moved = np.array(w, dtype=np.float64)
    gradient = np.empty_like(moved)
    for j in np.ndindex(*moved.shape):
        before = moved[j]
        moved[j] = before + h
        above = f(moved)
        moved[j] = before - h
        below = f(moved)
        moved[j] = before
        gradient[j] = (above - below) / h / 2
    return gradient


@exercise.variant
def unit_arrays(f, w, h=1e-5):
    """The rows of an identity matrix as directions."""
    directions = np.eye(w.size).reshape(-1, *w.shape)
    return np.array([(f(w + h * e) - f(w - h * e)) * 0.5 / h for e in directions]).reshape(w.shape)


@exercise.variant
def measured_distance(f, w, h=1e-5):
    """Divides by the distance that is left after rounding."""
    gradient = np.zeros(w.shape)
    for j, entry in np.ndenumerate(w):
        up, down = w.astype(float), w.astype(float)
        up[j], down[j] = entry + h, entry - h
        gradient[j] = (f(up) - f(down)) / (up[j] - down[j])
    return gradient


@exercise.variant
def fresh_copies(f, w, h=1e-5):
    """A fresh float copy for each side, through `flat`."""
    gradient = np.zeros(np.shape(w))
    for j in range(w.size):
        plus, minus = w + 0.0, w + 0.0
        plus.flat[j] += h
        minus.flat[j] -= h
        gradient.flat[j] = np.float64(f(plus) - f(minus)) / (2 * h)
    return gradient
