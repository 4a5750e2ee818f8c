"""A PostgreSQL of a test's own, as Debian packages it; it is gone when the test is."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path


def find_programs() -> Path | None:
    """Return the folder with initdb and pg_ctl, if there is one; Debian's is not in the PATH."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


@contextlib.contextmanager
def postgresql(programs: Path) -> Iterator[str]:
    """Start a server that listens on a socket in a folder of its own; yield its address."""
    # It refuses to run as root.
    user = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())

    def run(program: str, *arguments: str) -> None:
        with (folder / "said").open("a") as said:
            subprocess.run(
                [programs / program, *arguments], cwd=folder, user=user.pw_uid, group=user.pw_gid,
                stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=True, timeout=60,
            )  # fmt: skip

    # pytest's own folders are closed to other users.
    with tempfile.TemporaryDirectory(prefix="pg-") as place:
        folder = Path(place)
        os.chown(folder, user.pw_uid, user.pw_gid)
        data = os.fspath(folder / "data")
        run("initdb", "--no-sync", "--auth=trust", "--username=instructor", "-D", data)
        options = f"-c listen_addresses='' -k {folder} -c fsync=off"
        run("pg_ctl", "start", "-w", "-D", data, "-o", options, "-l", os.fspath(folder / "log"))
        try:
            run("createdb", "--host", place, "--username", "instructor", "gradebook")
            yield f"postgresql://instructor@/gradebook?host={place}"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)
