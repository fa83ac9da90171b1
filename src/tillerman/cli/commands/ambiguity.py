"""`tillerman ambiguity`: what the plan costs if disruptions are likelier or rarer than assumed."""

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


def ambiguity(
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
    """What the plan costs if disruptions are likelier or rarer than assumed.

    Fresh futures are priced once and weighted anew over the ranges that the evidence gives for yearly chances: all at
    their better ends, all at their worse ends, one disruption at a time, and the worst two, three and five together.
    """
    from tillerman.cli.screens.ambiguity import show_ambiguity
    from tillerman.cli.views.ambiguity import answer_ambiguity
    from tillerman.plan.ambiguity import ambiguity as ask

    put = Put(country, futures, seed, risk_aversion, budget, currency, no_geopolitics, search, as_json, language)
    answer(put, lambda base, tell: ask(base, progress=tell), answer_ambiguity, show_ambiguity)
