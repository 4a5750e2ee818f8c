"""A graded cell costs its own points alone, whatever it does with time."""

from autograder.referee import cells
from autograder.referee.cells import Bench, run_graded

SLOW_TO_TELL = """
import time

class Slow(Exception):
    def __str__(self):
        time.sleep(0.3)
        return "told at last"

try:
    while True:
        pass
except BaseException:
    raise Slow
"""


def test_an_alarm_while_an_error_is_told_does_not_end_the_grader(tmp_path, monkeypatch):
    monkeypatch.setattr(cells, "_AGAIN", 0.1)
    monkeypatch.setattr(cells, "_LATER", 0.1)
    outputs = run_graded(SLOW_TO_TELL, None, Bench(tmp_path, 0.1), 1)
    assert [output["evalue"] for output in outputs] == ["told at last"]


def test_a_cell_that_computes_too_long_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(cells, "_LATER", 0.1)
    (output,) = run_graded("while True: pass", None, Bench(tmp_path, 0.1), 1)
    assert output["ename"] == "TimeoutError"
    assert output["evalue"] == "the test did not end within 0.1 seconds"


def test_a_graded_cell_knows_what_the_student_wrote(tmp_path):
    theirs = "def mae(Y_hat, Y):\n    return 0"
    (output,) = run_graded("print(In[0])", None, Bench(tmp_path, 1, written=[theirs]), 1)
    assert output["text"] == f"{theirs}\n"
