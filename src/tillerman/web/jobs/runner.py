"""Runs jobs for a server: starts a worker process for each that waits, a few at a time, and sees to how each ends.

A worker that dies is started once more and goes on from what its search had kept; when it dies again the job has
failed. Jobs that a server left behind are taken up by the next one.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread

from tillerman.web.jobs.errors import NoSuchJobError
from tillerman.web.jobs.lease import lease
from tillerman.web.jobs.records import Job, State
from tillerman.web.jobs.store import JobStore
from tillerman.web.jobs.turns import fairly
from tillerman.web.jobs.worker import PLACE

MOST_WORKERS = 1
MOST_CRASHES = 1  # a worker that died is started again so often
LET_GO_S = 1.5  # a worker that was told to stop has so long to tidy up
_TICK_S = 0.1
_IDLE_S = 5.0  # jobs of another server that has ended are looked for so often
_LOG = "worker.log"
_LAST_WORDS = 2000  # characters of it that are told
_LOGGER = logging.getLogger("tillerman.jobs")

Start = Callable[[Path, str], "subprocess.Popen[bytes]"]


@dataclass
class _Worker:
    """A worker process and the job it works on."""

    job: str
    process: subprocess.Popen[bytes]
    told_at: float | None = None  # when it was told to stop


class Runner:
    """Starts workers and sees to how they end, in a thread of the server."""

    def __init__(self, folder: Path, store: JobStore, *, most: int = MOST_WORKERS, start: Start | None = None) -> None:
        self._folder = folder
        self._store = store
        self._most = most
        self._start_worker = start or start_worker
        self._workers: list[_Worker] = []
        self._wake = Event()
        self._stop = Event()
        self._lock = Lock()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin to run jobs, those first that an earlier server left behind; starting twice does nothing."""
        with self._lock:
            if self._thread is None and not self._stop.is_set():
                self._thread = Thread(target=self._run, name="jobs", daemon=True)
                self._thread.start()

    def nudge(self) -> None:
        """Look at the list of jobs at once: one was added, or is to be stopped."""
        self.start()
        self._wake.set()

    def stop(self) -> None:
        """Stop every worker; its job waits for the next server, with all that its search has learnt."""
        self._stop.set()
        self._wake.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._look()
            except (OSError, sqlite3.Error):  # no memory for a worker, a full disk: what waits is tried again later
                _LOGGER.exception("Calculations could not be looked after; trying again.")
            self._wake.wait(_TICK_S if self._workers else _IDLE_S)
            self._wake.clear()
        for worker in self._workers:
            _tell_to_stop(worker)
        while self._workers:
            self._reap()
            time.sleep(_TICK_S / 2)

    def _look(self) -> None:
        """One look at the list: see to what ended, stop what is to be stopped, start what waits."""
        running = {worker.job: worker for worker in self._workers}
        for job in self._store.in_state(State.RUNNING):
            if job.id not in running:
                self._adopt(job)
            elif job.is_stopping:
                _tell_to_stop(running[job.id])
        self._reap()
        free = self._most - len(self._workers)
        busy = {worker.job for worker in self._workers}
        waiting = (job for job in self._store.in_state(State.QUEUED) if job.id not in busy)
        for job in fairly(waiting, self._store.in_state(State.RUNNING))[: max(0, free)]:
            (self._folder / PLACE / job.id).mkdir(parents=True, exist_ok=True)
            self._workers.append(_Worker(job.id, self._start_worker(self._folder, job.id)))

    def _reap(self) -> None:
        for worker in tuple(self._workers):
            code = worker.process.poll()
            if code is not None:
                self._workers.remove(worker)
                _close(worker.process)
                self._settle(worker.job, died=code != 0)
            elif worker.told_at is not None and time.monotonic() - worker.told_at > LET_GO_S:
                worker.process.kill()  # it is in the middle of a long step; what its search has kept stands

    def _settle(self, job_id: str, *, died: bool) -> None:
        """See to a job whose worker has ended."""
        try:
            job = self._store.job(job_id)
        except NoSuchJobError:
            return
        if job.state is State.RUNNING or (died and job.state is State.QUEUED):
            self._settle_unfinished(job)
            job = self._store.job(job_id)
        if job.state.is_final:
            shutil.rmtree(self._folder / PLACE / job.id, ignore_errors=True)

    def _settle_unfinished(self, job: Job) -> None:
        if job.is_stopping:
            self._store.cancelled(job.id)
            return
        if self._stop.is_set():
            self._store.wait_again(job.id)
            return
        _LOGGER.error("The worker of calculation %s died. %s", job.id, self._last_words(job.id))
        if job.crashes >= MOST_CRASHES:
            self._store.failed(job.id, {})
        else:
            self._store.wait_again(job.id, crashed=True)

    def _last_words(self, job: str) -> str:
        """What a worker wrote before it died."""
        path = self._folder / PLACE / job / _LOG
        return path.read_text("utf-8", "replace")[-_LAST_WORDS:] if path.exists() else ""

    def _adopt(self, job: Job) -> None:
        """Take up a job that runs for nobody; while its worker, of an earlier server, still works, it is left alone."""
        with lease(self._folder / PLACE / job.id) as is_free:
            if not is_free:
                return
            if self._store.job(job.id).state is State.RUNNING:
                self._settle_unfinished(job)


def start_worker(folder: Path, job: str) -> subprocess.Popen[bytes]:
    """Start the process that works on a job.

    It gets a process group of its own, so that Ctrl-C in the server's terminal reaches it through its leash alone; not
    a session of its own, which on Linux would weigh its low priority against nobody but itself.
    """
    with (folder / PLACE / job / _LOG).open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own module, an id that we made
            [sys.executable, "-m", "tillerman.web.jobs.worker", str(folder), job],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=log,
            process_group=0 if os.name == "posix" else None,
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )


def _tell_to_stop(worker: _Worker) -> None:
    if worker.told_at is None:
        worker.told_at = time.monotonic()
        _close(worker.process)


def _close(process: subprocess.Popen[bytes]) -> None:
    """Let go of a worker's leash."""
    if process.stdin is not None:
        process.stdin.close()
