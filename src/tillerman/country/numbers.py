"""Every number of a country with its evidence, and the same country with one number changed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from tillerman.country.cells import expected
from tillerman.country.columns import Column, columns_of
from tillerman.country.frame import Evidence, Frame
from tillerman.country.record import TABLES, Country
from tillerman.errors import SettingError, UnknownNameError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FRAME = "frame"
RecordT = TypeVar("RecordT", bound="DataclassInstance")


@dataclass(frozen=True)
class Number:
    """One number of a country file: where it stands, its value and unit, and what stands behind it."""

    table: str
    row: str | None  # None in the frame
    column: str
    value: float
    unit: str
    evidence: Evidence | None


def numbers(country: Country) -> Iterator[Number]:
    """Go through every number of a country, in file order; blank cells and the lists of the calendar are left out."""
    evidence = {(item.table, item.row, item.column): item for item in country.evidence}
    for name, item in _quantities(Frame).items():
        value = getattr(country.frame, name)
        if value is not None:
            yield Number(FRAME, None, name, value, item.unit, evidence.get((FRAME, None, name)))
    for table, record in TABLES.items():
        columns = _quantities(record)
        for row in getattr(country, table):
            for name, item in columns.items():
                value = getattr(row, name)
                if value is not None:
                    yield Number(table, row.id, name, value, item.unit, evidence.get((table, row.id, name)))


def replace_number(country: Country, table: str, row: str | None, column: str, value: float) -> Country:
    """Return the same country with one number changed; the row is None for the frame.

    Only the column's own limits are asked, so that it is quick: a chance that must add up with others is not balanced.

    Raises:
        UnknownNameError: when the table, row or column does not exist.
        SettingError: when the value is outside the column's limits.
    """
    if table == FRAME:
        return replace(country, frame=_changed(country.frame, FRAME, column, value))
    if table not in TABLES:
        raise UnknownNameError("table", table, (*TABLES, FRAME))
    rows: tuple[Any, ...] = getattr(country, table)
    for position, found in enumerate(rows):
        if found.id == row:
            new: dict[str, Any] = {
                table: (*rows[:position], _changed(found, table, column, value), *rows[position + 1 :])
            }
            return replace(country, **new)
    raise UnknownNameError(f"row of {table}", row or "", [str(found.id) for found in rows])


def _changed(record: RecordT, table: str, column: str, value: float) -> RecordT:
    columns = _quantities(type(record))
    if column not in columns:
        raise UnknownNameError(f"number of {table}", column, columns)
    item = columns[column]
    low = -math.inf if item.minimum is None else item.minimum
    high = math.inf if item.maximum is None else item.maximum
    if not (math.isfinite(value) and low <= value <= high and (item.type is float or value == int(value))):
        raise SettingError(f"{table}:{column}", value, expected(item))
    return replace(record, **{column: item.type(value)})


@cache
def _quantities(record: type) -> dict[str, Column]:
    return {name: item for name, item in columns_of(record).items() if item.is_number and not item.is_list}
