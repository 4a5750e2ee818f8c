"""A clock for limits of time that a busy machine does not shorten."""

import time
from collections.abc import Callable, Mapping

from autograder.sandbox import processes

_TICK = 0.05  # seconds; to look costs a tenth of a millisecond
SLOWEST = 0.1  # of the speed of the clock on the wall


class Clock:
    """The seconds that passed for a student's processes.

    It all but stands still while they, or the grader that they wait for, could compute but other
    programs have the cores. It runs while they sleep, and with several of them at work as fast as
    their computing time grows. Where the system does not tell how long a process waited for a core
    it is the clock on the wall.

    A student's own processes may be what keeps the others waiting, and not all that they compute
    is seen: some live for a moment. So it never runs slower than `SLOWEST`.

    Parameters
    ----------
    times : callable
        Returns the seconds for which each process computed, as did its children that ended, and
        for which it waited for a core, by its number.
    """

    def __init__(self, times: Callable[[], Mapping[int, tuple[float, float]]]) -> None:
        self._times = times
        first = dict(times())
        self._state = (0.0, time.monotonic(), processes.waited(), first, _computed(first))

    def now(self) -> float:
        """Return the seconds since the clock was made."""
        passed, looked, waited, before, most = self._state
        at = time.monotonic()
        if at - looked < _TICK:
            return passed
        mine, after = processes.waited(), dict(self._times())
        if before.keys().isdisjoint(after):  # it began anew
            most = 0.0
        # A child that ends while we look is in neither place: its parent has it at the next look.
        computed = _computed(after) - most
        lost = mine - waited
        for process, (_, wait) in after.items():
            lost += wait - before.get(process, (0.0, 0.0))[1]
        passed += max(at - looked - lost, computed, SLOWEST * (at - looked))
        # At once: a test's alarm may ring in the middle, and look at the clock too.
        self._state = (passed, at, mine, after, most + max(computed, 0.0))
        return passed


def _computed(times: Mapping[int, tuple[float, float]]) -> float:
    return sum(work for work, _ in times.values())
