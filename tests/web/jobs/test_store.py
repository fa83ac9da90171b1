"""The list of jobs: who may see what, in which state a job is, and that two processes never work on one."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tillerman.twostage import Progress
from tillerman.web.jobs.errors import NoSuchJobError, TooManyJobsError
from tillerman.web.jobs.records import Made, State
from tillerman.web.jobs.store import MOST_KEPT, MOST_OPEN, JobStore


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        """Tell the time, which goes on a little each time."""
        self.now += 1.0
        return self.now


@pytest.fixture
def store(tmp_path: Path) -> JobStore:
    """An empty list with a clock of its own."""
    return JobStore(tmp_path, clock=Clock())


def test_a_job_is_kept_as_it_was_asked(store: JobStore, tmp_path: Path) -> None:
    """What was asked, by whom and about which study, is there again in another process."""
    job = store.add("ada", "kenya", "plan", '{"kind":"plan"}')

    found = JobStore(tmp_path).job(job.id)

    assert found == job
    assert (found.owner, found.study, found.kind, found.work) == ("ada", "kenya", "plan", '{"kind":"plan"}')
    assert (found.state, found.started, found.ended, found.result) == (State.QUEUED, None, None, None)


def test_an_owner_sees_only_their_own(store: JobStore) -> None:
    """A job of somebody else is as if it were not there."""
    hers, his = store.add("ada", "kenya", "plan", "{}"), store.add("bob", "kenya", "plan", "{}")

    assert [job.id for job in store.of("ada")] == [hers.id]
    assert store.job(his.id, "bob") == his
    with pytest.raises(NoSuchJobError):
        store.job(his.id, "ada")


def test_jobs_are_listed_newest_first_and_by_study(store: JobStore) -> None:
    """The list of a study holds what was asked about it."""
    first, other, second = (store.add("ada", study, "plan", "{}").id for study in ("kenya", "japan", "kenya"))

    assert [job.id for job in store.of("ada")] == [second, other, first]
    assert [job.id for job in store.of("ada", "kenya")] == [second, first]


def test_one_process_alone_may_begin_a_job(store: JobStore, tmp_path: Path) -> None:
    """Of many that ask at the same time, one is told yes."""
    job = store.add("ada", "kenya", "plan", "{}")

    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: JobStore(tmp_path).claim(job.id), range(16)))

    assert claims.count(True) == 1
    assert store.job(job.id).state is State.RUNNING


def test_progress_is_numbered_and_read_from_any_point(store: JobStore) -> None:
    """Each job counts its own events; bounds that do not exist yet are none."""
    job, other = store.add("ada", "kenya", "plan", "{}").id, store.add("ada", "japan", "plan", "{}").id
    store.tell(job, "Drawing possible futures")
    store.tell(other, "Drawing possible futures")
    store.tell(job, "Finding the plan", Progress(0, float("-inf"), 5.0, float("inf"), 0.1))
    store.tell(job, "Finding the plan", Progress(1, 2.0, 5.0, 0.3, 0.2))

    assert [(event.n, event.lower, event.upper, event.gap) for event in store.events(job)] == [
        (1, None, None, None),
        (2, None, 5.0, None),
        (3, 2.0, 5.0, 0.3),
    ]
    assert [event.n for event in store.events(job, after=2)] == [3]
    latest = store.latest(job)
    assert latest is not None
    assert latest.n == 3


def test_bounds_are_the_first_and_the_last_worth_showing(store: JobStore) -> None:
    """Bounds further apart than all the money at stake say nothing yet; other stages have none."""
    job = store.add("ada", "kenya", "plan", "{}").id
    assert store.bounds(job) is None
    for gap in (64.0, 0.9, 0.4, 0.01):
        store.tell(job, "Finding the plan", Progress(1, -gap, 0.0, gap, 0.2))
    store.tell(job, "Comparing with other plans")

    found = store.bounds(job)

    assert found is not None
    assert [event.gap for event in found] == [0.9, 0.01]


def test_a_job_ends_once(store: JobStore) -> None:
    """What was cancelled is not done afterwards, and what is done is not cancelled."""
    cancelled, done = store.add("ada", "kenya", "plan", "{}").id, store.add("ada", "kenya", "plan", "{}").id
    store.stop(cancelled)
    store.done(cancelled, Made("late"))
    store.claim(done)
    store.done(done, Made("new", compared_with="kenya"))
    store.stop(done)

    assert store.job(cancelled).state is State.CANCELLED
    assert store.job(cancelled).result is None
    assert store.job(done).state is State.DONE
    assert not store.job(done).is_stopping
    assert store.job(done).result == Made("new", compared_with="kenya")


def test_a_job_that_runs_is_marked_to_be_stopped(store: JobStore) -> None:
    """Its worker has still to be told, so that it counts as running until then."""
    job = store.add("ada", "kenya", "plan", "{}").id
    store.claim(job)

    stopped = store.stop(job)

    assert (stopped.state, stopped.is_stopping) == (State.RUNNING, True)


def test_an_interrupted_job_waits_again_and_keeps_its_start(store: JobStore) -> None:
    """The time it has taken counts from when it was first begun; a crash is counted."""
    job = store.add("ada", "kenya", "plan", "{}").id
    store.claim(job)
    started = store.job(job).started
    store.wait_again(job, crashed=True)

    assert (store.job(job).state, store.job(job).crashes) == (State.QUEUED, 1)
    assert store.claim(job)
    assert store.job(job).started == started


def test_an_owner_cannot_fill_the_queue(store: JobStore) -> None:
    """Beyond a few open jobs an owner has to wait; another owner has not."""
    for _ in range(MOST_OPEN):
        store.add("ada", "kenya", "plan", "{}")

    with pytest.raises(TooManyJobsError, match=r"calculations: found 8 that are not done yet; expected fewer than 8"):
        store.add("ada", "kenya", "plan", "{}")
    assert store.add("bob", "kenya", "plan", "{}").state is State.QUEUED


def test_old_jobs_are_forgotten(store: JobStore) -> None:
    """The newest finished jobs stay listed; what they have made is on the shelf anyway."""
    ended = [store.add("ada", "kenya", "plan", "{}").id for _ in range(3)]
    for job in ended:
        store.tell(job, "Drawing possible futures")
        store.stop(job)
    for _ in range(MOST_KEPT - 2):
        store.stop(store.add("ada", "kenya", "plan", "{}").id)
    store.add("ada", "kenya", "plan", "{}")

    kept = {job.id for job in store.of("ada")}
    assert len(kept) == MOST_KEPT + 1
    assert ended[0] not in kept
    assert ended[1] in kept
    assert store.events(ended[0]) == ()


def test_jobs_of_a_deleted_study_are_forgotten(store: JobStore) -> None:
    """Only finished ones of that study and owner go."""
    gone, runs, others = (store.add("ada", study, "plan", "{}").id for study in ("kenya", "kenya", "japan"))
    for job in (gone, others):
        store.stop(job)
    store.claim(runs)

    store.forget("kenya", "ada")

    assert {job.id for job in store.of("ada")} == {runs, others}


def test_a_list_of_another_version_is_begun_anew(tmp_path: Path) -> None:
    """What cannot be read is not guessed at; a list of this version is kept."""
    store = JobStore(tmp_path)
    store.add("ada", "kenya", "plan", "{}")
    assert len(JobStore(tmp_path).of("ada")) == 1
    with closing(sqlite3.connect(store.path)) as base:
        base.execute("ALTER TABLE job DROP COLUMN why")
        base.execute("PRAGMA user_version = 1")

    assert JobStore(tmp_path).of("ada") == ()
    assert store.add("ada", "kenya", "plan", "{}").why == {}


def test_a_list_begun_by_many_at_the_same_moment_is_one(tmp_path: Path) -> None:
    """A server and its workers may begin it together; nothing that one has written is lost to another."""

    def begin(n: int) -> str:
        return JobStore(tmp_path).add(f"owner {n}", "kenya", "plan", "{}").id

    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(begin, range(8)))

    assert {job.id for job in JobStore(tmp_path).in_state(State.QUEUED)} == made
