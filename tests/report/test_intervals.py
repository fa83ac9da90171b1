"""Amounts between two proved bounds, in words."""

from __future__ import annotations

from tillerman.plan import Interval
from tillerman.report.context import context_for
from tillerman.report.figures import figures
from tillerman.report.intervals import told_worth
from tillerman.study import stored
from tillerman.words import words


def test_two_bounds_that_read_alike_are_told_once() -> None:
    """Bounds that differ only in digits that are not written stand as one amount, never as “12 to 12”."""
    plan, say = stored("kenya"), words("en")
    assert plan is not None
    context = context_for(plan, say, figures(say, plan.country.frame))
    assert told_worth(Interval(91.6, 92.4), context) == context.figures.money(92.4)
    assert told_worth(Interval(50.0, 92.4), context).startswith(f"{context.figures.own(50.0)} to ")
