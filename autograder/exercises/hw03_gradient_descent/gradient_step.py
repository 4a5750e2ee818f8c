"""Exercise 1.1: one step of gradient descent, for all parameters."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.hw03_gradient_descent import lists
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import gradient_descent as reference


def _case(inputs: Inputs, shapes: lists.Shapes, lr: float, about: str = "") -> Case:
    args = (lists.arrays(inputs, shapes), lists.arrays(inputs, shapes), lr)
    return Case(args, about=about)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for shapes in (
        [(3, 2), (2,)],
        [(2, 4), (4,), (4, 3), (3,)],
        [(5, 1), (1,)],
        [(2, 2), (2, 2)],
    ):
        yield _case(inputs, shapes, float(rng.uniform(0.1, 0.7)))
    yield _case(inputs, [(2, 3), (3,)], float(rng.uniform(1.5, 3.0)))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, [(4,)], 0.3, about="with a single parameter array")
    yield _case(inputs, [(1, 1), (1,)], 0.2, about="with one weight and one bias")
    yield _case(inputs, [(2, 3, 2), (3,)], 0.1, about="with an array of three axes")
    params = lists.arrays(inputs, [(3, 2), (2,)])
    zeros = [np.zeros_like(p) for p in params]
    yield Case((params, zeros, 0.5), about="when the gradient is zero")
    params, grads = ([rng.integers(1, 9, shape) for shape in [(3, 2), (2,)]] for _ in range(2))
    yield Case((params, grads, 0.3), about="with integer arrays")
    yield Case((params, grads, 2), about="with integer arrays and an integer learning rate")
    named = {"params": lists.arrays(inputs, [(2, 1), (1,)]), "lr": 0.4}
    named["grads"] = lists.arrays(inputs, [(2, 1), (1,)])
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    yield Case(([np.array([1.0])], [np.array([2.0])], 0.1))
    W, b = np.array([[1.0], [2.0]]), np.array([3.0])
    dW, db = np.array([[10.0], [-4.0]]), np.array([5.0])
    yield Case(([W, b], [dW, db], 0.1))
    yield Case(([W, b], [dW, db], 2.0))
    yield Case(([W, W], [dW, dW], 0.5))
    yield Case(([b, b], [np.array([0.0]), np.array([0.0])], 0.5))
    for shapes in [[(2, 2), (2,)], [(1, 2), (2,), (2, 1), (1,)]]:
        yield _case(inputs, shapes, 0.5)
    yield Case(([np.array([1, 2]), np.array([3])], [np.array([1, 5]), np.array([2])], 0.3))
    yield Case(kwargs={"params": [W], "grads": [dW], "lr": 0.1})


exercise = Exercise(
    homework="hw03_gradient_descent",
    number="1.1",
    reference=reference.gradient_step,
    returns=("array 0", "array 1"),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    compare=lists.compare,
)


@exercise.mistake
def uphill(params, grads, lr):
    """You add the gradient, which walks uphill: subtract it."""
    return [p + lr * g for p, g in zip(params, grads)]


@exercise.mistake
def rate_forgotten(params, grads, lr):
    """You subtract the whole gradient: multiply it by the learning rate first."""
    return [p - g for p, g in zip(params, grads)]


@exercise.mistake
def divided_by_the_rate(params, grads, lr):
    """You divide the gradient by the learning rate: multiply it."""
    return [p - g / lr for p, g in zip(params, grads)]


@exercise.mistake
def rate_on_the_difference(params, grads, lr):
    """You compute `lr * (p - g)`: only the gradient is multiplied by the learning rate."""
    return [lr * (p - g) for p, g in zip(params, grads)]


@exercise.mistake
def gradient_scaled_to_length_one(params, grads, lr):
    """You scale the gradient to length 1: its length belongs to the step, so use it as it is."""
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    return [p - lr * g / norm for p, g in zip(params, grads)]


@exercise.mistake
def only_the_sign(params, grads, lr):
    """You use only the signs of the gradient: its size belongs to the step, too."""
    return [p - lr * np.sign(g) for p, g in zip(params, grads)]


@exercise.mistake
def step_alone(params, grads, lr):
    """You return the steps `-lr * g`: add them to the parameters."""
    return [-lr * g for g in grads]


@exercise.mistake
def biases_left_alone(params, grads, lr):
    """You move the first array only: every array of the list takes its step, biases included."""
    return [params[0] - lr * grads[0], *[p.copy() for p in params[1:]]]


@exercise.mistake
def first_gradient_for_all(params, grads, lr):
    """You use the first gradient for every parameter: array i of `params` moves by array i of
    `grads`."""
    return [p - lr * np.resize(grads[0], p.shape) for p in params]


@exercise.mistake
def in_place(params, grads, lr):
    """You change the caller's arrays (`p -= …`): compute new ones, `p - …`."""
    for p, g in zip(params, grads):
        p -= lr * g
    return params


