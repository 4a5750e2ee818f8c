"""Opens a deck in the Chromium of this machine, cut off from every network."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

NAMES = ("chromium", "chromium-browser", "google-chrome")
SIZE = (1280, 720)
PATIENCE = 30_000  # milliseconds until a deck must have started
INSIDE = ("data:", "blob:", "about:")


class BrowserMissingError(RuntimeError):
    """There is no browser, or nothing to drive it with."""


class DeckError(RuntimeError):
    """The deck does not start."""


@dataclass
class Deck:
    """An open deck.

    Attributes
    ----------
    page : Page
        Playwright's page; reveal.js has laid out the slides, MathJax the formulas.
    requests : list of str
        Addresses outside of the file that the deck asked for; none was answered.
    errors : list of str
        What the deck wrote on the console as an error.
    """

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def find_chromium() -> str:
    """Return the path of a Chromium: the environment's CHROMIUM, else one on PATH.

    Raises
    ------
    BrowserMissingError
        If there is none.
    """
    wanted = os.environ.get("CHROMIUM")
    for name in (wanted,) if wanted else NAMES:
        path = shutil.which(name)
        if path is not None:
            return path
    where = f"CHROMIUM={wanted} is no program" if wanted else f"none of {', '.join(NAMES)} on PATH"
    message = f"no browser found ({where}): install Chromium, or set CHROMIUM to its path"
    raise BrowserMissingError(message)


@contextmanager
def open_deck(html: Path, query: str = "") -> Iterator[Deck]:
    """Open a deck at 1280 × 720 and wait until it is ready.

    Parameters
    ----------
    html : Path
        A file that `export_slides` wrote.
    query : str
        ``"print-pdf"`` and the like, without the question mark.

    Yields
    ------
    Deck
        The deck, until the block ends.

    Raises
    ------
    BrowserMissingError
        If Chromium or the package playwright is missing.
    DeckError
        If the deck does not start within `PATIENCE`.
    """
    try:
        from playwright.sync_api import TimeoutError as TooLate  # noqa: PLC0415
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 (an optional dependency)
    except ImportError as error:
        message = "the package playwright is missing: run `python -m pip install playwright`"
        raise BrowserMissingError(message) from error
    executable = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable)
        # A deck forbids itself the network (Content-Security-Policy). That shield is taken away
        # here: what a deck would ask for is to be seen, not to be hidden.
        context = browser.new_context(
            viewport={"width": SIZE[0], "height": SIZE[1]}, bypass_csp=True
        )
        deck = Deck(context.new_page())
        address = html.resolve(strict=True).as_uri()

        def answer(route: Route) -> None:
            url = route.request.url
            if url.startswith(INSIDE) or re.split("[?#]", url)[0] == address:
                route.continue_()
            else:
                deck.requests.append(url)
                route.abort()

        context.route("**/*", answer)
        deck.page.on("console", lambda m: deck.errors.append(m.text) if m.type == "error" else None)
        deck.page.on("pageerror", lambda error: deck.errors.append(str(error)))
        state = "print" if "print-pdf" in query else "ready"
        deck.page.goto(f"{address}?{query}")
        try:
            deck.page.wait_for_selector(f'html[data-deck="{state}"]', timeout=PATIENCE)
        except TooLate as error:
            message = f"{html.name} does not start: {'; '.join(deck.errors) or 'no error shown'}"
            raise DeckError(message) from error
        yield deck
        browser.close()
