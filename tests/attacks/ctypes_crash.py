"""The notebook reads memory that is not there, in a cell and in a function that is graded.

Gain: the process that runs the notebook ends, and the tests of exercises with it.
"""

CELLS = {
    "start": "import ctypes\nctypes.string_at(0)\n",
    "mae": "import ctypes\n\ndef mae(Y_hat, Y):\n    ctypes.memset(1, 0, 100)\n",
}
