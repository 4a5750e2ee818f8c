# ruff: noqa: E741  # the contract calls the picture I
"""Exercise 1.1: a kernel slides over a picture."""

from collections.abc import Iterator

import numpy as np

from autograder.exercises.inputs import Inputs
from autograder.exercises.model import Case, Exercise, Part
from autograder.reference import beyond as reference

TOLERANCE = 1e-5  # room for float32


def _values(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for shape, k in [((6, 6), 3), ((5, 8), 2), ((7, 4), 3), ((6, 5), 4)]:
        yield Case((inputs.array(*shape), inputs.array(k, k)))


def _moves(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    for shape, k, stride, pad in [
        ((6, 7), 3, 2, 0),
        ((5, 6), 3, 1, 1),
        ((6, 6), 3, 2, 1),
        ((8, 5), 2, 3, 0),
        ((4, 7), 3, 3, 2),
        ((5, 5), 2, 2, 0),
    ]:
        about = f"with stride={stride} and pad={pad}"
        yield Case((inputs.array(*shape), inputs.array(k, k), stride, pad), about=about)


def _care(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng)
    yield Case((inputs.array(4, 5), inputs.array(1, 1)), about="with a kernel of one entry")
    yield Case((inputs.array(3, 3), inputs.array(3, 3)), about="when the kernel fits only once")
    gray = rng.integers(150, 256, (5, 6)).astype(np.uint8)
    half = Inputs(rng, readable=True).array(3, 3) + 0.25
    yield Case((gray, half), about="when the picture holds gray values from 0 to 255")
    yield Case((gray, half, 2, 1), about="when a padded picture holds gray values from 0 to 255")
    whole = rng.integers(-3, 4, (5, 5))
    yield Case((whole, rng.integers(-3, 4, (2, 2)), 1, 1), about="with integer arrays")
    named = {"I": inputs.array(5, 6), "K": inputs.array(2, 2), "stride": 2, "pad": 1}
    yield Case(kwargs=named, about="when it is called by argument names")
    some = {"I": inputs.array(4, 6), "K": inputs.array(2, 2), "pad": 1}
    yield Case(kwargs=some, about="when it is called by argument names, without stride")


def _examples(rng: np.random.Generator) -> Iterator[Case]:
    inputs = Inputs(rng, readable=True)
    I, K = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]]), np.array([[1.0, 0.0], [0.0, -2.0]])
    yield Case((I, K))
    yield Case((np.array([[1.0, 2.0], [0.0, 1.0], [4.0, 0.5]]), K))
    yield Case((inputs.array(3, 4), np.array([[1.0, 2.0], [3.0, 4.0]])))
    square = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0], [2.0, 4.0, 1.0]])
    yield Case((square, K, 2))
    yield Case((square, K, 1, 1))
    yield Case((square, K, 2, 1))
    yield Case((inputs.array(4, 5), np.array([[1.0, 2.0], [3.0, 4.0]]), 2, 1))
    yield Case((np.array([[200, 100], [50, 250]], dtype=np.uint8), np.array([[0.5, 1], [1, 1]])))
    gray = np.array([[200, 100], [50, 250]], dtype=np.uint8)
    yield Case((gray, np.array([[0.5, 1.0], [1.0, 1.0]]), 1, 1))
    yield Case((np.array([[1, 2], [3, 4]]), np.array([[0.5]])))
    yield Case(kwargs={"I": square, "K": K, "stride": 1, "pad": 1})


exercise = Exercise(
    homework="hw10_beyond",
    number="1.1",
    reference=reference.conv2d,
    returns=("the result",),
    parts=(Part("values", 2, _values), Part("stride", 1, _moves), Part("care", 1, _care)),
    examples=_examples,
    tolerance=TOLERANCE,
    equivalent_mutants={
        "(windows * K).sum(axis=(2, 3)) -> (windows * K).sum(axis=(3, 2))": (
            "the order of the axes of a sum or a maximum does not matter"
        ),
    },
)


