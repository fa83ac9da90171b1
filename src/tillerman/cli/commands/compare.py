"""`tillerman compare`: countries side by side, sorted by name; and what everyone depends on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tillerman.cli.options import AsJson, InLanguage
from tillerman.words import Language

if TYPE_CHECKING:
    from tillerman.cli.progress import Teller
    from tillerman.cli.screen import Screen
    from tillerman.compare import Side
    from tillerman.country import Country
    from tillerman.plan import Plan

FUTURES = 50


def compare(
    countries: Annotated[
        list[str] | None, typer.Argument(metavar="COUNTRY...", help="Two or more: shipped names, folders or workbooks.")
    ] = None,
    *,
    everyone: Annotated[
        bool,
        typer.Option("--everyone", help="What every economy depends on, and what depends on it, from public data."),
    ] = False,
    today_only: Annotated[
        bool, typer.Option("--today", help="As things stand today, without plans: quick for any number of countries.")
    ] = False,
    futures: Annotated[
        int, typer.Option(help="How many possible futures to plan with where no stored answer fits.")
    ] = FUTURES,
    anew: Annotated[
        bool, typer.Option("--anew", help="Make every plan anew, each on as many possible futures; takes minutes.")
    ] = False,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """Countries side by side: what keeps running, how free each is, and whose orders make the difference.

    Sorted by name, without rank or total: each is measured against its own services. A stored answer is used where it
    speaks of the same file; else a plan is made, with progress. A wide range means that less has been published, not
    that things are worse.
    """
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.compare import show_compare, show_everyone
    from tillerman.cli.views.compare import view_compare, view_everyone
    from tillerman.errors import SettingError
    from tillerman.plain import to_json
    from tillerman.settings import SETTINGS

    screen = Screen(language)
    if everyone:
        if countries:
            raise SettingError("COUNTRY", countries[0], "no country beside --everyone", "Leave one of the two out.")
        table = view_everyone(note=screen.say("standard"))
        if as_json:
            typer.echo(to_json(table))
        else:
            show_everyone(table, screen)
        return
    asked = list(countries or ())
    if len(asked) < 2:
        raise SettingError("COUNTRY", " ".join(asked), "two countries or more", "Name another, or add --everyone.")
    SETTINGS["futures"].check(futures)

    from tillerman.compare import compare as side_by_side
    from tillerman.country import Purpose, load
    from tillerman.country.names import territory
    from tillerman.country.telling import names_in, told_in
    from tillerman.report.compared import countries_told
    from tillerman.report.figures import Figures
    from tillerman.units import USD, Currency

    loaded = [load(name, purpose=Purpose.EXPOSURE if today_only else Purpose.PLAN) for name in asked]
    kept = [None if anew else stored_answer(name, country) for name, country in zip(asked, loaded, strict=True)]
    found = side_by_side(_sides(loaded, kept, futures, screen, today_only=today_only))
    if as_json:
        typer.echo(to_json(view_compare(found, note=screen.say("standard"))))
        return
    write = Figures(screen.say, Currency(USD, 1.0))
    names = {english: told for country in loaded for english, told in names_in(country, language).items()}
    codes = {side.code: territory(side.code, language) for side in found.sides if language is not Language.ENGLISH}
    show_compare(countries_told(told_in(found, names), write, names=codes), screen, write)


def _sides(
    loaded: list[Country], kept: list[Plan | None], futures: int, screen: Screen, *, today_only: bool
) -> list[Side]:
    """Each country as it stands, and with its plan unless only today is asked for."""
    from tillerman.cli.progress import progress
    from tillerman.compare import side_of
    from tillerman.exposure import assess

    sides = []
    with progress(screen) as tell:
        for country, stored in zip(loaded, kept, strict=True):
            if stored is not None:
                sides.append(side_of(stored.today, plan=None if today_only else stored, is_stored=True))
            elif today_only:
                tell(f"{country.frame.name}: {screen.say('stage.Looking at today')}", None)
                sides.append(side_of(assess(country)))
            else:
                plan = planned(country, futures, tell)
                sides.append(side_of(plan.today, plan=plan))
    return sides


def planned(country: Country, futures: int, tell: Teller) -> Plan:
    """A plan made now, told of under the country's name."""
    from tillerman.plan import optimise

    return optimise(
        country, futures=futures, progress=lambda stage, bounds: tell(f"{country.frame.name}: {stage}", bounds)
    )


def stored_answer(name: str, country: Country) -> Plan | None:
    """The stored plan of a shipped country, or the study in this folder, where it speaks of this very file."""
    from tillerman.archive import open_study
    from tillerman.errors import StudyError
    from tillerman.study import files_in, stored

    try:
        found = stored(name)
        if found is None and (path := files_in(Path(), country).study).exists():
            found = open_study(path)
    except StudyError:
        return None
    return found if found is not None and found.input_hash == country.content_hash else None
