"""Worth of planning, worth of foresight, cost on fresh futures, enough futures: against paper and brute force."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.plan.paper import paper_futures
from tillerman.country import Country
from tillerman.plan.base import Base, find, prepare
from tillerman.plan.enough import enough_futures
from tillerman.plan.foresight import foresight_worth, own_plan, planning_worth, some_futures
from tillerman.plan.outofsample import fresh_seed, out_of_sample, totals
from tillerman.plan.references import as_today
from tillerman.plan.request import make_request
from tillerman.plan.worth import worth
from tillerman.testing.generate import random_country
from tillerman.twostage import Risk, solve


def paper_base(country: Country, *, aversion: float = 0.0) -> Base:
    """The plan for the paper's three futures, as a question starts from it."""
    request = make_request(country, futures=3, risk_aversion=aversion, tolerance=1e-4)
    return find(prepare(country, request, futures=paper_futures(country)))


def base_of(country: Country, *, futures: int = 6, aversion: float = 0.3) -> Base:
    """A plan on drawn futures."""
    return find(prepare(country, make_request(country, futures=futures, risk_aversion=aversion)))


def test_planning_for_what_is_expected_builds_nothing(hand: Country) -> None:
    """If XA never stops, ten chips at 0.2 earn 0.08 each; whoever expects that forgoes 10 × (0.2168 − 0.2)."""
    base = paper_base(hand)
    cost, gain = planning_worth(base)
    assert cost == pytest.approx(-32.958 + 10 * (0.2168 - 0.2), abs=2e-3)
    assert gain.low <= 10 * (0.2168 - 0.2) + 1e-6
    assert gain.high >= 10 * (0.2168 - 0.2) - 1e-6
    assert gain.high - gain.low <= 1e-4 * base.best.gross + 1e-9


@pytest.mark.parametrize("aversion", [0.0, 0.3])
def test_foresight_is_worth_what_brute_force_says(hand: Country, aversion: float) -> None:
    """With every future asked, the proved interval holds the difference between one plan and a plan for each future."""
    base = paper_base(hand, aversion=aversion)
    problem = base.assembled.problem
    alone = [solve(some_futures(problem, np.array([f])), risk=Risk(0.0), tolerance=1e-6).objective for f in range(3)]
    order = np.argsort(alone)[::-1]
    worst = alone[order[0]]  # the worst future alone is more probable than 5 in 100
    truth = base.best.objective - ((1 - aversion) * float(problem.probability @ alone) + aversion * worst)

    found, asked = foresight_worth(base)

    assert asked == 3
    assert found.low - 1e-6 <= truth <= found.high + 1e-6
    assert found.width <= 0.02 * base.best.gross


@pytest.mark.parametrize("seed", [1, 4])
def test_the_order_of_information_holds(seed: int) -> None:
    """Knowing costs least, planning comes next, planning for the expected future costs most."""
    base = base_of(random_country(seed))
    cost, gain = planning_worth(base)
    found, _ = foresight_worth(base)
    assert gain.low >= 0.0
    assert found.low >= 0.0
    assert cost >= base.best.lower_bound - 1e-6 * base.best.gross
    for future in range(base.request.n_futures):
        own = own_plan(base, future)
        assert own.low <= own.high <= base.best.first_cost + base.best.future_values[future] + 1e-6


def test_some_of_many_futures_give_an_upper_end(hand: Country) -> None:
    """Where only some are asked, the lower end is 0 and the upper end is not below what asking all finds."""
    base = base_of(hand, futures=60)
    every, asked = foresight_worth(base, most=60)
    some, few = foresight_worth(base, most=30)
    assert (asked, few < 60) == (60, True)
    assert some.low == 0.0
    assert some.high >= every.low


@pytest.mark.parametrize("seed", [2, 5])
def test_pricing_in_blocks_is_exact(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the futures the plan was made for, pricing block by block gives each future what the engine gives it."""
    base = base_of(random_country(seed))
    monkeypatch.setattr("tillerman.plan.outofsample.BLOCK", 11)
    found = totals(base, base.best.x, base.assembled.futures)
    assert found == pytest.approx(base.best.first_cost + base.best.future_values, rel=1e-7, abs=1e-7)


def test_fresh_futures_are_others(hand: Country) -> None:
    """They are drawn from a stream of their own, and with few of them the worst is not told."""
    base = base_of(hand)
    found = out_of_sample(base, 50)
    assert found.seed == fresh_seed(1) != 1
    assert found.worst is None
    assert "ask for more futures" in found.worst_reason
    assert found.objective.low <= found.objective.value <= found.objective.high
    assert found.surprise.value == pytest.approx(found.objective.value - base.best.objective)


def test_a_certificate_closes_in_on_the_truth(hand: Country) -> None:
    """Twenty thousand fresh futures and two thousand others agree within their intervals."""
    base = base_of(hand, futures=30)
    many, few = out_of_sample(base, 20_000), out_of_sample(replace(base, request=replace(base.request, seed=9)), 2_000)
    assert many.mean.margin < few.mean.margin
    assert abs(many.mean.value - few.mean.value) <= 1.5 * (many.mean.margin + few.mean.margin)
    assert many.worst is not None
    assert many.worst.value >= many.mean.value


def test_a_poor_plan_is_seen_to_lose(hand: Country) -> None:
    """Deciding nothing loses what deciding gains; the best plan on sixty futures loses next to nothing."""
    base = base_of(hand, futures=60, aversion=0.0)
    lazy = replace(base, best=replace(base.best, x=as_today(base.assembled)))
    found, poor = enough_futures(base), enough_futures(lazy)
    assert found.loss_musd >= 0.0
    assert found.at_most_musd >= found.loss_musd
    assert poor.loss_musd >= found.loss_musd
    assert found.is_enough


def test_all_four_figures_come_together(hand: Country) -> None:
    """The answer to the question holds each of them."""
    found = worth(base_of(hand), fresh=40)
    assert found.fresh.n_futures == 40
    assert found.enough.n_futures == 6
    assert found.is_foresight_proved
