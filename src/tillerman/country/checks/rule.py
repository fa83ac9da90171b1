"""What a check is: a sentence that must hold, and a search for where it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from tillerman.country.cells import Refusal, Value
from tillerman.country.columns import Column
from tillerman.country.record import Country

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """Where a rule does not hold: the table, the row (its id, or its position where rows have no id), the column."""

    table: str
    row: str | int
    column: str | None
    found: str
    expected: str
    remedy: str


@dataclass(frozen=True)
class Rule:
    """A rule about the whole file."""

    name: str
    must: str  # a sentence, printed on the reference page
    find: Callable[[Country], Iterable[Finding]]
    severity: Severity = "error"
    whole: tuple[str, ...] = ()  # tables of which every row must have been readable for the rule to be judged


class Lookup(Protocol):
    """What stands in the columns of a file, rows of which other cells could not be read included."""

    def names(self, table: str, column: str) -> frozenset[str]:
        """Return what stands in a column."""

    def can_name(self, table: str, column: str) -> bool:
        """Tell whether the column could be read in every row."""


@dataclass(frozen=True)
class NameRule:
    """A rule about names that are looked up elsewhere; judged where these columns could be read in every row."""

    name: str
    must: str
    find: Callable[[Country, Lookup], Iterable[Finding]]
    reads: tuple[tuple[str, str], ...] = ()  # tables and columns that must have been read in every row
    severity: Severity = "error"


@dataclass(frozen=True)
class CellRule:
    """A rule about one value; `known` holds the ids of the tables a column may name."""

    name: str
    must: str
    find: Callable[[Column, Value, frozenset[str]], Refusal | None]
    severity: Severity = "error"
