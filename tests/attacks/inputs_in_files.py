"""The function writes what it is called with into files and shared memory; a later cell shows it.

Gain: the hidden inputs, on the student's page. That can be had: they were made for this submission
alone, and no other one is called with them.
"""

SHOWS_ITS_INPUTS = True

CELLS = {
    "start": """
import mmap
shared = mmap.mmap(-1, 1 << 20)
""",
    "mae": """
def mae(Y_hat, Y):
    text = repr(np.ravel(Y_hat).tolist())
    with open("seen.txt", "a") as file:
        file.write(text)
    shared.write(text.encode())
    return 0.0
""",
    "end": """
print(open("seen.txt").read())
print(shared[:].rstrip(b"\\0").decode())
""",
}
