"""A Dask scheduler and workers, each in a process of its own, as they are started by hand."""

import contextlib
import json
import os
import signal
import subprocess
import sysconfig
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

DASK = Path(sysconfig.get_path("scripts")) / "dask"
SECONDS = 120


class MadeCluster:
    """A scheduler, and workers that it starts and kills."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        self.scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            "--scheduler-file", os.fspath(file),
        )  # fmt: skip
        until = time.monotonic() + SECONDS
        while not file.exists() or not file.read_text().endswith("}"):
            assert self.scheduler.poll() is None and time.monotonic() < until
            time.sleep(0.05)
        self.address = json.loads(file.read_text())["address"]

    def worker(self, threads: int = 1, environment: Mapping[str, str] = {}) -> int:
        """Start a worker with a process of its own; return that process."""
        place = self.folder / f"worker {len(self.workers)}"
        started = self._start(
            "worker", self.address, "--nworkers", "1", "--nthreads", str(threads), "--no-nanny",
            "--no-dashboard", "--local-directory", os.fspath(place),
            environment=environment,
        )  # fmt: skip
        self.workers.append(started)
        return started.pid

    def _start(
        self, *arguments: str, environment: Mapping[str, str] = {}
    ) -> subprocess.Popen[bytes]:
        with (self.folder / "said").open("ab") as said:
            return subprocess.Popen(
                [DASK, *arguments], stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                cwd=self.folder, env=os.environ | environment,
            )  # fmt: skip

    def end(self) -> None:
        """End all processes."""
        for processes in (self.workers, [self.scheduler]):  # a worker tells the scheduler
            for process in processes:
                process.terminate()
            for process in processes:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(20)
                process.kill()
                process.wait()

    def kill(self, number: int) -> None:
        """Kill a worker, as a machine that loses its power."""
        os.kill(self.workers[number].pid, signal.SIGKILL)


@contextlib.contextmanager
def dask_cluster(folder: Path) -> Iterator[MadeCluster]:
    """Start a scheduler; end it and its workers."""
    made = MadeCluster(folder)
    try:
        yield made
    finally:
        made.end()
