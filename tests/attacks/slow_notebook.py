"""A notebook that is slow to read: its lines are commands, and IPython reads a cell again for each.

Gain: the others wait.
"""

from nbformat.v4 import new_code_cell

NOT_ON_STOCK = "each of its cells runs until its time is over: it would take minutes"


def edit(notebook):
    slow = "\n".join(f"a{number} = %x" for number in range(1_500))
    notebook.cells += [new_code_cell(slow) for _ in range(20)]
