"""Build the student's version of the homework with nbgrader."""

from pathlib import Path

from autograder.plugins.nbgrader import api, checked


def homeworks(root: Path) -> list[str]:
    """Return the names of all homework in a class folder."""
    return sorted(path.parent.name for path in (root / "source").glob("*/*.ipynb"))


def release(project: Path, root: Path, homework: str) -> Path:
    """Build ``release/<homework>`` and register its cells in the gradebook.

    Parameters
    ----------
    project : Path
        The folder that holds ``nbgrader_config.py``.
    root : Path
        The class folder.
    homework : str
        The name of the homework.

    Returns
    -------
    Path
        The released notebook.

    Raises
    ------
    NbgraderError
        nbgrader refuses, for instance because graded submissions rest on cells that changed.
    """
    checked(api(project, root).generate_assignment(homework, force=True, create=True))
    return root / "release" / homework / f"{homework}.ipynb"
