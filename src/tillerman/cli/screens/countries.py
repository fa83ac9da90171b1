"""Shipped country files on a screen."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.views.countries import CountriesView
from tillerman.labels import Grade
from tillerman.units import share


def show_countries(view: CountriesView, screen: Screen) -> None:
    """One row a file, sorted by name."""
    say = screen.say
    screen.table(
        [
            say["countries.name"],
            say["countries.title"],
            say["countries.years"],
            say["countries.services"],
            say["countries.numbers"],
            say["countries.evidence"],
        ],
        [
            (
                c.name,
                c.title,
                f"{c.first_year}–{c.last_year}",
                str(c.n_services),
                f"{c.n_numbers:,}",
                share(sum(found for grade, found in c.by_grade.items() if grade != Grade.ASSUMPTION)),
            )
            for c in view.countries
        ],
        right=(3, 4, 5),
    )
    screen.line("")
    screen.line(say["countries.note"])
