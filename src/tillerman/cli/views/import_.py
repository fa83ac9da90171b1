"""The answer of `tillerman import`: what changes in a country file, and what the source leaves alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from tillerman.country import Country
from tillerman.importers import Change, Proposal


@dataclass(frozen=True)
class ImportedView:
    """One number as it was and as it is with the import."""

    table: Annotated[str, "Its table."]
    row: Annotated[str, "Id of its row."]
    column: Annotated[str, "Its column."]
    unit: Annotated[str, "Its unit."]
    old: Annotated[float | None, "The number before; null where the cell was blank."]
    new: Annotated[float, "The number from the source."]
    low: Annotated[float | None, "Low end of the range in its row of evidence."]
    high: Annotated[float | None, "High end."]
    grade: Annotated[str, "official, measured, reported, estimate or assumption."]
    year: Annotated[int | None, "Year the number speaks of."]
    source_row: Annotated[str, "Row of the source, as column=value pairs."]
    source_column: Annotated[str, "Column of the source."]
    source_factor: Annotated[float, "What the source's number is multiplied by."]
    title: Annotated[str, "What was read, in words."]


@dataclass(frozen=True)
class ImportedDateView:
    """One date for the calendar."""

    date: Annotated[str, "The day, as year-month-day."]
    kind: Annotated[str, "What it is about."]
    subject: Annotated[str | None, "What it concerns: an id of the file."]
    text: Annotated[str, "What happens, in words."]


@dataclass(frozen=True)
class ImportView:
    """What one import changes."""

    source: Annotated[str, "The source."]
    file: Annotated[str, "The file that was read."]
    country: Annotated[str, "Name of the country or economy."]
    into: Annotated[str, "The country file."]
    is_written: Annotated[bool, "True when the file was rewritten; false after a dry run, or when nothing changed."]
    changes: Annotated[tuple[ImportedView, ...], "Every number that changes, or gets new evidence."]
    dates: Annotated[tuple[ImportedDateView, ...], "Dates that come to the calendar."]
    left_out: Annotated[tuple[str, ...], "Rows of the source that must not count, and why."]
    unmatched: Annotated[
        tuple[str, ...], "Rows of the file that the source could feed, and that are linked to nothing."
    ]
    offers: Annotated[tuple[str, ...], "Rows of the source that feed nothing."]
    told: Annotated[tuple[str, ...], "What the source says beside the numbers."]
    warnings: Annotated[tuple[str, ...], "What is worth a look."]


def view_import(proposal: Proposal, country: Country, *, into: str, is_written: bool) -> ImportView:
    """Put a proposal into the form that is shown and printed."""
    return ImportView(
        source=proposal.source,
        file=proposal.file,
        country=country.frame.name,
        into=into,
        is_written=is_written and bool(proposal.changes or proposal.dates),
        changes=tuple(map(_change, proposal.changes)),
        dates=tuple(ImportedDateView(d.date.isoformat(), d.kind, d.subject, d.text) for d in proposal.dates),
        left_out=proposal.left_out,
        unmatched=proposal.unmatched,
        offers=proposal.offers,
        told=proposal.told,
        warnings=tuple(str(problem) for problem in proposal.warnings),
    )


def _change(item: Change) -> ImportedView:
    known = item.evidence
    return ImportedView(
        table=item.table,
        row=item.row,
        column=item.column,
        unit=item.unit,
        old=item.old,
        new=item.new,
        low=known.low,
        high=known.high,
        grade=known.grade,
        year=known.year,
        source_row=known.source_row or "",
        source_column=known.source_column or "",
        source_factor=1.0 if known.source_factor is None else known.source_factor,
        title=known.title or "",
    )
