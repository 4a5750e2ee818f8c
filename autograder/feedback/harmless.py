"""Turn what others wrote into HTML that can do no harm: text, code, Markdown, pictures."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Collection
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import bleach  # type: ignore[import-untyped]
from markupsafe import Markup
from mistune.plugins.table import render_table_cell
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments.lexer import Lexer  # type: ignore[import-untyped]
from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
from pygments.token import Comment, Keyword, Name, Number, Operator, String  # type: ignore[import-untyped]

from autograder.feedback.mathematics import to_mathml
from autograder.feedback.pictures import LARGEST, checked_uri, data_uri

LONGEST_TEXT = 20_000  # characters of an output or of a Markdown cell
LONGEST_CODE = 50_000

_TAG_NAMES = """
    a abbr b blockquote br caption center code dd del details div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img kbd li mark ol p pre s small span strong sub summary sup
    table tbody td tfoot th thead tr u ul var
"""
_TAGS = set(_TAG_NAMES.split())
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
_IMAGE_TYPES = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".svg": "svg+xml"}
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ud800-\udfff\ue000\ue001]"
)
# A parser opens what is not closed again in each paragraph that follows, once for each way in which
# it was written: with all the same attributes, none, that is a few times and not thousands.
_FORMATTING = re.compile(
    r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/])[^>]*>", re.I
)
# A student may name the language of a block: some of the many that Pygments knows take long.
_LANGUAGES = {"python", "bash", "json", "r", "julia", "text"}
_TOKENS = [
    (Comment, "c"),
    (String, "s"),
    (Number, "m"),
    (Keyword, "k"),
    (Operator.Word, "k"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Decorator, "f"),
    (Name.Builtin, "b"),
    (Name.Exception, "b"),
]


def plain(text: object, limit: int = LONGEST_TEXT) -> str:
    """Return text without colors, control characters and what exceeds the limit."""
    words = "".join(map(str, text)) if isinstance(text, list) else str(text)
    rest = len(words) - limit
    words = _ANSI.sub("", words[:limit].replace("\r\n", "\n"))
    words = _CONTROL.sub("", re.sub(r"^.*\r(?=.)", "", words, flags=re.M))  # progress bars
    return f"{words}\n… (cut here: {rest} more characters)" if rest > 0 else words


def with_code(text: str) -> Markup:
    """Return a sentence in which backquotes mark code."""
    escaped = html.escape(plain(text), quote=False)
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped))


def heading(source: str) -> tuple[int, str, str]:
    r"""Return the level and the words of the heading with which Markdown begins, and the rest.

    >>> heading("## A *b* ##\nText")
    (2, 'A *b*', 'Text')
    >>> heading("No heading")
    (0, '', 'No heading')
    """
    first, _, rest = source.lstrip("\n").partition("\n")
    words = first[:500].strip()
    level = len(words) - len(words.lstrip("#"))
    words = words[level:].rstrip("#")
    if not 1 <= level <= 6 or words[:1] not in (" ", "\t") or not words.strip():
        return 0, "", source
    return level, words.strip(), rest


def shorten(text: str, limit: int = 90) -> str:
    """Return the first clause of a sentence, in which backquotes mark code.

    >>> shorten("Your values are `X[:, 0]`: the bias is missing.")
    'Your values are `X[:, 0]`'
    """
    first = re.match(r"(?:`[^`]*`|[^`])*?(?=: |\. |\.?$)", text)
    clause = first[0] if first else text
    if len(clause) <= limit:
        return clause
    clause = clause[:limit].rsplit(" ", 1)[0]
    return clause + ("` …" if clause.count("`") % 2 else " …")


def highlight(source: str, language: str = "python", marked: Collection[int] = ()) -> Markup:
    """Return code as lines in spans, with a class for each kind of word.

    Parameters
    ----------
    source : str
    language : str
        A name that Pygments knows; text if it does not.
    marked : collection of int
        The lines to mark, from 1.
    """
    tokens = _lexer(language).get_tokens(plain(source.strip("\n"), LONGEST_CODE))
    pieces = []
    for kind, run in groupby(tokens, lambda token: _kind(token[0])):
        for part in re.split(r"(\n)", "".join(value for _, value in run)):
            text = html.escape(part, quote=False)
            pieces.append(f'<span class="{kind}">{text}</span>' if kind and part.strip() else text)
    lines = "".join(pieces).rstrip("\n").split("\n")
    return Markup(
        "".join(
            f'<span class="l{" hit" if number in marked else ""}">{line}\n</span>'
            for number, line in enumerate(lines, start=1)
        )
    )


@lru_cache(maxsize=256)
def _kind(token: object) -> str:
    return next((name for group, name in _TOKENS if token in group), "")


@lru_cache(maxsize=16)
def _lexer(language: str) -> Lexer:
    name = "python" if "python" in language else language
    return get_lexer_by_name(name if name in _LANGUAGES else "text")


def image(kind: str, data: object, description: str) -> Markup | None:
    """Return a picture, or None if it is none that can be shown.

    Parameters
    ----------
    kind, data
        As for `data_uri`.
    description : str
        The alternative text.
    """
    uri = data_uri(kind, data)
    return Markup('<img src="{}" alt="{}">').format(uri, description) if uri else None


def markdown(source: str, attachments: dict[str, Any] | None = None, folder: str = "") -> Markup:
    """Return Markdown as HTML: tables, folded details, code and formulas, but nothing that acts.

    Parameters
    ----------
    source : str
    attachments : dict, optional
        The pictures in a cell, as nbformat has them.
    folder : str
        Where pictures beside the notebook are; they are put into the page.
    """
    if attachments or "![" in source:
        return _markdown(source, attachments or {}, folder)
    return _plain_markdown(source)


@lru_cache(maxsize=1024)  # the tasks are the same for all students
def _plain_markdown(source: str) -> Markup:
    return _markdown(source, {}, "")


def _markdown(source: str, attachments: dict[str, Any], folder: str) -> Markup:
    renderer = _Renderer(attachments, folder)
    source = re.sub(r" {200,}", " " * 200, plain(source))  # the parser is slow on them
    try:
        text = MarkdownWithMath(renderer=renderer).render(source)
        text = re.sub(r"<(script|style)\b.*?</\1\s*>", "", text, flags=re.S | re.I)  # no loose text
        text = _FORMATTING.sub(r"<\1>", text)
        text = re.sub(r'style="text-align:(left|right|center)"', r'align="\1"', text)
        clean = bleach.clean(
            text,
            tags=_TAGS,
            attributes=_allow,
            protocols={"http", "https", "mailto", "data"},
            strip=True,
            strip_comments=True,
        )
    except Exception:  # whatever a cell does to the parsers, the page is written
        return Markup("<pre>{}</pre>").format(source)
    return Markup(renderer.fill_in(re.sub(r"<img(?![^>]* src=)[^>]*>", "", clean)))


def _allow(tag: str, name: str, value: str) -> bool:
    if name not in _ATTRIBUTES.get(tag, ()):
        return False
    if name == "href":
        return bool(re.match(r"(?:https?://|mailto:|#)", value))
    return name != "src" or checked_uri(value) is not None


class _Renderer(IPythonRenderer):  # type: ignore[misc]  # nbconvert has no types
    """Keeps formulas and code, which are made here and are safe, out of the sanitizer."""

    def __init__(self, attachments: dict[str, Any], folder: str) -> None:
        super().__init__(escape=False, exclude_anchor_links=True, attachments=attachments)
        self.folder = folder
        self.left = LARGEST  # characters of pictures: a cell may name the same one many times
        self.held: list[tuple[str, str]] = []

    def hold(self, made: str, source: str) -> str:
        """Return a placeholder for safe HTML."""
        self.held.append((made, html.escape(source)))
        return f"\ue000{len(self.held) - 1}\ue001"

    def fill_in(self, text: str) -> str:
        """Put the HTML into the places that were held; inside of a tag, put its source."""
        parts = re.split(r'(<[a-z/](?:[^<>"]|"[^"]*")*>)', text)
        return "".join(
            re.sub("\ue000(\\d+)\ue001", lambda m, odd=index % 2: self.held[int(m[1])][odd], part)
            for index, part in enumerate(parts)
        )

    def block_math(self, body: str) -> str:
        """Return a formula on a line of its own."""
        return self.hold(to_mathml(body, block=True), body)

    def inline_math(self, body: str) -> str:
        """Return a formula in a line."""
        return self.hold(to_mathml(body), body)

    def latex_environment(self, name: str, body: str) -> str:
        r"""Return a formula from ``\begin{align}`` and the like."""
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        """Return a cell of a table; an empty one is no heading."""
        return str(render_table_cell(self, text, align, head and bool(text.strip())))

    def block_code(self, code: str, info: str | None = None) -> str:
        """Return a block of code."""
        language = (info or "text").split()[0] if (info or "text").split() else "text"
        return self.hold(f'<pre class="code">{highlight(code, language)}</pre>', code)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Return a picture that is in the page, or its description."""
        uri, words = self._uri(url), html.escape(html.unescape(text or url))
        if uri is None or len(uri) > self.left:
            return f"<em>[picture: {words}]</em>"
        self.left -= len(uri)
        return f'<img src="{html.escape(uri)}" alt="{words if text else ""}">'

    def _uri(self, url: str) -> str | None:
        if url.startswith("data:"):
            return checked_uri(url)
        if url.startswith("attachment:"):
            bundle = self.attachments.get(url.removeprefix("attachment:"), {})
            kinds = [kind for kind in bundle if kind.startswith("image/")]
            return data_uri(kinds[0], bundle[kinds[0]]) if kinds else None
        if not self.folder or ":" in url:
            return None
        folder = Path(self.folder).resolve()
        file = (folder / url).resolve()
        kind = _IMAGE_TYPES.get(file.suffix.lower())
        if kind is None or not file.is_relative_to(folder) or not file.is_file():
            return None
        if file.stat().st_size > LARGEST:
            return None
        return checked_uri(
            f"data:image/{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"
        )
