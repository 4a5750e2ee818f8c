"""Show progress: one line that renews itself in a terminal, a few lines in a log."""

import sys
import time
from dataclasses import dataclass, field


@dataclass
class Progress:
    """Progress of one step.

    Attributes
    ----------
    title : str
        What is being done.
    """

    title: str
    _began: float = field(default_factory=time.monotonic)

    def __call__(self, done: int, total: int, name: str) -> None:
        """Say that ``done`` of ``total`` are done and that ``name`` is next."""
        finished = done == total
        if sys.stderr.isatty():
            bar = "█" * round(24 * done / total)
            left = f", {self._left(done, total)} left" if 0 < done < total else ""
            text = f"\r\033[K{self.title} {bar:░<24} {done}/{total}{left} {name}"
            sys.stderr.write(f"{text}\n" if finished else text)
        elif finished or done % 6 == 0:
            sys.stderr.write(f"{self.title} {done}/{total}\n")
        sys.stderr.flush()

    def _left(self, done: int, total: int) -> str:
        seconds = round((time.monotonic() - self._began) * (total - done) / done)
        return f"{seconds // 60} min {seconds % 60} s" if seconds >= 60 else f"{seconds} s"
