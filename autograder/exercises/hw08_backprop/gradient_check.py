"""Exercise 4.1: the largest relative error of gradients, by central differences."""

import numbers
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from autograder.exercises.compare import Difference, described
from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Function, Part, Remarked
from autograder.exercises.refused import Refused
from autograder.reference import backprop as reference
from autograder.reference.activations import Linear, Tanh
from autograder.reference.shapes import Array

_Loss = Callable[[list[Array]], float]
_EXAMPLE = "example"
_SMALL, _LARGE = 1e-6, 1e-3


def _waves(scales: list[Array]) -> tuple[_Loss, Callable[[list[Array]], list[Array]]]:
    """Return a loss in which all parameters play together, and its gradient."""

    def loss_fn(params: list[Array]) -> float:
        total = sum(float(np.sum(s * p)) for s, p in zip(scales, params, strict=True))
        own = sum(float(np.sum(np.exp(p / 2))) for p in params)
        return own + total**2 / 4

    def gradient(params: list[Array]) -> list[Array]:
        total = sum(float(np.sum(s * p)) for s, p in zip(scales, params, strict=True))
        return [np.exp(p / 2) / 2 + total * s / 2 for s, p in zip(scales, params, strict=True)]

    return loss_fn, gradient


def _tiny(loss_fn: _Loss, grads: list[Array]) -> tuple[_Loss, list[Array]]:
    """Return a loss that is so small that the first entry of its gradients is 1e-7."""
    scale = 1e-7 / float(np.abs(grads[0].flat[0]))
    return lambda params: scale * loss_fn(params), [scale * g for g in grads]


def _given(inputs: Inputs, *shapes: tuple[int, ...]) -> tuple[_Loss, list[Array], list[Array]]:
    """Return a loss, parameters and the right gradients, none of which is nearly zero."""
    while True:
        loss_fn, gradient = _waves([inputs.array(*shape) for shape in shapes])
        params = [inputs.array(*shape) for shape in shapes]
        grads = gradient(params)
        if all(0.05 < np.abs(g).min() and np.abs(g).max() < 20 for g in grads):
            return loss_fn, params, grads


def _wrong(grads: list[Array], array: int, place: int, factor: float) -> list[Array]:
    """Return the gradients with one entry multiplied by a factor."""
    changed = [g.copy() for g in grads]
    changed[array].flat[place] *= factor
    return changed


def _network(rng: np.random.Generator, output: Any) -> tuple[_Loss, list[Array], list[Array]]:
    """Return the loss of a small network with its gradients from backpropagation."""
    X, Y = rng.normal(size=(4, 2)), rng.normal(size=(4, 1))

    def parts(params: list[Array]) -> Any:
        phis = [Tanh, output]
        return reference.backprop(X, Y, params[:2], params[2:], phis, 0.1, "identity+half_mse")

    while True:
        params = [rng.normal(size=shape) for shape in [(2, 2), (2, 1), (2,), (1,)]]
        _, dWs, dbs = parts(params)
        grads = [*dWs, *dbs]
        if min(np.abs(g).min() for g in grads) > 0.02:
            return lambda moved: parts(moved)[0], params, grads


