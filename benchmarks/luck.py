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
            earned = {
                "visible": (1, [(float(error is None), str(error)) for error in raised]),
                "hidden": (exercise.points, [(v.points, v.reason) for v in verdicts]),
            }
            for kind, (full, outcomes) in earned.items():
                points = {point for point, _ in outcomes}
                if len(points) > 1 or (version in exercise.variants and points != {full}):
                    found += 1
                    _tell(f"{homework} {tests.name} {kind}: {version.name}", outcomes)
    progress(len(exercises), len(exercises), "")
    return found


def _tell(what: str, outcomes: Sequence[tuple[float, str]]) -> None:
    counted = collections.Counter(points for points, _ in outcomes)
    print(f"\n{what} earns", ", ".join(f"{n} times {points:g}" for points, n in counted.items()))
    print(f"  {min(outcomes)[1]}")


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
