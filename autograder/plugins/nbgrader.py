"""Call nbgrader as a library, with the configuration of this course."""

import contextlib
import importlib.util
import logging
import os
import re
import sysconfig
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbformat.warnings import MissingIDFieldWarning
from nbgrader.apps import NbGraderAPI
from sqlalchemy.exc import SAWarning
from tornado.log import app_log
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader
from traitlets.log import get_logger

from autograder.causes import cause

CONFIG_FILE = "nbgrader_config.py"
GRADEBOOK = "NNNUMPY_GRADEBOOK"  # the environment variable with the gradebook's address
_POSTGRESQL = "postgresql"


def load_config(project: Path, root: Path) -> Config:
    """Return the course's configuration for a class folder.

    Parameters
    ----------
    project : Path
        The folder that holds ``nbgrader_config.py``.
    root : Path
        The class folder, with ``source``, ``submitted``, ``gradebook.db`` and so on. It is the
        project itself for a real class, another folder for a made one, which has its own
        ``gradebook.db`` whatever the configuration says.
    """
    config = PyFileConfigLoader(CONFIG_FILE, path=str(project)).load_config()
    config.CourseDirectory.root = str(root.resolve())
    if root.resolve() != project.resolve():
        config.CourseDirectory.pop("db_url", None)
    return config


def gradebook_address() -> str:
    """Return the address of the class's gradebook that the environment names, or nothing.

    ``postgresql://user@host/name`` is completed with the driver that this project installs; any
    other address is SQLAlchemy's.

    Raises
    ------
    NbgraderError
        The address is for PostgreSQL, and its driver is not installed.
    """
    address = os.environ.get(GRADEBOOK, "")
    kind, _, rest = address.partition("://")
    if kind not in (_POSTGRESQL, "postgres"):  # both are PostgreSQL's own names for it
        return address
    if importlib.util.find_spec("psycopg") is None:
        raise NbgraderError(f"{GRADEBOOK} needs psycopg: pip install 'psycopg[binary]'")
    return f"{_POSTGRESQL}+psycopg://{rest}"


def api(project: Path, root: Path) -> Any:
    """Return nbgrader's API for a class folder, silent: its calls return their log instead."""
    # nbgrader runs alembic, which lies beside the Python of this environment.
    scripts = sysconfig.get_path("scripts")
    if scripts not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([scripts, os.environ.get("PATH", "")])
    app_log.disabled = True  # the gradebook shows there the traceback of what it raises, too
    get_logger().handlers[:] = [logging.NullHandler()]  # the API adds a handler for each call
    return NbGraderAPI(config=load_config(project, root))


class NbgraderError(RuntimeError):
    """A call of nbgrader failed; the message is the exception that its log shows, or its cause."""


def checked(result: dict[str, Any]) -> dict[str, Any]:
    """Return the result of an API call if it succeeded.

    Raises
    ------
    NbgraderError
        The call failed.
    """
    if not result["success"]:
        said = _last_error(result)
        raise NbgraderError(cause(said) or said)
    return result


def _last_error(result: dict[str, Any]) -> str:
    """Return the exception that the log shows, or else its last line."""
    lines = [line.strip() for line in str(result.get("log", "")).splitlines() if line.strip()]
    lines = lines or str(result.get("error", "")).strip().splitlines()
    raised = [line for line in lines if re.match(r"[\w.]*(Error|Exception|Interrupt)\b", line)]
    return (raised or lines or ["nbgrader failed and gave no reason"])[-1]


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Silence what nbgrader causes in SQLAlchemy and nbformat; it does no harm."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        warnings.simplefilter("ignore", MissingIDFieldWarning)  # of a cell that it puts back
        yield
