"""An amount between two proved bounds, in words: no more digits than the bounds support, and zero told as zero."""

from __future__ import annotations

from tillerman.plan import Interval
from tillerman.report.context import Context


def told_worth(found: Interval, context: Context) -> str:
    """Say what something is worth: nothing, not to be told from nothing, one amount, or two."""
    say, figures = context.say, context.figures
    if not found.is_bounded:
        return figures.unknown
    if found.low == found.high == 0:
        return say("interval.nothing")
    if not found.excludes_zero():
        return say("interval.zero", most=figures.own(max(found.high, -found.low)))
    low, high = figures.own(found.low), figures.own(found.high)
    return figures.money(found.high) if low == high else say("interval.span", low=low, high=figures.money(found.high))
