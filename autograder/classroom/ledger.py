"""From a graded submission to journal and gradebook, whatever comes in between."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from autograder.classroom.changes import changes, kept, untouched
from autograder.classroom.gradebook import Book, GradebookError
from autograder.classroom.journal import Change, Entry, Journal, JournalError, Key
from autograder.classroom.results import Result
from autograder.classroom.submission import Graded, Homework, digest


class Ledger:
    """Keeps what is graded: first in the journal, then in the gradebook and its folder.

    While the gradebook does not take anything, gradings wait in the journal.

    Parameters
    ----------
    task : Homework
    journal : Journal
    book : Book
    versions : mapping of str to str
        Of the exercises.
    environment : str
        Its version.
    dry : bool
        Leave all in the journal; the gradebook and its files stay as they are.

    Attributes
    ----------
    changes : list of Change
        What differs from what the gradebook had.
    """

    def __init__(
        self,
        task: Homework,
        journal: Journal,
        book: Book,
        versions: Mapping[str, str],
        environment: str,
        dry: bool = False,
    ) -> None:
        self._task = task
        self._journal = journal
        self._book = book
        self._exercises = json.dumps(versions, sort_keys=True)
        self._environment = environment
        self._dry = dry
        self.changes: list[Change] = []
        self._late: list[Entry] = []
        self._problem: GradebookError | None = None

    def known(self, students: Iterable[str]) -> dict[str, Result]:
        """Return the results of what was graded; write what the gradebook does not have of it."""
        in_book = self._book.students()
        results = {}
        for student in students:
            key = self._key(digest(self._task.submitted(student)))
            last, written = self._journal.last(student), self._journal.written(student)
            entry = next((e for e in (last, written) if e and e.key == key), None)
            if entry is None:
                continue
            current = entry.written and entry == last and student in in_book
            if not (current and self._task.graded(student).exists()):
                folder = self._files(entry)
                if folder is None:
                    continue  # the graded files are gone
                # Whether another was written over it, or began to be.
                replaced = entry.written and entry != last
                entry = replace(entry, graded=replace(entry.graded, folder=folder))
                if replaced:
                    entry = self._journal.add(student, key, entry.graded)
                self._write(entry)
            results[student] = entry.graded.result
        return results

    def add(self, graded: Graded) -> Result:
        """Keep a graded submission; return its row of the table."""
        if graded.folder is None:
            return graded.result
        student = graded.result.student
        key = self._key(graded.submission)
        before = self._journal.written(student)
        if before and (same := untouched(before.key, key)) and (files := self._files(before)):
            graded = kept(graded, before.graded, files, self._task.name, same)
        try:
            # From here on it is graded, whatever interrupts us.
            entry = self._journal.add(student, key, graded)
        except JournalError as error:
            return Result(student, problem=str(error))
        self._write(entry)
        return graded.result

    def finish(self) -> None:
        """Try again to write what the gradebook did not take.

        Raises
        ------
        GradebookError
            It still does not; the message says how many submissions wait, and for what.
        """
        late, self._late, self._problem = self._late, [], None
        for entry in late:
            self._put(entry)
        if self._problem:
            raise GradebookError(
                f"{len(self._late)} graded submissions wait for the gradebook, and need not be "
                f"graded again: {self._problem}"
            )

    def _key(self, submission: str) -> Key:
        return Key(submission, self._exercises, self._environment)

    def _files(self, entry: Entry) -> Path | None:
        """Return where the graded files of a grading are, if they are."""
        student = entry.graded.result.student
        folders = (self._task.waiting(student), self._task.graded(student))
        return next((f for f in folders if digest(f) == entry.graded.files), None)

    def _write(self, entry: Entry) -> None:
        self.changes += self._changes(entry)
        if not self._dry:
            self._put(entry)

    def _changes(self, entry: Entry) -> list[Change]:
        student = entry.graded.result.student
        before = self._journal.written(student)
        return changes(before, entry, self._book.by_hand(student)) if before else []

    def _put(self, entry: Entry) -> None:
        student = entry.graded.result.student
        if self._problem is None:  # a locked gradebook keeps us waiting for seconds
            try:
                changed = self._changes(entry)
                self._book.write(student, entry.graded, self._task.graded(student))
                self._journal.mark_written(entry, changed)
                return
            except (GradebookError, JournalError) as error:
                self._problem = GradebookError(str(error))
        self._late.append(entry)
