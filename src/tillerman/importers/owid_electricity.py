"""Electricity from Our World in Data: how fast a grid has grown, for the zones that share in it."""

from __future__ import annotations

from tillerman.errors import Problem
from tillerman.importers.growth import YEARS, growth
from tillerman.importers.links import Link, folded, linked
from tillerman.importers.source import Asked, Importer, Reading, named, own_names, stale
from tillerman.importers.table import SourceTable, Trouble, read_table

YEAR = "Year"
_NAMES = ("Country", "country", "Entity")
# What a file may call the series, the most telling first.
SERIES = (
    "Electricity generation (TWh)",
    "Electricity generation - TWh",
    "electricity_generation",
)
LEVEL = ("iso3", "country", "elec_demand_twh", "year")
_MW_PER_TWH = 1e6 / 8760


def read(asked: Asked) -> Reading:
    """Read the country's series, and say what the linked zones' share of its growth is."""
    table = read_table(asked.path, ("Country", YEAR, SERIES[0]), ("Country", YEAR, SERIES[1]), LEVEL, _OWN)
    zones = [zone.id for zone in asked.country.zones]
    if table.has(*LEVEL):
        return _level(asked, table, zones)
    series = next(name for name in SERIES if table.has(name))
    return read_growth(asked, table, (_NAMES, (YEAR, "year"), series), "electricity generation")


_OWN = ("country", "year", SERIES[2])  # the whole data set's own names


def read_growth(
    asked: Asked, table: SourceTable, columns: tuple[tuple[str, ...], tuple[str, ...], str], what: str
) -> Reading:
    """Read a yearly series of one country out of a table of many."""
    names, years, series = columns
    name, year = (next(column for column in choice if table.has(column)) for choice in (names, years))
    trouble = Trouble(table.place)
    home = own_names(asked.country)
    here = [row for row in table.rows if folded(row[name]) in home]
    if not here:
        found, expected = f"no row of {asked.country.frame.name}", f"rows of {asked.country.frame.name}"
        trouble.add(None, name, found, expected, "Check that this is the edition you mean, and the country's name.")
    trouble.once(here, (name, year))
    known: dict[int, float] = {}
    for row in here:
        when, value = trouble.number(row, year), trouble.optional(row, series)
        if when is not None and value is not None:
            known[int(when)] = value
    base = asked.country.frame.base_year
    ahead = [when for when in known if when > base]
    if ahead:
        found = f"figures of {min(ahead)}"
        trouble.add(None, year, found, f"years up to {base}", "Check the years; a forecast is no measurement.")
    trouble.stop()
    zones = [zone.id for zone in asked.country.zones]
    called = {row[name]: row for row in here}
    links = linked(asked.links, named("zones", zones, asked.country), called)
    place = f"{table.place}:{name}"
    found_all = []
    warnings = list(stale(f"{table.place}:{year}", max(known, default=0), asked.country))
    for link in links:
        where = f"{name}={link.source};{year}={{first}} to {{last}}"
        item = growth(link, known, what=what, where=where, column=series)
        if item is None:
            warnings.append(_no_growth(place, link))
        else:
            found_all.append(item)
    last = max(known, default=None)
    told = () if last is None else (_said(what, last, known[last]),)
    fed = {item.row for item in found_all}
    return Reading(
        tuple(found_all),
        unmatched=tuple(zone for zone in zones if zone not in fed),
        offers=tuple(called) if not links else (),
        told=told,
        warnings=tuple(warnings),
    )


def _said(what: str, year: int, twh: float) -> str:
    return f"{what[0].upper()}{what[1:]} in {year}: {twh:g} TWh, {twh * _MW_PER_TWH:,.0f} MW on average."


def _no_growth(place: str, link: Link) -> Problem:
    found = "no share" if link.share is None else "a gap"
    remedy = "Say which share of the grid's growth may serve computing: --map 'Country=zone@0.02'."
    if link.share is not None:
        remedy = "Take an edition that has them."
    expected = "a share of the grid's growth" if link.share is None else f"{YEARS + 1} years without a gap"
    return Problem(place, f"{found} for {link.row}", expected, remedy, "warning")


def _level(asked: Asked, table: SourceTable, zones: list[str]) -> Reading:
    """A table of latest demand says how large a grid is, not how fast it grows: it is told, and feeds nothing."""
    iso3, _, demand, year = LEVEL
    trouble = Trouble(table.place)
    home = own_names(asked.country)
    here = [row for row in table.rows if folded(row[iso3]) in home]
    if not here:
        found, expected = f"no row of {asked.country.frame.name}", f"a row of {asked.country.frame.name}"
        trouble.add(None, iso3, found, expected, "Check that this is the edition you mean.")
    trouble.once(here, (iso3,))
    values = [(trouble.number(row, year), trouble.number(row, demand)) for row in here]
    trouble.stop()
    when, twh = ((int(a), b) for a, b in values if a is not None and b is not None).__next__()
    note = "One year says how large the grid is, not how fast it grows: no number is taken."
    place = f"{table.place}:{year}"
    return Reading(
        (), unmatched=tuple(zones), told=(_said("demand", when, twh), note), warnings=stale(place, when, asked.country)
    )


IMPORTER = Importer(
    name="owid-electricity",
    feeds="zones: growth_mw_per_year, for the share of the grid's growth that you name",
    publisher="Our World in Data (Ember, Energy Institute)",
    licence="CC BY 4.0",
    read=read,
)
