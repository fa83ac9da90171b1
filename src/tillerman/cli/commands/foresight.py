"""`tillerman foresight`: what planning and foresight are worth, and whether there were enough futures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tillerman.cli.options import (
    AsJson,
    Budget,
    InCurrency,
    InLanguage,
    NoGeopolitics,
    NumberOfFutures,
    RiskAversion,
    Seed,
    Source,
    request_of,
)
from tillerman.cli.words import Language
from tillerman.settings import SETTINGS

_FUTURES, _SEED, _AVERSION = SETTINGS["futures"], SETTINGS["seed"], SETTINGS["risk_aversion"]


def foresight(
    country: Source,
    *,
    futures: NumberOfFutures = int(_FUTURES.default),
    seed: Seed = int(_SEED.default),
    risk_aversion: RiskAversion = _AVERSION.default,
    budget: Budget = None,
    currency: InCurrency = None,
    no_geopolitics: NoGeopolitics = False,
    search: Annotated[
        Path | None, typer.Option("--resume", metavar="FILE", help="Begin from a search that `plan` has kept.")
    ] = None,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """How far a plan can be trusted: what planning and foresight are worth, and whether there were enough futures.

    The plan is compared with one made for the expected future alone, and with a plan of its own for each future; it is
    priced on futures that it has not seen, and against the best plan for those.
    """
    from tillerman.cli.progress import progress
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.foresight import show_foresight_answer
    from tillerman.cli.screens.purse import purse_of
    from tillerman.cli.views.foresight import ForesightAnswer, view_foresight
    from tillerman.cli.views.schema import to_json
    from tillerman.country import load

    screen = Screen(language)
    loaded = load(country)
    purse = purse_of(loaded.frame, currency)
    request = request_of(
        loaded, futures=futures, seed=seed, risk_aversion=risk_aversion, budget=budget, no_geopolitics=no_geopolitics
    )

    from importlib.metadata import version

    from tillerman.cli.searching import begin
    from tillerman.plan.worth import worth

    with progress(screen) as tell:
        found = worth(begin(loaded, request, search, tell), progress=tell)
    view = ForesightAnswer(
        country=loaded.frame.name,
        n_futures=request.n_futures,
        seed=request.seed,
        foresight=view_foresight(found),
        input_hash=loaded.content_hash,
        version=version("tillerman"),
        note=screen.say["standard_sentence"],
    )
    if as_json:
        typer.echo(to_json(view))
    else:
        show_foresight_answer(view, screen, purse)
