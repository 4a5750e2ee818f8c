"""More output than anyone can keep: text, pictures, messages, an endless repr.

Gain: the grader runs out of memory, or writes a page that no browser opens.
"""

CELLS = {
    "start": """
import sys
from IPython.display import display

for _ in range(200):
    print("x" * 100_000)
    sys.stderr.write("y" * 10_000)
for _ in range(1_000):
    display({"text/html": "<b>x</b>" * 1000, "text/plain": "x"}, raw=True)
""",
    "mae": """
def mae(Y_hat, Y):
    for _ in range(100):
        print("z" * 100_000)
    raise ValueError("w" * 1_000_000)
""",
    "end": "'v' * 20_000_000",
}
