"""A number known between two bounds: how every worth that rests on two proved costs is told."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True)
class Interval:
    """Between which two amounts a number lies, proved; in million US$ unless said otherwise."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """The middle of the interval."""
        return (self.low + self.high) / 2

    @property
    def width(self) -> float:
        """How far the bounds are apart."""
        return self.high - self.low

    @property
    def is_bounded(self) -> bool:
        """Is it known from both sides?"""
        return isfinite(self.low) and isfinite(self.high)

    def excludes_zero(self, rounding: float = 0.0) -> bool:
        """Is the number surely not nothing?"""
        return self.low > rounding or self.high < -rounding

    def less(self, other: Interval) -> Interval:
        """How much this exceeds another number, wherever both lie within their bounds."""
        return Interval(self.low - other.high, self.high - other.low)
