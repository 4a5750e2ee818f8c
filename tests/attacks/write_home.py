"""The notebook writes into the home folder: shell profiles, IPython's startup files.

Gain: code that runs when the teacher next opens a terminal or a notebook.
"""

CELLS = {
    "start": """
import os
from pathlib import Path

for home in {Path.home(), Path(os.environ["HOME"])}:
    for name in (".profile", ".bashrc", ".ipython/profile_default/startup/mine.py"):
        try:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            with open(home / name, "a") as file:
                file.write("# here I was\\n")
        except OSError as error:
            print(error)
"""
}
