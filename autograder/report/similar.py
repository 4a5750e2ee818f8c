"""Pairs of submissions that are alike in what hardly anyone else wrote: places to look."""

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined

from autograder.classroom.grading import NothingToGrade
from autograder.exercises import HOMEWORKS
from autograder.report.page import inert
from autograder.report.pieces import pieces

FEWEST = 40  # pieces that a pair must share to be listed
COMMON = 0.05  # a piece that a larger part of the class wrote says nothing
AT_LEAST = 4  # but in a small class so many may have it
MOST = 100  # pairs on the page


@dataclass(frozen=True)
class Alike:
    """An exercise in which two submissions are alike.

    Attributes
    ----------
    exercise : str
        Its name; nothing for cells that belong to none.
    shared : int
        How many unusual pieces both have.
    codes : tuple of (str, str)
        What each wrote.
    lines : tuple of (frozenset of int, frozenset of int)
        The lines of each that hold such pieces, from 1.
    """

    exercise: str
    shared: int
    codes: tuple[str, str]
    lines: tuple[frozenset[int], frozenset[int]]


@dataclass(frozen=True)
class Pair:
    """Two submissions to look at.

    Attributes
    ----------
    students : tuple of (str, str)
    shared : int
        How many unusual pieces both have.
    share : float
        Which part that is of the unusual pieces of the one who has fewer, 0 to 1.
    """

    students: tuple[str, str]
    shared: int
    share: float


@dataclass(frozen=True)
class Comparison:
    """A class, compared.

    Attributes
    ----------
    students : tuple of str
    pairs : list of Pair
        The most alike first.
    """

    students: tuple[str, ...]
    pairs: list[Pair]
    _codes: Mapping[str, Mapping[str, str]]
    _unusual: frozenset[str]

    def details(self, pair: Pair) -> list[Alike]:
        """Return the exercises in which a pair is alike, the most alike first."""
        one, other = (self._codes[student] for student in pair.students)
        found = []
        for exercise in one.keys() & other.keys():
            codes = one[exercise], other[exercise]
            cut = [
                [p for p in pieces(code) if f"{exercise}: {p.text}" in self._unusual]
                for code in codes
            ]
            both = {p.text for p in cut[0]} & {p.text for p in cut[1]}
            lines = [
                frozenset(
                    line for p in part if p.text in both for line in range(p.first, p.last + 1)
                )
                for part in cut
            ]
            if both:
                found.append(Alike(exercise, len(both), codes, (lines[0], lines[1])))
        return sorted(found, key=lambda alike: (-alike.shared, alike.exercise))


def compare(codes: Mapping[str, Mapping[str, str]], given: Iterable[str] = ()) -> Comparison:
    """Compare all submissions with each other.

    Parameters
    ----------
    codes : mapping of str to (mapping of str to str)
        For each student the code of each exercise.
    given : iterable of str
        Code that nobody has to have copied: the release, the reference, its accepted variants.
        Its pieces do not count, in whatever exercise.
    """
    # Imported here: it takes most of a second, which no other verb needs.
    from scipy import sparse  # noqa: PLC0415
    from sklearn.feature_extraction.text import CountVectorizer  # noqa: PLC0415

    students = tuple(sorted(codes))
    known = {piece.text for code in given for piece in pieces(code)}

    def cut(student: str) -> set[str]:
        return {
            f"{exercise}: {piece.text}"
            for exercise, code in codes[student].items()
            for piece in pieces(code)
            if piece.text not in known
        }

    most = max(AT_LEAST, math.ceil(COMMON * len(students)))
    counter = CountVectorizer(analyzer=cut, binary=True, max_df=most, dtype=np.int32)
    if len(students) <= most:  # too few to tell what is usual
        counter.set_params(max_df=1.0)
    try:
        table = sparse.csr_matrix(counter.fit_transform(students))
    except ValueError:  # nobody wrote anything unusual
        return Comparison(students, [], codes, frozenset())
    own = np.asarray(table.sum(axis=1)).ravel()
    shared = sparse.triu(table @ table.T, k=1).tocoo()
    found = [
        Pair((students[i], students[j]), int(n), float(n / min(own[i], own[j])))
        for i, j, n in zip(shared.row, shared.col, shared.data, strict=True)
        if n >= FEWEST
    ]
    found.sort(key=lambda pair: (-pair.shared, pair.students))
    return Comparison(students, found, codes, frozenset(counter.vocabulary_))


def write_similar(root: Path, homework: str, out: Path) -> list[Path]:
    """Write ``<homework>.html`` and ``<homework>.csv``; return both.

    Raises
    ------
    NothingToGrade
        Nothing is autograded.
    """
    codes = {
        path.parent.parent.name: read_code(path)
        for path in sorted((root / "autograded").glob(f"*/{homework}/{homework}.ipynb"))
    }
    if not codes:
        raise NothingToGrade(
            f"nothing of {homework} is autograded: run make autograde HW={homework} first"
        )
    found = compare(codes, given_code(root, homework))
    out.mkdir(parents=True, exist_ok=True)
    page, table = out / f"{homework}.html", out / f"{homework}.csv"
    page.write_text(render(homework, found), encoding="utf-8")
    table.write_text(as_csv(found.pairs), encoding="utf-8")
    return [page, table]


def given_code(root: Path, homework: str) -> list[str]:
    """Return the code of a homework that many have without copying from each other."""
    found = []
    for folder in ("source", "release"):  # with the reference, and with what is left open
        path = root / folder / homework / f"{homework}.ipynb"
        if path.exists():
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            found += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    for name, exercise in HOMEWORKS[homework].items():
        found += [version.source(name) for version in (*exercise.variants, *exercise.mistakes)]
    return found


def read_code(path: Path) -> dict[str, str]:
    """Return what a student wrote, by exercise; their other cells stand under nothing."""
    found: dict[str, str] = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] != "code" or (marks and not marks.get("solution")):
            continue
        name = marks.get("grade_id", "")
        found[name] = f"{found.get(name, '')}\n{''.join(cell['source'])}".strip("\n")
    return found


def render(homework: str, found: Comparison) -> str:
    """Return the page: one file, without scripts, that needs no network."""
    environment = Environment(
        loader=PackageLoader("autograder.report", "template"),
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined,
    )  # fmt: skip
    shown = found.pairs[:MOST]
    return environment.get_template("similar.html.j2").render(
        homework=homework,
        students=len(found.students),
        fewest=FEWEST,
        pairs=[(pair, found.details(pair)) for pair in shown],
        left=len(found.pairs) - len(shown),
    )


def as_csv(pairs: Sequence[Pair]) -> str:
    """Return a line for each pair."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["student", "other", "shared_pieces", "share"])
    for pair in pairs:
        writer.writerow([*map(inert, pair.students), pair.shared, f"{pair.share:.2f}"])
    return file.getvalue()
