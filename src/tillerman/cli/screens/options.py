"""Options on a screen: what each is worth, and what planning again would save and change."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.screens.interval import told_worth
from tillerman.cli.screens.purse import Purse
from tillerman.cli.views.options import EarlyChangeView, OptionsAnswer, OptionsView
from tillerman.units import number, share

MOST_TOLD = 4  # later decisions told for each climate


def show_options(view: OptionsAnswer, screen: Screen, purse: Purse) -> None:
    """The whole answer."""
    screen.title(
        screen.say(
            "options.finding",
            country=screen.country(view.country),
            year=view.options.replan_year,
            saving=told_worth(view.options.saving, screen, purse),
        )
    )
    tell_options(view.options, screen, purse)


def tell_options(view: OptionsView, screen: Screen, purse: Purse) -> None:
    """Each option, then planning again."""
    say = screen.say
    screen.heading(say("options.title"))
    screen.line(say("options.note"))
    if not view.rows:
        screen.line(say("options.none"))
    screen.items(
        [
            say(
                "options.taken" if row.is_taken else "options.left",
                name=row.name,
                worth=told_worth(row.worth, screen, purse),
            )
            for row in view.rows
        ]
    )
    screen.heading(say("replan.title", year=view.replan_year))
    screen.line(say("replan.note"))
    screen.line(say("replan.saving", saving=told_worth(view.saving, screen, purse)), style="bold")
    for climate in view.climates:
        screen.line(
            say(
                "replan.climate",
                climate=say(f"climate.{climate.climate}"),
                share=share(climate.probability),
                n=climate.n_futures,
            )
        )
        screen.items([screen.said(text) for text in climate.decisions[:MOST_TOLD]] or [say("replan.nothing")])
    screen.line("")
    if view.changes:
        screen.line(say("replan.changes"), style="bold")
        screen.items([_change(row, screen) for row in view.changes])
    else:
        screen.line(say("replan.same"))


def _change(row: EarlyChangeView, screen: Screen) -> str:
    return screen.say(
        "replan.change",
        name=row.name,
        years=row.years,
        was=number(row.amount),
        now=number(row.replanned),
        unit=screen.say(f"replan.unit.{row.unit}"),
    )
