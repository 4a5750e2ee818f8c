"""The notebook opens connections: to listen, to send, to others on the machine.

Gain: hidden tests leave the machine, and orders come in.
"""

CELLS = {
    "start": """
import socket

for family, address in (
    (socket.AF_INET, ("127.0.0.1", 0)), (socket.AF_INET6, ("::1", 0)), (socket.AF_UNIX, "\\0mine")
):
    try:
        listener = socket.socket(family)
        listener.bind(address)
        listener.listen()
        print("REA" + "CHED", "a network")
    except OSError as error:
        print(error)
"""
}
