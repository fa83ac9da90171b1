"""What differs between two files and their plans, on a screen."""

from __future__ import annotations

from itertools import groupby

from tillerman.cli.screen import Screen
from tillerman.cli.views.difference import ChangeView, DecisionChangeView, DifferenceView, PlanChangeView
from tillerman.units import Currency, money_both, share

_FOLDED = 12  # so many whole rows of one table, new or gone, are told one by one


def show_difference(view: DifferenceView, screen: Screen, currency: Currency) -> None:
    """The file first, one line a change; then the plan, where two are at hand."""
    say = screen.say
    if view.is_same:
        screen.line(say("diff.same"))
    for (table, is_new), group in groupby(view.changes, key=lambda change: (change.table, _whole(change))):
        rows = list(group)
        if is_new is not None and len(rows) > _FOLDED:
            some = "diff.more_added" if is_new else "diff.more_removed"
            screen.record(say(some, table=table, n=len(rows), first=rows[0].row, last=rows[-1].row))
            continue
        for change in rows:
            screen.record(_said(change, screen))
    if view.plan is not None:
        screen.heading(say("diff.plan"))
        show_plan_change(view.plan, screen, currency)


def _whole(change: ChangeView) -> bool | None:
    """True for a row that is new, False for one that is gone, None for a cell."""
    return None if change.column is not None else change.before is None


def _said(change: ChangeView, screen: Screen) -> str:
    if not change.meaning:
        return change.text
    return screen.say("bracketed", text=change.text, note=screen.said(change.meaning).rstrip(".。"))


def show_plan_change(plan: PlanChangeView, screen: Screen, currency: Currency, *, with_decisions: bool = True) -> None:
    """Decisions added, dropped, moved or resized; services kept otherwise; what it costs."""
    say = screen.say
    if plan.is_same:
        screen.line(say("change.nothing"))
    for kind in ("added", "dropped", "moved", "resized"):
        found = [decision for decision in plan.decisions if with_decisions and decision.kind == kind]
        if found:
            screen.line(say(f"change.{kind}"), style="bold")
            screen.items([_decision(decision, screen) for decision in found])
    for service in plan.services:
        before = say("nothing") if service.before is None else share(service.before)
        after = say("nothing") if service.after is None else share(service.after)
        state = ""
        if service.stops_before != service.stops_after:
            state = say("change.now_stops" if service.stops_after else "change.now_runs")
        screen.items([say("change.service", service=service.name, before=before, after=after, state=state)])
    if plan.carry_cost_musd and not plan.is_same:
        cost = money_both(plan.carry_cost_musd, currency, language=say.language)
        screen.line(say("change.carry_cost", money=cost))
    elif not plan.is_same and plan.carry != "unknown":
        screen.line(say(f"change.carry.{plan.carry}"))
    counts = {"x": plan.stopping_before, "y": plan.stopping_after, "n": plan.n_critical}
    screen.line(say("change.stopping", **counts))
    if plan.is_clear:
        worth = money_both(abs(plan.worse_by_musd), currency, language=say.language)
        screen.line(say("change.worse" if plan.worse_by_musd > 0 else "change.better", money=worth))
    else:
        screen.line(say("change.unclear"))


def _decision(found: DecisionChangeView, screen: Screen) -> str:
    if found.kind in {"added", "dropped"}:
        return screen.said(found.after or found.before)
    return screen.say("change.from_to", before=screen.said(found.before), after=screen.said(found.after))
