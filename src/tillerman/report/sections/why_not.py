"""Why not something else: what the plan leaves out, what it would cost more, and what would have to be true."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.plan.whynot_result import ChanceNeeded, Pays, PriceNeeded, Reason, WhyNot
from tillerman.report.context import Context
from tillerman.report.intervals import told_worth
from tillerman.report.tables import Column, Kind, Row, Sure, Table

_ALL = 1.0


@dataclass(frozen=True)
class Item:
    """One thing that the plan leaves out."""

    subject: str  # its id in the country file
    name: str
    action: str
    finding: str
    rules: tuple[str, ...]  # that forbid it
    conditions: tuple[str, ...]  # what would have to be true
    instead: tuple[str, ...]  # what the plan does and the best plan with it does not


@dataclass(frozen=True)
class LeftOut:
    """Everything that could be decided and is not, what costs least more first."""

    heading: str
    items: tuple[Item, ...]
    table: Table


def build(context: Context) -> LeftOut | None:
    """Tell what the plan leaves out; None where nobody asked."""
    found = context.plan.asked.left_out
    if found is None:
        return None
    say = context.say
    heads = (("name", Kind.TEXT, None), ("more", Kind.TEXT, Sure.CERTIFIED), ("price", Kind.TEXT, Sure.CERTIFIED))
    columns = tuple(Column(say(f"why_not.list.{head}"), kind, sure) for head, kind, sure in heads)
    rows = tuple(Row((row.name, _more(context, row), _short(context, row))) for row in found.rows)
    return LeftOut(
        heading=say("why_not.list.finding", country=context.country, n=len(found.rows)),
        items=tuple(item(context, row) for row in found.rows),
        table=Table(say("why_not.list.title"), columns, rows, say("why_not.list.note")),
    )


def item(context: Context, row: WhyNot) -> Item:
    """Tell of one thing why the plan leaves it out."""
    say = context.say
    more = told_worth(row.more, context)
    conditions = [] if row.price is None else [_price(context, row.price)]
    if row.chance is not None:
        conditions.append(_chance(context, row.chance))
    return Item(
        subject=row.subject,
        name=row.name,
        action=row.action,
        finding=say(f"why_not.{row.reason.value}", country=context.country, name=row.name, more=more, years=row.years),
        rules=tuple(context.told(rule) for rule in row.rules),
        conditions=tuple(conditions),
        instead=tuple(context.told(deed) for deed in row.instead),
    )


def _price(context: Context, price: PriceNeeded) -> str:
    """At which share of its price it would pay."""
    share, write = price.share, context.figures
    key = price_message(price.verdict.value, share.high)
    told = {"low": write.share(max(0.0, share.low)), "high": write.share(min(_ALL, share.high))}
    return context.say(f"why_not.price.{key}", price=write.money(price.price_musd), **told)


def price_message(verdict: str, high: float) -> str:
    """Choose the message of a price: its verdict, and whether even the whole price is not proved to be too much."""
    if high >= _ALL:
        return {Pays.UNDETERMINED.value: "untold", Pays.PAYS.value: "pays_below"}.get(verdict, verdict)
    return verdict


def _chance(context: Context, chance: ChanceNeeded) -> str:
    """From which yearly chance on it would pay; the chance that the file assumes is told only when asked for."""
    write = context.figures
    key = chance_message(chance.verdict.value, chance.break_even)
    even = chance.tried if chance.break_even is None else chance.break_even
    told = {"name": chance.name, "tried": write.chance(chance.tried), "even": write.chance(even)}
    if not context.with_hazards:
        return context.say(f"why_not.quiet.{key}", **told)
    return context.say(f"why_not.chance.{key}", assumed=write.chance(chance.assumed), **told)


def chance_message(verdict: str, break_even: float | None) -> str:
    """Choose the message of a chance: its verdict, and whether the plans found change places at one tried."""
    return "near" if verdict == Pays.UNDETERMINED.value and break_even is not None else verdict


def _more(context: Context, row: WhyNot) -> str:
    if row.reason is Reason.FORBIDDEN:
        return context.say("why_not.list.forbidden", rules=context.say.listed(row.rules))
    return told_worth(row.more, context)


def _short(context: Context, row: WhyNot) -> str:
    """At which share of its price it pays, in a few words."""
    if row.price is None:
        return ""
    share, say, write = row.price.share, context.say, context.figures
    if row.price.verdict is Pays.NEVER:
        return say("why_not.list.never")
    if share.low > 0:
        return say("why_not.list.pays", low=write.share(share.low))
    if share.high < _ALL:
        return say("why_not.list.below", high=write.share(share.high))
    return say("why_not.list.untold")