def _values(rng: np.random.Generator) -> Iterator[Case]:
    """Few entries, since the loss is called twice for each of them."""
    inputs = Inputs(rng)
    wrongs = [
        ([(3, 2), (2,)], [(0, 2, 1.02), (1, -1, 0.9), (1, 0, -1.0)]),
        ([(2, 2), (2,), (2, 1), (1,)], [(0, 0, 0.5), (1, -1, 0.997), (3, 0, 1.5)]),
    ]
    for shapes, places in wrongs:
        loss_fn, params, grads = _given(inputs, *shapes)
        yield Case((loss_fn, params, grads), about="with right gradients")
        for array, place, factor in places:
            wrong = _wrong(grads, array, place, factor)
            yield Case((loss_fn, params, wrong), about="with a single wrong entry")
    doubled = [2 * g for g in grads]
    yield Case((loss_fn, params, doubled), about="with gradients twice as large")
    yield Case((loss_fn, params, [-g for g in grads]), about="with the wrong sign")
    loss_fn, params, grads = _given(inputs, (4, 3), (3,))
    smallest = int(np.abs(grads[0]).argmin())
    wrong = _wrong(grads, 0, smallest, 1.004)
    yield Case((loss_fn, params, wrong), about="with one entry of many that is slightly wrong")
    missing = _wrong(grads, 0, smallest, 0.0)
    yield Case((loss_fn, params, missing), about="with a single entry that is 0")
    loss_fn, params, grads = _given(inputs, (2, 2), (1,))
    loss_fn, grads = _tiny(loss_fn, grads)
    yield Case((loss_fn, params, grads), about="with tiny gradients that are right")
    yield Case((loss_fn, params, _wrong(grads, 0, 0, 0.5)), about="with a tiny gradient")


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    loss_fn, params, grads = _given(inputs, (3,))
    yield Case((loss_fn, params, grads, 1e-4), about="with h = 1e-4 and right gradients")
    curved = "with an h so large that the differences are off"
    yield Case((_fifth_powers, [inputs.array(2) / 9 + 1], [np.full(2, 5.0)], 0.5), about=curved)
    params = [1.0 + rng.random(3)]
    yield Case((_fifth_powers, params, [5 * params[0] ** 4], 0.5), about=curved)
    # Each of the 12 errors is 2.8e-7, whatever the parameters are: their sum is not small any more.
    params = [inputs.array(3, 4)]
    about = "with h = 1e-3 and right gradients of many entries"
    yield Case((_exponentials, params, [1.3 * np.exp(1.3 * params[0])], 1e-3), about=about)
    # Of so small a number p, p - h keeps a few digits alone: adding h does not give p again.
    params = [1e-7 * (1 + rng.random(6))]
    about = "with parameters much smaller than h"
    yield Case((_exponentials, params, [1.3 * np.exp(1.3 * params[0])]), about=about)
    loss_fn, params, grads = _given(inputs, (1,))
    yield Case((loss_fn, params, grads), about="with a single parameter")
    loss_fn, params, grads = _given(inputs, (2, 2, 2))
    yield Case((loss_fn, params, grads), about="with an array of three axes")
    yield Case((loss_fn, params, _wrong(grads, 0, 5, 0.8)), about="with an array of three axes")
    params = [inputs.array(2, 2), inputs.array(2)]
    useless = [params[0] * 2, np.zeros(2)]
    about = "when the loss does not depend on some parameters"
    yield Case((_first_squares, params, useless), about=about)
    about = "with the loss of a network"
    loss_fn, params, grads = _network(rng, Linear)
    yield Case((loss_fn, params, grads), about=about)
    yield Case((loss_fn, params, [np.zeros_like(g) for g in grads]), about=about)
    # A Tanh at the output belongs to no pair, so these gradients are wrong.
    yield Case(_network(rng, Tanh), about=about)
    whole = [rng.integers(1, 4, (2, 2)), rng.integers(1, 4, 2)]
    yield Case((_all_squares, whole, [2 * p for p in whole]), about="with integer arrays")
    off = [2 * whole[0], 2 * whole[1] + 1]
    yield Case((_all_squares, whole, off), about="with integer arrays")
    loss_fn, params, grads = _given(inputs, (2, 2), (2,))
    named = {"loss_fn": loss_fn, "params": params, "grads": grads, "h": 1e-5}
    yield Case(kwargs=named, about="when it is called by argument names")


def _fifth_powers(params: list[Array]) -> float:
    return float((params[0] ** 5).sum())


def _exponentials(params: list[Array]) -> float:
    return float(np.exp(1.3 * params[0]).sum())


def _first_squares(params: list[Array]) -> float:
    return float((params[0] ** 2).sum())


def _all_squares(params: list[Array]) -> float:
    return float(sum((p**2).sum() for p in params))


def _squared_sum(params: list[Array]) -> float:
    return float(params[0].sum() ** 2)


