"""If chances are not as assumed: exact on futures that are weighted anew, and in order."""

from __future__ import annotations

import numpy as np
import pytest

from tests.plan.test_flips import ranged
from tillerman.country import Country, replace_number
from tillerman.futures import sample
from tillerman.plan.ambiguity import Priced, ambiguity, hazard_ranges
from tillerman.plan.base import Base, find, prepare
from tillerman.plan.outofsample import totals
from tillerman.plan.request import make_request
from tillerman.twostage import Risk


def base_of(country: Country) -> Base:
    """A plan on drawn futures, counting averages alone."""
    return find(prepare(country, make_request(country, futures=20, risk_aversion=0.0)))


def test_weights_say_what_other_chances_cost(hand: Country) -> None:
    """The average under a chance of 0.3 by weights agrees with futures drawn with that chance."""
    country = ranged(hand, "disruptions", "xa_orders_stop", "chance_normal", (0.05, 0.3))
    base = base_of(country)
    futures = sample(country, 20_000, seed=5)
    priced = Priced(futures, totals(base, base.best.x, futures), Risk(0.0))
    weighed = priced.objective({"xa_orders_stop": 3.0})

    likelier = country
    for column in ("chance_normal", "chance_strained", "chance_broken"):
        likelier = replace_number(likelier, "disruptions", "xa_orders_stop", column, 0.3)
    drawn = sample(likelier, 20_000, seed=6)
    again = totals(base_of(likelier), base.best.x, drawn)
    spread = float(again.std()) / len(again) ** 0.5
    assert weighed == pytest.approx(float(drawn.probability @ again), abs=6 * spread)


def test_the_range_comes_from_the_evidence(hand: Country) -> None:
    """The least and the largest multiple; a disruption without a range keeps its chance."""
    country = ranged(hand, "disruptions", "xa_orders_stop", "chance_normal", (0.05, 0.3))
    (ends,) = hazard_ranges(sample(country, 50, seed=1)).values()
    assert ends == pytest.approx((0.5, 3.0))
    bare = ranged(hand, "sites", "home_hall", "capital_musd_per_kh100e", (1.0, 2.0))
    found = ambiguity(base_of(bare), fresh=100)
    assert (found.hazards, found.steps, found.best_musd) == ((), (), found.worst_musd)


def test_best_assumed_and_worst_stand_in_order(hand: Country) -> None:
    """More hazard costs more, less costs less, and one disruption at its worse end is the worst of one."""
    country = ranged(hand, "disruptions", "xa_orders_stop", "chance_normal", (0.05, 0.3))
    found = ambiguity(base_of(country), fresh=2000)
    assert found.best_musd < found.assumed_musd < found.worst_musd
    (row,) = found.hazards
    assert (row.at_low_musd, row.at_high_musd) == (found.best_musd, found.worst_musd)
    assert [step.n_hazards for step in found.steps] == [1]
    assert found.steps[0].objective_musd == found.worst_musd
    assert 1 <= found.n_effective_worst <= 2000
    assert np.isfinite(found.worst_musd)
