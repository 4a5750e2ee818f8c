"""What is behind an error of the system or a database, and what to do about it, in a line."""

import re

_FULL = "the disk is full: make room, then run the same command again"
_CAUSES = {
    r"No space left on device|disk is full|Disk quota exceeded|File too large": _FULL,
    r"database (?:table |schema )?is locked": (
        "the gradebook is locked by another program: close formgrader, or whatever else writes to "
        "it, then run the same command again"
    ),
    r"readonly database|Read-only file system|Permission denied|unable to open database file": (
        "the gradebook or the class's folder may not be written: make them writable, then run the "
        "same command again"
    ),
}


def cause(error: Exception | str) -> str:
    """Return what is behind an error and what to do, or nothing if it is none of the known.

    >>> cause(OSError(28, "No space left on device"))
    'the disk is full: make room, then run the same command again'
    >>> cause(ValueError("no"))
    ''
    """
    found = (said for text, said in _CAUSES.items() if re.search(text, str(error)))
    return next(found, "")


def in_a_line(error: Exception) -> str:
    r"""Return what is behind an error, or else its name and the beginning of its text.

    >>> in_a_line(ValueError("a\nb"))
    'ValueError: a'
    """
    return cause(error) or f"{type(error).__name__}: {error}".splitlines()[0][:300]
