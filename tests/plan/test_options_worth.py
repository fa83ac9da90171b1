"""What options and planning again are worth: against brute force, and in the order in which information is worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.plan.variants_of_hand import with_option
from tillerman.country import Country
from tillerman.plan.base import Base, find, prepare
from tillerman.plan.branches import branched
from tillerman.plan.foresight import foresight_worth
from tillerman.plan.options_worth import climate_seen, late_decisions, options
from tillerman.plan.request import make_request
from tillerman.testing.generate import random_country
from tillerman.twostage import Risk, evaluate, solve


def base_of(country: Country, *, futures: int = 6, aversion: float = 0.3) -> Base:
    """A plan on drawn futures, closely proved."""
    request = make_request(country, futures=futures, risk_aversion=aversion, tolerance=1e-3)
    return find(prepare(country, request))


def test_an_option_is_worth_what_its_absence_costs(hand: Country) -> None:
    """A cheap option is worth the difference of two plans; one that costs too much is left and worth nothing clear."""
    base = base_of(with_option(hand, fee=1.0, exercise=1.0), futures=12, aversion=0.0)
    bare = base_of(hand, futures=12, aversion=0.0)
    (row,) = options(base).rows
    truth = bare.best.objective - base.best.objective
    assert row.worth.low - 1e-6 <= truth <= row.worth.high + 1e-6
    dear = options(base_of(with_option(hand, fee=1e6, exercise=1e6), futures=12, aversion=0.0)).rows[0]
    assert not dear.is_taken
    assert dear.worth.low == 0.0


@pytest.mark.parametrize("seed", [1, 4, 6])
def test_planning_again_lies_between_foresight_and_the_plan(seed: int) -> None:
    """It saves nothing at least, and never more than perfect foresight could."""
    base = base_of(random_country(seed))
    found = options(base)
    foresight, _ = foresight_worth(base)
    assert 0.0 <= found.saving.low <= found.saving.high + 1e-9
    assert found.saving.low <= foresight.high + 1e-6
    assert sum(climate.probability for climate in found.climates) == pytest.approx(1.0)


@pytest.mark.parametrize("aversion", [0.0, 0.5])
def test_branches_that_decide_alike_cost_alike(aversion: float) -> None:
    """The plan spread over all branches costs in the problem with branches what it costs in the plain one."""
    base = base_of(random_country(2), aversion=aversion)
    tree = branched(base.assembled.problem, late_decisions(base), climate_seen(base))
    found = evaluate(tree.problem, tree.spread(base.best.x), risk=base.risk)
    assert found.is_feasible
    assert found.objective == pytest.approx(base.best.objective, rel=1e-9)


def test_one_branch_is_the_plain_problem() -> None:
    """Where all futures are in one branch there is nothing to gain."""
    base = base_of(random_country(2))
    problem = base.assembled.problem
    tree = branched(problem, late_decisions(base), np.zeros(problem.probability.size, dtype=np.int64))
    found = solve(tree.problem, risk=base.risk, tolerance=1e-3)
    assert found.lower_bound <= base.best.objective + 1e-6
    assert found.objective >= base.best.lower_bound - 1e-6


def test_branches_for_every_future_with_nothing_shared_are_foresight(hand: Country) -> None:
    """With a branch for each future and no early decision, the cost is the average of each future's own best."""
    base = base_of(hand, futures=4, aversion=0.0)
    problem = base.assembled.problem
    late = np.ones(problem.first.cost.size, dtype=np.bool_)
    tree = branched(problem, late, np.arange(4))
    found = solve(tree.problem, risk=Risk(0.0), tolerance=1e-6)
    foresight, _ = foresight_worth(base)
    saving = base.best.objective - found.objective
    assert foresight.low - 1e-3 <= saving <= foresight.high + 1e-3


def test_late_decisions_are_those_after_year_three() -> None:
    """Starts, signatures and quantities of later periods, and deployments of epochs that begin later."""
    base = base_of(random_country(2), futures=2)
    first, years = base.country.frame.first_year, base.assembled.setting.years
    late = dict(zip(base.assembled.problem.first.names, late_decisions(base).tolist(), strict=True))
    for start in base.dispatch.space.starts:
        assert late[f"start_{start.family}[{start.subject},{start.period}]"] is (years[start.period] >= first + 3)
    epochs = base.dispatch.space.epochs
    begins = {epoch: years[epochs.index(epoch)] for epoch in set(epochs)}
    deployments = [name for name in late if name.startswith("deploy[")]
    assert deployments
    for name in deployments:
        assert late[name] is (begins[int(name[:-1].rsplit(",", 1)[1])] >= first + 3)
    assert not any(value for name, value in late.items() if name.startswith("taken["))


def test_a_plan_that_is_made_again_says_what_would_change(hand: Country) -> None:
    """Amounts are told for both plans."""
    base = base_of(hand, futures=6)
    shifted = replace(base, best=replace(base.best, x=np.zeros_like(base.best.x)))
    assert all(change.amount != change.replanned for change in options(shifted).changes)
