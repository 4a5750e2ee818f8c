"""What was handed in: the files of a folder or a zip, and whose each of them is.

The names are those of plain folders, of Moodle's *Download all submissions*
(``mod/assign/classes/downloader.php``) and of Canvas's *Download submissions*
(``lib/content_zipper.rb``).
"""

import os
import re
import stat
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

# Ada Lovelace_123456_assignsubmission_file_/hw.ipynb, or the same without a folder. What comes
# first is the platform's, and decides: the rest is as the student called it, and may look alike.
_MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?P<kind>[a-z]+)(_(?P<file>.*))?"
)
# lovelaceada_LATE_12345_67890_hw.ipynb
_CANVAS = re.compile(r"(?P<name>\w+?)(?P<late>_LATE)?_(?P<number>\d+)_(?P<order>\d+)_(?P<file>.+)")
# LATE_anon_x4F2a_67890_hw.ipynb
_ANONYMOUS = re.compile(r"(?P<late>LATE_)?(?P<name>anon_[^_]+)_(?P<order>\d+)_(?P<file>.+)")
_COPIES = re.compile(r"(?P<stem>.*?)(-(?P<again>\d+)| \((?P<copy>\d+)\))?\.ipynb", re.IGNORECASE)
# What lies in a checkout of the course: a folder that holds these is one student's.
_CHECKOUT = {"course", "release", "source"}


class UnreadableArchiveError(ValueError):
    """What was given is neither a folder nor a zip."""


@dataclass(frozen=True)
class Entry:
    """A file of a folder or a zip.

    Attributes
    ----------
    path : PurePosixPath
        Below the folder.
    modified : datetime or None
        The time that stands with it, which a platform's zip sets to when it was packed.
    place : Path or (ZipFile, ZipInfo)
    """

    path: PurePosixPath
    modified: datetime | None
    place: "Path | tuple[zipfile.ZipFile, zipfile.ZipInfo]"

    def open(self) -> BinaryIO:
        """Open it for reading."""
        if isinstance(self.place, Path):
            return self.place.open("rb")
        archive, info = self.place
        return archive.open(info)  # type: ignore[return-value]


@dataclass(frozen=True)
class HandedIn:
    """A file that a student handed in.

    Attributes
    ----------
    name, number : str
        What the platform calls the student: the number is its own, and tells namesakes apart.
    file : str
        What the student called it.
    entry : Entry
    platform : bool
        Whether it comes from Moodle or Canvas, where everything was handed in for this homework.
    late : bool
        Whether Canvas marked it as late.
    order : int
        Canvas's number of the file: the higher, the later.
    depth : int
        How deep it lies in the student's folder.
    """

    name: str
    number: str
    file: str
    entry: Entry
    platform: bool = False
    late: bool = False
    order: int = 0
    depth: int = 0

    @property
    def student(self) -> str:
        """The student, for whom there is no roster: two of one name are two people."""
        return f"{self.name}_{self.number}" if self.number else self.name

    @property
    def stem(self) -> str:
        """The name of a notebook without what a platform or browser adds to copies."""
        found = _COPIES.fullmatch(self.file)
        return found["stem"] if found else ""

    @property
    def again(self) -> int:
        """Which copy it is."""
        found = _COPIES.fullmatch(self.file)
        return int((found["again"] or found["copy"] or 0) if found else 0)


def handed_in(entries: Iterable[Entry], homework: str) -> list[HandedIn]:
    """Return the files with the students who handed them in.

    Parameters
    ----------
    entries : iterable of Entry
    homework : str
        A folder of that name is none of a student.
    """
    entries = list(entries)
    found = [_of_platform(entry) for entry in entries]
    # A student may call files like a platform's, in a folder of their own: that has one vote.
    votes: dict[str, list[bool]] = defaultdict(list)
    for entry, file in zip(entries, found, strict=True):
        votes[entry.path.parts[0]].append(file is not None)
    if 2 * sum(2 * sum(vote) > len(vote) for vote in votes.values()) > len(votes):
        return [file for file in found if file is not None]
    return list(_of_folders(entries, homework))


def entries_of(folder: Path) -> Iterator[Entry]:
    """Yield the files below a folder; links and hidden files are none."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _hidden(name))
        for name in sorted(names):
            path = Path(place, name)
            status = path.lstat()
            if stat.S_ISREG(status.st_mode) and not _hidden(name):
                relative = PurePosixPath(path.relative_to(folder).as_posix())
                yield Entry(relative, datetime.fromtimestamp(status.st_mtime).astimezone(), path)


def entries_in(archive: zipfile.ZipFile) -> Iterator[Entry]:
    """Yield the files of a zip, but for hidden ones and those that lead out of it."""
    for info in archive.infolist():
        path = PurePosixPath(_name(info))
        odd = info.is_dir() or stat.S_ISLNK(info.external_attr >> 16) or path.is_absolute()
        if odd or ".." in path.parts or any(map(_hidden, path.parts)):
            continue
        try:
            modified = datetime(*info.date_time).astimezone()
        except (ValueError, OverflowError, OSError):  # the month 0 of a file without a time
            modified = None
        yield Entry(path, modified, (archive, info))


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of a file in a zip.

    Without the sign for UTF-8 it should be in the code page of old PCs; many write UTF-8 anyway.
    """
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        raw = name.encode("cp437")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp437")
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _of_platform(entry: Entry) -> HandedIn | None:
    for depth, part in enumerate(entry.path.parts[:2]):  # zips are unpacked into a folder
        last = depth == len(entry.path.parts) - 1
        moodle = _MOODLE.fullmatch(part)
        if moodle and (not last or moodle["file"]):
            file = moodle["file"] if last else entry.path.name
            return HandedIn(moodle["name"], moodle["number"], file, entry, platform=True)
        canvas = _ANONYMOUS.fullmatch(part) or _CANVAS.fullmatch(part)
        if canvas and last:
            number = canvas.groupdict().get("number", "")
            return HandedIn(
                canvas["name"], number, canvas["file"], entry,
                platform=True, late=bool(canvas["late"]), order=int(canvas["order"]),
            )  # fmt: skip
    return None


def _of_folders(entries: list[Entry], homework: str) -> Iterator[HandedIn]:
    """Yield the files of plain folders, also where one more is wrapped around all of them."""
    parts = [entry.path.parts for entry in entries]
    outer = {names[0] for names in parts if len(names) > 1}
    inner = {names[1] for names in parts if len(names) > 2}
    notebooks = any(len(names) == 2 and names[1].endswith(".ipynb") for names in parts)
    wrapped = len(outer) == 1 and not notebooks and bool(inner)
    skip = int(wrapped and (_CHECKOUT | {homework}).isdisjoint(inner))
    for entry, names in zip(entries, parts, strict=True):
        if len(names) > skip + 1:
            depth = len(names) - skip
            yield HandedIn(names[skip], "", names[-1], entry, depth=depth)


def _hidden(name: str) -> bool:
    return name.startswith((".", "__MACOSX"))
