"""Remember what was graded, so that what did not change is not graded again."""

import hashlib
import importlib.metadata
import json
from dataclasses import asdict
from pathlib import Path

from autograder.classroom.results import Result

_PACKAGE = Path(__file__).resolve().parent.parent
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "nbgrader", "ipython")


class Records:
    """The graded submissions of a homework.

    Parameters
    ----------
    root : Path
        The class folder.
    homework : str
    """

    def __init__(self, root: Path, homework: str) -> None:
        self._file = root / "autograded" / ".records" / f"{homework}.jsonl"
        self._known: dict[str, tuple[str, Result]] = {}
        lines = self._file.read_text().splitlines() if self._file.exists() else []
        for line in lines:
            try:
                record = json.loads(line)
                result = record["result"] | {"remarks": tuple(record["result"]["remarks"])}
                self._known[record["student"]] = (record["digest"], Result(**result))
            except (ValueError, TypeError, KeyError):
                continue  # the last line, if writing it was interrupted: it is graded again

    def find(self, student: str, digest: str) -> Result | None:
        """Return the result of a submission if it was graded as it is now."""
        known, result = self._known.get(student, ("", None))
        return result if known == digest else None

    def add(self, student: str, digest: str, result: Result) -> None:
        """Note that a submission was graded."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        record = {"student": student, "digest": digest, "result": asdict(result)}
        with self._file.open("a") as file:
            file.write(json.dumps(record) + "\n")


def version(source: Path, config: Path) -> str:
    """Return what all grades of a homework rest on: its source, the tests, the libraries."""
    found = hashlib.sha256()
    for path in [source, config, *sorted(_PACKAGE.rglob("*.py"))]:
        found.update(path.name.encode() + path.read_bytes())
    for library in _LIBRARIES:
        found.update(f"{library} {importlib.metadata.version(library)}".encode())
    return found.hexdigest()
