"""What keeps running: every critical service today and with the plan. The first thing a reader sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tillerman.exposure import ServiceKept
from tillerman.exposure.singles import STOPPED_BELOW
from tillerman.labels import Horizon
from tillerman.plan import Plan
from tillerman.plan.decisions import COMMITTED_YEARS
from tillerman.report.charts import Bar, Key, Part
from tillerman.report.context import Context
from tillerman.report.figures import Figures
from tillerman.report.tables import Column, Kind, Row, Source, Sure, Table
from tillerman.words import Words

QUARTER = list(Horizon).index(Horizon.QUARTER)
CRITICAL = 1
SERVED_BY = ("services", "deployments", "holds", "retention", "clauses", "sites", "models", "capabilities", "talent")


@dataclass(frozen=True)
class Pair:
    """One critical service: how it stands today and, where there is one, with the plan; and what takes over."""

    service: str  # its id in the country file
    name: str
    people: str
    bars: tuple[Bar, ...]
    fallback: str


@dataclass(frozen=True)
class Keeps:
    """The finding, the answer in three sentences, and the picture behind it."""

    finding: str
    answer: tuple[str, ...]
    how: str  # to read a bar
    legend: tuple[Key, ...]
    services: tuple[Pair, ...]
    short: str  # services that run for less than half of their uses whoever stays
    table: Table


def build(context: Context) -> Keeps:
    """Tell what keeps running."""
    plan, say = context.plan, context.say
    with_plan = {row.service: row for row in plan.services}
    critical = [row for row in plan.today.services if row.tier == CRITICAL]
    return Keeps(
        finding=finding(context),
        answer=_answer(context),
        how=say("keeps.how"),
        legend=legend(say),
        services=tuple(_pair(context, row, with_plan[row.service]) for row in critical),
        short=short_of(say, critical),
        table=_table(context, with_plan),
    )


def short_of(say: Words, critical: Sequence[ServiceKept]) -> str:
    """Say which critical services run for less than half of their uses whoever stays; blank where none does."""
    short = tuple(row.name for row in critical if row.whole < STOPPED_BELOW)
    return say("keeps.short", n=len(short), names=say.listed(short)) if short else ""


def legend(say: Words) -> tuple[Key, ...]:
    """What each part of a bar means."""
    return tuple(Key(look, say(f"keeps.key.{look}")) for look in ("own", "shared", "stops", "absent"))


def finding(context: Context) -> str:
    """How many critical services stop if one leaves, today and with the plan."""
    plan, say = context.plan, context.say
    n = sum(row.tier == CRITICAL for row in plan.today.services)
    if n == 0:
        return say("keeps.finding_without")
    today, left = len(plan.today.stopping), len(plan.stopping)
    none = say("keeps.none")
    return say("keeps.finding", n=n, today=today or none, plan=left or none)


def committed_years(plan: Plan) -> tuple[int, int]:
    """The first and the last of the years in which decisions are committed."""
    frame = plan.country.frame
    return frame.first_year, frame.first_year + min(COMMITTED_YEARS, sum(frame.period_years)) - 1


def last_year(plan: Plan) -> int:
    """The last year of the plan."""
    return plan.country.frame.first_year + sum(plan.country.frame.period_years) - 1


def committed_cash(plan: Plan) -> float:
    """Public cash within those years, in million US$."""
    cash, (at, until) = 0.0, committed_years(plan)
    for amount, length in zip(plan.accounts.public_cash_by_period, plan.country.frame.period_years, strict=True):
        if at <= until:
            cash += amount
        at += length
    return cash


def _answer(context: Context) -> tuple[str, ...]:
    """Three sentences: what is meant, what it takes, and the loss that hurts most."""
    plan, say, write = context.plan, context.say, context.figures
    first, until = committed_years(plan)
    cash = committed_cash(plan)
    today, after = plan.today.worst_single, plan.worst_withdrawal
    n = sum(d.is_committed and d.action != "run" for d in plan.decisions)
    return (
        say("keeps.meaning", year=plan.service_year),
        say("keeps.takes", n=n, first=first, last=until, money=write.money(cash)) if n else say("keeps.takes_none"),
        say(
            "keeps.worst",
            today=context.withdrawn(today),
            kept_today=write.share(today.kept[QUARTER]),
            plan=context.withdrawn(after),
            kept_plan=write.share(after.kept[QUARTER]),
        ),
    )


def _pair(context: Context, today: ServiceKept, with_plan: ServiceKept) -> Pair:
    write = context.figures
    bars = (bar_of(write, "bar.today", today), bar_of(write, "bar.plan", with_plan))
    people = write.people(today.people_million)
    return Pair(today.service, today.name, people, bars, say_fallback(context, today))


def bar_of(write: Figures, label: str, row: ServiceKept) -> Bar:
    """Own, shared and stopping parts; what is missing to the end is not served even now."""
    say = write.words
    own = min(row.alone, row.any_one)
    parts = {"own": own, "shared": row.any_one - own, "stops": max(0.0, row.whole - row.any_one)}
    parts["absent"] = 1 - sum(parts.values())
    return Bar(
        say(label),
        tuple(Part(look, share, say(f"keeps.part.{look}", share=write.share(share))) for look, share in parts.items()),
        write.share(row.any_one),
    )


def say_fallback(context: Context, row: ServiceKept) -> str:
    """Name a service's fallback, who holds it, how long switching takes and whether it was ever tested."""
    return fallback_of(context.figures, context.party, row)


