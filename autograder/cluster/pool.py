"""The command's side of a cluster: it deals submissions out, and takes their grades in."""

import contextlib
import importlib.util
import logging
import math
import os
import pickle
import shutil
import threading
import time
import uuid
import warnings
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from autograder.causes import in_a_line
from autograder.classroom.environment import environment
from autograder.classroom.pool import WorkerDied
from autograder.classroom.results import Result
from autograder.classroom.submission import Graded, Homework, close, digest, look_at
from autograder.cluster.parcels import Kit, Parcel, write
from autograder.referee.hidden import SECRET
from autograder.referee.session import submission_files
from autograder.sandbox.limits import Isolation, Limits

if TYPE_CHECKING:
    from distributed import Future

MOST_DEATHS = 2
LOOK_SECONDS = 1.0  # between two looks at which workers there are
CONNECT_SECONDS = 10
PATIENCE_SECONDS = 30  # for which there may be no worker that is fit
LEAVE_SECONDS = 30
_JOINING = ""


class ClusterError(RuntimeError):
    """The cluster can't be used; the message says why."""


class Seat(NamedTuple):
    """A worker's place for one submission at a time."""

    address: str
    number: int


class Cluster:
    """The workers of a Dask scheduler that grade one homework.

    A context manager; leaving it ends all that grades on the workers, also in the middle.

    Parameters
    ----------
    address : str
        The scheduler's, such as ``tcp://10.0.0.1:8786``.
    homework : Homework
    limits : Limits
    isolation : Isolation
    seconds : float
        How long a submission may hold its grader up.
    tell : callable
        Called with a line for each worker that gets no work.

    Raises
    ------
    ClusterError
        Dask is not installed, or no scheduler answers.
    """

    def __init__(
        self,
        address: str,
        homework: Homework,
        limits: Limits,
        isolation: Isolation,
        seconds: float,
        tell: Callable[[str], None],
    ) -> None:
        if importlib.util.find_spec("distributed") is None:
            raise ClusterError("--scheduler needs Dask: pip install distributed")
        self._address = address
        self._homework = homework
        self._seconds = seconds
        self._tell = tell
        self._kit = _packed(homework, limits, isolation)
        self._grading = uuid.uuid4().hex
        self._workers: frozenset[str] = frozenset()
        self._refused: dict[str, str] = {}
        self._free: list[Seat] = []
        self._busy: dict[Future, tuple[Seat, str]] = {}
        self._handed_in: dict[str, str] = {}
        self._looked = self._worked = -math.inf

    def __enter__(self) -> Self:
        from distributed import Client  # noqa: PLC0415, who grades on one machine need not have it

        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said in lines
        warnings.filterwarnings("ignore", module="distributed")
        try:
            self._client = Client(self._address, timeout=CONNECT_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            raise ClusterError(f"no scheduler answers at {self._address}: {error}") from None
        return self

    def __exit__(self, *_: object) -> None:
        # A scheduler that is gone would not answer, and Ctrl-C should not wait for it.
        leaving = threading.Thread(target=self._leave, daemon=True)
        leaving.start()
        leaving.join(LEAVE_SECONDS)

    def work(self, students: Iterable[str]) -> Iterator[tuple[str, Graded | WorkerDied]]:
        """Yield each student with the grades, in the order in which they are done.

        Raises
        ------
        ClusterError
            No worker is left, or the scheduler is gone.
        """
        waiting, deaths = deque(students), Counter[str]()
        self._worked = time.monotonic()
        while waiting or any(student for _, student in self._busy.values()):
            self._look_for_workers()
            while waiting and self._free:
                student = waiting.popleft()
                sent = self._packed(student)
                if isinstance(sent, Graded):
                    yield student, sent
                else:
                    self._send(self._free.pop(), student, "grade", sent)
            for seat, student, answer in self._answers():
                if student == _JOINING:
                    self._take_in(seat, answer)
                elif not isinstance(answer, WorkerDied):
                    yield student, self._unpacked(answer)
                else:
                    deaths[student] += 1
                    if deaths[student] < MOST_DEATHS:
                        waiting.append(student)
                    else:
                        yield student, WorkerDied(f"it ended {MOST_DEATHS} graders: {answer}")

    # Workers come and go

    def _look_for_workers(self) -> None:
        now = time.monotonic()
        if self._free or self._busy:
            self._worked = now
        if now - self._looked < LOOK_SECONDS:
            return
        if self._client.status != "running":
            raise ClusterError(f"the scheduler at {self._address} is gone; what was graded is kept")
        self._looked = now
        threads = self._client.nthreads()
        for address in threads.keys() - self._workers:
            for number in range(threads[address]):
                self._join(Seat(address, number))
        self._workers = frozenset(threads)
        self._free = [seat for seat in self._free if seat.address in self._workers]
        if now - self._worked > PATIENCE_SECONDS:
            why = "; ".join(f"{a}: {p}" for a, p in self._refused.items()) or "none is there"
            raise ClusterError(f"no worker of {self._address} can grade: {why}")

    def _join(self, seat: Seat) -> None:
        self._send(seat, _JOINING, "join", dict(environment()), self._kit, self._seconds)

    def _take_in(self, seat: Seat, answer: Any) -> None:
        if answer == "":
            self._free.append(seat)
        elif seat.address in self._workers and seat.address not in self._refused:
            self._refused[seat.address] = str(answer)
            self._tell(f"worker {seat.address} gets no work: {answer}")

    # What they are asked, and what they answer

    def _send(self, seat: Seat, student: str, what: str, *arguments: Any) -> None:
        from autograder.cluster import worker  # noqa: PLC0415, it imports Dask

        future = self._client.submit(
            getattr(worker, what), self._grading, seat.number, *arguments,
            workers=[seat.address], allow_other_workers=False, pure=False, retries=0,
        )  # fmt: skip
        self._busy[future] = seat, student

    def _answers(self) -> Iterator[tuple[Seat, str, Any]]:
        """Wait for a moment; yield what came, with a `WorkerDied` for what will not come."""
        from distributed import wait  # noqa: PLC0415

        with contextlib.suppress(TimeoutError):
            if self._busy:
                wait(list(self._busy), timeout=LOOK_SECONDS, return_when="FIRST_COMPLETED")
            else:
                time.sleep(LOOK_SECONDS)
        for future, (seat, student) in list(self._busy.items()):
            if not future.done() and seat.address in self._workers:
                continue
            del self._busy[future]
            answer = self._answer(future)
            future.release()
            if student != _JOINING and seat.address in self._workers:
                if isinstance(answer, WorkerDied):
                    self._join(seat)
                else:
                    self._free.append(seat)
            yield seat, student, answer

    def _answer(self, future: "Future") -> Any:
        if future.status == "error":
            return WorkerDied(in_a_line(future.exception()))
        if future.status != "finished":
            future.cancel()
            return WorkerDied("the worker that graded it ended")
        try:
            answer = future.result(timeout=CONNECT_SECONDS)
        except Exception as error:  # the worker ended before its answer was fetched
            return WorkerDied(in_a_line(error))
        return pickle.loads(answer) if isinstance(answer, bytes) else answer

    def _leave(self) -> None:
        from autograder.cluster import worker  # noqa: PLC0415

        with contextlib.suppress(Exception):  # of a scheduler or workers that are gone
            self._client.cancel(list(self._busy), force=True)
            self._client.run(worker.leave, self._grading, on_error="ignore")
        self._client.close(timeout=CONNECT_SECONDS)

    # Parcels

    def _packed(self, student: str) -> bytes | Graded:
        """Return a submission as bytes, or why there is none to be graded."""
        folder = self._homework.submitted(student)
        name = f"{self._homework.name}.ipynb"
        try:
            if problem := look_at(folder, self._homework.name):
                return Graded(Result(student, problem=problem))
            self._handed_in[student] = digest(folder)
            files = submission_files(folder, name) | {name: (folder / name).read_bytes()}
        except OSError as error:
            return Graded(Result(student, problem=in_a_line(error)))
        return pickle.dumps(Parcel(student, files))

    def _unpacked(self, parcel: Parcel) -> Graded:
        assert parcel.graded is not None
        if not parcel.files:
            return parcel.graded
        handed_in = self._handed_in.pop(parcel.student)
        folder = self._homework.waiting(parcel.student)
        try:
            shutil.rmtree(folder, ignore_errors=True)
            write(folder, parcel.files)
            close(folder)
        except OSError as error:
            return Graded(Result(parcel.student, problem=in_a_line(error)))
        # Not all that was handed in traveled.
        return replace(parcel.graded, folder=folder, submission=handed_in)


def _packed(homework: Homework, limits: Limits, isolation: Isolation) -> bytes:
    import cloudpickle  # noqa: PLC0415, comes with Dask

    config = homework.config.copy()
    config.CourseDirectory.pop("db_url", None)  # no worker needs it, and it may hold a password
    secret = os.environ.get(SECRET, "")
    kit = Kit(replace(homework, config=config), homework.given(), limits, isolation, secret)
    return bytes(cloudpickle.dumps(kit))
