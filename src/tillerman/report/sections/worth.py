"""What helps whatever happens, and from which chance on the rest is worth its money."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.charts.chart import Chart
from tillerman.plan import BreakEven
from tillerman.report import pictures
from tillerman.report.context import Context
from tillerman.report.sections.keeps import SERVED_BY
from tillerman.report.tables import Column, Kind, Row, Source, Sure, Table

ALWAYS = "worth it at every chance tried"  # the record's verdict
_MOST = 3


@dataclass(frozen=True)
class Worth:
    """Decisions that pay at every chance tried, and the break-even chances of the largest."""

    helps: tuple[str, ...]
    table: Table | None
    chart: Chart | None
    hazards_note: str


def build(context: Context) -> Worth:
    """Tell which decisions do not hang on how likely trouble is, and on which chance the others hang."""
    plan, say = context.plan, context.say
    always = [found for found in plan.break_evens if found.verdict == ALWAYS]
    helps = tuple(say("helps.item", name=found.name, disruption=found.disruption_name) for found in always[:_MOST])
    note = say("breakeven.with_hazards" if context.with_hazards else "breakeven.without_hazards")
    found = plan.break_evens
    if not found:
        return Worth(helps, None, None, note)
    return Worth(helps, _table(context, found), pictures.break_evens(context, found), note)


def _table(context: Context, found: tuple[BreakEven, ...]) -> Table:
    say = context.say
    columns = [
        Column(say("column.decision")),
        Column(say("column.disruption")),
        Column(say("breakeven.column.chance"), Kind.CHANCE, Sure.SAMPLED),
        Column(say("breakeven.column.verdict")),
    ]
    if context.with_hazards:
        columns.append(Column(say("breakeven.column.assumed"), Kind.CHANCE, Sure.ASSUMED))
    rows = []
    for item in found:
        chance: str | float = say("breakeven.none") if item.break_even_chance is None else item.break_even_chance
        values = (item.name, item.disruption_name, chance, context.told(item.verdict))
        source = Source("disruptions", item.disruption) if item.disruption else None
        rows.append(Row((*values, item.assumed_chance) if context.with_hazards else values, source))
    rests = (context.rests_on(*SERVED_BY, "agreements", "levers", "options", "disruptions", "climates"),)
    return Table(say("breakeven.table"), tuple(columns), tuple(rows), say("breakeven.note"), rests)
