"""The launcher: it makes the namespaces, starts the warm parent in them, and then only waits.

The warm parent is the first process of a process namespace: with it the kernel ends all students.
It ends with the launcher, and the launcher ends with the grader, however that ends.
"""

import os
import select
import signal
import sys

from autograder.sandbox import linux, namespaces
from autograder.sandbox.confine import slot_users
from autograder.sandbox.layers import Layer
from autograder.sandbox.parent import run
from autograder.sandbox.protocol import Asked, report


def main() -> None:
    """Launch what ``sys.argv[1]`` asks for."""
    asked = Asked.load(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the grader's; it then closes us
    if Layer.NAMESPACES not in asked.layers:
        run(asked, None)  # it ends when the grader's sockets are closed
    users = slot_users() if os.geteuid() == 0 else None
    # Not the parent-death signal: that comes already when the thread ends that started us.
    grader = os.pidfd_open(asked.grader)
    if os.getppid() != asked.grader:  # it is dead, and its number may be another's
        sys.exit(1)
    try:
        namespaces.enter()
    except OSError as error:
        report(asked.report, "layer", str(error))
        sys.exit(1)
    parent_end, our_end = os.pipe()
    parent = os.fork()
    if parent == 0:
        os.close(our_end)
        os.close(grader)
        _end_with_launcher(parent_end)
        run(asked, users)
    os.close(parent_end)
    os.close(asked.control)
    os.close(asked.report)
    ended = os.pidfd_open(parent)
    if ended in select.select([grader, ended], [], [])[0]:
        os.waitpid(parent, 0)


def _end_with_launcher(lifeline: int) -> None:
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # It may have ended before: then nobody holds the other end.
    if select.select([lifeline], [], [], 0)[0]:
        os._exit(1)
    os.close(lifeline)
