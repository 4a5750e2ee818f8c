# ruff: noqa: E741  # the contract calls the picture I
"""Exercise 1.2: the largest value of each block."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import beyond as reference


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for shape, size in [((4, 6), 2), ((6, 9), 3), ((8, 4), 2), ((6, 6), 2), ((8, 12), 4)]:
        yield Case((inputs.array(*shape), size))
    yield Case((inputs.array(6, 6) - 2.5, 3))  # results are negative, too


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for shape, size in [((5, 7), 2), ((7, 6), 3), ((8, 11), 3)]:
        yield Case(
            (inputs.array(*shape), size), about="when the last rows or columns fill no block"
        )
    negative = -1 - np.abs(inputs.array(4, 6))
    yield Case((negative, 2), about="when all values are negative")
    yield Case((inputs.array(3, 4), 1), about="with blocks of a single pixel")
    yield Case((inputs.array(3, 3), 3), about="when one block is the whole picture")
    yield Case((rng.integers(-9, 10, (4, 5)), 2), about="with integers")
    named = {"I": inputs.array(4, 4), "size": 2}
    yield Case(kwargs=named, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    yield Case((np.array([[1.0, 3.0, 0.0, 2.0], [4.0, 2.0, 1.0, 1.5]]), 2))
    yield Case((np.array([[1.0, 0.0], [0.5, 2.0], [-3.0, 1.0], [0.0, 4.0]]), 2))
    yield Case((np.array([[-1.0, -3.0], [-4.0, -2.0]]), 2))
    yield Case((np.array([[1.0, 3.0, 9.0], [4.0, 2.0, 8.0], [7.0, 6.0, 5.0]]), 2))
    for shape, size in [((4, 4), 2), ((6, 6), 3), ((5, 7), 2)]:
        yield Case((inputs.array(*shape), size))
    yield Case((np.array([[1, 2], [3, 4]]), 1))
    yield Case(kwargs={"I": np.array([[1.0, 2.0], [3.0, 4.0]]), "size": 2})


exercise = Exercise(
    homework="hw10_beyond",
    number="1.2",
    reference=reference.max_pool2d,
    returns=("the result",),
    parts=(Part("values", 1, _values), Part("care", 1, _care)),
    examples=_examples,
    equivalent_mutants={
        "blocks.max(axis=(1, 3)) -> blocks.max(axis=(3, 1))": (
            "the order of the axes of a sum or a maximum does not matter"
        ),
    },
)


@exercise.mistake
def mean_pooling(I, size):
    """You take the mean of each block: the largest value is asked for."""
    H, W = I.shape[0] // size, I.shape[1] // size
    return I[: H * size, : W * size].reshape(H, size, W, size).mean(axis=(1, 3))


@exercise.mistake
def min_pooling(I, size):
    """You take the smallest value of each block: the largest one is asked for."""
    H, W = I.shape[0] // size, I.shape[1] // size
    return I[: H * size, : W * size].reshape(H, size, W, size).min(axis=(1, 3))


@exercise.mistake
def largest_absolute_value(I, size):
    """You take the largest absolute value: -5 is less than 1."""
    H, W = I.shape[0] // size, I.shape[1] // size
    return np.abs(I[: H * size, : W * size]).reshape(H, size, W, size).max(axis=(1, 3))


@exercise.mistake
def maximum_starts_at_zero(I, size):
    """Your search for the maximum starts at 0, so a block of negative values gives 0: start from
    the first value, or from `-np.inf`."""
    H, W = I.shape[0] // size, I.shape[1] // size
    blocks = I[: H * size, : W * size].reshape(H, size, W, size)
    return np.maximum(0, blocks.max(axis=(1, 3)))


@exercise.mistake
def overlapping_windows(I, size):
    """Your blocks overlap, moving by one pixel at a time: they lie side by side, so the next one
    begins `size` pixels further on."""
    rows, columns = I.shape[0] - size + 1, I.shape[1] - size + 1
    out = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        out[i, j] = I[i : i + size, j : j + size].max()
    return out


@exercise.mistake
def stride_two(I, size):
    """Your blocks always move by 2 pixels: move by `size`."""
    rows, columns = I.shape[0] // size, I.shape[1] // size
    out = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        out[i, j] = I[2 * i : 2 * i + size, 2 * j : 2 * j + size].max()
    return out


@exercise.mistake
def rows_only(I, size):
    """You pool the rows only: a block is `size` pixels high *and* `size` pixels wide."""
    H = I.shape[0] // size
    return I[: H * size].reshape(H, size, I.shape[1]).max(axis=1)


@exercise.mistake
def every_size_th_pixel(I, size):
    """You keep the first pixel of each block (`I[::size, ::size]`): keep the largest."""
    H, W = I.shape[0] // size, I.shape[1] // size
    return I[: H * size : size, : W * size : size].copy()


@exercise.mistake
def wrong_reshape(I, size):
    """Your `reshape` does not cut blocks: after `reshape(H, size, W, size)` the axes 1 and 3 lie
    inside of a block, whereas `reshape(H, W, size, size)` mixes pixels of different places."""
    H, W = I.shape[0] // size, I.shape[1] // size
    return I[: H * size, : W * size].reshape(H, W, size, size).max(axis=(2, 3))


@exercise.mistake
def rest_pooled_too(I, size):
    """You pool the rows and columns that are left over at the edge as well: a block that is not
    full is left out."""
    rows, columns = -(-I.shape[0] // size), -(-I.shape[1] // size)
    out = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        out[i, j] = I[i * size : (i + 1) * size, j * size : (j + 1) * size].max()
    return out


@exercise.mistake
def needs_a_multiple(I, size):
    """Where height or width is no multiple of `size` your `reshape` fails: first cut off the rows
    and columns that fill no block."""
    H, W = I.shape[0] // size, I.shape[1] // size
    return I.reshape(H, size, W, size).max(axis=(1, 3))


@exercise.mistake
def transposed(I, size):
    """Your result is transposed: rows stay rows."""
    H, W = I.shape[0] // size, I.shape[1] // size
    return I[: H * size, : W * size].reshape(H, size, W, size).max(axis=(1, 3)).T


@exercise.mistake
def largest_of_the_picture(I, size):
    """You return the largest value of the whole picture: one for each block is asked for."""
    return I.max()


@exercise.mistake
def size_of_the_picture_kept(I, size):
    """You keep the size of the picture and repeat each maximum: the result has one entry for each
    block."""
    H, W = I.shape[0] // size, I.shape[1] // size
    small = I[: H * size, : W * size].reshape(H, size, W, size).max(axis=(1, 3))
    return np.repeat(np.repeat(small, size, axis=0), size, axis=1)


@exercise.mistake
def list_of_rows(I, size):
    """You return a list of rows: make an array of it (`np.array`)."""
    H, W = I.shape[0] // size, I.shape[1] // size
    return [
        [I[i * size : (i + 1) * size, j * size : (j + 1) * size].max() for j in range(W)]
        for i in range(H)
    ]


@exercise.mistake
def picture_changed(I, size):
    """You change the caller's picture, as by sorting in place (`I.sort()`): work on a copy."""
    H, W = I.shape[0] // size, I.shape[1] // size
    out = I[: H * size, : W * size].reshape(H, size, W, size).max(axis=(1, 3))
    I[0, 0] += 1
    return out


