"""A brief as plain data: what the PDF's template reads. File text travels as data and is never part of a program."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass
from enum import Enum

from tillerman.brief.document import Tabled
from tillerman.report.charts import Bar

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]

_TEXT, _HEAD, _LEAST, _GAP = 30, 18, 6, 2  # of a column's width, in letters


def plain(value: object) -> Plain:
    """Turn a record into lists and dictionaries; a record says of which kind it is."""
    match value:
        case Enum():
            return str(value.value)
        case None | str() | bool() | int() | float():
            return value
        case tuple():
            return [plain(item) for item in value]
        case Bar():
            drawn: list[Plain] = [[look, float(start), float(width)] for look, start, width in value.drawn]
            return {
                "kind": "bar",
                "label": value.label,
                "figure": value.figure,
                "said": value.said,
                "drawn": drawn,
            }
        case Tabled():
            return _record(value) | {"weights": [float(weight) for weight in weights(value)]}
    return _record(value)


def weights(table: Tabled) -> tuple[int, ...]:
    """How wide each column should be beside the others: as its longest cell, text up to a limit, no word broken."""
    found = []
    for head, is_number, *cells in zip(table.heads, table.is_number, *table.rows, strict=True):
        told = [str(cell) for cell in cells]
        longest = max((_width(text) for text in told), default=1)
        words = max(
            (_width(word) for text in (head, *told) for word in re.split(r"[ -]|[^\x00-\u2fff]", text)), default=1
        )
        above = min(_width(head) // 2, _HEAD)  # a heading of two lines
        found.append(max(words, above, longest if is_number else min(longest, _TEXT), _LEAST) + _GAP)
    return tuple(found)


def _width(text: str) -> int:
    """How wide a text is, in letters; a square character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _record(value: object) -> dict[str, Plain]:
    if is_dataclass(value):
        told: dict[str, Plain] = {"kind": type(value).__name__.lower()}
        for item in fields(value):
            told[item.name] = plain(getattr(value, item.name))
        return told
    raise TypeError(f"{type(value).__name__} has no place in a brief")
