"""Starter data kits of Climate Compatible Growth: what feeds a grid by kind of plant, and what new power costs."""

from __future__ import annotations

import re

from tillerman.errors import Problem
from tillerman.importers.links import Link, folded, linked
from tillerman.importers.shares import Plants, power_holds, shares
from tillerman.importers.source import Asked, Found, Importer, Reading, named, own_names, stale
from tillerman.importers.table import SourceRow, SourceTable, Trouble, read_table
from tillerman.labels import Grade, ProgrammeKind

INSTALLED = ("Power Generation Technology", "Year", "Value", "Parameter")
COST_BY_YEAR = ("Technology", "Year", "Value", "Parameter")
COST = ("Technology", "Parameter", "Value")
_PLACE = re.compile(r".*_([A-Z]{3})\.csv")
_CAPACITY, _PRICE = "Estimated Installed Capacity (MW)", "Capital Cost ($/kW"
_OFF_GRID = "Off-grid"
_COST_YEAR = 2020
_MUSD_PER_MW = 1e-3  # a US$ a kW
_SPREAD = 1.5  # the kits are default figures for a continent: the range is as wide as between their neighbours


def read(asked: Asked) -> Reading:
    """Read Table 1 (installed capacity) or Tables 2 and 3 (cost of new plant)."""
    table = read_table(asked.path, INSTALLED, COST_BY_YEAR, COST)
    trouble = Trouble(table.place)
    place = _PLACE.fullmatch(asked.path.name)
    if place is None or folded(place[1]) not in own_names(asked.country):
        expected = f"a table of {asked.country.frame.name}, named like Table1_XXX.csv after its three letters"
        trouble.add(None, None, f"the file {asked.path.name!r}", expected, "Take the kit of this country.")
    trouble.stop()
    if table.has(*INSTALLED):
        return _installed(asked, table, trouble)
    return _costs(asked, table, trouble)


def _installed(asked: Asked, table: SourceTable, trouble: Trouble) -> Reading:
    """Capacity of the last year only: the table repeats every plant in each of its years."""
    kind, year, value, parameter = INSTALLED
    rows = [row for row in table.rows if row[parameter] == _CAPACITY]
    trouble.once(rows, (kind, year))
    years = [int(row[year]) for row in rows if row[year].isdigit()]
    if not years:
        trouble.add(None, parameter, "no installed capacity", f"rows of {_CAPACITY!r}", "This may be another table.")
        trouble.stop()
    ahead = max(years) > asked.country.frame.base_year
    if ahead:
        expected = f"years up to {asked.country.frame.base_year}"
        trouble.add(None, year, f"figures of {max(years)}", expected, "A projection is no capacity.")
    last = [row for row in rows if row[year] == str(max(years))]
    off = [row for row in last if row[kind].startswith(_OFF_GRID)]
    groups = {row[kind]: (mw, 1) for row in last if row not in off and (mw := trouble.number(row, value)) is not None}
    trouble.stop()
    plants = Plants(groups, 0.0, f"{year}={max(years)};", kind, value, max(years))
    holds = power_holds(asked.country)
    links = linked(asked.links, named("holds", holds, asked.country), groups)
    told, fed = {link.source for link in links}, {link.row for link in links}
    return Reading(
        found=shares(links, plants) if plants.total else (),
        left_out=tuple(f"{row[kind]}: stands on no grid" for row in off),
        unmatched=tuple(hold for hold in holds if hold not in fed),
        offers=tuple(f"{name}: {mw:,.0f} MW" for name, (mw, _) in groups.items() if name not in told),
        told=(f"{max(years)}: {plants.total:,.0f} MW on the grid.",),
        warnings=stale(f"{table.place}:{year}", max(years), asked.country),
    )


def _costs(asked: Asked, table: SourceTable, trouble: Trouble) -> Reading:
    kind, parameter, value = COST
    is_dated = table.has(*COST_BY_YEAR)
    rows = [row for row in table.rows if row[parameter].startswith(_PRICE)]
    trouble.once(rows, (kind, "Year") if is_dated else (kind, parameter))
    if not rows:
        there = ", ".join(sorted({row[parameter] for row in table.rows}))[:200]
        trouble.add(None, parameter, there, f"rows of {_PRICE!r}", "Take Table 2 or 3 of the kit.")
    trouble.stop()
    nearest = _nearest(rows, asked.country.frame.base_year) if is_dated else {row[kind]: row for row in rows}
    programmes = [lever.id for lever in asked.country.levers if lever.kind is ProgrammeKind.ENERGY]
    links = linked(asked.links, named("levers", programmes, asked.country), nearest)
    found = [item for link in links if (item := _cost(link, nearest[link.source], asked, trouble)) is not None]
    trouble.stop()
    told, fed = {link.source for link in links}, {link.row for link in links}
    return Reading(
        found=tuple(found),
        unmatched=tuple(lever for lever in programmes if lever not in fed),
        offers=tuple(f"{name}: {row[value]} US$/kW" for name, row in nearest.items() if name not in told),
        warnings=(_default_figures(table.place, kind),),
    )


def _nearest(rows: list[SourceRow], base: int) -> dict[str, SourceRow]:
    """Of each kind of plant the row of the year nearest to the base year."""
    found: dict[str, SourceRow] = {}
    for row in sorted(rows, key=lambda row: abs(int(row["Year"] or 0) - base), reverse=True):
        found[row["Technology"]] = row
    return found


def _cost(link: Link, row: SourceRow, asked: Asked, trouble: Trouble) -> Found | None:
    kind, _, value = COST
    price = trouble.number(row, value)
    if price is None:
        return None
    lever = next(lever for lever in asked.country.levers if lever.id == link.row)
    factor = _MUSD_PER_MW * lever.effect * (link.share or 1.0)
    year = int(row["Year"]) if row["Year"].isdigit() else _COST_YEAR
    return Found(
        table="levers",
        row=link.row,
        column="capital_musd",
        value=factor * price,
        low=factor * price / _SPREAD,
        high=factor * price * _SPREAD,
        source_row=f"{kind}={link.source}"
        + (f";Year={row['Year']}" if row["Year"] else f";Parameter={row['Parameter']}"),
        source_column=value,
        source_factor=factor,
        year=year,
        grade=Grade.ESTIMATE,
        title=f"{price:,.0f} US$/kW of {link.source} for the {lever.effect:g} MW of the programme",
        note="The kit's default for the region; grid and land are not in it.",
    )


def _default_figures(place: str, column: str) -> Problem:
    remedy = "Where the country has a bid or a contract, write its price instead."
    return Problem(f"{place}:{column}", "default costs of a region", "costs of this country", remedy, "warning")


IMPORTER = Importer(
    name="ccg-starter-kit",
    feeds="holds: share of those that power a zone, by kind of plant (Table 1); levers: capital_musd of energy "
    "programmes (Tables 2, 3)",
    publisher="Climate Compatible Growth, starter data kit",
    licence="CC0",
    read=read,
)
