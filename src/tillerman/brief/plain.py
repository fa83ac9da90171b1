"""A brief as plain data: what the PDF's template reads. File text travels as data and is never part of a program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum

from tillerman.brief.document import Document
from tillerman.report.charts import Bar

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


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
    if is_dataclass(value):
        told: dict[str, Plain] = {"kind": type(value).__name__.lower()}
        for item in fields(value):
            told[item.name] = plain(getattr(value, item.name))
        return told
    raise TypeError(f"{type(value).__name__} has no place in a brief")


def texts(document: Document) -> Iterator[tuple[str, str]]:
    """Every text of a brief, with the heading under which it stands."""
    for name in ("kicker", "title", "summary", "level_told", "standard", "origin", "warnings"):
        yield from ((document.title, text) for text in _strings(plain(getattr(document, name))))
    for section in document.sections:
        yield from ((section.heading, text) for text in _strings(plain(section)))


def _strings(value: Plain) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _strings(item)
        case dict():
            for item in value.values():
                yield from _strings(item)
