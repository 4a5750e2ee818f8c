"""The function counts its calls, and behaves where it thinks that it is looked at.

Gain: it is right in the visible test and wrong later, or knows which case is which.
"""

CELLS = {
    "mae": """
calls = []

def mae(Y_hat, Y):
    calls.append((np.array(Y_hat), np.array(Y)))
    seen = [r for a, b, r in getattr(mae, "answers", []) if np.array_equal(a, Y_hat)]
    mae.answers = getattr(mae, "answers", []) + [(np.array(Y_hat), np.array(Y), len(calls))]
    return float(seen[0] if seen else len(calls))
"""
}
