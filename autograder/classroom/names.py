"""Names of students under which nothing can be graded: nbgrader or a person mixes them up."""

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable


def unusable(students: Iterable[str]) -> dict[str, str]:
    """Return what is wrong with the name of a student's folder, for each that has to be renamed.

    >>> unusable(["ada", "Ada", "bob", "c*"])["ada"]
    'another folder has the same name but for capitals or accents: rename or remove one'
    """
    names = list(students)
    times = Counter(map(_alike, names))
    found = {}
    for name in names:
        if set(name) & set("*?["):
            found[name] = "nbgrader takes * ? [ for patterns: rename the folder"
        elif not _is_text(name):
            found[name] = f"the name {os.fsencode(name)!r} is not in UTF-8: rename the folder"
        elif times[_alike(name)] > 1:
            found[name] = (
                "another folder has the same name but for capitals or accents: rename or remove one"
            )
    return found


def _alike(name: str) -> str:
    """Return what names have in common that look the same, or are one on some file systems."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
