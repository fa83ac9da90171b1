"""`tillerman why-not`: what would have to be true for something to be in the plan that the plan leaves out."""

from __future__ import annotations

from typing import Annotated

import typer

from tillerman.cli.answering import Put, answer
from tillerman.cli.options import (
    AsJson,
    Budget,
    FromSearch,
    InCurrency,
    InLanguage,
    NoGeopolitics,
    NumberOfFutures,
    RiskAversion,
    Seed,
    Source,
)
from tillerman.settings import SETTINGS
from tillerman.words import Language

_FUTURES, _SEED, _AVERSION = SETTINGS["futures"], SETTINGS["seed"], SETTINGS["risk_aversion"]


def why_not(
    country: Source,
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="A site, agreement, programme or option: its id, its name, or a part."),
    ] = None,
    *,
    futures: NumberOfFutures = int(_FUTURES.default),
    seed: Seed = int(_SEED.default),
    risk_aversion: RiskAversion = _AVERSION.default,
    budget: Budget = None,
    currency: InCurrency = None,
    no_geopolitics: NoGeopolitics = False,
    search: FromSearch = None,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """Why not? What would have to be true for something to be in the plan.

    The best plan with it is found: what it costs more, how far its price would have to fall for it to pay, how likely
    the disruption would have to be against which it helps most, and which rules forbid it where none can have it.
    Without a name, everything is listed that the plan leaves out; this takes some minutes.
    """
    from tillerman.cli.screens.why_not import show_why_not
    from tillerman.cli.views.why_not import answer_why_not
    from tillerman.plan.whynot import left_out
    from tillerman.plan.whynot import why_not as ask

    put = Put(country, futures, seed, risk_aversion, budget, currency, no_geopolitics, search, as_json, language)
    answer(
        put,
        lambda base, tell: left_out(base, progress=tell).rows if name is None else (ask(base, name, progress=tell),),
        lambda rows, head: answer_why_not(rows, head, is_list=name is None),
        show_why_not,
    )
