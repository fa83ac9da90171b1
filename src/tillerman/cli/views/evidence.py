"""The answer of `tillerman show`: how well a country file is known, its sources, and every number with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from tillerman.country import Country, Number, Source, numbers


@dataclass(frozen=True)
class SourceView:
    """One source, and how many numbers rest on it."""

    publisher: Annotated[str, "Who published it; blank where not given."]
    title: Annotated[str, "Its title."]
    published: Annotated[str, "Date or year."]
    address: Annotated[str, "Page or address."]
    file: Annotated[str, "File under the data folder, where numbers are read from one."]
    n_numbers: Annotated[int, "How many numbers rest on it."]


@dataclass(frozen=True)
class NumberView:
    """One number of a country file, and what stands behind it."""

    table: Annotated[str, "Its table; frame for country.toml."]
    row: Annotated[str | None, "Id of its row; null in the frame."]
    column: Annotated[str, "Its column."]
    value: Annotated[float, "The number."]
    unit: Annotated[str, "Its unit."]
    low: Annotated[float | None, "Low end of the plausible range."]
    high: Annotated[float | None, "High end of the plausible range."]
    grade: Annotated[str | None, "official, measured, reported, estimate or assumption; null without evidence."]
    source: Annotated[str, "Title, publisher, date and address; for an assumption its reasoning."]
    other_account: Annotated[str, "The other side, where the fact is contested."]


@dataclass(frozen=True)
class EvidenceView:
    """How well a country file is known."""

    country: Annotated[str, "Name of the country or economy."]
    health: Annotated[tuple[str, ...], "How well it is known, in words."]
    sources: Annotated[tuple[SourceView, ...], "Every source once."]
    numbers: Annotated[tuple[NumberView, ...], "Every number in file order; empty unless asked for."]
    input_hash: Annotated[str, "Hash of the country file's content."]


def view_evidence(country: Country, *, with_numbers: bool) -> EvidenceView:
    """Describe what a country file rests on."""
    return EvidenceView(
        country=country.frame.name,
        health=country.health().lines(),
        sources=tuple(_source(source) for source in country.cite()),
        numbers=tuple(_number(item) for item in numbers(country)) if with_numbers else (),
        input_hash=country.content_hash,
    )


def _source(found: Source) -> SourceView:
    return SourceView(found.publisher, found.title, found.published, found.address, found.file, found.n_numbers)


def _number(item: Number) -> NumberView:
    known = item.evidence
    if known is None:
        return NumberView(item.table, item.row, item.column, item.value, item.unit, None, None, None, "", "")
    when = known.published.isoformat() if known.published else ("" if known.year is None else str(known.year))
    parts = (known.title, known.publisher, when, known.address)
    return NumberView(
        table=item.table,
        row=item.row,
        column=item.column,
        value=item.value,
        unit=item.unit,
        low=known.low,
        high=known.high,
        grade=known.grade,
        source=", ".join(part for part in parts if part),
        other_account=known.other_account or "",
    )
