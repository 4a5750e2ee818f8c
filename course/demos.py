"""Pictures that move when a slider moves: live, on a slide and on a page, with no server.

Everything is computed in NumPy when the notebook runs. Matplotlib draws what stands still. For
what moves, a demo computes every state beforehand, already in the pixels of the picture; a few
lines of plain JavaScript only pick the state that belongs to the sliders.

>>> import matplotlib.pyplot as plt
>>> fig, ax = plt.subplots()
>>> _ = ax.set(xlim=(0, 1), ylim=(-2, 2))
>>> demo = Demo("slope", fig, alt="A line through the origin.", see="It tilts.")
>>> demo.slider("w", [-1.0, 0.0, 1.0], label="slope w")
>>> demo.line(ax, lambda w: ([0, 1], [0, w]))
>>> demo.readout(lambda w: f"rises by {w:.0f}")
>>> demo.html().startswith('<figure class="nn-demo"')
True
"""

from __future__ import annotations

import html
import inspect
import itertools
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from figures import BLUE, INK, caption, publish, require_words, to_svg
from matplotlib.axes import Axes
from matplotlib.cbook import normalize_kwargs
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

# JupyterLab takes the arrow keys for itself, unless the element in focus carries this.
OWN_KEYS = 'data-lm-suppress-shortcuts="true"'
HEAVIEST = 300_000  # characters of one demo; more makes a page slow to open

# ":where" keeps these rules weaker than any rule of a page or of a slide template.
CSS = """
:where(.nn-demo){margin:0;color:inherit}
:where(.nn-demo svg){display:block;width:100%;height:auto;background:#fff}
:where(.nn-demo-controls){display:flex;flex-wrap:wrap;gap:.3em 1.6em;
align-items:center;margin:.5em 0 .2em}
:where(.nn-demo-controls label){display:inline-flex;align-items:center;gap:.5em;margin:0}
:where(.nn-demo-controls input){width:11em;margin:0}
:where(.nn-demo-controls label output){min-width:3.2em;font-variant-numeric:tabular-nums}
:where(.nn-demo-play){font:inherit;min-width:5em;padding:.1em .8em;cursor:pointer}
:where(.nn-demo-readout){display:block;font-weight:600;font-variant-numeric:tabular-nums}
"""

# The demo may be on a page twice (JupyterLab can show an output in two places), hence the loop
# over every copy. Pressing Play is the only way to start a motion; it is slower for readers who
# asked their system for less motion.
SCRIPT = """
(function (name, data) {
  function path(state, artist) {
    var d = "", size = artist.size || state.length / 2;
    for (var i = 0; i < state.length; i += 2) {
      d += (i / 2 % size ? "L" : "M") + state[i] / 10 + " " + state[i + 1] / 10;
      if (i / 2 % size === size - 1) d += artist.end;
    }
    return d;
  }
  function start(root) {
    if (root.dataset.ready) return;
    root.dataset.ready = "yes";
    var inputs = Array.from(root.querySelectorAll("input"));
    var play = root.querySelector("button"), timer = null;
    var readout = root.querySelector(".nn-demo-readout");
    function pick(item) {
      return item.states[item.of.reduce(function (index, s) {
        return index * data.sliders[s].length + Number(inputs[s].value);
      }, 0)];
    }
    function draw() {
      inputs.forEach(function (input, s) {
        var text = data.sliders[s][Number(input.value)];
        input.setAttribute("aria-valuetext", text);
        input.parentNode.querySelector("output").textContent = text;
      });
      data.artists.forEach(function (artist, k) {
        var node = root.querySelector('[data-artist="' + k + '"]'), state = pick(artist);
        if (!artist.text) { node.setAttribute("d", path(state, artist)); return; }
        node.setAttribute("x", state[0] / 10);
        node.setAttribute("y", state[1] / 10);
        node.textContent = state[2];
      });
      if (readout) readout.textContent = pick(data.readout);
    }
    function stop() {
      clearInterval(timer);
      timer = null;
      play.textContent = "Play";
      if (readout) readout.setAttribute("aria-live", "polite");
    }
    function step() {
      if (!root.isConnected || Number(inputs[0].value) >= Number(inputs[0].max)) return stop();
      inputs[0].value = Number(inputs[0].value) + 1;
      draw();
    }
    inputs.forEach(function (input) {
      input.addEventListener("input", function () { if (timer) stop(); draw(); });
    });
    if (play) play.addEventListener("click", function () {
      if (timer) return stop();
      var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (inputs[0].value === inputs[0].max) { inputs[0].value = 0; draw(); }
      if (readout) readout.setAttribute("aria-live", "off");
      play.textContent = "Pause";
      timer = setInterval(step, data.pause * (calm ? 4 : 1));
    });
    draw();
  }
  document.querySelectorAll('[data-nn-demo="' + name + '"]').forEach(start);
})
"""


