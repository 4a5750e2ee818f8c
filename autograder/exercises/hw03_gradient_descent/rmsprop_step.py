"""Exercise 5.2: one step of RMSprop."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import gradient_descent as reference


def _case(
    inputs: Inputs, shape: tuple[int, ...], rates: tuple[float, float, float], about: str = ""
) -> Case:
    s = np.square(inputs.array(*shape)) + 0.1
    return Case((inputs.array(*shape), s, inputs.array(*shape), *rates), about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for shape, eps in [((3, 2), 1e-8), ((4,), 0.1), ((5, 1), 0.3), ((2, 2), 0.2)]:
        rates = float(rng.uniform(0.1, 0.6)), float(rng.uniform(0.6, 0.95)), eps
        yield _case(inputs, shape, rates)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    w, _, g = _case(inputs, (3, 2), (0.1, 0.9, 1e-8)).args[:3]
    zeros = np.zeros((3, 2))
    yield Case((w, zeros, g, 0.1, 0.9, 1e-8), about="in the first step, with s = 0")
    about = "in the first step, when entries of the gradient are zero"
    yield Case((w, zeros, np.where(g > 0, 0.0, 1.0 + g**2), 0.1, 0.9, 1e-8), about=about)
    yield Case((w, zeros, zeros, 0.1, 0.9, 1e-8), about="when s and the gradient are zero")
    tiny = 1e-8 * (1.0 + np.abs(inputs.array(3)))
    yield Case((inputs.array(3), np.zeros(3), tiny, 0.5, 0.9, 1e-8), about="with a tiny gradient")
    yield _case(inputs, (1, 1), (0.3, 0.8, 1e-3), about="with a single entry")
    integers = [rng.integers(1, 7, (2, 2)) for _ in range(3)]
    yield Case((*integers, 0.3, 0.75, 0.1), about="with integer arrays")
    names = ("w", "s", "g", "lr", "rho", "eps")
    args = _case(inputs, (2, 1), (0.4, 0.7, 0.1)).args
    named = dict(zip(names, args, strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(_: np.random.Generator) -> Iterator[Case]:
    yield Case((np.array([1.0]), np.array([4.0]), np.array([-1.0]), 0.2, 0.75, 1e-8))
    yield Case((np.array([1.0]), np.array([0.25]), np.array([1.0]), 0.2, 0.5, 0.5))
    yield Case((np.array([1.0]), np.array([0.0]), np.array([0.0]), 0.2, 0.75, 1e-8))
    w, s, g = np.array([[1.0], [2.0]]), np.array([[4.0], [9.0]]), np.array([[2.0], [-1.0]])
    yield Case((w, s, g, 0.2, 0.75, 0.1))
    yield Case((w, np.zeros((2, 1)), g, 0.2, 0.75, 1e-8))
    yield Case((np.array([4]), np.array([2]), np.array([1]), 0.3, 0.75, 0.1))
    named = {"w": w, "s": s, "g": g, "lr": 0.2, "rho": 0.75, "eps": 0.1}
    yield Case(kwargs=named)


exercise = Exercise(
    homework="hw03_gradient_descent",
    number="5.2",
    reference=reference.rmsprop_step,
    returns=("`w`", "`s`"),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
)


@exercise.mistake
def mean_without_squares(w, s, g, lr, rho, eps):
    """You average the gradients themselves, and their mean may be near 0 or negative: average
    their squares, and divide by the root of that mean."""
    s = rho * s + (1 - rho) * g
    return w - lr * g / (s + eps), s


@exercise.mistake
def mean_of_absolute_values(w, s, g, lr, rho, eps):
    """You average absolute values: average the squares of the gradients, and divide by the root of
    that mean."""
    s = rho * s + (1 - rho) * np.abs(g)
    return w - lr * g / (s + eps), s


@exercise.mistake
def root_missing(w, s, g, lr, rho, eps):
    """You divide by the mean of the squares: divide by its root."""
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / (s + eps), s


@exercise.mistake
def eps_inside_of_the_root(w, s, g, lr, rho, eps):
    """Your eps stands inside of the root: add it after you have taken the root."""
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / np.sqrt(s + eps), s


@exercise.mistake
def eps_forgotten(w, s, g, lr, rho, eps):
    """You leave out eps: add it to the root, so that a mean of 0 does no harm."""
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / np.sqrt(s), s


@exercise.mistake
def own_eps(w, s, g, lr, rho, eps):
    """You use an eps of your own: use the `eps` that the caller hands in."""
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / (np.sqrt(s) + 1e-8), s


@exercise.mistake
def old_mean(w, s, g, lr, rho, eps):
    """You divide by the root of the old mean: compute the new one first."""
    return w - lr * g / (np.sqrt(s) + eps), rho * s + (1 - rho) * g**2


@exercise.mistake
def old_mean_returned(w, s, g, lr, rho, eps):
    """You return the old mean: the next step needs the new one."""
    new = rho * s + (1 - rho) * g**2
    return w - lr * g / (np.sqrt(new) + eps), s


@exercise.mistake
def shares_swapped(w, s, g, lr, rho, eps):
    """You swap the shares: the old mean keeps the share rho, the new square gets 1 - rho."""
    s = (1 - rho) * s + rho * g**2
    return w - lr * g / (np.sqrt(s) + eps), s


@exercise.mistake
def squares_added_up(w, s, g, lr, rho, eps):
    """You add the squares up, which is Adagrad, and steps only get shorter: take a running mean,
    with the shares rho and 1 - rho."""
    s = s + g**2
    return w - lr * g / (np.sqrt(s) + eps), s


@exercise.mistake
def share_of_the_square_missing(w, s, g, lr, rho, eps):
    """The new square enters in full: it gets the share 1 - rho."""
    s = rho * s + g**2
    return w - lr * g / (np.sqrt(s) + eps), s


@exercise.mistake
def share_squared(w, s, g, lr, rho, eps):
    """You square the share 1 - rho together with the gradient: `**` comes first, so square `g`
    alone."""
    s = rho * s + ((1 - rho) * g) ** 2
    return w - lr * g / (np.sqrt(s) + eps), s


@exercise.mistake
def one_mean_for_all(w, s, g, lr, rho, eps):
    """You average the squares over all entries: each entry keeps a mean of its own."""
    s = rho * s + (1 - rho) * np.mean(g**2)
    return w - lr * g / (np.sqrt(s) + eps), s


@exercise.mistake
def uphill(w, s, g, lr, rho, eps):
    """You add the step, which walks uphill: subtract it."""
    s = rho * s + (1 - rho) * g**2
    return w + lr * g / (np.sqrt(s) + eps), s


@exercise.mistake
def parentheses_missing(w, s, g, lr, rho, eps):
    """`a / b + c` means `(a / b) + c` in Python: put parentheses around the root and eps."""
    s = rho * s + (1 - rho) * g**2
    return w - (lr * g / np.maximum(np.sqrt(s), 1e-12) + eps), s


@exercise.mistake
def eps_added_to_the_step(w, s, g, lr, rho, eps):
    """`a / b + c` means `(a / b) + c` in Python: put parentheses around the root and eps."""
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / np.sqrt(s) + eps, s


@exercise.mistake
def gradient_forgotten(w, s, g, lr, rho, eps):
    """You divide the learning rate by the root, but the gradient is missing: multiply by it."""
    s = rho * s + (1 - rho) * g**2
    return w - lr / (np.sqrt(s) + eps), s


@exercise.mistake
def swapped_returns(w, s, g, lr, rho, eps):
    """You return `s, w`: the other order is asked for, `w, s`."""
    s = rho * s + (1 - rho) * g**2
    return s, w - lr * g / (np.sqrt(s) + eps)


@exercise.mistake
def mean_not_returned(w, s, g, lr, rho, eps):
    """You return the parameter alone: return two things, `w, s`, since the next step needs the
    mean."""
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / (np.sqrt(s) + eps)


@exercise.mistake
def mean_changed_in_place(w, s, g, lr, rho, eps):
    """You change the caller's `s` (`s *= …`): compute a new array."""
    s *= rho
    s += (1 - rho) * g**2
    return w - lr * g / (np.sqrt(s) + eps), s


