"""Compare pages with pictures in them."""

import base64
import collections
import io
import re
from collections.abc import Iterator

import numpy as np
import PIL.Image


def are_alike(page: str, other: str) -> bool:
    """Return whether two pages show the same but for what rounding does to it.

    How a matrix product rounds depends on where the matrices lie in memory.
    """
    if page == other:
        return True
    parts = [collections.Counter(drawn(text)) for text in (page, other)]
    return (parts[0] & parts[1]).total() > 0.98 * max(part.total() for part in parts)


def drawn(page: str) -> Iterator[str]:
    """Yield the words and numbers of a page, those of its drawings included, pixels in steps."""
    image = re.compile(r"data:image/(svg\+xml|png);base64,([A-Za-z0-9+/=\s]+)")
    for kind, data in image.findall(page):
        content = base64.b64decode(data)
        if kind == "png":
            pixels = np.asarray(PIL.Image.open(io.BytesIO(content)).convert("L"))
            yield from map(str, np.ndenumerate(pixels // 64))
        else:
            yield from drawn(content.decode())
    yield from re.findall(r"[^\s,;<>\"]+", image.sub("", page))
