"""What more certainty costs: the answer of `tillerman frontier`."""

from __future__ import annotations

from dataclasses import dataclass, field

from tillerman.plan.interval import Interval


@dataclass(frozen=True)
class FrontierPoint:
    """The best plan among those that keep so much critical service under their most serious single loss."""

    asked: float  # critical service to be kept 90 days after any single loss from abroad, of what is asked for today
    kept: float  # what the plan found keeps, exactly
    worst: str  # name of the loss that leaves so little; blank where nothing can be withdrawn
    cost: Interval  # of the objective, million US$
    more: Interval  # than the cheapest point
    is_apart: bool  # surely dearer than the point before it
    name: str  # cheapest, nearly_cheapest, middle, nearly_safest, safest; blank for points between
    first_cost_musd: float  # what is decided now
    deeds: tuple[str, ...]  # what a named point does in years 1 to 3; blank for points between


@dataclass(frozen=True)
class TailPoint:
    """The best plan for one weight of the worst futures: what it costs on average, and in the worst 5 in 100."""

    aversion: float
    cost: Interval  # of the average and the worst, weighed by the aversion, million US$
    mean_musd: float  # cost and loss less value of the plan found, on average
    cvar_musd: float  # ... on average over the worst 5 in 100 futures


@dataclass(frozen=True)
class Frontier:
    """From the cheapest plan to the safest: cost against the most serious loss, and against the worst futures."""

    year: int
    points: tuple[FrontierPoint, ...]
    most: Interval  # the largest share that any plan can keep
    set_aside: tuple[str, ...]  # losses left out, under which no plan keeps more than the share below
    set_aside_kept: float
    tail: tuple[TailPoint, ...]
    tail_reason: str  # why there is no tail
    gross_musd: float
    n_priced: int
    seconds: float = field(default=0.0, compare=False)
