"""`tillerman frontier`: from the cheapest plan to the safest."""

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


def frontier(
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
    """From the cheapest plan to the safest: what more certainty costs.

    Fifteen plans, from the one that is best without asking for safety to the one that keeps most critical service
    under its most serious single loss; with a thousand futures and more, the average against the worst 5 in 100 too.
    `tillerman plan --with frontier` keeps the answer in report, workbook and study.
    """
    from tillerman.cli.progress import progress
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.frontier import show_frontier_answer
    from tillerman.cli.screens.purse import purse_of
    from tillerman.cli.views.frontier import FrontierAnswer, view_frontier
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
    from tillerman.plan.frontier import frontier as trade

    with progress(screen) as tell:
        found = trade(base_for(loaded, request, progress=tell), progress=tell)
    view = FrontierAnswer(
        country=loaded.frame.name,
        n_futures=request.n_futures,
        seed=request.seed,
        frontier=view_frontier(found),
        input_hash=loaded.content_hash,
        version=version("tillerman"),
        note=screen.say["standard_sentence"],
    )
    if as_json:
        typer.echo(to_json(view))
    else:
        show_frontier_answer(view, screen, purse)
