"""`tillerman calendar`: the days to keep in mind, what to watch, and who watches."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from tillerman.cli.options import AsJson, InLanguage, Source
from tillerman.words import Language


def calendar(
    country: Source,
    *,
    ics: Annotated[
        bool, typer.Option("--ics", help="Print it as iCalendar, for any calendar program: ... --ics > my.ics")
    ] = False,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """Days to keep in mind, what to watch, and who watches.

    Contract ends, notices, retirements of models, licences and rules from the file's own table of dates; decisions of
    the stored plan, agreements on offer, announced sites, fallbacks due to be tested and targets from the rest of it.
    A year begins on the first day of the country's fiscal year.
    """
    from tillerman.cli.commands.compare import stored_answer
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.calendar import show_calendar
    from tillerman.cli.views.calendar import view_calendar
    from tillerman.country import Purpose, load
    from tillerman.happenings import as_ics
    from tillerman.happenings import calendar as days_of
    from tillerman.plain import to_json

    loaded = load(country, purpose=Purpose.LOAD)
    today = datetime.now().astimezone().date()
    plan = stored_answer(country, loaded)
    decisions = [
        (int(row.years[: len("2027")]), row.subject, row.text)
        for row in (() if plan is None else plan.decisions)
        if row.is_committed and row.action != "run"
    ]
    found = days_of(loaded, decisions=decisions)
    if ics:
        typer.echo(as_ics(found, loaded.frame.name, today=today), nl=False)
        return
    view = view_calendar(found, loaded, today=today)
    if as_json:
        typer.echo(to_json(view))
    else:
        screen = Screen(language)
        show_calendar(screen.told(view, loaded), screen)
