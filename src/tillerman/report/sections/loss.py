"""The most serious single loss, today and with the plan, and every other one, sorted by consequence."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.charts.chart import Chart
from tillerman.exposure import Consequence, WithdrawalKind
from tillerman.labels import Horizon
from tillerman.report import pictures
from tillerman.report.context import Context
from tillerman.report.sections.keeps import SERVED_BY
from tillerman.report.tables import Column, Kind, Row, Source, Sure, Table


@dataclass(frozen=True)
class One:
    """One single loss: who withdraws, and what stops."""

    title: str
    cause: str
    stops: str


@dataclass(frozen=True)
class Loss:
    """The worst today and with the plan, what is kept after them, and the table of all."""

    chart: Chart
    worst: tuple[One, ...]
    table: Table


def build(context: Context) -> Loss:
    """Tell the most serious single loss."""
    plan, say = context.plan, context.say
    return Loss(
        pictures.recovery(context),
        (
            _one(context, say("loss.today"), plan.today.worst_single),
            _one(context, say("loss.plan", year=plan.service_year), plan.worst_withdrawal),
        ),
        _table(context),
    )


def _one(context: Context, label: str, found: Consequence) -> One:
    say = context.say
    names = {service.id: service.name for service in context.plan.country.services}
    first = tuple(names[service] for service in found.stops[0])
    stopped = say("loss.first", names=say.listed(first)) if first else say("loss.first_none")
    title = say("loss.title", label=label, name=context.withdrawn(found))
    return One(title, say(f"cause.{found.withdrawal.cause.value}"), stopped)


def _table(context: Context) -> Table:
    plan, say = context.plan, context.say
    columns = [Column(say("loss.column.who")), Column(say("loss.column.kind")), Column(say("loss.column.where"))]
    columns += [
        Column(say("loss.column.kept", horizon=say(f"horizon.{horizon.value}")), Kind.SHARE, Sure.ASSUMED)
        for horizon in Horizon
    ]
    columns.append(Column(say("loss.column.stops"), Kind.COUNT, Sure.ASSUMED))
    rows = []
    for found in plan.today.singles:
        item = found.withdrawal
        where = say("loss.home" if item.is_home else "loss.abroad")
        name = (context.withdrawn(found), say(f"withdrawal.{item.kind.value}"), where)
        rows.append(Row((*name, *found.kept, len(found.stops[0])), _source(item.kind, item.id)))
    return Table(say("loss.table"), tuple(columns), tuple(rows), say("loss.note"), (context.rests_on(*SERVED_BY),))


def _source(kind: WithdrawalKind, row: str) -> Source | None:
    match kind:
        case WithdrawalKind.JURISDICTION:
            return None  # a code among the parties' jurisdictions, no row of its own
        case WithdrawalKind.PARTY | WithdrawalKind.VENDOR:
            return Source("parties", row)
        case _:
            return Source("resources", row)
