"""What differs between two country files, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tillerman.country.canonical import text_of
from tillerman.country.columns import columns_of
from tillerman.country.frame import Evidence, Frame
from tillerman.country.record import NOTES, TABLES, Country


@dataclass(frozen=True)
class Change:
    """One cell, or one whole row, that differs; before and after are texts, blank for not known."""

    table: str
    row: str
    column: str | None  # None when the whole row is new or gone
    before: str | None  # None when the row is new
    after: str | None  # None when the row is gone
    unit: str
    meaning: str = ""  # what the column says, in words; blank for a whole row

    def __str__(self) -> str:
        place = f"{self.table}, {self.row}" if self.row else self.table
        if self.column is None:
            return f"{place}: {'added' if self.before is None else 'removed'}"
        unit = f" {self.unit}" if self.unit else ""
        return f"{place}: {self.column} {self.before or 'blank'} → {self.after or 'blank'}{unit}"


def diff(before: Country, after: Country) -> tuple[Change, ...]:
    """List what differs between two country files, in file order; nothing where their content is the same."""
    return tuple(_changes(before, after))


def _changes(before: Country, after: Country) -> Iterator[Change]:
    yield from _cells("frame", "", before.frame, after.frame, Frame)
    for table, record in {**TABLES, **NOTES, "evidence": Evidence}.items():
        old = {_name(row): row for row in getattr(before, table)}
        new = {_name(row): row for row in getattr(after, table)}
        for name, row in old.items():
            if name in new:
                yield from _cells(table, name, row, new[name], record)
            else:
                yield Change(table, name, None, "", None, "")
        for name in new:
            if name not in old:
                yield Change(table, name, None, None, "", "")
        if (kept := [name for name in old if name in new]) != [name for name in new if name in old]:
            yield Change(
                table, "", "order of rows", ", ".join(kept), ", ".join(name for name in new if name in old), ""
            )


def _cells(table: str, name: str, old: object, new: object, record: type) -> Iterator[Change]:
    for column, item in columns_of(record).items():
        before, after = text_of(getattr(old, column)), text_of(getattr(new, column))
        if before != after:
            yield Change(table, name, column, before, after, item.unit, item.doc)


def _name(row: object) -> str:
    """A row's name: its id, or what a row of evidence speaks of."""
    if isinstance(row, Evidence):
        return " ".join(part for part in (row.table, row.row, row.column) if part)
    return text_of(getattr(row, "id", None))
