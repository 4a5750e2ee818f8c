"""Python's cache of source lines and `inspect` are asked for the code of the grader.

Gain: the reference solutions, to print them or to run them.
"""

CELLS = {
    "mae": """
def mae(Y_hat, Y):
    import inspect, linecache, sys
    for name, module in list(sys.modules.items()):
        if name.startswith("autograder"):
            print("".join(linecache.getlines(module.__file__)))
    from autograder.exercises import HOMEWORKS
    exercise = HOMEWORKS["hw02_linear_regression"]["mae"]
    print(inspect.getsource(exercise.reference))
    return exercise.reference(Y_hat, Y)
""",
    "start": """
import linecache
linecache.getlines = linecache.getline = lambda *_: ["pass\\n"]
""",
}
