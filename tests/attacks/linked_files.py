"""Links to the instructor's files lie beside the notebook, which prints what they hold.

Gain: the solutions and the gradebook, on the student's page.
"""

CELLS = {
    "end": """
from pathlib import Path
for name in ("data.txt", "book.txt", "folder/" + "hw02_linear_regression.ipynb"):
    try:
        print(Path(name).read_bytes().decode(errors="replace")[-400_000:])
    except OSError as error:
        print(type(error).__name__)
"""
}


def place(folder):
    name = folder.name
    folder.joinpath("data.txt").symlink_to(f"../../../source/{name}/{name}.ipynb")
    folder.joinpath("book.txt").symlink_to("../../../gradebook.db")
    folder.joinpath("folder").symlink_to(f"../../../source/{name}")