def _examples(_: np.random.Generator) -> Iterator[Case]:
    squares = {"loss_fn": "lambda params: sum((p ** 2).sum() for p in params)"}
    first = {"loss_fn": "lambda params: (params[0] ** 2).sum()"}
    fifth = {"loss_fn": "lambda params: (params[0] ** 5).sum()"}

    def example(*args: Any, shown: Mapping[str, str] = squares) -> Case:
        given = (_all_squares, *args) if shown is squares else args
        return Case(given, shown=shown, extra=_EXAMPLE)

    W, b = np.array([[1.0, 3.0]]), np.array([2.0, -1.0])
    yield example([W], [2 * W])
    yield example([W], [W])
    yield example([W], [np.array([[2.0, 3.0]])])
    yield example([W], [np.array([[1.0, 6.0]])])
    yield example([W], [np.array([[4.0, 6.0]])])
    yield example([W], [-2 * W])
    yield example([W, b], [2 * W, 2 * b])
    yield example([W, b], [2 * W, np.array([4.0, -1.0])])
    yield example([W, b], [np.array([[2.0, 0.0]]), 2 * b])
    yield example([W, b], [2 * W, np.array([4.0, -2.01])])
    yield example(_first_squares, [W, b], [2 * W, np.zeros(2)], shown=first)
    yield example([W / 1e4], [np.array([[2e-4, 3e-4]])])
    yield example([W / 1e7], [np.array([[1e-7, 6e-7]])])
    yield example([np.array([1.0, 500.0])], [np.array([2.05, 1000.0])])
    long = np.linspace(1.0, 2.0, 12)
    off = 2 * long
    off[3] *= 1.004
    yield example([long], [2 * long])
    yield example([long], [off])
    together = {"loss_fn": "lambda params: params[0].sum() ** 2"}
    yield example(_squared_sum, [W], [np.array([[8.0, 8.0]])], shown=together)
    yield example(_fifth_powers, [W], [5 * W**4], 0.5, shown=fifth)
    yield example(_fifth_powers, [W], [5 * W**4], shown=fifth)
    growing = {"loss_fn": "lambda params: np.exp(1.3 * params[0]).sum()"}
    yield example(_exponentials, [long], [1.3 * np.exp(1.3 * long)], 1e-3, shown=growing)
    yield example([np.array([1, 2])], [np.array([2, 4])])
    yield example([np.array([1, 2])], [np.array([2, 3])])
    yield example([W[None]], [2 * W[None]])
    named = {"loss_fn": _all_squares, "params": [W], "grads": [2 * W], "h": 1e-5}
    yield Case(kwargs=named, shown=squares, extra=_EXAMPLE)


def _observe(gradient_check: Function, case: Case) -> Any:
    """Return the error, a small one as 0, since it is mere rounding."""
    got = gradient_check(*case.args, **case.kwargs)
    plain = type(got) is np.ndarray and got.ndim == 0 and got.dtype.kind in "iuf"
    if isinstance(got, bool | np.bool_) or not (plain or isinstance(got, numbers.Real)):
        raise Refused(f"the result is {described(got)}, expected a float, the largest error")
    error = float(got)
    if case.extra == _EXAMPLE:
        return Remarked(error, f"{_size(error)}{_meaning(error)}")
    return 0.0 if 0 <= error < _SMALL else error


def _size(error: float) -> str:
    if np.isnan(error):
        return "not a number (nan)"
    if error < 0:
        return "negative, which no error is"
    if error < _SMALL:
        return "small"
    return "large" if error > _LARGE else "neither small nor large"


def _meaning(error: float) -> str:
    says = {"small": "right", "large": "wrong"}.get(_size(error))
    return f": it says that the gradients are {says}" if says else ""


def _compare(_: Case, expected: Any, got: Any) -> Difference | None:
    """Compare by thresholds, and grade nothing else."""
    if isinstance(expected, Remarked):
        expected, got = expected.value, got.value
    right, found = _size(expected), _size(got)
    if found == right:
        return None
    brief = f"the result is {found}, where it should be {right}"
    return Difference(brief, brief)


