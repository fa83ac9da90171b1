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
    CheckpointError,
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


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_checkpoint_is_told_in_one_way(seed: int, tmp_path: Path) -> None:
    """A file that is cut off, or has lost some bits, is refused by name, whatever its bytes lead the reader to."""
    path, rng = tmp_path / "m.npz", np.random.default_rng(seed)
    save_memory(solve(random_problem(3), tolerance=1e-2, tuning=HIGHS).memory, path)
    whole = bytearray(path.read_bytes())
    if seed % 2:
        whole = whole[: int(rng.integers(0, len(whole) - 22))]  # 22 bytes end every archive
    else:
        for place in rng.choice(len(whole), size=40, replace=False).tolist():
            whole[place] ^= 1 << int(rng.integers(0, 8))
    path.write_bytes(bytes(whole))
    with pytest.raises(CheckpointError, match=r"^m.npz: found no checkpoint, or a damaged one \(\w+\); .* Start"):
        load_memory(path)


def test_a_missing_checkpoint_is_told_as_python_does(tmp_path: Path) -> None:
    """There is a difference between no file and a damaged one."""
    with pytest.raises(FileNotFoundError):
        load_memory(tmp_path / "none.npz")


def test_a_checkpoint_of_another_version_is_told_as_such(tmp_path: Path) -> None:
    """A checkpoint says which version of the engine wrote it."""
    np.savez(tmp_path / "m.npz", version=np.array(99))
    with pytest.raises(MemoryMismatchError, match="checkpoint version 99; expected version 1"):
        load_memory(tmp_path / "m.npz")


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
    deadline = time.perf_counter() + 60.0
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
