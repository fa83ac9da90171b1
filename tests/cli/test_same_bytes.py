"""The same command gives the same bytes, however many threads there are and however Python shuffles its sets."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.time_limit(seconds=60, reason="starts the program twice, on a machine that other tests share")
def test_the_same_command_gives_the_same_bytes(tmp_path: Path) -> None:
    """Report, workbook, study and the JSON (but for the time it took) are equal over runs."""
    answers, files = [], []
    for threads, salt in (("1", "1"), ("2", "77")):
        here = tmp_path / threads
        here.mkdir()
        command = [sys.executable, "-m", "tillerman", "plan", "hand", "--futures", "3", "--json"]
        environment = {**os.environ, "OMP_NUM_THREADS": threads, "PYTHONHASHSEED": salt}
        done = subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, check=True)
        answer = json.loads(done.stdout)
        assert answer.pop("solve_seconds") > 0
        answers.append(answer)
        files.append({path.name: path.read_bytes() for path in here.iterdir()})

    assert answers[0] == answers[1]
    assert files[0].keys() == {"hand-plan.html", "hand-plan.xlsx", "hand.study", "hand.search"}
    assert files[0] == files[1]
