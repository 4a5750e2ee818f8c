"""What the command and the workers' processes send each other, as bytes: they share no folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.classroom.submission import Graded, Homework
from autograder.sandbox.limits import Isolation, Limits


@dataclass(frozen=True)
class Kit:
    """What a worker needs to grade a homework.

    Attributes
    ----------
    homework : Homework
    files : mapping of str to bytes
        The homework's data files, by their path below its folder.
    limits : Limits
    isolation : Isolation
    secret : str
        What the hidden inputs are made of.
    """

    homework: Homework
    files: Mapping[str, bytes]
    limits: Limits
    isolation: Isolation
    secret: str


@dataclass(frozen=True)
class Parcel:
    """A submission on its way to a worker, or a graded one on its way back.

    Attributes
    ----------
    student : str
    files : mapping of str to bytes
        By their path below the submission's folder.
    graded : Graded or None
        What grading gave.
    """

    student: str
    files: Mapping[str, bytes]
    graded: Graded | None = None


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder, which is made."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def read(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder; links are not followed."""
    paths = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
