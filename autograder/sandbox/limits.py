"""What one student may use."""

from dataclasses import dataclass
from enum import StrEnum

GIB = 1 << 30
MIB = 1 << 20


class Isolation(StrEnum):
    """How a student is shut in."""

    FULL = "full"  # every layer, or none is graded
    REDUCED = "reduced"  # whatever layers this machine has


@dataclass(frozen=True)
class Limits:
    """The limits of one student; of one process where it says so.

    Parameters
    ----------
    memory : int
        Bytes: the address space of a process, and the resident memory of all processes of the
        student together. The kernel enforces the first; the grader polls the second.
    cpu_seconds : int
        Seconds of CPU after which the kernel kills a process.
    file_size : int
        Bytes of one file.
    work_size : int
        Bytes of all files together; they lie in memory.
    open_files : int
        Open files of a process.
    processes : int
        Processes and threads.

    Raises
    ------
    ValueError
        With less than 1 GiB of address space, NumPy hangs instead of failing.
    """

    memory: int = 2 * GIB
    cpu_seconds: int = 600
    file_size: int = 64 * MIB
    work_size: int = 128 * MIB
    open_files: int = 256
    processes: int = 64

    def __post_init__(self) -> None:
        if self.memory < GIB:
            raise ValueError("memory must be at least 1 GiB: with less, NumPy hangs")
