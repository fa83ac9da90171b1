"""What is known of every number's influence: records only, so that a stored answer opens without solving anything."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.labels import Grade
from tillerman.plan.influence_change import Part, Terms
from tillerman.plan.interval import Interval


@dataclass(frozen=True)
class Resolved:
    """What planning again at both ends of a range gives."""

    at_low: Interval  # change of the objective from the file's value to the low end
    at_high: Interval  # ... to the high end
    across: Interval  # change of the objective from the low end to the high end


@dataclass(frozen=True)
class Influence:
    """One number, its range, and how far the plan's objective moves over it."""

    table: str
    row: str | None
    column: str
    value: float
    low: float
    high: float
    unit: str
    grade: Grade
    parts: tuple[Part, ...]  # what of the plan's problem it moves
    screened_by: str  # prices, likelihood, pricing; or "not screened: ..." with the reason
    estimate_low: float | None  # change of the objective at the low end, as screened
    estimate_high: float | None
    resolved: Resolved | None
    is_distinguishable: bool  # False: zero lies within the intervals, or nothing was seen to move

    @property
    def is_screened(self) -> bool:
        """Could a screen follow it at all?"""
        return self.estimate_low is not None

    @property
    def ends(self) -> tuple[float, float]:
        """Change of the objective at the low and at the high end, as resolved or else as screened, million US$."""
        found = self.resolved
        if found is not None and found.at_low.is_bounded and found.at_high.is_bounded:
            return found.at_low.middle, found.at_high.middle
        return self.estimate_low or 0.0, self.estimate_high or 0.0

    @property
    def size(self) -> float:
        """How far apart the cheapest and the dearest of low end, value and high end lie, in million US$."""
        return _spread(*self.ends)


@dataclass(frozen=True)
class InfluenceStudy:
    """Every number with a range, most influential first, and for what it was computed."""

    country: str
    content_hash: str
    terms: Terms
    objective_musd: float
    lower_bound_musd: float
    gross_musd: float
    n_without_range: int
    rows: tuple[Influence, ...]

    @property
    def top(self) -> tuple[Influence, ...]:
        """The most influential of the numbers at whose ends the plan was made anew."""
        return tuple(row for row in self.rows if row.resolved is not None)[: self.terms.most_resolved]

    @property
    def better_than_assumption(self) -> int:
        """How many of those rest on something better than an assumption."""
        return sum(row.grade is not Grade.ASSUMPTION for row in self.top)

    @property
    def not_screened(self) -> tuple[Influence, ...]:
        """The numbers of whose influence nothing is known."""
        return tuple(row for row in self.rows if not row.is_screened)


def _spread(at_low: float, at_high: float) -> float:
    return max(0.0, at_low, at_high) - min(0.0, at_low, at_high)
