"""The process stops itself with SIGSTOP, in a cell and in a function.

Gain: the grader waits for an answer.
"""

CELLS = {
    "start": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n",
    "mae": """
def mae(Y_hat, Y):
    import os, signal
    os.kill(os.getpid(), signal.SIGSTOP)
    os.kill(0, signal.SIGSTOP)
""",
}
