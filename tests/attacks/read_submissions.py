"""The notebook reads what others handed in.

Gain: their solutions.
"""

CELLS = {
    "start": """
from pathlib import Path

for above in [Path.cwd(), *Path.cwd().parents][:8]:
    for folder in ("submitted", "autograded"):
        for file in sorted(Path(above, folder).glob("*/*/*.ipynb")):
            for line in file.read_text(errors="replace").splitlines():
                if "canary" in line:
                    print(line)
"""
}
