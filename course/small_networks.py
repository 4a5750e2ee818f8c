"""Draw small networks, and train them the slow way, by central differences.

A network with sigmoid output is kept as one flat array of its P parameters, layer by layer, weights
before biases: then each parameter can be moved by itself. Leading axes are kept, so that the 2P
moved copies of a network, and several starts, are computed at once.

>>> rng = np.random.default_rng(0)
>>> X = rng.normal(size=(20, 2))
>>> y = (X[:, 0] > 0).astype(float)
>>> history = train(np.zeros((1, 3)), X, y, [2, 1], np.tanh, lr=1.0, epochs=60)
>>> history.shape, round(float(loss(X, y, history[0, 0], [2, 1], np.tanh)), 4)
((61, 1, 3), 0.6931)
>>> bool(loss(X, y, history[-1, 0], [2, 1], np.tanh) < 0.2)
True
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from contourpy import contour_generator
from figures import GRAY, INK, ORANGE, SKY
from matplotlib.axes import Axes
from numpy.typing import NDArray

Array = NDArray[np.float64]
Activation = Callable[[Array], Array]

BATCH = 10
MOVE = 1e-4  # a parameter is moved by this much to both sides


def unpack(flat: Array, sizes: Sequence[int]) -> tuple[list[Array], list[Array]]:
    """Return the weights (..., n, k) and the biases (..., 1, k) of each layer.

    >>> Ws, bs = unpack(np.arange(11.0), [3, 2, 1])
    >>> [W.shape for W in Ws], bs
    ([(3, 2), (2, 1)], [array([[6., 7.]]), array([[10.]])])
    """
    Ws, bs, at = [], [], 0
    for n, k in pairwise(sizes):
        Ws.append(flat[..., at : at + n * k].reshape(*flat.shape[:-1], n, k))
        at += n * k
        bs.append(flat[..., np.newaxis, at : at + k])
        at += k
    return Ws, bs


def hidden(X: Array, flat: Array, sizes: Sequence[int], g: Activation) -> Array:
    """Return what the last layer gets, (..., m, n)."""
    Ws, bs = unpack(flat, sizes)
    A = X
    for W, b in zip(Ws[:-1], bs[:-1], strict=True):
        A = g(A @ W + b)
    return A


def score(X: Array, flat: Array, sizes: Sequence[int], g: Activation) -> Array:
    """Return the output before the last sigmoid, (..., m)."""
    Ws, bs = unpack(flat, sizes)
    S: Array = (hidden(X, flat, sizes, g) @ Ws[-1] + bs[-1])[..., 0]
    return S


def loss(X: Array, y: Array, flat: Array, sizes: Sequence[int], g: Activation) -> Array:
    """Return the mean binary cross-entropy, from the scores, (...)."""
    S = score(X, flat, sizes, g)
    J: Array = np.mean(np.logaddexp(0, S) - y * S, axis=-1)
    return J


def train(
    flat: Array,
    X: Array,
    y: Array,
    sizes: Sequence[int],
    g: Activation,
    lr: float,
    epochs: int,
) -> Array:
    """Return the parameters after each epoch of gradient descent on batches of 10.

    Parameters
    ----------
    flat : ndarray, shape (s, P)
        Where s networks start. They see the same batches.
    X, y : ndarray, shapes (m, n) and (m,)
        The data, with labels 0 and 1; m is a multiple of 10.
    sizes : sequence of int
        Inputs, hidden units, and 1 output.
    g : callable
        The activation of all hidden layers.
    lr : float
        Learning rate.
    epochs : int

    Returns
    -------
    ndarray, shape (epochs + 1, s, P)
        Beginning with the start.
    """
    rng, history = np.random.default_rng(0), [flat]
    moves = MOVE * np.eye(flat.shape[-1])
    for _ in range(epochs):
        for rows in rng.permutation(len(X)).reshape(-1, BATCH):
            moved = np.concatenate([flat[:, None] + moves, flat[:, None] - moves], axis=1)
            up, down = np.split(loss(X[rows], y[rows], moved, sizes, g), 2, axis=1)
            flat = flat - lr * (up - down) / (2 * MOVE)
        history.append(flat)
    return np.array(history)


def straight_line(w: Array, b: float, reach: float = 20.0) -> Array:
    """Return two far points of the line w·x + b = 0 of the plane: ``x, y``, each of shape (2,).

    >>> straight_line(np.array([0.0, 2.0]), -2.0, reach=3.0)
    array([[-3.,  3.],
           [ 1.,  1.]])
    """
    along = np.array([w[1], -w[0]]) / np.hypot(*w)
    ends: Array = -b * w / (w @ w) + np.outer([-reach, reach], along)
    return ends.T


def zero_curve(f: Callable[[Array], Array], reach: float, count: int = 61) -> Array:
    """Return where f is 0 in a square around the origin, as segments ``x0, y0, x1, y1``.

    Where f has no zero there is one segment of no length, outside of the square.
    """
    ticks = np.linspace(-reach, reach, count)
    plane = np.stack(np.meshgrid(ticks, ticks), axis=-1)
    lines: Any = contour_generator(ticks, ticks, f(plane)).lines(0)
    pieces = [np.hstack([line[:-1], line[1:]]) for line in lines]
    segments: Array = np.concatenate(pieces or [np.full((1, 4), 2 * reach)]).T
    return segments


def draw_network(ax: Axes, *columns: tuple[float, Mapping[float, str]], size: float = 1300) -> None:
    """Draw columns of units, and a line from each unit to each one of the next column.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    *columns : tuple of (float, mapping of float to str)
        Where a column stands, and for the height of each unit the name inside its circle. The
        first column holds the inputs and has another color.
    size : float
        Area of a circle in square points.
    """
    for k, (x, names) in enumerate(columns):
        color = ORANGE if k else SKY
        ax.scatter([x] * len(names), list(names), s=size, c=color, edgecolors=INK, zorder=3)
        for y, name in names.items():
            ax.text(x, y, name, ha="center", va="center", size=13, zorder=4)
    for (x, ys), (x_end, ends) in pairwise(columns):
        for y in ys:
            for end in ends:
                ax.plot([x, x_end], [y, end], color=GRAY, lw=1.3, ls="-", zorder=1)
    ax.axis("off")