_MAX = "max(float(abs(g[j])), abs(n), 1e-08)"
_HEAD = (
    "def gradient_check(loss_fn: Callable[[list[Array]], float], params: Sequence[ArrayLike], "
    "grads: Sequence[ArrayLike], h: float="
)
_ORDER = "the largest of three numbers does not depend on their order"
_SIGN = "where it counts another of the numbers takes its place, and large stays large"
_FLOAT = "it is an `np.float64`, which the contract takes for a float"

exercise = Exercise(
    homework="hw08_backprop",
    number="4.1",
    reference=reference.gradient_check,
    returns=("the largest error",),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    observe=_observe,
    compare=_compare,
    equivalent_mutants={
        f"{_HEAD}1e-05) -> float: -> {_HEAD}2e-05) -> float:": (
            "any small h tells right from wrong gradients, and only that is graded"
        ),
        f"{_MAX} -> max(abs(n), float(abs(g[j])), 1e-08)": _ORDER,
        f"{_MAX} -> max(float(abs(g[j])), 1e-08, abs(n))": _ORDER,
        f"{_MAX} -> max(float(abs(g[j])), abs(n), 2e-08)": (
            "it counts only where both are nearly 0, and then so is the error"
        ),
        "abs(g[j]) -> g[j]": _SIGN,
        "abs(n) -> n": _SIGN,
        "float(abs(g[j])) -> abs(g[j])": _FLOAT,
        "float(np.max(errors)) -> np.max(errors)": _FLOAT,
    },
)


@exercise.mistake
def mean_instead_of_the_largest(loss_fn, params, grads, h=1e-5):
    """You average the errors: a single wrong entry disappears among many right ones. Return the
    largest."""
    copies = [p.astype(float) for p in params]
    errors = []
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            errors.append(error)
    return np.mean(errors)


@exercise.mistake
def sum_of_the_errors(loss_fn, params, grads, h=1e-5):
    """You add up the errors: of many entries, each of which is right, the sum is not small. Return
    the largest."""
    copies = [p.astype(float) for p in params]
    total = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            total += np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
    return total


@exercise.mistake
def smallest_error(loss_fn, params, grads, h=1e-5):
    """You return the smallest error: one right entry hides all wrong ones. Return the largest."""
    copies = [p.astype(float) for p in params]
    errors = []
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            errors.append(error)
    return min(errors)


@exercise.mistake
def last_entry_only(loss_fn, params, grads, h=1e-5):
    """You return the error of the last entry: keep the largest of all."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = error
    return largest


@exercise.mistake
def first_entry_only(loss_fn, params, grads, h=1e-5):
    """Your function returns after the first entry: the `return` stands inside the loops. Move it
    out."""
    copies = [p.astype(float) for p in params]
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            return error


@exercise.mistake
def first_array_only(loss_fn, params, grads, h=1e-5):
    """You check the first array only: go through all of `params`."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies[:1], grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.mistake
def last_array_only(loss_fn, params, grads, h=1e-5):
    """The error of each array replaces that of the one before: keep the largest of all."""
    copies = [p.astype(float) for p in params]
    for p, g in zip(copies, grads):
        largest = 0.0
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.mistake
def rows_only(loss_fn, params, grads, h=1e-5):
    """You move whole rows: move one entry at a time (`np.ndindex` gives their positions)."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in range(len(p)):
            kept = np.copy(p[j])
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.max(np.abs(g[j] - n)) / max(np.max(np.abs(g[j])), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.mistake
def sign_lost(loss_fn, params, grads, h=1e-5):
    """You compare absolute values, so a gradient with the wrong sign passes: take the absolute
    value of the difference."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(np.abs(g[j]) - np.abs(n)) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.mistake
def one_side_only(loss_fn, params, grads, h=1e-5):
    """Your differences of the errors have a sign, and negative ones never count: take the absolute
    value, |a − n|."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = (g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.mistake
def absolute_error(loss_fn, params, grads, h=1e-5):
    """Your error is absolute: divide it by the larger of |a|, |n| and 1e-8, since 0.001 is a lot
    for an entry of 0.01 and little for one of 100."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n)
            largest = max(largest, error)
    return largest


