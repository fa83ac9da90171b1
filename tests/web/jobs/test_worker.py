"""What a worker writes down, and how it knows whether a job is its own."""

from __future__ import annotations

from pathlib import Path

from tillerman.twostage import Progress
from tillerman.web.jobs.kinds import WORK
from tillerman.web.jobs.kinds.plan import PlanAnew
from tillerman.web.jobs.lease import lease
from tillerman.web.jobs.records import State
from tillerman.web.jobs.store import JobStore
from tillerman.web.jobs.worker import PLACE, Teller, work

SEARCH = "Finding the plan"


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


def bounds(gap: float) -> Progress:
    """Bounds so far apart."""
    return Progress(1, -gap, 0.0, gap, 0.0)


def test_bounds_are_told_four_times_a_second(tmp_path: Path) -> None:
    """Steps and first bounds are told at once; of many bounds only as many as somebody could read."""
    store, clock = JobStore(tmp_path), Clock()
    job = store.add("ada", "hand", "plan", "{}").id
    tell = Teller(store, job, clock)
    tell("Drawing possible futures", None)
    tell(SEARCH, bounds(64.0))
    tell(SEARCH, bounds(0.9))
    for step in range(1, 101):
        clock.now = step / 100
        tell(SEARCH, bounds(0.9 - step / 200))

    told = store.events(job)
    assert [event.stage for event in told[:2]] == ["Drawing possible futures", SEARCH]
    assert [event.gap for event in told[1:3]] == [64.0, 0.9]
    assert 3 <= len(told[3:]) <= 4


def test_the_last_bounds_are_told_before_the_next_step(tmp_path: Path) -> None:
    """How far apart they were in the end is not lost to the pause between two reports."""
    store, clock = JobStore(tmp_path), Clock()
    job = store.add("ada", "hand", "plan", "{}").id
    tell = Teller(store, job, clock)
    tell(SEARCH, bounds(0.5))
    tell(SEARCH, bounds(0.004))
    tell("Looking at today", None)

    assert [(event.stage, event.gap) for event in store.events(job)] == [
        (SEARCH, 0.5),
        (SEARCH, 0.004),
        ("Looking at today", None),
    ]


def test_a_job_held_by_another_worker_is_left_alone(tmp_path: Path) -> None:
    """Whoever has not got the lease does nothing."""
    store = JobStore(tmp_path)
    job = store.add("ada", "hand", "plan", WORK.dump_json(PlanAnew(name="new")).decode()).id

    with lease(tmp_path / PLACE / job):
        work(tmp_path, job, wait_s=0.1)

    assert store.job(job).state is State.QUEUED


def test_a_job_that_is_over_is_not_done_again(tmp_path: Path) -> None:
    """A worker that comes late finds nothing to do."""
    store = JobStore(tmp_path)
    job = store.add("ada", "hand", "plan", WORK.dump_json(PlanAnew(name="new")).decode()).id
    store.stop(job)

    work(tmp_path, job)

    assert store.job(job).state is State.CANCELLED
    assert store.events(job) == ()
