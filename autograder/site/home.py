"""Write the home page: something that moves, three doors, and a map of the course."""

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from nbformat import NotebookNode

# The demo of the home page: a network learns.
LIVE = ("08_neurons_to_networks", "playground")
# What students get of a deck; its handout holds the speaker notes.
DECKS = ((".html", "slides"), (".pdf", "PDF"))


@dataclass(frozen=True)
class Lecture:
    """What the map says about a lecture.

    Attributes
    ----------
    stem : str
        The name of its notebook, without ``.ipynb``.
    title, question : str
        Its heading, and the question below it.
    minutes : str
    homework : str
        The homework that it prepares.
    decks : tuple of str
        The files of its slides that there are.
    """

    stem: str
    title: str
    question: str
    minutes: str
    homework: str
    decks: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The number of the lecture, from 1."""
        return int(self.stem[:2])


def about(stem: str, node: NotebookNode, decks: Path | None) -> Lecture:
    """Read off the first cell of a lecture what the map says about it.

    Raises
    ------
    ValueError
        The first cell has no title, question, minutes, or homework.
    """
    first = node.cells[0].source
    found = [
        re.search(pattern, first, re.DOTALL)
        for pattern in (r"^# (.+?)\n", r"\n\*([^*]+)\*\n", r"(\d+) minutes", r"`(hw\d\d_\w+)`")
    ]
    if not all(found):
        message = f"{stem}: its first cell lacks title, *question*, minutes or homework"
        raise ValueError(message)
    title, question, minutes, homework = (" ".join(m[1].split()) for m in found if m)
    names = [f"{stem}{suffix}" for suffix, _ in DECKS]
    there = tuple(name for name in names if decks and (decks / name).exists())
    return Lecture(stem, title, question, minutes, homework, there)


def find_demo(node: NotebookNode, name: str) -> str:
    """Return the HTML of a demo in the outputs of a lecture.

    Raises
    ------
    LookupError
        The lecture shows no such demo.
    """
    for cell in node.cells:
        for output in cell.get("outputs", []):
            html = str(output.get("data", {}).get("text/html", ""))
            if f'data-nn-demo="{name}"' in html:
                return html
    message = f"no output holds the demo {name!r}"
    raise LookupError(message)


def course_map(lectures: list[Lecture]) -> str:
    """Return the map as HTML: a lecture a row, with what belongs to it."""
    rows = []
    for lecture in lectures:
        links = [
            f'<a href="slides/{name}" aria-label="{words} of lecture {lecture.number}">{words}</a>'
            for suffix, words in DECKS
            if (name := f"{lecture.stem}{suffix}") in lecture.decks
        ]
        homework = lecture.homework
        rows.append(
            f'<li><span class="nn-number" aria-hidden="true">{lecture.number}</span>'
            f'<div class="nn-lecture"><a href="course/{lecture.stem}.html">'
            f"{escape(lecture.title)}</a><p>{escape(lecture.question)}</p></div>"
            f'<div class="nn-links">{" ".join(links)}'
            f'<a class="nn-homework" href="release/{homework}/{homework}.html">'
            f"homework&nbsp;{int(homework[2:4])}</a></div></li>"
        )
    return "\n".join(['<ol class="nn-map">', *rows, "</ol>"])


def with_parts(page: str, demo: str, lectures: list[Lecture]) -> str:
    """Put demo and map into the text of the home page, where it names them."""
    parts = {"demo": demo, "map": course_map(lectures)}
    for name, html in parts.items():
        page = page.replace(f"{{{{ {name} }}}}", f"```{{raw}} html\n{html}\n```" if html else "")
    return page
