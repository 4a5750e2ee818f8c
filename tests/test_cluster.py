"""Grading on a Dask cluster: real processes for scheduler and workers, and some of them die."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from conftest import HW02, ROOT, scores, without_seconds
from dask_cluster import MadeCluster, dask_cluster
from test_interrupted_grading import INTERRUPTIBLE, descendants, started

from autograder import cli
from autograder.classroom import grading
from autograder.classroom.collect import collect
from autograder.classroom.environment import environment
from autograder.classroom.made_class import hand_in, made_students
from autograder.cluster import pool
from autograder.plugins.nbgrader import CONFIG_FILE
from autograder.sandbox.limits import Isolation, Limits

# In a worker's grading process: a submission that takes its grader with it.
DEADLY = """
import os, sys
if "autograder.cluster.process" in sys.orig_argv[2:3][0]:
    from autograder.cluster import process
    graded = process._graded
    process._graded = lambda *all: os._exit(9) if all[2].student == "mallory" else graded(*all)
"""


def made_class(root: Path, names: tuple[str, ...]) -> Path:
    released = root / "release" / HW02 / f"{HW02}.ipynb"
    handed_in = hand_in(released, made_students(HW02, names), root / "handed_in")
    collect(handed_in, root, HW02)
    return Path(shutil.copytree(root, root.with_name("there")))


def assert_nothing_is_left(cluster: MadeCluster, family: set[tuple[int, str]]) -> None:
    until = time.monotonic() + 60
    while any(started(process) == when for process, when in family):
        assert time.monotonic() < until, "a grader is left"
        time.sleep(0.05)
    assert not list(cluster.folder.rglob("grading-*"))


def graders(cluster: MadeCluster) -> set[tuple[int, str]]:
    return set().union(*(descendants(worker.pid) for worker in cluster.workers))


@pytest.mark.long
def test_all_grades_are_there_though_a_worker_and_a_submission_s_graders_die(class_root, tmp_path):
    names = ("ada", "benoit", "carl", "dorothy", "zoë ångström", "florence")
    there = made_class(class_root, names)
    local = without_seconds(grading.autograde(ROOT, class_root, HW02, workers=1))
    wanted = scores(class_root)
    shutil.copytree(there / "submitted" / "ada", there / "submitted" / "mallory")
    (there / "submitted" / "nobody" / HW02).mkdir(parents=True)

    deadly = tmp_path / "deadly"
    deadly.mkdir()
    (deadly / "sitecustomize.py").write_text(DEADLY)
    other = tmp_path / "other"
    shutil.copytree(ROOT / "autograder", other / "autograder")
    with (other / "autograder/exercises/model.py").open("a") as file:
        file.write("# another version\n")

    told: list[str] = []
    family: set[tuple[int, str]] = set()
    with dask_cluster(tmp_path / "cluster") as cluster:
        for _ in range(2):
            cluster.worker(environment={"PYTHONPATH": os.fspath(deadly)})
        cluster.worker(environment={"PYTHONPATH": os.fspath(other)})

        def kill_a_worker(done: int, *_: object) -> None:
            family.update(graders(cluster))
            if done == 2:
                cluster.kill(0)

        results = grading.autograde(
            ROOT, there, HW02, kill_a_worker, scheduler=cluster.address, tell=told.append
        )
        assert family
        assert_nothing_is_left(cluster, family)
    problems = {result.student: result.problem for result in results if result.problem}
    assert set(problems) == {"mallory", "nobody"}
    assert problems["mallory"].startswith("it ended 2 graders: ")
    assert problems["nobody"] == f"no {HW02}.ipynb in the folder, but nothing"
    assert without_seconds(result for result in results if not result.problem) == local
    assert {key: score for key, score in scores(there).items() if key[0] in names} == wanted
    assert len(told) == 1
    version = environment()["the exercises"].removeprefix("version ")
    assert " gets no work: the exercises version " in told[0]
    assert told[0].endswith(f" instead of {version}")
    graded = [path for path in (class_root / "autograded").rglob("*") if path.is_file()]
    for path in graded:
        assert (there / path.relative_to(class_root)).exists()


@pytest.mark.long
@pytest.mark.long
def test_grades_are_the_same_with_one_two_and_four_workers(hw02_root, tmp_path, monkeypatch):
    names = ("ada", "benoit", "carl", "dorothy")
    made_class(hw02_root, names)
    homework = grading._homework(ROOT, hw02_root, HW02)
    take_in, send = pool.Cluster._take_in, pool.Cluster._send
    all_seats, used = list[pool.Seat](), set[pool.Seat]()

    def wait_for_all(self: pool.Cluster, seat: pool.Seat, answer: object) -> None:
        take_in(self, seat, answer)
        all_seats.append(self._free.pop())
        if len(all_seats) == len(cluster.workers):
            self._free += all_seats

    def note_seat(self: pool.Cluster, seat: pool.Seat, student: str, *rest: object) -> None:
        used.update({seat} if student in names else ())
        send(self, seat, student, *rest)

    monkeypatch.setattr(pool.Cluster, "_take_in", wait_for_all)
    monkeypatch.setattr(pool.Cluster, "_send", note_seat)
    monkeypatch.setattr(pool, "PATIENCE_SECONDS", 120)
    grades, told = [], list[str]()
    with (
        dask_cluster(tmp_path / "cluster") as cluster,
        pool.Cluster(
            cluster.address, homework, Limits(), Isolation.FULL, 120, told.append
        ) as graders,
    ):
        for count in (1, 2, 4):
            graders._free.clear()
            used.clear()
            while len(cluster.workers) < count:
                cluster.worker()
            graded = dict(graders.work(names))
            assert len(used) == count and told == []
            cells = [(graded[name].scores, graded[name].untouched) for name in names]
            grades.append((without_seconds(graded[name].result for name in names), cells))
    results, _ = grades[0]
    assert [result.problem for result in results] == [""] * len(names)
    assert results[0].total == 30 > results[1].total
    assert grades == [grades[0]] * 3


@pytest.mark.long
def test_ctrl_c_ends_the_graders_of_all_workers_and_the_next_run_goes_on(class_root, tmp_path):
    names = ("ada", "benoit", "carl", "dorothy", "emmy", "florence")
    shutil.copy(ROOT / CONFIG_FILE, class_root)
    there = made_class(class_root, names)
    local = without_seconds(grading.autograde(ROOT, class_root, HW02))
    with dask_cluster(tmp_path / "cluster") as cluster:
        cluster.worker()
        cluster.worker()
        command = subprocess.Popen(
            [*INTERRUPTIBLE, "--scheduler", cluster.address], cwd=there,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.fspath(ROOT)},
        )  # fmt: skip
        try:
            until = time.monotonic() + 300
            while not list((there / "autograded").glob(f"*/{HW02}")):
                assert command.poll() is None and time.monotonic() < until
                time.sleep(0.05)
            family = graders(cluster)
            assert len(family) >= 2
            command.send_signal(signal.SIGINT)
            command.wait(60)
        finally:
            command.kill()
            command.wait()
        assert_nothing_is_left(cluster, family)
        assert all(worker.poll() is None for worker in cluster.workers)
        again = grading.autograde(ROOT, there, HW02, scheduler=cluster.address)
        assert without_seconds(again) == local
        # All is known now: no scheduler is asked.
        assert grading.autograde(ROOT, there, HW02, scheduler="tcp://127.0.0.1:9") == again
        assert_nothing_is_left(cluster, family)
    assert scores(there) == scores(class_root)


@pytest.mark.long
def test_what_is_wrong_with_the_cluster_is_one_line(class_root, tmp_path, monkeypatch, capsys):
    shutil.copy(ROOT / CONFIG_FILE, class_root)
    made_class(class_root, ("ada", "benoit", "carl"))
    monkeypatch.chdir(class_root)
    monkeypatch.setattr(pool, "CONNECT_SECONDS", 2)
    monkeypatch.setattr(pool, "PATIENCE_SECONDS", 0.5)

    def said(address: str) -> str:
        assert cli.main(["autograde", HW02, "--scheduler", address]) == 1
        lines = capsys.readouterr().err.splitlines()
        return next(line for line in lines if line.startswith("error: "))

    assert said("tcp://127.0.0.1:9").startswith("error: no scheduler answers at tcp://127.0.0.1:9")
    with dask_cluster(tmp_path / "cluster") as cluster:
        assert (
            said(cluster.address)
            == f"error: no worker of {cluster.address} can grade: none is there"
        )
        monkeypatch.undo()
        cluster.worker()

        def end_the_scheduler(done: int, *_: object) -> None:
            if done == 1:
                cluster.scheduler.kill()

        with pytest.raises(pool.ClusterError, match="gone; what was graded is kept"):
            grading.autograde(ROOT, class_root, HW02, end_the_scheduler, scheduler=cluster.address)
    monkeypatch.chdir(class_root)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert said("tcp://127.0.0.1:9") == "error: --scheduler needs Dask: pip install distributed"
