"""Cut code into pieces that stay the same when variables are renamed and text is laid out anew."""

import io
import keyword
import token
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

LENGTH = 12  # tokens of a piece: about half a line of NumPy
_LAYOUT = {
    token.NEWLINE, token.INDENT, token.DEDENT, token.ENDMARKER, tokenize.NL, tokenize.COMMENT,
}  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """So many tokens in a row.

    Attributes
    ----------
    text : str
        The tokens; a name that is no keyword and no attribute is ``v``, a string is ``s``.
    first, last : int
        The lines of the code that it stands in, from 1.
    """

    text: str
    first: int
    last: int


def pieces(code: str, length: int = LENGTH) -> list[Piece]:
    r"""Return all pieces of some code, overlapping, in their order; without its docstrings.

    Examples
    --------
    >>> [one] = pieces("def f(x):\n    return np.exp(x)", 13)
    >>> one.text
    'def v ( v ) : return v . exp ( v )'
    >>> [other] = pieces("def g( value ):\n  'Say.'\n  return np.exp(value)", 13)
    >>> other.text == one.text, other.first, other.last
    (True, 1, 3)
    """
    found = list(_tokens(code))
    return [
        Piece(
            " ".join(text for text, _ in found[i : i + length]),
            found[i][1],
            found[i + length - 1][1],
        )
        for i in range(len(found) - length + 1)
    ]


def _tokens(code: str) -> Iterator[tuple[str, int]]:
    """Yield what tells code from other code, with its line; up to where it is no Python."""
    before = token.NEWLINE
    attribute = False
    try:
        for kind, text, (line, _), _, rest in tokenize.generate_tokens(io.StringIO(code).readline):
            if kind in _LAYOUT:
                if kind == token.NEWLINE:
                    before = kind
                continue
            alone = kind == token.STRING and before == token.NEWLINE and _ends(rest, text)
            before = kind
            if alone:
                continue
            yield _normal(kind, text, attribute), line
            attribute = text == "."
    except (tokenize.TokenError, SyntaxError):
        return


def _ends(line: str, text: str) -> bool:
    """Return whether a string is all of a statement: then it is a docstring or a remark."""
    return line.strip() == text.strip()


def _normal(kind: int, text: str, attribute: bool) -> str:
    if kind == token.STRING:
        return "s"
    if kind == token.NAME and not keyword.iskeyword(text) and not attribute:
        return "v"
    return text
