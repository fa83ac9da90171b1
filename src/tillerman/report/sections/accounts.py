"""Three accounts, never summed: public cash by year, what the country gains, what leaves it in foreign exchange."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.charts.chart import Chart
from tillerman.report import pictures
from tillerman.report.context import Context
from tillerman.report.tables import Column, Kind, Row, Sure, Table

Line = tuple[str, float, Sure]  # id of its message, million US$, how sure


@dataclass(frozen=True)
class Accounts:
    """The three accounts, each with its own table."""

    cash_chart: Chart
    cash: Table
    welfare: Table
    welfare_chart: Chart
    exchange: Table
    exchange_chart: Chart


def build(context: Context) -> Accounts:
    """Tell what the plan costs, from three sides."""
    return Accounts(
        cash_chart=pictures.cash(context, context.plan.accounts.public_cash_by_period, _budgets(context)),
        cash=_cash(context),
        welfare=_welfare(context),
        welfare_chart=pictures.lines(context, "welfare", _told(context, _welfare_lines(context))),
        exchange=_exchange(context),
        exchange_chart=pictures.lines(context, "exchange", _told(context, _exchange_lines(context))),
    )


def _budgets(context: Context) -> tuple[float, ...]:
    request, frame = context.plan.request, context.plan.country.frame
    return tuple(request.budget_musd_per_year * length for length in frame.period_years)


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
    say = context.say
    return Table(
        say("accounts.welfare"),
        _money_columns(context),
        _rows(context, _welfare_lines(context)),
        say("accounts.welfare_note"),
        _sources(context, ("discount_rate", "cost_of_public_funds")),
    )


def _exchange(context: Context) -> Table:
    say = context.say
    return Table(
        say("accounts.exchange"),
        _money_columns(context),
        _rows(context, _exchange_lines(context)),
        say("accounts.exchange_note"),
        (context.rests_on("sites", "models", "agreements", "levers"),),
    )


def _welfare_lines(context: Context) -> tuple[Line, ...]:
    money = context.plan.accounts
    return (
        ("value", money.value, Sure.SAMPLED),
        ("unmet", -money.unmet_value, Sure.SAMPLED),
        ("losses", -money.losses, Sure.SAMPLED),
        ("running", -money.running, Sure.SAMPLED),
        ("first_stage", -money.first_stage_welfare, Sure.ASSUMED),
        ("net", money.net_welfare, Sure.SAMPLED),
    )


def _exchange_lines(context: Context) -> tuple[Line, ...]:
    money = context.plan.accounts
    return (
        ("exchange_first", money.exchange_first_stage, Sure.ASSUMED),
        ("exchange_running", money.exchange_running, Sure.SAMPLED),
    )


def _told(context: Context, found: tuple[Line, ...]) -> tuple[tuple[str, float], ...]:
    return tuple((context.say(f"accounts.{name}"), amount) for name, amount, _ in found)


def _rows(context: Context, found: tuple[Line, ...]) -> tuple[Row, ...]:
    say = context.say
    return tuple(Row((say(f"accounts.{name}"), amount, say(f"sure.{sure.value}"))) for name, amount, sure in found)


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
