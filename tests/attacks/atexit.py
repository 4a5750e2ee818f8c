"""Functions that run when the process ends, or an object is taken away.

Gain: what runs last has the last word.
"""

CELLS = {
    "start": """
import atexit, os, signal, time, weakref

def last(*_):
    try:
        with open(os.path.expanduser("~/.profile"), "a") as file:
            file.write("# last\\n")
    except OSError:
        pass
    print("2.0")

atexit.register(last)
class Late:
    __del__ = last

late = Late()
weakref.finalize(late, last)
signal.signal(signal.SIGTERM, last)
signal.signal(signal.SIGHUP, last)
"""
}
