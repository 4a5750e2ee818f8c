"""Run a lecture as its reader does, and keep the result until the lecture changes."""

import hashlib
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

EXECUTED = Path(__file__).resolve().parents[2] / "build" / "executed"
SECONDS = 120  # that a cell may take
_SHAPING = ("numpy", "scipy", "matplotlib", "scikit-learn", "ipykernel")


class ExecutionError(RuntimeError):
    """A cell of a notebook fails."""


def executed(
    notebook: Path, cache: Path = EXECUTED, kernel_options: Sequence[str] = ()
) -> NotebookNode:
    """Return a notebook with its outputs; it runs only if its code, or what it uses, is new.

    Parameters
    ----------
    notebook : Path
        It is not changed. It runs in its own folder.
    cache : Path
        Where notebooks with outputs are kept.
    kernel_options : sequence of str
        What the kernel is started with, such as ``"--InteractiveShellApp.exec_lines=…"``.

    Raises
    ------
    ExecutionError
        A cell fails or takes too long.
    """
    node = nbformat.read(notebook, as_version=4)
    kept = cache / f"{notebook.stem}-{_fingerprint(node, notebook)}.ipynb"
    if kept.exists():
        ran = _code_cells(nbformat.read(kept, as_version=4))
        for cell, before in zip(_code_cells(node), ran, strict=True):
            cell.update(outputs=before.outputs, execution_count=before.execution_count)
        return node
    run_cells(node, notebook, kernel_options=kernel_options)
    require_no_error(node, notebook)
    cache.mkdir(parents=True, exist_ok=True)
    for old in cache.glob(f"{notebook.stem}-*.ipynb"):
        old.unlink(missing_ok=True)
    # Written beside it and renamed: another process sees all of it or nothing.
    with tempfile.NamedTemporaryFile("w", dir=cache, delete=False, encoding="utf-8") as file:
        nbformat.write(node, file)
    Path(file.name).replace(kept)
    return node


def run_cells(
    node: NotebookNode,
    notebook: Path,
    timeout: int = SECONDS,
    kernel_options: Sequence[str] = (),
) -> None:
    """Execute a notebook in place; a cell that raises is left for `require_no_error`."""
    started = [0]
    client = NotebookClient(
        node,
        timeout=timeout,
        coalesce_streams=True,  # in how many pieces a text arrives is chance
        # A new ipykernel warns on stderr that it listens on this machine's own network interface.
        extra_arguments=["--Application.log_level=ERROR", *kernel_options],
        resources={"metadata": {"path": str(notebook.resolve().parent)}},
        on_cell_execute=lambda cell, cell_index: started.append(cell_index),
    )
    try:
        with suppress(CellExecutionError):
            client.execute()
    except (CellTimeoutError, DeadKernelError) as error:
        reason = str(error).strip().splitlines()[0]
        message = f"{name_cell(node, notebook, started[-1])}: {reason}"
        raise ExecutionError(message) from error


def require_no_error(node: NotebookNode, notebook: Path) -> None:
    """Refuse a notebook in which a cell failed, unless its tag raises-exception announced that."""
    for index, cell in enumerate(node.cells):
        if "raises-exception" in cell.metadata.get("tags", []):
            continue
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                where = name_cell(node, notebook, index)
                message = f"{where}: {output.ename}: {output.evalue}"
                raise ExecutionError(message)


def name_cell(node: NotebookNode, notebook: Path, index: int) -> str:
    """Return where a cell is, counted from 1, and how it begins."""
    line = next(iter(node.cells[index].source.strip().splitlines()), "")
    return f"{notebook.name}, cell {index + 1} ({line!r})"


def _code_cells(node: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in node.cells if cell.cell_type == "code"]


def _fingerprint(node: NotebookNode, notebook: Path) -> str:
    """Return what changes when the outputs may: code, the modules beside it, versions."""
    digest = hashlib.sha256(sys.version.encode())
    for package in _SHAPING:
        digest.update(f"{package} {version(package)}\n".encode())
    for cell in _code_cells(node):
        digest.update(repr((cell.source, cell.metadata.get("tags"))).encode())
    for path in sorted(notebook.parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
