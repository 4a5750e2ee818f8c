"""Run a program as an ordinary user, who may read Python and the project wherever they lie.

Root's folder is often shut to others: in a mount namespace of its own, an open one takes its place.
"""

import os
import sys
from pathlib import Path

from autograder.sandbox import linux

ROOT = Path(__file__).resolve().parent.parent
NOBODY = 65534
OPEN = 0o005


def main(spare: Path, *command: str) -> None:
    """Become nobody and run a command; ``spare`` is a folder that may be covered."""
    linux.unshare(linux.CLONE_NEWNS)
    linux.mount("none", Path("/"), "", linux.MS_REC | linux.MS_PRIVATE)
    needed = {Path(path).resolve() for path in (sys.prefix, sys.base_prefix, ROOT)}
    for shut in {above for path in needed if (above := _shut(path))}:
        below = [path for path in needed if path.is_relative_to(shut)]
        linux.mount("tmpfs", spare, "tmpfs", 0)
        for number, path in enumerate(below):
            (spare / str(number)).mkdir()
            linux.mount(path, spare / str(number), "", linux.MS_BIND | linux.MS_REC)
        linux.mount("tmpfs", shut, "tmpfs", 0, "mode=755")
        for number, path in enumerate(below):
            path.mkdir(parents=True, exist_ok=True)
            linux.mount(spare / str(number), path, "", linux.MS_BIND | linux.MS_REC)
        linux.unmount(spare)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    os.execv(command[0], command)


def _shut(path: Path) -> Path | None:
    """Return the outermost folder on the way to a path that others may not enter."""
    way = [*reversed(path.parents), path]
    return next((folder for folder in way if folder.stat().st_mode & OPEN != OPEN), None)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
