"""Show progress: one line that renews itself in a terminal, a few lines in a log."""

import sys
from dataclasses import dataclass


@dataclass
class Progress:
    """Progress of one step.

    Attributes
    ----------
    title : str
        What is being done.
    """

    title: str

    def __call__(self, done: int, total: int, name: str) -> None:
        """Say that ``done`` of ``total`` are done and that ``name`` is next."""
        finished = done == total
        if sys.stderr.isatty():
            bar = "█" * round(24 * done / total)
            text = f"\r\033[K{self.title} {bar:░<24} {done}/{total} {name}"
            sys.stderr.write(f"{text}\n" if finished else text)
        elif finished or done % 6 == 0:
            sys.stderr.write(f"{self.title} {done}/{total}\n")
        sys.stderr.flush()
