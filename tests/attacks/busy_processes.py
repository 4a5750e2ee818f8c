"""Sixty processes that compute for as long as the notebook runs, with the highest priority.

Gain: the others' functions become too slow, and lose their points.
"""

NOT_ON_STOCK = "it would take the machine from the others who use it"

CELLS = {
    "start": """
import os, time

until = time.monotonic() + 5
for _ in range(60):
    try:
        if os.fork() == 0:
            try:
                os.setsid()
                os.nice(-20)
            except OSError:
                pass
            while time.monotonic() < until:
                pass
            os._exit(0)
    except OSError:
        break
time.sleep(2)
""",
}
