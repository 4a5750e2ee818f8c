"""`SystemExit` and `KeyboardInterrupt` in a cell, and in functions that are graded.

Gain: they are no exceptions of the kind that a test catches.
"""

CELLS = {
    "start": "raise SystemExit(0)\n",
    "mae": "def mae(Y_hat, Y):\n    raise SystemExit(0)\n",
    "linear_predict": "def linear_predict(X, W, b):\n    raise KeyboardInterrupt\n",
    "end": "quit()\nexit()\n",
}
