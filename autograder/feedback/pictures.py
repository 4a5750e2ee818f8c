"""Pictures for the page: small enough to be kept, and no bomb for the browser that shows them."""

import base64
import binascii
import re
import warnings
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

from PIL import Image

LARGEST = 2_000_000  # characters of the base64
MOST_PIXELS = 40_000_000  # a figure of 20 by 20 inches at 300 dots per inch has 36 million
MOST_DRAWN = 100_000  # elements of an SVG, those that are drawn again counted again

_KINDS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/svg+xml": ""}
_DATA_URI = re.compile(r"data:(image/(?:png|jpeg|gif|svg\+xml));base64,([A-Za-z0-9+/]+=*)")
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = re.compile(
    "svg|metadata|g|defs|symbol|path|use|clipPath|rect|circle|ellipse|line|polyline|polygon|text|"
    "tspan|linearGradient|radialGradient|stop|style|title|desc"
)


def data_uri(kind: str, data: object) -> str | None:
    """Return a picture as a data URI, or None if it is none, or one that does harm.

    In an ``<img>`` no script of an SVG runs and nothing is loaded. What is left are pictures that
    stop a browser: those with too many pixels, and SVG that draws copies of copies.

    Parameters
    ----------
    kind : str
        ``image/png``, ``image/jpeg``, ``image/gif`` or ``image/svg+xml``.
    data : object
        Base64, or the text of the SVG; perhaps as a list of lines.
    """
    words = "".join(map(str, data)) if isinstance(data, list) else str(data)
    if len(words) > LARGEST:
        return None
    if kind == "image/svg+xml":
        words = base64.b64encode(words.encode("utf-8", "replace")).decode()
    return checked_uri(f"data:{kind};base64,{''.join(words.split())}")


def checked_uri(uri: str) -> str | None:
    """Return a data URI if it is that of a harmless picture, None otherwise."""
    found = _DATA_URI.fullmatch(uri) if len(uri) <= LARGEST else None
    if not found:
        return None
    try:
        content = base64.b64decode(found[2])
    except binascii.Error:
        return None
    harmless = _is_svg(content) if not _KINDS[found[1]] else _is_picture(content, _KINDS[found[1]])
    return uri if harmless else None


def _is_picture(content: bytes, kind: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            # Only the head is read. The kind has to be right: browsers look at the content, too.
            width, height = Image.open(BytesIO(content), formats=[kind]).size
    except Exception:  # whatever a file does to Pillow, the page is written
        return False
    return bool(0 < width * height <= MOST_PIXELS)


def _is_svg(content: bytes) -> bool:
    if b"<!ENTITY" in content or content.count(b"<") > 2 * MOST_DRAWN:
        return False
    try:
        root = ET.fromstring(content)
    except (ET.ParseError, ValueError, LookupError):
        return False
    for description in root.iter(f"{_SVG}metadata"):
        description.clear()
    elements = list(root.iter())
    if not all(_DRAWN.fullmatch(str(e.tag).removeprefix(_SVG)) for e in elements):
        return False
    size = {e.get("id"): sum(1 for _ in e.iter()) for e in elements if e.get("id")}
    used = {_target(element) for element in elements if element.tag == f"{_SVG}use"}
    copies = sum(size.get(_target(e), 0) for e in elements if e.tag == f"{_SVG}use")
    # Copies of copies grow without end.
    nested = any(e.get("id") in used and e.find(f".//{_SVG}use") is not None for e in elements)
    return root.tag == f"{_SVG}svg" and not nested and len(elements) + copies <= MOST_DRAWN


def _target(element: Any) -> str:
    hrefs = [value for name, value in element.attrib.items() if name.endswith("href")]
    return str(hrefs[0]).removeprefix("#") if hrefs else ""
