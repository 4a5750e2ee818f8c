"""Accept the name under which students hand in: ``hw02_…_solved.ipynb``."""

from pathlib import Path
from typing import Any

SOLVED = "_solved"


def take_solved_names(notebooks: list[str], **_: Any) -> None:
    """Give ``X_solved.ipynb`` the name ``X.ipynb``, which nbgrader knows.

    nbgrader calls this before it grades a submission. If a student handed in both, the solved one
    is graded and the other is kept beside it as ``X.ipynb.unsolved``.

    Parameters
    ----------
    notebooks : list of str
        The notebooks of one submission; changed in place, because nbgrader goes on with it.
    """
    for name in list(notebooks):
        solved = Path(name)
        if not solved.stem.endswith(SOLVED):
            continue
        plain = solved.with_stem(solved.stem.removesuffix(SOLVED))
        if plain.exists():
            plain.replace(plain.with_name(f"{plain.name}.unsolved"))
        solved.replace(plain)
        notebooks.remove(name)
        if str(plain) not in notebooks:
            notebooks.append(str(plain))
