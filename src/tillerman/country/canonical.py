"""The one written form of every value: what stands in a cell, and what the content hash is taken over."""

from __future__ import annotations

import hashlib
from enum import Enum
from typing import TYPE_CHECKING

from tillerman.country.columns import columns_of
from tillerman.country.frame import Evidence, Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tillerman.country.record import Country

_CELL = "\x1f"
_ROW = "\x1e"
_TABLE = "\x1d"


def text_of(value: object) -> str:
    """Write a value as it stands in a cell: blank for not known, '.' decimals, ISO dates, ';' between list items."""
    match value:
        case None:
            return ""
        case tuple():
            return ";".join(text_of(item) for item in value)
        case Enum():
            return str(value.value)
        case bool():
            return "true" if value else "false"
        case float():
            return _number(value)
        case _:
            return str(value)  # a date writes itself as year-month-day


def _number(value: float) -> str:
    """Write the shortest decimal that reads back as the same number; whole numbers without '.0'."""
    if value == 0:
        return "0"
    text = repr(value)
    return text.removesuffix(".0")


def cells_of(row: object) -> tuple[str, ...]:
    """Write a row's cells, in file order (that of its fields)."""
    return tuple(text_of(value) for value in vars(row).values())


def content_hash(country: Country) -> str:
    """Sha256 over the frame, every table and the evidence, in file order; the name it was loaded by is left out."""
    digest = hashlib.sha256()
    for chunk in _chunks(country):
        digest.update(chunk.encode())
    return digest.hexdigest()


def _chunks(country: Country) -> Iterator[str]:
    from tillerman.country.record import TABLES  # a country's record needs this module first

    for table, record in {"frame": Frame, **TABLES, "evidence": Evidence}.items():
        content = getattr(country, table)
        rows = (content,) if table == "frame" else content
        yield _TABLE + table + _ROW + _CELL.join(columns_of(record))
        for row in rows:
            yield _ROW + _CELL.join(cells_of(row))
