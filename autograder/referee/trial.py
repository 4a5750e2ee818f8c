"""The cases that one seed gives, and what the known versions do on them."""

from functools import cached_property
from typing import Any

import numpy as np

from autograder.exercises.model import Case, Exercise, Part, Version
from autograder.referee.calls import Outcome, call


class Trial:
    """An exercise with the cases of one seed.

    What is known beforehand, the results of the reference and of the known mistakes, is computed
    when it is first asked for, and once, however many functions are judged.

    Parameters
    ----------
    exercise : Exercise
    seed : int

    Attributes
    ----------
    parts : list of (Part, list of Case)
        The hidden cases.
    """

    def __init__(self, exercise: Exercise, seed: int) -> None:
        hidden, self._public = np.random.default_rng(seed).spawn(2)
        self.exercise = exercise
        self.parts: list[tuple[Part, list[Case]]] = [
            (part, list(part.cases(hidden))) for part in exercise.parts
        ]
        # By the case's id: cases hold arrays, and live as long as this does.
        self._expected: dict[int, Any] = {}
        self._known: dict[tuple[str, int], Outcome] = {}
        self._functions: dict[str, Any] = {}

    @cached_property
    def examples(self) -> list[Case]:
        """The cases with readable numbers, the smallest first."""
        return list(self.exercise.examples(self._public))

    def expected(self, case: Case) -> Any:
        """Return what is observed of the reference."""
        if id(case) not in self._expected:
            self._expected[id(case)] = self.exercise.observe(self.exercise.solution, case)
        return self._expected[id(case)]

    def reference(self, case: Case) -> Outcome:
        """Return what a call of the reference does."""
        return self._outcome("", case)

    def mistake(self, mistake: Version, case: Case) -> Outcome:
        """Return what a call of a known mistake does."""
        return self._outcome(mistake.name, case, mistake)

    def _outcome(self, name: str, case: Case, version: Version | None = None) -> Outcome:
        key = name, id(case)
        if key not in self._known:
            if name not in self._functions:
                function = version.function if version else self.exercise.solution
                if version and version.made_anew:
                    # As the student's, which keeps something between calls perhaps.
                    for example in self.examples:
                        call(self.exercise, function, example)
                self._functions[name] = function
            self._known[key] = call(self.exercise, self._functions[name], case)
        return self._known[key]
