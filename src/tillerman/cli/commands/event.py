"""`tillerman event`: something happened. Does it change a decision, and by when?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tillerman.cli.options import AsJson, InLanguage, Source
from tillerman.words import Language

if TYPE_CHECKING:
    from tillerman.cli.screen import Screen
    from tillerman.compare import PlanChange
    from tillerman.country import Country
    from tillerman.exposure import Consequence
    from tillerman.happenings import Happening

FUTURES = 20


def event(
    country: Source,
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT",
            help="What happened, such as 'OpenAI leaves' or 'price of gpt times 3'; anything else lists what can be "
            "said.",
        ),
    ],
    *,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day; today unless given.")
    ] = None,
    futures: Annotated[int, typer.Option(help="How many possible futures to plan with, before and after.")] = FUTURES,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Answer, and leave the country file alone.")] = False,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """Something happened: what stops, and does it change a decision, and by when?

    One dated row is added to the country file, with what it changes there and the evidence; a shipped file is never
    changed. The plan is made before and after on the same possible futures. Nothing in the text is guessed: what can
    be said is a small grammar, docs/how-to/something-happened.md.
    """
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.event import show_event
    from tillerman.cli.views.event import view_event
    from tillerman.country import diff, load, shipped
    from tillerman.happenings import after, read
    from tillerman.importers import refuse_form, save
    from tillerman.plain import to_json
    from tillerman.settings import SETTINGS
    from tillerman.units import Currency

    SETTINGS["futures"].check(futures)
    screen = Screen(language)
    loaded = load(country)
    happening = read(loaded, text)
    day = (on or datetime.now().astimezone()).date()
    changed = after(loaded, happening, day)
    is_written = not dry_run and country not in shipped()
    if is_written:
        refuse_form(country)
    stops, plans = _answer(loaded, changed, happening, futures, screen)
    if is_written:
        save(changed, country)
    view = view_event(loaded, happening, day, diff(loaded, changed), stops, plans, is_written=is_written)
    if as_json:
        typer.echo(to_json(view))
    else:
        show_event(screen.told(view, loaded), screen, Currency(loaded.frame.currency, loaded.frame.currency_per_usd))


def _answer(
    before: Country, changed: Country, happening: Happening, futures: int, screen: Screen
) -> tuple[Consequence | None, PlanChange | None]:
    """What stops where somebody withdraws, and what differs between the plans before and after.

    A change that no plan reads, such as a test of a fallback, is not planned for.
    """
    from tillerman.cli.progress import progress
    from tillerman.compare import outline, plan_change
    from tillerman.exposure import assess
    from tillerman.happenings import withdrawn
    from tillerman.plan import make_request

    who = withdrawn(happening)
    with progress(screen) as tell:
        stops = None
        if who is not None and not happening.hold_kinds:
            tell("Looking at today", None)
            stops = assess(before, without=(who,)).asked
        if happening.is_beside_the_plan:
            return stops, None
        files = (before, changed)
        plans = [outline(file, make_request(file, futures=futures), progress=tell) for file in files]
    return stops, plan_change(*plans)
