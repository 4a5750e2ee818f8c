"""What the grader and the warm parent say to each other: bytes, with descriptors beside them."""

import json
import os
import struct
from dataclasses import asdict, dataclass
from typing import Any

from autograder.sandbox.limits import Limits

# A connection asks for a student (with the student's channel and lifeline), for another connection
# (with its socket), or for the end of everything.
STUDENT, CONNECT, QUIT = b"s", b"c", b"q"

# On a student's lifeline the parent says that it was forked (with a pidfd, on Linux), and at the
# end its status. The grader asks for an interrupt; closing its direction asks for the end.
FORKED, INTERRUPT = b"f", b"i"
STATUS = struct.Struct("!i")

# The exit status of a student that could not be shut in, and of one that trusted code let fail.
NOT_SHUT_IN, FAILED = 120, 121


@dataclass(frozen=True)
class Asked:
    """What the grader asks of a new warm parent.

    Parameters
    ----------
    grader : int
        The grader's process, with which everything ends.
    control, report : int
        Descriptors: the first connection; where to say once that all is well, or what is not.
    prepare, serve : str
        ``module:function``.
    modules : list of str
        What is imported besides, where it is installed.
    code : list of str
        The folders that these modules and this package are imported from.
    layers : list of str
        The layers to put on.
    limits : Limits
        The limits of each student.
    """

    grader: int
    control: int
    report: int
    prepare: str
    serve: str
    modules: list[str]
    code: list[str]
    layers: list[str]
    limits: Limits

    def dump(self) -> str:
        """Return it as text."""
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> "Asked":
        """Return what ``dump`` wrote."""
        fields: dict[str, Any] = json.loads(text)
        return cls(**{**fields, "limits": Limits(**fields["limits"])})


def report(descriptor: int, kind: str, why: str = "") -> None:
    """Say how the start went: ``ready``, ``layer`` (one is missing) or ``error``."""
    os.write(descriptor, json.dumps([kind, why]).encode())
    os.close(descriptor)
