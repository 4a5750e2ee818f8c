"""Looks at every slide of a deck in a browser and reports what a listener would stumble over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.slides.browser import Deck, open_deck

WALK = Path(__file__).with_name("template") / "nnslides" / "walk.js"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a deck.

    Attributes
    ----------
    kind : str
        "request", "console", "formula", "overflow", "code" or "alt".
    slide : int or None
        The number that the slide shows, counted from 1; None for the whole deck.
    message : str
        What is wrong, with the place on the slide.
    """

    kind: str
    slide: int | None
    message: str

    def __str__(self) -> str:
        """Return one line for a terminal."""
        place = "deck" if self.slide is None else f"slide {self.slide}"
        return f"{place}: {self.kind}: {self.message}"


def check_deck(html: Path) -> list[Problem]:
    """Open a deck at 1280 × 720 with every network cut off, and walk through all its slides.

    Parameters
    ----------
    html : Path
        A file that `export_slides` wrote.

    Returns
    -------
    list of Problem
        In the order of the slides, those of the whole deck first; empty for a good deck.

    Raises
    ------
    BrowserMissingError
        If there is no browser.
    DeckError
        If the deck does not start.
    """
    with open_deck(html) as deck:
        found: list[dict[str, Any]] = deck.page.evaluate(WALK.read_text("utf-8"))
        return [*_list_leaks(deck), *(Problem(**item) for item in found)]


def _list_leaks(deck: Deck) -> Iterator[Problem]:
    for address in dict.fromkeys(deck.requests):
        yield Problem("request", None, f"asks for {address[:200]}")
    for error in dict.fromkeys(deck.errors):
        yield Problem("console", None, error[:200])
