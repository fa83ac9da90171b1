"""What a plan was asked for, with every setting checked against its limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tillerman.country import Country
from tillerman.errors import SettingError
from tillerman.settings import SETTINGS, default

DEFAULT_FUTURES = int(default("futures"))
DEFAULT_SEED = int(default("seed"))


@dataclass(frozen=True)
class Request:
    """What a plan was asked for."""

    n_futures: int
    seed: int
    risk_aversion: float
    budget_musd_per_year: float
    geopolitics: bool
    tolerance: float


def make_request(
    country: Country,
    *,
    futures: int = DEFAULT_FUTURES,
    seed: int = DEFAULT_SEED,
    risk_aversion: float = default("risk_aversion"),
    budget_musd_per_year: float | None = None,
    geopolitics: bool = True,
    tolerance: float = default("tolerance"),
) -> Request:
    """Give what is asked for; no budget means the file's. Raises SettingError for a setting out of its limits."""
    budget = budget_musd_per_year
    if budget is not None and not np.isfinite(budget):
        raise SettingError("budget_musd_per_year", budget, "a number", SETTINGS["budget_musd_per_year"].doc)
    money = country.frame.budget_musd_per_year if budget is None else budget
    return Request(
        n_futures=int(SETTINGS["futures"].check(futures)),
        seed=int(SETTINGS["seed"].check(seed)),
        risk_aversion=SETTINGS["risk_aversion"].check(risk_aversion),
        budget_musd_per_year=SETTINGS["budget_musd_per_year"].check(money),
        geopolitics=geopolitics,
        tolerance=SETTINGS["tolerance"].check(tolerance),
    )
