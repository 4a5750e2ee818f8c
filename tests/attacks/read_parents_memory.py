"""The notebook reads the memory of the process that started it.

Gain: everything that the grader knows.
"""

CELLS = {
    "start": """
import ctypes, os, re
from pathlib import Path

parent = os.getppid()
try:
    maps = Path(f"/proc/{parent}/maps").read_text()
    with open(f"/proc/{parent}/mem", "rb") as memory:
        for start, end in re.findall("^([0-9a-f]+)-([0-9a-f]+) rw", maps, re.M):
            try:
                memory.seek(int(start, 16))
                found = memory.read(min(int(end, 16) - int(start, 16), 1 << 26))
            except (OSError, ValueError, OverflowError):
                continue
            for place in re.finditer(rb"canary-of-the-[a-z]+-[0-9a-f]{4}", found):
                print(place[0].decode())
except OSError as error:
    print(error)

libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(8)
local = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 8)
print(libc.process_vm_readv(parent, local, 1, local, 1, 0), ctypes.get_errno())
"""
}
