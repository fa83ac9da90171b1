"""What to do by year: committed in years one to three, provisional after; and where services then stand ready."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from tillerman.plan import Decision
from tillerman.report.context import Context
from tillerman.report.tables import Column, Kind, Row, Source, Sure, Table, Value

_TABLE_OF = {"build": "sites", "sign": "agreements", "start": "levers", "keep_open": "options"}
_WHOLE = 0.99  # a programme at 99 % of its size is the whole programme


@dataclass(frozen=True)
class Deed:
    """One thing to do."""

    sentence: str
    detail: str
    money: str


@dataclass(frozen=True)
class Year:
    """What to do in one period."""

    label: str
    is_committed: bool
    deeds: tuple[Deed, ...]


@dataclass(frozen=True)
class Decisions:
    """What to do, by year, and where services stand ready."""

    years: tuple[Year, ...]
    table: Table
    ready: Table | None


def build(context: Context) -> Decisions:
    """Tell what to do, year by year."""
    done = [d for d in context.plan.decisions if d.action != "run"]
    run = [d for d in context.plan.decisions if d.action == "run"]
    years = []
    for _, group in groupby(done, key=lambda d: d.period):
        deeds = tuple(group)
        told = tuple(Deed(sentence(context, d), _detail(context, d), _money(context, d)) for d in deeds)
        years.append(Year(deeds[0].years, deeds[0].is_committed, told))
    return Decisions(tuple(years), _table(context, done), _ready(context, run) if run else None)


def sentence(context: Context, decision: Decision) -> str:
    """Say a decision in one sentence, with no more digits than the file supports."""
    write, amount = context.figures, decision.amount
    match decision.action:
        case "start" if amount < _WHOLE:
            key, told = "do.start_part", write.share(amount)
        case "start" if write.amount(amount) != write.amount(1.0):
            key, told = "do.start_times", write.amount(amount)
        case "sign" if amount > 0:
            key, told = "do.sign_slice", write.whole(amount)
        case "build" | "keep_open":
            key, told = f"do.{decision.action}", write.whole(amount)
        case action:
            key, told = f"do.{action}", ""
    return context.say(key, n=max(1, round(amount)), name=decision.name, amount=told)


def _detail(context: Context, decision: Decision) -> str:
    say = context.say
    if decision.action == "keep_open":
        option = next(item for item in context.plan.country.options if item.id == decision.subject)
        told = [
            say("do.signpost", watcher=option.watcher, signpost=signpost(context, option.signpost, option.fires_at))
        ]
    else:
        told = []
    if decision.lever is not None:
        told.append(say(f"lever.{decision.lever}"))
    return " · ".join(told)


def signpost(context: Context, kind: str, fires_at: str) -> str:
    """Say in words what is watched for."""
    names = {item.id: item.name for item in context.plan.country.disruptions}
    key = f"signpost.{kind}.{fires_at}"
    return context.say(key) if context.say.knows(key) else names.get(fires_at, fires_at)


def _money(context: Context, decision: Decision) -> str:
    return context.figures.money(decision.public_cash_musd) if decision.public_cash_musd > 0 else ""


def _table(context: Context, done: list[Decision]) -> Table:
    say = context.say
    columns = (
        Column(say("column.what")),
        Column(say("column.when")),
        Column(say("column.status")),
        Column(say("column.action")),
        Column(say("column.amount"), Kind.AMOUNT, Sure.ASSUMED),
        Column(say("column.unit")),
        Column(say("column.cash"), Kind.MONEY, Sure.ASSUMED),
        Column(say("column.lever")),
    )
    found, sources = [], []
    for d in done:
        status = say("status.committed" if d.is_committed else "status.provisional")
        lever = say(f"lever.{d.lever}") if d.lever is not None else ""
        amount: Value = d.amount
        values = (
            d.name,
            d.years,
            status,
            say(f"action.{d.action}"),
            amount,
            _unit(context, d),
            d.public_cash_musd,
            lever,
        )
        found.append(Row(values, Source(_TABLE_OF[d.action], d.subject)))
        for column in ("capital_musd_per_kh100e", "reserve_musd_per_kh100e_year", "capital_musd"):
            source = context.cited(_TABLE_OF[d.action], d.subject, column)
            if source is not None:
                told = say("source.of", name=d.name, what=say(f"source.{column}"), source=source)
                sources += [told] if told not in sources else []
    return Table(say("decisions.table"), columns, tuple(found), say("decisions.note"), tuple(sources))


def _unit(context: Context, decision: Decision) -> str:
    key = f"unit.{decision.unit}"
    return context.say(key) if context.say.knows(key) else decision.unit


def _ready(context: Context, run: list[Decision]) -> Table:
    say = context.say
    columns = (
        Column(say("column.service")),
        Column(say("column.when")),
        Column(say("column.status")),
        Column(say("ready.column.where")),
        Column(say("ready.column.uses")),
        Column(say("ready.column.share"), Kind.SHARE, Sure.ASSUMED),
    )
    routes = {route.id: route for route in context.plan.country.routes}
    found = []
    for d in run:
        klass, _, route_id = d.subject.partition("@")
        route = routes[route_id]
        where = say("ready.where", model=context.resource[route.model], site=context.resource[route.site])
        status = say("status.committed" if d.is_committed else "status.provisional")
        uses = say(f"uses.{klass.rpartition('.')[2]}")
        found.append(Row((d.name, d.years, status, where, uses, d.amount), Source("routes", route_id)))
    return Table(say("ready.table"), columns, tuple(found), say("ready.note"))
