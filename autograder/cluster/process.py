"""The process beside a worker that grades, as a process of the local pool does."""

import contextlib
import os
import pickle
import shutil
import signal
import sys
import threading
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from autograder.classroom.submission import Homework, SubmissionGrader
from autograder.cluster.parcels import Kit, Parcel, read, write
from autograder.plugins.execute import PREPARE, SERVE
from autograder.plugins.nbgrader import quiet
from autograder.referee.hidden import SECRET
from autograder.sandbox.layers import IsolationError
from autograder.sandbox.warm import WarmParent, WarmParentError

IDLE_SECONDS = 60  # a command that was killed says no goodbye: its graders leave by themselves
LAST_SECONDS = 5  # to clean up in, before the worker would kill it


def main() -> None:
    """Grade what comes through the socket ``sys.argv[2]``, in the folder ``sys.argv[1]``."""
    place, connection = Path(sys.argv[1]), Connection(int(sys.argv[2]))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # the worker's shell may ignore it
    threading.Thread(target=_end_with_worker, daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt, EOFError, ConnectionError):
        try:
            _serve(place, connection)
        finally:
            shutil.rmtree(place, ignore_errors=True)


def _end_with_worker() -> None:
    """Interrupt this process once the worker is gone, or wants it to end."""
    sys.stdin.buffer.read()
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    threading.Event().wait(LAST_SECONDS)
    os._exit(1)


def _serve(place: Path, connection: Connection) -> None:
    kit: Kit = pickle.loads(connection.recv_bytes())
    os.environ[SECRET] = kit.secret
    homework = replace(kit.homework, root=place)
    write(place / "source" / homework.name, kit.files)
    try:
        parent = WarmParent(PREPARE, SERVE, kit.limits, kit.isolation, homework.modules)
    except (IsolationError, WarmParentError) as error:
        connection.send_bytes(str(error).encode())
        return
    with parent, quiet():
        grader = SubmissionGrader(homework, parent.connect())
        connection.send_bytes(b"")
        while connection.poll(IDLE_SECONDS):
            parcel: Parcel = pickle.loads(connection.recv_bytes())
            connection.send_bytes(pickle.dumps(_graded(grader, homework, parcel)))


def _graded(grader: SubmissionGrader, homework: Homework, parcel: Parcel) -> Parcel:
    """Lay a submission out as in a class folder, grade it there, and take it away again."""
    folders = homework.submitted(parcel.student), homework.graded(parcel.student)
    try:
        write(folders[0], parcel.files)
        graded = grader(parcel.student)
        files = read(graded.folder) if graded.folder else {}
        return Parcel(parcel.student, files, replace(graded, folder=None))
    finally:
        for folder in folders:
            shutil.rmtree(folder.parent, ignore_errors=True)
