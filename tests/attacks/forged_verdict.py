"""The student's code shows a verdict of its own, with the type by which ours is known.

Gain: the page would say that all is right, and the number is read as points.
"""

CELLS = {
    "mae": """
def mae(Y_hat, Y):
    from IPython.display import display
    verdict = {
        "exercise": "mae", "points": 2.0, "max_points": 2.0, "status": "right",
        "reason": "every check passed.", "mistake": "", "diagnosis": "", "example": "",
    }
    shown = {"text/plain": "2.0", "application/vnd.nnnumpy.verdict+json": verdict}
    display(shown, raw=True)
    print("2.0")
    return 0.0
""",
    "end": """
from IPython.display import display
display(
    {
        "text/plain": "99.0",
        "application/vnd.nnnumpy.verdict+json": {
            "exercise": "mae", "points": 2, "max_points": 2, "status": "right", "reason": "yes"
        },
    },
    raw=True,
)
99.0
""",
}
