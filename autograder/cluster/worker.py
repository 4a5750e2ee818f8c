"""What runs in a worker: it sees to a process beside it that grades.

A worker computes in threads. A grader needs a process of its own: it stops a test by a signal and
bounds its memory, and at the end nothing of it may be left.
"""

import contextlib
import pickle
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from multiprocessing.connection import Connection

from distributed import get_worker

from autograder.classroom.environment import differences, environment
from autograder.classroom.pool import WorkerDied

ENDING_SECONDS = 10
_BOOT = "import sys; sys.path[:] = {!r}; from autograder.cluster.process import main; main()"

_stations: dict[tuple[str, int], "Station"] = {}
_over: set[str] = set()


class NotHereError(LookupError):
    """The worker knows nothing of this grading: it was started anew."""


def join(grading: str, seat: int, wanted: Mapping[str, str], kit: bytes, seconds: float) -> str:
    """Make this worker ready to grade; return what keeps it from that, or nothing.

    Parameters
    ----------
    grading : str
        Which run of the command it is for.
    seat : int
        Which of the submissions that the worker grades at a time.
    wanted : mapping of str to str
        The environment of who gives the work.
    kit : bytes
        A pickled `Kit`, looked at only if the environments agree.
    seconds : float
        How long a submission may hold its grader up.
    """
    if problem := differences(wanted, environment()):
        return problem
    if before := _stations.pop((grading, seat), None):
        before.end()
    station = _stations[grading, seat] = Station(kit, seconds, get_worker().local_directory)
    problem = station.begin()
    if problem or grading in _over:
        station.end()
        _stations.pop((grading, seat), None)
    return problem


def grade(grading: str, seat: int, parcel: bytes) -> bytes:
    """Grade a pickled `Parcel`; return another, or a `WorkerDied`, pickled.

    Raises
    ------
    NotHereError
        This worker has not joined.
    """
    if (grading, seat) not in _stations:
        raise NotHereError("the worker was started anew")
    return _stations[grading, seat].grade(parcel)


def leave(grading: str) -> None:
    """End all that grades for a run of the command, also in the middle of its work."""
    _over.add(grading)
    for key in [key for key in _stations if key[0] == grading]:
        _stations.pop(key).end()


class Station:
    """A process that grades beside a worker.

    Parameters
    ----------
    kit : bytes
    seconds : float
    folder : str
        Where its temporary folder is made; Dask clears it up after a worker that was killed.
    """

    def __init__(self, kit: bytes, seconds: float, folder: str) -> None:
        self._kit = kit
        self._seconds = min(seconds, 1e6)
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> str:
        """Start; return what is wrong, or nothing."""
        self._place = tempfile.mkdtemp(prefix="grading-", dir=self._folder)
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BOOT.format(sys.path), self._place, f"{theirs.fileno()}"],
                stdin=subprocess.PIPE, pass_fds=[theirs.fileno()], start_new_session=True,
            )  # fmt: skip
        self._connection = Connection(ours.detach())
        try:
            self._connection.send_bytes(self._kit)
            return self._connection.recv_bytes().decode()
        except (EOFError, OSError):
            return f"its grader ended with status {self.end()} before it began"

    def grade(self, parcel: bytes) -> bytes:
        """Grade a submission; begin again if the process has left, or died before."""
        if self._process is None or self._process.poll() is not None:
            self.end()
            if problem := self.begin():
                return pickle.dumps(WorkerDied(problem))
        with contextlib.suppress(EOFError, OSError):
            self._connection.send_bytes(parcel)
            if self._connection.poll(self._seconds):
                return self._connection.recv_bytes()
        status = self.end()
        return pickle.dumps(WorkerDied(f"the process that graded it ended with status {status}"))

    def end(self) -> int | None:
        """End the process and what it started, and remove its files; return its status."""
        process, self._process = self._process, None
        if process is None:
            return None
        assert process.stdin is not None
        process.stdin.close()  # it cleans up and ends
        try:
            process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._connection.close()
        shutil.rmtree(self._place, ignore_errors=True)
        return process.returncode