@exercise.variant
def loops(I, size):
    """Two loops over the blocks."""
    out = np.zeros((I.shape[0] // size, I.shape[1] // size))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.max(I[i * size : (i + 1) * size, j * size : (j + 1) * size])
    return out


@exercise.variant
def four_loops(I, size):
    """Pixel by pixel, from minus infinity."""
    H, W = I.shape[0] // size, I.shape[1] // size
    out = np.full((H, W), -np.inf)
    for r in range(H * size):
        for c in range(W * size):
            out[r // size, c // size] = max(out[r // size, c // size], I[r, c])
    return out


@exercise.variant
def one_axis_after_the_other(I, size):
    """First the rows, then the columns."""
    H, W = I.shape[0] // size, I.shape[1] // size
    rows = I[: H * size].reshape(H, size, -1).max(axis=1)
    return rows[:, : W * size].reshape(H, W, size).max(axis=2)


@exercise.variant
def shifted_pictures(I, size):
    """The largest of all pictures that start at another pixel of the block."""
    H, W = I.shape[0] // size, I.shape[1] // size
    cut = np.array(I, dtype=float)[: H * size, : W * size]
    parts = [cut[a::size, b::size] for a in range(size) for b in range(size)]
    return np.maximum.reduce(parts)


@exercise.variant
def windows_at_once(I, size):
    """A view of all windows, of which every size-th counts, in float32."""
    from numpy.lib.stride_tricks import sliding_window_view

    windows = sliding_window_view(I, (size, size))[::size, ::size]
    return windows.max(axis=-1).max(axis=-1)


@exercise.variant
def list_comprehension(I, size):
    """A list of lists, then an array."""
    tops = range(0, len(I) - size + 1, size)
    lefts = range(0, I.shape[1] - size + 1, size)
    return np.array([[I[t : t + size, u : u + size].max() for u in lefts] for t in tops])
