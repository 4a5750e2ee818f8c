"""Exercise 3.1: the best slope of a grid."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import linear_regression as reference


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for m, g in [(6, 7), (4, 15), (30, 5), (5, 5)]:
        x = inputs.array(m) + 1.0
        slope = rng.uniform(0.5, 9.0)
        grid = np.sort(rng.uniform(0.5, 10.0, g))
        yield Case((x, slope * x + inputs.array(m, scale=0.5), grid))
    # The best slope is the first one.
    x = inputs.array(5) + 1.0
    yield Case((x, 2.0 * x + inputs.array(5, scale=0.01), np.arange(2.0, 9.0)))
    # The best slope is not in the middle, and one outlier parts MAE from MSE.
    x = np.arange(1.0, 7.0)
    y = 2.0 * x + rng.normal(scale=0.01, size=6)
    y[-1] += 30.0
    yield Case((x, y, np.linspace(0.5, 10.0, 20)))


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield Case(
        (inputs.array(5), inputs.array(5), inputs.array(1)), about="with a grid of one slope"
    )
    yield Case((inputs.array(1), inputs.array(1), inputs.array(4)), about="with a single point")
    x = np.arange(1.0, 5.0)
    yield Case(
        (x, rng.uniform(1.5, 4.5) * x, np.array([8.0, 3.0, 0.5, 5.0, 1.0])),
        about="when the grid is not sorted",
    )
    grid = np.array([-3.0, 0.0, 4.0, -1.0])
    yield Case((x, -2.2 * x + inputs.array(4, scale=0.1), grid), about="with negative slopes")
    yield Case((x, 2.0 * x, np.array([1.0, 3.0, 9.0])), about="when two slopes are equally good")
    grid = np.array([0.5, 2.5, 4.0])
    yield Case((rng.integers(1, 9, 5), rng.integers(5, 30, 5), grid), about="with integer arrays")
    named = {"x": inputs.array(3), "y": inputs.array(3), "grid": inputs.array(4)}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    x = np.array([1.0, 2.0])
    yield Case((np.array([2.0]), np.array([3.0]), np.array([1.0, 2.0])))
    yield Case((np.array([2.0]), np.array([3.0]), np.array([0.5])))
    yield Case((x, np.array([1.0, 5.0]), np.array([1.0, 2.0, 3.0])))
    yield Case((x, 2 * x, np.array([1.0, 3.0, 9.0])))
    yield Case((x, 3 * x, np.array([4.5, 3.0, 1.0])))
    yield Case((x, -x, np.array([1.0, -2.0, 0.0])))
    x, y = np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 4.0, 6.0, 28.0])
    yield Case((x, y, np.array([1.0, 2.0, 4.5])))
    for _ in range(3):
        x, y = rng.integers(-4, 5, (2, 3)) / 2
        yield Case((x, y, np.array([0.5, 1.5, 2.5, 3.5])))
    yield Case((np.array([1, 2]), np.array([4, 5]), np.array([0.5, 2.5])))
    named = {"x": np.array([1.0, 2.0]), "y": np.array([2.0, 4.0]), "grid": np.array([1.0, 2.0])}
    yield Case(kwargs=named)


exercise = Exercise(
    homework="hw02_linear_regression",
    number="3.1",
    reference=reference.grid_search_slope,
    returns=("`best`", "`errors`"),
    parts=(Part("values", 2, _values), Part("care", 1, _care)),
    examples=_examples,
    equivalent_mutants={
        "float(grid[np.argmin(errors)]) -> grid[np.argmin(errors)]": (
            "an element of `grid` is an `np.float64` already, which the contract takes for a float"
        ),
    },
)


@exercise.mistake
def position_instead_of_slope(x, y, grid):
    """You return the position of the best slope in the grid (`argmin`), not the slope itself."""
    errors = np.abs(np.outer(grid, x) - y).mean(axis=1)
    return float(np.argmin(errors)), errors


@exercise.mistake
def smallest_error_instead_of_slope(x, y, grid):
    """You return the smallest error where the best slope is asked for."""
    errors = np.abs(np.outer(grid, x) - y).mean(axis=1)
    return errors.min(), errors


@exercise.mistake
def worst_slope(x, y, grid):
    """You return the slope with the largest error: the smallest one is asked for."""
    errors = np.abs(np.outer(grid, x) - y).mean(axis=1)
    return grid[np.argmax(errors)], errors


@exercise.mistake
def squared_errors(x, y, grid):
    """You score the slopes by squared errors: this exercise scores them by MAE."""
    errors = np.square(np.outer(grid, x) - y).mean(axis=1)
    return grid[np.argmin(errors)], errors


@exercise.mistake
def sum_instead_of_mean(x, y, grid):
    """Your errors are the right ones times m: the mean over the samples is missing."""
    errors = np.abs(np.outer(grid, x) - y).sum(axis=1)
    return grid[np.argmin(errors)], errors


@exercise.mistake
def no_absolute_value(x, y, grid):
    """Without absolute values positive and negative errors cancel each other."""
    errors = (np.outer(grid, x) - y).mean(axis=1)
    return grid[np.argmin(errors)], errors


@exercise.mistake
def absolute_value_of_the_mean(x, y, grid):
    """You take the absolute value after the mean: positive and negative errors have canceled."""
    errors = np.abs((np.outer(grid, x) - y).mean(axis=1))
    return grid[np.argmin(errors)], errors


@exercise.mistake
def last_of_equal_best(x, y, grid):
    """Of equally good slopes you return the last one: the first is asked for."""
    errors = np.array([np.mean(np.abs(w * x - y)) for w in grid])
    best = grid[0]
    for w, error in zip(grid, errors):
        if error <= errors.min():
            best = w
    return best, errors


@exercise.mistake
def averaged_over_the_grid(x, y, grid):
    """You average over the slopes (`axis=0`): one error for each slope is asked for."""
    errors = np.abs(np.outer(grid, x) - y).mean(axis=0)
    return grid[np.argmin(errors) % len(grid)], errors


@exercise.mistake
def only_the_slope(x, y, grid):
    """You return the best slope alone: return two things, `best, errors`."""
    errors = np.abs(np.outer(grid, x) - y).mean(axis=1)
    return float(grid[np.argmin(errors)])


@exercise.mistake
def swapped_returns(x, y, grid):
    """You return `errors, best`: the other order is asked for, `best, errors`."""
    errors = np.abs(np.outer(grid, x) - y).mean(axis=1)
    return errors, float(grid[np.argmin(errors)])


@exercise.mistake
def grid_sorted_in_place(x, y, grid):
    """You sort the caller's `grid`: its order belongs to the caller, and `errors` follows it."""
    grid.sort()
    errors = np.abs(np.outer(grid, x) - y).mean(axis=1)
    return float(grid[np.argmin(errors)]), errors


