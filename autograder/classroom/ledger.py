"""From a graded submission to journal and gradebook, whatever comes in between."""

from collections.abc import Iterable
from dataclasses import replace

from autograder.classroom.gradebook import Book, GradebookError
from autograder.classroom.journal import Entry, Journal, JournalError, Key
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
    versions : tuple of str
        Of the exercises and of the environment.
    """

    def __init__(
        self, task: Homework, journal: Journal, book: Book, versions: tuple[str, str]
    ) -> None:
        self._task = task
        self._journal = journal
        self._book = book
        self._versions = versions
        self._late: list[Entry] = []
        self._problem: GradebookError | None = None

    def known(self, students: Iterable[str]) -> dict[str, Result]:
        """Return the results of what was graded; write what the gradebook does not have of it."""
        in_book = self._book.students()
        results = {}
        for student in students:
            submission = digest(self._task.submitted(student))
            entry = self._journal.find(student, Key(submission, *self._versions))
            if entry is None:
                continue
            target = self._task.graded(student)
            if not (entry.written and student in in_book and target.exists()):
                folders = (self._task.waiting(student), target)
                folder = next((f for f in folders if digest(f) == entry.graded.files), None)
                if folder is None:
                    continue  # the graded files are gone
                self._write(replace(entry, graded=replace(entry.graded, folder=folder)))
            results[student] = entry.graded.result
        return results

    def add(self, graded: Graded) -> Result:
        """Keep a graded submission; return its row of the table."""
        if graded.folder is None:
            return graded.result
        student = graded.result.student
        try:
            key = Key(graded.submission, *self._versions)
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
            self._write(entry)
        if self._problem:
            raise GradebookError(
                f"{len(self._late)} graded submissions wait for the gradebook, and need not be "
                f"graded again: {self._problem}"
            )

    def _write(self, entry: Entry) -> None:
        student = entry.graded.result.student
        if self._problem is None:  # a locked gradebook keeps us waiting for seconds
            try:
                self._book.write(student, entry.graded, self._task.graded(student))
                self._journal.mark_written(entry)
                return
            except (GradebookError, JournalError) as error:
                self._problem = GradebookError(str(error))
        self._late.append(entry)
