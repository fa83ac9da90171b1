"""What each lever is worth: against every subset solved exactly, and by the laws that fair shares keep."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pytest

from tests.plan.paper import paper_futures
from tests.plan.variants_of_hand import lever, with_adoption, with_everything
from tillerman.country import Country
from tillerman.labels import ProgrammeKind
from tillerman.plan import Levers, base_for, make_request
from tillerman.plan.base import Base, find, prepare
from tillerman.plan.interval import Interval
from tillerman.plan.lattice import Lattice
from tillerman.plan.lever_table import levers_at_work, levers_needed
from tillerman.plan.levers import levers
from tillerman.twostage.extensive import solve_extensive

ROUNDING = 1e-6


def holds(interval: Interval, value: float, *, rounding: float = ROUNDING) -> bool:
    """Is a value within an interval, rounding aside?"""
    return interval.low - rounding <= value <= interval.high + rounding


@pytest.fixture(scope="module")
def whole_base(hand: Country) -> Base:
    """The solved plan of a country in which every lever has something to do."""
    country = with_everything(hand)
    return base_for(country, make_request(country, futures=2))


@pytest.fixture(scope="module")
def exact(whole_base: Base) -> dict[frozenset[int], float]:
    """Every set of levers solved by itself and to the end, as one large programme: no cuts, no shared plans."""
    problem = whole_base.assembled.problem
    first = problem.first
    goals = np.array([name.startswith("goal[") for name in first.row_names])
    first = replace(first, row_lower=np.where(goals, -np.inf, first.row_lower))
    needed = levers_needed(whole_base.assembled.setting)
    at_work = levers_at_work(whole_base.assembled.setting)
    found = {}
    for n in range(len(at_work) + 1):
        for chosen in map(frozenset, combinations(at_work, n)):
            barred = np.array([not needed.get(name, frozenset()) <= chosen for name in first.names])
            alone = replace(problem, first=replace(first, upper=np.where(barred, 0.0, first.upper)))
            found[chosen] = solve_extensive(alone, whole_base.risk, relative_gap=1e-8, time_limit_s=60.0).objective
    return found


@pytest.fixture(scope="module")
def weighed(whole_base: Base) -> Levers:
    """Its levers, weighed."""
    return levers(whole_base)


def test_every_set_costs_what_it_costs_alone(exact: dict[frozenset[int], float], weighed: Levers) -> None:
    """Solved by itself, exactly, each of the 128 sets of levers costs what the interval says."""
    assert len(exact) == len(weighed.subsets) == 2**7
    for subset in weighed.subsets:
        assert holds(subset.cost, exact[frozenset(subset.levers)])


def test_worths_are_those_of_the_definition(exact: dict[frozenset[int], float], weighed: Levers) -> None:
    """Alone, last and fair share hold the values got by averaging over all 5,040 orders of exact costs."""
    everyone = max(exact, key=len)
    players = sorted(everyone)
    shares = dict.fromkeys(players, 0.0)
    orders = list(permutations(players))
    for order in orders:
        there: frozenset[int] = frozenset()
        for player in order:
            shares[player] += (exact[there] - exact[there | {player}]) / len(orders)
            there |= {player}
    for row in weighed.rows:
        assert holds(row.alone, exact[frozenset()] - exact[frozenset({row.lever})])
        assert holds(row.last, exact[everyone - {row.lever}] - exact[everyone])
        assert holds(row.fair_share, shares[row.lever])
    assert holds(weighed.joint, exact[frozenset()] - exact[everyone])


def test_fair_shares_add_up(weighed: Levers) -> None:
    """What is shared out is what all levers do together; none is below zero; all are as narrow as was asked for."""
    total = Interval(sum(r.fair_share.low for r in weighed.rows), sum(r.fair_share.high for r in weighed.rows))
    assert total.low <= weighed.joint.high + ROUNDING
    assert total.high >= weighed.joint.low - ROUNDING
    assert all(row.fair_share.low >= 0 for row in weighed.rows)
    assert weighed.is_narrow
    widths = [i.width for r in weighed.rows for i in (r.alone, r.last, r.fair_share)]
    assert max(*widths, weighed.joint.width) == pytest.approx(weighed.widest * weighed.joint.low)
    assert weighed.widest <= 0.05
    assert weighed.without_targets


def test_adoption_without_effect_is_worth_exactly_nothing(hand: Country) -> None:
    """A programme that adds no demand makes lever 2 worth 0, not 0 to within a tolerance."""
    country = with_adoption(hand, effect=0.0)
    prepared = prepare(country, make_request(country, futures=3), futures=paper_futures(country))
    row = levers(find(prepared)).rows[1]
    assert row.lever == 2
    assert not row.is_used
    assert row.alone == row.last == row.fair_share == Interval(0.0, 0.0)


def test_one_table_says_what_needs_what(whole_base: Base) -> None:
    """Chips and options need lever 1, a programme its own, and a route the lever of the programme that unlocks it."""
    needed = levers_needed(whole_base.assembled.setting)
    names = set(whole_base.assembled.problem.first.names)
    assert set(needed) <= names
    assert needed["start_built[home_hall,0]"] == {1}
    assert needed["taken[framework]"] == needed["start_kept[framework,0]"] == {1}
    assert needed["start_level[adoption_programme,0]"] == {2}
    assert needed["deploy[school.easy@home,0]"] == {5}
    assert "deploy[school.easy@abroad,0]" in names
    assert "deploy[school.easy@abroad,0]" not in needed
    signed = next(name for name in needed if name.startswith("signed["))
    assert needed[signed] == {1}
    assert all(levers == {1, 6} for name, levers in needed.items() if name.startswith("enforced["))


def test_enforcement_under_two_levers_needs_either(hand: Country) -> None:
    """Where two levers enforce, the table asks for neither: the rule that ties slices to enforcement does."""
    country = with_everything(hand)
    second = replace(lever(ProgrammeKind.ENFORCEMENT, number=4, effect=1.0), id="other_enforcement")
    country = replace(country, levers=(*country.levers, second))
    needed = levers_needed(base_for(country, make_request(country, futures=1)).assembled.setting)
    assert all(levers == {1} for name, levers in needed.items() if name.startswith("enforced["))


def lattice_of(cost: dict[frozenset[int], float], players: tuple[int, ...], *, blur: float = 0.0) -> Lattice:
    """A lattice that knows each cost to within a blur."""
    lattice = Lattice(players)
    for chosen, value in cost.items():
        lattice.learn(chosen, lower=value - blur, upper=value + blur)
    return lattice


def test_equal_levers_share_equally_and_idle_ones_get_nothing() -> None:
    """Symmetry and the null player: 1 and 2 save 6 only together, 3 saves nothing in any company."""
    cost = {
        frozenset(chosen): -6.0 if {1, 2} <= set(chosen) else 0.0
        for n in range(4)
        for chosen in combinations((1, 2, 3), n)
    }
    lattice = lattice_of(cost, (1, 2, 3))
    shares = {player: lattice.worth(lattice.share(player)) for player in (1, 2, 3)}
    assert shares == {1: Interval(3.0, 3.0), 2: Interval(3.0, 3.0), 3: Interval(0.0, 0.0)}
    assert lattice.worth(lattice.alone(1)) == Interval(0.0, 0.0)
    assert lattice.worth(lattice.last(1)) == Interval(6.0, 6.0)


def test_bounds_of_one_set_bound_others() -> None:
    """A set costs no more than what a smaller one was seen to cost, and no less than what a larger one must."""
    lattice = Lattice((1, 2))
    lattice.learn(frozenset(), upper=-1.0)
    lattice.learn(frozenset({1, 2}), lower=-9.0)
    lattice.learn(frozenset({1}), lower=-5.0, upper=-4.0)
    assert lattice.cost(frozenset({1, 2})) == Interval(-9.0, -4.0)
    assert lattice.cost(frozenset()) == Interval(-5.0, -1.0)
    assert lattice.cost(frozenset({2})) == Interval(-9.0, -1.0)


def test_blur_widens_a_share_by_what_it_rests_on() -> None:
    """Known to ± 0.5 each, costs give a share that is known to ± 1, and the truth lies within."""
    rng = np.random.default_rng(7)
    players = (1, 2, 3)
    cost: dict[frozenset[int], float] = {}
    for n in range(4):
        for chosen in map(frozenset, combinations(players, n)):
            below = [value for other, value in cost.items() if other < chosen]
            cost[chosen] = min(below, default=0.0) - float(rng.uniform(3, 9))
    sharp, blurred = lattice_of(cost, players), lattice_of(cost, players, blur=0.5)
    for player in players:
        truth, told = sharp.worth(sharp.share(player)), blurred.worth(blurred.share(player))
        assert truth.width == pytest.approx(0.0)
        assert told.width == pytest.approx(2.0)
        assert holds(told, truth.middle)
