"""Power plants from the World Resources Institute: whose plants feed a grid. Overlapping lists are never added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tillerman.importers.links import folded, linked
from tillerman.importers.shares import Plants, power_holds, shares
from tillerman.importers.source import Asked, Importer, Reading, named, own_names, stale
from tillerman.importers.table import SourceRow, SourceTable, Trouble, read_table

# country, plant, MW, owner, what tells plants apart, year of the figure, and the list the row was taken from
PUBLISHED = ("country", "name", "capacity_mw", "owner", "gppd_idnr", "year_of_capacity_data")
BY_HAND = ("Country", "Name", "Capacity (MW)", "Owner", "Power Plant ID", "Year of Data")
STATUS, LIST = "Operational Status", "source_file"
_RUNS = frozenset({"", "operational", "operating"})
_OFFERED = 12


def read(asked: Asked) -> Reading:
    """Read the plants of the country, and say what share of their capacity linked owners have."""
    table = read_table(asked.path, PUBLISHED[:5], BY_HAND[:5])
    columns = PUBLISHED if table.has(*PUBLISHED[:5]) else BY_HAND
    trouble = Trouble(table.place)
    home = own_names(asked.country)
    here = [row for row in table.rows if folded(row[columns[0]]) in home]
    here = _one_list(here, asked, columns, table, trouble)
    running = [row for row in here if row[STATUS].casefold() in _RUNS]
    trouble.once([row for row in running if row[columns[4]]], (columns[4], columns[1]))
    plants = _plants(running, columns, asked, trouble)
    trouble.stop()
    holds = power_holds(asked.country)
    links = linked(asked.links, named("holds", holds, asked.country), plants.by_group)
    told = {link.source for link in links}
    fed = {link.row for link in links}
    owners = sorted(plants.by_group.items(), key=lambda item: (-item[1][0], item[0]))
    idle = [row for row in here if row[STATUS].casefold() not in _RUNS]
    years = [int(row[columns[5]][:4]) for row in running if row[columns[5]][:4].isdigit()]
    return Reading(
        found=shares(links, plants),
        left_out=tuple(f"{row[columns[1]]}: {row[STATUS].casefold()}, so no capacity" for row in idle),
        unmatched=tuple(hold for hold in holds if hold not in fed),
        offers=tuple(f"{owner}: {mw:,.0f} MW" for owner, (mw, _) in owners[:_OFFERED] if owner not in told),
        told=(f"{len(running)} plants, {plants.total:,.0f} MW; {plants.unknown_mw:,.0f} MW without an owner.",),
        warnings=stale(f"{table.place}:{columns[5]}", max(years), asked.country) if years else (),
    )


def _one_list(
    here: list[SourceRow], asked: Asked, columns: Sequence[str], table: SourceTable, trouble: Trouble
) -> list[SourceRow]:
    """The plants of one list only: the same plant stands in several, under other names and sizes."""
    if not here:
        found, expected = f"no plant of {asked.country.frame.name}", f"plants of {asked.country.frame.name}"
        trouble.add(None, columns[0], found, expected, "Check that this is the file you mean, and the country's name.")
        trouble.stop()
    lists = Counter(row[LIST] for row in here) if table.has(LIST) else Counter()
    if asked.only is not None:
        here = [row for row in here if row[LIST] == asked.only]
        if not here:
            expected = f"one of {', '.join(sorted(lists))}" if lists else "no --only: this file is one list"
            trouble.add(None, LIST, f"no plant in {asked.only!r}", expected, "Correct --only.")
    elif len(lists) > 1:
        found = ", ".join(f"{name} ({n} plants)" for name, n in sorted(lists.items()))
        remedy = "The same plants stand in several: choose one with --only; they are never added up."
        trouble.add(None, LIST, found, "plants of one list", remedy)
    trouble.stop()
    return here


def _plants(rows: list[SourceRow], columns: Sequence[str], asked: Asked, trouble: Trouble) -> Plants:
    country, _, amount, owner, _, year = columns
    groups: dict[str, tuple[float, int]] = {}
    unknown = 0.0
    for row in rows:
        mw = trouble.number(row, amount)
        if mw is None:
            continue
        if not row[owner]:
            unknown += mw
            continue
        before, n = groups.get(row[owner], (0.0, 0))
        groups[row[owner]] = (before + mw, n + 1)
    if not sum(mw for mw, _ in groups.values()) + unknown:
        trouble.add(None, amount, "no plant with a capacity", "plants in MW", "Check the file.")
        trouble.stop()
    named_so = rows[0][country]
    part = f"{LIST}={asked.only};" if asked.only else ""
    years = [int(row[year][:4]) for row in rows if row[year][:4].isdigit()]
    return Plants(groups, unknown, f"{part}{country}={named_so};", owner, amount, max(years, default=None))


IMPORTER = Importer(
    name="wri-plants",
    feeds="holds: share of those that power a zone, by owner of the plants",
    publisher="World Resources Institute, Global Power Plant Database",
    licence="CC BY 4.0",
    read=read,
)
