"""What a warm shell leaves behind for the students that are forked from it."""

import subprocess
import sys

import pytest

CODE = """
import os
from autograder.student.shell import warm_shell
warm_shell()
for number in os.listdir("/proc/self/fd"):
    try:
        print(os.readlink(f"/proc/self/fd/{number}"))
    except FileNotFoundError:
        pass
"""


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what is open")
def test_no_font_stays_open():
    """A student has none of the warm parent's descriptors, and fonts are read bit by bit."""
    run = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert "null" in run.stdout
    assert ".ttf" not in run.stdout
