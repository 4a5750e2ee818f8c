"""The notebook leaves a note for the next student in shared memory and temporary folders.

Gain: the first one who is graded tells the others what the hidden inputs are.
"""

CELLS = {
    "start": """
import tempfile
from pathlib import Path

folders = ["/dev/shm", "/tmp", "/var/tmp", "/run", tempfile.gettempdir(), "."]
notes = [Path(folder, "note-for-the-next.txt") for folder in folders]
for note in notes:
    if note.exists():
        print("REA" + "CHED", note.read_text())
for note in notes:
    try:
        note.write_text("from one student to another")
    except OSError as error:
        print(error)
try:
    from multiprocessing import shared_memory
    block = shared_memory.SharedMemory("note_for_the_next", create=True, size=4096)
except (ImportError, OSError) as error:
    print(error)
"""
}
AGAIN = CELLS
