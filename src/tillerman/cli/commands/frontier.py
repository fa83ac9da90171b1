"""`tillerman frontier`: from the cheapest plan to the safest."""

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
    from tillerman.cli.screens.frontier import show_frontier_answer
    from tillerman.cli.views.frontier import answer_frontier
    from tillerman.plan.frontier import frontier as ask

    put = Put(country, futures, seed, risk_aversion, budget, currency, no_geopolitics, None, as_json, language)
    answer(put, lambda base, tell: ask(base, progress=tell), answer_frontier, show_frontier_answer)
