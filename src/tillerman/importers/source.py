"""What every importer takes and gives: a country and a file in; numbers found, and what was left out, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel.core import get_global

from tillerman.country import Country
from tillerman.country.names import territory
from tillerman.country.notes import KeyDate
from tillerman.errors import Problem
from tillerman.importers.links import Link, folded
from tillerman.labels import Grade

STALE_YEARS = 3
# Names under which sources list an economy beside that of the Unicode CLDR; only those that the shipped sources use.
_ALSO = {
    "CZ": ("Czech Republic",),
    "GB": ("United Kingdom of Great Britain and Northern Ireland", "UK"),
    "KR": ("Korea (Republic of)", "Republic of Korea"),
    "PH": ("Philippines (the)",),
    "TR": ("Turkey",),
    "US": ("United States of America", "USA"),
}


@dataclass(frozen=True)
class Asked:
    """What an importer is asked: the country file, the source's file, and which rows belong together."""

    country: Country
    path: Path
    today: date  # what lies ahead of it is announced, and no capacity
    links: tuple[Link, ...] = ()
    only: str | None = None  # which part of a source that keeps several, where they overlap
    rate: float | None = None  # US$ for one unit of the source's currency, where it has another


@dataclass(frozen=True)
class Found:
    """One number of a source for one cell of the country file, and where it stands in the source."""

    table: str
    row: str
    column: str
    value: float
    source_row: str
    source_column: str
    source_factor: float
    year: int | None
    grade: Grade
    title: str
    low: float | None = None  # both None where the source gives no range: the file's own is kept, and widened
    high: float | None = None
    note: str | None = None


@dataclass(frozen=True)
class Reading:
    """What an importer found: numbers and dates for the file, what was left out and why, what nobody asked for."""

    found: tuple[Found, ...]
    dates: tuple[KeyDate, ...] = ()
    left_out: tuple[str, ...] = ()  # rows of the source that must not count, and why
    unmatched: tuple[str, ...] = ()  # rows of the file that the source could feed, and that have no row in it
    offers: tuple[str, ...] = ()  # rows of the source about this country that feed nothing yet
    told: tuple[str, ...] = ()  # what it says beside the numbers
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Importer:
    """One source: its name, what it feeds, who publishes it, and how it is read."""

    name: str
    feeds: str
    publisher: str
    licence: str
    read: Callable[[Asked], Reading]


def own_names(country: Country) -> frozenset[str]:
    """Every name and code by which a source may list this economy, folded."""
    code = country.frame.code
    longer = {old for old, new in get_global("territory_aliases").items() if new == [code] and len(old) == _ALPHA_3}
    return frozenset(map(folded, {code, country.frame.name, territory(code), *longer, *_ALSO.get(code, ())}))


_ALPHA_3 = 3


def language_names(code: str) -> frozenset[str]:
    """The codes of a language, two letters and three, without what stands after the first hyphen."""
    plain = code.partition("-")[0].casefold()
    aliases = get_global("language_aliases")
    return frozenset({plain, aliases.get(plain, plain), *(old for old, new in aliases.items() if new == plain)})


def named(table: str, rows: Iterable[str], country: Country) -> dict[str, tuple[str, ...]]:
    """Rows that a source can feed, with the name that each goes by in the file's resources or in its own table."""
    names = {row.id: row.name for row in country.resources}
    own = {row.id: str(getattr(row, "name", "")) for row in getattr(country, table)}
    return {row: tuple(name for name in (names.get(row), own.get(row)) if name) for row in rows}


def stale(place: str, year: int, country: Country) -> tuple[Problem, ...]:
    """Warn of a source that is years behind the file."""
    base = country.frame.base_year
    if year >= base - STALE_YEARS:
        return ()
    remedy = "Look for a newer edition; a table that ends early may also have been wrong in its last years."
    return (
        Problem(place, f"nothing newer than {year}", f"figures of {base - STALE_YEARS} or later", remedy, "warning"),
    )
