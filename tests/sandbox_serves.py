"""What the warm parent and the students of test_sandbox run."""

import json
import socket
import threading
import time
from pathlib import Path
from typing import Any


def prepare() -> None:
    """Import what students use."""
    import matplotlib.pyplot  # noqa: F401
    import sklearn.linear_model  # noqa: F401


def prepare_nothing() -> None:
    """Start as fast as can be."""


def prepare_a_thread() -> None:
    """Break the promise that one thread runs."""
    threading.Thread(target=time.sleep, args=(1000,), name="straggler", daemon=True).start()


def prepare_secrets() -> None:
    """Break the promise that the warm parent knows no solution."""
    import autograder.exercises  # noqa: F401


def prepare_wrongly() -> None:
    """Fail."""
    raise FileNotFoundError("no such thing")


def serve(channel: socket.socket, work: Path) -> None:
    """Run each line of code that comes and answer with what it calls ``answer``."""
    with channel.makefile("rwb") as stream:
        for line in stream:
            names: dict[str, Any] = {"work": work, "channel": channel}
            try:
                exec(json.loads(line), names)
                said = ["answer", names.get("answer")]
            except BaseException as error:
                said = [type(error).__name__, str(error)]
            stream.write(json.dumps(said, default=repr).encode() + b"\n")
            stream.flush()
