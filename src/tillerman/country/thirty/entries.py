"""The numbers that come after the first thirty: those of the full file that are worth entering next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tillerman.country.columns import Column, columns_of
from tillerman.country.frame import Frame
from tillerman.country.numbers import numbers
from tillerman.country.record import TABLES, Country

# Columns of the second sheet, in its order: of every service; of halls that stand or can be built; of the grid; of all.
_SERVICES = (
    "demand_muse_per_year",
    "tokens_per_use",
    "hard_share",
    "relied_share",
    "value_usd_per_use",
    "loss_hit_usd_per_use",
    "moved_hit",
)
_HALLS = ("utilisation", "pue", "capital_musd_per_kh100e", "build_max_h100e_per_year")
_GRID = ("spare_rest_mw", "growth_mw_per_year", "connection_limit_mw")
_FRAME = ("peak_demand_factor", "absorptive_capacity", "cost_of_public_funds")
_NEXT = (("services", _SERVICES), ("sites", _HALLS), ("zones", _GRID), ("frame", _FRAME))


@dataclass(frozen=True)
class Next:
    """One number that may be entered next, and what stands in the file now."""

    table: str
    row: str | None
    column: Column
    low: float
    high: float


def column_of(table: str, column: str) -> Column | None:
    """A column of numbers of the full file, or None where there is none of that name."""
    record = Frame if table == "frame" else TABLES.get(table)
    item = None if record is None else columns_of(record).get(column)
    return item if item is not None and item.is_number and not item.is_list else None


def next_numbers(country: Country) -> Iterator[Next]:
    """Go through what is worth entering next, in the order of the second sheet."""
    order = {(table, column): (i, j) for i, (table, columns) in enumerate(_NEXT) for j, column in enumerate(columns)}
    home = {site.id for site in country.sites if site.rent_usd_per_h100e_hour == 0 and _is_home(country, site.id)}
    found = []
    for number in numbers(country):
        place = order.get((number.table, number.column))
        item = column_of(number.table, number.column)
        if place is None or item is None or (number.table == "sites" and number.row not in home):
            continue
        evidence = number.evidence
        low = number.value if evidence is None or evidence.low is None else evidence.low
        high = number.value if evidence is None or evidence.high is None else evidence.high
        found.append((place[0], number.row or "", place[1], Next(number.table, number.row, item, low, high)))
    rows = {row.id: i for table, _ in _NEXT if table != "frame" for i, row in enumerate(getattr(country, table))}
    for *_, item_ in sorted(found, key=lambda entry: (entry[0], rows.get(entry[1], 0), entry[2])):
        yield item_


def _is_home(country: Country, site: str) -> bool:
    resource = country.by_id["resources"][site]
    return getattr(resource, "territory", None) in country.frame.home_jurisdictions
