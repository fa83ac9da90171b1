"""`tillerman options`: what options are worth, and what planning again in year 3 would save."""

from __future__ import annotations

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


def options(
    country: Source,
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
    """What each option is worth, and what planning again in year 3 would save.

    Each option is taken out of the file's choices in turn. Then the plan is made as if it could be made again in year
    3 for the climate between states seen by then: what that saves, what would be decided anew, and which decision of
    years 1 to 3 would differ.
    """
    from tillerman.cli.screens.options import show_options
    from tillerman.cli.views.options import answer_options
    from tillerman.plan.options_worth import options as ask

    put = Put(country, futures, seed, risk_aversion, budget, currency, no_geopolitics, search, as_json, language)
    answer(put, lambda base, tell: ask(base, progress=tell), answer_options, show_options)
