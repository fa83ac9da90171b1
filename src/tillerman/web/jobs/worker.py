"""The process that works on one job: `python -m tillerman.web.jobs.worker FOLDER JOB`.

It runs at low priority, so that readers are served first. It is on a leash, its standard input: when the server lets
go, on purpose or because it has ended, the worker stops, having kept what its search has learnt, and the job waits to
be gone on with.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tillerman.errors import TillermanError
from tillerman.twostage import Progress
from tillerman.web.errors import NoPlanError, NoSuchStudyError
from tillerman.web.jobs.ground import ground
from tillerman.web.jobs.kinds import WORK
from tillerman.web.jobs.lease import lease
from tillerman.web.jobs.records import Job
from tillerman.web.jobs.store import JobStore
from tillerman.web.jobs.task import Task
from tillerman.web.shelf import Shelf
from tillerman.words import LANGUAGES, words
from tillerman.words.sentences import error_in

PLACE, SEARCH, STUDIES = "jobs", "plan.search", "studies"
NICENESS = 10
FEW_CORES = 2  # with so many or fewer a worker keeps to one, and leaves the rest to readers
TOLD_EVERY_S = 0.25
_WAIT_FOR_LEASE_S = 5.0
_DEAF_S = 5.0  # a worker that was interrupted and still works, in the middle of a long step, is ended


class Teller:
    """Writes down how far a job is: every new stage, every first bounds, and otherwise not too often."""

    def __init__(self, store: JobStore, job: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._job = job
        self._clock = clock
        self._last: tuple[str, bool] = ("", False)
        self._at = -TOLD_EVERY_S
        self._untold: tuple[str, Progress] | None = None

    def __call__(self, stage: str, bounds: Progress | None) -> None:
        """Take in how far the job is."""
        now = self._clock()
        sort = (stage, bounds is not None and bounds.gap <= 1)
        if sort == self._last and now - self._at < TOLD_EVERY_S:
            self._untold = None if bounds is None else (stage, bounds)
            return
        if self._untold is not None and stage != self._untold[0]:
            self._store.tell(self._job, *self._untold)
        self._store.tell(self._job, stage, bounds)
        self._last, self._at, self._untold = sort, now, None


def work(folder: Path, job: str, *, wait_s: float = _WAIT_FOR_LEASE_S) -> None:
    """Do a job that waits, if no other process does, and write down what came of it."""
    store = JobStore(folder)
    with lease(folder / PLACE / job, wait_s=wait_s) as is_ours:
        if not is_ours or not store.claim(job):
            return
        try:
            _work(folder, store, store.job(job))
        except KeyboardInterrupt:
            _unhand()
            if store.job(job).is_stopping:
                store.cancelled(job)
            else:
                store.wait_again(job)


def _work(folder: Path, store: JobStore, job: Job) -> None:
    shelf = Shelf(folder / STUDIES)
    tell = Teller(store, job.id)
    try:
        start = ground(shelf, shelf.open(job.study, job.owner), job.owner)
        made = WORK.validate_json(job.work, extra="ignore").run(
            Task(shelf, job.owner, start, folder / PLACE / job.id / SEARCH, tell)
        )
    except TillermanError as error:
        store.failed(job.id, {language: error_in(error, language) for language in LANGUAGES})
    except (NoSuchStudyError, NoPlanError):  # deleted, or deleted and made again, while the job waited
        store.failed(job.id, {language: words(language)("jobs_page.study_gone") for language in LANGUAGES})
    else:
        store.done(job.id, made)


def give_way() -> None:
    """Let readers go first: low priority, and one core where there are few."""
    if sys.platform == "win32":
        return  # the server has started this process below normal priority
    os.nice(NICENESS)
    if sys.platform == "linux" and len(os.sched_getaffinity(0)) <= FEW_CORES:
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _hold_leash() -> None:
    """Wait until the server lets go of standard input, then interrupt the work; end it if it does not hear."""
    while os.read(0, 1):
        pass
    interrupt()
    time.sleep(_DEAF_S)
    os._exit(1)  # what the search has kept stands, and the lease is given back


def interrupt() -> None:
    """Interrupt the main thread, also where it waits for something."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    else:
        _thread.interrupt_main()


def _unhand() -> None:
    """What is interrupted already is not interrupted again while it tidies up."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def main() -> None:
    """Work on the job that the command line names."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    give_way()
    threading.Thread(target=_hold_leash, daemon=True).start()
    try:
        work(Path(sys.argv[1]), sys.argv[2])
    except KeyboardInterrupt:  # before the job was begun, or after it was done
        _unhand()


if __name__ == "__main__":
    main()
