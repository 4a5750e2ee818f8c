"""Measure the hidden tests by mechanical mutants of the reference functions.

This is an engine of our own, and not mutmut or cosmic-ray, because here a mutant is one function
that the hidden tests themselves judge in milliseconds, instead of a changed file that a whole test
run decides on.

A mutant is **killed** if it loses points for every seed. One that keeps all of its points for some
seed is a **survivor**: either the hidden tests are too weak, or it computes the same as the
reference, and then the exercise declares it in ``equivalent_mutants`` with the reason.

Not mutated, because hidden tests do not ask for it: docstrings, annotations, and the lines that
validate arguments, which are calls of ``autograder.reference.shapes`` and conditions that do
nothing but raise. The private helpers of its module that a function or class uses are mutated with
it. Public ones are not: most are graded functions, with mutants of their own.
"""

from autograder.mutants.measure import Fate, Report, Result, measure, measure_homework
from autograder.mutants.mutate import Mutant, mutants_of
from autograder.mutants.report import as_markdown, as_text, write_markdown

__all__ = [
    "Fate",
    "Mutant",
    "Report",
    "Result",
    "as_markdown",
    "as_text",
    "measure",
    "measure_homework",
    "mutants_of",
    "write_markdown",
]
