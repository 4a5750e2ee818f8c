"""The file begins like a notebook and is nested without end.

Gain: a reader that follows it ends, and the grading of the class with it.
"""

REFUSED = "nested too deeply"


def place(folder):
    file = next(folder.glob("*.ipynb"))
    file.write_text('{"cells": ' + "[" * 200_000)
