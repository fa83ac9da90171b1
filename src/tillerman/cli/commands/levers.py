"""`tillerman levers`: which of the seven levers pays, alone, added last, and in fair shares."""

from __future__ import annotations

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


def levers(
    country: Source,
    *,
    futures: NumberOfFutures = int(_FUTURES.default),
    seed: Seed = int(_SEED.default),
    risk_aversion: RiskAversion = _AVERSION.default,
    budget: Budget = None,
    currency: InCurrency = None,
    no_geopolitics: NoGeopolitics = False,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """Which of the seven levers pays: alone, added last, and its fair share.

    The best plan is found for every set of levers, on the same possible futures, so this takes several times as long
    as a plan. Each worth stands between two proved bounds. `tillerman plan --with levers` keeps the answer in report,
    workbook and study.
    """
    from tillerman.cli.progress import progress
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.levers import show_levers_answer
    from tillerman.cli.screens.purse import purse_of
    from tillerman.cli.views.levers import LeversAnswer, view_levers
    from tillerman.cli.views.schema import to_json
    from tillerman.country import load

    screen = Screen(language)
    loaded = load(country)
    purse = purse_of(loaded.frame, currency)
    request = request_of(
        loaded, futures=futures, seed=seed, risk_aversion=risk_aversion, budget=budget, no_geopolitics=no_geopolitics
    )

    from importlib.metadata import version

    from tillerman.plan import base_for
    from tillerman.plan.levers import levers as weigh

    with progress(screen) as tell:
        found = weigh(base_for(loaded, request, progress=tell), progress=tell)
    view = LeversAnswer(
        country=loaded.frame.name,
        n_futures=request.n_futures,
        seed=request.seed,
        levers=view_levers(found),
        input_hash=loaded.content_hash,
        version=version("tillerman"),
        note=screen.say["standard_sentence"],
    )
    if as_json:
        typer.echo(to_json(view))
    else:
        show_levers_answer(view, screen, purse)
