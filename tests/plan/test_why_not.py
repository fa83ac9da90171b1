"""Why not? By pencil on the hand-sized country, and by laws: forcing costs, and a cheaper thing is never worse."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.plan.paper import paper_futures
from tests.plan.test_laws import country_of
from tests.plan.variants_of_hand import with_everything
from tillerman.archive import open_study, save
from tillerman.country import Country, load
from tillerman.errors import UnknownNameError
from tillerman.plan import WhyNot, ask, base_for, make_request, optimise
from tillerman.plan.base import Base, find, prepare
from tillerman.plan.choosable import Group, forced, groups
from tillerman.plan.whynot import early, find_group, left_out, why_not
from tillerman.plan.whynot_price import cheaper, first_at, paid_by
from tillerman.plan.whynot_result import Pays, Reason
from tillerman.twostage import Risk, solve
from tillerman.twostage.extensive import solve_extensive

SEEDS = (5, 8, 23)


def priced(country: Country, factor: float, *, budget: float | None = None) -> Base:
    """The plan for the paper's three futures where chips at home cost so many times what the paper says."""
    sites = tuple(
        replace(s, capital_musd_per_kh100e=factor * 160 if s.id == "home_hall" else 0.0) for s in country.sites
    )
    dear = replace(country, sites=sites)
    request = make_request(dear, futures=3, risk_aversion=0.0, tolerance=1e-4, budget_musd_per_year=budget)
    return find(prepare(dear, request, futures=paper_futures(dear)))


def test_two_dear_chips_at_home_by_pencil(hand: Country) -> None:
    """A chip earns 0.08 if XA never stops and 0.8 if it does (19 in 100): 0.2168. At 0.24 it loses 0.0232, two 0.0464.

    So it pays up to 0.2168 / 0.24 of its price; and from the chance a year on at which 0.08 + 0.72 p = 0.24, that is
    p = 2 in 9 over both years, 1 - (7/9)^0.5 = 0.118 a year.
    """
    found = why_not(priced(hand, 1.2), "home_hall")
    assert (found.reason, found.size, found.in_plan, found.years) == (Reason.COSTS_MORE, 2.0, 0.0, "2027")
    assert (found.more.low, found.more.high) == pytest.approx((0.0464, 0.0464), abs=1e-6)
    price = found.price
    assert price is not None
    assert price.verdict is Pays.PAYS
    assert price.break_even == pytest.approx(0.2168 / 0.24, abs=1e-6)
    assert price.price_musd == pytest.approx(0.48)
    assert price.share.low <= 0.2168 / 0.24 + 1e-9 <= price.share.high <= 0.2168 / 0.24 + 0.02
    chance = found.chance
    assert chance is not None
    assert (chance.verdict, chance.disruption) == (Pays.PAYS, "xa_orders_stop")
    assert chance.assumed == pytest.approx(0.1)
    assert chance.break_even == pytest.approx(1 - (7 / 9) ** 0.5, abs=1e-3)


def test_no_chance_makes_it_pay(hand: Country) -> None:
    """At 0.9 a chip, which never earns more than 0.8, no chance tried makes it pay, and this is proved."""
    chance = why_not(priced(hand, 4.5), "home_hall").chance
    assert chance is not None
    assert (chance.verdict, chance.break_even) == (Pays.NEVER, None)
    assert chance.tried == pytest.approx(0.8)


def test_what_is_worth_nothing_pays_at_no_price_that_counts(hand: Country) -> None:
    """Where XA never stops, an option on its stop is worth nothing: it does not pay at a tenth of its fee."""
    everything = with_everything(hand)
    dear = replace(everything, options=tuple(replace(o, fee_musd_per_kh100e_year=500.0) for o in everything.options))
    found = why_not(base_for(dear, make_request(dear, futures=3)), "framework")
    assert found.reason is Reason.COSTS_MORE
    assert found.price is not None
    assert found.price.verdict is not Pays.PAYS
    assert found.price.share.high < 0.1
    assert found.chance is not None
    assert found.chance.verdict is Pays.NONE


def test_rules_that_forbid_it_are_named(hand: Country) -> None:
    """With no money nothing can be built, and the budget is named; other rules can be kept with it."""
    base = priced(hand, 1.2, budget=0.0)
    found = why_not(base, "The hall at home")
    assert (found.reason, found.price, found.chance) == (Reason.FORBIDDEN, None, None)
    assert found.rules == ("budget 2027",)
    assert not np.isfinite(found.more.low)


def test_what_comes_too_late_is_told_so(hand: Country) -> None:
    """An agreement that cannot be signed before the plan ends is forbidden by its lead time alone."""
    everything = with_everything(hand)
    late = replace(everything, agreements=tuple(replace(a, first_year=2040) for a in everything.agreements))
    found = why_not(base_for(late, make_request(late, futures=2)), "pact")
    assert (found.reason, found.rules) == (Reason.FORBIDDEN, ("lead time of pact",))


def test_what_is_in_the_plan_says_so(hand: Country) -> None:
    """At the paper's own price ten chips are built, so there is nothing to ask."""
    found = why_not(priced(hand, 1.0), "hall at")
    assert (found.reason, found.price) == (Reason.IN_PLAN, None)
    assert found.in_plan == pytest.approx(10.0)
    assert left_out(priced(hand, 1.0)).rows == ()


