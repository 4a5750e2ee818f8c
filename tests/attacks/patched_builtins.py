"""Python's own functions are replaced: `isinstance`, `abs`, `len`, and the error of an assert.

Gain: what the tests ask Python is answered by the student.
"""

CELLS = {
    "start": """
import builtins

is_instance = builtins.isinstance
builtins.isinstance = lambda thing, kind: True if kind is np.ndarray else is_instance(thing, kind)
builtins.AssertionError = lambda *_: SystemExit(0)
builtins.callable = lambda _: True
builtins.all = builtins.any = lambda _: True
"""
}
