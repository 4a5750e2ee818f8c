"""Does the verdict of visible tests hang on the random numbers that they draw?

``python benchmarks/luck.py [homework …]`` runs the visible tests of each exercise on all known
mistakes and variants, each with 100 states of the notebook's generator (``--states N``), and prints
the versions that pass with some and fail with others, and the variants that fail. It ends with
status 1 if there are any. A homework takes a few minutes.
"""

import argparse
import collections
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from notebook_runs import visible_tests  # noqa: E402

from autograder.exercises import HOMEWORKS  # noqa: E402
from autograder.progress import Progress  # noqa: E402

# Its folds come from a generator of its own, which now and then deals out the same ones again.
UNSEEDED = ("fresh_generator", "global_random_state")


def luck(homework: str, states: int) -> int:
    """Print and return how many versions pass or fail by what is drawn."""
    notebook = nbformat.read(ROOT / "source" / homework / f"{homework}.ipynb", as_version=4)
    progress, exercises, lucky = Progress(homework), HOMEWORKS[homework], 0
    for done, tests in enumerate(visible_tests(notebook)):
        progress(done, len(exercises), tests.name)
        exercise = exercises[tests.name]
        for version in [*exercise.mistakes, *exercise.variants] if tests.draws else ():
            raised = tests.outcomes(version.source(tests.name), states)
            failed = [error for error in raised if error is not None]
            same = len(failed) in (0, states) and not (failed and version in exercise.variants)
            if not same and version.name not in UNSEEDED:
                lucky += 1
                said = collections.Counter(str(error).splitlines()[0] for error in failed)
                print(f"\n{homework} {tests.name} {version.name}: fails {len(failed)} of {states}")
                print(f"  {said.most_common(1)[0][0]}")
    progress(len(exercises), len(exercises), "")
    return lucky


def main() -> int:
    """Look at all given homeworks, or at all there are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("homework", nargs="*", default=HOMEWORKS)
    parser.add_argument("--states", type=int, default=100, metavar="N")
    options = parser.parse_args()
    found = sum(luck(name, options.states) for name in options.homework)
    print(f"{found} versions pass or fail by what is drawn")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
