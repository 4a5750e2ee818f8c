"""Pack what a student needs: lectures, released homework, how to install; no solutions."""

import re
import shutil
import tomllib
import zipfile
from pathlib import Path

import nbformat

from autograder.notebooks.notes import without_notes

NAME = "neural-networks-in-numpy"
# What the notebooks import, and what they are opened and checked with.
NEEDED = ("numpy", "matplotlib", "scikit-learn", "jupyterlab", "nbgrader")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files make the same zip

README = Path(__file__).with_name("student_readme.md")


def pack_student(root: Path, out: Path) -> Path:
    """Write the student's folder and zip.

    Parameters
    ----------
    root : Path
        The checkout.
    out : Path
        Where the folder and the zip go; what was there of these names is replaced.

    Returns
    -------
    Path
        The zip, beside the folder of the same name.
    """
    folder = out / NAME
    shutil.rmtree(folder, ignore_errors=True)
    for path in sorted(root.glob("course/*.py")):
        _copy(path, folder / "course" / path.name)
    for path in sorted(root.glob("course/*.ipynb")):
        node = without_notes(nbformat.read(path, as_version=4))
        _write(folder / "course" / path.name, nbformat.writes(node).splitlines())
    for path in sorted(root.glob("release/*/*.ipynb")):
        _copy(path, folder / "homework" / path.parent.name / path.name)
    for name in ("LICENSE", "LICENSE-text"):
        _copy(root / name, folder / name)
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needs = [line for line in project["dependencies"] if re.split("[<>=]", line)[0] in NEEDED]
    python = project["requires-python"]
    _write(folder / "requirements.txt", needs)
    channel = ["channels:", "  - conda-forge", "dependencies:"]
    packages = [f"  - {line}" for line in (f"python{python}", *needs)]
    _write(folder / "environment.yml", [f"name: {NAME}", *channel, *packages])
    wanted = python.removeprefix(">=") + " or newer"
    readme = README.read_text(encoding="utf-8").format(
        name=NAME, python=wanted, lectures=_lectures(folder)
    )
    _write(folder / "README.md", readme.splitlines())
    return _zip(folder, out / f"{NAME}.zip")


def _lectures(folder: Path) -> str:
    """Return the rows of a table: each lecture and the homework that it names."""
    rows = []
    for path in sorted((folder / "course").glob("*.ipynb")):
        first = nbformat.read(path, as_version=4).cells[0].source
        prepares = re.search(r"hw\d\d_\w+", first)
        rows.append(f"| `{path.name}` | {f'`{prepares[0]}`' if prepares else ''} |")
    return "\n".join(rows)


def _zip(folder: Path, archive: Path) -> Path:
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            file.writestr(entry, path.read_bytes())
    return archive


def _copy(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
