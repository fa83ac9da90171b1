"""An amount between two bounds, in words: no more digits than the bounds support, and zero told as zero."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.screens.purse import Purse
from tillerman.cli.views.interval import IntervalView


def told_worth(found: IntervalView, screen: Screen, purse: Purse) -> str:
    """What something is worth: nothing, not to be told from nothing, one amount, or two."""
    say = screen.say
    if found.low is None or found.high is None:
        return say("interval.open")
    if found.low == found.high == 0:
        return say("interval.nothing")
    if found.low <= 0 <= found.high:
        return say("cli.interval.zero", most=purse.short(max(found.high, -found.low), screen))
    low, high = purse.short(found.low, screen), purse.short(found.high, screen)
    return low if low == high else say("interval.span", low=low, high=high)
