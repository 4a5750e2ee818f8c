"""Find out which cell of a submission is which cell of the homework.

Marks can be edited, copied and lost, so a cell is known by its text first, then by its marks,
then by the place where it stands.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from autograder.referee.source import SourceCell, SourceNotebook, bare, bound_names


@dataclass(frozen=True)
class Submitted:
    """A submitted cell, with what is needed to know it again."""

    cell: Any

    @cached_property
    def text(self) -> str:
        """Its text without what editors change."""
        return bare(self.cell.source)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that it defines."""
        return bound_names(self.cell.source)

    @property
    def marks(self) -> dict[str, Any]:
        """Nbgrader's metadata, if they are any."""
        marks = self.cell.metadata.get("nbgrader")
        return marks if isinstance(marks, dict) else {}

    @property
    def claim(self) -> str | None:
        """The cell of the homework that it says it is."""
        claim = self.marks.get("grade_id")
        return claim if isinstance(claim, str) else None

    @property
    def marked(self) -> bool:
        """Whether it says that it is a cell of the homework, of whatever name."""
        return any(self.marks.get(mark) for mark in ("grade", "solution", "locked", "task"))


def match(cells: list[Submitted], source: SourceNotebook) -> dict[str, int]:
    """Return for each cell of the homework that is there the index of the submitted cell.

    Parameters
    ----------
    cells : list of Submitted
    source : SourceNotebook
    """
    return _Matching(cells, source).found


class _Matching:
    """Four passes; what one has found, the next ones leave alone."""

    def __init__(self, cells: list[Submitted], source: SourceNotebook) -> None:
        self.cells = cells
        self.source = source.cells
        self.by_id = {cell.grade_id: cell for cell in source.cells}
        self.found: dict[str, int] = {}
        self.taken: set[int] = set()
        self.by_claim: dict[str, list[int]] = defaultdict(list)
        self.by_text: dict[str, list[int]] = defaultdict(list)
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for index, cell in enumerate(cells):
            if cell.claim is not None:
                self.by_claim[cell.claim].append(index)
            self.by_text[cell.text].append(index)
            for name in cell.names:
                self.by_name[name].append(index)
        self._given_by_marks_and_text()
        self._solutions()
        self._given_by_text()
        self._given_by_marks()
        self._by_place()

    def _take(self, wanted: SourceCell, index: int) -> None:
        self.found[wanted.grade_id] = index
        self.taken.add(index)

    def _open(self, given: bool) -> Iterator[SourceCell]:
        return (c for c in self.source if c.given == given and c.grade_id not in self.found)

    def _free(self, indices: list[int]) -> list[int]:
        return [index for index in indices if index not in self.taken]

    def _given_by_marks_and_text(self) -> None:
        before = -1
        for wanted in self._open(given=True):
            copies = [
                index
                for index in self.by_claim[wanted.grade_id]
                if self.cells[index].text in wanted.texts
            ]
            if copies:
                # Of copies the one that stands where it belongs.
                before = next((index for index in copies if index > before), copies[-1])
                self._take(wanted, before)

    def _solutions(self) -> None:
        for wanted in self._open(given=False):
            named = [i for name in wanted.names for i in self.by_name[name]]
            candidates = set(self._free(self.by_claim[wanted.grade_id]))
            candidates |= {i for i in self._free(named) if self._is_unclaimed(self.cells[i])}
            if candidates:
                self._take(wanted, max(candidates, key=lambda i: self._likeness(wanted, i)))

    def _is_unclaimed(self, cell: Submitted) -> bool:
        """Whether a cell that defines a name may be its solution, whatever its marks say."""
        claimed = self.by_id.get(cell.claim or "")
        if claimed is None:
            # Words about the solution are no solution, a solution turned into words is one.
            return bool(cell.cell.cell_type == "code" or cell.marked or "```" not in cell.text)
        return not claimed.names & cell.names

    def _likeness(self, wanted: SourceCell, index: int) -> tuple[bool, bool, bool, int]:
        """Return what makes a cell the solution; of equals, the last one counts."""
        cell = self.cells[index]
        return (
            bool(wanted.names & cell.names),
            cell.claim == wanted.grade_id,
            cell.text not in wanted.texts,
            index,
        )

    def _given_by_text(self) -> None:
        for wanted in self._open(given=True):
            same = [index for text in sorted(wanted.texts) if text for index in self.by_text[text]]
            if free := self._free(same):
                self._take(wanted, free[0])

    def _given_by_marks(self) -> None:
        for wanted in self._open(given=True):
            if free := self._free(self.by_claim[wanted.grade_id]):
                lines = {line for text in wanted.texts for line in text.splitlines()}
                self._take(
                    wanted,
                    max(free, key=lambda i: len(lines & set(self.cells[i].text.split("\n")))),
                )

    def _by_place(self) -> None:
        """Match cells with unknown names that stand where as many others are missing."""
        unknown = [
            index
            for index, cell in enumerate(self.cells)
            if index not in self.taken and cell.marked and cell.claim not in self.by_id
        ]
        if not unknown:
            return
        position = -1
        for there, run in groupby(list(self.source), lambda cell: cell.grade_id in self.found):
            group = list(run)
            if there:
                position = max(self.found[cell.grade_id] for cell in group)
                continue
            known = sorted(self.taken)
            after = bisect_right(known, position)
            end = known[after] if after < len(known) else len(self.cells)
            gap = unknown[bisect_right(unknown, position) : bisect_left(unknown, end)]
            alike = [
                bool(self.cells[i].marks.get("solution")) == cell.solution
                for i, cell in zip(gap, group, strict=False)
            ]
            if len(gap) == len(group) and all(alike):
                for index, cell in zip(gap, group, strict=True):
                    self._take(cell, index)
