"""No country is a copy of another: two packs share few of the numbers that are their own."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

import tillerman.country
from tillerman.country import TABLES, shipped
from tillerman.country.columns import columns_of

PACKS = Path(tillerman.country.__file__).parent / "packs"
WORLD = PACKS / "world"
INVENTED = frozenset({"hand"})
COUNTRIES = sorted(set(shipped()) - INVENTED)
PAIRS = list(combinations(COUNTRIES, 2))
MOST = 0.20
CALENDAR = frozenset({"year", "years"})  # dates of the plan and lead times: a handful of whole numbers
STRUCTURAL = frozenset({0.0, 1.0})  # nothing and all


@cache
def _table(folder: Path, table: str) -> tuple[dict[str, str], ...]:
    """Read a table as text; empty where it does not exist."""
    path = folder / f"{table}.csv"
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _is_world(table: str, row: dict[str, str], column: str) -> bool:
    """Say whether a number is told once for the whole world."""
    return any(there["id"] in {row["id"], "any"} and there[column] != "" for there in _table(WORLD, table))


@cache
def _own(country: str) -> Counter[tuple[str, str, float]]:
    """Count a pack's own numbers by table, column and value: not world rows, not calendar, neither nothing nor all.

    Rows are not told apart by their ids, so that renaming a row does not make its numbers new.
    """
    found: Counter[tuple[str, str, float]] = Counter()
    for table in TABLES:
        asked = [
            name
            for name, column in columns_of(TABLES[table]).items()
            if column.is_number and not column.is_list and column.unit not in CALENDAR and name not in {"tier", "lever"}
        ]
        for row in _table(PACKS / country, table):
            for column in asked:
                if row[column] != "" and float(row[column]) not in STRUCTURAL and not _is_world(table, row, column):
                    found[table, column, float(row[column])] += 1
    return found


def share(one: str, other: str) -> float:
    """Share of the smaller pack's own numbers that the larger one has as well, in the same column."""
    here, there = _own(one), _own(other)
    return (here & there).total() / min(here.total(), there.total())


def test_a_copy_is_seen() -> None:
    """A pack shares everything with itself, though no row is compared by its name."""
    assert share(COUNTRIES[0], COUNTRIES[0]) == 1.0


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_packs_share_few_of_their_own_numbers(one: str, other: str) -> None:
    """Two countries share at most a fifth of the numbers that are neither world facts nor structure."""
    assert share(one, other) <= MOST


if __name__ == "__main__":
    for pair in sorted(PAIRS, key=lambda names: -share(*names)):
        print(f"{share(*pair):6.1%}  {pair[0]} and {pair[1]}")
