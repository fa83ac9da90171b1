"""Shipped country files on a screen."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.views.countries import CountriesView, CountryView
from tillerman.country.names import name_in
from tillerman.units import share
from tillerman.words import Words

_GAPS = 3  # tables named; the rest stand in the JSON
_MARK = 12  # letters of a hash


def show_countries(view: CountriesView, screen: Screen) -> None:
    """One row a file, sorted by name, narrow enough for 80 columns; then the stored answer, and what each lacks."""
    say = screen.say
    heads = ("name", "title", "numbers", "from_files", "from_pages", "assumed", "fresh")
    screen.table(
        [say(f"countries.{head}") for head in heads],
        [_row(country, say) for country in view.countries],
        right=(2, 3, 4, 5, 6),
    )
    screen.heading(say("countries.missing"))
    screen.items([_missing(country, say) for country in view.countries])
    screen.line("")
    screen.line(say("countries.note"))
    screen.line(say("countries.columns"))


def _row(country: CountryView, say: Words) -> tuple[str, ...]:
    return (
        country.name,
        name_in(country.title, say.language),
        f"{country.n_numbers:,}",
        share(country.from_files),
        share(country.from_pages),
        share(country.assumed + country.silent),
        say("nothing") if country.fresh is None else share(country.fresh),
    )


def _missing(country: CountryView, say: Words) -> str:
    parts = [say(f"countries.stored.{country.stored.state}", hash=country.stored.hash[:_MARK])]
    if country.gaps:
        names = say("separator").join(f"{gap.table} {gap.n_numbers:,}" for gap in country.gaps[:_GAPS])
        parts.append(say("countries.gaps", share=share(country.silent), names=names))
    if country.never_tested:
        parts.append(say("countries.untested", n=len(country.never_tested)))
    if not country.n_dates:
        parts.append(say("countries.no_dates"))
    if country.empty:
        parts.append(say("countries.empty", names=", ".join(country.empty)))
    years = f"{name_in(country.title, say.language)} {country.first_year}–{country.last_year}"
    return say.pair(years, say("separator").join(parts))
