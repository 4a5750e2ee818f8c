"""Which layers this machine has, found by putting them on."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from autograder.sandbox import jail, landlock, linux, namespaces
from autograder.sandbox.layers import Layer

CODE = Path(__file__).resolve().parent.parent.parent  # the folder that `autograder` lies in
SECONDS = 60


def python(code: str, *arguments: str) -> list[str]:
    """Return the command that runs trusted code with nothing of the user's about it."""
    found = f"import sys; sys.path.insert(0, {os.fspath(CODE)!r}); {code}"
    return [sys.executable, "-I", "-c", found, *arguments]


def missing_layers() -> dict[str, str]:
    """Return the layers that are not to be had here, each with the reason.

    They are tried in a process of their own, which they change for good.

    Returns
    -------
    dict
        Layer to reason; empty where students can be shut in fully.
    """
    told = subprocess.run(
        python("from autograder.sandbox.probe import tell; tell()"),
        capture_output=True, text=True, check=True, env={"PATH": os.defpath}, timeout=SECONDS,
    )  # fmt: skip
    missing: dict[str, str] = json.loads(told.stdout)
    return missing


def tell() -> None:
    """Put each layer on a process and print as JSON what failed."""
    print(json.dumps({layer: why for layer, attempt in TRIED.items() if (why := _try(attempt))}))


def _try(attempt: Callable[[], None]) -> str:
    """Return why an attempt fails in a copy of this process; the empty string if it does not."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            attempt()
        except (OSError, ImportError, RuntimeError) as error:
            os.write(theirs, (str(error) or repr(error)).encode())
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        why = pipe.read()
    os.waitpid(pid, 0)
    return why


def _namespaces() -> None:
    folders = jail.readable()
    namespaces.enter()
    jail.close(jail.enter(folders, []), jail.HOME)


def _landlock() -> None:
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    landlock.restrict([Path("/")], [], [])


def _seccomp() -> None:
    from autograder.sandbox import seccomp  # noqa: PLC0415, without libseccomp it can't be imported

    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    seccomp.build()()


TRIED = {Layer.NAMESPACES: _namespaces, Layer.LANDLOCK: _landlock, Layer.SECCOMP: _seccomp}
