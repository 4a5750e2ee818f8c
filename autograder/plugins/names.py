"""Make a submission ready for nbgrader, which calls this before it reads one.

Students hand in under the name ``hw02_…_solved.ipynb``; and what they hand in may hold links.
"""

import os
from pathlib import Path
from typing import Any

SOLVED = "_solved"


def make_ready(notebooks: list[str], **more: Any) -> None:
    """Take links and pipes away from a submission, then the notebooks under their solved names.

    nbgrader copies what a link leads to, which may be the instructor's, and gives it to the
    student's notebook; at a pipe it stops.

    Parameters
    ----------
    notebooks : list of str
        The notebooks of one submission; changed in place, because nbgrader goes on with it.
    """
    for folder in {Path(name).parent for name in notebooks}:
        for place, folders, names in os.walk(folder):
            for path in (Path(place, name) for name in [*folders, *names]):
                if path.is_symlink() or not (path.is_dir() or path.is_file()):
                    path.unlink()
    notebooks[:] = [name for name in notebooks if Path(name).exists()]
    take_solved_names(notebooks, **more)


def take_solved_names(notebooks: list[str], **_: Any) -> None:
    """Give ``X_solved.ipynb`` the name ``X.ipynb``, which nbgrader knows.

    If a student handed in both, the solved one
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
