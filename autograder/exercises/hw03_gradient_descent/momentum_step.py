"""Exercise 5.1: one step with momentum."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import gradient_descent as reference


def _case(inputs: Inputs, shape: tuple[int, ...], lr: float, beta: float, about: str = "") -> Case:
    args = (inputs.array(*shape), inputs.array(*shape), inputs.array(*shape), lr, beta)
    return Case(args, about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for shape in [(3, 2), (4,), (5, 1), (2, 2)]:
        yield _case(inputs, shape, float(rng.uniform(0.1, 0.6)), float(rng.uniform(0.6, 0.95)))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    w, _, g = _case(inputs, (3, 2), 0.1, 0.9).args[:3]
    yield Case((w, np.zeros((3, 2)), g, 0.1, 0.9), about="in the first step, with v = 0")
    yield _case(inputs, (3,), 0.2, 0, about="when beta is 0")
    w, v = inputs.array(4), inputs.array(4)
    yield Case((w, v, np.zeros(4), 0.1, 0.9), about="when the gradient is zero")
    yield _case(inputs, (1, 1), 0.3, 0.8, about="with a single entry")
    integers = [rng.integers(1, 7, (2, 2)) for _ in range(3)]
    yield Case((*integers, 0.3, 0.75), about="with integer arrays")
    names = ("w", "v", "g", "lr", "beta")
    args = _case(inputs, (2, 1), 0.4, 0.7).args
    named = dict(zip(names, args, strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(_: np.random.Generator) -> Iterator[Case]:
    yield Case((np.array([1.0]), np.array([0.5]), np.array([2.0]), 0.1, 0.8))
    yield Case((np.array([1.0]), np.array([0.0]), np.array([2.0]), 0.1, 0.8))
    w, v, g = np.array([[1.0], [2.0]]), np.array([[0.5], [-1.0]]), np.array([[2.0], [10.0]])
    yield Case((w, v, g, 0.1, 0.8))
    yield Case((np.array([4]), np.array([2]), np.array([1]), 0.3, 0.75))
    yield Case(kwargs={"w": w, "v": v, "g": g, "lr": 0.1, "beta": 0.8})


exercise = Exercise(
    homework="hw03_gradient_descent",
    number="5.1",
    reference=reference.momentum_step,
    returns=("`w`", "`v`"),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
)


@exercise.mistake
def uphill(w, v, g, lr, beta):
    """You add the gradient to the velocity, which pushes uphill: subtract `lr * g`."""
    v = beta * v + lr * g
    return w + v, v


@exercise.mistake
def velocity_with_the_other_sign(w, v, g, lr, beta):
    """Your velocity points uphill and you subtract it. The velocity of this course points where the
    parameter goes: `v = beta * v - lr * g`, then `w + v`."""
    v = beta * v + lr * g
    return w - v, v


@exercise.mistake
def rate_outside_of_the_velocity(w, v, g, lr, beta):
    """You leave the learning rate out of the velocity and multiply the whole velocity by it: only
    the gradient is multiplied by it."""
    v = beta * v - g
    return w + lr * v, v


@exercise.mistake
def old_velocity(w, v, g, lr, beta):
    """You move by the old velocity: compute the new one first, then move by it."""
    return w + v, beta * v - lr * g


@exercise.mistake
def mean_of_the_gradients(w, v, g, lr, beta):
    """You take a mean, with a factor 1 - beta at the gradient: in this course the gradient enters
    in full, as `lr * g`."""
    v = beta * v - (1 - beta) * lr * g
    return w + v, v


@exercise.mistake
def velocity_not_damped(w, v, g, lr, beta):
    """You keep the whole velocity: multiply the old one by beta."""
    v = v - lr * g
    return w + v, v


@exercise.mistake
def plain_step(w, v, g, lr, beta):
    """You take a plain step and leave the velocity out: the old one, times beta, belongs to the
    step."""
    v = -lr * g
    return w + v, v


@exercise.mistake
def gradient_moves_the_parameter_too(w, v, g, lr, beta):
    """You subtract the gradient twice, in the velocity and from `w`: it changes the velocity alone,
    and the velocity moves `w`."""
    v = beta * v - lr * g
    return w + v - lr * g, v


@exercise.mistake
def nesterov(w, v, g, lr, beta):
    """You take Nesterov's step, which looks ahead: here `w` moves by the new velocity alone."""
    v = beta * v - lr * g
    return w + beta * v - lr * g, v


@exercise.mistake
def rate_forgotten(w, v, g, lr, beta):
    """You leave out the learning rate: the gradient is multiplied by it."""
    v = beta * v - g
    return w + v, v


@exercise.mistake
def beta_and_rate_swapped(w, v, g, lr, beta):
    """You swap beta and the learning rate: beta belongs to the velocity, lr to the gradient."""
    v = lr * v - beta * g
    return w + v, v


@exercise.mistake
def swapped_returns(w, v, g, lr, beta):
    """You return `v, w`: the other order is asked for, `w, v`."""
    v = beta * v - lr * g
    return v, w + v


@exercise.mistake
def velocity_not_returned(w, v, g, lr, beta):
    """You return the parameter alone: return two things, `w, v`, since the next step needs the
    velocity."""
    v = beta * v - lr * g
    return w + v


@exercise.mistake
def old_velocity_returned(w, v, g, lr, beta):
    """You return the old velocity: the next step needs the new one."""
    return w + beta * v - lr * g, v


@exercise.mistake
def velocity_changed_in_place(w, v, g, lr, beta):
    """You change the caller's `v` (`v *= …`): compute a new array."""
    v *= beta
    v -= lr * g
    return w + v, v


@exercise.mistake
def parameter_changed_in_place(w, v, g, lr, beta):
    """You change the caller's `w` (`w += …`): compute a new array, `w + v`."""
    v = beta * v - lr * g
    w += v
    return w, v


@exercise.mistake
def copies_of_integers(w, v, g, lr, beta):
    """`*=` and `+=` on a copy fail where the arrays hold integers: compute new arrays instead, and
    they are floats."""
    w, v = w.copy(), v.copy()
    v *= beta
    v -= lr * g
    w += v
    return w, v


@exercise.variant
def multiplied_out(w, v, g, lr, beta):
    """Without a name for the new velocity, as a list."""
    return [w + (beta * v - lr * g), beta * v - lr * g]


@exercise.variant
def entry_by_entry(w, v, g, lr, beta):
    """One number at a time."""
    new_w, new_v = np.zeros(w.shape), np.zeros(w.shape)
    for j in np.ndindex(w.shape):
        new_v[j] = beta * v[j] - lr * g[j]
        new_w[j] = w[j] + new_v[j]
    return new_w, new_v


@exercise.variant
def in_place_on_float_copies(w, v, g, lr, beta):
    """In place, on copies that are floats."""
    w, v = np.array(w, dtype=float), np.array(v, dtype=float)
    v *= beta
    v -= np.multiply(g, lr)
    w += v
    return w, v


@exercise.variant
def other_sign_inside(w, v, g, lr, beta):
    """The other sign inside, turned around at the end."""
    uphill = lr * g - beta * v
    return w - uphill, -uphill


@exercise.variant
def stacked(w, v, g, lr, beta):
    """A product of a small matrix with everything stacked."""
    M = np.array([[1, beta, -lr], [0, beta, -lr]])
    w, v = np.einsum("ij,j...->i...", M, np.stack([w, v, g]))
    return w, v