@exercise.mistake
def parameter_changed_in_place(w, s, g, lr, rho, eps):
    """You change the caller's `w` (`w -= …`): compute a new array."""
    s = rho * s + (1 - rho) * g**2
    w -= lr * g / (np.sqrt(s) + eps)
    return w, s


@exercise.mistake
def copies_of_integers(w, s, g, lr, rho, eps):
    """`*=` and `-=` on a copy fail where the arrays hold integers: compute new arrays instead, and
    they are floats."""
    w, s = w.copy(), s.copy()
    s *= rho
    s += (1 - rho) * g**2
    w -= lr * g / (np.sqrt(s) + eps)
    return w, s


@exercise.variant
def step_named(w, s, g, lr, rho, eps):
    """The mean as a move toward the new square."""
    mean = s + (1 - rho) * (np.square(g) - s)
    rate = lr / (mean**0.5 + eps)
    return w - rate * g, mean


@exercise.variant
def entry_by_entry(w, s, g, lr, rho, eps):
    """One number at a time."""
    new_w, new_s = np.zeros(w.shape), np.zeros(w.shape)
    for j in np.ndindex(w.shape):
        new_s[j] = rho * s[j] + (1 - rho) * g[j] * g[j]
        new_w[j] = w[j] - lr * g[j] / (np.sqrt(new_s[j]) + eps)
    return new_w, new_s


@exercise.variant
def in_place_on_float_copies(w, s, g, lr, rho, eps):
    """In place, on copies that are floats."""
    w, s = np.array(w, dtype=float), np.array(s, dtype=float)
    s *= rho
    s += (1 - rho) * g * g
    w -= lr * g / (np.sqrt(s) + eps)
    return [w, s]


@exercise.variant
def weighted_average(w, s, g, lr, rho, eps):
    """NumPy's weighted mean of the old mean and the new square."""
    s = np.average([s, g**2], axis=0, weights=[rho, 1 - rho])
    return np.subtract(w, np.divide(lr * g, np.add(np.sqrt(s), eps))), s
