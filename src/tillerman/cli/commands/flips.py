"""`tillerman flips`: at which value of a number, or chance of a disruption, a decision stops paying."""

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


def flips(
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
    """At which value of a number, or chance of a disruption, a decision stops paying.

    The dearest decisions of years 1 to 3, each with the best plan that does without it, are carried to both ends of
    each number's range. A value is told only where it is proved that the decision pays on one side of it and does not
    on the other; else it holds, or is undetermined.
    """
    from tillerman.cli.screens.flips import show_flips
    from tillerman.cli.views.flips import answer_flips
    from tillerman.plan.flips import flips as ask

    put = Put(country, futures, seed, risk_aversion, budget, currency, no_geopolitics, search, as_json, language)
    answer(put, lambda base, tell: ask(base, progress=tell), answer_flips, show_flips)
