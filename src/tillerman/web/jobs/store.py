"""The list of jobs in one SQLite file, shared by the server and its workers: every change is one transaction.

store = JobStore(folder)
job = store.add(owner, study, kind, work)
store.claim(job.id)                  # in the worker: True for one process only
store.tell(job.id, "Finding the plan", bounds)
store.done(job.id, Made("…"))
"""

from __future__ import annotations

import json
import math
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pydantic import TypeAdapter

from tillerman.twostage import Progress
from tillerman.web.jobs.errors import NoSuchJobError, TooManyJobsError
from tillerman.web.jobs.records import Event, Job, Made, State

FILE = "jobs.sqlite"
MOST_OPEN = 8  # jobs of one owner that wait or run
MOST_KEPT = 50  # finished jobs of one owner that are listed; the study holds the answer, the job only tells of it
_PATIENCE_S = 10.0  # another process may be writing
_ID_BYTES = 9
_VERSION = 2
# A list kept by another version is begun anew: what its calculations have made stands on the shelf.
_LAYOUT = (
    "DROP TABLE IF EXISTS event",
    "DROP TABLE IF EXISTS job",
    """CREATE TABLE job (
         id TEXT PRIMARY KEY, owner TEXT NOT NULL, study TEXT NOT NULL, kind TEXT NOT NULL, work TEXT NOT NULL,
         state TEXT NOT NULL, is_stopping INTEGER NOT NULL DEFAULT 0, crashes INTEGER NOT NULL DEFAULT 0,
         made REAL NOT NULL, started REAL, ended REAL, why TEXT NOT NULL DEFAULT '{}', result TEXT)""",
    "CREATE INDEX job_of_owner ON job (owner, made)",
    """CREATE TABLE event (
         job TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE, n INTEGER NOT NULL, at REAL NOT NULL,
         stage TEXT NOT NULL, lower REAL, upper REAL, gap REAL, PRIMARY KEY (job, n)) WITHOUT ROWID""",
    f"PRAGMA user_version = {_VERSION}",
)
_MADE = TypeAdapter(Made)
_COLUMNS = "id, owner, study, kind, work, state, is_stopping, crashes, made, started, ended, why, result"
_OPEN = "('queued', 'running')"


