"""What a grade rests on besides the submission: two graders that agree in it give the same one."""

import functools
import hashlib
import importlib.metadata
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
_NAME = "neural-networks-in-numpy"
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "matplotlib", "nbgrader", "ipython", _NAME)
EXERCISES = "the exercises"


@functools.cache
def environment() -> Mapping[str, str]:
    """Return the version of each thing that grades depend on, by its name."""
    return libraries() | {EXERCISES: f"version {code_version(PACKAGE.rglob('*.py'))[:12]}"}


def libraries() -> dict[str, str]:
    """Return the versions of Python, of the libraries that grade, and of this package."""
    found = {"Python": platform.python_version()}
    for library in _LIBRARIES:
        try:
            found[library] = importlib.metadata.version(library)
        except importlib.metadata.PackageNotFoundError:
            found[library] = "none"
    return found


def code_version(files: Iterable[Path]) -> str:
    """Return a hash of files, wherever this package lies."""
    found = hashlib.sha256()
    for path in sorted(files):
        name = path.relative_to(PACKAGE).as_posix() if path.is_relative_to(PACKAGE) else path.name
        content = path.read_bytes()
        found.update(f"{name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def differences(wanted: Mapping[str, str], there: Mapping[str, str]) -> str:
    """Return in a few words in what an environment is not the wanted one, or nothing."""
    return ", ".join(
        f"{name} {there.get(name, 'none')} instead of {version.removeprefix('version ')}"
        for name, version in wanted.items()
        if there.get(name) != version
    )
