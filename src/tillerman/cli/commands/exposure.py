"""`tillerman exposure`: what others can stop, and what keeps running then."""

from __future__ import annotations

from typing import Annotated

import typer

from tillerman.cli.options import AsJson, InLanguage, Source
from tillerman.labels import Cause
from tillerman.words import Language


def exposure(
    country: Source,
    *,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            "--cut",
            metavar="NAME",
            help="A supplier, state code, connection or power zone to do without; may be repeated.",
        ),
    ] = None,
    because: Annotated[
        Cause | None,
        typer.Option(
            "--because",
            help="Why it is withdrawn: by choice, by order, or because it cannot go on; usual for each unless given.",
        ),
    ] = None,
    year: Annotated[int | None, typer.Option(help="The year to look at, with nothing new decided until then.")] = None,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Show numbers instead of names.")] = False,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """What others can stop, and what keeps running then.

    Layer by layer who can withdraw what, and what others need from the country; every single withdrawal, home and
    allies included, after 7 days, 90 days, 1 year and 5 years, sorted by consequence; the fallback of each critical
    service, or that there is none.
    """
    from importlib.metadata import version

    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.exposure import show_exposure
    from tillerman.cli.views.basis import basis_at
    from tillerman.cli.views.exposure import view_exposure
    from tillerman.country import Purpose, load
    from tillerman.country.aliases import SHOWN
    from tillerman.country.aliases import anonymous as numbered
    from tillerman.exposure import assess
    from tillerman.plain import to_json
    from tillerman.units import Currency

    loaded = load(country, purpose=Purpose.EXPOSURE)
    found = assess(
        loaded,
        without=tuple(without or ()),
        because=because,
        year=_year(loaded.frame.first_year, loaded.frame.period_years, year),
    )
    screen = Screen(language)
    view = view_exposure(
        found,
        version=version("tillerman"),
        note=screen.say("standard"),
        names=numbered(loaded, screen.say) if anonymous else SHOWN,
        basis=basis_at(country, loaded, language),
    )
    if as_json:
        typer.echo(to_json(view))
    else:
        show_exposure(screen.told(view, loaded), screen, Currency(loaded.frame.currency, loaded.frame.currency_per_usd))


def _year(first: int, lengths: tuple[int, ...], year: int | None) -> int | None:
    """The year asked for, refused where the file does not reach it."""
    from tillerman.errors import SettingError

    last = first + sum(lengths) - 1
    if year is not None and not first <= year <= last:
        raise SettingError("--year", year, f"a year from {first} to {last}", "The file does not speak of other years.")
    return year
