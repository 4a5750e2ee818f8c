"""The function changes its arguments so that a wrong answer is right for them.

Gain: where the test computes what it expects from the changed arguments.
"""

CELLS = {
    "mae": """
def mae(Y_hat, Y):
    Y_hat[...] = Y
    return 0.0
""",
    "linear_predict": """
def linear_predict(X, W, b):
    X[...] = 0
    W[...] = 0
    b[...] = 0
    return np.zeros((len(X), W.shape[1]))
""",
    "normal_equation": """
def normal_equation(X, Y):
    X[...] = 0
    Y[...] = 0
    return np.zeros((X.shape[1], Y.shape[1])), np.zeros(Y.shape[1])
""",
}
