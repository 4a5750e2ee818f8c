"""Look for links between the pages of a site that lead nowhere."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup


def broken_links(html: Path) -> list[str]:
    """Return a sentence for each link, picture, style or script of a site that is not there.

    Parameters
    ----------
    html : Path
        The folder of the site. Links to other sites are not followed.
    """
    return sorted({problem for page in _pages(html) for problem in _of_page(page, html)})


def _pages(html: Path) -> Iterator[Path]:
    """Yield the pages; below ``_static`` lie a theme's own templates."""
    return (page for page in html.rglob("*.html") if "_static" not in page.parts)


def _of_page(page: Path, html: Path) -> Iterator[str]:
    for tag, attribute in (("a", "href"), ("link", "href"), ("img", "src"), ("script", "src")):
        for element in _soup(page).select(f"{tag}[{attribute}]"):
            target = str(element[attribute])
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                if tag != "a" and parts.scheme != "data":
                    yield f"{page.relative_to(html)} asks for {target}"
                continue
            there = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if not there.is_file():
                yield f"{page.relative_to(html)} leads to {target}, which is not there"
            elif tag == "a" and parts.fragment and unquote(parts.fragment) not in _anchors(there):
                yield f"{page.relative_to(html)} leads to {target}, a place that is not there"


@cache
def _soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


@cache
def _anchors(page: Path) -> frozenset[str]:
    return frozenset(str(element["id"]) for element in _soup(page).select("[id]"))
