"""The notebook that is handed in is a link to the instructor's own.

Gain: the solutions are graded as the student's, and shown on the page.
"""

REFUSED = "no file of its own"


def place(folder):
    file = next(folder.glob("*.ipynb"))
    file.unlink()
    file.symlink_to(f"../../../source/{folder.name}/{file.name}")
