"""Drawings of lecture 9, and a small network on which it compares ways to train.

The drawings show graphs, networks and lanes through which errors flow back.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from figures import BLUE, GRAY, GREEN, INK, VERMILION
from matplotlib.axes import Axes
from numpy.typing import NDArray

Place = tuple[float, float]
Array = NDArray[np.float64]


def minus(text: object) -> str:
    """Return a number as text with a proper minus sign.

    Examples
    --------
    >>> minus(-1.5)
    '−1.5'
    """
    return str(text).replace("-", "−")


def draw_graph(
    ax: Axes, places: Mapping[str, Place], edges: Iterable[tuple[str, str]], size: float = 34
) -> None:
    """Draw named circles and the lines between them, without axes.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw; its limits are left to the author.
    places : mapping of str to (float, float)
        Where each circle stands.
    edges : iterable of (str, str)
        The names at both ends of each line.
    size : float
        The diameter of the circles, in points.
    """
    ax.axis("off")
    for start, end in edges:
        (a, b), (c, d) = places[start], places[end]
        ax.plot([a, c], [b, d], "-", color="#C4CBD2", lw=1.5, zorder=1)
    for name, (x, y) in places.items():
        ax.plot(x, y, "o", ms=size, mfc="white", mec=INK, zorder=4)
        ax.text(x, y, name, ha="center", va="center", size=14, zorder=4.5)


def band(start: Place, end: Place, width: float) -> tuple[list[float], list[float]]:
    """Return the corners of a band between two circles; nothing of it is left at width 0 or below.

    Examples
    --------
    >>> band((2, 1), (1, 1), 0.5)
    ([2, 1, 1, 2], [1.05, 1.05, 0.95, 0.95])
    """
    (a, b), (c, d), w = start, end, 0.1 * max(width, 0.0)
    return [a, c, c, a], [b + w, d + w, d - w, b - w]


def draw_lanes(ax: Axes) -> None:
    """Draw what three layers keep on the way forward and use on the way back."""
    ax.set(xlim=(-1.3, 9.2), ylim=(-0.5, 3.1))
    ax.axis("off")
    for y, name in ((2.6, "forward"), (1.3, "kept"), (0, "backward")):
        ax.axhspan(y - 0.42, y + 0.42, color="#F3F5F7", zorder=0)
        ax.text(-1.2, y, name, va="center", color=GRAY)
    for y, words in ((2.6, "$X$"), (1.3, "$A^{[0]}$")):
        ax.text(0.6, y, words, ha="center", va="center", size=15)
    _arrow(ax, (0.6, 2.6), (0.6, 1.3), BLUE)
    for layer, x in enumerate((3.1, 5.6, 8.1), 1):
        ax.text(x, 2.6, f"layer {layer}", ha="center", va="center", size=14)
        kept = f"$Z^{{[{layer}]}},\\;A^{{[{layer}]}}$"
        ax.text(x, 1.3, kept, ha="center", va="center", size=14)
        ax.text(x, 0, f"$\\delta^{{[{layer}]}}$", ha="center", va="center", size=16)
        _arrow(ax, (x - 2.2, 2.6), (x - 0.3, 2.6), BLUE)
        _arrow(ax, (x, 2.6), (x, 1.3), BLUE)
        _arrow(ax, (x, 1.3), (x, 0), GREEN)
        _arrow(ax, (x - 2.5, 1.3), (x, 0), GREEN)
        if layer > 1:
            _arrow(ax, (x, 0), (x - 2.5, 0), VERMILION)


def draw_pipeline(ax: Axes) -> None:
    """Draw data, features, classifier and loss, and the two gradients that come back."""
    ax.set(xlim=(0, 10), ylim=(0.2, 3.4))
    ax.axis("off")
    box = {"boxstyle": "round,pad=0.5", "fc": "#E8F1F8", "ec": GRAY}
    parts = ((0.8, "data\n$x$"), (3.5, "features\n$\\theta_1$"), (6.6, "classifier\n$\\theta_2$"))
    for x, words in (*parts, (9.3, "loss\n$J$")):
        ax.text(x, 2.6, words, ha="center", va="center", size=13, bbox=box)
    for start, end in ((0.9, 2.6), (4.1, 5.7), (7.4, 9.1)):
        _arrow(ax, (start, 2.6), (end, 2.6), INK)
    for x, y, part in ((6.6, 1.5, 2), (3.5, 0.7, 1)):
        _arrow(ax, (9.5, y), (x - 0.2, y), VERMILION)
        words = f"$\\partial J/\\partial\\theta_{part}$"
        ax.text(x - 0.2, y, words, ha="right", va="center", color=VERMILION, size=14)


def _arrow(ax: Axes, start: Place, end: Place, color: str) -> None:
    look = {"arrowstyle": "-|>", "lw": 2, "color": color, "shrinkA": 20, "shrinkB": 20}
    ax.annotate("", end, start, arrowprops=look)


def ring_loss(p: Array, X: Array, y: Array) -> float:
    """Return the mean cross-entropy of a network with one tanh layer and one sigmoid output.

    Parameters
    ----------
    p : ndarray, shape (4h + 1,)
        All parameters in a row: weights (2, h) and bias (h,), then weights (h,) and bias.
    X : ndarray, shape (m, 2)
        Data.
    y : ndarray, shape (m,)
        Labels, 0 or 1.
    """
    W1, b1, w2, b2 = _parts(p)
    s = np.tanh(X @ W1 + b1) @ w2 + b2
    return float(np.mean(np.logaddexp(0, np.where(y == 1, -s, s))))


def ring_slopes(p: Array, X: Array, y: Array, way_back: Array | None = None) -> Array:
    """Return the gradient of `ring_loss`, in the order of its parameters.

    With `way_back`, shape (h,), the error goes back through these weights instead of the
    network's own: feedback alignment.
    """
    W1, b1, w2, b2 = _parts(p)
    A = np.tanh(X @ W1 + b1)
    # The sigmoid by tanh, which is safe for any score.
    error = ((1 + np.tanh((A @ w2 + b2) / 2)) / 2 - y) / len(X)
    D = np.outer(error, w2 if way_back is None else way_back) * (1 - A**2)
    return np.concatenate([(X.T @ D).ravel(), D.sum(axis=0), A.T @ error, [error.sum()]])


def _parts(p: Array) -> tuple[Array, Array, Array, float]:
    h = (len(p) - 1) // 4
    return p[: 2 * h].reshape(2, h), p[2 * h : 3 * h], p[3 * h : 4 * h], float(p[-1])
