"""Showing that nothing leaves the machine: the main work under watch, where possible in a space without a network."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tillerman.errors import EngineError

_PROBE_SECONDS = 10
_MODULE = "tillerman.cli.doctor.watched"
TASKS = ("check", "exposure", "plan", "report", "brief", "pages")


@dataclass(frozen=True)
class Task:
    """One piece of the work that was done under watch; its name is the message `doctor.task.<id>`."""

    id: str
    trouble: str  # why it could not be done; blank where it was


@dataclass(frozen=True)
class Attempt:
    """One attempt to leave the machine."""

    event: str
    target: str
    where: str


@dataclass(frozen=True)
class Watched:
    """What was done under watch, and what was heard."""

    tasks: tuple[Task, ...]
    attempts: tuple[Attempt, ...]
    programs: tuple[str, ...]  # started by the work; they are not heard
    had_no_network: bool  # the system gave the process a space without any network

    @property
    def is_well(self) -> bool:
        """Everything was done, and nothing tried to leave."""
        return not self.attempts and not any(task.trouble for task in self.tasks)


def watch(tasks: Sequence[str] = TASKS) -> Watched:
    """Do the main work in a process that is watched. Raises EngineError where it ends without a result."""
    shut = _without_network()
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "result.json")
        done = subprocess.run(  # noqa: S603 - this very program
            [*shut, sys.executable, "-m", _MODULE, str(result), *tasks], capture_output=True, text=True, check=False
        )
        if not result.exists():
            reason = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
            raise EngineError(f"doctor: the watched work ended with code {done.returncode} ({reason[0]}).")
        found = json.loads(result.read_text("utf-8"))
    return Watched(
        tasks=tuple(Task(item["id"], item["trouble"]) for item in found["tasks"]),
        attempts=tuple(Attempt(item["event"], item["target"], item["where"]) for item in found["attempts"]),
        programs=tuple(found["programs"]),
        had_no_network=bool(shut),
    )


def _without_network() -> tuple[str, ...]:
    """The command that starts a process without any network; nothing where the system has none or forbids it."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    shut = (unshare, "--map-root-user", "--net")
    try:
        done = subprocess.run([*shut, "true"], capture_output=True, check=False, timeout=_PROBE_SECONDS)  # noqa: S603 - found above
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return shut if done.returncode == 0 else ()
