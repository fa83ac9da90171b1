"""Pooling moves use out of the busy hours into the others: none is lost, and no hour is busier than the peak was."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.plan.solved import TOLERANCE, plan_of
from tests.plan.variants_of_hand import lever
from tillerman.country import Country, load
from tillerman.country.use import Target
from tillerman.country.world import Driver, DriverPath
from tillerman.dispatch import Dispatch, compile_dispatch, deploy_name, most_demand, pooling_limit, quantity
from tillerman.exposure import Keeper, fleet_as_today
from tillerman.futures import State, block_share
from tillerman.futures.paths import levels
from tillerman.labels import Block, Horizon, ProgrammeKind, TargetKind
from tillerman.testing.cases import random_fleet
from tillerman.testing.generate import random_country

Floats = NDArray[np.float64]
HAND = load("hand")
ADOPTION = lever(ProgrammeKind.ADOPTION, number=2, effect=1.0)
POOLING = lever(ProgrammeKind.POOLING, number=3, effect=1.0)
shares = st.floats(0, 1)


def busy_hand(*, peak: float, hours: float, absorbed: float = 0.0) -> Country:
    """The hand-sized country with busy hours, uncertain demand, and a full programme each of adoption and pooling."""
    frame = replace(HAND.frame, peak_demand_factor=peak, peak_hours_share=hours, absorptive_capacity=absorbed)
    return replace(HAND, frame=frame, levers=(ADOPTION, POOLING), drivers=(DriverPath(Driver.DEMAND, 0.3, 0.8, None),))


def asked(dispatch: Dispatch, fleet: Floats, *, demand: float = 1.0) -> tuple[Floats, Floats]:
    """What each class asks for in the first year, in busy hours and in the others."""
    arrays, _ = dispatch.arrays([State(0, block, demand=demand) for block in (Block.PEAK, Block.REST)])
    rows = arrays.rhs + (arrays.rhs_of_first @ fleet).reshape(arrays.rhs.shape)
    n = len(dispatch.layout.classes)
    return rows[0, :n], rows[1, :n]


def levelled(dispatch: Dispatch, *, adoption: float = 0.0, pooling: float = 0.0) -> Floats:
    """A fleet in which the two programmes are at work so far in the first year."""
    named = {ADOPTION.id: adoption, POOLING.id: pooling}
    return dispatch.fleet({quantity("level", name, 0): level for name, level in named.items()})


@settings(max_examples=100, deadline=None)
@given(hours=st.floats(0.01, 0.99), steep=shares, absorbed=st.floats(0, 2), taken=shares, moved=shares)
def test_the_laws_of_pooled_demand(hours: float, steep: float, absorbed: float, taken: float, moved: float) -> None:
    """Within the rules of a plan pooling loses no use, leaves the peak the busiest, and asks for no more than M."""
    country = busy_hand(peak=1 + steep * min(9.0, 1 / hours - 1), hours=hours, absorbed=absorbed)
    dispatch, high = compile_dispatch(country), float(levels(country, Driver.DEMAND).max())
    adoption = taken * min(1.0, absorbed)
    calm = asked(dispatch, levelled(dispatch, adoption=adoption), demand=high)
    pooled = levelled(dispatch, adoption=adoption, pooling=moved * min(1.0, pooling_limit(country.frame)))
    peak, rest = asked(dispatch, pooled, demand=high)
    most = np.array([most_demand(dispatch.space, c, 0) for c in range(len(peak))])

    assert hours * peak + (1 - hours) * rest == pytest.approx(hours * calm[0] + (1 - hours) * calm[1])
    assert (peak <= calm[0]).all()
    assert (rest <= peak * (1 + 1e-9)).all()
    assert (peak <= most * (1 + 1e-9)).all()
    assert (rest >= -1e-9 * most).all()


@pytest.mark.parametrize(("peak", "hours"), [(1.6, 0.25), (1.1, 0.5), (3.0, 0.3)])
def test_the_limit_is_where_all_hours_are_alike(peak: float, hours: float) -> None:
    """At the limit busy hours are as busy as the others, and a little beyond it the others are busier."""
    dispatch = compile_dispatch(busy_hand(peak=peak, hours=hours))
    limit = pooling_limit(dispatch.layout.country.frame)

    at_peak, at_rest = asked(dispatch, levelled(dispatch, pooling=limit))
    assert at_peak == pytest.approx(at_rest)
    beyond = asked(dispatch, levelled(dispatch, pooling=limit + 0.01))
    assert (beyond[1] > beyond[0]).all()


def alike_in_all_hours(seed: int) -> Country:
    """A made-up country with as much power by night as by day, and one programme that pools the use of everybody."""
    country = random_country(seed)
    programme = replace(POOLING, first_year=country.frame.first_year)
    zones = tuple(replace(zone, spare_rest_mw=zone.spare_peak_mw) for zone in country.zones)
    return replace(
        country, zones=zones, levers=(programme,), routes=tuple(replace(r, programme=None) for r in country.routes)
    )


def test_moving_use_to_quiet_hours_never_costs() -> None:
    """Where as much stands ready all day, a year costs less the more is pooled, or as much: costs are convex."""
    saves = 0
    for seed in range(24):
        dispatch = compile_dispatch(alike_in_all_hours(seed))
        frame = dispatch.layout.country.frame
        fleet = dispatch.fleet(random_fleet(dispatch, seed).vector(dispatch))
        at = dispatch.space.position[quantity("level", POOLING.id, 0)]
        costs = []
        for part in (0.0, 0.3, 0.7, 1.0):
            fleet[at] = part * pooling_limit(frame)
            found = [dispatch.value(State(0, block), fleet) for block in (Block.PEAK, Block.REST)]
            costs.append(np.dot([block_share(frame, Block.PEAK), block_share(frame, Block.REST)], found))
        assert (np.diff(costs) <= 1e-7 * (1 + costs[0])).all(), seed
        saves += costs[-1] < costs[0] * (1 - 1e-3)
    assert saves >= 6


def short_at_peak(*, pooling: float) -> Country:
    """Nothing but the clinic on ten chips at home, asked for 15 in a quarter of the hours, and pooling of 0.3 of 10."""
    return replace(
        HAND,
        frame=replace(HAND.frame, peak_demand_factor=1.5, peak_hours_share=0.25),
        services=tuple(service for service in HAND.services if service.id == "clinic"),
        routes=tuple(route for route in HAND.routes if route.id == "home"),
        deployments=tuple(row for row in HAND.deployments if row.id == "clinic_home"),
        sites=tuple(replace(site, build_max_h100e_per_year=0.0) for site in HAND.sites),
        levers=(replace(POOLING, effect=0.3, max_scale=pooling, capital_musd=2.0),),
    )


def test_pooling_pays_where_the_peak_is_short() -> None:
    """Solved by hand: 13.32 a plan is worth without pooling, 13.52 with it, over two years that count 1 and 0.8.

    Ten million uses a year are worth 1 each: 18. Standing ready costs 0.01 for each of ten: 0.18. Of 15 at the peak
    5 go unmet for a quarter of the year, at 2 each: 4.5. Pooling takes 3 off the peak and adds 1 to 8.33 in the other
    hours, where there are chips to spare: 2 go unmet, at 1.8. It costs 2 of public money, which counts 1.25: 2.5.
    """
    without, pooled = plan_of(short_at_peak(pooling=0.0), futures=1), plan_of(short_at_peak(pooling=1.0), futures=1)

    assert without.solution.objective == pytest.approx(0.18 + 4.5 - 18, abs=TOLERANCE * without.solution.gross)
    assert pooled.solution.objective == pytest.approx(0.18 + 1.8 + 2.5 - 18, abs=TOLERANCE * pooled.solution.gross)
    assert pooled.amounts[f"start_level[{POOLING.id},0]"] == pytest.approx(1.0)
    for year in range(2):
        assert pooled.amounts[deploy_name("clinic.easy@home", year)] == pytest.approx(10.0)


@pytest.mark.parametrize("seed", range(6))
def test_a_chance_to_pool_never_hurts(seed: int) -> None:
    """The best plan costs no more the more its pooling programmes can do."""

    def able(scale: float) -> Country:
        country = random_country(seed)
        pools = tuple(
            replace(row, max_scale=scale * row.max_scale, is_whole=False) if row.kind is ProgrammeKind.POOLING else row
            for row in country.levers
        )
        return replace(country, levers=pools, targets=())

    found = [plan_of(able(scale)).solution for scale in (0.0, 1.0, 2.0)]
    for less, more in pairwise(found):
        assert more.lower_bound <= less.objective + 1e-6 * (1 + less.gross)


def test_service_kept_does_not_ask_at_which_hour() -> None:
    """A country keeps as much service with pooling as without: what is moved out of busy hours is not lost there."""
    dispatch = compile_dispatch(busy_hand(peak=1.5, hours=0.25))
    today = fleet_as_today(dispatch)
    keepers = [Keeper(dispatch, today + levelled(dispatch, pooling=pooling), 0) for pooling in (0.0, 0.3)]
    (calm,), (pooled,) = ([*keeper.kept([((), Horizon.QUARTER)], tier=3)] for keeper in keepers)

    assert keepers[1].demand() == pytest.approx(keepers[0].demand())
    assert pooled.people_million == pytest.approx(calm.people_million)
    assert pooled.share_by_class == pytest.approx(calm.share_by_class)


def test_a_target_is_no_reason_not_to_pool() -> None:
    """With chips for two thirds of the peak, all of the clinic can be kept whatever XA does, and pooling still pays."""
    hall = replace(HAND.sites[1], capacity_h100e=30.0, build_max_h100e_per_year=0.0)
    country = replace(
        short_at_peak(pooling=1.0),
        services=tuple(service for service in HAND.services if service.id != "office"),
        sites=(HAND.sites[0], hall),
        levers=(replace(POOLING, effect=0.3),),
        targets=(Target("keep", TargetKind.SERVICE_KEPT, 1, "XA", "90d", 2027, 1.0, None),),
    )
    assert plan_of(country, futures=1).amounts[f"start_level[{POOLING.id},0]"] == pytest.approx(1.0)
