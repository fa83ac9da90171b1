"""A run that is interrupted or killed goes on from its checkpoint to a certified interval around the same optimum."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.twostage.instances import random_problem
from tests.twostage.test_kernel import TINY
from tillerman.twostage import (
    MemoryMismatchError,
    Outcome,
    Progress,
    Tuning,
    load_memory,
    save_memory,
    solve,
)
from tillerman.twostage.generator import generate

HIGHS = Tuning(method="level", engine="highs")


def test_interrupt_gives_valid_bounds_and_resumes(tmp_path: Path) -> None:
    """Ctrl-C after a few rounds returns INTERRUPTED with bounds; the checkpoint resumes to the same interval."""
    problem = generate(TINY, 30)
    whole = solve(problem, tolerance=1e-3, tuning=HIGHS)
    path = tmp_path / "run.npz"

    def stop(line: Progress) -> None:
        if line.iteration == 8:
            raise KeyboardInterrupt

    stopped = solve(problem, tolerance=1e-3, progress=stop, tuning=Tuning("level", "highs", checkpoint=path))
    assert stopped.outcome is Outcome.INTERRUPTED
    assert stopped.lower_bound <= whole.objective
    resumed = solve(problem, tolerance=1e-3, memory=load_memory(path), tuning=HIGHS)
    assert resumed.outcome is Outcome.CERTIFIED
    assert max(resumed.lower_bound, whole.lower_bound) <= min(resumed.objective, whole.objective)


def test_memory_survives_a_file_unchanged(tmp_path: Path) -> None:
    """Saving and loading is the identity on cuts and plans."""
    memory = solve(random_problem(3), tolerance=1e-4, tuning=HIGHS).memory
    save_memory(memory, tmp_path / "m.npz")
    again = load_memory(tmp_path / "m.npz")
    assert again.fingerprint == memory.fingerprint
    assert np.array_equal(again.cuts.gradients, memory.cuts.gradients)
    assert np.array_equal(again.cuts.kinds, memory.cuts.kinds)
    assert all(np.array_equal(a[1], b[1]) for a, b in zip(again.points, memory.points, strict=True))


def test_checkpoint_of_another_problem_is_refused(tmp_path: Path) -> None:
    """A checkpoint remembers which second stage it describes."""
    save_memory(solve(random_problem(3), tuning=HIGHS).memory, tmp_path / "m.npz")
    with pytest.raises(MemoryMismatchError):
        solve(random_problem(4), memory=load_memory(tmp_path / "m.npz"))


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX signal")
def test_killed_run_resumes(tmp_path: Path) -> None:
    """A process killed without warning leaves a readable checkpoint that leads to the same certified interval."""
    path = tmp_path / "run.npz"
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "import tillerman.twostage.search as search\n"
        "from tests.twostage.test_kernel import TINY\n"
        "from tillerman.twostage import Tuning, solve\n"
        "from tillerman.twostage.generator import generate\n"
        "search.SAVE_EVERY_S = 0.0\n"
        "def slowly(line):\n"
        "    time.sleep(0.2 if line.iteration > 5 else 0.0)\n"
        "tuning = Tuning('level', 'highs', checkpoint=Path(sys.argv[1]))\n"
        "solve(generate(TINY, 30), tolerance=1e-9, progress=slowly, tuning=tuning)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=Path(__file__).parents[2])
    deadline = time.perf_counter() + 15.0
    while not path.exists() and time.perf_counter() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGKILL)
    process.wait()
    problem = generate(TINY, 30)
    memory = load_memory(path)
    assert len(memory.cuts) > 0
    resumed = solve(problem, tolerance=1e-3, memory=memory, tuning=HIGHS)
    whole = solve(problem, tolerance=1e-3, tuning=HIGHS)
    assert resumed.outcome is Outcome.CERTIFIED
    assert max(resumed.lower_bound, whole.lower_bound) <= min(resumed.objective, whole.objective)
