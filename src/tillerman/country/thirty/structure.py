"""The structure of a full file without any of its values: rows, names and links, with every number blank.

One country's numbers say nothing about another; who there is, and what hangs on what, is worth copying.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tillerman.country.columns import columns_of
from tillerman.country.record import NOTES, TABLES, Country
from tillerman.country.thirty.form import About
from tillerman.country.workbook_writing import put_workbook
from tillerman.country.writing import put_folder

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_REMARKS = frozenset({"note", "precedent"})  # they speak of the other country
_CODES = frozenset({"jurisdictions", "territory", "without", "target", "home_jurisdictions"})
RowT = TypeVar("RowT", bound="DataclassInstance")


@dataclass(frozen=True)
class Structure:
    """A country without values, and every number that is unknown: table, row (None in the frame), column."""

    country: Country
    unknown: tuple[tuple[str, str | None, str], ...]

    def write(self, path: Path, *, is_book: bool, language: str = "en") -> Path:
        """Write it as a workbook or as a folder, whole or not at all; a workbook says what its columns mean."""
        return put_workbook(self.country, path, language=language) if is_book else put_folder(self.country, path)


def structure_of(country: Country, about: About) -> Structure:
    """Copy the structure of a country for another: its own code in place of the other's, and no value."""
    codes = {country.frame.code: about.code}
    unknown: list[tuple[str, str | None, str]] = []
    tables: dict[str, Any] = {}
    for table in TABLES:
        tables[table] = tuple(_emptied(row, codes) for row in getattr(country, table))
        unknown += [(table, row.id, column) for row in tables[table] for column in _numbers(row)]
    frame = replace(
        _emptied(country.frame, codes),
        name=about.name,
        code=about.code,
        currency=about.currency,
        home_jurisdictions=about.home,
    )
    unknown = [("frame", None, column) for column in _numbers(frame)] + unknown
    notes: dict[str, Any] = dict.fromkeys(NOTES, ())
    emptied = Country(frame=frame, name=country.name, evidence=(), **tables, **notes)
    return Structure(emptied, tuple(unknown))


def _numbers(row: DataclassInstance) -> list[str]:
    """The columns of a row that hold numbers; those that may stay blank are not missed."""
    columns = columns_of(type(row)).values()
    return [item.name for item in columns if item.is_number and not item.is_list and not item.is_optional]


def _emptied(row: RowT, codes: dict[str, str]) -> RowT:
    """The same row without numbers, dates and remarks, and with one country's code for the other's."""
    columns = columns_of(type(row))
    changes: dict[str, Any] = {}
    for item in fields(row):
        column, value = columns[item.name], getattr(row, item.name)
        if item.name in _REMARKS or isinstance(value, date) or (column.is_number and not column.is_list):
            changes[item.name] = None
        elif item.name in _CODES and isinstance(value, str):
            changes[item.name] = codes.get(value, value)
        elif item.name in _CODES and isinstance(value, tuple):
            changes[item.name] = tuple(codes.get(part, part) for part in value)
    return replace(row, **changes)