@exercise.mistake
def best_starts_at_zero(x, y, grid):
    """Your best slope stays 0 unless a later slope beats the first: start from the first slope."""
    errors = np.array([np.mean(np.abs(w * x - y)) for w in grid])
    best, smallest = 0.0, errors[0]
    for w, error in zip(grid, errors):
        if error < smallest:
            best, smallest = w, error
    return best, errors


@exercise.variant
def loop(x, y, grid):
    """One slope after the other, keeping the best so far."""
    errors = []
    best, smallest = None, np.inf
    for w in grid:
        error = sum(abs(w * xi - yi) for xi, yi in zip(x, y)) / len(x)
        errors.append(error)
        if error < smallest:
            best, smallest = w, error
    return best, np.array(errors)


@exercise.variant
def broadcasting(x, y, grid):
    """A column of slopes against a row of points."""
    lines = grid[:, None] * x[None, :]
    errors = np.mean(np.abs(lines - y), axis=1)
    return grid[errors.argmin()], errors


@exercise.variant
def filled_array(x, y, grid):
    """An empty array that is filled, and a list as the pair."""
    errors = np.zeros(grid.shape)
    for i in range(grid.size):
        errors[i] = np.mean(np.abs(y - grid[i] * x))
    return [grid[list(errors).index(min(errors))], errors]


@exercise.variant
def points_in_rows(x, y, grid):
    """The same table, transposed."""
    errors = np.abs(np.outer(x, grid) - y[:, np.newaxis]).sum(axis=0) / x.size
    return np.take(grid, np.argmin(errors)), errors
