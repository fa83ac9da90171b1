"""The rules that hold for every test do stop what they should stop."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SKIPS_ALLOWED_IN_CI
from tests.house.fences import ROOT

PLANTED = """
import socket
import pytest

def test_fine():
    listening = socket.create_server(("127.0.0.1", 0))
    socket.create_connection(listening.getsockname()).close()
    listening.close()

{more}
"""


def run_planted(folder: Path, more: str, *, is_ci: bool = False, workers: int = 0) -> tuple[int, str]:
    """Run a made-up test file under the rules of tests/conftest.py; return its exit code and what it printed."""
    (folder / "test_planted.py").write_text(PLANTED.format(more=more))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-n", str(workers), str(folder)]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "CI": "true" if is_ci else ""}
    arguments = [*command, "--rootdir", str(folder), "-c", str(ROOT / "pyproject.toml")]
    done = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_loopback_is_open(tmp_path: Path) -> None:
    """A server on this machine can be started and reached."""
    code, said = run_planted(tmp_path, "")

    assert code == 0, said
    assert "1 passed" in said


@pytest.mark.parametrize(
    "call", ["socket.create_connection(('192.0.2.1', 80), 1)", "socket.socket().connect(('192.0.2.1', 80))"]
)
def test_network_is_shut(tmp_path: Path, call: str) -> None:
    """A test that connects to another machine fails before anything is sent."""
    code, said = run_planted(tmp_path, f"def test_calls_out():\n    {call}")

    assert code == 1
    assert "nothing may call the network" in said
    assert "1 failed, 1 passed" in said


UNLISTED = "def test_absent():\n    pytest.skip('did not feel like it')"


@pytest.mark.parametrize("workers", [0, 1])
def test_unlisted_skip_fails_in_ci(tmp_path: Path, workers: int) -> None:
    """A skip for a reason that is not listed fails continuous integration, in one process or several."""
    code, said = run_planted(tmp_path, UNLISTED, is_ci=True, workers=workers)

    assert code == 1
    assert "skipped in continuous integration without leave" in said


def test_unlisted_skip_passes_at_home(tmp_path: Path) -> None:
    """The same skip does not fail a run on a user's own machine, where a data folder may be missing."""
    code, said = run_planted(tmp_path, UNLISTED)

    assert code == 0, said


def test_listed_skip_passes_in_ci(tmp_path: Path) -> None:
    """A skip for a listed reason passes in continuous integration."""
    code, said = run_planted(tmp_path, f"def test_absent():\n    pytest.skip({SKIPS_ALLOWED_IN_CI[0]!r})", is_ci=True)

    assert code == 0, said


def test_longer_limit_needs_a_reason(tmp_path: Path) -> None:
    """A longer time limit without a reason is refused before any test runs."""
    code, said = run_planted(tmp_path, "@pytest.mark.time_limit(90)\ndef test_slowly():\n    pass")

    assert code != 0
    assert "reason='...'" in said
