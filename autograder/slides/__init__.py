"""Slides of the lectures: one HTML file for a deck, its PDF, and a check of both."""

from autograder.slides.assets import AssetsError, fetch_assets
from autograder.slides.browser import BrowserMissingError, DeckError, find_chromium
from autograder.slides.check import Problem, check_deck
from autograder.slides.export import (
    SlidesError,
    count_slides,
    export_pdf,
    export_pdfs,
    export_slides,
    write_index,
)

__all__ = [
    "AssetsError",
    "BrowserMissingError",
    "DeckError",
    "Problem",
    "SlidesError",
    "check_deck",
    "count_slides",
    "export_pdf",
    "export_pdfs",
    "export_slides",
    "fetch_assets",
    "find_chromium",
    "write_index",
]
