"""Numbers of the shipped countries stand where their evidence says: files are read again, pages named, ranges hold."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from statistics import fmean

import pytest

from tillerman.country import Country, load, shipped
from tillerman.country.numbers import Number, numbers
from tillerman.labels import Grade

DATA = Path(__file__).parents[3] / "shared" / "data"
DIGITS = 1e-3  # the table's numbers carry three digits or more
CHECKED = (Grade.OFFICIAL, Grade.MEASURED)
SECONDARY = "secondary"
INVENTED = frozenset({"hand"})
COUNTRIES = sorted(set(shipped()) - INVENTED)

each_country = pytest.mark.parametrize("country", COUNTRIES)


@cache
def _pack(country: str) -> Country:
    """Load a shipped pack once."""
    return load(country)


@cache
def _sourced(country: str) -> tuple[Number, ...]:
    """Return every number of a pack with an evidence row."""
    return tuple(number for number in numbers(_pack(country)) if number.evidence is not None)


@cache
def _rows(name: str) -> tuple[Mapping[str, object], ...]:
    """Read a source file: a table as CSV, or a JSON list of records."""
    text = (DATA / name).read_text(encoding="utf-8-sig")
    return tuple(json.loads(text) if name.endswith(".json") else csv.DictReader(text.splitlines(keepends=True)))


def _picks(row: Mapping[str, object], wanted: str) -> bool:
    """Say whether a row is meant by `column=value;column=one|another`."""
    pairs = (pair.split("=", 1) for pair in wanted.split(";"))
    return all(str(row[column]) in values.split("|") for column, values in pairs)


def _term(row: Mapping[str, object], term: str) -> float:
    """Read one term: `column`, or `weight*column`."""
    weight, _, column = term.rpartition("*")
    return float(weight or 1) * float(str(row[column]))


def _read(row: Mapping[str, object], formula: str) -> float:
    """Read `column`, a weighted sum of columns, or one column over another."""
    above, over, below = formula.partition(" / ")
    value = math.fsum(_term(row, term) for term in above.split(" + "))
    return value / _term(row, below) if over else value


def _name(number: Number) -> str:
    """Name a number as a reader would look for it."""
    return f"{number.table}/{number.row}/{number.column}"


def _unless(
    country: str, judge: Callable[[Number], bool], chosen: Callable[[Number], bool] = lambda _: True
) -> list[str]:
    """List the chosen numbers of a pack that do not keep a rule."""
    return [_name(number) for number in _sourced(country) if chosen(number) and not judge(number)]


@each_country
def test_numbers_read_from_a_file_are_still_there(country: str) -> None:
    """Each number that names file, row and column is the mean of the rows it means, times its factor."""
    if not DATA.is_dir():
        pytest.skip("the data folder is not beside this repository")
    read = 0
    for number in _sourced(country):
        item = number.evidence
        if item is None or item.source_file is None:
            continue
        assert item.source_row is not None, _name(number)
        assert item.source_column is not None, _name(number)
        rows = [row for row in _rows(item.source_file) if _picks(row, item.source_row)]
        assert rows, f"{_name(number)}: {item.source_row} is not in {item.source_file}"
        found = fmean(_read(row, item.source_column) for row in rows) * (item.source_factor or 1.0)
        assert math.isclose(found, number.value, rel_tol=DIGITS), f"{_name(number)}: {number.value}, but {found}"
        read += 1
    assert read > 0


@each_country
def test_announced_clusters_are_no_capacity(country: str) -> None:
    """A number read from the list of clusters stands on machines that exist and are counted once."""
    if not DATA.is_dir():
        pytest.skip("the data folder is not beside this repository")
    for number in _sourced(country):
        item = number.evidence
        if item is None or item.source_file is None or "gpu_clusters" not in item.source_file:
            continue
        assert item.source_row is not None, _name(number)
        for row in (row for row in _rows(item.source_file) if _picks(row, item.source_row)):
            assert row["Status"] == "Existing", f"{_name(number)}: {row['Name']} is {row['Status']}"
            assert row["Possible Duplicate"] != "True", f"{_name(number)}: {row['Name']} may be counted twice"


@each_country
def test_a_cost_that_is_only_power_times_a_rate_is_no_source(country: str) -> None:
    """The cost column of the list of August 2026 was not observed: it is the same multiple of power on every row."""
    derived = [
        _name(number)
        for number in _sourced(country)
        if number.evidence is not None and "data_centers_core" in (number.evidence.source_file or "")
        if "cost" in (number.evidence.source_column or "")
    ]
    assert derived == []


@each_country
def test_a_source_that_is_no_file_is_named_with_page_and_year(country: str) -> None:
    """A number that is not an assumption names a file, or publisher, page and year."""

    def is_named(number: Number) -> bool:
        item = number.evidence
        assert item is not None
        return item.source_file is not None or bool(
            item.publisher and item.address and item.title and (item.year or item.published)
        )

    assert (
        _unless(country, is_named, lambda n: n.evidence is not None and n.evidence.grade is not Grade.ASSUMPTION) == []
    )


@each_country
def test_an_assumption_gives_its_reason(country: str) -> None:
    """An assumption says in a sentence why this number and not another."""

    def is_reasoned(number: Number) -> bool:
        return number.evidence is not None and len((number.evidence.title or "").split()) > 3

    assert (
        _unless(country, is_reasoned, lambda n: n.evidence is not None and n.evidence.grade is Grade.ASSUMPTION) == []
    )


@each_country
def test_every_range_holds_its_number(country: str) -> None:
    """Low and high are given with every evidence row, and the number lies between."""

    def is_held(number: Number) -> bool:
        item = number.evidence
        if item is None or item.low is None or item.high is None:
            return False
        return item.low <= number.value <= item.high

    assert _unless(country, is_held) == []


@each_country
def test_assumptions_are_wide(country: str) -> None:
    """What is assumed has a range: only a choice of the file itself may be a point."""

    def is_wide(number: Number) -> bool:
        item = number.evidence
        assert item is not None
        assert item.low is not None
        assert item.high is not None
        return item.high > item.low

    points = _unless(country, is_wide, lambda n: n.evidence is not None and n.evidence.grade is Grade.ASSUMPTION)
    assert [name for name in points if "public_share" not in name] == []


@each_country
def test_secondary_pages_are_never_graded_as_the_original(country: str) -> None:
    """A figure read from a page that quotes the original is reported at best."""

    def is_modest(number: Number) -> bool:
        item = number.evidence
        assert item is not None
        return item.grade not in CHECKED

    def is_quoted(number: Number) -> bool:
        item = number.evidence
        told = f"{item.note or ''} {item.publisher or ''}" if item is not None else ""
        return SECONDARY in told or "as quoted by" in told

    assert _unless(country, is_modest, is_quoted) == []


CONTESTED = (
    ("kenya", "deliveries", "campus"),
    ("kenya", "disruptions", "vendor_dispute"),
    ("kenya", "disruptions", "sha_dispute"),
    ("kenya", "disruptions", "ke_order"),
    ("kenya", "services", "assistants"),
    ("japan", "deliveries", "ms_japan"),
    ("japan", "deliveries", "noetra_rec"),
    ("japan", "disruptions", "quake_nankai"),
    ("japan", "services", "assistants_jp"),
    ("france", "deliveries", "campus_fr"),
    ("india", "disruptions", "sanction_spill"),
)


@pytest.mark.parametrize(("country", "table", "row"), CONTESTED)
def test_contested_facts_carry_both_accounts(country: str, table: str, row: str) -> None:
    """What is disputed between those concerned is told from both sides."""
    told = {(item.table, item.row) for item in _pack(country).evidence if item.other_account}
    assert (table, row) in told


@each_country
def test_chips_and_foundry_stand_behind_every_site(country: str) -> None:
    """Each site names who supplies its chips and who makes them: no hall is free of both."""
    pack = _pack(country)
    for site in pack.sites:
        behind = {hold.variant for hold in pack.holds if hold.resource == site.id and hold.kind == "supplies"}
        assert {"chips", "foundry"} <= behind, site.id
