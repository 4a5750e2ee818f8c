"""Bound the memory of this process: what a student returns must not make it fill the machine."""

import contextlib
import resource
import sys
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def room_for(memory: int) -> Iterator[None]:
    """Let this process take so many more bytes; what needs more gets a MemoryError.

    Two small arrays that are broadcast against each other are one large array. Only Linux tells
    how much a process has; elsewhere nothing is bounded.
    """
    if sys.platform != "linux":
        yield
        return
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * resource.getpagesize() + memory
    bounds = [bound for bound in (soft, hard, wanted) if bound != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(bounds), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
