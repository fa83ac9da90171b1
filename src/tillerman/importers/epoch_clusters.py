"""Clusters from Epoch AI's table: standard chips that exist. What is planned, doubtful or counted twice is left out."""

from __future__ import annotations

from collections import defaultdict

from tillerman.country import Country
from tillerman.errors import Problem
from tillerman.importers.links import Link, folded, linked
from tillerman.importers.source import Asked, Found, Importer, Reading, named, own_names, stale
from tillerman.importers.table import SourceRow, Trouble, read_table, rounded
from tillerman.labels import Grade

NAME, STATUS, CERTAINTY = "Name", "Status", "Certainty"
TWICE, SIZE, COUNTRY, SINCE = "Possible Duplicate", "H100 equivalents", "Country", "First Operational Date"
_EXISTS = "Existing"
_DOUBTED = 0.5  # a cluster that is only likely may be half as large


def read(asked: Asked) -> Reading:
    """Read the size of linked clusters; several linked to one site are added up."""
    table = read_table(asked.path, (NAME, STATUS, CERTAINTY, TWICE, SIZE, COUNTRY), key=NAME)
    trouble = Trouble(table.place)
    home = own_names(asked.country)
    here = [row for row in table.rows if folded(row[COUNTRY]) in home]
    trouble.once(here, (NAME,))
    trouble.stop()
    rows = {row[NAME]: row for row in table.rows}
    sites = [site.id for site in asked.country.sites]
    links = linked(asked.links, named("sites", sites, asked.country), rows)
    _refuse(links, rows, asked.country, trouble)
    trouble.stop()
    by_site: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_site[link.row].append(link)
    found = [item for site, of in by_site.items() if (item := _found(site, of, rows, trouble)) is not None]
    trouble.stop()
    told = {link.source for link in links}
    counted = [row for row in here if not why_not(row)]
    years = [int(row[SINCE][:4]) for row in table.rows if row[SINCE][:4].isdigit() and not why_not(row)]
    return Reading(
        found=tuple(found),
        left_out=tuple(f"{row[NAME]}: {why_not(row)}" for row in here if why_not(row)),
        unmatched=tuple(site for site in sites if site not in by_site),
        offers=tuple(f"{row[NAME]}: {rounded(row[SIZE])} H100e" for row in counted if row[NAME] not in told),
        warnings=_warnings(table.place, here, years, asked.country),
    )


def why_not(row: SourceRow) -> str:
    """Why a cluster does not count as capacity; blank where it does."""
    if row[STATUS] != _EXISTS:
        return f"{row[STATUS].casefold() or 'of unknown status'}, so no capacity"
    if row[CERTAINTY] == "Unlikely":
        return "unlikely to exist"
    if row[TWICE].casefold() not in {"", "false", "no"}:
        return "may be counted twice"
    return ""


def _refuse(links: tuple[Link, ...], rows: dict[str, SourceRow], country: Country, trouble: Trouble) -> None:
    home = own_names(country)
    territory = {row.id: row.territory for row in country.resources}
    for link in links:
        row = rows[link.source]
        if reason := why_not(row):
            trouble.add(row.number, NAME, f"{link.source!r}, {reason}", "a cluster that exists", "Take the link away.")
        at_home = territory.get(link.row) in (None, country.frame.code)
        if at_home and folded(row[COUNTRY]) not in home:
            expected = f"a cluster in {country.frame.name}"
            trouble.add(
                row.number, COUNTRY, f"{link.source!r} in {row[COUNTRY]}", expected, "Check which row is meant."
            )


def _found(site: str, links: list[Link], rows: dict[str, SourceRow], trouble: Trouble) -> Found | None:
    sizes = [(link.share or 1.0, trouble.number(rows[link.source], SIZE)) for link in links]
    if any(size is None for _, size in sizes):
        return None
    shares = {share for share, _ in sizes}
    if len(shares) > 1:
        row = rows[links[0].source]
        expected = "one share for all clusters of a site"
        trouble.add(row.number, NAME, f"several shares for {site!r}", expected, "Give each the same share.")
        return None
    value = sum(share * (size or 0.0) for share, size in sizes)
    sure = sum(s * (n or 0.0) for (s, n), li in zip(sizes, links, strict=True) if _is_sure(rows[li.source]))
    years = [int(rows[link.source][SINCE][:4]) for link in links if rows[link.source][SINCE][:4].isdigit()]
    return Found(
        table="sites",
        row=site,
        column="capacity_h100e",
        value=value,
        low=sure + _DOUBTED * (value - sure),
        high=value,
        source_row=f"{NAME}={'|'.join(link.source for link in links)}",
        source_column=SIZE,
        # a row of evidence is read as the mean of the rows it names, times its factor
        source_factor=shares.pop() * len(links),
        year=max(years, default=None),
        grade=Grade.REPORTED,
        title="Standard AI chips (H100-equivalents) of clusters that exist",
        note=None if links[0].share is None else f"{links[0].share:g} of it is taken as open to this country's users.",
    )


def _is_sure(row: SourceRow) -> bool:
    return row[CERTAINTY] == "Confirmed"


def _warnings(place: str, here: list[SourceRow], years: list[int], country: Country) -> tuple[Problem, ...]:
    if not here:
        found = f"no cluster in {country.frame.name}"
        remedy = "The source lists 10 to 20 per cent of the world's: nothing listed is not nothing there."
        return (Problem(place, found, "clusters of the country", remedy, "warning"),)
    return stale(place, max(years, default=0), country)


IMPORTER = Importer(
    name="epoch-clusters",
    feeds="sites: capacity_h100e, from clusters that exist",
    publisher="Epoch AI, GPU clusters",
    licence="CC BY 4.0",
    read=read,
)
