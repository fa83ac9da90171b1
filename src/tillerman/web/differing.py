"""Decisions that differ between two plans, said in the reader's language as the plan page says decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tillerman.compare import DecisionChange
from tillerman.report.context import Context
from tillerman.report.sections.decisions import sentence


def said(found: Iterable[DecisionChange], before: Context, after: Context) -> tuple[DecisionChange, ...]:
    """The same changes, with what either plan does in words; what a plan does not do stays blank."""
    return tuple(replace(item, before=_done(before, item), after=_done(after, item)) for item in found)


def _done(context: Context, item: DecisionChange) -> str:
    """What a plan does about one subject, period by period."""
    return " ".join(
        context.say("differing.done", years=row.years, deed=sentence(context, row))
        for row in context.plan.decisions
        if (row.action, row.subject) == (item.action, item.subject)
    )
