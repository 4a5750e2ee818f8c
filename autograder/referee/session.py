"""A student's process for one notebook: it runs cells, and hands out copies for graded cells."""

import contextlib
import math
import os
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.referee.clock import Clock
from autograder.referee.remote import StudentVariables
from autograder.sandbox.warm import Connection, Student
from autograder.wire.channel import Channel, ChannelClosed, ChannelTimeout
from autograder.wire.values import WireError

MAX_RESTARTS = 40
MAX_FILES = 200
MAX_FILE_BYTES = 50 * 2**20
LEAST_SECONDS = 2.0  # for the calls of a graded cell, though the notebook's time is over
_GRACE = 5.0  # seconds in which an interrupted cell should end


class CellFailed(Exception):
    """A cell of the student's did not end as a cell should; the text says what happened."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind
        self.ended = True  # the process can't go on


class Session:
    """Run the student's cells of one notebook.

    A cell that ends, blocks or fills the process is taken back: a new process runs the cells
    before it again, and the notebook goes on as if that cell were not there.

    Parameters
    ----------
    parent : Connection
        Where processes for students come from.
    files : mapping of str to bytes
        The submission's other files, by their path below its folder.
    seconds : float
        How long a cell may take, as `Clock` counts.
    memory : int
        Resident bytes that the student's processes may use together.
    total : float
        How long all cells together may take.

    Attributes
    ----------
    given : mapping of str to bytes
        These files.
    now : callable
        The clock of these limits.
    """

    def __init__(
        self,
        parent: Connection,
        files: Mapping[str, bytes],
        seconds: float,
        memory: int,
        total: float = math.inf,
    ) -> None:
        self._parent = parent
        self.given = files
        self._seconds = seconds
        self._memory = memory
        self._total = total
        self._restarts = 0
        self._before = 0.0  # seconds of CPU of processes that ended
        self._now = 0.0  # and of this one, when it was last looked at
        self._cells: list[str] = []
        self._student: Student | None = None
        self.now = Clock(self._times).now
        self._end = self.now() + total
        self._channel: Channel
        self._spare: socket.socket | None = None  # to the copy, for the next test
        self._begin()

    def run(self, source: str) -> tuple[str, int, bool]:
        """Run a cell; return its outputs as JSON, its execution count, and whether it went well.

        Raises
        ------
        CellFailed
            The cell was stopped, or the process ended.
        """
        if self.now() > self._end:
            raise CellFailed(
                "NotebookTimeoutError", f"the notebook took more than {self._total:g} seconds"
            )
        if self._student is None:
            raise CellFailed("NotRun", "too many cells before this one ended the process")
        try:
            text, count, fine = self._attempt(source)
        except CellFailed as failure:
            if failure.ended:
                self._restart()
            else:
                self._cells.append(source)
            raise
        self._cells.append(source)
        return text, count, fine

    def cpu_seconds(self) -> float:
        """Return how many seconds of CPU the student's processes took so far.

        What a process took in the cell that ended it is not known.
        """
        if self._student is not None:
            self._now = max(self._now, self._student.cpu_seconds())
        return self._before + self._now

    @contextlib.contextmanager
    def copy(self, twice: bool = False) -> Iterator[StudentVariables | None]:
        """Give the student's variables as they are now; what is done to them is forgotten.

        Parameters
        ----------
        twice : bool
            The next copy may be this one, unless the test changes variables or ends the process.
            What the functions that it called keep between calls is kept then.
        """
        spare, self._spare = self._spare, None
        variables = self._fork(2 if twice else 1) if spare is None else self._variables(spare)
        try:
            yield variables
        finally:
            if variables is not None:
                variables.channel.close()
                if not (self._spare and variables.as_before):
                    self._drop()  # it may go on computing though nobody listens

    def files(self) -> dict[str, bytes]:
        """Return the files that the notebook wrote, as far as their names are fit for a folder."""
        found: dict[str, bytes] = {}
        try:
            if self._student is not None:
                left = MAX_FILE_BYTES
                for name, content in self._ask(["files"], self.now() + _GRACE)[:MAX_FILES]:
                    if _is_fit(name) and isinstance(content, bytes) and len(content) <= left:
                        found[name] = content
                        left -= len(content)
        except (ChannelTimeout, ChannelClosed, WireError, CellFailed, TypeError, ValueError):
            return found  # the grades are worth more than what else the notebook wrote
        return found

    def close(self) -> None:
        """End the process and all that it started."""
        self._close_spare()
        if self._student is not None:
            self._before, self._now = self.cpu_seconds(), 0.0
            self._channel.close()
            self._student.kill()
            self._student = None

    def _begin(self) -> None:
        self._student = self._parent.student()
        self._channel = Channel(self._student.channel, self._watch_memory, self.now)
        for name, content in self.given.items():
            self._ask(["put", name, content], self.now() + self._seconds)

    def _attempt(self, source: str) -> Any:
        """Run a cell; interrupt it if it takes too long."""
        assert self._student is not None
        try:
            return self._ask(["cell", source], min(self.now() + self._seconds, self._end))
        except ChannelTimeout:
            failure = CellFailed("CellTimeoutError", f"stopped after {self._seconds:g} seconds")
            with contextlib.suppress(ChannelTimeout, ChannelClosed, WireError):
                self._student.interrupt()
                self._answer(self.now() + _GRACE)
                failure.ended = False
        except ChannelClosed:
            failure = CellFailed("ProcessEnded", "this cell ended the process, so it was left out")
        except WireError:
            failure = CellFailed("ProcessEnded", "what came from the process could not be read")
        raise failure

    def _restart(self) -> None:
        """Begin anew and run the cells again; one that now ends the process is left out, too."""
        self.close()
        while self._student is None and self._restarts < MAX_RESTARTS and self.now() < self._end:
            self._restarts += 1
            cell = len(self._cells)
            try:
                self._begin()
                for cell, source in enumerate(self._cells):  # noqa: B007
                    self._again(source)
            except CellFailed:
                self.close()
                del self._cells[cell : cell + 1]
            except (ChannelTimeout, ChannelClosed, WireError):
                self.close()

    def _again(self, source: str) -> None:
        try:
            self._attempt(source)
        except CellFailed as failure:
            if failure.ended:
                raise

    def _ask(self, message: list[Any], until: float) -> Any:
        self._channel.send(message, until=until)
        return self._answer(until)

    def _answer(self, until: float) -> Any:
        return self._channel.receive(until)[0]

    def _fork(self, tests: int) -> StudentVariables | None:
        if self._student is None:
            return None
        pairs = [socket.socketpair() for _ in range(tests)]
        until = self.now() + _GRACE
        try:
            self._ask(["copy"], until)
            theirs = [theirs.fileno() for _, theirs in pairs]
            socket.send_fds(self._channel.socket, [b"F"], theirs)
            self._copy = self._answer(until)
        except (ChannelTimeout, ChannelClosed, WireError, CellFailed, OSError):
            for mine, _ in pairs:
                mine.close()
            self._restart()
            return self._fork(tests)
        finally:
            for _, end in pairs:
                end.close()
        (first, _), *spare = pairs
        self._spare = spare[0][0] if spare else None
        return self._variables(first)

    def _variables(self, copy: socket.socket) -> StudentVariables:
        left = max(self._end - self.now(), LEAST_SECONDS)
        return StudentVariables(
            Channel(copy, self._watch_memory, self.now), min(self._seconds, left)
        )

    def _drop(self) -> None:
        """Kill a copy that does not answer any more."""
        self._close_spare()
        try:
            self._ask(["drop", self._copy], self.now() + _GRACE)
        except (ChannelTimeout, ChannelClosed, WireError, CellFailed):
            self._restart()

    def _close_spare(self) -> None:
        if self._spare is not None:
            self._spare.close()
            self._spare = None

    def _times(self) -> dict[int, tuple[float, float]]:
        return self._student.times() if self._student is not None else {}

    def _watch_memory(self) -> None:
        if self._student is not None and self._student.exceeds(self._memory):
            self._student.kill()
            size = f"{self._memory / 2**30:.1f} GB"
            raise CellFailed("MemoryError", f"stopped: more than {size} of memory")


def submission_files(folder: Path, notebook: str, most: int = 50 * 2**20) -> dict[str, bytes]:
    """Return the files of a submission beside its notebook; links are not followed."""
    found: dict[str, bytes] = {}
    own = {notebook, Path(notebook).with_suffix(".html").name if notebook else ""}
    for place, folders, names in os.walk(folder):
        # In one order: that in which they were made could spell answers.
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            relative = path.relative_to(folder).as_posix()
            if path.is_symlink() or not path.is_file() or relative in own:
                continue
            most -= path.stat().st_size
            if most >= 0 and _is_fit(relative):
                found[relative] = path.read_bytes()
    return found


def _is_fit(name: Any) -> bool:
    """Return whether a name may become a file below a submission's folder."""
    if not isinstance(name, str) or not name.isprintable() or "\\" in name or len(name) > 300:
        return False
    *folders, last = name.split("/")
    # Where nbgrader writes a notebook or a page there must be no folder.
    if any(folder.endswith((".ipynb", ".html")) for folder in folders):
        return False
    parts = [*folders, last]
    return len(parts) <= 8 and not any(p in ("", ".", "..") or p[0] == "." for p in parts)
