"""The cells of a homework that a submission is mended against, as the gradebook knows them."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

_EXERCISE = re.compile(r"\bexercise (\d+(?:\.\d+)*)", re.I)
_BOUND = re.compile(
    r"^(?:(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|(\w+)[ \t]*(?::[^=\n]*)?=(?!=))", re.M
)


@dataclass(frozen=True)
class SourceCell:
    """A cell that is graded, locked, a solution or a task.

    Attributes
    ----------
    grade_id : str
    cell_type : str
        ``code`` or ``markdown``.
    source : str
        The text with the hidden tests, of a solution its stub.
    released : str
        The text as students got it.
    grade, solution, locked, task : bool
        nbgrader's marks.
    points : float
        If it has points.
    checksum : str
        nbgrader's, if it knows one.
    """

    grade_id: str
    cell_type: str
    source: str
    released: str
    grade: bool = False
    solution: bool = False
    locked: bool = False
    task: bool = False
    points: float = 0.0
    checksum: str = ""

    @property
    def given(self) -> bool:
        """Whether the text is the instructor's; otherwise it is the student's."""
        return self.locked or not self.solution

    @cached_property
    def texts(self) -> frozenset[str]:
        """The texts that are no change."""
        return frozenset({bare(self.released), bare(self.source)})

    @cached_property
    def names(self) -> frozenset[str]:
        """What the student is to define here: functions, classes, variables."""
        return frozenset() if self.given else bound_names(self.released)

    @property
    def metadata(self) -> dict[str, Any]:
        """The metadata of the cell."""
        marks: dict[str, Any] = {
            "schema_version": 3,
            "grade_id": self.grade_id,
            "cell_type": self.cell_type,
            "grade": self.grade,
            "solution": self.solution,
            "locked": self.locked,
            "task": self.task,
        }
        if self.grade or self.task:
            marks["points"] = self.points
        if self.checksum:
            marks["checksum"] = self.checksum
        fixed = {"deletable": False, "editable": False} if self.given else {"deletable": False}
        return fixed | {"nbgrader": marks}

    @cached_property
    def called(self) -> str:
        """What it is called in a sentence for the student."""
        if self.task:
            kind = "task"
        elif self.solution:
            kind = "solution cell" if self.cell_type == "code" else "answer cell"
        elif self.grade:
            kind = "cell of the hidden tests" if self.source != self.released else "test cell"
        else:
            kind = "text" if self.cell_type == "markdown" else "given cell"
        found = _EXERCISE.search(self.released)
        return f"{kind} of exercise {found[1]}" if found else f"{kind} `{self.grade_id}`"


@dataclass(frozen=True)
class SourceNotebook:
    """A homework.

    Attributes
    ----------
    cells : tuple of SourceCell
        In their order.
    kernelspec : dict
        What the notebook runs on, if the gradebook knows it.
    """

    cells: tuple[SourceCell, ...]
    kernelspec: dict[str, Any] = field(default_factory=dict)


def bare(text: str) -> str:
    r"""Return a text without what editors change: line ends, spaces at them, empty lines around.

    >>> bare("a  \r\nb\n\n")
    'a\nb'
    """
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def bound_names(code: str) -> frozenset[str]:
    r"""Return the names that the unindented lines of some code define; it need not compile.

    >>> sorted(bound_names("def f(x):\n    y = 1\nclass C: pass\nz: int = 2\n)("))
    ['C', 'f', 'z']
    """
    return frozenset(function or variable for function, variable in _BOUND.findall(code))
