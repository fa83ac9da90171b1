"""Every number can be gone through with its evidence, and changed one at a time."""

from __future__ import annotations

import math
from dataclasses import fields

import pytest

from tests.country.mistakes import hand
from tillerman.country import TABLES, diff, load, numbers, replace_number, shipped
from tillerman.errors import SettingError, UnknownNameError
from tillerman.labels import Grade


def test_every_number_is_there_once() -> None:
    """Each quantity of each row and of the frame comes once; blanks, words and truths do not."""
    country = hand()
    found = [(item.table, item.row, item.column) for item in numbers(country)]
    assert len(found) == len(set(found))
    counted = 0
    for rows in ((country.frame,), *(getattr(country, table) for table in TABLES)):
        for row in rows:
            values = [getattr(row, item.name) for item in fields(row)]
            counted += sum(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
    assert len(found) == counted


def test_a_number_brings_its_unit_and_evidence() -> None:
    """A number knows its unit, its range and its grade; one without evidence says so."""
    told = {(item.table, item.row, item.column): item for item in numbers(hand())}
    capacity = told["sites", "home_hall", "capacity_h100e"]
    assert (capacity.value, capacity.unit) == (10.0, "H100e")
    assert capacity.evidence is not None
    assert (capacity.evidence.low, capacity.evidence.high, capacity.evidence.grade) == (5.0, 15.0, Grade.ASSUMPTION)
    assert told["sites", "home_hall", "pue"].evidence is None
    assert told["frame", None, "budget_musd_per_year"].value == 100.0


@pytest.mark.parametrize("name", shipped())
def test_any_number_can_be_replaced_by_itself(name: str) -> None:
    """Putting a number back where it stands changes nothing."""
    country = load(name)
    for item in numbers(country):
        assert replace_number(country, item.table, item.row, item.column, item.value) == country


def test_one_number_changes() -> None:
    """Only the number asked for changes, and the country it came from does not."""
    country = hand()
    before = country.content_hash
    changed = replace_number(country, "sites", "home_hall", "pue", 1.25)
    assert [str(change) for change in diff(country, changed)] == ["sites, home_hall: pue 1 → 1.25"]
    assert country.content_hash == before != changed.content_hash
    assert replace_number(country, "frame", None, "discount_rate", 0.05).frame.discount_rate == 0.05
    year = replace_number(country, "sites", "home_hall", "available_from", 2028.0).sites[1].available_from
    assert (year, type(year)) == (2028, int)


@pytest.mark.parametrize(
    ("table", "row", "column", "nearest"),
    [
        ("site", "home_hall", "pue", "sites"),
        ("sites", "home_hal", "pue", "home_hall"),
        ("sites", "home_hall", "peu", "pue"),
        ("sites", "home_hall", "zone", "number of sites: found 'zone'"),
        ("frame", None, "discount", "discount_rate"),
    ],
)
def test_unknown_numbers_are_refused(table: str, row: str | None, column: str, nearest: str) -> None:
    """A number that does not exist is refused with the nearest name; a word is no number."""
    with pytest.raises(UnknownNameError, match=nearest):
        replace_number(hand(), table, row, column, 1.0)


@pytest.mark.parametrize(
    ("column", "value"), [("pue", 0.9), ("pue", math.nan), ("lead_years", 1.5), ("lead_years", 11)]
)
def test_impossible_values_are_refused(column: str, value: float) -> None:
    """A value outside the column's limits is refused, so that a range cannot carry a model out of its meaning."""
    with pytest.raises(SettingError, match=column):
        replace_number(hand(), "sites", "home_hall", column, value)
