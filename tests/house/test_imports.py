"""Which room may import which, and what may be loaded when."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.fences import ROOT

HEAVY = {"altair", "linopy", "numba", "pandas", "scipy", "xarray"}
SETTINGS = (ROOT / "pyproject.toml").read_text("utf-8")


def run(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a Python module in a process of its own."""
    return subprocess.run([sys.executable, *command], cwd=cwd, capture_output=True, text=True, check=False)


def modules_after(code: str) -> set[str]:
    """Return the top-level packages a fresh process has loaded after running some code."""
    report = "import json, sys; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    done = run("-c", f"{code}\n{report}")
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Judge the import contracts of the pyproject file in a folder."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return run("-c", code, "--no-cache", cwd=folder)


def test_rooms_import_only_to_their_left() -> None:
    """The import contracts of the project hold."""
    done = lint_imports(ROOT)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("room", "offence", "broken"),
    [
        ("country", "import tillerman.plan", "A room imports only rooms to its left"),
        ("twostage", "import tillerman.country", "A room imports only rooms to its left"),
        ("plan", "import tillerman.cli", "A room imports only rooms to its left"),
        ("exposure", "import highspy", "Only the engine, dispatch and plan know solvers"),
        ("exposure", "def f() -> None:\n    import numba", "Only the engine, dispatch and plan know solvers"),
        ("report", "import rich", "Rooms do not know how they are shown"),
        ("unheard_of", "", "A room imports only rooms to its left"),
    ],
)
def test_planted_import_is_refused(tmp_path: Path, room: str, offence: str, broken: str) -> None:
    """Each contract is broken by an import, or a room, that should not be there."""
    rooms = {"country", "twostage", "plan", "cli", "exposure", "report", room}
    for name in rooms:
        (tmp_path / "tillerman" / name).mkdir(parents=True)
        (tmp_path / "tillerman" / name / "__init__.py").write_text(offence if name == room else "")
    (tmp_path / "tillerman" / "__init__.py").write_text("")
    (tmp_path / "pyproject.toml").write_text(SETTINGS)

    done = lint_imports(tmp_path)

    assert done.returncode != 0
    assert re.search(rf"^{re.escape(broken)}.* BROKEN$", done.stdout, re.MULTILINE), done.stdout


def test_import_is_light() -> None:
    """Importing the package loads no library that takes a second."""
    assert modules_after("import tillerman") & HEAVY == set()


def test_offline_hook_reaches_started_programs() -> None:
    """A Python program that a test starts cannot look up a foreign host."""
    done = run("-c", "import socket; socket.getaddrinfo('example.com', 80)")

    assert done.returncode != 0
    assert "nothing may call the network" in done.stderr
