"""Electricity from Ember: day-ahead prices by month, or generation by year, for European grids."""

from __future__ import annotations

from statistics import fmean

from tillerman.country import Country
from tillerman.importers.links import Link, folded, linked
from tillerman.importers.owid_electricity import read_growth
from tillerman.importers.source import Asked, Found, Importer, Reading, named, own_names, stale
from tillerman.importers.table import SourceRow, SourceTable, Trouble, read_table
from tillerman.labels import Grade

PRICE = "Price (EUR/MWhe)"
MONTHLY = ("Country", "ISO3 Code", "Date", PRICE)
YEARLY = ("Area", "ISO 3 code", "Year", "Total Generation")
MONTHS = 12
_EURO = "EUR"


def read(asked: Asked) -> Reading:
    """Read the last twelve months of prices, or the yearly series."""
    table = read_table(asked.path, MONTHLY, YEARLY)
    if table.has(*MONTHLY):
        return _prices(asked, table)
    return read_growth(asked, table, ((YEARLY[0],), (YEARLY[2],), YEARLY[3]), "electricity generation")


def _prices(asked: Asked, table: SourceTable) -> Reading:
    name, _, day, price = MONTHLY
    trouble = Trouble(table.place)
    home = own_names(asked.country)
    here = sorted((row for row in table.rows if folded(row[name]) in home), key=lambda row: row[day])
    if not here:
        found, expected = f"no row of {asked.country.frame.name}", f"rows of {asked.country.frame.name}"
        trouble.add(None, name, found, expected, "The source covers Europe; check the country's name.")
    trouble.once(here, (name, day))
    last = here[-MONTHS:]
    ahead = [row for row in last if row[day] > f"{asked.country.frame.base_year}-12-31"]
    if ahead:
        expected = f"months up to {asked.country.frame.base_year}"
        trouble.add(ahead[0].number, day, ahead[0][day], expected, "Check the dates; a forecast is no price.")
    values = [value for row in last if (value := trouble.number(row, price)) is not None]
    dollars = _dollars(asked.country, asked.rate)
    if dollars is None:
        expected = f"US$ for one euro, since the file's currency is {asked.country.frame.currency}"
        trouble.add(None, price, "prices in EUR", expected, "Add --rate, such as --rate 1.08.")
    trouble.stop()
    zones = [zone.id for zone in asked.country.zones]
    links = linked(asked.links, named("zones", zones, asked.country), [here[0][name]])
    fed = {link.row for link in links}
    return Reading(
        tuple(_price(link, last, values, dollars or 0.0) for link in links),
        unmatched=tuple(zone for zone in zones if zone not in fed),
        told=(
            "A wholesale price: network charges and taxes at the meter come on top, unless the zone is free of them.",
        ),
        warnings=stale(f"{table.place}:{day}", int(last[-1][day][:4]), asked.country),
    )


def _dollars(country: Country, rate: float | None) -> float | None:
    """US$ for one euro: as the user says, or as the file has it where the euro is its currency."""
    if rate is not None:
        return rate
    return 1 / country.frame.currency_per_usd if country.frame.currency == _EURO else None


def _price(link: Link, rows: list[SourceRow], euros: list[float], dollars: float) -> Found:
    days = "|".join(row[MONTHLY[2]] for row in rows)
    return Found(
        table="zones",
        row=link.row,
        column="power_price_usd_per_mwh",
        value=max(0.0, dollars * fmean(euros)),
        low=max(0.0, dollars * min(euros)),
        high=max(0.0, dollars * max(euros)),
        source_row=f"{MONTHLY[0]}={link.source};{MONTHLY[2]}={days}",
        source_column=PRICE,
        source_factor=dollars,
        year=int(rows[-1][MONTHLY[2]][:4]),
        grade=Grade.ESTIMATE,  # measured on the exchange; taken here for a price at the meter
        title=f"Wholesale (day-ahead) price, mean of the {len(euros)} months to {rows[-1][MONTHLY[2]]}",
        note="Network charges and taxes are not in it. The range is from the cheapest to the dearest of these months.",
    )


IMPORTER = Importer(
    name="ember",
    feeds="zones: power_price_usd_per_mwh (monthly prices), growth_mw_per_year (yearly generation)",
    publisher="Ember",
    licence="CC BY 4.0",
    read=read,
)
