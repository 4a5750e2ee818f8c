"""The layers of the isolation, and what to do where one is not to be had."""

from collections.abc import Mapping
from enum import StrEnum


class Layer(StrEnum):
    """What keeps a student in; each holds where another fails."""

    NAMESPACES = "namespaces"  # own files, processes, network, users
    LANDLOCK = "Landlock"
    SECCOMP = "seccomp"


REMEDIES = {
    Layer.NAMESPACES: (
        "allow user namespaces (Ubuntu: sysctl kernel.apparmor_restrict_unprivileged_userns=0; "
        "Debian: sysctl kernel.unprivileged_userns_clone=1; "
        "everywhere: sysctl user.max_user_namespaces above 0; Linux 5.12 or newer), "
        "or grade as root; in Docker, start the container with --security-opt seccomp=unconfined "
        "--cap-add SYS_ADMIN"
    ),
    Layer.LANDLOCK: "needs Linux 5.13 or newer, with landlock among the kernel's lsm= modules",
    Layer.SECCOMP: "install libseccomp (Debian and Ubuntu: apt install libseccomp2) "
    "and the Python package pyseccomp",
}


class IsolationError(Exception):
    """Students can't be shut in here as asked."""

    @classmethod
    def of(cls, missing: Mapping[str, str]) -> "IsolationError":
        """Name each missing layer, why it is missing, and how to get it."""
        lines = [f"- {layer}: {why}; {REMEDIES[Layer(layer)]}" for layer, why in missing.items()]
        return cls(
            "this machine can't shut student code in; missing:\n"
            + "\n".join(lines)
            + "\nISOLATION=reduced grades without what is missing"
        )
