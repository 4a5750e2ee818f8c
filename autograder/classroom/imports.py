"""What a notebook imports."""

import re
from typing import Any

# These take long to import, and neither start a thread nor write a file when they are.
LIBRARIES = ("matplotlib", "numpy", "scipy", "sklearn")
_IMPORT = re.compile(r"^[ \t]*(?:import|from)[ \t]+([\w.]+)", re.M)


def imported_modules(notebook: Any) -> tuple[str, ...]:
    r"""Return the modules of some large libraries that a notebook imports, in order.

    Of ``import a, b`` only the first is found, of ``from a import b`` only ``a``.

    Parameters
    ----------
    notebook : NotebookNode

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> code = "import os\nimport numpy as np\nfrom scipy.special import expit"
    >>> imported_modules(new_notebook(cells=[new_code_cell(code)]))
    ('numpy', 'scipy.special')
    """
    found = dict.fromkeys(
        name
        for cell in notebook.cells
        if cell.cell_type == "code"
        for name in _IMPORT.findall(cell.source)
    )
    return tuple(name for name in found if name.partition(".")[0] in LIBRARIES)
