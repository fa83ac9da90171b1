"""What is kept of a long calculation: what was asked, how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """True once nothing more will happen."""
        return self in FINAL


FINAL = frozenset({State.DONE, State.FAILED, State.CANCELLED})


@dataclass(frozen=True)
class Made:
    """What a job has made: the study that holds the answer, and the one to compare it with."""

    study: str
    compared_with: str = ""  # blank where nothing is compared
    subject: str = ""  # what was asked about, where the answer is about one thing
    capped: tuple[str, ...] = ()  # disruptions whose chance a dial would have raised beyond what any chance may be
    idle: tuple[str, ...] = ()  # who was distrusted though the file knows of nothing that they could do


@dataclass(frozen=True)
class Job:
    """One long calculation."""

    id: str
    owner: str
    study: str  # what it was asked about
    kind: str
    work: str  # what is to be done, as JSON; `kinds.work_of` reads it
    state: State
    is_stopping: bool  # its owner wants it cancelled
    crashes: int  # how often its worker has died under it
    made: float  # seconds since 1970
    started: float | None
    ended: float | None
    why: Mapping[str, str]  # it failed, in words, by language; empty where nobody could say
    result: Made | None


@dataclass(frozen=True)
class Event:
    """How far a job was at one moment; bounds are those of the plan being searched, and none in other stages."""

    n: int
    at: float
    stage: str
    lower: float | None = None  # no plan costs less, in million US$
    upper: float | None = None  # the best plan found so far costs this
    gap: float | None = None  # what could still be saved at most, as a share of gross cost
