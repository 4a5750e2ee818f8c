"""``python -m autograder.mutants [HOMEWORK …]``."""

import sys

from autograder.mutants.report import main

if __name__ == "__main__":
    sys.exit(main())
