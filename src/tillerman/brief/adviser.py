"""Up to ten pages for an adviser: the minister's two, then what stands behind each of their sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tillerman.brief import minister
from tillerman.brief.cover import cover
from tillerman.brief.document import Block, Document, Line, Look, Points, Section, Tabled, tabled
from tillerman.labels import Horizon, Level, Reader
from tillerman.report.context import Context
from tillerman.report.sections import (
    accounts,
    agreements,
    alternatives,
    balance,
    decisions,
    evidence,
    frontier,
    levers,
    loss,
    posture,
    references,
    trust,
    unknown,
    worth,
)
from tillerman.report.sections.agreements import Signature
from tillerman.report.tables import Table

PAGES = 10
_ROWS = 12  # of a table; the rest stands in the annex
_FEW = 6


def build(context: Context, level: Level) -> Document:
    """Turn a plan's record into the brief for the adviser."""
    first = [replace(section, page=1) for section in minister.sections(context, level)]
    first[0] = replace(first[0], is_part=False)
    behind = list(_behind(context))
    behind[0] = replace(behind[0], is_part=True)
    return cover(context, level, Reader.ADVISER, (*first, *behind))


def _behind(context: Context) -> Iterator[Section]:
    say = context.say
    yield _section(context, "decisions", *_decisions(context))
    yield from _agreements(context)
    yield _section(context, "posture", Line(say("posture.explained"), Look.NOTE), _postures(context))
    yield _section(context, "balance", _table(context, balance.build(context).table, _ROWS))
    yield _section(context, "loss", *_losses(context))
    found = accounts.build(context)
    three = (_table(context, table, _ROWS) for table in (found.cash, found.welfare, found.exchange))
    yield _section(context, "accounts", Line(say("accounts.intro"), Look.NOTE), *three)
    beside = references.build(context)
    yield _section(
        context,
        "references",
        Points(tuple(Line(text) for text in beside.verdicts)),
        _table(context, beside.table, _ROWS),
    )
    yield from _asked(context)
    yield from _doubts(context)


def _section(context: Context, name: str, *blocks: Block) -> Section:
    return Section(f"part-{name}", context.say(f"{name}.heading"), blocks)


def _table(context: Context, table: Table, most: int) -> Tabled:
    """A report's table with its first rows; its sources stand in the annex."""
    return replace(tabled(table, context.figures, context.say, most=most), sources=())


def _decisions(context: Context) -> Iterator[Block]:
    """Every decision in a sentence, by year."""
    say, found = context.say, decisions.build(context)
    if not found.years:
        yield Line(say("decisions.none"))
        return
    status = {True: say("status.committed"), False: say("status.provisional")}
    rows = tuple(
        (deed.sentence, year.label, status[year.is_committed], deed.detail, deed.money)
        for year in found.years
        for deed in year.deeds
    )
    heads = tuple(say(f"column.{name}") for name in ("what", "when", "status", "lever", "cash"))
    are_numbers = (False, False, False, False, True)
    yield Tabled(found.table.caption, heads, are_numbers, rows, note=found.table.note)


def _agreements(context: Context) -> Iterator[Section]:
    found, say = agreements.build(context), context.say
    lines = [Line(_signature(context, s), label=s.name) for s in (*found.to_sign, *found.in_force)]
    if not found.to_sign:
        lines.insert(0, Line(say("agreements.none")))
    yield Section("part-agreements", say("brief.agreements.heading"), (Points(tuple(lines)),))


def _signature(context: Context, found: Signature) -> str:
    return context.say(
        "brief.agreements.line", party=found.party, when=found.when, clauses=found.clauses, binds=found.binds
    )


def _postures(context: Context) -> Tabled:
    """The share that nobody abroad can stop, by layer and horizon, today and with the plan."""
    say, found = context.say, posture.build(context)
    rows = []
    for layer in found.layers:
        at = {moment.horizon: moment.bars for moment in layer.moments}
        cells = [
            say("brief.postures.cell", today=bars[0].figure, plan=bars[-1].figure)
            if (bars := at.get(say(f"horizon.{horizon.value}")))
            else say("brief.layers.unmeasured")
            for horizon in Horizon
        ]
        rows.append((layer.name, *cells))
    heads = (say("posture.column.layer"), *(say(f"horizon.{horizon.value}") for horizon in Horizon))
    caption = say("brief.postures.caption", year=found.year)
    return Tabled(caption, heads, (False, *(True for _ in Horizon)), tuple(rows))


def _losses(context: Context) -> Iterator[Block]:
    found = loss.build(context)
    yield Points(
        tuple(Line(context.say("brief.loss.line", cause=one.cause, stops=one.stops), label=one.title)
              for one in found.worst)
    )  # fmt: skip
    yield _table(context, found.table, _ROWS)


def _asked(context: Context) -> Iterator[Section]:
    """What was asked about the plan besides: break-evens, alternatives, frontier, levers, trust."""
    prices = worth.build(context)
    if prices.table is not None:
        yield _section(context, "breakeven", Line(prices.hazards_note, Look.NOTE), _table(context, prices.table, _FEW))
    choices = alternatives.build(context)
    if choices is not None:
        lines = tuple(Line(context.say.listed(item.lines), label=item.heading) for item in choices.verdicts)
        yield _section(context, "alternatives", Line(choices.intro, Look.NOTE), Points(lines))
    between = frontier.build(context)
    if between is not None:
        named = replace(between.table, rows=tuple(row for row in between.table.rows if row.values[0]))
        yield _section(context, "frontier", Line(between.intro, Look.NOTE), _table(context, named, _FEW))
    pays = levers.build(context)
    if pays is not None:
        yield _section(context, "levers", Line(pays.joint), _table(context, pays.table, _ROWS))
    held = trust.build(context)
    if held is not None:
        for number, part in enumerate(held.parts):
            lines = tuple(Line(text) for text in part.lines)
            blocks: tuple[Block, ...] = (Points(lines),) if lines else ()
            table = _table(context, part.table, _FEW)
            yield Section(f"part-trust-{number}", part.heading, (*blocks, table))


def _doubts(context: Context) -> Iterator[Section]:
    say = context.say
    gaps = unknown.build(context)
    yield _section(context, "unknown", Points(tuple(Line(text) for text in gaps.items)))
    if gaps.contested:
        told = tuple(
            Line(
                say("brief.contested.line", one=item.one.rstrip("."), other=item.other.rstrip(".")), label=item.subject
            )
            for item in gaps.contested
        )
        yield Section("part-contested", say("unknown.contested"), (Points(told),))
    grades = evidence.build(context)
    marks = tuple(Line(meaning, label=name) for name, meaning in grades.marks)
    yield _section(context, "evidence", _table(context, grades.table, _ROWS), Points(marks))
    limits = ("rights", "conduct", "adapt", "outside", "money")
    yield _section(context, "limits", Points(tuple(Line(say(f"limits.{name}")) for name in limits)))
    about = ("tbi", "mit", "neither", "names")
    yield _section(
        context,
        "disclosure",
        Points(tuple(Line(say(f"disclosure.{name}")) for name in about)),
        Line(say("brief.adviser.rest"), Look.NOTE),
    )
