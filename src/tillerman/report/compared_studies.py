"""Two studies of one country side by side in words: what differs in file, services, decisions and money."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tillerman.compare import DecisionChange, outline_of, plan_change
from tillerman.country import Change, Country, diff
from tillerman.exposure import Exposure, ServiceKept
from tillerman.plan import Plan
from tillerman.report.compared import ServiceBars
from tillerman.report.context import Context, context_for
from tillerman.report.figures import Figures
from tillerman.report.names import unit_in
from tillerman.report.sections.decisions import sentence
from tillerman.report.sections.keeps import CRITICAL, bar_of
from tillerman.report.tables import Column, Kind, Row, Sure, Table

MOST_CHANGES = 200  # told one by one; two files that differ more are better compared as files


@dataclass(frozen=True)
class DecisionTold:
    """One decision that differs: what either plan does, period by period; nothing where it does nothing."""

    name: str
    status: str
    done: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class StudiesTold:
    """Two studies of one country: what differs, and what does not."""

    file: Table | None  # None where the files say the same
    n_changes: int
    finding: str
    services: tuple[ServiceBars, ...]
    services_table: Table
    decisions: tuple[DecisionTold, ...] | None  # those that differ; None without two plans
    money: Table | None
    money_told: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Study:
    """One of two studies, by the name its owner gave it."""

    name: str
    country: Country
    today: Exposure
    plan: Plan | None


def studies_told(write: Figures, one: Study, two: Study) -> StudiesTold:
    """Tell two studies of one country side by side, with their plans where both have one."""
    say = write.words
    changes = diff(one.country, two.country)
    plans = (one.plan, two.plan) if one.plan is not None and two.plan is not None else None
    pairs = _pairs(*(plan.services for plan in plans)) if plans else _pairs(one.today.services, two.today.services)
    stopping = [sum(row is not None and row.is_stopped for row in rows) for rows in zip(*pairs, strict=True)]
    finding = "compare_page.finding_plan" if plans else "compare_page.finding_today"
    names = (one.name, two.name)
    notes = []
    if plans is None:
        notes.append(say("compare_page.no_plans"))
    elif plans[0].request.n_futures != plans[1].request.n_futures:
        counts = [plan.request.n_futures for plan in plans]
        notes.append(say("compare_page.sample", a=one.name, n=counts[0], b=two.name, m=counts[1]))
    return StudiesTold(
        file=_file(write, names, changes) if changes else None,
        n_changes=len(changes),
        finding=say(finding, a=one.name, x=stopping[0], b=two.name, y=stopping[1], n=len(pairs)),
        services=tuple(_bars(write, names, pair) for pair in pairs),
        services_table=_services(write, names, pairs),
        decisions=_decisions(write, plans) if plans else None,
        money=_money(write, names, plans) if plans else None,
        money_told=_money_told(write, names, plans) if plans else "",
        notes=tuple(notes),
    )


Names = tuple[str, str]
Pair = tuple[ServiceKept | None, ServiceKept | None]


def _pairs(one: tuple[ServiceKept, ...], two: tuple[ServiceKept, ...]) -> list[Pair]:
    """Critical services of either study, each with how it stands in both."""
    old, new = ({row.service: row for row in rows if row.tier == CRITICAL} for rows in (one, two))
    return [(old.get(key), new.get(key)) for key in dict.fromkeys((*old, *new))]


def _bars(write: Figures, names: Names, pair: Pair) -> ServiceBars:
    """The bars of one service, each under its study's name."""
    there = [(name, row) for name, row in zip(names, pair, strict=True) if row is not None]
    bars = tuple(replace(bar_of(write, "bar.plan", row), label=name) for name, row in there)
    return ServiceBars(there[0][1].name, bars)


def _services(write: Figures, names: Names, pairs: list[Pair]) -> Table:
    say = write.words
    columns = [Column(say("column.service"))]
    for name in names:
        for share in ("alone", "any_one"):
            head = say("pair", name=name, value=say(f"compare_page.column.{share}"))
            columns.append(Column(head, Kind.SHARE, Sure.ASSUMED))
    rows = []
    for pair in pairs:
        shares = [value for row in pair for value in ((row.alone, row.any_one) if row else (None, None))]
        rows.append(Row((next(row.name for row in pair if row), *shares)))
    return Table(say("compare_page.services"), tuple(columns), tuple(rows))


def _file(write: Figures, names: Names, changes: tuple[Change, ...]) -> Table:
    say = write.words
    heads = (say("compare_page.column.place"), say("compare_page.column.what"), *names)
    rows = tuple(
        Row((_place(change), change.meaning.rstrip(".") or (change.column or ""), *_cells(write, change)))
        for change in changes[:MOST_CHANGES]
    )
    left = len(changes) - len(rows)
    note = say("compare_page.more_changes", n=left) if left else ""
    return Table(say("compare_page.file"), tuple(Column(head) for head in heads), rows, note)


def _place(change: Change) -> str:
    return " · ".join(part for part in (change.table, change.row) if part)


def _cells(write: Figures, change: Change) -> tuple[str, str]:
    """What stands in either file; of a whole row, whether it is there."""
    say = write.words
    if change.column is None:
        here, gone = say("compare_page.has_row"), say("nothing")
        return (gone, here) if change.before is None else (here, gone)
    unit = unit_in(say, change.unit)
    one, two = (f"{cell} {unit}".rstrip() if cell else say("nothing") for cell in (change.before, change.after))
    return one, two


def _decisions(write: Figures, plans: tuple[Plan, Plan]) -> tuple[DecisionTold, ...]:
    found = plan_change(outline_of(plans[0]), outline_of(plans[1])).decisions
    one, two = (context_for(plan, write.words, write) for plan in plans)
    return tuple(DecisionTold(row.name, _status(write, row), (_done(one, row), _done(two, row))) for row in found)


def _status(write: Figures, item: DecisionChange) -> str:
    return write.words("status.committed" if item.is_committed else "status.provisional")


def _done(context: Context, item: DecisionChange) -> tuple[str, ...]:
    """What a plan does about one subject, in the reader's language."""
    return tuple(
        context.say("pair", name=row.years, value=sentence(context, row))
        for row in context.plan.decisions
        if (row.action, row.subject) == (item.action, item.subject)
    )


def _money(write: Figures, names: Names, plans: tuple[Plan, Plan]) -> Table:
    say = write.words
    lines = (
        ("compare_page.cash", Sure.ASSUMED, [sum(plan.accounts.public_cash_by_period) for plan in plans]),
        ("compare_page.losses", Sure.SAMPLED, [plan.accounts.losses for plan in plans]),
        ("compare_page.abroad", Sure.SAMPLED, [plan.accounts.exchange_first_stage for plan in plans]),
    )
    rows = tuple(Row((say(key), say(f"sure.{sure.value}"), *amounts)) for key, sure, amounts in lines)
    columns = (Column(say("compare_page.column.money")), Column(say("compare_page.column.sure")))
    own = tuple(Column(name, Kind.MONEY) for name in names)
    return Table(say("compare_page.money"), (*columns, *own), rows, say("compare_page.money_note"))


def _money_told(write: Figures, names: Names, plans: tuple[Plan, Plan]) -> str:
    found = plan_change(outline_of(plans[0]), outline_of(plans[1]))
    worse = found.objective_after_musd - found.objective_before_musd
    if not found.is_clear:
        return write.words("compare_page.unclear")
    better, other = (names[0], names[1]) if worse > 0 else (names[1], names[0])
    return write.words("compare_page.worth", better=better, other=other, money=write.money(abs(worse)))
