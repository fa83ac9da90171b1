"""Frontier data centres from Epoch AI: chips that run there, and power and cost of each thousand where observed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from tillerman.country import Country
from tillerman.errors import Problem
from tillerman.importers.links import Link, folded, linked
from tillerman.importers.source import Asked, Found, Importer, Reading, named, own_names
from tillerman.importers.table import SourceRow, SourceTable, Trouble, read_table, rounded
from tillerman.labels import Grade

CORE = ("Name", "Current H100 equivalents", "Current power (MW)", "Current total capital cost (2025 USD billions)")
DATED = ("Data center", "H100 equivalents", "Power (MW)", "Total capital cost (2025 USD billions)")
COUNTRY, DATE = "Country", "Date"
_SAME_RATIO = 1e-4  # cost over power that differs by less at every site was multiplied, not observed
_FEW = 5
_KW_A_MW = 1000.0
_MUSD_PER_KH100E = 1e6  # a billion US$ for one H100e, in million US$ a thousand
_COST_SPREAD = 1.5
_USABLE = 0.0


def read(asked: Asked) -> Reading:
    """Read chips, power and cost of linked data centres, from the list of sites or from its dated timeline."""
    table = read_table(asked.path, (*CORE, COUNTRY), (*DATED, DATE))
    name, chips, power, cost = DATED if table.has(*DATED, DATE) else CORE
    trouble = Trouble(table.place)
    rows = _latest(table, name, asked.today) if table.has(DATE) else _once(table, name, trouble)
    trouble.stop()
    sites = [site.id for site in asked.country.sites]
    links = linked(asked.links, named("sites", sites, asked.country), rows)
    _refuse(links, rows, asked.country, trouble)
    trouble.stop()
    is_derived = _is_derived(table, power, cost)
    found = [
        item
        for link in links
        for item in _found(link, rows[link.source], asked.country, (name, chips, power, cost), trouble)
        if not (is_derived and item.source_column.startswith(cost))
    ]
    trouble.stop()
    told = {link.row for link in links}
    return Reading(
        found=tuple(found),
        left_out=tuple(_ahead(table, links, name, asked.today)) if table.has(DATE) else (),
        unmatched=tuple(site for site in sites if site not in told),
        offers=tuple(_offers(rows, links, asked.country, chips)),
        warnings=_warnings(table, cost) if is_derived else (),
    )


def _once(table: SourceTable, name: str, trouble: Trouble) -> dict[str, SourceRow]:
    trouble.once(table.rows, (name,))
    return {row[name]: row for row in table.rows}


def _latest(table: SourceTable, name: str, today: date) -> dict[str, SourceRow]:
    """The last step of each site that is not in the future: what is announced is no capacity."""
    past = (row for row in table.rows if row[DATE] <= today.isoformat())
    return {row[name]: row for row in sorted(past, key=lambda row: row[DATE])}


def _ahead(table: SourceTable, links: tuple[Link, ...], name: str, today: date) -> Iterator[str]:
    """Steps of linked sites that are still to come."""
    told = {link.source for link in links}
    for row in table.rows:
        if row[name] in told and row[DATE] > today.isoformat():
            yield f"{row[name]}: a step of {row[DATE]} is announced, so no capacity"


def _refuse(links: tuple[Link, ...], rows: dict[str, SourceRow], country: Country, trouble: Trouble) -> None:
    home = own_names(country)
    territory = {row.id: row.territory for row in country.resources}
    for link in links:
        row = rows[link.source]
        if row[COUNTRY] and territory.get(link.row) == country.frame.code and folded(row[COUNTRY]) not in home:
            expected = f"a data centre in {country.frame.name}"
            trouble.add(row.number, COUNTRY, f"{link.source!r} in {row[COUNTRY]}", expected, "Check which is meant.")


def _is_derived(table: SourceTable, power: str, cost: str) -> bool:
    """Is cost the same multiple of power everywhere? Then somebody multiplied, and nobody observed it."""
    ratios = []
    for row in table.rows:
        try:
            above, below = float(row[cost]), float(row[power])
        except ValueError:
            continue
        if above > 0 and below > 0:
            ratios.append(above / below)
    return len(ratios) >= _FEW and max(ratios) - min(ratios) <= _SAME_RATIO * max(ratios)


def _found(
    link: Link, row: SourceRow, country: Country, columns: tuple[str, str, str, str], trouble: Trouble
) -> Iterator[Found]:
    name, chips, power, cost = columns
    size = trouble.number(row, chips)
    mw, billions = trouble.optional(row, power), trouble.optional(row, cost)
    if size is None:
        return
    which = f"{name}={link.source}" + (f";{DATE}={row[DATE]}" if row[DATE] else "")
    year = int(row[DATE][:4]) if row[DATE][:4].isdigit() else None
    share = link.share or 1.0
    yield Found(
        "sites", link.row, "capacity_h100e", share * size, which, chips, share, year, Grade.ESTIMATE,
        "Standard AI chips (H100-equivalents) that run there",
        low=_USABLE,
        high=size,
        note="Whose users may use how much of it is not told by the source: "
        + ("the whole is taken." if link.share is None else f"{share:g} of it is taken."),
    )  # fmt: skip
    if size <= 0:
        return
    site = next(site for site in country.sites if site.id == link.row)
    if mw:
        factor = _KW_A_MW / site.pue
        yield Found(
            "sites", link.row, "kw_per_h100e", factor * mw / size, which, f"{power} / {chips}", factor, year,
            Grade.ESTIMATE, f"Power of the whole site over its chips, less cooling as in the file ({site.pue:g})",
        )  # fmt: skip
    if billions and mw and math.isfinite(billions):
        value = _MUSD_PER_KH100E * billions / size
        yield Found(
            "sites", link.row, "capital_musd_per_kh100e", value, which, f"{cost} / {chips}", _MUSD_PER_KH100E, year,
            Grade.ESTIMATE, "Capital cost of the whole site over its chips",
            low=value / _COST_SPREAD,
            high=value * _COST_SPREAD,
        )  # fmt: skip


def _offers(rows: dict[str, SourceRow], links: tuple[Link, ...], country: Country, chips: str) -> Iterator[str]:
    told, home = {link.source for link in links}, own_names(country)
    for name, row in rows.items():
        if name not in told and folded(row[COUNTRY]) in home:
            yield f"{name}: {rounded(row[chips])} H100e"


def _warnings(table: SourceTable, cost: str) -> tuple[Problem, ...]:
    found = "the same multiple of power at every site"
    remedy = "It was calculated from power, not observed: no cost is taken from this file."
    return (Problem(f"{table.place}:{cost}", found, "costs that were observed", remedy, "warning"),)


IMPORTER = Importer(
    name="epoch-data-centres",
    feeds="sites: capacity_h100e, kw_per_h100e, and capital_musd_per_kh100e where cost was observed",
    publisher="Epoch AI, Frontier data centers",
    licence="CC BY 4.0",
    read=read,
)
