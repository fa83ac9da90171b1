"""One table, written once: the page formats its values, the workbook keeps them as numbers with their format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tillerman.report.figures import Figures

Value = str | float | None


class Kind(StrEnum):
    """What a column holds, and so how it is written."""

    TEXT = "text"
    SHARE = "share"
    CHANCE = "chance"
    MONEY = "money"  # million US$; the country's currency is put beside it
    PEOPLE = "people"  # million people
    AMOUNT = "amount"
    COUNT = "count"  # whole, and exact
    HOURS = "hours"


class Sure(StrEnum):
    """How sure a result is."""

    CERTIFIED = "certified"  # proved within the calculation tolerance
    SAMPLED = "sampled"  # an average over possible futures
    ASSUMED = "assumed"  # computed from the file's numbers, most of which carry ranges


@dataclass(frozen=True)
class Column:
    """One column: its heading, what it holds and how sure that is (None for names and words)."""

    head: str
    kind: Kind = Kind.TEXT
    sure: Sure | None = None


@dataclass(frozen=True)
class Source:
    """The row of the country file that a result speaks of."""

    table: str
    row: str


@dataclass(frozen=True)
class Row:
    """One row of values; the first one names it."""

    values: tuple[Value, ...]
    source: Source | None = None
    is_ours: bool = False  # the plan's own row among plans it is compared with


@dataclass(frozen=True)
class Table:
    """A table with its caption, and the sources of what stands in it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    sources: tuple[str, ...] = ()


def shown(value: Value, kind: Kind, figures: Figures) -> str:
    """Write a value as its column wants it."""
    if isinstance(value, str):
        return value
    if value is None:
        return "" if kind is Kind.TEXT else figures.unknown
    writers: dict[Kind, Callable[[float], str]] = {
        Kind.SHARE: figures.share,
        Kind.CHANCE: figures.chance,
        Kind.MONEY: figures.money,
        Kind.PEOPLE: figures.people,
        Kind.COUNT: "{:.0f}".format,
        Kind.HOURS: figures.hours,
    }
    return writers.get(kind, figures.amount)(value)
