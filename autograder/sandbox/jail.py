"""The file tree of the students: empty but for Python, read-only, and a folder of their own.

It is made once, in the warm parent, as bubblewrap makes it: a new root in memory, with the old one
below it for as long as folders are bound from there.
"""

import os
import site
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.sandbox import linux

# Here a student's private file system is mounted. The name must be nobody's.
HOME = Path("/student")
WORK, TEMPORARY, MATPLOTLIB, IPYTHON = PRIVATE = ("work", "tmp", ".matplotlib", ".ipython")
DEVICES = tuple(Path("/dev") / name for name in ("null", "zero", "full", "random", "urandom"))
SYSTEM = ("/usr", "/usr/local", "/")  # as a prefix, these hold more than Python
LIBRARIES = ("/lib", "/lib32", "/lib64", "/libx32", "/usr/lib", "/usr/lib32", "/usr/lib64")
DATA = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/zoneinfo", "/etc/ld.so.cache")
SHARED_TEMPORARY = Path("/tmp")
_OLD = Path("/.old")
_READ_ONLY = linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV
_IN_MEMORY = linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC


def readable() -> list[Path]:
    """Return the folders and files of this machine that a student may read."""
    wanted = [*LIBRARIES, *DATA, *site.getsitepackages(), sysconfig.get_path("stdlib")]
    executable = Path(sys.executable)
    wanted += [os.fspath(executable), os.fspath(executable.resolve())]
    for prefix in (sys.prefix, sys.base_prefix):
        wanted += [f"{prefix}/lib", f"{prefix}/bin"] if prefix in SYSTEM else [prefix]
    named = [Path(path) for path in wanted]
    real = [path.resolve() for path in named]
    return _outermost(path for path in [*named, *real] if path.exists())


def _outermost(paths: Iterable[Path]) -> list[Path]:
    kept: list[Path] = []
    for path in sorted(set(paths)):
        if not any(path.is_relative_to(above) for above in kept if not above.is_symlink()):
            kept.append(path)
    return kept


def enter(folders: Sequence[Path], code: Sequence[Path]) -> list[Path]:
    """Move into the new root; until ``close`` it also shows the trusted code.

    Parameters
    ----------
    folders : sequence of Path
        What stays visible.
    code : sequence of Path
        Folders of trusted modules that the warm parent has yet to import.

    Returns
    -------
    list of Path
        Those folders of trusted modules that ``close`` has to take away.

    Raises
    ------
    OSError
        This machine does not let us.
    """
    hidden = [path for path in code if not any(path.is_relative_to(shown) for shown in folders)]
    code = _outermost(hidden)
    # Links are followed now: in the new root an absolute one leads elsewhere.
    sources = {path: path.resolve() for path in [*folders, *code, *DEVICES]}
    links = {path: path.readlink() for path in folders if path.is_symlink()}
    # No mount of ours may be seen outside.
    linux.mount("none", Path("/"), "", linux.MS_REC | linux.MS_PRIVATE)
    # Any folder would serve: only this process and its children see the mount.
    linux.mount("tmpfs", SHARED_TEMPORARY, "tmpfs", _IN_MEMORY, "mode=755,size=1m")
    old = SHARED_TEMPORARY / _OLD.name
    old.mkdir()
    linux.pivot_root(SHARED_TEMPORARY, old)
    os.chdir("/")
    for path, source in sources.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if path in links:
            path.symlink_to(links[path])
        else:
            device = linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NOEXEC
            _bind(_OLD / source.relative_to("/"), path, device if path in DEVICES else _READ_ONLY)
    linux.unmount(_OLD)
    _OLD.rmdir()
    HOME.mkdir()
    mount_home("mode=755,size=64m")  # for the caches that are written while it warms up
    return code


def _bind(source: Path, target: Path, flags: int) -> None:
    if source.is_dir():
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    linux.mount(source, target, "", linux.MS_BIND | linux.MS_REC)
    linux.restrict_mounts(target, flags)


def close(code: Sequence[Path], package: Path) -> None:
    """Hide the trusted code and make the root read-only.

    Parameters
    ----------
    code : sequence of Path
        What ``enter`` returned.
    package : Path
        The folder of our package. Installed among others, it is covered by an empty folder.
    """
    linux.unmount(HOME)
    for path in code:
        linux.unmount(path)
        if not any(path.iterdir()):
            os.removedirs(path)
    if package.exists():
        linux.mount("tmpfs", package, "tmpfs", _READ_ONLY, "mode=755,size=4k")
    if not SHARED_TEMPORARY.exists():
        SHARED_TEMPORARY.symlink_to(HOME / TEMPORARY)
    linux.restrict_mounts(Path("/"), linux.MS_RDONLY)


def mount_home(options: str) -> None:
    """Mount an empty private file system, with the folders that programs expect."""
    linux.mount("tmpfs", HOME, "tmpfs", _IN_MEMORY, options)
    furnish(HOME)


def furnish(home: Path) -> None:
    """Make the folders that programs expect."""
    for name in PRIVATE:
        (home / name).mkdir()


def environment(home: Path) -> dict[str, str]:
    """Return the variables that name these folders."""
    return {
        "HOME": os.fspath(home),
        "TMPDIR": os.fspath(home / TEMPORARY),
        "MPLCONFIGDIR": os.fspath(home / MATPLOTLIB),
        "IPYTHONDIR": os.fspath(home / IPYTHON),
    }
