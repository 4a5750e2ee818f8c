"""Start JupyterLab in a course folder of its own, and do in its page what a person does."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.plugins.nbgrader import CONFIG_FILE

PATIENCE = 60.0  # seconds


@contextlib.contextmanager
def jupyter_lab(
    folder: Path, released: Path, project: Path, homework: str
) -> Iterator[tuple[Path, str]]:
    """Start a server; yield its course folder and its address.

    Parameters
    ----------
    folder : Path
        Where course, exchange and home are made.
    released : Path
        A class folder in which the homework is released; it is copied.
    project : Path
        The checkout, for nbgrader's configuration.
    homework : str
        What is put into the exchange.
    """
    course = Path(shutil.copytree(released, folder / "course"))
    for name in ("home", "exchange"):
        (folder / name).mkdir()
    (folder / "exchange").chmod(0o777)
    (course / CONFIG_FILE).write_text(
        f"load_subconfig({str(project / CONFIG_FILE)!r})\n"
        f"get_config().Exchange.root = {str(folder / 'exchange')!r}\n"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "JPY"))}
    environment |= {
        "HOME": str(folder / "home"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "release_assignment", homework],
        cwd=course, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--port=0",
             "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.password=",
             f"--ServerApp.root_dir={course}", "--LabApp.news_url=None"],
            cwd=course, env=environment, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield course, _address(folder, process)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _address(folder: Path, process: subprocess.Popen[bytes]) -> str:
    """Wait until the server has written down where it listens."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        for file in (folder / "home").rglob("jpserver-*.json"):
            with contextlib.suppress(json.JSONDecodeError):  # it is being written
                return str(json.loads(file.read_text())["url"])
        time.sleep(0.2)
    raise AssertionError((folder / "server.log").read_text()[-3000:])


def choose(page, menu: str, entry: str) -> None:
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.locator(".lm-Menu-item", has_text=entry).first.click()


def open_notebook(page, address: str, notebook: str) -> None:
    """Open a notebook and wait for a kernel that listens, or Run All would be lost."""
    for session in page.request.get(f"{address}api/sessions").json():
        page.request.delete(f"{address}api/sessions/{session['id']}")
    page.goto(f"{address}lab/tree/{notebook}?reset")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        sessions = page.request.get(f"{address}api/sessions").json()
        if any(
            s["kernel"]["connections"] and s["kernel"]["execution_state"] == "idle"
            for s in sessions
        ):
            return
        time.sleep(0.2)
    raise AssertionError("no kernel became ready")