@exercise.mistake
def entries_replaced(params, grads, lr):
    """You put the new arrays into the caller's list (`params[i] = …`): make a list of your own."""
    for i in range(len(params)):
        params[i] = params[i] - lr * grads[i]
    return params


@exercise.mistake
def shallow_copy(params, grads, lr):
    """You copy the list, but it still holds the caller's arrays, and `-=` changes those: compute
    new arrays, `p - …`."""
    new = params.copy()
    for i in range(len(new)):
        new[i] -= (lr * grads[i]).astype(new[i].dtype)
    return new


@exercise.mistake
def type_of_the_start_kept(params, grads, lr):
    """Where the parameters are integers, your step is cut to integers, too: compute in float."""
    new = [p.copy() for p in params]
    for p, g in zip(new, grads):
        p[...] = p - lr * g
    return new


@exercise.mistake
def copies_of_integers(params, grads, lr):
    """`-=` on a copy fails where the parameters are integers: compute `p - lr * g`, which is a new
    array and a float."""
    new = [p.copy() for p in params]
    for p, g in zip(new, grads):
        p -= lr * g
    return new


@exercise.mistake
def lists_made_arrays(params, grads, lr):
    """You make one array of the whole list, but its arrays have different shapes: take them one
    by one."""
    return list(np.array(params) - lr * np.array(grads))


@exercise.mistake
def one_array_returned(params, grads, lr):
    """You make one array of the whole list, but its arrays have different shapes: take them one
    by one, and return a list."""
    return np.array(params) - lr * np.array(grads)


@exercise.mistake
def glued_together(params, grads, lr):
    """You return one long array: return a list of arrays in the shapes of the parameters."""
    flat = [np.ravel(p - lr * g) for p, g in zip(params, grads)]
    return np.concatenate(flat)


@exercise.mistake
def shapes_lost(params, grads, lr):
    """You flatten the arrays: each keeps the shape of its parameter."""
    return [np.ravel(p - lr * g) for p, g in zip(params, grads)]


@exercise.mistake
def generator_returned(params, grads, lr):
    """You return a generator, in round brackets: return a list, in square ones."""
    return (p - lr * g for p, g in zip(params, grads))


@exercise.mistake
def nested_lists(params, grads, lr):
    """You return nested lists of numbers (`tolist`): keep the arrays."""
    return [(p - lr * g).tolist() for p, g in zip(params, grads)]


@exercise.mistake
def nothing_returned(params, grads, lr):
    """Your function returns None: add a `return`."""
    new = [p - lr * g for p, g in zip(params, grads)]
    new.copy()


@exercise.variant
def loop_with_positions(params, grads, lr):
    """A loop over positions."""
    new = []
    for i in range(len(params)):
        new.append(params[i] - lr * grads[i])
    return new


@exercise.variant
def in_place_on_float_copies(params, grads, lr):
    """In place, on copies that are floats."""
    new = [np.array(p, dtype=float) for p in params]
    for p, g in zip(new, grads):
        p -= lr * g
    return new


@exercise.variant
def tuple_of_arrays(params, grads, lr):
    """A tuple, which is as good as a list."""
    return tuple(np.subtract(p, np.multiply(lr, g)) for p, g in zip(params, grads))


@exercise.variant
def entry_by_entry(params, grads, lr):
    """One number at a time."""
    new = []
    for p, g in zip(params, grads):
        q = np.zeros(p.shape)
        for j in np.ndindex(p.shape):
            q[j] = p[j] - lr * g[j]
        new.append(q)
    return new


@exercise.variant
def mapped(params, grads, lr):
    """`map` with a step of its own."""

    def step(p, g):
        return p + (-lr) * g

    return list(map(step, params, grads))


@exercise.variant
def long_vectors(params, grads, lr):
    """Everything as one long vector, cut apart at the end."""
    theta = np.concatenate([p.ravel() for p in params])
    theta = theta - lr * np.concatenate([g.ravel() for g in grads])
    new, start = [], 0
    for p in params:
        new.append(theta[start : start + p.size].reshape(p.shape))
        start += p.size
    return new
