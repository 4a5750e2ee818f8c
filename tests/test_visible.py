"""The verdict of visible tests does not hang on the random numbers that they happen to draw.

``benchmarks/luck.py`` looks at all known mistakes and variants, too, which takes minutes.
"""

import nbformat
import pytest
from notebook_runs import visible_tests

from autograder.exercises import HOMEWORKS

STATES = 100  # of the generator; a student who runs cells again is in another one each time


@pytest.mark.parametrize("homework", HOMEWORKS)
def test_visible_tests_accept_the_solution_whatever_they_draw(root, homework):
    notebook = nbformat.read(root / "source" / homework / f"{homework}.ipynb", as_version=4)
    solutions = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    seen = 0
    for tests in visible_tests(notebook):
        seen += 1
        states = STATES if tests.draws else 1
        refused = [e for e in tests.outcomes(solutions[tests.name].source, states) if e]
        assert not refused, f"{tests.name}: {len(refused)} of {states} times, as {refused[0]}"
    assert seen == len(HOMEWORKS[homework])