class JobStore:
    """Jobs and how far they are; safe to use from several threads and processes."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        self.path = folder / FILE
        self._clock = clock
        folder.mkdir(parents=True, exist_ok=True)
        with self._open() as base:
            base.execute("PRAGMA journal_mode = WAL")  # readers never wait for a worker that writes
        with self._change() as base:
            if base.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                for statement in _LAYOUT:
                    base.execute(statement)

    def add(self, owner: str, study: str, kind: str, work: str) -> Job:
        """Put a job at the end of the queue. Raises TooManyJobsError when its owner waits for too many already."""
        job = secrets.token_urlsafe(_ID_BYTES)
        with self._change() as base:
            held = base.execute(f"SELECT count(*) FROM job WHERE owner = ? AND state IN {_OPEN}", (owner,)).fetchone()  # noqa: S608 - a constant of this file
            if held[0] >= MOST_OPEN:
                raise TooManyJobsError(MOST_OPEN)
            base.execute(
                "INSERT INTO job (id, owner, study, kind, work, state, made) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (job, owner, study, kind, work, State.QUEUED, self._clock()),
            )
            base.execute(
                f"DELETE FROM job WHERE owner = ?1 AND state NOT IN {_OPEN} AND id NOT IN "  # noqa: S608 - as above
                f"(SELECT id FROM job WHERE owner = ?1 AND state NOT IN {_OPEN} ORDER BY made DESC LIMIT ?2)",
                (owner, MOST_KEPT),
            )
        return self.job(job)

    def job(self, job: str, owner: str | None = None) -> Job:
        """One job; with `owner`, only if it is theirs. Raises NoSuchJobError."""
        with self._open() as base:
            row = base.execute(f"SELECT {_COLUMNS} FROM job WHERE id = ?", (job,)).fetchone()  # noqa: S608 - as above
        found = None if row is None else _job(row)
        if found is None or (owner is not None and found.owner != owner):
            raise NoSuchJobError(job)
        return found

    def of(self, owner: str, study: str | None = None) -> tuple[Job, ...]:
        """The jobs of an owner, newest first; with `study`, those asked about it."""
        query = f"SELECT {_COLUMNS} FROM job WHERE owner = ? AND ? IN (study, '') ORDER BY made DESC, id"  # noqa: S608 - as above
        with self._open() as base:
            return tuple(_job(row) for row in base.execute(query, (owner, study or "")))

    def in_state(self, state: State) -> tuple[Job, ...]:
        """Every job in a state, the one that waits longest first."""
        query = f"SELECT {_COLUMNS} FROM job WHERE state = ? ORDER BY made, id"  # noqa: S608 - as above
        with self._open() as base:
            return tuple(_job(row) for row in base.execute(query, (state,)))

    def events(self, job: str, after: int = 0) -> tuple[Event, ...]:
        """What was told of a job after its event number `after`."""
        query = "SELECT n, at, stage, lower, upper, gap FROM event WHERE job = ? AND n > ? ORDER BY n"
        with self._open() as base:
            return tuple(Event(*row) for row in base.execute(query, (job, after)))

    def latest(self, job: str) -> Event | None:
        """The last that was told of a job."""
        query = "SELECT n, at, stage, lower, upper, gap FROM event WHERE job = ? ORDER BY n DESC LIMIT 1"
        with self._open() as base:
            row = base.execute(query, (job,)).fetchone()
        return None if row is None else Event(*row)

    def bounds(self, job: str) -> tuple[Event, Event] | None:
        """The first and the last event of a job that have bounds worth showing; None while there are none."""
        query = "SELECT n, at, stage, lower, upper, gap FROM event WHERE job = ? AND gap <= 1 ORDER BY n"
        with self._open() as base:
            first = base.execute(f"{query} LIMIT 1", (job,)).fetchone()
            last = base.execute(f"{query} DESC LIMIT 1", (job,)).fetchone()
        return None if first is None else (Event(*first), Event(*last))

    def claim(self, job: str) -> bool:
        """Begin a job that waits; True for the one process that may work on it."""
        with self._change() as base:
            changed = base.execute(
                "UPDATE job SET state = ?, started = coalesce(started, ?) WHERE id = ? AND state = ?",
                (State.RUNNING, self._clock(), job, State.QUEUED),
            )
            return changed.rowcount == 1

    def tell(self, job: str, stage: str, bounds: Progress | None = None) -> None:
        """Write down how far a job is."""
        figures = (None, None, None) if bounds is None else map(_finite, (bounds.lower, bounds.upper, bounds.gap))
        with self._change() as base:
            base.execute(
                "INSERT INTO event SELECT ?1, coalesce(max(n), 0) + 1, ?2, ?3, ?4, ?5, ?6 FROM event WHERE job = ?1",
                (job, self._clock(), stage, *figures),
            )

    def stop(self, job: str) -> Job:
        """Cancel a job: at once while it waits; one that runs is marked, for the runner to stop."""
        with self._change() as base:
            base.execute(
                "UPDATE job SET state = ?, ended = ? WHERE id = ? AND state = ?",
                (State.CANCELLED, self._clock(), job, State.QUEUED),
            )
            base.execute("UPDATE job SET is_stopping = 1 WHERE id = ? AND state = ?", (job, State.RUNNING))
        return self.job(job)

    def done(self, job: str, made: Made) -> None:
        """Write down what a job has made."""
        self._end(job, State.DONE, {}, _MADE.dump_json(made).decode())

    def failed(self, job: str, why: Mapping[str, str]) -> None:
        """Write down why a job came to nothing, in words by language; nothing where its worker could not say."""
        self._end(job, State.FAILED, why, None)

    def cancelled(self, job: str) -> None:
        """Write down that a job was stopped because its owner wanted that."""
        self._end(job, State.CANCELLED, {}, None)

    def wait_again(self, job: str, *, crashed: bool = False) -> None:
        """Put a job that was interrupted back where it was in the queue."""
        with self._change() as base:
            base.execute(
                f"UPDATE job SET state = ?, crashes = crashes + ? WHERE id = ? AND state IN {_OPEN}",  # noqa: S608 - as above
                (State.QUEUED, int(crashed), job),
            )

    def forget(self, study: str, owner: str) -> None:
        """Delete what is known of the finished jobs of a study that is deleted."""
        with self._change() as base:
            base.execute(f"DELETE FROM job WHERE owner = ? AND study = ? AND state NOT IN {_OPEN}", (owner, study))  # noqa: S608 - as above

    def _end(self, job: str, state: State, why: Mapping[str, str], result: str | None) -> None:
        with self._change() as base:
            base.execute(
                f"UPDATE job SET state = ?, ended = ?, why = ?, result = ? WHERE id = ? AND state IN {_OPEN}",  # noqa: S608 - as above
                (state, self._clock(), json.dumps(dict(why), ensure_ascii=False), result, job),
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        base = sqlite3.connect(self.path, timeout=_PATIENCE_S, isolation_level=None)
        try:
            base.execute("PRAGMA foreign_keys = ON")
            base.execute("PRAGMA synchronous = NORMAL")  # a lost power supply may cost the last event, never the file
            yield base
        finally:
            base.close()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        """One transaction that writes: all of it or nothing, one process at a time."""
        with self._open() as base:
            base.execute("BEGIN IMMEDIATE")
            try:
                yield base
            except BaseException:
                base.execute("ROLLBACK")
                raise
            base.execute("COMMIT")


def _job(row: tuple[str, str, str, str, str, str, int, int, float, float | None, float | None, str, str | None]) -> Job:
    *first, state, is_stopping, crashes, made, started, ended, why, result = row
    job, owner, study, kind, work = (str(cell) for cell in first)
    reasons: dict[str, str] = json.loads(why)
    told = None if result is None else _MADE.validate_json(result)
    return Job(
        job, owner, study, kind, work, State(state), bool(is_stopping), crashes, made, started, ended, reasons, told
    )


def _finite(value: float) -> float | None:
    """A figure, or none while there is no bound yet."""
    return value if math.isfinite(value) else None