def test_a_name_that_fits_nothing_or_too_much_is_refused(hand: Country) -> None:
    """The error names what can be decided, the nearest first."""
    base = base_for(with_everything(hand), make_request(hand, futures=2))
    with pytest.raises(UnknownNameError, match=r"decision: found 'hone_hall'; expected one thing .* home_hall"):
        find_group(base.assembled.setting, "hone_hall")
    with pytest.raises(UnknownNameError, match="found 'programme of'"):
        find_group(base.assembled.setting, "programme of")


@pytest.fixture(scope="module", params=SEEDS)
def base(request: pytest.FixtureRequest) -> Base:
    """The plan of a made-up country."""
    country = country_of(request.param)
    return base_for(country, make_request(country, futures=3))


def exact(base: Base, group: Group, share: float) -> float:
    """The least cost of a plan that has something at a share of its price, from the whole programme at once."""
    soon = early(base.assembled.setting, base.assembled.problem.first, group)
    problem = replace(base.assembled.problem, first=forced(first_at(base, group, share), soon, has=True))
    return solve_extensive(problem, base.risk, relative_gap=1e-7, time_limit_s=60.0).objective


def test_forcing_costs_what_the_whole_programme_says(base: Base) -> None:
    """What it costs more holds the exact difference, which is never below nothing; what no plan can have is named."""
    best = solve_extensive(base.assembled.problem, base.risk, relative_gap=1e-7, time_limit_s=60.0).objective
    rounding = 1e-5 * (1 + abs(base.best.gross))
    found = left_out(base)
    assert {row.subject for row in found.rows} | set(_held(base)) == {
        group.subject for group in groups(base.assembled.setting)
    }
    for row in found.rows:
        group = find_group(base.assembled.setting, row.subject)
        cost = exact(base, group, 1.0)
        if row.reason is Reason.FORBIDDEN:
            assert not np.isfinite(cost)
            assert row.rules
            continue
        assert max(0.0, row.more.low - rounding) <= max(0.0, cost - best) + rounding
        assert cost - best <= row.more.high + rounding
        _check_price(base, row, group, best, rounding)


def _held(base: Base) -> list[str]:
    sizes = dict(zip(base.assembled.problem.first.names, base.best.x.tolist(), strict=True))
    return [
        group.subject
        for group in groups(base.assembled.setting)
        if sum(sizes[name] for name in group.columns) > group.none
    ]


def _check_price(base: Base, row: WhyNot, group: Group, best: float, rounding: float) -> None:
    """Where it is proved to pay the exact cost is no more than the plan's, and no less where it is proved not to."""
    assert row.price is not None
    share = row.price.share
    assert 0.0 <= share.low <= share.high <= 1.0
    if row.price.verdict is Pays.PAYS:
        assert exact(base, group, share.low) <= best + rounding
    if row.price.verdict is Pays.NEVER:
        assert exact(base, group, 0.0) >= best - rounding
    elif share.high < 1.0:
        assert exact(base, group, share.high) >= best - rounding


def test_cheaper_is_never_less_attractive(base: Base) -> None:
    """The least cost of a plan that has something does not fall as its price rises."""
    rounding = 1e-6 * (1 + abs(base.best.gross))
    for group in groups(base.assembled.setting)[:3]:
        costs = [exact(base, group, share) for share in (0.0, 0.3, 0.7, 1.0)]
        assert all(before <= after + rounding for before, after in pairwise(costs))


@pytest.mark.parametrize("seed", SEEDS)
def test_price_is_linear_in_the_numbers_of_the_file(seed: int) -> None:
    """At half the price its decisions cost half, every other decision what it did, and only money rules differ."""
    country = with_everything(load("hand")) if seed == SEEDS[0] else country_of(seed)
    base = base_for(country, make_request(country, futures=1))
    first = base.assembled.problem.first
    for group in groups(base.assembled.setting):
        half = first_at(base, group, 0.5)
        paid = paid_by(base, group)
        assert paid == paid_by(base, early(base.assembled.setting, first, group)) >= set(group.columns)
        mine = np.array([name in paid for name in first.names])
        assert cheaper(country, group, 1.0) == country
        assert half.cost[mine] == pytest.approx(0.5 * first.cost[mine])
        assert (half.cost[~mine] == first.cost[~mine]).all()
        rows = np.unique((half.matrix - first.matrix).nonzero()[0])
        assert all(first.row_names[row].startswith(("budget[", "exchange[")) for row in rows)


def test_prices_are_no_part_of_the_second_stage(base: Base) -> None:
    """A plan costs as much in every state whatever things to decide cost, so that all that is learnt still holds."""
    group = groups(base.assembled.setting)[0]
    changed = prepare(cheaper(base.country, group, 0.5), base.request)
    assert tuple(changed.assembled.futures.states) == tuple(base.assembled.futures.states)
    again = solve(
        replace(base.assembled.problem, first=changed.assembled.problem.first),
        risk=Risk(base.request.risk_aversion),
        memory=base.best.memory.copy(),
    )
    alone = solve(changed.assembled.problem, risk=Risk(base.request.risk_aversion))
    assert again.lower_bound <= alone.objective
    assert alone.lower_bound <= again.objective


def test_a_study_keeps_what_is_left_out(tmp_path: Path) -> None:
    """Asked for together with the plan, the list comes back from the study as it was, forbidden things included."""
    poor = replace(load("hand"), frame=replace(load("hand").frame, budget_musd_per_year=0.0))
    plan = ask(optimise(poor, futures=2), ["left_out"])
    again = open_study(save(plan, tmp_path / "poor.study"))
    assert again.asked.left_out == plan.asked.left_out == again.left_out()
    assert [row.reason for row in again.left_out().rows] == [Reason.FORBIDDEN]
