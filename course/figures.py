"""One look for every picture of the course, and words for whoever cannot see it.

A lecture calls `use_style` once, draws with matplotlib, and ends with `show`. The figure leaves
the notebook as HTML with alternative text and a caption, so the words stay with the picture in
JupyterLab, in an HTML page, on a slide and on the site. The same figure gives the same bytes.
"""

from __future__ import annotations

import base64
import html
import io
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from cycler import cycler
from IPython.display import publish_display_data
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

# Okabe and Ito (2008): colors that stay apart under the common kinds of color blindness.
BLUE = "#0072B2"
VERMILION = "#D55E00"
GREEN = "#009E73"
PURPLE = "#AA4499"
ORANGE = "#E69F00"
SKY = "#56B4E9"
GRAY = "#5F6B76"
INK = "#1B2530"

COLORS = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY)
LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)))
MARKERS = ("o", "s", "^", "D", "v", "P")

STYLE: Any = {  # matplotlib's own type of this lists all its keys, version by version
    "figure.figsize": (8.4, 4.0),
    "figure.facecolor": "white",
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.w_pad": 0.1,
    "figure.constrained_layout.h_pad": 0.08,
    "savefig.facecolor": "white",
    "axes.facecolor": "white",
    "axes.prop_cycle": cycler(color=COLORS) + cycler(linestyle=LINES),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GRAY,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.titlesize": 13,
    "axes.titlelocation": "left",
    "axes.titlepad": 9,
    "axes.labelsize": 13,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E3E7EB",
    "grid.linewidth": 0.8,
    "font.family": "DejaVu Sans",
    "font.size": 12,
    "legend.fontsize": 12,
    "legend.frameon": True,
    "legend.framealpha": 0.9,
    "legend.edgecolor": "none",
    "lines.linewidth": 2.4,
    "lines.markersize": 7,
    "text.color": INK,
    "xtick.color": GRAY,
    "ytick.color": GRAY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "mathtext.fontset": "dejavusans",
    "svg.fonttype": "path",
    "svg.hashsalt": "neural-networks-in-numpy",
}


def use_style() -> None:
    """Give all later figures the look of the course.

    Lines cycle through color *and* line style, so that a figure can be read without color.
    Scatter plots take their shapes from `MARKERS`.
    """
    mpl.rcParams.update(STYLE)


def draw_table(
    ax: Axes,
    x: float,
    y: float,
    values: ArrayLike,
    label: str = "",
    *,
    hot: ArrayLike = False,
    colors: Any = None,
) -> None:
    """Draw an array as a table of cells, each 1 wide and 1 high.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw; its limits are left to the author.
    x, y : float
        The top left corner of the table: cell (i, j) has its center at (x + j + ½, y - i - ½).
    values : array_like, shape (r, c) or (c,)
        What is written into the cells.
    label : str
        The text above the table.
    hot : array_like of bool, broadcast to (r, c)
        Which cells to tint.
    colors : array_like of colors, broadcast to (r, c), or of numbers, shape (r, c, 3), optional
        The colors of the cells, in place of those of `hot`.
    """
    values = np.atleast_2d(np.asarray(values))
    if colors is None:
        colors = np.where(np.asarray(hot), "#FFD9B8", "#E8F1F8")
    colors = np.asarray(colors)
    if colors.dtype.kind in "US":
        colors = np.broadcast_to(colors, values.shape)
    for (i, j), value in np.ndenumerate(values):
        ax.add_patch(Rectangle((x + j, y - i - 1), 1, 1, fc=colors[i, j], ec=GRAY))
        ax.text(x + j + 0.5, y - i - 0.5, str(value), ha="center", va="center", size=14)
    if label:
        ax.text(x + values.shape[1] / 2, y + 0.3, label, ha="center", size=14)


def require_words(alt: str, see: str) -> None:
    """Refuse a picture that comes without words.

    Parameters
    ----------
    alt : str
        Alternative text: what the picture shows, for a reader who cannot see it.
    see : str
        The sentence under the picture: what the reader should notice.

    Raises
    ------
    ValueError
        If one of them is empty.

    Examples
    --------
    >>> require_words("A line through four points.", "")
    Traceback (most recent call last):
    ValueError: see is empty: write one sentence that says what the reader should notice
    """
    if not alt.strip():
        message = "alt is empty: describe the picture for a reader who cannot see it"
        raise ValueError(message)
    if not see.strip():
        message = "see is empty: write one sentence that says what the reader should notice"
        raise ValueError(message)


def caption(see: str) -> str:
    """Return the caption of a picture as HTML.

    Parameters
    ----------
    see : str
        The sentence to print after "What you should see:".

    Returns
    -------
    str
        A ``figcaption`` element.

    Examples
    --------
    >>> caption("a < b")
    '<figcaption><strong>What you should see:</strong> a &lt; b</figcaption>'
    """
    return f"<figcaption><strong>What you should see:</strong> {html.escape(see)}</figcaption>"


def to_svg(fig: Figure) -> str:
    """Draw a figure as SVG text, the same text every time.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        The figure; its layout is settled by this drawing.

    Returns
    -------
    str
        The SVG document, letters drawn as paths, without a date.
    """
    stream = io.StringIO()
    steady: Any = {key: STYLE[key] for key in ("svg.fonttype", "svg.hashsalt")}
    with mpl.rc_context(steady):
        fig.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return stream.getvalue()


def publish(page: str, alt: str) -> None:
    """Make a piece of HTML the output of the cell, with `alt` where HTML cannot be shown."""
    display_data: Any = publish_display_data
    display_data({"text/html": page, "text/plain": alt})


def show(fig: Figure, *, alt: str, see: str) -> None:
    """Put a figure into the notebook together with its words, and close it.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        The finished figure.
    alt : str
        Alternative text: what the picture shows, for a reader who cannot see it.
    see : str
        One plain sentence, printed under the picture after "What you should see:".

    Raises
    ------
    ValueError
        If `alt` or `see` is empty.
    """
    require_words(alt, see)
    picture = base64.b64encode(to_svg(fig).encode()).decode()
    plt.close(fig)
    page = (
        '<figure class="nn-figure">'
        f'<img alt="{html.escape(alt)}" style="max-width:100%;height:auto;background:#fff" '
        f'src="data:image/svg+xml;base64,{picture}">'
        f"{caption(see)}</figure>"
    )
    publish(page, alt)
