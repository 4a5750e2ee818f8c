"""nbgrader's ``Execute``, with student code shut in and graded cells out of its reach."""

import atexit
import math
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager
from nbgrader.preprocessors import Execute
from traitlets import Enum, Integer

from autograder.referee.run import record_seconds, run_notebook, write_files
from autograder.referee.session import Session, submission_files
from autograder.sandbox.limits import Isolation, Limits
from autograder.sandbox.warm import Connection, WarmParent

PREPARE, SERVE = "autograder.student.serve:prepare", "autograder.student.serve:serve"
# What submissions of any homework may import.
MODULES = ("scipy.linalg", "scipy.special", "sklearn.base")
_NO_LIMIT = 24 * 3600.0

_parents: dict[tuple[Isolation, Limits], WarmParent] = {}


def warm_parent(isolation: Isolation, limits: Limits) -> WarmParent:
    """Return this process's warm parent; it is started once and ends with this process."""
    if (isolation, limits) not in _parents:
        _parents[isolation, limits] = parent = WarmParent(
            PREPARE, SERVE, limits, isolation, MODULES
        )
        atexit.register(parent.close)
    return _parents[isolation, limits]


class IsolatedExecute(Execute):  # type: ignore[misc]
    """Run a submission so that student code can't reach its verdict.

    The seconds of ``timeout`` and ``notebook_timeout`` are those of `autograder.referee.clock`: a
    busy machine takes none away.
    """

    _kernels = KernelSpecManager()
    students: Connection | None = None  # where student processes come from, if not from our own

    isolation = Enum(
        [kind.value for kind in Isolation],
        Isolation.FULL.value,
        help="full, or reduced where the system lacks a layer of the isolation",
    ).tag(config=True)
    notebook_timeout = Integer(
        600, help="Seconds that all cells of a submission may take together; -1 for no limit."
    ).tag(config=True)
    memory = Integer(2 * 2**30, help="Bytes of memory that a submission may use.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any, km: Any = None) -> tuple[Any, Any]:
        """Run the notebook; each cell has ``timeout`` seconds."""
        self._check_kernel(nb)
        folder = Path(resources.get("metadata", {}).get("path") or ".").resolve()
        name = resources.get("nbgrader", {}).get("notebook", "")
        seconds = _NO_LIMIT if self.timeout is None or self.timeout < 0 else float(self.timeout)
        total = math.inf if self.notebook_timeout < 0 else float(self.notebook_timeout)
        limits = Limits(memory=self.memory)
        parent = self.students or warm_parent(Isolation(self.isolation), limits)
        session = Session(
            parent, submission_files(folder, f"{name}.ipynb"), seconds, self.memory, total
        )
        try:
            spent = run_notebook(nb, session, folder, seconds)
            written = session.files()
        finally:
            session.close()
        if self.record_timing:
            record_seconds(nb, spent)
        write_files(written, folder, name)
        nb.metadata.setdefault("language_info", {"name": "python"})
        return nb, resources

    def _check_kernel(self, nb: Any) -> None:
        """Raise an error, as nbgrader does, unless the notebook's kernel is one for Python."""
        name = nb.metadata.get("kernelspec", {}).get("name", self.kernel_name)
        # Jupyter takes "python" for the Python that it runs with.
        native = name in ("", "python")
        spec = self._kernels.get_kernel_spec(NATIVE_KERNEL_NAME if native else name)
        if spec.language != "python":
            raise ValueError(f"the kernel {name} runs {spec.language}; only Python can be graded")
