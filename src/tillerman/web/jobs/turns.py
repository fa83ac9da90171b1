"""Whose turn it is: each owner's first job comes before anybody's second; one that runs is its owner's first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tillerman.web.jobs.records import Job


def fairly(waiting: Iterable[Job], running: Iterable[Job]) -> list[Job]:
    """Jobs that wait, given from the oldest to the newest, in the order in which they are begun."""
    turns = Counter(job.owner for job in running)
    ordered: list[tuple[int, int, Job]] = []
    for job in waiting:
        turns[job.owner] += 1
        ordered.append((turns[job.owner], len(ordered), job))
    return [job for _, _, job in sorted(ordered, key=lambda item: item[:2])]
