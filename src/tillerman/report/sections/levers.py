"""What each of the seven levers is worth, where that was asked."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.charts.chart import Chart
from tillerman.plan import Interval, LeverWorth
from tillerman.report import pictures
from tillerman.report.context import Context
from tillerman.report.intervals import told_worth
from tillerman.report.sections.keeps import SERVED_BY
from tillerman.report.tables import Column, Kind, Row, Sure, Table


@dataclass(frozen=True)
class Levers:
    """The worth of every lever, and how to read it."""

    joint: str
    remarks: tuple[str, ...]
    chart: Chart | None
    table: Table
    bounds: Table  # the same as numbers, for the workbook


def build(context: Context) -> Levers | None:
    """Tell which lever pays; None where nobody asked."""
    found, say = context.plan.asked.levers, context.say
    if found is None:
        return None
    used = [row for row in found.rows if row.is_used]
    idle = tuple(say(f"lever.{row.lever}") for row in found.rows if not row.is_used)
    remarks = [say("levers.read")] if found.joint.low > 0 else []
    if idle:
        remarks.append(say("levers.idle", names=say.listed(idle)))
    if found.without_targets:
        remarks.append(say("levers.without_targets"))
    if not found.is_narrow:
        remarks.append(say("levers.wide"))
    heads = (say("levers.column.alone"), say("levers.column.last"), say("levers.column.share"))
    table = Table(
        say("levers.table"),
        (Column(say("levers.column.lever")), *(Column(head, sure=Sure.CERTIFIED) for head in heads)),
        tuple(Row((say(f"lever.{row.lever}"), *(told_worth(i, context) for i in _worths(row)))) for row in used),
        say("levers.note"),
        (context.rests_on(*SERVED_BY, "agreements", "levers", "options", "disruptions", "climates"),),
    )
    bounds = Table(
        say("levers.table"),
        (
            Column(say("levers.column.lever")),
            *(
                Column(say("interval.column", what=head, bound=say(f"interval.{bound}")), Kind.MONEY, Sure.CERTIFIED)
                for head in heads
                for bound in ("low", "high")
            ),
        ),
        tuple(Row((say(f"lever.{row.lever}"), *(v for i in _worths(row) for v in (i.low, i.high)))) for row in used),
        say("levers.note"),
    )
    joint = say("levers.joint", joint=told_worth(found.joint, context))
    return Levers(joint, tuple(remarks), pictures.levers(context, found.rows), table, bounds)


def _worths(row: LeverWorth) -> tuple[Interval, Interval, Interval]:
    return row.alone, row.last, row.fair_share
