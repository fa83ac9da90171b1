"""A lease on a job is held by one process, and ends with it."""

import subprocess
import sys
from pathlib import Path

from tillerman.web.jobs.lease import lease

HOLDER = """
import sys, time
from pathlib import Path
from tillerman.web.jobs.lease import lease
with lease(Path(sys.argv[1])) as is_ours:
    print(is_ours, flush=True)
    sys.stdin.read()
"""


def test_a_lease_is_given_once(tmp_path: Path) -> None:
    """While somebody holds it, nobody else gets it; afterwards it is free."""
    with lease(tmp_path / "job") as first, lease(tmp_path / "job") as second, lease(tmp_path / "other") as other:
        assert (first, second, other) == (True, False, True)
    with lease(tmp_path / "job") as again:
        assert again


def test_a_killed_process_gives_its_lease_back(tmp_path: Path) -> None:
    """The system frees it, whatever happens to the process."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "True"
        with lease(tmp_path) as while_held:
            assert not while_held
        holder.kill()
        holder.wait()
    with lease(tmp_path) as after:
        assert after
