"""Does a verdict hang on luck: on what visible tests draw, or on which hidden inputs there are?

``python benchmarks/luck.py [homework …]`` runs the visible tests of each exercise on all known
mistakes and variants, with 100 states of the notebook's generator (``--states N``), and judges them
with the hidden inputs of 20 seeds (``--seeds N``). It prints each version that earns now more, now
less, and each variant that loses a point, and ends with status 1 if there are any. A homework takes
some minutes.
"""

import argparse
import collections
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from notebook_runs import visible_tests  # noqa: E402

from autograder.exercises import HOMEWORKS  # noqa: E402
from autograder.exercises.model import Version  # noqa: E402
from autograder.progress import Progress  # noqa: E402
from autograder.referee.judge import judge_in  # noqa: E402
from autograder.referee.trial import Trial  # noqa: E402

# Their draws come from elsewhere, which now and then gives the same ones again.
UNSEEDED = ("fresh_generator", "global_random_state")


def luck(homework: str, states: int, seeds: int) -> int:
    """Print and return how many verdicts hang on what is drawn."""
    notebook = nbformat.read(ROOT / "source" / homework / f"{homework}.ipynb", as_version=4)
    progress, exercises, found = Progress(homework), HOMEWORKS[homework], 0
    for done, tests in enumerate(visible_tests(notebook)):
        progress(done, len(exercises), tests.name)
        exercise = exercises[tests.name]
        trials = [Trial(exercise, seed) for seed in range(seeds)]
        for version in [*exercise.mistakes, *exercise.variants]:
            if version.name in UNSEEDED:
                continue
            raised = tests.outcomes(version.source(tests.name), states if tests.draws else 1)
            verdicts = [judge_in(trial, version.function) for trial in trials]
            right = version in exercise.variants
            for kind, full, points, reasons in (
                ("visible", 1, [float(error is None) for error in raised], map(str, raised)),
                (
                    "hidden",
                    exercise.points,
                    [v.points for v in verdicts],
                    [v.reason for v in verdicts],
                ),
            ):
                if len(set(points)) > 1 or (right and set(points) != {full}):
                    found += 1
                    _tell(f"{homework} {tests.name} {kind}", version, points, list(reasons))
    progress(len(exercises), len(exercises), "")
    return found


def _tell(where: str, version: Version, points: Sequence[float], reasons: Sequence[str]) -> None:
    counted = ", ".join(f"{n} times {p:g}" for p, n in collections.Counter(points).items())
    print(f"\n{where}: {version.name} earns {counted}")
    print(f"  {reasons[points.index(min(points))]}")


def main() -> int:
    """Look at all given homeworks, or at all there are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("homework", nargs="*", default=HOMEWORKS)
    parser.add_argument("--states", type=int, default=100, metavar="N")
    parser.add_argument("--seeds", type=int, default=20, metavar="N")
    options = parser.parse_args()
    found = sum(luck(name, options.states, options.seeds) for name in options.homework)
    print(f"{found} verdicts hang on what is drawn")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
