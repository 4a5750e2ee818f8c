"""Build the student's version of the homework with nbgrader."""

import shutil
from pathlib import Path

from autograder.plugins.nbgrader import NbgraderError, api, checked


def homeworks(root: Path) -> list[str]:
    """Return the names of all homework in a class folder."""
    return sorted(path.parent.name for path in (root / "source").glob("*/*.ipynb"))


def release(project: Path, root: Path, homework: str) -> Path:
    """Build ``release/<homework>`` and register its cells in the gradebook.

    If that fails, what was released before stays.

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
    folder = root / "release" / homework
    before = folder.with_name(f".{homework}.before")  # nbgrader removes a release, then builds it
    shutil.rmtree(before, ignore_errors=True)
    if folder.exists():
        shutil.copytree(folder, before)
    try:
        checked(api(project, root).generate_assignment(homework, force=True, create=True))
    except NbgraderError as error:
        if before.exists():
            shutil.rmtree(folder, ignore_errors=True)
            before.rename(folder)
        if "Cannot add or remove cells" in str(error):
            raise NbgraderError(
                f"{homework} has other cells than before, and the gradebook has grades of it: "
                "release it in another folder, or give these grades up with "
                f"nbgrader db assignment remove {homework} --force, and grade again"
            ) from None
        raise
    finally:
        shutil.rmtree(before, ignore_errors=True)
    return folder / f"{homework}.ipynb"
