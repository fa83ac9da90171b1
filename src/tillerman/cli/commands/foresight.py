"""`tillerman foresight`: what planning and foresight are worth, and whether there were enough futures."""

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


def foresight(
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
    """How far a plan can be trusted: what planning and foresight are worth, and whether there were enough futures.

    The plan is compared with one made for the expected future alone, and with a plan of its own for each future; it is
    priced on futures that it has not seen, and against the best plan for those.
    """
    from tillerman.cli.screens.foresight import show_foresight_answer
    from tillerman.cli.views.foresight import answer_foresight
    from tillerman.plan.worth import worth

    put = Put(country, futures, seed, risk_aversion, budget, currency, no_geopolitics, search, as_json, language)
    answer(put, lambda base, tell: worth(base, progress=tell), answer_foresight, show_foresight_answer)
