"""Exercise 1.2: gradient descent until the gradient is small."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.exercises.compare import Difference, difference
from autograder.exercises.hw03_gradient_descent import lists
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Function, Part
from autograder.exercises.refused import Refused
from autograder.reference import gradient_descent as reference
from autograder.reference.shapes import Array

_ARGUMENTS = ("grad_fn", "params", "lr", "n_steps", "tol")
_NEVER = 1e-9


def _pull(targets: list[Array], coupling: float) -> Callable[[list[Array]], list[Array]]:
    """Return the gradient of ½ Σ‖p − target‖² + ½ coupling (sum of all entries)².

    The coupling makes every gradient depend on every parameter.
    """

    def grad_fn(params: list[Array]) -> list[Array]:
        total = sum(float(np.sum(p)) for p in params)
        return [p - t + coupling * total for p, t in zip(params, targets, strict=True)]

    return grad_fn


def _case(inputs: Inputs, shapes: lists.Shapes, lr: float, n_steps: int, about: str = "") -> Case:
    """Return a case that takes all its steps."""
    size = sum(int(np.prod(shape)) for shape in shapes)
    grad_fn = _pull(lists.arrays(inputs, shapes), 1.0 / size)
    return Case((grad_fn, lists.arrays(inputs, shapes), lr, n_steps, _NEVER), about=about)


def _stops(inputs: Inputs, shapes: lists.Shapes, lr: float, about: str) -> Case:
    """Return a case that stops long before its steps are used up, with a clear margin."""
    grad_fn, params, _, n_steps, _ = _case(inputs, shapes, lr, 45).args
    _, norms = reference.gradient_descent(grad_fn, params, lr, n_steps, 0.0)
    last = int(inputs.rng.integers(20, 26))
    tol = float(np.sqrt(norms[last - 1] * norms[last]))
    return Case((grad_fn, params, lr, n_steps, tol), about=about)


def _observe(gradient_descent: Function, case: Case) -> tuple[Any, ...]:
    """Call the function and lay what it returns side by side: the arrays, then the history."""
    count = len(lists.arguments(case, _ARGUMENTS)["params"])
    result = gradient_descent(*case.args, **case.kwargs)
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise Refused("the result is not a pair: return two things, `params, history`")
    params, history = result
    problem = lists.problem_of_form(params, count, "`params`")
    if problem:
        raise Refused(problem)
    return (*params, history)


def _compare(case: Case, expected: tuple[Array, ...], got: tuple[Any, ...]) -> Difference | None:
    """Compare, with a stop just before or just after the last update equally good."""
    given = lists.arguments(case, _ARGUMENTS)
    stopped = bool(expected[-1][-1] < given["tol"])
    n_steps = len(expected[-1]) - stopped
    # One step more, and the norm after it.
    last, norms = reference.gradient_descent(
        given["grad_fn"], given["params"], given["lr"], n_steps + 1, 0.0
    )
    history = got[-1]
    length = history.shape[0] if isinstance(history, np.ndarray) and history.ndim == 1 else n_steps
    if length not in (n_steps, n_steps + 1):
        when = "the stop" if stopped else "`n_steps` steps"
        return Difference(
            f"`history` has another length than it should have after {when}",
            f"`history` has {length} entries, expected {n_steps} after {when}",
        )
    wrong_history = difference(norms[:length], history, ("`history`",))
    if wrong_history:
        return wrong_history
    params = list(got[:-1])
    if stopped and not lists.compare_arrays(last, params, "`params`"):
        return None
    return lists.compare_arrays(list(expected[:-1]), params, "`params`")


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for shapes, n_steps in (
        ([(3, 2), (2,)], 5),
        ([(4,)], 7),
        ([(2, 3), (3,), (3, 1), (1,)], 4),
        ([(2, 2), (2, 2)], 3),
    ):
        yield _case(inputs, shapes, float(rng.uniform(0.1, 0.4)), n_steps)


def _stopping(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    about = "when the norm of the gradient falls below `tol`"
    yield _stops(inputs, [(6, 5), (5,)], 0.2, about)
    yield _stops(inputs, [(3,)] * 5 + [(2, 2)] * 6, 0.2, about)
    start = lists.arrays(inputs, [(2, 2), (2,)])
    grad_fn = _pull([p.copy() for p in start], 0.0)
    yield Case((grad_fn, start, 0.3, 6, 1e-3), about="when the start is a minimum already")


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield _case(inputs, [(2, 1), (1,)], 0.3, 1, about="with one step (n_steps = 1)")
    yield _case(inputs, [(3, 1), (1,)], 2.5, 6, about="when the rate is so large that it diverges")
    grad_fn, params, *rest = _case(inputs, [(3, 2), (2,)], 0.3, 4).args
    integers = [rng.integers(-4, 5, p.shape) for p in params]
    yield Case((grad_fn, integers, *rest), about="when the start is an array of integers")
    case = _case(inputs, [(2, 2), (2,)], 0.2, 3)
    named = dict(zip(_ARGUMENTS, case.args, strict=True))
    yield Case(kwargs=named, about="when it is called by argument names")


def _toward_one(params: list[Array]) -> list[Array]:
    return [params[0] - 1]


def _each_toward_one(params: list[Array]) -> list[Array]:
    return [p - 1 for p in params]


def _tied(params: list[Array]) -> list[Array]:
    """Return the gradient of ½ Σ w² + b Σ w + 2 b²."""
    return [params[0] + params[1], params[0].sum() + 4 * params[1]]


def _examples(_: np.random.Generator) -> Iterator[Case]:
    simple = {"grad_fn": "lambda params: [params[0] - 1]"}
    tied = {"grad_fn": "lambda params: [params[0] + params[1], params[0].sum() + 4 * params[1]]"}
    yield Case((_toward_one, [np.array([9.0])], 0.5, 1, 1e-6), shown=simple)
    yield Case((_toward_one, [np.array([9.0])], 0.5, 3, 1e-6), shown=simple)
    yield Case((_toward_one, [np.array([9.0, 7.0])], 0.5, 2, 1e-6), shown=simple)
    start = [np.array([[4.0], [2.0]]), np.array([1.0])]
    for n_steps in (1, 2):
        yield Case((_tied, start, 0.25, n_steps, 1e-6), shown=tied)
    for tol in (2.5, 0.6):  # 8, 4, 2, 1, 0.5
        yield Case((_toward_one, [np.array([9.0])], 0.5, 9, tol), shown=simple)
    yield Case((_toward_one, [np.full(16, 9.0)], 0.5, 20, 0.3), shown=simple)
    four = [np.array([9.0]) for _ in range(4)]
    apart = {"grad_fn": "lambda params: [p - 1 for p in params]"}
    yield Case((_each_toward_one, four, 0.25, 20, 3.3), shown=apart)
    yield Case((_toward_one, [np.array([1.2])], 0.01, 20, 0.1), shown=simple)
    yield Case((_toward_one, [np.array([1.0])], 0.5, 4, 1e-3), shown=simple)
    yield Case((_toward_one, [np.array([4])], 0.5, 2, 1e-6), shown=simple)
    named = dict(zip(_ARGUMENTS, (_tied, start, 0.25, 2, 1e-6), strict=True))
    yield Case(kwargs=named, shown=tied)


exercise = Exercise(
    homework="hw03_gradient_descent",
    number="1.2",
    reference=reference.gradient_descent,
    returns=("array 0 of `params`", "array 1 of `params`", "`history`"),
    parts=(Part("values", 2, _values), Part("stopping", 1, _stopping), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    compare=_compare,
    equivalent_mutants={
        "norm < tol -> norm <= tol": "a norm of exactly `tol` does not occur, and is not graded",
    },
)


@exercise.mistake
def uphill(grad_fn, params, lr, n_steps, tol):
    """You add the gradient, which walks uphill: subtract it."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if history[-1] < tol:
            break
        params = [p + lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def one_parameter_after_the_other(grad_fn, params, lr, n_steps, tol):
    """You compute the gradient anew after each array has moved, which is another algorithm
    (coordinate descent): compute it once in each step, then move all arrays."""
    params = list(params)
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if history[-1] < tol:
            break
        for i in range(len(params)):
            params[i] = params[i] - lr * grad_fn(params)[i]
    return params, np.array(history)


@exercise.mistake
def gradient_of_the_start(grad_fn, params, lr, n_steps, tol):
    """You compute the gradient once, before the loop: it has to be taken anew in each step."""
    grads = grad_fn(params)
    history = []
    for _ in range(n_steps):
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if history[-1] < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def biases_left_alone(grad_fn, params, lr, n_steps, tol):
    """You move the first array only: every array of the list takes its step, biases included."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if history[-1] < tol:
            break
        params = [params[0] - lr * grads[0], *params[1:]]
    return params, np.array(history)


@exercise.mistake
def one_step_missing(grad_fn, params, lr, n_steps, tol):
    """You take `n_steps - 1` steps: `range(1, n_steps)` is one short of `range(n_steps)`."""
    history = []
    for _ in range(1, n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if history[-1] < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def one_step_too_many(grad_fn, params, lr, n_steps, tol):
    """You take `n_steps + 1` steps: stop after `n_steps` of them."""
    history = []
    for _ in range(n_steps + 1):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if history[-1] < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def norms_after_the_steps(grad_fn, params, lr, n_steps, tol):
    """Your history holds the norm after each step: record it before the step, so that the first
    entry belongs to the start."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        params = [p - lr * g for p, g in zip(params, grads)]
        history.append(np.sqrt(sum(np.sum(g**2) for g in grad_fn(params))))
        if history[-1] < tol:
            break
    return params, np.array(history)


@exercise.mistake
def norm_of_the_first_array(grad_fn, params, lr, n_steps, tol):
    """You take the norm of the first gradient only: the whole gradient is all arrays together."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(np.sum(grads[0] ** 2)))
        if history[-1] < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def norm_of_the_last_array(grad_fn, params, lr, n_steps, tol):
    """You take the norm of the last gradient only: the whole gradient is all arrays together."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(np.sum(grads[-1] ** 2)))
        if history[-1] < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def sum_of_the_norms(grad_fn, params, lr, n_steps, tol):
    """You add up the norms of the arrays: add up the squares of all entries, then take one root."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(sum(np.sqrt(np.sum(g**2)) for g in grads))
        if history[-1] < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def squared_norm(grad_fn, params, lr, n_steps, tol):
    """Your norm lacks its root: it is the sum of the squares of all entries."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(sum(np.sum(g**2) for g in grads))
        if history[-1] < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def largest_entry(grad_fn, params, lr, n_steps, tol):
    """Your norm is the largest entry of the gradient: it is the root of the sum of all squares."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(max(np.max(np.abs(g)) for g in grads))
        if history[-1] < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def norm_of_the_list(grad_fn, params, lr, n_steps, tol):
    """You make one array of the whole list of gradients, but their shapes differ: take the squares
    array by array, and add up their sums."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.linalg.norm(grads))
        if history[-1] < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def parameters_recorded(grad_fn, params, lr, n_steps, tol):
    """Your history holds the norm of the parameters: record the norm of the gradient."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(p**2) for p in params)))
        if np.sqrt(sum(np.sum(g**2) for g in grads)) < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def never_stops(grad_fn, params, lr, n_steps, tol):
    """You always take all steps: stop when the norm of the gradient is below `tol`."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def stops_by_the_size_of_the_step(grad_fn, params, lr, n_steps, tol):
    """You stop when the step is small, and a small rate alone makes steps small: compare the norm
    of the gradient with `tol`."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        norm = np.sqrt(sum(np.sum(g**2) for g in grads))
        history.append(norm)
        if lr * norm < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def stops_by_the_largest_entry(grad_fn, params, lr, n_steps, tol):
    """You stop when the largest entry of the gradient is below `tol`: compare the norm of the
    whole gradient with it."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if max(np.max(np.abs(g)) for g in grads) < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def stops_when_every_array_is_flat(grad_fn, params, lr, n_steps, tol):
    """You stop when the norm of each array is below `tol`: compare the norm of all arrays together
    with it."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if all(np.sqrt(np.sum(g**2)) < tol for g in grads):
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def stops_when_the_norm_stays(grad_fn, params, lr, n_steps, tol):
    """You stop when the norm hardly changes: compare the norm itself with `tol`."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if len(history) > 1 and abs(history[-1] - history[-2]) < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def stops_while_it_is_large(grad_fn, params, lr, n_steps, tol):
    """You stop when the norm is above `tol`: go on then, and stop below it."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if history[-1] > tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.mistake
def start_changed(grad_fn, params, lr, n_steps, tol):
    """You change the caller's arrays (`p -= …`): compute new ones, `p - …`."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if history[-1] < tol:
            break
        for p, g in zip(params, grads):
            p -= lr * g
    return params, np.array(history)


@exercise.mistake
def shallow_copy(grad_fn, params, lr, n_steps, tol):
    """You copy the list, but it still holds the caller's arrays, and `-=` changes those: compute
    new arrays, `p - …`."""
    params = params.copy()
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if history[-1] < tol:
            break
        for i in range(len(params)):
            params[i] -= (lr * grads[i]).astype(params[i].dtype)
    return params, np.array(history)


@exercise.mistake
def entries_replaced(grad_fn, params, lr, n_steps, tol):
    """You put the new arrays into the caller's list (`params[i] = …`): make a list of your own."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if history[-1] < tol:
            break
        for i in range(len(params)):
            params[i] = params[i] - lr * grads[i]
    return params, np.array(history)


@exercise.mistake
def copies_of_integers(grad_fn, params, lr, n_steps, tol):
    """`-=` on a copy fails where the start holds integers: compute `p - lr * g`, which is a new
    array and a float."""
    params = [p.copy() for p in params]
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if history[-1] < tol:
            break
        for p, g in zip(params, grads):
            p -= lr * g
    return params, np.array(history)


@exercise.mistake
def history_as_a_list(grad_fn, params, lr, n_steps, tol):
    """Your history is a list: make an array of it (`np.array`)."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if history[-1] < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, history


@exercise.mistake
def padded_history(grad_fn, params, lr, n_steps, tol):
    """After an early stop your history goes on with zeros: keep the entries of the steps that were
    taken."""
    history = np.zeros(n_steps)
    for step in range(n_steps):
        grads = grad_fn(params)
        history[step] = np.sqrt(sum(np.sum(g**2) for g in grads))
        if history[step] < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, history


@exercise.mistake
def swapped_returns(grad_fn, params, lr, n_steps, tol):
    """You return `history, params`: the other order is asked for, `params, history`."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        history.append(np.sqrt(sum(np.sum(g**2) for g in grads)))
        if history[-1] < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return np.array(history), params


@exercise.mistake
def only_the_parameters(grad_fn, params, lr, n_steps, tol):
    """You return the parameters alone: return two things, `params, history`."""
    for _ in range(n_steps):
        grads = grad_fn(params)
        if np.sqrt(sum(np.sum(g**2) for g in grads)) < tol:
            break
        params = [p - lr * g for p, g in zip(params, grads)]
    return np.concatenate([p.ravel() for p in params])


@exercise.variant
def stops_before_it_records(grad_fn, params, lr, n_steps, tol):
    """The norm below `tol` is not recorded any more."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        norm = np.linalg.norm([np.linalg.norm(g) for g in grads])
        if norm < tol:
            break
        history.append(norm)
        params = [p - lr * g for p, g in zip(params, grads)]
    return params, np.array(history)


@exercise.variant
def stops_after_the_update(grad_fn, params, lr, n_steps, tol):
    """One update more, with the gradient that is small already."""
    history = []
    for _ in range(n_steps):
        grads = grad_fn(params)
        norm = sum((g**2).sum() for g in grads) ** 0.5
        history.append(norm)
        params = [p - lr * g for p, g in zip(params, grads)]
        if norm < tol:
            break
    return params, np.array(history)


@exercise.variant
def checks_the_new_gradient(grad_fn, params, lr, n_steps, tol):
    """The gradient after the update decides, and is used again in the next step."""

    def length(grads):
        return np.linalg.norm(np.concatenate([g.ravel() for g in grads]))

    grads = grad_fn(params)
    history = []
    for _ in range(n_steps):
        history.append(length(grads))
        params = [p - lr * g for p, g in zip(params, grads)]
        grads = grad_fn(params)
        if length(grads) < tol:
            break
    return params, np.array(history)


@exercise.variant
def while_loop(grad_fn, params, lr, n_steps, tol):
    """A while loop, which records the last norm as well."""
    params = [np.array(p, dtype=float) for p in params]
    norms = []
    while True:
        grads = grad_fn(params)
        norms.append(np.sqrt(np.sum([np.vdot(g, g) for g in grads])))
        if norms[-1] < tol or len(norms) > n_steps:
            break
        for p, g in zip(params, grads):
            p -= lr * g
    return params, np.array(norms)


@exercise.variant
def filled_array(grad_fn, params, lr, n_steps, tol):
    """An array that is cut at the end, and a tuple of parameters."""
    history, t = np.empty(n_steps), 0
    params = tuple(params)
    while t < n_steps:
        grads = grad_fn(list(params))
        history[t] = np.sqrt(sum(np.tensordot(g, g, axes=g.ndim) for g in grads))
        t += 1
        if history[t - 1] <= tol:
            break
        params = tuple(p - lr * g for p, g in zip(params, grads))
    return list(params), history[:t]


@exercise.variant
def long_vector(grad_fn, params, lr, n_steps, tol):
    """All parameters as one long vector."""
    shapes = [p.shape for p in params]
    cuts = np.cumsum([p.size for p in params])[:-1]

    def unpack(theta):
        return [part.reshape(shape) for part, shape in zip(np.split(theta, cuts), shapes)]

    theta = np.concatenate([np.ravel(p) for p in params]).astype(float)
    history = []
    for _ in range(n_steps):
        gradient = np.concatenate([np.ravel(g) for g in grad_fn(unpack(theta))])
        history.append(np.linalg.norm(gradient))
        if history[-1] < tol:
            break
        theta = theta - lr * gradient
    return unpack(theta), np.array(history)
