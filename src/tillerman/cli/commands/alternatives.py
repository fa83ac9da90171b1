"""`tillerman alternatives`: what every good plan contains, and what is free choice."""

from __future__ import annotations

from typing import Annotated

import typer

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


def alternatives(
    country: Source,
    *,
    within: Annotated[
        str, typer.Option(metavar="SHARE", help="How much more a good plan may cost, as a share of gross cost.")
    ] = "5%",
    futures: NumberOfFutures = int(_FUTURES.default),
    seed: Seed = int(_SEED.default),
    risk_aversion: RiskAversion = _AVERSION.default,
    budget: Budget = None,
    currency: InCurrency = None,
    no_geopolitics: NoGeopolitics = False,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """What every good plan contains, what none does, and what is free choice.

    A plan is good when it costs little more than the best. What stands in every good plan, or in none, is proved; what
    is free choice is shown by examples; the rest is told as undetermined. `tillerman plan --with alternatives` keeps
    the answer in report, workbook and study.
    """
    from tillerman.cli.screens.alternatives import show_alternatives_answer
    from tillerman.cli.views.alternatives import answer_alternatives
    from tillerman.plan.alternatives import alternatives as ask

    slack = _share(within)
    put = Put(country, futures, seed, risk_aversion, budget, currency, no_geopolitics, None, as_json, language)
    answer(put, lambda base, tell: ask(base, slack, progress=tell), answer_alternatives, show_alternatives_answer)


def _share(text: str) -> float:
    """A share written as 5% or 0.05. Raises SettingError for anything else, or a share out of its limits."""
    from tillerman.errors import SettingError

    plain = text.strip()
    try:
        value = float(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1)
    except ValueError:
        value = 0.0
    if not 0 < value <= 1:
        raise SettingError(
            "--within",
            text,
            "a share above 0 and up to 1, such as 5% or 0.05",
            "5% looks at plans that cost 5 % more.",
        )
    return value
