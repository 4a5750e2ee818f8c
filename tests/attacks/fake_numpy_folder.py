"""A folder `numpy` and a file `matplotlib.py` lie beside the notebook.

Gain: the NumPy of the tests would be the student's.
"""

_FAKE = """
class Yes(float):
    __eq__ = __ge__ = __le__ = lambda *_: True
    __getattr__ = __call__ = __getitem__ = lambda *_, **__: Yes()

def __getattr__(name):
    return Yes()
"""


def place(folder):
    folder.joinpath("numpy").mkdir()
    folder.joinpath("numpy", "__init__.py").write_text(_FAKE)
    for name in ("matplotlib.py", "pathlib.py", "random.py", "IPython.py", "msgpack.py"):
        folder.joinpath(name).write_text(_FAKE)
