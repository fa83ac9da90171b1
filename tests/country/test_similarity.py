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
ROUND_DIGITS = 1  # 0.2, 5, 3000: round guesses, which two countries have in common by chance


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


def _is_round(value: float) -> bool:
    """Say whether a number has one digit that counts, like nothing, all, a fifth or three thousand."""
    return value == float(f"{value:.{ROUND_DIGITS}g}")


@cache
def _read_from_a_file(country: str) -> frozenset[tuple[str, str, str]]:
    """Numbers read from a data file are facts about the world, not copies."""
    rows = _table(PACKS / country, "evidence")
    return frozenset((row["table"], row["row"], row["column"]) for row in rows if row["source_file"])


@cache
def _own(country: str, *, with_round: bool = False) -> Counter[tuple[str, str, float]]:
    """Count a pack's own numbers by table, column and value: no world rows, no calendar, nothing read from a file.

    Rows are not told apart by their ids, so that renaming a row does not make its numbers new.
    """
    read = _read_from_a_file(country)
    found: Counter[tuple[str, str, float]] = Counter()
    for table in TABLES:
        asked = [
            name
            for name, column in columns_of(TABLES[table]).items()
            if column.is_number and not column.is_list and column.unit not in CALENDAR and name not in {"tier", "lever"}
        ]
        for row in _table(PACKS / country, table):
            for column in asked:
                if row[column] == "" or (table, row["id"], column) in read or _is_world(table, row, column):
                    continue
                value = float(row[column])
                if value not in {0.0, 1.0} and (with_round or not _is_round(value)):
                    found[table, column, value] += 1
    return found


def share(one: str, other: str, *, with_round: bool = False) -> float:
    """Share of the smaller pack's own numbers that the larger one has as well, in the same column."""
    here, there = _own(one, with_round=with_round), _own(other, with_round=with_round)
    return (here & there).total() / min(here.total(), there.total())


def test_a_copy_is_seen() -> None:
    """A pack shares everything with itself, though no row is compared by its name."""
    assert share(COUNTRIES[0], COUNTRIES[0]) == 1.0


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_packs_share_few_of_their_own_numbers(one: str, other: str) -> None:
    """Two countries share at most a fifth of the numbers that are neither world facts nor round guesses."""
    assert share(one, other) <= MOST


if __name__ == "__main__":
    for pair in sorted(PAIRS, key=lambda names: -share(*names)):
        print(f"{share(*pair):6.1%}  ({share(*pair, with_round=True):.1%} with round numbers)  {pair[0]} and {pair[1]}")
