"""`In` and `Out` hold the cells that were run, the hidden tests among them.

Gain: the text of the hidden tests, on the student's page.
"""

CELLS = {
    "mae": """
def mae(Y_hat, Y):
    print(In[-3:], _ih[-1], Out)
    raise ValueError(str(get_ipython().history_manager.input_hist_raw[-2:]))
""",
    "end": """
for cell in In:
    print(cell)
print(list(get_ipython().history_manager.get_range(output=True)), Out)
%history -g
""",
}
