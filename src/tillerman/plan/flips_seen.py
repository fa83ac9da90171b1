"""What a decision is worth at the ends of a range: the plan with it and the plan without, carried there and priced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tillerman.errors import TillermanError
from tillerman.plan.base import Base
from tillerman.plan.flips_price import Decided, Place
from tillerman.twostage import combined_weights


@dataclass(frozen=True)
class Range:
    """Something that can take another value: a number of the file, or the chances of one disruption."""

    table: str
    row: str | None
    column: str
    unit: str
    value: float
    low: float
    high: float
    at: Callable[[float], Place]


@dataclass(frozen=True)
class Costs:
    """What the plan, and the plan without a decision, cost at one value."""

    on: float
    off: float

    @property
    def worth(self) -> float:
        """What the decision saves there; not a number where neither plan can be had."""
        return self.off - self.on if np.isfinite(self.on) or np.isfinite(self.off) else np.nan


@dataclass(frozen=True)
class Seen:
    """One decision at both ends of one range."""

    found: Decided
    item: Range
    low: Costs
    high: Costs

    @property
    def worths(self) -> dict[float, float]:
        """What the decision is worth at the ends and at the file's value."""
        item = self.item
        return {item.low: self.low.worth, item.value: self.found.worth.middle, item.high: self.high.worth}

    @property
    def nearness(self) -> float:
        """How near a decision comes to turning: below 0 where it turns, 1 where the number moves nothing."""
        now = self.found.worth.middle
        ends = [end / now for end in (self.low.worth, self.high.worth) if now and not np.isnan(end)]
        return min(ends, default=np.inf)


def costs_at(base: Base, item: Range, value: float, decided: Sequence[Decided]) -> list[Costs]:
    """What each decision saves at a value, by the plans carried there."""
    if value == item.value:
        return [Costs(0.0, found.worth.middle) for found in decided]
    if item.column == "chance":  # the futures' costs are known: only their weights differ
        return [_reweighted(base, item, value, found) for found in decided]
    try:
        place = item.at(value)
        return [_carried(place, base, found) for found in decided]
    except TillermanError:
        return [Costs(np.inf, np.inf) for _ in decided]


def _carried(place: Place, base: Base, found: Decided) -> Costs:
    on, off = (place.cost(place.bring(x, found, on=on)) for x, on in ((base.best.x, True), (found.without, False)))
    return Costs(on, off)


def _reweighted(base: Base, item: Range, value: float, found: Decided) -> Costs:
    probability = base.assembled.futures.reweighted({str(item.row): value / item.value})
    totals = (base.best.first_cost + base.best.future_values, found.without_futures)
    on, off = (float(combined_weights(total, probability, base.risk) @ total) for total in totals)
    return Costs(on, off)
