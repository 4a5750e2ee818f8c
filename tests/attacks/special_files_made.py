"""The notebook makes pipes, sockets, devices and odd names where its files are collected from.

Gain: whoever collects them waits, or writes to a device.
"""

CELLS = {
    "start": """
import os, stat
from pathlib import Path

os.mkfifo("pipe.txt")
for name, kind, device in (("disk", stat.S_IFBLK, (8, 0)), ("null", stat.S_IFCHR, (1, 3))):
    try:
        os.mknod(name, kind | 0o666, os.makedev(*device))
    except OSError as error:
        print(error)
for name in ("..\\\\x", "a\\nb", "\\x1b[2J", "x" * 250, "CON", "a.ipynb"):
    Path(name).write_text("x")
Path("hw02_linear_regression.html").mkdir(exist_ok=True)
deep = Path("d")
for _ in range(60):
    deep = deep / "d"
    deep.mkdir(parents=True, exist_ok=True)
"""
}
