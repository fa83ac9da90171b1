"""Where a server's visitors leave jobs and ask after them; each owner sees their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

from tillerman.web.jobs.ground import ground
from tillerman.web.jobs.kinds import WORK, Asked
from tillerman.web.jobs.kinds.change import ChangeNumbers
from tillerman.web.jobs.records import Job, State
from tillerman.web.jobs.runner import Runner
from tillerman.web.jobs.store import JobStore
from tillerman.web.jobs.turns import fairly
from tillerman.web.shelf import Opened, Shelf
from tillerman.web.shelving import LONGEST_NAME, cleaned
from tillerman.words import Words


class Desk:
    """Takes jobs in, has them run, and tells how far they are."""

    def __init__(self, store: JobStore, runner: Runner, shelf: Shelf) -> None:
        self.store = store
        self._shelf = shelf
        self._runner = runner
        self._closing = Event()

    def start(self, owner: str, opened: Opened, work: Asked, say: Words) -> Job:
        """Check what is asked and put it in the queue.

        Raises:
            SettingError: naming the field with a value that it cannot have.
            CountryFileError: when the country file is not enough, or would have problems.
            NoPlanError: when a plan is asked about and there is none.
            TooManyJobsError: when the owner waits for too many already.
        """
        work.check(ground(self._shelf, opened, owner))
        named = replace(work, name=cleaned(work.name) if work.name.strip() else _name(opened, work, say))
        job = self.store.add(owner, opened.entry.id, work.kind, WORK.dump_json(named).decode())
        self._runner.nudge()
        return job

    def cancel(self, owner: str, job: str) -> Job:
        """Cancel a job; one that is over stays as it is. Raises NoSuchJobError."""
        self.store.job(job, owner)
        stopped = self.store.stop(job)
        self._runner.nudge()
        return stopped

    def job(self, owner: str, job: str) -> Job:
        """One of an owner's jobs. Raises NoSuchJobError."""
        return self.store.job(job, owner)

    def of(self, owner: str, study: str | None = None) -> tuple[Job, ...]:
        """The jobs of an owner, newest first; with `study`, those asked about it."""
        return self.store.of(owner, study)

    def forget(self, owner: str, study: str) -> None:
        """Cancel what is asked about a study that is deleted, and list nothing of it any more."""
        for job in self.of(owner, study):
            if not job.state.is_final:
                self.cancel(owner, job.id)
        self.store.forget(study, owner)

    def n_before(self, job: Job) -> int:
        """How many jobs, of whomever, come before one that waits."""
        if job.state is not State.QUEUED:
            return 0
        running = self.store.in_state(State.RUNNING)
        waiting = [other.id for other in fairly(self.store.in_state(State.QUEUED), running)]
        return len(running) + (waiting.index(job.id) if job.id in waiting else 0)  # 0: begun in the meantime

    def open(self) -> None:
        """Take up what an earlier server left behind."""
        self._runner.start()

    @property
    def is_closing(self) -> bool:
        """True once the server is about to end: whoever looks on is let go, and comes back to the next one."""
        return self._closing.is_set()

    def let_go(self) -> None:
        """Let go of everybody who looks on, so that the server can end without cutting them off."""
        self._closing.set()

    def close(self) -> None:
        """Stop the workers; their jobs wait for the next server."""
        self.let_go()
        self._runner.stop()


def desk(folder: Path, shelf: Shelf) -> Desk:
    """The desk of a server that keeps its jobs in a folder; nothing runs before it is opened or given something."""
    store = JobStore(folder)
    return Desk(store, Runner(folder, store), shelf)


def _name(opened: Opened, work: Asked, say: Words) -> str:
    """What a new study is called where its owner does not say."""
    n = len(work.changes) if isinstance(work, ChangeNumbers) else 1
    room = LONGEST_NAME - len(say(f"jobs_page.name.{work.kind}", name="", n=n))
    return say(f"jobs_page.name.{work.kind}", name=opened.entry.name[:room], n=n)
