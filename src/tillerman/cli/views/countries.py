"""The answer of `tillerman countries`: which country files are shipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from tillerman.country import Country
from tillerman.labels import Grade


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
    input_hash: Annotated[str, "Hash of its content."]


@dataclass(frozen=True)
class CountriesView:
    """The country files that come with the package, by name."""

    countries: Annotated[tuple[CountryView, ...], "Sorted by name; never ranked."]


def view_countries(found: tuple[Country, ...]) -> CountriesView:
    """Describe shipped files."""
    return CountriesView(tuple(_view(country) for country in sorted(found, key=lambda country: country.name)))


def _view(country: Country) -> CountryView:
    frame, health = country.frame, country.health()
    return CountryView(
        name=country.name,
        title=frame.name,
        currency=frame.currency,
        first_year=frame.first_year,
        last_year=frame.first_year + sum(frame.period_years) - 1,
        n_services=len(country.services),
        n_numbers=health.n_numbers,
        by_grade={grade.value: health.share(grade) for grade in Grade},
        input_hash=country.content_hash,
    )