@exercise.mistake
def error_of_the_norms(loss_fn, params, grads, h=1e-5):
    """You compare norms of whole arrays: a small entry that is wrong does not show there. Each
    entry has its own relative error."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        n = np.zeros(p.shape)
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            n[j] = (above - loss_fn(copies)) / (2 * h)
            p[j] = kept
        both = max(np.linalg.norm(g), np.linalg.norm(n), 1e-8)
        largest = max(largest, np.linalg.norm(g - n) / both)
    return largest


@exercise.mistake
def forward_difference(loss_fn, params, grads, h=1e-5):
    """You measure to one side only, which is not precise enough: take the loss at p + h and at p −
    h, and divide by 2h."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / h
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.mistake
def two_missing(loss_fn, params, grads, h=1e-5):
    """Your central differences are twice the right ones: the two points are 2h apart, so divide by
    2h."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / h
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.mistake
def half_of_it_times_h(loss_fn, params, grads, h=1e-5):
    """Your central differences are 0, or nearly: `a / 2 * h` means `(a / 2) * h` in Python, so
    write `a / (2 * h)`; or the array that you move is not the one in the list that `loss_fn`
    gets."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / 2 * h
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.mistake
def difference_with_the_wrong_sign(loss_fn, params, grads, h=1e-5):
    """Your differences have the wrong sign: the loss at p + h comes first."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (below - above) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.mistake
def not_moved_back(loss_fn, params, grads, h=1e-5):
    """Entries that you have moved stay where they are while you measure the next: move each one
    back."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.mistake
def all_entries_at_once(loss_fn, params, grads, h=1e-5):
    """You move all entries of an array at once: move one, and leave the others where they are."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for i, g in enumerate(grads):
        p = copies[i]
        copies[i] = p + h
        above = loss_fn(copies)
        copies[i] = p - h
        n = (above - loss_fn(copies)) / (2 * h)
        copies[i] = p
        error = np.abs(g - n) / np.maximum(np.maximum(np.abs(g), np.abs(n)), 1e-8)
        largest = max(largest, np.max(error))
    return largest


@exercise.mistake
def own_h(loss_fn, params, grads, h=1e-5):
    """You use an h of your own: use the `h` that the caller hands in."""
    copies = [p.astype(float) for p in params]
    largest, h = 0.0, 1e-5
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.mistake
def nothing_in_the_denominator(loss_fn, params, grads, h=1e-5):
    """Where both gradients are 0 you divide 0 by 0: the 1e-8 in the denominator is there for
    that."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / np.maximum(np.abs(g[j]), np.abs(n))
            largest = max(largest, error)
    return largest


