"""A run that is stopped from outside, at the worst moment, leaves nothing behind."""

import subprocess
import sys
from pathlib import Path

import pytest

WHILE_WRITING = """
import os, signal, sys, time
import tillerman.study
from tillerman.cli import main

def stopped(*_):
    os.kill(os.getpid(), signal.SIG{name})
    time.sleep(30)

tillerman.study.save = stopped
sys.argv = ["tillerman", "plan", "hand", "--futures", "1", "--out", {out!r}]
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs another operating system: sends a signal")
@pytest.mark.parametrize("name", ["TERM", "INT"])
def test_stopping_while_the_files_are_written_leaves_none(tmp_path: Path, name: str) -> None:
    """Ctrl-C, or a supervisor's word, between the first and the last file takes away what was written."""
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)" + WHILE_WRITING
    done = subprocess.run(
        [sys.executable, "-c", code.format(name=name, out=str(tmp_path))], capture_output=True, text=True, check=False
    )

    assert done.returncode == 130, done.stderr
    assert "Stopped. No result was written." in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["hand.search"]  # what --resume goes on from
