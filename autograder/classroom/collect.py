"""Collect submissions from a folder or a zip into nbgrader's ``submitted`` folder."""

import contextlib
import shutil
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dateutil import parser
from nbgrader.utils import parse_utc

from autograder.classroom.downloads import Entry, HandedIn, entries_in, entries_of, handed_in
from autograder.classroom.roster import Kind, Roster, safe_name
from autograder.classroom.submission import LARGEST
from autograder.plugins.names import SOLVED

_HANDED_IN = "Last modified (submission)"  # the column of Moodle's grading worksheet
TIMESTAMP = "timestamp.txt"  # nbgrader's file for when a submission was handed in


class CollectError(ValueError):
    """There is nothing to collect; the message says what was looked for."""


def collect(
    origin: Path,
    root: Path,
    homework: str,
    *,
    roster: Roster | None = None,
    due: Callable[[], datetime | None] = lambda: None,
    file_times: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> list[str]:
    """Copy each student's notebook to ``submitted/<student>/<homework>``.

    Parameters
    ----------
    origin : Path
        A folder or a zip: what Moodle or Canvas packs when all submissions are downloaded, or a
        folder for each student. The notebook is called ``<homework>_solved.ipynb`` or
        ``<homework>.ipynb``; the solved one is taken if there are both, then the newest. From a
        platform a single notebook of another name is taken as well.
    root : Path
        The class folder.
    homework : str
        The name of the homework.
    roster : Roster or None
        Who is who; without it students are called as their folders or files are.
    due : callable
        Returns when the homework was due, if that is known; asked if Canvas marks some as late,
        which are then recorded as handed in right after it.
    file_times : bool
        Take the time of each file for the time when it was handed in.
    say : callable
        Called with a line for each student who needs a look.

    Returns
    -------
    list of str
        The students, sorted.

    Raises
    ------
    CollectError
        There is no such folder or zip, or it holds no notebook of that name.
    """
    with _entries(origin) as entries:
        files: dict[str, list[HandedIn]] = defaultdict(list)
        for file in handed_in(entries, homework):
            person = roster.find(file.name, file.number) if roster else None
            files[person.student if person else safe_name(file.student)].append(file)
        known = {person.student for person in roster.people} if roster else set(files)
        for student in sorted(set(files) - known):
            say(f"{student}: not in the roster, or not certain who of it")
        chosen = {student: _notebook(student, files[student], homework, say) for student in files}
        found = {student: file for student, file in chosen.items() if file is not None}
        if not found:
            wanted = f"{homework}{SOLVED}.ipynb"
            raise CollectError(
                f"{origin.name} holds no <student>/{wanted}, nor one without {SOLVED}"
            )
        if roster:
            _say_earlier_names(root, homework, set(found), roster, say)
        collected = []
        late = any(file.late for file in found.values()) and not file_times
        due_date = due() if late else None
        for student, file in sorted(found.items()):
            folder = root / "submitted" / student / homework
            try:
                _copy(file.entry, folder, f"{homework}.ipynb")
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
                say(f"{student}: {file.file} can't be read: {error}")
                continue
            collected.append(student)
            time = _timestamp(student, file, files[student], roster, due_date, file_times, say)
            if time is not None:
                stamp = f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC\n"
                (folder / TIMESTAMP).write_text(stamp)
        _say_lateness([found[student] for student in collected], due_date, file_times, say)
    return collected


@contextlib.contextmanager
def _entries(origin: Path) -> Iterator[list[Entry]]:
    if not origin.exists():
        raise CollectError(f"there is no folder or zip called {origin}")
    if origin.is_dir():
        yield list(entries_of(origin))
        return
    try:
        archive = zipfile.ZipFile(origin)
    except zipfile.BadZipFile:
        raise CollectError(f"{origin} is neither a folder nor a zip") from None
    with archive:
        yield list(entries_in(archive))


def _notebook(
    student: str, files: list[HandedIn], homework: str, say: Callable[[str], None]
) -> HandedIn | None:
    """Return the notebook of that homework: a solved one first, then the newest, the least deep."""
    names = (homework, f"{homework}{SOLVED}")
    named = [file for file in files if file.stem in names]
    if named:
        return max(named, key=lambda f: (names.index(f.stem), f.again, f.order, -f.depth))
    notebooks = [file for file in files if file.stem and file.platform]
    if len(notebooks) == 1:
        say(f"{student}: took {notebooks[0].file}, the only notebook")
        return notebooks[0]
    if any(file.platform for file in files) or any(_is_zip(file) for file in files):
        there = ", ".join(sorted(file.file for file in files))
        packed = ": unpack the zip into a folder of that student" if _has_zip(files) else ""
        say(f"{student}: no notebook called {names[1]}.ipynb, but {there}{packed}")
    return None


def _has_zip(files: Iterable[HandedIn]) -> bool:
    return any(map(_is_zip, files))


def _is_zip(file: HandedIn) -> bool:
    return file.file.lower().endswith((".zip", ".rar", ".7z", ".tar.gz", ".tgz"))


def _copy(entry: Entry, folder: Path, name: str) -> None:
    """Copy a file into a folder of its own; one that is too large to be graded is cut."""
    new = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        with entry.open() as origin, (new / name).open("wb") as target:
            left = LARGEST + 1
            while left > 0 and (part := origin.read(min(left, 1 << 20))):
                target.write(part)
                left -= len(part)
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _timestamp(
    student: str,
    file: HandedIn,
    files: list[HandedIn],
    roster: Roster | None,
    due: datetime | None,
    file_times: bool,
    say: Callable[[str], None],
) -> datetime | None:
    """Return when a notebook was handed in, if something tells.

    A zip of Moodle or Canvas gives every file the time at which it was packed, so the times of
    files count only where the instructor says so.
    """
    if roster and roster.kind is Kind.WORKSHEET and (person := roster.find_student(student)):
        said = roster.value(person, _HANDED_IN)
        try:
            handed_in_at: datetime = parser.parse(said)
            return handed_in_at.astimezone()  # in the zone of whoever exported it
        except (ValueError, OverflowError):
            if said.strip("-"):  # a dash if nothing was handed in
                say(f"{student}: the time {said!r} of the worksheet can't be read: not recorded")
    for other in files:
        beside = other.entry.path.parent == file.entry.path.parent
        # From a platform it is one more file of the student's.
        if other.file == TIMESTAMP and beside and not other.platform:
            with other.entry.open() as written, contextlib.suppress(ValueError, OverflowError):
                text = written.read(100).decode("utf-8", "replace").strip()
                time: datetime = parse_utc(text)
                return time.replace(tzinfo=UTC)
    if file_times:
        return file.entry.modified
    if file.late and due:
        return due + timedelta(seconds=1)
    return None


def _say_earlier_names(
    root: Path, homework: str, students: set[str], roster: Roster, say: Callable[[str], None]
) -> None:
    """Say who was collected before under another name, and would be graded as one more student."""
    names = {person.student for person in roster.people}
    for folder in sorted((root / "submitted").glob(f"*/{homework}")):
        earlier = folder.parent.name
        person = roster.find_student(earlier) if earlier not in names else None
        if person and person.student in students:
            say(
                f"{person.student}: collected before as {earlier}: remove submitted/{earlier} and "
                f"autograded/{earlier}, or both are graded"
            )


def _say_lateness(
    files: list[HandedIn], due: datetime | None, file_times: bool, say: Callable[[str], None]
) -> None:
    """Say what is not known about late submissions."""
    late = sum(file.late for file in files)
    if late and not file_times:
        recorded = (
            "recorded as one second after the due date"
            if due
            else "not recorded, because the gradebook has no due date"
        )
        say(f"{late} late by Canvas, which does not say by how much: {recorded}")
