"""`tillerman levers`: which of the seven levers pays, alone, added last, and in fair shares."""

from __future__ import annotations

from tillerman.cli.answering import Put, answer
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
)
from tillerman.settings import SETTINGS
from tillerman.words import Language

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
    from tillerman.cli.screens.levers import show_levers_answer
    from tillerman.cli.views.levers import answer_levers
    from tillerman.plan.levers import levers as ask

    put = Put(country, futures, seed, risk_aversion, budget, currency, no_geopolitics, None, as_json, language)
    answer(put, lambda base, tell: ask(base, progress=tell), answer_levers, show_levers_answer)
