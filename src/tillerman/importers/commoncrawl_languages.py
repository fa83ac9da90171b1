"""Languages on the web from Common Crawl: how much there is to learn from, as the baseline of an outcome."""

from __future__ import annotations

from collections.abc import Iterator

from tillerman.country import Country
from tillerman.errors import Problem
from tillerman.importers.links import Link, linked
from tillerman.importers.source import Asked, Found, Importer, Reading, language_names, named, stale
from tillerman.importers.table import Trouble, read_table
from tillerman.labels import Grade

CRAWL, LANGUAGE, SHARE = "crawl", "primary_language", "%pages/crawl"
UNKNOWN = "<unknown>"
UNITS = {"% of pages": 1.0, "% of web pages": 1.0, "share of pages": 0.01, "share of web pages": 0.01}
_WHOLE, _ROUNDING = 100.0, 0.5


def read(asked: Asked) -> Reading:
    """Read the shares of linked languages; no quality of a model follows from them, so no score is touched."""
    table = read_table(asked.path, (CRAWL, LANGUAGE, SHARE), key=LANGUAGE)
    trouble = Trouble(table.place)
    last = max((row[CRAWL] for row in table.rows), default="")
    rows = [row for row in table.rows if row[CRAWL] == last]
    trouble.once(rows, (LANGUAGE,))
    percent = {row[LANGUAGE]: value for row in rows if (value := trouble.number(row, SHARE)) is not None}
    if not trouble.problems and abs(sum(percent.values()) - _WHOLE) > _ROUNDING:
        remedy = "Rows are missing, doubled or scaled: download the table again, whole."
        trouble.add(None, SHARE, f"shares that add up to {sum(percent.values()):g}", "shares of 100 in all", remedy)
    trouble.stop()
    outcomes = [row.id for row in asked.country.outcomes if row.unit.casefold() in UNITS]
    links = linked(asked.links, named("outcomes", outcomes, asked.country), percent)
    year = _year(last)
    fed = {link.row for link in links}
    return Reading(
        found=tuple(_found(link, percent, asked.country, last, year) for link in links),
        unmatched=tuple(row for row in outcomes if row not in fed),
        told=tuple(_told(asked.country, percent, last)),
        warnings=_warnings(table.place, year, asked.country),
    )


def _found(link: Link, percent: dict[str, float], country: Country, crawl: str, year: int | None) -> Found:
    row = next(row for row in country.outcomes if row.id == link.row)
    factor = UNITS[row.unit.casefold()]
    seen = percent[link.source]
    rest = _WHOLE - percent.get(UNKNOWN, 0.0)
    return Found(
        table="outcomes",
        row=link.row,
        column="baseline",
        value=factor * seen,
        low=factor * seen,
        high=factor * seen * _WHOLE / rest,
        source_row=f"{CRAWL}={crawl};{LANGUAGE}={link.source}",
        source_column=SHARE,
        source_factor=factor,
        year=year,
        grade=Grade.MEASURED,
        title=f"Share of the pages of {crawl} in this language",
        note="The high end spreads pages of unknown language over all.",
    )


def _told(country: Country, percent: dict[str, float], crawl: str) -> Iterator[str]:
    """What the crawl says of the languages in which services must work."""
    spoken = dict.fromkeys(language.partition("-")[0] for s in country.services for language in s.languages)
    for language in spoken:
        names = language_names(language)
        seen = next((value for name, value in percent.items() if name in names), None)
        if seen is not None:
            yield f"{language}: {seen:.3g} % of the pages of {crawl}."
    yield "A share of the web is no score of a model: capabilities are left alone."


def _year(crawl: str) -> int | None:
    """The year in a crawl's name, such as CC-MAIN-2026-04."""
    parts = [part for part in crawl.split("-") if part.isdigit() and len(part) == len("2026")]
    return int(parts[0]) if parts else None


def _warnings(place: str, year: int | None, country: Country) -> tuple[Problem, ...]:
    return stale(f"{place}:{CRAWL}", year, country) if year is not None else ()


IMPORTER = Importer(
    name="commoncrawl-languages",
    feeds="outcomes: baseline of those counted in % of pages",
    publisher="Common Crawl, statistics of monthly archives",
    licence="Common Crawl terms of use",
    read=read,
)