def fallback_of(write: Figures, party: Mapping[str, str], row: ServiceKept) -> str:
    """The same, of a country without a plan too; `party` names parties by id."""
    say, fallback = write.words, row.fallback
    if fallback is None:
        return say("keeps.no_fallback")
    holder = say("keeps.holder", name=party[fallback.holder]) if fallback.holder else ""
    day = fallback.last_tested
    tested = say("keeps.tested", date=write.date(day)) if day else say("keeps.untested")
    hours = say("keeps.hours_unknown")
    if fallback.hours_to_switch is not None:
        hours = say("keeps.hours", hours=write.hours(fallback.hours_to_switch))
    return say("keeps.fallback", name=fallback.name, holder=holder, hours=hours, tested=tested)


def _table(context: Context, with_plan: dict[str, ServiceKept]) -> Table:
    plan, say = context.plan, context.say
    heads = ("alone", "any_one", "whole")
    columns = [Column(say("column.service")), Column(say("column.tier"), Kind.COUNT)]
    columns.append(Column(say("column.people"), Kind.PEOPLE))
    for when in ("today", "plan"):
        columns += [Column(say(f"keeps.column.{head}_{when}"), Kind.SHARE, Sure.ASSUMED) for head in heads]
        columns.append(Column(say(f"keeps.column.worst_{when}")))
    columns += [Column(say("column.fallback")), Column(say("column.hours"), Kind.HOURS)]
    rows = []
    for row in plan.today.services:
        after, fallback = with_plan[row.service], row.fallback
        told = [(r.alone, r.any_one, r.whole, context.named(r.worst)) for r in (row, after)]
        last = (fallback.name if fallback else say("keeps.no_fallback"), fallback.hours_to_switch if fallback else None)
        rows.append(
            Row((row.name, row.tier, row.people_million, *told[0], *told[1], *last), Source("services", row.service))
        )
    cited = [
        say("source.of", name=row.name, what=say("column.people"), source=source)
        for row in plan.today.services
        if row.tier == CRITICAL and (source := context.cited("services", row.service, "people_million"))
    ]
    note = say("keeps.table_note", year=plan.service_year)
    return Table(say("keeps.table"), tuple(columns), tuple(rows), note, (context.rests_on(*SERVED_BY), *cited))
