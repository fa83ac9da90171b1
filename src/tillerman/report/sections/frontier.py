"""From the cheapest plan to the safest, where that was asked."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.charts.chart import Chart
from tillerman.plan import FrontierPoint
from tillerman.plan.frontier_result import Test
from tillerman.report import pictures
from tillerman.report.context import Context
from tillerman.report.intervals import told_worth
from tillerman.report.sections.keeps import SERVED_BY
from tillerman.report.tables import Column, Kind, Row, Sure, Table


@dataclass(frozen=True)
class Named:
    """One of the five plans that have a name, and what it does that the cheapest does not."""

    name: str
    deeds: tuple[str, ...]


@dataclass(frozen=True)
class Frontier:
    """What more certainty costs."""

    intro: str
    chart: Chart | None
    names: tuple[str, ...]  # of the numbered points of the chart
    named: tuple[Named, ...]
    table: Table
    tail: Table | None
    tail_reason: str
    set_aside: str  # losses that no decision softens, or why plans are tested by all at once; blank where neither is


def build(context: Context) -> Frontier | None:
    """Tell what the points between cheapest and safest keep and cost; None where nobody asked."""
    found, say = context.plan.asked.frontier, context.say
    if found is None:
        return None
    share = context.figures.share
    cheapest = found.points[0]
    chart, names = pictures.frontier(found, context)
    named = tuple(
        Named(_name(context, p), tuple(context.told(deed) for deed in p.deeds if deed not in cheapest.deeds))
        for p in found.points[1:]
        if p.name and set(p.deeds) - set(cheapest.deeds)
    )
    heads = ("name", "kept", "low", "high", "now", "worst")
    kinds = (Kind.TEXT, Kind.SHARE, Kind.MONEY, Kind.MONEY, Kind.MONEY, Kind.TEXT)
    sure = (None, Sure.ASSUMED, Sure.CERTIFIED, Sure.CERTIFIED, Sure.ASSUMED, None)
    table = Table(
        say("frontier.table"),
        tuple(Column(say(f"frontier.column.{h}"), kind, s) for h, kind, s in zip(heads, kinds, sure, strict=True)),
        tuple(
            Row((_name(context, p), p.kept, p.more.low, p.more.high, p.first_cost_musd, context.named(p.worst)))
            for p in found.points
        ),
        say("frontier.note", more=told_worth(found.points[-1].more, context)),
        (context.rests_on(*SERVED_BY, "agreements", "levers", "options", "disruptions", "climates"),),
    )
    aside = say("frontier.together") if found.test is Test.TOGETHER else ""
    if found.set_aside:
        lost = say.listed(tuple(context.named(name) for name in found.set_aside))
        aside = say("frontier.set_aside", names=lost, kept=share(found.set_aside_kept))
    reason = say("frontier.tail.none", reason=context.told(found.tail_reason)) if found.tail_reason else ""
    intro = say("frontier.intro", year=found.year, loss=say(f"frontier.loss.{found.test.value}"))
    return Frontier(intro, chart, names, named, table, _tail(context), reason, aside)


def _tail(context: Context) -> Table | None:
    found, say = context.plan.asked.frontier, context.say
    if found is None or not found.tail:
        return None
    least = found.tail[0]
    return Table(
        say("frontier.tail.table"),
        (
            Column(say("frontier.tail.aversion"), Kind.SHARE),
            Column(say("frontier.tail.mean"), Kind.MONEY, Sure.SAMPLED),
            Column(say("frontier.tail.worst"), Kind.MONEY, Sure.SAMPLED),
        ),
        tuple(Row((p.aversion, p.mean_musd - least.mean_musd, least.cvar_musd - p.cvar_musd)) for p in found.tail),
        say("frontier.tail.note"),
    )


def _name(context: Context, point: FrontierPoint) -> str:
    return context.say(f"frontier.point.{point.name}") if point.name else ""
