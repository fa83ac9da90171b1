"""How far the plan holds, as far as that was asked: fresh futures, flip points, options, other chances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from tillerman.plan import Ambiguity, Enough, Flip, Flips, Interval, Options
from tillerman.report.context import Context
from tillerman.report.intervals import told_worth
from tillerman.report.names import unit_in
from tillerman.report.tables import Column, Kind, Row, Sure, Table
from tillerman.units import number
from tillerman.words import Words


@dataclass(frozen=True)
class Part:
    """One question with its answer: sentences, and a table."""

    heading: str
    lines: tuple[str, ...]
    table: Table


@dataclass(frozen=True)
class Trust:
    """Every question of this kind that was asked."""

    parts: tuple[Part, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, for the workbook."""
        return tuple(part.table for part in self.parts)


def build(context: Context) -> Trust | None:
    """Tell how far the plan holds; None where nobody asked."""
    parts = tuple(_parts(context))
    return Trust(parts) if parts else None


def _parts(context: Context) -> Iterator[Part]:
    asked = context.plan.asked
    if asked.foresight is not None or asked.certified is not None:
        yield _foresight(context)
    if asked.flips is not None:
        yield _flips(asked.flips, context)
    if asked.options is not None:
        yield _options(asked.options, context)
    if asked.ambiguity is not None:
        yield _ambiguity(asked.ambiguity, context)


def _enough(found: Enough, context: Context) -> str:
    """Whether there were enough futures; one future alone has no spread, so nothing can be told from it."""
    if not isfinite(found.share):
        return context.say("trust.untold")
    return context.say(
        "trust.enough" if found.is_enough else "trust.few",
        most=context.figures.own(found.at_most_musd),
        share=context.figures.share(found.share),
    )


def _foresight(context: Context) -> Part:
    say = context.say
    found, certified = context.plan.asked.foresight, context.plan.asked.certified
    rows, lines = [], []
    if found is not None:
        rows.append(Row((say("trust.planning"), found.planning.low, found.planning.high)))
        rows.append(Row((say("trust.foresight"), found.foresight.low, found.foresight.high)))
        lines.append(_enough(found.enough, context))
    for fresh in (found.fresh if found is not None else None, certified):
        if fresh is None:
            continue
        n = f"{fresh.n_futures:,}"
        rows.append(Row((say("trust.fresh", n=n), -fresh.objective.high, -fresh.objective.low)))
        rows.append(Row((say("trust.fresh_mean", n=n), -fresh.mean.high, -fresh.mean.low)))
        if fresh.worst is not None:
            rows.append(Row((say("trust.fresh_worst", n=n), -fresh.worst.high, -fresh.worst.low)))
    table = _bounds(
        context, say("trust.foresight.table"), say("trust.foresight.column"), rows, say("trust.foresight.note")
    )
    return Part(say("trust.foresight.heading"), tuple(lines), table)


def _bounds(context: Context, caption: str, head: str, rows: list[Row], note: str) -> Table:
    """A table of figures between two ends."""
    ends = (Column(context.say(f"interval.{end}"), Kind.MONEY, Sure.SAMPLED) for end in ("low", "high"))
    return Table(caption, (Column(head), *ends), tuple(rows), note)


def _flips(found: Flips, context: Context) -> Part:
    say = context.say
    heads = ("decision", "number", "value", "range", "verdict")
    rows = tuple(Row((row.name, _place(row), *_range(row, context), _verdict(row, context))) for row in found.rows)
    table = Table(
        say("trust.flips.table"), tuple(Column(say(f"trust.flips.{head}")) for head in heads), rows,
        say("trust.flips.note"),
    )  # fmt: skip
    lines = tuple(say("trust.flips.worth", name=d.name, worth=told_worth(d.worth, context)) for d in found.decisions)
    return Part(say("trust.flips.heading"), lines, table)


def _place(row: Flip) -> str:
    return " ".join(part for part in (row.table, row.row, row.column) if part)


def _range(row: Flip, context: Context) -> tuple[str, str]:
    """A number's value and range; what is assumed of a chance is told only when hazards are asked for."""
    if row.column == "chance" and not context.with_hazards:
        return "", ""
    low, high = _told(row.low, row, context.say), _told(row.high, row, context.say)
    return _told(row.value, row, context.say), context.say("interval.span", low=low, high=high)


def _verdict(row: Flip, context: Context) -> str:
    if row.flips_at is None or row.pays_at is None or row.fails_at is None:
        return context.say(f"trust.flips.{row.verdict.value}")
    side = "above" if row.pays_at > row.fails_at else "below"
    return context.say(f"trust.flips.pays_{side}", at=_told(row.flips_at, row, context.say))


def _told(value: float, row: Flip, say: Words) -> str:
    if row.column == "chance":
        return f"{number(100 * value)} %"
    return f"{number(value)} {unit_in(say, row.unit)}".rstrip()


def _options(found: Options, context: Context) -> Part:
    say = context.say
    rows = [_worth(row.name, row.worth) for row in found.rows]
    rows.append(_worth(say("trust.options.again", year=found.replan_year), found.saving))
    changes = tuple(
        say(
            "trust.options.change",
            name=c.name,
            years=c.years,
            was=number(c.amount),
            now=number(c.replanned),
            unit=say(f"replan.unit.{c.unit}"),
        )
        for c in found.changes
    )
    table = _bounds(context, say("trust.options.table"), say("trust.options.column"), rows, say("trust.options.note"))
    return Part(say("trust.options.heading"), changes, table)


def _worth(name: str, found: Interval) -> Row:
    return Row((name, found.low, found.high))


def _ambiguity(found: Ambiguity, context: Context) -> Part:
    say, own = context.say, context.figures.own
    ends = say(
        "trust.ambiguity.ends", worst=own(-found.worst_musd), assumed=own(-found.assumed_musd),
        best=own(-found.best_musd),
    )  # fmt: skip
    chances = [Column(say(f"trust.ambiguity.{end}"), Kind.CHANCE, Sure.ASSUMED) for end in ("low", "high")]
    gains = [Column(say(f"trust.ambiguity.at_{end}"), Kind.MONEY, Sure.SAMPLED) for end in ("low", "high")]
    is_told = context.with_hazards  # assumed chances are shown only when hazards are asked for
    heads = (Column(say("trust.ambiguity.disruption")), *(chances if is_told else ()), *gains)
    rows = tuple(
        Row((h.name, *((h.low, h.high) if is_told else ()), -h.at_low_musd, -h.at_high_musd)) for h in found.hazards
    )
    table = Table(say("trust.ambiguity.table"), heads, rows, say("trust.ambiguity.note", n=f"{found.n_futures:,}"))
    return Part(say("trust.ambiguity.heading"), (ends,), table)
