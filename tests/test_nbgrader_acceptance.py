"""nbgrader's own acceptance tests of autograding, with our executor in place of its own."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import nbgrader

CONFIG = """
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.preprocessors import *
from autograder.plugins.execute import IsolatedExecute

c.Autograde.autograde_preprocessors = [
    IsolatedExecute, IgnorePattern, ClearMetadataPreprocessor, LimitOutput,
    SaveAutoGrades, AssignLatePenalties, CheckCellMetadata,
]
"""


def test_nbgraders_own_tests_pass(tmp_path):
    """40 pass with the stock executor too; one that runs nothing fails 16 of them."""
    (tmp_path / "nbgrader_config.py").write_text(CONFIG)
    tests = Path(nbgrader.__file__).parent / "tests" / "apps" / "test_nbgrader_autograde.py"
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
         "-o", "addopts=", "-o", "filterwarnings=", f"--rootdir={tmp_path}", str(tests)],
        cwd=tmp_path, env=os.environ | {"PATH": path, "JUPYTER_CONFIG_DIR": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "40 passed" in run.stdout.splitlines()[-1], run.stdout[-3000:]
