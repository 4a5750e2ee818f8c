"""A function that never returns, and one that computes for ever.

Gain: the grader waits.
"""

CELLS = {
    "mae": "def mae(Y_hat, Y):\n    while True:\n        pass\n",
}
