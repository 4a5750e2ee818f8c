"""An IPython shell without a kernel: cells in, outputs of a notebook out."""

import builtins
import contextlib
import gc
import os
import sys
import tempfile
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from autograder.student.outputs import MAX_TEXT, Outputs, Printer

_WARM_CELLS = (
    "import numpy as np\nimport matplotlib.pyplot as plt\nprint(np.arange(3))",
    "fig, ax = plt.subplots(); ax.plot([1, 2], label='$x$'); ax.legend(); ax.set_title('t')",
    "def f(x):\n    return 1 / x\nf(0)",
    "assert np.allclose(np.ones(2), 2), 'message'",
)


class _Hook(DisplayHook):
    """Take the result of a cell's last line."""

    outputs: Outputs

    def write_output_prompt(self) -> None:
        """Write no prompt."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Add the result to the outputs."""
        self.outputs.data(
            "execute_result", format_dict, md_dict, execution_count=self.shell.execution_count
        )

    def finish_displayhook(self) -> None:
        """Write no newline."""


class _Publisher(DisplayPublisher):
    """Take what ``display`` shows."""

    outputs: Outputs

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
        """Add what is shown to the outputs."""
        self.outputs.data("display_data", data, metadata)

    def clear_output(self, wait: bool = False) -> None:
        """Drop the cell's outputs."""
        self.outputs.clear()


class Shell(InteractiveShell):
    """IPython's shell, with its outputs collected."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def __init__(self) -> None:
        config = Config()
        config.HistoryManager.enabled = False  # no database, and no thread that writes it
        config.InteractiveShell.autoindent = False
        # Cutting figures to their contents takes as long as drawing them.
        config.InlineBackend.print_figure_kwargs = {"bbox_inches": None}
        self.collected = Outputs()
        super().__init__(config=config)  # type: ignore[no-untyped-call]
        self.displayhook.outputs = self.display_pub.outputs = self.collected

    def init_virtualenv(self) -> None:
        """Look for no environment."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.collected.error(etype.__name__, str(evalue), stb)

    def system(self, cmd: str) -> None:
        """Run a command of the system; there is hardly one where a notebook is graded."""
        self.system_raw(cmd)  # type: ignore[no-untyped-call]

    def run(self, code: str) -> tuple[list[dict[str, Any]], int, bool]:
        """Run a cell.

        Returns
        -------
        outputs : list of dict
        execution_count : int
        fine : bool
            The cell raised nothing.
        """
        count = self.execution_count
        with _Descriptors(self.collected):
            fine = self._run(code)
        return self.collected.take(), count, fine

    def _run(self, code: str) -> bool:
        printers = Printer(self.collected, "stdout"), Printer(self.collected, "stderr")
        with (
            contextlib.redirect_stdout(printers[0]),
            contextlib.redirect_stderr(printers[1]),
        ):
            result = self.run_cell(code, store_history=True)  # type: ignore[no-untyped-call]
        return bool(result.success)

    def warm_up(self) -> None:
        """Run the first cells, which are slow, and begin as a new session does."""
        for cell in _WARM_CELLS:
            self._run(cell)
        sys.modules["matplotlib.pyplot"].close("all")
        _close_fonts()
        self.forget()

    def forget(self) -> None:
        """Begin as a new session does."""
        self.reset(new_session=True)  # type: ignore[no-untyped-call]
        self.execution_count = 1
        self.collected.take()


class _Descriptors:
    """Catch what is written past Python, by libraries and commands, to the system's 1 and 2."""

    def __init__(self, outputs: Outputs) -> None:
        self._outputs = outputs

    def __enter__(self) -> None:
        self._saved = [os.dup(1), os.dup(2)]
        self._files = [tempfile.TemporaryFile(), tempfile.TemporaryFile()]
        for number, file in zip((1, 2), self._files, strict=True):
            os.dup2(file.fileno(), number)

    def __exit__(self, *_: object) -> None:
        names = ("stdout", "stderr")
        for number, name, file, saved in zip((1, 2), names, self._files, self._saved, strict=True):
            os.dup2(saved, number)
            os.close(saved)
            file.seek(0)
            self._outputs.stream(name, file.read(MAX_TEXT).decode(errors="replace"))
            file.close()


def warm_shell() -> Shell:
    """Return a shell that has run its first cells: they are slow once, not for each student."""
    shell: Shell = Shell.instance()
    builtins.input = _no_input
    shell.warm_up()
    return shell


def _close_fonts() -> None:
    """Let matplotlib open its font files anew in each student's process.

    They are read bit by bit, and their descriptors do not survive the fork.
    """
    sys.modules["matplotlib.mathtext"].MathTextParser._parse_cached.cache_clear()
    sys.modules["matplotlib.font_manager"]._get_font.cache_clear()
    gc.collect()


def _no_input(prompt: object = "") -> str:
    raise RuntimeError(f"input() can't ask anyone while a notebook is graded (it asks: {prompt})")
