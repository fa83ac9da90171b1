"""A state of the world in domain words: when, at which demand and prices, what is withdrawn, what was delivered."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tillerman.country.choices import Agreement
from tillerman.country.frame import Frame
from tillerman.country.world import TargetOfDisruption
from tillerman.labels import Block, Cause, Horizon, Phase

_ORDER = (Phase.HIT, Phase.ADAPTING, Phase.ADAPTED)


class Outcome(StrEnum):
    """How a project's delivery falls out."""

    ON_TIME = "on_time"
    LATE = "late"
    NEVER = "never"


class Promises(StrEnum):
    """Which clauses count: none, those that bind, or also those that deepen a dependence into a partnership."""

    NONE = "none"
    BINDING = "binding"
    ALL = "all"


@dataclass(frozen=True)
class Active:
    """One withdrawal in force: what it strikes, since when, and how far promises hold against it."""

    strikes: TargetOfDisruption
    target: str
    horizon: Horizon
    cause: Cause
    hold_kinds: tuple[str, ...] = ()  # empty: all kinds
    depth: float = 1.0  # only for a struck resource
    is_common_shock: bool = False
    promises: Promises = Promises.ALL
    enforcement: float = 0.0  # level of enforcement programmes, for an agreement's own chance
    honoured: float | None = None  # strength of every clause; None: each agreement's own chance
    draw: float | None = None  # in a sampled state: clauses hold where the draw is below their chance
    resources: frozenset[str] | None = None  # only holds on these; None: on all
    is_legal_reach: bool = False  # asks whose courts bind, not what stops: see docs/reference/posture.md


@dataclass(frozen=True)
class State:
    """One state of the world: when, at which demand and prices, what is withdrawn, what was delivered, what fired."""

    period: int
    block: Block = Block.REST
    demand: float = 1.0  # level relative to the trend
    prices: float = 1.0  # level relative to the trend
    active: tuple[Active, ...] = ()
    delivery: tuple[tuple[str, Outcome], ...] = ()  # (delivery record, how it fell out); missing means on time
    fired: frozenset[str] = field(default_factory=frozenset)  # options whose signpost fired at least their lead ago


def phase_of(active: tuple[Active, ...]) -> Phase:
    """The phase of a state: the earliest among its withdrawals, steady when there is none."""
    phases = {item.horizon.phase for item in active}
    return next((phase for phase in _ORDER if phase in phases), Phase.STEADY)


def chance_honoured(agreement: Agreement, cause: Cause, *, is_deepening: bool = False) -> float:
    """The chance that clauses hold; an order beats those that bind no government and have moved nothing here."""
    is_bound = agreement.is_between_governments or is_deepening
    return {
        Cause.CHOOSES: agreement.honoured_chooses,
        Cause.ORDERED: agreement.honoured_ordered if is_bound else 0.0,
        Cause.CANNOT: agreement.honoured_cannot,
    }[cause]


def block_factor(frame: Frame, block: Block) -> float:
    """Demand rate in a load block over the yearly mean."""
    if block is Block.PEAK:
        return frame.peak_demand_factor
    return (1 - frame.peak_hours_share * frame.peak_demand_factor) / (1 - frame.peak_hours_share)


def block_share(frame: Frame, block: Block) -> float:
    """Share of the hours of a year in a load block."""
    return frame.peak_hours_share if block is Block.PEAK else 1 - frame.peak_hours_share
