"""A pipe that nobody writes to lies beside the notebook, and names that are hard to copy.

Gain: a grader that opens it waits for ever; the class is not graded.
"""

import os


def place(folder):
    os.mkfifo(folder / "data.csv")
    folder.joinpath("x" * 200 + ".txt").write_text("x")
    folder.joinpath("-rf *").write_text("x")
    folder.joinpath("solution.ipynb").mkdir()
    folder.joinpath("ada 30 of 30\r\n\x1b[2J.txt").write_text("x")