@exercise.mistake
def kernel_flipped(I, K, stride=1, pad=0):
    """Your kernel is flipped, as in the convolution of mathematics: lay it on the picture as it
    is."""
    k = len(K)
    A = np.pad(I, pad)
    F = np.zeros(((A.shape[0] - k) // stride + 1, (A.shape[1] - k) // stride + 1))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(
            A[i * stride : i * stride + k, j * stride : j * stride + k] * K[::-1, ::-1]
        )
    return F


@exercise.mistake
def kernel_transposed(I, K, stride=1, pad=0):
    """Your kernel is transposed: `K[a, b]` belongs to the pixel `a` rows further down and `b`
    columns further to the right."""
    k = len(K)
    A = np.pad(I, pad)
    F = np.zeros(((A.shape[0] - k) // stride + 1, (A.shape[1] - k) // stride + 1))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(A[i * stride : i * stride + k, j * stride : j * stride + k] * K.T)
    return F


@exercise.mistake
def matrix_product(I, K, stride=1, pad=0):
    """You add up the matrix product of window and kernel (`@`): multiply entry by entry (`*`)."""
    k = len(K)
    A = np.pad(I, pad)
    F = np.zeros(((A.shape[0] - k) // stride + 1, (A.shape[1] - k) // stride + 1))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(A[i * stride : i * stride + k, j * stride : j * stride + k] @ K)
    return F


@exercise.mistake
def mean_of_the_products(I, K, stride=1, pad=0):
    """You take the mean of the products: add them up."""
    k = len(K)
    A = np.pad(I, pad)
    F = np.zeros(((A.shape[0] - k) // stride + 1, (A.shape[1] - k) // stride + 1))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.mean(A[i * stride : i * stride + k, j * stride : j * stride + k] * K)
    return F


@exercise.mistake
def last_window_missing(I, K, stride=1, pad=0):
    """Your result is one row and one column too small: there is one window more than moves, the
    `+ 1` in the formula."""
    k = len(K)
    A = np.pad(I, pad)
    F = np.zeros(((A.shape[0] - k) // stride, (A.shape[1] - k) // stride))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(A[i * stride : i * stride + k, j * stride : j * stride + k] * K)
    return F


@exercise.mistake
def size_of_the_picture(I, K, stride=1, pad=0):
    """Your result has the size of the picture, with zeros where no whole window fits: it has a row
    and a column for each window only."""
    k = len(K)
    A = np.pad(I, pad)
    F = np.zeros(A.shape)
    for i in range(0, A.shape[0] - k + 1, stride):
        for j in range(0, A.shape[1] - k + 1, stride):
            F[i, j] = np.sum(A[i : i + k, j : j + k] * K)
    return F


@exercise.mistake
def always_padded_to_the_same_size(I, K, stride=1, pad=0):
    """You pad so that the result has the size of the picture (`mode="same"`): without `pad` nothing
    is added around the picture."""
    k = len(K)
    low = (k - 1) // 2
    A = np.pad(np.pad(I, pad), ((low, k - 1 - low), (low, k - 1 - low)))
    F = np.zeros(((A.shape[0] - k) // stride + 1, (A.shape[1] - k) // stride + 1))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(A[i * stride : i * stride + k, j * stride : j * stride + k] * K)
    return F


@exercise.mistake
def square_pictures_only(I, K, stride=1, pad=0):
    """You use the height of the picture for its width as well: pictures need not be square."""
    k = len(K)
    A = np.pad(I, pad)
    size = (A.shape[0] - k) // stride + 1
    F = np.zeros((size, size))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(A[i * stride : i * stride + k, j * stride : j * stride + k] * K)
    return F


@exercise.mistake
def height_and_width_interchanged(I, K, stride=1, pad=0):
    """You interchange height and width: rows come first, `H, W = I.shape`, and the result is
    (H', W')."""
    k = len(K)
    A = np.pad(I, pad)
    F = np.zeros(((A.shape[0] - k) // stride + 1, (A.shape[1] - k) // stride + 1))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(A[i * stride : i * stride + k, j * stride : j * stride + k] * K)
    return F.T


@exercise.mistake
def stride_ignored(I, K, stride=1, pad=0):
    """You move the kernel by one pixel whatever `stride` says."""
    k = len(K)
    A = np.pad(I, pad)
    F = np.zeros((A.shape[0] - k + 1, A.shape[1] - k + 1))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(A[i : i + k, j : j + k] * K)
    return F


@exercise.mistake
def stride_only_in_the_size(I, K, stride=1, pad=0):
    """Your result has the right size for the stride, but your windows still move by one pixel:
    window (i, j) begins at row `i * stride`, column `j * stride`."""
    k = len(K)
    A = np.pad(I, pad)
    F = np.zeros(((A.shape[0] - k) // stride + 1, (A.shape[1] - k) // stride + 1))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(A[i : i + k, j : j + k] * K)
    return F


@exercise.mistake
def stride_down_only(I, K, stride=1, pad=0):
    """You use the stride for the rows only: the kernel moves by `stride` columns as well."""
    k = len(K)
    A = np.pad(I, pad)
    F = np.zeros(((A.shape[0] - k) // stride + 1, A.shape[1] - k + 1))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(A[i * stride : i * stride + k, j : j + k] * K)
    return F


@exercise.mistake
def pad_ignored(I, K, stride=1, pad=0):
    """You leave `pad` out: first put so many rows and columns of zeros around the picture."""
    k = len(K)
    F = np.zeros(((I.shape[0] - k) // stride + 1, (I.shape[1] - k) // stride + 1))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(I[i * stride : i * stride + k, j * stride : j * stride + k] * K)
    return F


@exercise.mistake
def padded_once(I, K, stride=1, pad=0):
    """You pad at two sides only: `pad` rows go above *and* below, `pad` columns to the left *and*
    to the right, which adds `2 * pad`."""
    k = len(K)
    A = np.pad(I, ((0, pad), (0, pad)))
    F = np.zeros(((A.shape[0] - k) // stride + 1, (A.shape[1] - k) // stride + 1))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(A[i * stride : i * stride + k, j * stride : j * stride + k] * K)
    return F


@exercise.mistake
def padded_with_the_edge(I, K, stride=1, pad=0):
    """You pad with the pixels of the edge: zeros are asked for."""
    k = len(K)
    A = np.pad(I, pad, mode="edge")
    F = np.zeros(((A.shape[0] - k) // stride + 1, (A.shape[1] - k) // stride + 1))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(A[i * stride : i * stride + k, j * stride : j * stride + k] * K)
    return F


@exercise.mistake
def rounded_up(I, K, stride=1, pad=0):
    """You round the size up, so the last windows hang over the edge: round down, since a window
    that does not fit is left out."""
    k = len(K)
    A = np.pad(I, pad)
    F = np.zeros((-((k - A.shape[0]) // stride) + 1, -((k - A.shape[1]) // stride) + 1))
    A = np.pad(A, ((0, stride), (0, stride)))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(A[i * stride : i * stride + k, j * stride : j * stride + k] * K)
    return F


@exercise.mistake
def dtype_of_the_picture(I, K, stride=1, pad=0):
    """Your result has the type of the picture (`dtype=I.dtype`, `np.zeros_like`), so that sums of
    small integers are cut off or wrap around at 256: use floats."""
    k = len(K)
    A = np.pad(I, pad)
    rows, columns = (A.shape[0] - k) // stride + 1, (A.shape[1] - k) // stride + 1
    F = np.zeros((rows, columns))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(A[i * stride : i * stride + k, j * stride : j * stride + k] * K)
    return F.astype(int).astype(I.dtype) if I.dtype.kind in "iu" else F


@exercise.mistake
def list_of_rows(I, K, stride=1, pad=0):
    """You return a list of rows: make an array of it (`np.array`)."""
    k = len(K)
    A = np.pad(I, pad)
    return [
        [np.sum(A[i : i + k, j : j + k] * K) for j in range(0, A.shape[1] - k + 1, stride)]
        for i in range(0, A.shape[0] - k + 1, stride)
    ]


@exercise.mistake
def picture_changed(I, K, stride=1, pad=0):
    """You change the caller's picture: a slice is a view, so `window *= K` writes into `I`. Write
    `window * K`, which makes a new array."""
    k = len(K)
    A = np.pad(I, pad)
    F = np.zeros(((A.shape[0] - k) // stride + 1, (A.shape[1] - k) // stride + 1))
    for i, j in np.ndindex(F.shape):
        F[i, j] = np.sum(A[i * stride : i * stride + k, j * stride : j * stride + k] * K)
    I[:k, :k] += 1
    return F


@exercise.variant
def four_loops(I, K, stride=1, pad=0):
    """Pixel by pixel, with zeros outside of the picture."""
    (H, W), k = I.shape, K.shape[0]
    rows = int(np.floor((H + 2 * pad - k) / stride)) + 1
    columns = int(np.floor((W + 2 * pad - k) / stride)) + 1
    F = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            for a in range(k):
                for b in range(k):
                    r, c = i * stride + a - pad, j * stride + b - pad
                    if 0 <= r < H and 0 <= c < W:
                        F[i, j] += K[a, b] * float(I[r, c])
    return F


@exercise.variant
def shifted_pictures(I, K, stride=1, pad=0):
    """A loop over the kernel, whole shifted pictures added up."""
    (H, W), k = I.shape, len(K)
    A = np.zeros((H + 2 * pad, W + 2 * pad))
    A[pad : pad + H, pad : pad + W] = I
    everywhere = np.zeros((A.shape[0] - k + 1, A.shape[1] - k + 1))
    for a, b in np.ndindex(k, k):
        everywhere += K[a, b] * A[a : a + everywhere.shape[0], b : b + everywhere.shape[1]]
    return everywhere[::stride, ::stride]


@exercise.variant
def windows_at_once(I, K, stride=1, pad=0):
    """A view of all windows, and Einstein's sum."""
    from numpy.lib.stride_tricks import sliding_window_view

    windows = sliding_window_view(np.pad(np.asarray(I, dtype=float), pad), K.shape)
    return np.einsum("ijab,ab->ij", windows[::stride, ::stride], K)


@exercise.variant
def scipy_function(I, K, stride=1, pad=0):
    """SciPy's own, then every stride-th of it."""
    from scipy import signal

    padded = np.pad(I.astype(float), ((pad, pad), (pad, pad)), mode="constant")
    return signal.correlate2d(padded, K, mode="valid")[::stride, ::stride]


@exercise.variant
def in_single_precision(I, K, stride=1, pad=0):
    """A list of lists, in float32."""
    A, k = np.pad(I, pad).astype(np.float32), len(K)
    rows = []
    for top in range(0, len(A) - k + 1, stride):
        lefts = range(0, A.shape[1] - k + 1, stride)
        rows.append([(A[top : top + k, left : left + k] * K).sum() for left in lefts])
    return np.array(rows, dtype=np.float32)


@exercise.variant
def matrix_of_windows(I, K, stride=1, pad=0):
    """Windows as rows of a matrix, times the kernel as a vector."""
    A, k = np.pad(I, pad).astype(float), K.shape[0]
    tops = np.arange(0, A.shape[0] - k + 1, stride)
    lefts = np.arange(0, A.shape[1] - k + 1, stride)
    windows = np.array([A[r : r + k, c : c + k].ravel() for r in tops for c in lefts])
    return (windows @ K.ravel()).reshape(len(tops), len(lefts))
