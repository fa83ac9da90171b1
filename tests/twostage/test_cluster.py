"""State sweeps on a cluster of processes on this machine: the same bits as at home, also when a worker is killed."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tillerman.twostage import NumericalError, Progress, Solution, Tuning, cluster, solve
from tillerman.twostage.errors import ClusterError
from tillerman.twostage.generator import Size, generate

SMALL = Size(4, 3, 2, 3, n_sites=5, n_zones=3, n_pools=2, n_programmes=3, n_agreements=3, n_holders=4)


class Cluster:
    """A scheduler and two workers, each a process of its own, reached by loopback only."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler.json"
        self.log = (folder / "log").open("w")
        flags = ["--scheduler-file", str(self.file), "--no-dashboard", "--host", "127.0.0.1"]
        self.scheduler = self._start("dask_scheduler", *flags, "--port", "0")
        alone = ["--nthreads", "1", "--no-nanny", "--local-directory", str(folder)]
        self.workers = [self._start("dask_worker", *flags, *alone) for _ in range(2)]
        until = time.monotonic() + 60.0
        while not self.file.is_file() and time.monotonic() < until:
            time.sleep(0.05)
        self.address = str(json.loads(self.file.read_text("utf-8"))["address"])

    def _start(self, what: str, *flags: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{what}", *flags]
        return subprocess.Popen(command, stdout=self.log, stderr=self.log)

    def close(self) -> None:
        """End the processes that this started."""
        cluster.disconnect(self.address)
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait(10)
        self.log.close()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster on this machine."""
    found = Cluster(tmp_path)
    yield found
    found.close()


def bits(found: Solution) -> tuple[bytes, bytes, float, float, int]:
    """Everything that must not change."""
    return found.x.tobytes(), found.state_values.tobytes(), found.objective, found.lower_bound, found.iterations


@pytest.mark.time_limit(seconds=120, reason="starts three processes, each of which loads the solver")
def test_a_cluster_gives_the_bits_of_one_process(running: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plan, bounds and state values are bit-equal at home and on two workers, one of which is killed on the way."""
    monkeypatch.setattr(cluster, "PART", 16)
    problem = generate(SMALL, 40)
    assert problem.states.family.size > 64
    home = solve(problem, tolerance=1e-3, tuning=Tuning(method="level", engine="kernel"))

    def listen(progress: Progress) -> None:
        if progress.iteration == 5:
            running.workers[0].kill()

    away = solve(
        problem,
        tolerance=1e-3,
        progress=listen,
        tuning=Tuning(method="level", engine="kernel", scheduler=running.address),
    )
    assert home.iterations > 8
    assert bits(away) == bits(home)
    assert running.workers[0].poll() is not None


def test_a_missing_extra_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without dask.distributed the message names the command that installs it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"requirements-cluster\.txt") as caught:
        solve(generate(SMALL, 40), tuning=Tuning(engine="kernel", scheduler="tcp://127.0.0.1:1"))
    assert "\n" not in str(caught.value)


def test_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where nobody answers is told with what to start."""
    monkeypatch.setattr(cluster, "CONNECT_S", 0.5)
    with pytest.raises(ClusterError, match="dask scheduler"):
        cluster.connect("tcp://127.0.0.1:9")


def test_parts_of_a_problem_hold_its_states() -> None:
    """Each part has the rows of its own states, and the futures stay at home."""
    problem = generate(SMALL, 10)
    n_rows = problem.recourse.matrix.shape[0]
    part = cluster._part_of(problem, slice(3, 9))
    assert part.states.rhs.tobytes() == problem.states.rhs[3:9].tobytes()
    moved = problem.states.rhs_of_first @ np.ones(problem.first.cost.size)
    assert (part.states.rhs_of_first @ np.ones(problem.first.cost.size) == moved[3 * n_rows : 9 * n_rows]).all()
    assert part.weights.shape == (1, 6)


def test_errors_come_back_from_another_process() -> None:
    """An error that a worker raises keeps its four parts on the way home."""
    sent = NumericalError(where="state 3", found="a", expected="b", remedy="c.")
    received = pickle.loads(pickle.dumps(sent))  # noqa: S301 - our own bytes
    assert isinstance(received, NumericalError)
    assert str(received) == str(sent)
