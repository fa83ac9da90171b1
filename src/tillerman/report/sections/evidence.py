"""What stands behind the numbers: how many are official, measured, reported, estimated or assumed, and the sources."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.country import Country
from tillerman.labels import Grade
from tillerman.report.charts import Bar, Key, Part
from tillerman.report.context import Context
from tillerman.report.figures import Figures
from tillerman.report.tables import Column, Kind, Row, Sure, Table
from tillerman.words import Words

SILENT = "silent"  # a number without a word of evidence: an assumption by silence


@dataclass(frozen=True)
class Evidence:
    """Shares by grade, the three marks, and every source once."""

    bar: Bar
    legend: tuple[Key, ...]
    marks: tuple[tuple[str, str], ...]
    table: Table
    sources: tuple[str, ...]


def build(context: Context) -> Evidence:
    """Tell what the numbers rest on."""
    return summary(context.plan.country, context.say, context.figures)


def summary(country: Country, say: Words, write: Figures) -> Evidence:
    """Tell what the numbers of a country file rest on, with or without a plan."""
    health = country.health()
    counts = {grade.value: health.by_grade.get(grade, 0) for grade in Grade} | {SILENT: health.n_silent}
    total = max(1, health.n_numbers)
    parts = tuple(
        Part(f"grade-{name}", n / total, say("evidence.part", grade=say(f"grade.{name}"), share=write.share(n / total)))
        for name, n in counts.items()
    )
    table = Table(
        say("evidence.table"),
        (Column(say("evidence.column.grade")), Column(say("evidence.column.n"), Kind.COUNT),
         Column(say("evidence.column.share"), Kind.SHARE)),
        tuple(Row((say(f"grade.{name}"), n, n / total)) for name, n in counts.items()),
        say("evidence.note", ranged=write.share(health.n_ranged / total), contested=health.n_contested),
    )  # fmt: skip
    return Evidence(
        bar=Bar(say("evidence.bar"), parts, ""),
        legend=tuple(Key(part.look, part.words) for part, n in zip(parts, counts.values(), strict=True) if n),
        marks=tuple((say(f"sure.{sure.value}"), say(f"sure.meaning.{sure.value}")) for sure in Sure),
        table=table,
        sources=tuple(str(source) for source in country.cite()),
    )
