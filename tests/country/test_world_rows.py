"""World facts are told once: a row of `packs/world` stands unchanged in every country file that uses it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

import tillerman.country
from tillerman.country import TABLES, shipped
from tillerman.country.columns import columns_of
from tillerman.country.frame import Evidence

PACKS = Path(tillerman.country.__file__).parent / "packs"
WORLD = PACKS / "world"
INVENTED = frozenset({"hand"})
COUNTRIES = sorted(set(shipped()) - INVENTED)
SET_BY_COUNTRY = frozenset({("holds", "agreement")})
SAID = ("low", "high", "unit", "grade")
EVERY = "any"  # a row of this id speaks of every row of its table
TOLD_ONCE = sorted(path.stem for path in WORLD.glob("*.csv") if path.stem != "evidence")


def _rows(folder: Path, table: str) -> dict[str, dict[str, str]]:
    """Read a table as text, by id; empty where it does not exist."""
    path = folder / f"{table}.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def _evidence(folder: Path) -> dict[tuple[str, str, str], dict[str, str]]:
    """Read the evidence rows, by the number they speak of."""
    with (folder / "evidence.csv").open(encoding="utf-8", newline="") as file:
        return {(row["table"], row["row"], row["column"]): row for row in csv.DictReader(file)}


def _same(here: str, there: str) -> bool:
    """Say whether two cells mean the same, however the number is written."""
    try:
        return float(here) == float(there)
    except ValueError:
        return here == there


def _pairs(country: str, table: str) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """Yield each world row with the country's row that must equal it."""
    there = _rows(PACKS / country, table)
    for name, row in _rows(WORLD, table).items():
        if name == EVERY:
            yield from ((id_, row, other) for id_, other in there.items())
        elif name in there:
            yield name, row, there[name]


def test_the_world_is_no_country() -> None:
    """The folder of world rows is not offered as a country file."""
    assert "world" not in shipped()
    assert WORLD.is_dir()


@pytest.mark.parametrize("table", TOLD_ONCE)
def test_world_rows_are_rows_of_a_country_file(table: str) -> None:
    """A world table has the columns of the country file, and an id once."""
    with (WORLD / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        ids = [row["id"] for row in reader]
    assert list(reader.fieldnames or ()) == list(columns_of(TABLES[table]))
    assert len(ids) == len(set(ids)) > 0


def test_evidence_of_world_rows_speaks_of_world_rows() -> None:
    """Each evidence row of the folder names a number that stands there, and every number but 0 and 1 has one."""
    told = set(_evidence(WORLD))
    assert told
    for table, id_, column in told:
        assert _rows(WORLD, table)[id_][column] != "", (table, id_, column)
    for table in TOLD_ONCE:
        asked = [name for name, column in columns_of(TABLES[table]).items() if column.is_number and not column.is_list]
        for id_, row in _rows(WORLD, table).items():
            for column in asked:
                if row[column] not in {"", "0", "1", "0.0", "1.0"} and column != "release_year":
                    assert (table, id_, column) in told
    assert set(columns_of(Evidence)) >= set(SAID)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("table", TOLD_ONCE)
def test_a_world_row_is_the_same_everywhere(country: str, table: str) -> None:
    """A row whose id is a world row's says what the world row says, in every column that is not the country's own."""
    for id_, world, here in _pairs(country, table):
        for column, value in world.items():
            is_asked = column != "id" and (table, column) not in SET_BY_COUNTRY and (value or world["id"] != EVERY)
            if is_asked and column != "note":
                assert _same(here[column], value), f"{country}: {table}, {id_}, {column}: {here[column]}, not {value}"


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_world_number_has_the_same_range_everywhere(country: str) -> None:
    """Low, high, unit and grade of a world number are the same in every file."""
    here = _evidence(PACKS / country)
    shared = 0
    for (table, id_, column), world in _evidence(WORLD).items():
        if id_ == EVERY or id_ not in _rows(PACKS / country, table):
            continue
        found = here[table, id_, column]
        for cell in SAID:
            assert _same(found[cell], world[cell]), f"{country}: {table}, {id_}, {column}: {cell} {found[cell]}"
        shared += 1
    assert shared > 0
