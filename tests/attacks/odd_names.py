"""Types, functions and errors whose names are markup, commands or very long.

Gain: the names are written into verdicts, pages and the teacher's terminal.
"""

CELLS = {
    "mae": """
def mae(Y_hat, Y):
    return type("<script id='attack'>" + "x" * 100_000, (), {})()
""",
    "linear_predict": """
def linear_predict(X, W, b):
    raise type("`</code><script id='attack'>`\\x1b[2J\\r30", (ValueError,), {"__module__": "numpy"})
""",
    "normal_equation": """
normal_equation = type("float", (), {"__call__": lambda *_, **__: True})()
""",
    "linear_gradients": """
def linear_gradients(X, Y, W, b):
    import warnings
    warnings.warn("overflow encountered in </p><script id='attack'>", RuntimeWarning)
    raise ValueError("\\x1b[2J\\x1b[H all points \\r\\n\\u202e")
""",
}
