"""What tests of jobs share: a desk in a folder of its own, and workers that do what a test wants at a set moment."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tillerman.web.jobs.desk import Desk
from tillerman.web.jobs.records import Job
from tillerman.web.jobs.runner import Runner, Start, start_worker
from tillerman.web.jobs.store import JobStore
from tillerman.web.jobs.worker import PLACE
from tillerman.web.shelf import Shelf

OWNER = "ada"
PATIENCE_S = 60.0

# A worker that runs some lines of a test once it tells that it compares with other plans: the plan is found by then.
WHILE_AT_WORK = """
import os, signal, sys, time
from pathlib import Path
from tillerman.web.jobs import worker

tell = worker.Teller.__call__
def stopped(self, stage, bounds):
    tell(self, stage, bounds)
    if stage == "Comparing with other plans":
        {lines}
worker.Teller.__call__ = stopped
worker.main()
"""


class Office:
    """A desk, its shelf and its list, as a server has them."""

    def __init__(self, folder: Path, start: Start | None = None) -> None:
        self.folder = folder
        self.store = JobStore(folder)
        self.shelf = Shelf(folder / "studies")
        self.runner = Runner(folder, self.store, start=start)
        self.desk = Desk(self.store, self.runner, self.shelf)

    def until(self, is_so: Callable[[Job], bool], job: str, *, patience_s: float = PATIENCE_S) -> Job:
        """Wait until something is so of a job, and give the job."""
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            found = self.store.job(job)
            if is_so(found):
                return found
            time.sleep(0.02)
        raise AssertionError(f"it never was so: {self.store.job(job)}, {self.log(job)}")

    def over(self, job: str) -> Job:
        """Wait until a job is over."""
        return self.until(lambda found: found.state.is_final, job)

    def reaches(self, job: str, stage: str) -> Job:
        """Wait until a job has told of a stage."""
        return self.until(lambda _: stage in {event.stage for event in self.store.events(job)}, job)

    def log(self, job: str) -> str:
        """What a worker wrote before it died."""
        path = self.folder / PLACE / job / "worker.log"
        return path.read_text("utf-8") if path.exists() else ""


@pytest.fixture
def open_office(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Open an office in the test's folder; several one after the other are a server started again."""
    opened: list[Office] = []

    def opening(start: Start | None = None) -> Office:
        opened.append(Office(tmp_path, start))
        return opened[-1]

    yield opening
    for office in opened:
        office.desk.close()


def doing(lines: str) -> Start:
    """Workers that run some lines at the moment when the plan is found."""

    def start(folder: Path, job: str) -> subprocess.Popen[bytes]:
        code = WHILE_AT_WORK.format(lines=lines)
        with (folder / PLACE / job / "worker.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-c", code, str(folder), job], stdin=subprocess.PIPE, stderr=log, process_group=0
            )

    return start


def once(lines: str) -> Start:
    """The first worker runs some lines at that moment; the next ones are ordinary workers."""
    first = doing(lines)
    started: list[str] = []

    def start(folder: Path, job: str) -> subprocess.Popen[bytes]:
        started.append(job)
        return (first if len(started) == 1 else start_worker)(folder, job)

    return start
