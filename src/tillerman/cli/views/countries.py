"""The answer of `tillerman countries`: which country files are shipped, what they rest on, and what they lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from tillerman.country import Country, Number, numbers
from tillerman.country.notes import DateKind
from tillerman.labels import Grade

Answer = Literal["this file", "another version", "none"]


@dataclass(frozen=True)
class GapView:
    """Numbers of one table for which the file gives no evidence at all."""

    table: Annotated[str, "The table."]
    n_numbers: Annotated[int, "How many of its numbers have no row of evidence."]


@dataclass(frozen=True)
class StoredView:
    """The answer that is stored with a country, so that the first screen comes at once."""

    state: Annotated[str, "this file, another version (it is not shown then), or none."]
    hash: Annotated[str, "Hash of the file it was made from; blank where there is none."]
    n_futures: Annotated[int | None, "Possible futures it was made with; null where there is none."]


@dataclass(frozen=True)
class CountryView:
    """One shipped country file."""

    name: Annotated[str, "The name to give to a command."]
    title: Annotated[str, "Name of the country or economy."]
    currency: Annotated[str, "ISO 4217 code of its currency."]
    first_year: Annotated[int, "First year of a plan."]
    last_year: Annotated[int, "Last year of a plan."]
    n_services: Annotated[int, "How many services it describes."]
    n_numbers: Annotated[int, "How many numbers it holds."]
    by_grade: Annotated[dict[str, float], "Share of the numbers with evidence of each grade."]
    from_files: Annotated[float, "Share read from a public data file, which is read again by a test."]
    from_pages: Annotated[float, "Share that names publisher, page and date instead."]
    assumed: Annotated[float, "Share that is assumed, with the reasoning told."]
    silent: Annotated[float, "Share without a row of evidence: assumptions too."]
    contested: Annotated[int, "How many numbers tell two accounts."]
    n_dated: Annotated[int, "How many numbers have a dated source."]
    fresh: Annotated[float | None, "Share of these within three years of the base year; null where none is dated."]
    gaps: Annotated[tuple[GapView, ...], "Where evidence is missing, most first."]
    never_tested: Annotated[tuple[str, ...], "Critical services without a tested fallback."]
    empty: Annotated[tuple[str, ...], "Tables without a row."]
    n_dates: Annotated[int, "Days in its calendar, what has happened apart."]
    stored: Annotated[StoredView, "The answer that is stored with it."]
    input_hash: Annotated[str, "Hash of its content."]


@dataclass(frozen=True)
class CountriesView:
    """The country files that come with the package, by name."""

    countries: Annotated[tuple[CountryView, ...], "Sorted by name; never ranked."]


def view_countries(found: tuple[Country, ...], stored: Callable[[str], tuple[str, int] | None]) -> CountriesView:
    """Describe shipped files; `stored` gives the hash and the futures of a stored answer, or None."""
    ordered = sorted(found, key=lambda country: country.name)
    return CountriesView(tuple(_view(country, stored(country.name)) for country in ordered))


def _view(country: Country, answer: tuple[str, int] | None) -> CountryView:
    frame, health = country.frame, country.health()
    known = tuple(numbers(country))
    silent = Counter(item.table for item in known if item.evidence is None)
    return CountryView(
        name=country.name,
        title=frame.name,
        currency=frame.currency,
        first_year=frame.first_year,
        last_year=frame.first_year + sum(frame.period_years) - 1,
        n_services=len(country.services),
        n_numbers=health.n_numbers,
        by_grade={grade.value: health.share(grade) for grade in Grade},
        from_files=_share(known, lambda n: _is_sourced(n) and _is_read(n)),
        from_pages=_share(known, lambda n: _is_sourced(n) and not _is_read(n)),
        assumed=health.share(Grade.ASSUMPTION),
        silent=_share(known, lambda n: n.evidence is None),
        contested=health.n_contested,
        n_dated=health.n_dated,
        fresh=health.n_fresh / health.n_dated if health.n_dated else None,
        gaps=tuple(GapView(table, n) for table, n in silent.most_common()),
        never_tested=health.never_tested,
        empty=health.empty,
        n_dates=sum(row.kind is not DateKind.HAPPENED for row in country.dates),
        stored=_stored(country, answer),
        input_hash=country.content_hash,
    )


def _share(known: tuple[Number, ...], judge: Callable[[Number], bool]) -> float:
    return sum(map(judge, known)) / len(known) if known else 0.0


def _is_sourced(number: Number) -> bool:
    return number.evidence is not None and number.evidence.grade is not Grade.ASSUMPTION


def _is_read(number: Number) -> bool:
    return number.evidence is not None and number.evidence.source_file is not None


def _stored(country: Country, answer: tuple[str, int] | None) -> StoredView:
    state: Answer = "none"
    if answer is None:
        return StoredView(state, "", None)
    state = "this file" if answer[0] == country.content_hash else "another version"
    return StoredView(state, answer[0], answer[1])
