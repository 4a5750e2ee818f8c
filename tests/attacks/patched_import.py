"""`__import__` hands out a grader of the student's own.

Gain: the hidden test imports the grader.
"""

CELLS = {
    "start": """
import builtins, types

real = builtins.__import__

def fake(name, *args, **kwargs):
    if name.startswith("autograder"):
        return types.SimpleNamespace(grade=lambda *_: 'full marks')
    return real(name, *args, **kwargs)

builtins.__import__ = fake
"""
}
