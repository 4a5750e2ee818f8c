"""`os._exit` in a cell, and in functions that are graded.

Gain: the test that is running ends without an error.
"""

CELLS = {
    "start": "import os\nos._exit(0)\n",
    "mae": "import os\n\ndef mae(Y_hat, Y):\n    os._exit(0)\n",
    "linear_predict": "def linear_predict(X, W, b):\n    os.kill(os.getpid(), 9)\n",
}
