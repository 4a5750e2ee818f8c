"""A cell keeps itself from the cores, by threads, and by processes that live for a moment.

Gain: while it waits no time passes for it, so the cell never ends, and the others wait.
"""

NOT_ON_STOCK = "it would take the machine from the others who use it, until the cell's time is over"

CELLS = {
    "end": """
import os, signal, threading, time

until = time.monotonic() + 30
os.sched_setaffinity(0, [max(os.sched_getaffinity(0))])
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # what the short ones compute is nobody's
if os.fork() == 0:
    while time.monotonic() < until:
        if os.fork() == 0:
            end = time.monotonic() + 0.02
            while time.monotonic() < end:
                pass
            os._exit(0)
        time.sleep(0.01)
    os._exit(0)
if os.fork() == 0:
    a = np.ones((300, 300))

    def compute():
        while time.monotonic() < until:
            a @ a

    for _ in range(40):
        threading.Thread(target=compute).start()
    time.sleep(60)
for _ in range(3):  # they wait
    if os.fork() == 0:
        break
while time.monotonic() < until:
    pass
"""
}