@exercise.mistake
def relative_to_the_difference(loss_fn, params, grads, h=1e-5):
    """You divide by the central difference alone, which may be 0: divide by the largest of |a|, |n|
    and 1e-8."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / np.abs(np.float64(n))
            largest = max(largest, error)
    return largest


@exercise.mistake
def integers_stay_integers(loss_fn, params, grads, h=1e-5):
    """Where the parameters are integers your copies can't move by h: make them floats."""
    copies = [p.copy() for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.mistake
def moved_back_by_arithmetic(loss_fn, params, grads, h=1e-5):
    """You move the caller's parameters, and back by `+= h`, where rounding keeps you from ending
    where you started: keep the old value, or work on copies."""
    copies = [p if p.dtype.kind == "f" else p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            p[j] += h
            above = loss_fn(copies)
            p[j] -= 2 * h
            below = loss_fn(copies)
            p[j] += h
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.mistake
def last_step_back_by_arithmetic(loss_fn, params, grads, h=1e-5):
    """You move the caller's parameters, and back by `+= h`, where rounding keeps you from ending
    where you started: keep the old value, or work on copies."""
    copies = [p if p.dtype.kind == "f" else p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] += h
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.mistake
def left_moved(loss_fn, params, grads, h=1e-5):
    """You change the caller's parameters and leave them changed: put each entry back, or work on
    copies."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    for p in params:
        p += np.ones_like(p)
    return largest


@exercise.mistake
def loss_of_one_array(loss_fn, params, grads, h=1e-5):
    """You call `loss_fn` with one array: it takes the whole list of parameters."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(p)
            p[j] = kept - h
            below = loss_fn(p)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.mistake
def verdict_returned(loss_fn, params, grads, h=1e-5):
    """You return True or False: the largest error itself is asked for."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return bool(largest < 1e-6)


@exercise.mistake
def all_errors_returned(loss_fn, params, grads, h=1e-5):
    """You return all errors: the largest of them is asked for."""
    copies = [p.astype(float) for p in params]
    errors = []
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            errors.append(error)
    return np.array(errors)


@exercise.mistake
def nothing_returned(loss_fn, params, grads, h=1e-5):
    """Your function returns None: add a `return`."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)


@exercise.mistake
def copy_moved_that_nobody_sees(loss_fn, params, grads, h=1e-5):
    """Your central differences are 0, or nearly: `a / 2 * h` means `(a / 2) * h` in Python, so
    write `a / (2 * h)`; or the array that you move is not the one in the list that `loss_fn`
    gets."""
    copies = [np.array(p, dtype=float) for p in params]
    worst = 0.0
    for k, original in enumerate(copies):
        p = original.copy()
        for index in np.ndindex(p.shape):
            old = p[index]
            p[index] = old + h
            plus = loss_fn(copies)
            p[index] = old - h
            minus = loss_fn(copies)
            p[index] = old
            n = (plus - minus) / (2 * h)
            a = grads[k][index]
            error = abs(a - n) / max(abs(a), abs(n), 1e-8)
            worst = max(worst, error)
    return worst


@exercise.mistake
def one_in_the_denominator(loss_fn, params, grads, h=1e-5):
    """Your denominator is at least 1: for entries smaller than that the error is absolute, and
    hides what is wrong. Write 1e-8."""
    copies = [np.array(p, dtype=float) for p in params]
    worst = 0.0
    for k, p in enumerate(copies):
        for index in np.ndindex(p.shape):
            old = p[index]
            p[index] = old + h
            plus = loss_fn(copies)
            p[index] = old - h
            minus = loss_fn(copies)
            p[index] = old
            n = (plus - minus) / (2 * h)
            a = grads[k][index]
            error = abs(a - n) / max(abs(a), abs(n), 1)
            worst = max(worst, error)
    return worst


@exercise.mistake
def too_much_in_the_denominator(loss_fn, params, grads, h=1e-5):
    """The number in your denominator is too large, so that gradients smaller than it are not
    checked: 1e-8 is only there against a division by 0."""
    copies = [np.array(p, dtype=float) for p in params]
    worst = 0.0
    for k, p in enumerate(copies):
        for index in np.ndindex(p.shape):
            old = p[index]
            p[index] = old + h
            plus = loss_fn(copies)
            p[index] = old - h
            minus = loss_fn(copies)
            p[index] = old
            n = (plus - minus) / (2 * h)
            a = grads[k][index]
            error = abs(a - n) / (abs(a) + abs(n) + 1e-3)
            worst = max(worst, error)
    return worst


@exercise.mistake
def relative_to_the_largest(loss_fn, params, grads, h=1e-5):
    """You divide by the largest entry of the array: each entry has its own relative error."""
    copies = [np.array(p, dtype=float) for p in params]
    worst = 0.0
    for k, p in enumerate(copies):
        for index in np.ndindex(p.shape):
            old = p[index]
            p[index] = old + h
            plus = loss_fn(copies)
            p[index] = old - h
            minus = loss_fn(copies)
            p[index] = old
            n = (plus - minus) / (2 * h)
            a = grads[k][index]
            error = abs(a - n) / max(np.abs(grads[k]).max(), 1e-8)
            worst = max(worst, error)
    return worst


@exercise.mistake
def difference_returned(loss_fn, params, grads, h=1e-5):
    """You return the last central difference: the largest relative error is asked for."""
    copies = [np.array(p, dtype=float) for p in params]
    worst = 0.0
    for k, p in enumerate(copies):
        for index in np.ndindex(p.shape):
            old = p[index]
            p[index] = old + h
            plus = loss_fn(copies)
            p[index] = old - h
            minus = loss_fn(copies)
            p[index] = old
            n = (plus - minus) / (2 * h)
            a = grads[k][index]
            error = abs(a - n) / max(abs(a), abs(n), 1e-8)
            worst = max(worst, error)
    return n


@exercise.mistake
def put_back_moved(loss_fn, params, grads, h=1e-5):
    """You put entries back moved by h: put the old value back."""
    copies = [np.array(p, dtype=float) for p in params]
    worst = 0.0
    for k, p in enumerate(copies):
        for index in np.ndindex(p.shape):
            old = p[index]
            p[index] = old + h
            plus = loss_fn(copies)
            p[index] = old - h
            minus = loss_fn(copies)
            p[index] = old + h
            n = (plus - minus) / (2 * h)
            a = grads[k][index]
            error = abs(a - n) / max(abs(a), abs(n), 1e-8)
            worst = max(worst, error)
    return worst


@exercise.mistake
def difference_squared(loss_fn, params, grads, h=1e-5):
    """You square the difference: the relative error takes its absolute value, |a − n|."""
    copies = [np.array(p, dtype=float) for p in params]
    worst = 0.0
    for k, p in enumerate(copies):
        for index in np.ndindex(p.shape):
            old = p[index]
            p[index] = old + h
            plus = loss_fn(copies)
            p[index] = old - h
            minus = loss_fn(copies)
            p[index] = old
            n = (plus - minus) / (2 * h)
            a = grads[k][index]
            error = (a - n) ** 2 / max(abs(a), abs(n), 1e-8)
            worst = max(worst, error)
    return worst


@exercise.mistake
def gradients_changed(loss_fn, params, grads, h=1e-5):
    """You change the caller's gradients: write the difference into a new variable."""
    copies = [np.array(p, dtype=float) for p in params]
    worst = 0.0
    for k, p in enumerate(copies):
        for index in np.ndindex(p.shape):
            old = p[index]
            p[index] = old + h
            plus = loss_fn(copies)
            p[index] = old - h
            minus = loss_fn(copies)
            p[index] = old
            n = (plus - minus) / (2 * h)
            a = grads[k][index]
            if grads[k].dtype.kind == "f":
                grads[k][index] -= n
            error = abs(a - n) / max(abs(a), abs(n), 1e-8)
            worst = max(worst, error)
    return worst


@exercise.mistake
def logarithm_returned(loss_fn, params, grads, h=1e-5):
    """You return a logarithm: the error itself is asked for."""
    copies = [np.array(p, dtype=float) for p in params]
    worst = 0.0
    for k, p in enumerate(copies):
        for index in np.ndindex(p.shape):
            old = p[index]
            p[index] = old + h
            plus = loss_fn(copies)
            p[index] = old - h
            minus = loss_fn(copies)
            p[index] = old
            n = (plus - minus) / (2 * h)
            a = grads[k][index]
            error = abs(a - n) / max(abs(a), abs(n), 1e-8)
            worst = max(worst, error)
    return np.log10(worst + 1e-300)


@exercise.mistake
def relative_to_a_zero(loss_fn, params, grads, h=1e-5):
    """You divide by the gradient alone, which may be 0: divide by the largest of |a|, |n| and
    1e-8."""
    copies = [np.array(p, dtype=float) for p in params]
    worst = 0.0
    for k, p in enumerate(copies):
        for index in np.ndindex(p.shape):
            old = p[index]
            p[index] = old + h
            plus = loss_fn(copies)
            p[index] = old - h
            minus = loss_fn(copies)
            p[index] = old
            n = (plus - minus) / (2 * h)
            a = grads[k][index]
            error = abs(a - n) / abs(a)
            worst = max(worst, error)
    return worst


@exercise.variant
def sum_in_the_denominator(loss_fn, params, grads, h=1e-5):
    """The usual other denominator, which tells right from wrong as well."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            kept = p[j]
            p[j] = kept + h
            above = loss_fn(copies)
            p[j] = kept - h
            below = loss_fn(copies)
            p[j] = kept
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / (np.abs(g[j]) + np.abs(n) + 1e-8)
            largest = max(largest, error)
    return largest


@exercise.variant
def copies_moved_back_by_arithmetic(loss_fn, params, grads, h=1e-5):
    """Copies may be moved back by arithmetic: what rounding leaves there is far below h."""
    copies = [p.astype(float) for p in params]
    largest = 0.0
    for p, g in zip(copies, grads):
        for j in np.ndindex(p.shape):
            p[j] += h
            above = loss_fn(copies)
            p[j] -= 2 * h
            below = loss_fn(copies)
            p[j] += h
            n = (above - below) / (2 * h)
            error = np.abs(g[j] - n) / max(np.abs(g[j]), np.abs(n), 1e-8)
            largest = max(largest, error)
    return largest


@exercise.variant
def difference_in_the_denominator(loss_fn, params, grads, h=1e-5):
    """Relative to |n| alone the error is never smaller, and it is small where a is right."""
    largest = 0.0
    for k, p in enumerate(params):
        for j in np.ndindex(p.shape):
            step = np.zeros(p.shape)
            step[j] = h
            above = loss_fn([*params[:k], p + step, *params[k + 1 :]])
            below = loss_fn([*params[:k], p - step, *params[k + 1 :]])
            n = (above - below) / (2 * h)
            largest = max(largest, abs(grads[k][j] - n) / max(abs(n), 1e-8))
    return largest


@exercise.variant
def long_vectors(loss_fn, params, grads, h=1e-5):
    """Everything as one long vector, cut apart for the loss."""
    shapes = [p.shape for p in params]
    theta = np.concatenate([np.ravel(p).astype(float) for p in params])
    a = np.concatenate([np.ravel(g) for g in grads])
    ends = np.cumsum([p.size for p in params])[:-1]

    def J(v):
        return loss_fn([w.reshape(s) for w, s in zip(np.split(v, ends), shapes)])

    units = h * np.eye(theta.size)
    n = np.array([(J(theta + u) - J(theta - u)) / 2 / h for u in units])
    return float(np.max(np.abs(a - n) / np.maximum(1e-8, np.maximum(np.abs(a), np.abs(n)))))


@exercise.variant
def in_the_parameters_themselves(loss_fn, params, grads, h=1e-5):
    """In the caller's arrays where they are floats, each entry put back exactly."""
    params = [p if p.dtype.kind == "f" else np.array(p, dtype=float) for p in params]
    errors = []
    for k in range(len(params)):
        for j in range(params[k].size):
            old = params[k].flat[j]
            both = []
            for step in (h, -h):
                params[k].flat[j] = old + step
                both.append(loss_fn(params))
            params[k].flat[j] = old
            n = (both[0] - both[1]) / (2 * h)
            a = float(grads[k].flat[j])
            errors.append(abs(a - n) / max(abs(a), abs(n), 1e-8))
    return np.float64(max(errors))


@exercise.variant
def fresh_lists(loss_fn, params, grads, h=1e-5):
    """A fresh list for each call."""
    largest = 0
    for k, g in enumerate(grads):
        for j in np.ndindex(*g.shape):
            step = np.zeros(g.shape)
            step[j] = h
            up = [p + step if i == k else p for i, p in enumerate(params)]
            down = [p - step if i == k else p for i, p in enumerate(params)]
            n = 0.5 * (loss_fn(up) - loss_fn(down)) / h
            scale = np.max([np.abs(n), np.abs(g[j]), 1e-8])
            largest = np.maximum(largest, np.abs(n - g[j]) / scale)
    return np.array(largest)
