# ruff: noqa: E741  # the contract calls the images I
"""Exercise 3.1: pictures as rows, one whole channel after the other."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import numpy_data as reference


def _images(rng: np.random.Generator, *shape: int, top: int = 256) -> np.ndarray:
    return rng.integers(0, top, shape, dtype=np.uint8)


def _values(rng: np.random.Generator) -> Iterator[Case]:
    for shape in [(3, 2, 4, 3), (2, 5, 3, 3), (4, 3, 3, 3)]:
        yield Case((_images(rng, *shape),))
    yield Case((_images(rng, 2, 3, 4, 3, top=100),), about="when no picture is bright")
    yield Case((_images(rng, 1, 2, 3, 3),), about="with a single picture (m = 1)")
    yield Case((_images(rng, 3, 2, 4, 1),), about="with a single channel (C = 1)")
    yield Case((_images(rng, 2, 3, 2, 4),), about="with four channels")
    yield Case(kwargs={"I": _images(rng, 2, 2, 3, 3)}, about="when it is called by argument names")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((np.array([[[[51]]]], dtype=np.uint8),))
    yield Case((np.array([[[[51, 102]]]], dtype=np.uint8),))
    yield Case((np.array([[[[0, 255], [51, 204]]]], dtype=np.uint8),))
    grid = 51 * np.arange(4, dtype=np.uint8).reshape(1, 2, 2, 1)
    yield Case((grid,))
    yield Case((np.array([[[[51]]], [[[204]]]], dtype=np.uint8),))
    yield Case((np.array([[[[0, 255]]], [[[51, 204]]]], dtype=np.uint8),))
    yield Case((17 * np.arange(12, dtype=np.uint8).reshape(1, 2, 3, 2),))
    yield Case(kwargs={"I": np.array([[[[0, 255], [51, 204]]]], dtype=np.uint8)})


exercise = Exercise(
    homework="hw01_numpy",
    number="3.1",
    reference=reference.flatten_images,
    returns=("the result",),
    parts=(Part("values", 1, _values),),
    examples=_examples,
    purity="values",
    equivalent_mutants={
        "images.transpose(0, 3, 1, 2).reshape(len(images), -1) -> "
        "images.transpose(0, 3, 1, 2).reshape(len(images), -2)": (
            "`reshape` finds out the length for any negative number"
        ),
    },
)


@exercise.mistake
def channels_interleaved(I):
    """You flatten without moving the channels to the front, so red, green and blue take turns:
    put the axis of the channels before those of the pixels (`transpose`), then `reshape`."""
    return I.reshape(len(I), -1) / 255


@exercise.mistake
def not_divided(I):
    """Your values go from 0 to 255: divide by 255."""
    return I.transpose(0, 3, 1, 2).reshape(len(I), -1).astype(float)


@exercise.mistake
def divided_by_256(I):
    """You divide by 256: the largest value of a uint8 is 255, and it becomes 1."""
    return I.transpose(0, 3, 1, 2).reshape(len(I), -1) / 256


@exercise.mistake
def divided_by_the_brightest(I):
    """You divide by the largest value that occurs, so a dark picture becomes bright: divide by
    255."""
    return I.transpose(0, 3, 1, 2).reshape(len(I), -1) / I.max()


@exercise.mistake
def integer_division(I):
    """Your values are cut to the integers 0 and 1: divide with `/`, and keep the result in
    floats."""
    return I.transpose(0, 3, 1, 2).reshape(len(I), -1) // 255


@exercise.mistake
def columns_before_rows(I):
    """You reversed the axes (`I.T`, or `transpose(0, 3, 2, 1)`), so each channel is read column by
    column: read it row by row."""
    return I.transpose(0, 3, 2, 1).reshape(len(I), -1) / 255


@exercise.mistake
def all_in_one_row(I):
    """You flatten all pictures into one long vector: each picture is a row of its own."""
    return I.transpose(0, 3, 1, 2).ravel() / 255


@exercise.mistake
def still_four_axes(I):
    """You move the channels to the front, but do not flatten: the result has shape (m, C·H·W)."""
    return I.transpose(0, 3, 1, 2) / 255


@exercise.mistake
def pictures_in_columns(I):
    """A picture is a column of your result: make it a row, shape (m, C·H·W)."""
    return (I.transpose(0, 3, 1, 2).reshape(len(I), -1) / 255).T


@exercise.mistake
def channels_of_all_pictures_first(I):
    """You put the channels before the pictures, so a row mixes pictures: the first axis, the
    pictures, stays where it is."""
    return I.transpose(3, 0, 1, 2).reshape(len(I), -1) / 255


@exercise.mistake
def first_channel_only(I):
    """You keep the first channel only: all C channels belong into the row."""
    return I[:, :, :, 0].reshape(len(I), -1) / 255


@exercise.mistake
def list_of_rows(I):
    """You return a list of rows: make one array of it (`np.array`)."""
    return [image.transpose(2, 0, 1).ravel() / 255 for image in I]


@exercise.mistake
def blackened_in_place(I):
    """You write into the caller's `I`: make a new array."""
    result = I.transpose(0, 3, 1, 2).reshape(len(I), -1) / 255
    I //= 255
    return result


@exercise.variant
def one_picture_at_a_time(I):
    """A loop over the pictures and their channels."""
    rows = []
    for image in I:
        channels = [image[:, :, c].flatten() for c in range(image.shape[2])]
        rows.append(np.concatenate(channels) / 255.0)
    return np.array(rows)


@exercise.variant
def axis_moved(I):
    """`moveaxis` names the axis that moves."""
    return np.moveaxis(I.astype(np.float64) / 255.0, -1, 1).reshape(I.shape[0], -1)


@exercise.variant
def pixels_as_a_matrix(I):
    """Pixels in rows, channels in columns; then their transpose."""
    m, H, W, C = I.shape
    return np.swapaxes(I.reshape(m, H * W, C), 1, 2).reshape(m, C * H * W) * (1 / 255)


@exercise.variant
def einsum_in_single_precision(I):
    """Single precision has digits enough for 256 shades."""
    m = len(I)
    return np.einsum("mhwc->mchw", I.astype(np.float32) / 255).reshape(m, -1)
