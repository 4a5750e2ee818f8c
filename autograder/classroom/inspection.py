"""Look at a submission before it is graded: can it be graded, and what should one know?"""

from dataclasses import dataclass
from pathlib import Path

import nbformat
from IPython.core.inputtransformer2 import TransformerManager

from autograder.referee.matching import Submitted
from autograder.referee.submission import CELL_ID, UnreadableError, read_submission

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


def inspect_submission(notebook: Path, released: Path) -> Inspection:
    """Inspect a submitted notebook.

    Parameters
    ----------
    notebook : Path
        The submission.
    released : Path
        The released homework, whose cells the submission should have.
    """
    try:
        submitted = read_submission(notebook.read_bytes())
    except UnreadableError as error:
        return Inspection(str(error))
    if not submitted.cells:
        return Inspection("is a notebook without cells")
    cells = [Submitted(cell) for cell in submitted.cells]
    original = [Submitted(cell) for cell in nbformat.read(released, as_version=4).cells]
    counting = [cell for cell in original if cell.marks.get("grade") or cell.marks.get("solution")]
    found, texts = {cell.claim for cell in cells}, {cell.text for cell in cells}
    if not any(cell.claim in found or cell.text in texts for cell in counting):
        homework = released.stem
        return Inspection(f"is the notebook of another homework: no cell of {homework} is in it")
    lost = {cell.claim for cell in original if cell.claim} - found
    remarks = [f"no cell {name}" for name in sorted(map(str, lost))]
    return Inspection(remarks=(*remarks, *_syntax_errors(submitted)))


def _syntax_errors(notebook: nbformat.NotebookNode) -> list[str]:
    remarks = []
    transform = TransformerManager().transform_cell  # type: ignore[no-untyped-call]
    left = MOST
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        left -= len(cell.source)
        if left < 0 or _is_slow(cell.source):
            continue  # what reads a cell takes time, and memory, that grow faster than the cell
        try:
            compile(transform(cell.source), "<cell>", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RuntimeError, MemoryError) as error:
            name = Submitted(cell).claim or ""
            name = name if CELL_ID.fullmatch(name) else f"number {number}"
            remarks.append(f"{type(error).__name__} in cell {name}")
    return remarks


def _is_slow(code: str) -> bool:
    signs = sum(any(sign in line for sign in "%!?") for line in code.splitlines())
    return len(code) > LONGEST or signs > MOST_MAGICS
