"""The functions of `numpy.testing` are replaced by ones that do nothing, in the module's own file.

Gain: a test that asserts with them can't fail.
"""

CELLS = {
    "start": """
import numpy.testing

for name in dir(numpy.testing):
    if name.startswith("assert"):
        setattr(numpy.testing, name, lambda *_, **__: None)
try:
    with open(numpy.testing.__file__, "a") as file:
        file.write("")
except OSError:
    pass
"""
}
