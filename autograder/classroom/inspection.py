"""Look at a submission before it is graded: can it be graded, and what should one know?"""

from dataclasses import dataclass

import nbformat
from IPython.core.inputtransformer2 import TransformerManager

from autograder.referee.matching import Submitted
from autograder.referee.source import SourceNotebook
from autograder.referee.submission import CELL_ID

LONGEST = 20_000  # characters of a cell that is looked at for errors
MOST = 300_000  # characters of all these cells together
MOST_MAGICS = 40  # lines of a cell with a sign of IPython's, which reads all of it again for each


@dataclass(frozen=True)
class Inspection:
    """What was found.

    Attributes
    ----------
    problem : str
        Why it can't be graded, or nothing.
    remarks : tuple of str
        What to know about it although it is graded.
    """

    problem: str = ""
    remarks: tuple[str, ...] = ()


def inspect_submission(
    submitted: nbformat.NotebookNode, name: str, source: SourceNotebook
) -> Inspection:
    """Inspect a submitted notebook.

    Parameters
    ----------
    submitted : NotebookNode
        The submission, as `read_submission` returns it.
    name : str
        The name of the homework.
    source : SourceNotebook
        The homework, whose cells the submission should have.
    """
    if not submitted.cells:
        return Inspection("is a notebook without cells")
    cells = [Submitted(cell) for cell in submitted.cells]
    counting = [cell for cell in source.cells if cell.grade or cell.solution]
    found, texts = {cell.claim for cell in cells}, {cell.text for cell in cells}
    if not any(cell.grade_id in found or cell.texts & texts for cell in counting):
        return Inspection(f"is the notebook of another homework: no cell of {name} is in it")
    lost = {cell.grade_id for cell in source.cells} - found
    remarks = [f"no cell {grade_id}" for grade_id in sorted(lost)]
    original = frozenset().union(*(cell.texts for cell in source.cells))
    return Inspection(remarks=(*remarks, *_syntax_errors(cells, original)))


def _syntax_errors(cells: list[Submitted], original: frozenset[str]) -> list[str]:
    remarks = []
    transform = TransformerManager().transform_cell  # type: ignore[no-untyped-call]
    left = MOST
    for number, cell in enumerate(cells, start=1):
        if cell.cell.cell_type != "code" or cell.text in original:
            continue
        source = cell.cell.source
        left -= len(source)
        if left < 0 or _is_slow(source):
            continue  # what reads a cell takes time, and memory, that grow faster than the cell
        try:
            compile(transform(source), "<cell>", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RuntimeError, MemoryError) as error:
            name = cell.claim or ""
            name = name if CELL_ID.fullmatch(name) else f"number {number}"
            remarks.append(f"{type(error).__name__} in cell {name}")
    return remarks


def _is_slow(code: str) -> bool:
    signs = sum(any(sign in line for sign in "%!?") for line in code.splitlines())
    return len(code) > LONGEST or signs > MOST_MAGICS
