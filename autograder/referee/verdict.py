"""A verdict: points, and words from which the student can go on."""

import html
import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

VERDICT_MIME = "application/vnd.nnnumpy.verdict+json"


class Status(StrEnum):
    """How an exercise ended."""

    RIGHT = "right"
    PARTIAL = "partly right"
    WRONG = "not right yet"
    UNFINISHED = "not finished"
    NOT_ATTEMPTED = "not attempted"
    MISSING = "missing"


_LOOK = {
    Status.RIGHT: ("✓", "#1b6e4b", "#edf7f1"),
    Status.PARTIAL: ("◐", "#8a5a00", "#fdf6e7"),
    Status.WRONG: ("✗", "#a8321f", "#fcf0ee"),
    Status.UNFINISHED: ("✗", "#a8321f", "#fcf0ee"),
    Status.NOT_ATTEMPTED: ("○", "#4a5560", "#f2f4f6"),
    Status.MISSING: ("?", "#4a5560", "#f2f4f6"),
}


@dataclass(frozen=True)
class Verdict:
    """What the grader found out about one exercise.

    Shown as the result of a hidden test cell it does two things: its plain text is the number that
    nbgrader reads as the points of the cell, and its HTML is what the student reads.

    Attributes
    ----------
    exercise : str
        The name of the graded function.
    points, max_points : float
    status : Status
    reason : str
        What is right and what is not. Backquotes mark code.
    mistake : str
        The name of the known mistake that was recognized, or nothing.
    diagnosis : str
        What that mistake is, said to the student.
    example : str
        The smallest example on which the function fails, as preformatted text.
    """

    exercise: str
    points: float
    max_points: float
    status: Status
    reason: str
    mistake: str = ""
    diagnosis: str = ""
    example: str = ""

    def __repr__(self) -> str:
        return f"{self.points:g}"

    def __str__(self) -> str:
        lines = [f"{self.exercise}: {self.status}, {self.points:g} of {self.max_points:g} points"]
        lines += [text for text in (self.reason, self.diagnosis, self.example) if text]
        return "\n".join(lines)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": self._html(), VERDICT_MIME: asdict(self)}

    def _html(self) -> str:
        mark, color, background = _LOOK[self.status]
        parts = [
            f'<div style="font-weight:600;color:{color}"><span aria-hidden="true">{mark}</span> '
            f"<code>{html.escape(self.exercise)}</code>: {self.status}, "
            f"{self.points:g} of {self.max_points:g} points</div>"
        ]
        parts += [
            f'<div style="margin-top:.4em">{_marked(text)}</div>'
            for text in (self.diagnosis, self.reason)
            if text
        ]
        if self.example:
            parts.append(
                '<div style="margin-top:.6em">The smallest example that we found:</div>'
                '<pre style="margin:.3em 0 0;padding:.6em .8em;background:#fff;color:#1f2933;'
                'border:1px solid #d5dbe1;border-radius:4px;overflow-x:auto;white-space:pre">'
                f"{html.escape(self.example)}</pre>"
            )
        return (
            f'<div class="nn-verdict" style="border-left:5px solid {color};'
            f"background:{background};color:#1f2933;padding:.7em 1em;border-radius:4px;"
            f'line-height:1.45;max-width:52em">{"".join(parts)}</div>'
        )


def _marked(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))
