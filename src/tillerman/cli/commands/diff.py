"""`tillerman diff`: what differs between two country files, and what that changed in the plan, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tillerman.cli.options import AsJson, InLanguage
from tillerman.words import Language

if TYPE_CHECKING:
    from tillerman.cli.screen import Screen
    from tillerman.compare import PlanChange
    from tillerman.country import Country

FUTURES = 50


def diff(
    first: Annotated[str, typer.Argument(metavar="FIRST", help="A shipped country's name, a folder, or a workbook.")],
    second: Annotated[str, typer.Argument(metavar="SECOND", help="Another one.")],
    *,
    plan: Annotated[
        bool, typer.Option("--plan", help="Make the plans that are not stored, and say what differs between them.")
    ] = False,
    futures: Annotated[int, typer.Option(help="How many possible futures to plan with, with --plan.")] = FUTURES,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """What differs between two country files, and what that changed in the plan.

    Every cell that changed, with what it means, and every row that is new or gone; the files may be of different kinds:
    a folder and the workbook made from it do not differ. Where both have a stored answer, or with --plan: decisions
    added, dropped, moved and resized, and services that are kept otherwise.
    """
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.difference import show_difference
    from tillerman.cli.views.difference import view_difference
    from tillerman.country import Purpose, load
    from tillerman.country import diff as compare
    from tillerman.plain import to_json
    from tillerman.settings import SETTINGS
    from tillerman.units import Currency

    SETTINGS["futures"].check(futures)
    screen = Screen(language)
    one, two = (load(source, purpose=Purpose.PLAN if plan else Purpose.LOAD) for source in (first, second))
    plans = _plans((first, second), (one, two), screen, futures if plan else None)
    view = view_difference(one.content_hash, two.content_hash, compare(one, two), plans)
    if as_json:
        typer.echo(to_json(view))
    else:
        show_difference(screen.told(view, two), screen, Currency(two.frame.currency, two.frame.currency_per_usd))


def _plans(
    names: tuple[str, str], files: tuple[Country, Country], screen: Screen, futures: int | None
) -> PlanChange | None:
    """What differs between the two plans: stored ones, or made anew where futures are given; None without both.

    Two stored plans are only compared where they saw as many futures: else the sample differs, not the file.
    """
    from tillerman.cli.commands.compare import stored_answer
    from tillerman.cli.progress import progress
    from tillerman.compare import outline, outline_of, plan_change
    from tillerman.plan import make_request

    if files[0].content_hash == files[1].content_hash:
        return None
    one, two = (stored_answer(name, file) for name, file in zip(names, files, strict=True))
    if one is not None and two is not None:
        asked = [(p.request.n_futures, p.request.seed, p.request.geopolitics) for p in (one, two)]
        if asked[0] == asked[1]:
            return plan_change(outline_of(one), outline_of(two))
    if futures is None:
        return None
    with progress(screen) as tell:
        return plan_change(*(outline(file, make_request(file, futures=futures), progress=tell) for file in files))
