"""The notebook opens the gradebook, and prints students and grades.

Gain: what others earned.
"""

CELLS = {
    "start": """
import sqlite3
from pathlib import Path

for above in [Path.cwd(), *Path.cwd().parents][:8]:
    if Path(above, "gradebook.db").exists():
        book = sqlite3.connect(f"file:{above}/gradebook.db?mode=ro", uri=True)
        print(book.execute("select * from student").fetchall())
"""
}
