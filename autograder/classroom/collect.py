"""Collect submissions from a folder or a zip into nbgrader's ``submitted`` folder."""

import shutil
import tempfile
import zipfile
from pathlib import Path

from autograder.plugins.names import SOLVED


class CollectError(ValueError):
    """There is nothing to collect; the message says what was looked for."""


def collect(origin: Path, root: Path, homework: str) -> list[str]:
    """Copy each student's notebook to ``submitted/<student>/<homework>``.

    Parameters
    ----------
    origin : Path
        A folder, or a zip of such a folder, that holds a folder for each student. The notebook is
        called ``<homework>_solved.ipynb`` or ``<homework>.ipynb``, somewhere in the student's
        folder; the solved one is taken if there are both.
    root : Path
        The class folder.
    homework : str
        The name of the homework.

    Returns
    -------
    list of str
        The students, sorted.

    Raises
    ------
    CollectError
        There is no such folder or zip, or it holds no notebook of that name.
    """
    if not origin.exists():
        raise CollectError(f"there is no folder or zip called {origin}")
    if origin.is_dir():
        return _collect_folder(origin, root, homework)
    with tempfile.TemporaryDirectory() as unpacked:
        try:
            with zipfile.ZipFile(origin) as archive:
                archive.extractall(unpacked)  # it drops absolute paths and ".." by itself
        except zipfile.BadZipFile:
            raise CollectError(f"{origin} is neither a folder nor a zip") from None
        return _collect_folder(Path(unpacked), root, homework)


def _collect_folder(origin: Path, root: Path, homework: str) -> list[str]:
    found = {}
    for folder in _student_folders(origin, homework):
        notebook = _notebook(folder, homework)
        if notebook is not None:
            found[folder.name] = notebook
    if not found:
        wanted = f"{homework}{SOLVED}.ipynb"
        raise CollectError(f"{origin.name} holds no <student>/{wanted}, nor one without {SOLVED}")
    for student, notebook in found.items():
        submitted = root / "submitted" / student / homework
        shutil.rmtree(submitted, ignore_errors=True)
        submitted.mkdir(parents=True)
        shutil.copyfile(notebook, submitted / f"{homework}.ipynb")
    return sorted(found)


def _student_folders(origin: Path, homework: str) -> list[Path]:
    """Return the students' folders, also where one folder more is wrapped around all of them."""
    folders = _folders(origin)
    if len(folders) == 1 and not list(folders[0].glob("*.ipynb")):
        inner = _folders(folders[0])
        # A student who hands in a whole checkout has these; a wrapping folder has students.
        of_a_checkout = {"course", "release", "source", homework}
        if inner and of_a_checkout.isdisjoint(path.name for path in inner):
            return inner
    return folders


def _folders(origin: Path) -> list[Path]:
    return sorted(path for path in origin.iterdir() if path.is_dir() and not _hidden(path))


def _notebook(folder: Path, homework: str) -> Path | None:
    """Return the notebook of that homework: a solved one first, then the least deep."""
    names = (f"{homework}{SOLVED}.ipynb", f"{homework}.ipynb")
    files = [
        path
        for path in folder.rglob("*.ipynb")
        if path.name in names
        and path.is_file()  # not a folder or a pipe of that name
        and not path.is_symlink()  # a checkout may hold a link to the instructor's own files
        and not any(map(_hidden, path.relative_to(folder).parents))
    ]
    order = sorted(files, key=lambda p: (names.index(p.name), len(p.parts), str(p)))
    return order[0] if order else None


def _hidden(path: Path) -> bool:
    return path.name.startswith((".", "__MACOSX"))
