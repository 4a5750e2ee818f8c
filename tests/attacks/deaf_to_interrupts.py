"""A cell that takes no interrupt and never ends.

Gain: the grader waits.
"""

CELLS = {
    "start": """
import signal, time
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):
    signal.signal(number, signal.SIG_IGN)
while True:
    try:
        time.sleep(1000)
    except BaseException:
        pass
"""
}
