#!/usr/bin/env python3
"""Set everything up once, then run: `python3 go plan kenya` makes a plan, `python3 go test` runs the tests.

Needs Python 3.11 to 3.14 and nothing else. What it sets up stays in `.venv` beside this file; delete that folder to
start again. A second run installs nothing, and asks nothing of the network, while the pinned requirements are the same.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
TILLERMAN = BIN / ("tillerman.exe" if os.name == "nt" else "tillerman")


def fingerprint(requirements: str) -> str:
    """What an installation depends on: the pinned requirements, the project file, and this script."""
    return hashlib.sha256(
        b"".join((HERE / name).read_bytes() for name in (requirements, "pyproject.toml", "go"))
    ).hexdigest()


def stamp(requirements: str) -> Path:
    """The file that says which fingerprint is installed."""
    return VENV / ("installed-" + requirements)


def is_installed(requirements: str) -> bool:
    """Whether the environment already holds exactly these requirements."""
    written = stamp(requirements)
    return PYTHON.exists() and written.exists() and written.read_text() == fingerprint(requirements)


def install(requirements: str) -> None:
    """Make the environment and put the hashed requirements and this project into it."""
    print("Setting up in .venv, once; a minute or two ...", file=sys.stderr, flush=True)
    if not PYTHON.exists():
        if not (3, 11) <= sys.version_info < (3, 15):
            sys.exit(
                f"This is Python {sys.version.split()[0]}; Tillerman needs 3.11 to 3.14. Run `go` with one of those."
            )
        venv.create(VENV, clear=True, with_pip=True)
    # An installation that is interrupted must not look finished.
    for old in VENV.glob("installed-*"):
        old.unlink()
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "uv"], check=True)
    uv = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON]
    subprocess.run([*uv, "-r", HERE / requirements, "-e", HERE], check=True)
    # The test requirements contain the others, at the same versions.
    for name in {requirements, "requirements.txt"}:
        stamp(name).write_text(fingerprint(name))


def main(arguments: "list[str]") -> None:
    """Install what is missing, then become the program that was asked for."""
    is_test = arguments[:1] == ["test"]
    requirements = "requirements-test.txt" if is_test else "requirements.txt"
    if not is_installed(requirements):
        try:
            install(requirements)
        except (OSError, subprocess.CalledProcessError) as error:
            sys.exit(f"Setting up failed: {error}\nThe first setup needs a package index; run the same command again.")
    if is_test:
        command = [PYTHON, "-m", "pytest", "-n", "auto", "--dist", "loadfile", *arguments[1:]]
    else:
        command = [TILLERMAN, *(arguments or ["--help"])]
    if os.name == "nt":  # on Windows a replaced process gives the prompt back before it has finished
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], [str(part) for part in command])


if __name__ == "__main__":
    main(sys.argv[1:])
