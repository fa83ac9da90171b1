"""What the plan costs, and what doing nothing costs, beside the plans a doubter would propose."""

from __future__ import annotations

from dataclasses import replace

from tillerman.brief.document import Line, Section, tabled
from tillerman.report.context import Context
from tillerman.report.sections.keeps import committed_cash, committed_years, last_year
from tillerman.report.sections.references import References
from tillerman.report.tables import Row

_SHOWN = (0, 1, 4)  # plan, costs more, kept


def build(context: Context, references: References) -> Section:
    """The three figures of money, the first verdict, and the plans side by side."""
    plan, say, write = context.plan, context.say, context.figures
    first, last = committed_years(plan)
    cash = say(
        "brief.cost.cash",
        early=write.own(committed_cash(plan)),
        first=first,
        last=last,
        all=write.own(sum(plan.accounts.public_cash_by_period)),
        end=last_year(plan),
        abroad=write.own(plan.accounts.exchange_first_stage),
    )
    full = references.table
    columns = [full.columns[i] for i in _SHOWN]
    columns[-1] = replace(columns[-1], head=say("brief.cost.column.kept"))
    rows = tuple(Row(tuple(row.values[i] for i in _SHOWN), is_ours=row.is_ours) for row in full.rows)
    table = tabled(replace(full, columns=tuple(columns), rows=rows, note="", sources=()), write, say)
    verdicts = tuple(
        Line(text, name="" if n == 0 else "cost.verdicts") for n, text in enumerate(references.verdicts[:1])
    )
    return Section("cost", say("brief.cost.heading"), (Line(cash), table, *verdicts), page=2)
