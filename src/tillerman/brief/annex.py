"""Everything for an analyst: all tables with their sources, every number with its evidence, and the certificate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from math import isnan

from tillerman.brief.cover import cover
from tillerman.brief.document import Document, Line, Look, Points, Section, Tabled, tabled
from tillerman.country import Number, numbers
from tillerman.country.frame import Evidence
from tillerman.labels import Level, Reader
from tillerman.report.context import Context
from tillerman.report.page import Page, page_of
from tillerman.report.tables import Table
from tillerman.units import number


def build(context: Context, level: Level) -> Document:
    """Turn a plan's record into the annex."""
    view = page_of(context)
    found = [*_tables(context, view), _calculation(context, view), _sources(context, view), *_evidence(context)]
    parts = ("keeps", "annex", f"evidence-{_first_table(context)}")
    sections = tuple(replace(s, is_part=n > 0 and s.id.removeprefix("annex-") in parts) for n, s in enumerate(found))
    return cover(context, level, Reader.ANALYST, sections)


def _tables(context: Context, view: Page) -> Iterator[Section]:
    """Every table of the report, whole."""
    three = (view.accounts.cash, view.accounts.welfare, view.accounts.exchange)
    told: tuple[tuple[str, tuple[Table | None, ...]], ...] = (
        ("keeps", (view.keeps.table,)),
        ("decisions", (view.decisions.table, view.decisions.ready)),
        ("posture", (view.posture.table,)),
        ("balance", (view.balance.table,)),
        ("loss", (view.loss.table,)),
        ("accounts", three),
        ("references", (view.references.table,)),
        ("breakeven", (view.worth.table,)),
        ("alternatives", (view.alternatives.table if view.alternatives else None,)),
        ("frontier", (view.frontier.table, view.frontier.tail) if view.frontier else (None,)),
        ("levers", (view.levers.bounds,) if view.levers else (None,)),
        ("trust", view.trust.tables if view.trust else (None,)),
    )
    for name, tables in told:
        shown = tuple(tabled(table, context.figures, context.say) for table in tables if table is not None)
        if shown:
            yield Section(f"annex-{name}", context.say(f"{name}.heading"), shown)


def _calculation(context: Context, view: Page) -> Section:
    """How it was calculated, what was proved, and how to cite it."""
    say = context.say
    cite = Line(view.annex.cite, label=say("annex.cite"))
    table = tabled(view.annex.table, context.figures, say)
    return Section("annex-annex", say("annex.heading"), (table, cite, Line(say("limits.page"), Look.NOTE)))


def _sources(context: Context, view: Page) -> Section:
    say = context.say
    table = tabled(view.evidence.table, context.figures, say)
    sources = Points(tuple(Line(text, Look.NOTE) for text in view.evidence.sources))
    return Section("annex-evidence", say("evidence.heading"), (table, Line(say("evidence.sources")), sources))


def _first_table(context: Context) -> str:
    return next((item.table for item in numbers(context.plan.country)), "")


def _evidence(context: Context) -> Iterator[Section]:
    """Every number of the country file, with its range, grade and source."""
    say = context.say
    names = ("row", "number", "value", "range", "grade", "source")
    heads = tuple(say(f"brief.evidence.column.{name}") for name in names)
    are_numbers = (False, False, True, True, False, False)
    for table, items in groupby(numbers(context.plan.country), key=lambda item: item.table):
        rows = tuple(_row(context, item) for item in items)
        caption = say("brief.evidence.table", table=table)
        yield Section(f"annex-evidence-{table}", caption, (Tabled(caption, heads, are_numbers, rows),))


def _row(context: Context, item: Number) -> tuple[str, ...]:
    say, found = context.say, item.evidence
    told = say("brief.evidence.withheld") if isnan(item.value) else f"{number(item.value, 4)} {item.unit}".strip()
    grade = say("grade.silent" if found is None else f"grade.{found.grade.value}")
    return (item.row or "", item.column, told, _range(context, found), grade, _source(found))


def _range(context: Context, found: Evidence | None) -> str:
    if found is None or found.low is None or found.high is None:
        return ""
    return context.say("interval.span", low=number(found.low, 4), high=number(found.high, 4))


def _source(found: Evidence | None) -> str:
    if found is None:
        return ""
    when = found.published.isoformat() if found.published else str(found.year or "")
    parts = (found.publisher, found.title, when, found.address, found.source_file)
    return ". ".join(part.strip().rstrip(".") for part in parts if part)