@dataclass(frozen=True)
class Slider:
    """One slider: its name in the author's functions, and the values it takes."""

    name: str
    label: str
    values: tuple[float, ...]
    texts: tuple[str, ...]
    start: int


@dataclass(frozen=True)
class Artist:
    """One thing that moves: a function of slider values, and how its pixels are joined.

    `size` points make one stroke (0: all of them), and `end` closes it.
    """

    slot: str
    axes: Axes
    function: Callable[..., tuple[Any, ...]]
    pixels: Callable[..., list[tuple[ArrayLike, ArrayLike]]]
    style: str
    size: int = 0
    end: str = ""
    text: bool = False


class Demo:
    """A matplotlib figure with sliders.

    Draw the part that stands still into `fig`, with fixed axis limits. Then declare the sliders,
    and what moves as functions of them: a function is called with the values of those sliders
    whose names it takes as arguments, so ``lambda w: ...`` follows the slider "w" alone. An
    argument with a default value is left to the author.

    Parameters
    ----------
    name : str
        Unlike any other demo's on the page; lower-case letters, digits and hyphens.
    fig : matplotlib.figure.Figure
        The part of the picture that stands still.
    alt : str
        Alternative text: what the picture shows and what the sliders do to it.
    see : str
        One plain sentence, printed under the picture after "What you should see:".
    seconds : float
        How long the Play button of a demo with one slider takes from end to end.

    Raises
    ------
    ValueError
        If the name is not usable, or if `alt` or `see` is empty.
    """

    def __init__(self, name: str, fig: Figure, *, alt: str, see: str, seconds: float = 6.0) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
            message = f"name is {name!r}: use lower-case letters, digits and hyphens"
            raise ValueError(message)
        require_words(alt, see)
        self.name, self.fig, self.alt, self.see = name, fig, alt, see
        self.seconds = seconds
        self._sliders: dict[str, Slider] = {}
        self._artists: list[Artist] = []
        self._readout: Callable[..., str] | None = None

    def slider(
        self,
        name: str,
        values: ArrayLike,
        *,
        label: str,
        start: float | None = None,
        fmt: str = "{:.2f}",
    ) -> None:
        """Add a slider.

        Parameters
        ----------
        name : str
            The argument name by which functions ask for its value.
        values : array_like, shape (k,)
            The values it steps through.
        label : str
            What the reader sees beside it.
        start : float, optional
            It starts at the value nearest to this one; at the first if left out.
        fmt : str
            How a value is printed.
        """
        numbers = [float(value) for value in np.ravel(np.asarray(values, dtype=float))]
        nearest = 0
        if start is not None:
            nearest = int(np.argmin(np.abs(np.array(numbers) - start)))
        texts = tuple(fmt.format(value).replace("-", "\N{MINUS SIGN}") for value in numbers)
        self._sliders[name] = Slider(name, label, tuple(numbers), texts, nearest)

    def line(self, ax: Axes, f: Callable[..., Any], **style: Any) -> None:
        """Add a moving line; `f` returns its ``(x, y)``, each of shape (p,).

        Here and below, `style` are the properties of a matplotlib ``Line2D`` (color, lw, ls,
        marker, ms, alpha, zorder, label), and a number stands for p equal ones.
        """
        self._add(ax, f, lambda x, y: [(x, y)], style)

    def points(self, ax: Axes, f: Callable[..., Any], **style: Any) -> None:
        """Add moving points; `f` returns their ``(x, y)``, each of shape (p,)."""
        style = {"linestyle": "none", "marker": "o"} | normalize_kwargs(style, Line2D)
        self._add(ax, f, lambda x, y: [(x, y)], style, size=1, end="h0")

    def segments(self, ax: Axes, f: Callable[..., Any], **style: Any) -> None:
        """Add moving segments; `f` returns their ends ``(x0, y0, x1, y1)``, each (p,).

        They lie behind the lines and points that stand still.
        """
        style = {"zorder": 1.9} | style
        self._add(ax, f, lambda x0, y0, x1, y1: [(x0, y0), (x1, y1)], style, size=2)

    def bars(self, ax: Axes, f: Callable[..., Any], *, width: float = 0.8, **style: Any) -> None:
        """Add bars that stand on zero; `f` returns centers and heights ``(x, h)``, each (p,)."""

        def corners(x: ArrayLike, h: ArrayLike) -> list[tuple[ArrayLike, ArrayLike]]:
            left, right = np.asarray(x) - width / 2, np.asarray(x) + width / 2
            zero = np.zeros_like(left)
            return [(left, zero), (left, h), (right, h), (right, zero)]

        self._add(ax, f, corners, style, size=4, end="Z", filled=True)

    def frames(self, ax: Axes, f: Callable[..., Any], *, side: float = 0.94, **style: Any) -> None:
        """Add square frames; `f` returns their centers ``(x, y)``, each of shape (p,)."""

        def corners(x: ArrayLike, y: ArrayLike) -> list[tuple[ArrayLike, ArrayLike]]:
            left, right = np.asarray(x) - side / 2, np.asarray(x) + side / 2
            low, high = np.asarray(y) - side / 2, np.asarray(y) + side / 2
            return [(left, low), (left, high), (right, high), (right, low)]

        self._add(ax, f, corners, {"zorder": 4} | style, size=4, end="Z")

    def area(self, ax: Axes, f: Callable[..., Any], **style: Any) -> None:
        """Add a filled outline; `f` returns its corners ``(x, y)``, each of shape (p,)."""
        self._add(ax, f, lambda x, y: [(x, y)], style, end="Z", filled=True)

    def text(
        self,
        ax: Axes,
        f: Callable[..., Any],
        *,
        size: float = 12,
        ha: str = "left",
        color: str = INK,
    ) -> None:
        """Add moving text; `f` returns where and what, ``(x, y, string)``."""
        anchor = {"left": "start", "center": "middle", "right": "end"}[ha]
        css = (
            f"font:{size:g}px 'DejaVu Sans',Verdana,Arial,sans-serif;text-anchor:{anchor};"
            f"fill:{to_hex(color)};stroke:#fff;stroke-width:3px;paint-order:stroke"
        )
        slot = self._slot(ax, {"ls": "none", "zorder": 5})
        self._artists.append(Artist(slot, ax, f, lambda x, y, _: [([x], [y])], css, text=True))

    def readout(self, f: Callable[..., str]) -> None:
        """Print a line of text under the sliders; `f` returns it."""
        self._readout = f

    def html(self) -> str:
        """Compute every state and return the demo as HTML.

        Returns
        -------
        str
            A ``figure`` element that needs nothing else, the same text every time.

        Raises
        ------
        ValueError
            If there is no slider, a function asks for an unknown one or returns something that
            is not finite, or the demo is too heavy for a page.
        """
        if not self._sliders:
            message = f"the demo {self.name!r} has no slider"
            raise ValueError(message)
        svg = to_svg(self.fig)
        items = [self._states(artist) for artist in self._artists]
        for k, (artist, item) in enumerate(zip(self._artists, items, strict=True)):
            svg = svg.replace(f'<g id="{artist.slot}"/>', self._element(k, artist, item))
        data: dict[str, Any] = {
            "sliders": [slider.texts for slider in self._sliders.values()],
            "artists": items,
            "pause": round(1000 * self.seconds / len(next(iter(self._sliders.values())).values)),
        }
        if self._readout:
            of, states = self._evaluate(self._readout)
            data["readout"] = {"of": of, "states": states}
        code = json.dumps(data, separators=(",", ":"), ensure_ascii=False).replace("</", "<\\/")
        page = (
            f'<figure class="nn-demo" data-nn-demo="{self.name}" '
            f'style="max-width:{self.fig.get_figwidth() * 96:.0f}px"><style>{CSS}</style>'
            f"{self._inline(svg)}{self._controls(data)}{caption(self.see)}"
            f'<script>{SCRIPT.strip()}("{self.name}",{code});</script></figure>'
        )
        if len(page) > HEAVIEST:
            message = (
                f"the demo {self.name!r} weighs {len(page):,} characters, "
                f"more than {HEAVIEST:,}: give its sliders fewer values"
            )
            raise ValueError(message)
        return page

    def show(self) -> None:
        """Put the demo into the notebook and close its figure."""
        page = self.html()
        plt.close(self.fig)
        publish(page, self.alt)

    def _slot(self, ax: Axes, style: dict[str, Any]) -> str:
        """Put an empty line into the axes: it keeps the place, the order and the legend entry."""
        slot = f"slot-{len(self._artists)}"
        ax.add_line(Line2D([], [], gid=slot, **style))
        return slot

    def _add(
        self,
        ax: Axes,
        f: Callable[..., Any],
        pixels: Callable[..., list[tuple[ArrayLike, ArrayLike]]],
        style: dict[str, Any],
        *,
        size: int = 0,
        end: str = "",
        filled: bool = False,
    ) -> None:
        base = {"color": BLUE, "linestyle": "-", "zorder": 3}
        style = base | normalize_kwargs(style, Line2D)
        slot = self._slot(ax, style)
        proxy = ax.lines[-1]
        color, width = to_hex(str(proxy.get_color())), proxy.get_linewidth()
        css = f"fill:{color if filled else 'none'};stroke:{color};"
        if size == 1:  # points: strokes of length 0 with a wide pen
            cap = "square" if proxy.get_marker() == "s" else "round"
            css += f"stroke-width:{proxy.get_markersize():g};stroke-linecap:{cap};"
        else:
            css += f"stroke-width:{width:g};stroke-linecap:round;"
        dashes = {"--": (3.7, 2.4), ":": (0.1, 2.2), "-.": (6.4, 2.2, 0.1, 2.2)}
        if proxy.get_linestyle() in dashes:
            pattern = " ".join(f"{width * d:.3g}" for d in dashes[str(proxy.get_linestyle())])
            css += f"stroke-dasharray:{pattern};"
        if proxy.get_alpha() is not None:
            css += f"opacity:{proxy.get_alpha():g};"
        self._artists.append(Artist(slot, ax, f, pixels, css, size, end))

    def _evaluate(self, f: Callable[..., Any]) -> tuple[list[int], list[Any]]:
        """Call `f` for every combination of the sliders it names, the last one fastest."""
        arguments = inspect.signature(f).parameters.values()
        names = [a.name for a in arguments if a.default is a.empty]
        unknown = sorted(set(names) - set(self._sliders))
        if unknown:
            message = f"no slider is called {', '.join(unknown)}; there is {list(self._sliders)}"
            raise ValueError(message)
        values = [self._sliders[name].values for name in names]
        order = list(self._sliders)
        return [order.index(name) for name in names], [
            f(*choice) for choice in itertools.product(*values)
        ]

    def _states(self, artist: Artist) -> dict[str, Any]:
        of, results = self._evaluate(artist.function)
        states = [self._to_pixels(artist, result) for result in results]
        if artist.text:
            return {"of": of, "text": 1, "states": states}
        return {"of": of, "size": artist.size, "end": artist.end, "states": states}

    def _to_pixels(self, artist: Artist, result: Sequence[Any]) -> list[Any]:
        """Turn data coordinates into tenths of an SVG unit, x and y in turn."""
        corners = artist.pixels(*result)
        flat = [np.atleast_1d(np.asarray(c, dtype=float)) for pair in corners for c in pair]
        xy = np.array(np.broadcast_arrays(*flat)).reshape(len(corners), 2, -1)
        if not np.isfinite(xy).all():
            message = f"a moving part of the demo {self.name!r} is not finite"
            raise ValueError(message)
        # (corners, 2, p) -> one row of x, y for each corner of each point
        rows = xy.transpose(2, 0, 1).reshape(-1, 2)
        inches = artist.axes.transData.transform(rows) / self.fig.dpi
        places = inches * 72 * [1, -1] + [0, self.fig.get_figheight() * 72]
        numbers: list[Any] = np.rint(10 * places).astype(int).ravel().tolist()
        return [*numbers, str(result[2])] if artist.text else numbers

    def _element(self, k: int, artist: Artist, item: dict[str, Any]) -> str:
        """Draw the starting state, so that the picture is whole even without JavaScript."""
        order = list(self._sliders.values())
        index = 0
        for s in item["of"]:
            index = index * len(order[s].values) + order[s].start
        state = item["states"][index]
        if artist.text:
            x, y, words = state
            return (
                f'<text data-artist="{k}" x="{x / 10:g}" y="{y / 10:g}" '
                f'style="{artist.style}">{html.escape(words)}</text>'
            )
        box = artist.axes.get_window_extent()
        scale, top = 72 / self.fig.dpi, self.fig.get_figheight() * 72
        return (
            f'<clipPath id="clip-{k}"><rect x="{box.x0 * scale:.1f}" '
            f'y="{top - box.y1 * scale:.1f}" width="{box.width * scale:.1f}" '
            f'height="{box.height * scale:.1f}"/></clipPath><g clip-path="url(#clip-{k})">'
            f'<path data-artist="{k}" d="{_path(state, artist)}" style="{artist.style}"/></g>'
        )

    def _inline(self, svg: str) -> str:
        """Make matplotlib's document a part of a page that may hold others like it."""
        body = svg[svg.index("<svg") :]
        body = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>", "", body, flags=re.S)
        body = re.sub(r">\s+<", "><", body)
        body = re.sub(r'(\bid="|href="#|url\(#)', rf"\1nn-{self.name}-", body)
        box = re.search(r'viewBox="[^"]*"', body)
        assert box is not None
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" '
            f'xmlns:xlink="http://www.w3.org/1999/xlink" {box.group()} role="img" '
            f'aria-label="{html.escape(self.alt)}" stroke-linejoin="round">'
        )
        return head + body[body.index(">") + 1 :].strip()

    def _controls(self, data: dict[str, Any]) -> str:
        parts = []
        for slider in self._sliders.values():
            label, value = html.escape(slider.label), slider.texts[slider.start]
            parts.append(
                f'<label><span>{label}</span><input {OWN_KEYS} type="range" min="0" '
                f'max="{len(slider.values) - 1}" step="1" value="{slider.start}" '
                f'aria-label="{label}" aria-valuetext="{value}">'
                f"<output>{value}</output></label>"
            )
        if len(parts) == 1:
            parts.append(f'<button {OWN_KEYS} type="button" class="nn-demo-play">Play</button>')
        line = '<div class="nn-demo-controls">' + "".join(parts) + "</div>"
        if "readout" in data:
            line += '<output class="nn-demo-readout" aria-live="polite">&nbsp;</output>'
        return line


def _path(state: list[Any], artist: Artist) -> str:
    """Join pixels to an SVG path, as the JavaScript does it."""
    size = artist.size or len(state) // 2
    words = []
    for i in range(0, len(state), 2):
        place = i // 2 % size
        words.append(f"{'L' if place else 'M'}{state[i] / 10:g} {state[i + 1] / 10:g}")
        if place == size - 1:
            words.append(artist.end)
    return "".join(words)
