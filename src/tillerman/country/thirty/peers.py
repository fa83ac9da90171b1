"""Peer ranges: what a number is in economies of like income, size and grid, where a form says "don't know".

Each is a median with a 10–90 % range over at least eight economies, worked out from public files (`peers.csv`), or a
figure that stands for the world. One country's number never stands in for another's.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
FEWEST = 8  # economies in a group; of fewer, one could be told from the range
_MILLION_SMALL, _MILLION_LARGE = 5.0, 50.0  # people
_HYDRO = 0.4  # share of electricity from water from which a grid counts as one of water


class Income(StrEnum):
    """Income group, by GDP a person in US$."""

    LOW = "low"
    LOWER_MIDDLE = "lower middle"
    UPPER_MIDDLE = "upper middle"
    HIGH = "high"

    @classmethod
    def of(cls, gdp_per_person: float) -> Income:
        """The group of an economy."""
        return next((group for limit, group in _INCOMES if gdp_per_person < limit), cls.HIGH)


_INCOMES = ((1_200.0, Income.LOW), (4_500.0, Income.LOWER_MIDDLE), (14_000.0, Income.UPPER_MIDDLE))


class Size(StrEnum):
    """Size, by people."""

    SMALL = "under 5 million people"
    MEDIUM = "5 to 50 million people"
    LARGE = "over 50 million people"

    @classmethod
    def of(cls, population_million: float) -> Size:
        """The size of an economy."""
        if population_million < _MILLION_SMALL:
            return cls.SMALL
        return cls.MEDIUM if population_million <= _MILLION_LARGE else cls.LARGE


class Grid(StrEnum):
    """Kind of grid, by what its power comes from."""

    WATER = "mostly water power"
    OTHER = "mostly other power"

    @classmethod
    def of(cls, hydro_share: float) -> Grid:
        """The kind of a grid."""
        return cls.WATER if hydro_share >= _HYDRO else cls.OTHER


@dataclass(frozen=True)
class Peers:
    """A number in a group of economies: median, range, how many they are, and where that was read."""

    indicator: str
    income: Income | None
    size: Size | None
    grid: Grid | None
    n: int
    low: float
    middle: float
    high: float
    unit: str
    years: str
    source: str

    @property
    def group(self) -> str:
        """The group in words."""
        told = [f"{self.income} income"] if self.income else []
        told += [str(part) for part in (self.size, self.grid) if part]
        return ", ".join(told) or "all economies with a figure"


@dataclass(frozen=True)
class PeerSource:
    """Where peer figures were read."""

    id: str
    title: str
    publisher: str
    address: str
    stands_for: str  # what the figure is, where it stands in for the number asked for


@cache
def table() -> tuple[Peers, ...]:
    """Every peer range that is shipped."""
    with (_HERE / "peers.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Peers(
                indicator=row["indicator"],
                income=Income(row["income"]) if row["income"] else None,
                size=Size(row["size"]) if row["size"] else None,
                grid=Grid(row["grid"]) if row["grid"] else None,
                n=int(row["n"]),
                low=float(row["low"]),
                middle=float(row["middle"]),
                high=float(row["high"]),
                unit=row["unit"],
                years=row["years"],
                source=row["source"],
            )
            for row in csv.DictReader(file)
        )


@cache
def sources() -> dict[str, PeerSource]:
    """Where peer figures were read, by short name."""
    with (_HERE / "peer_sources.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: PeerSource(**row) for row in csv.DictReader(file)}


def peers_for(indicator: str, income: Income | None, size: Size | None, grid: Grid | None) -> Peers | None:
    """The range over the nearest peers: of like income, size and grid; where they are too few, of a wider group."""
    found = {(row.income, row.size, row.grid): row for row in table() if row.indicator == indicator}
    groups = [(i, s, g) for i in (income, None) for s in (size, None) for g in (grid, None)]
    return next((found[group] for group in groups if group in found), None)
