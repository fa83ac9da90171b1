"""Three accounts, never summed: public cash by year, what the country gains, what leaves it in foreign exchange."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.report.charts import Bar, Part
from tillerman.report.context import Context
from tillerman.report.tables import Column, Kind, Row, Sure, Table


@dataclass(frozen=True)
class Accounts:
    """The three accounts, each with its own table."""

    cash_bars: tuple[Bar, ...]
    cash: Table
    welfare: Table
    exchange: Table


def build(context: Context) -> Accounts:
    """Tell what the plan costs, from three sides."""
    return Accounts(_cash_bars(context), _cash(context), _welfare(context), _exchange(context))


def _budgets(context: Context) -> tuple[float, ...]:
    request, frame = context.plan.request, context.plan.country.frame
    return tuple(request.budget_musd_per_year * length for length in frame.period_years)


def _cash_bars(context: Context) -> tuple[Bar, ...]:
    plan, say, write = context.plan, context.say, context.figures
    bars = []
    for label, cash, budget in zip(plan.periods, plan.accounts.public_cash_by_period, _budgets(context), strict=True):
        share = cash / budget if budget > 0 else 0.0
        words = say("accounts.cash_part", money=write.money(cash), share=write.share(share))
        bars.append(Bar(label, (Part("own", share, words),), write.own(cash)))
    return tuple(bars)


def _cash(context: Context) -> Table:
    plan, say = context.plan, context.say
    columns = (
        Column(say("column.when")),
        Column(say("accounts.column.cash"), Kind.MONEY, Sure.ASSUMED),
        Column(say("accounts.column.budget"), Kind.MONEY),
    )
    found = zip(plan.periods, plan.accounts.public_cash_by_period, _budgets(context), strict=True)
    return Table(say("accounts.cash"), columns, tuple(Row(row) for row in found), say("accounts.cash_note"),
                 _sources(context, ("budget_musd_per_year", "currency_per_usd")))  # fmt: skip


def _welfare(context: Context) -> Table:
    money, say = context.plan.accounts, context.say
    lines = (
        ("value", money.value, Sure.SAMPLED),
        ("unmet", -money.unmet_value, Sure.SAMPLED),
        ("losses", -money.losses, Sure.SAMPLED),
        ("running", -money.running, Sure.SAMPLED),
        ("first_stage", -money.first_stage_welfare, Sure.ASSUMED),
        ("net", money.net_welfare, Sure.SAMPLED),
    )
    rows = tuple(Row((say(f"accounts.{name}"), amount, say(f"sure.{sure.value}"))) for name, amount, sure in lines)
    return Table(say("accounts.welfare"), _money_columns(context), rows, say("accounts.welfare_note"),
                 _sources(context, ("discount_rate", "cost_of_public_funds")))  # fmt: skip


def _exchange(context: Context) -> Table:
    money, say = context.plan.accounts, context.say
    lines = (
        ("exchange_first", money.exchange_first_stage, Sure.ASSUMED),
        ("exchange_running", money.exchange_running, Sure.SAMPLED),
    )
    rows = tuple(Row((say(f"accounts.{name}"), amount, say(f"sure.{sure.value}"))) for name, amount, sure in lines)
    return Table(say("accounts.exchange"), _money_columns(context), rows, say("accounts.exchange_note"),
                 (context.rests_on("sites", "models", "agreements", "levers"),))  # fmt: skip


def _money_columns(context: Context) -> tuple[Column, ...]:
    say = context.say
    return (
        Column(say("accounts.column.line")),
        Column(say("accounts.column.amount"), Kind.MONEY),
        Column(say("column.sure")),
    )


def _sources(context: Context, columns: tuple[str, ...]) -> tuple[str, ...]:
    say = context.say
    return tuple(
        say("source.plain", what=say(f"source.{column}"), source=source)
        for column in columns
        if (source := context.cited("frame", "", column))
    )
