"""TeX to MathML, which browsers show with no script, no network and no font of ours."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert_to_element

MATHML = "http://www.w3.org/1998/Math/MathML"
LONGEST = 5_000  # characters; no formula of a course is longer

# What latex2mathml does not know, in words that it knows.
_REWRITE = [
    (r"\\[bB]igg?[lrm]?\s*(?=\\[lr][vV]ert)", r""),
    (r"(?<!\\left)\\l([vV])ert(?![a-zA-Z])", r"\\left\\\1ert "),
    (r"(?<!\\right)\\r([vV])ert(?![a-zA-Z])", r"\\right\\\1ert "),
    (r"\\([bB]igg?)[lrm](?![a-zA-Z])", r"\\\1"),
    (r"\\operatorname\*?(?=\{)", r"\\mathrm"),
    (r"\\arg(?![a-zA-Z])", r"\\mathrm{arg}\\,"),
    (r"\\(begin|end)\{(?:align|aligned|split)\}", r"\\\1{align*}"),
]
_ELEMENTS = re.compile(
    "math|mrow|mi|mo|mn|mtext|mspace|mfrac|msqrt|mroot|msub|msup|msubsup|munder|mover|munderover|"
    "mmultiscripts|mprescripts|none|mtable|mtr|mtd|mstyle|mpadded|mphantom|menclose"
)
_ATTRIBUTES = re.compile(
    "mathvariant|accent|accentunder|stretchy|fence|separator|form|lspace|rspace|minsize|maxsize|"
    "movablelimits|largeop|symmetric|linethickness|scriptlevel|displaystyle|width|height|depth|"
    "columnalign"
)
_SPACES = {"negativethinmathspace": "-0.167em", "negativemediummathspace": "-0.222em"}
_BEFORE_A_SIGN = set("=<>≤≥≠≈∈→([{|,;:⋅·×")
_BOLD = {  # Unicode's bold letters: browsers do not implement mathvariant="bold"
    "bold": [("A", "Z", 0x1D400), ("a", "z", 0x1D41A), ("0", "9", 0x1D7CE), ("α", "ω", 0x1D6C2)],
    "bold-italic": [("A", "Z", 0x1D468), ("a", "z", 0x1D482), ("α", "ω", 0x1D736)],
}


@lru_cache(maxsize=4096)
def to_mathml(tex: str, block: bool = False) -> str:
    r"""Return a formula as a MathML element, or as its TeX in ``<code>`` where that fails.

    The result is safe to put into a page, whoever wrote the formula.

    Parameters
    ----------
    tex : str
        The formula without its dollar signs.
    block : bool
        Whether it stands on a line of its own.

    Examples
    --------
    >>> to_mathml("x^2")
    '<math><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>'
    >>> to_mathml(r"\nonsense")
    '<code class="tex">\\nonsense</code>'
    """
    try:
        return _convert(tex, block)
    except Exception:  # whatever a formula does to the converter, the page is written
        return f'<code class="tex">{html.escape(tex.strip())}</code>'


def _convert(tex: str, block: bool) -> str:
    if len(tex) > LONGEST:
        raise ValueError("too long for a formula")
    for pattern, replacement in _REWRITE:
        tex = re.sub(pattern, replacement, tex)
    root = convert_to_element(tex, display="block" if block else "inline")
    for element in list(root.iter()):
        _clean(element)
    for element in list(root.iter()):
        _join(element)
    for element in list(root.iter()):
        _space(element)
    if block:
        root.set("display", "block")
    return str(ET.tostring(root, encoding="unicode", short_empty_elements=False))


def _clean(element: ET.Element) -> None:
    """Keep what MathML Core defines, and refuse what was not understood."""
    element.tag = element.tag.removeprefix(f"{{{MATHML}}}")
    text = html.unescape(element.text or "")
    if not _ELEMENTS.fullmatch(element.tag) or re.search(r"[\\&]", text):
        raise ValueError(f"not understood: {element.tag} {text}")
    for first, last, start in _BOLD.get(element.get("mathvariant", ""), []):
        text = "".join(chr(ord(c) - ord(first) + start) if first <= c <= last else c for c in text)
    element.text = text or None
    for name, value in list(element.attrib.items()):
        if not _ATTRIBUTES.fullmatch(name) or value in _BOLD:
            del element.attrib[name]
        else:
            element.set(name, _SPACES.get(value, value))


def _join(row: ET.Element) -> None:
    """Make one word of upright letters."""
    if len(row) > 1 and all(
        c.tag == "mi" and c.get("mathvariant") == "normal" and not len(c) for c in row
    ):
        word = "".join(_text(child) for child in row)
        row[:] = []
        ET.SubElement(row, "mi").text = word


def _space(row: ET.Element) -> None:
    """Space signs and names of functions as TeX does: ``= −1``, ``log a``."""
    added = 0
    for index, (child, after) in enumerate(zip(list(row), list(row)[1:], strict=False)):
        if _text(after) in {"−", "+"} and child.tag == "mo" and _text(child) in _BEFORE_A_SIGN:
            after.set("form", "prefix")
        is_name = child.tag == "mi" and re.fullmatch("[a-z]{2,}", _text(child))
        if row.tag in {"mrow", "mtd"} and is_name and after.tag not in {"mo", "mspace"}:
            added += 1
            row.insert(index + added, ET.Element("mspace", {"width": "0.167em"}))


def _text(element: ET.Element) -> str:
    return "".join(element.itertext())
