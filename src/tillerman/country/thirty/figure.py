"""A number with its range, and what it rests on: the answers, the peer ranges and the reasons behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product


class Status(StrEnum):
    """Where the answer to a question came from."""

    ANSWERED = "answered"
    PEERS = "peers"  # a range over like economies, or over the world
    WHOLE = "whole"  # everything that is possible
    LEFT_OUT = "left_out"  # nothing stands in: what needs it is not in the file


@dataclass(frozen=True)
class Figure:
    """A number: its middle, its ends, and what stands behind it."""

    low: float
    middle: float
    high: float
    rests: tuple[tuple[str, Status], ...]  # question → where its answer came from
    why: str  # in words
    is_entered: bool = False  # it stands as it was entered, to the last digit
    source: str | None = None  # where it comes from, as whoever entered it says

    def times(self, factor: float) -> Figure:
        """The number times a constant above zero."""
        low, middle, high = self.low * factor, self.middle * factor, self.high * factor
        return replace(self, low=low, middle=middle, high=high, is_entered=False, source=None)

    def within(self, minimum: float | None, maximum: float | None) -> Figure:
        """The number kept within limits."""

        def kept(value: float) -> float:
            value = value if minimum is None else max(minimum, value)
            return value if maximum is None else min(maximum, value)

        return replace(self, low=kept(self.low), middle=kept(self.middle), high=kept(self.high))


def generic(low: float, middle: float, high: float, why: str) -> Figure:
    """A number that is the same in every file of thirty numbers, with the reason for its range."""
    return Figure(low, middle, high, (), why)


def combine(formula: Callable[..., float], *figures: Figure, why: str) -> Figure:
    """A number worked out from others; its ends are the least and most over all their ends, so it must be monotone."""
    corners = [formula(*ends) for ends in product(*((figure.low, figure.high) for figure in figures))]
    middle = formula(*(figure.middle for figure in figures))
    rests = tuple(dict(pair for figure in figures for pair in figure.rests).items())
    reasons = "; ".join(dict.fromkeys(figure.why for figure in figures if figure.why))
    return Figure(
        low=min(*corners, middle),
        middle=middle,
        high=max(*corners, middle),
        rests=rests,
        why=f"{why}. {reasons}" if reasons else why,
    )
