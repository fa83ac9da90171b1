"""What stands ready on a route is not there to be moved to it: decision 0006, and the bounds in dispatch.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from tillerman.affine import Term
from tillerman.country import Country, load
from tillerman.country.choices import Lever, Option
from tillerman.country.world import Driver, DriverPath, TargetOfDisruption
from tillerman.dispatch import Active, Dispatch, compile_dispatch, deploy_name, most_demand
from tillerman.dispatch.terms import Period
from tillerman.exposure import Keeper, fleet_as_today
from tillerman.futures.paths import levels
from tillerman.labels import Cause, Horizon, Phase, ProgrammeKind, Signpost
from tillerman.testing.cases import random_fleet, random_state
from tillerman.testing.generate import random_country

QUARTER_LEFT = Active(TargetOfDisruption.JURISDICTION, "XA", Horizon.QUARTER, Cause.ORDERED, honoured=0.5)
HEALTH_DESKS = Lever(
    id="desks",
    name="Health desks",
    lever=2,
    kind=ProgrammeKind.ADOPTION,
    target="health",
    effect=0.1,
    max_scale=2.0,
    is_whole=False,
    capital_musd=1.0,
    annual_musd=0.1,
    public_share=1.0,
    imported_share=0.0,
    compute_h100e=0.0,
    compute_site=None,
    lead_years=0,
    first_year=2027,
    note=None,
)


def kept(country: Country) -> float:
    """Share of all people served when XA has stopped for 90 days, the treaty holds half, and so a quarter is left."""
    dispatch = compile_dispatch(country)
    keeper = Keeper(dispatch, fleet_as_today(dispatch), 0)
    (found,) = keeper.kept([((QUARTER_LEFT,), Horizon.QUARTER)], tier=3)
    return found.people_million / sum(service.people_million for service in country.services)


def only_abroad(country: Country) -> Country:
    """Leave the country without its hall at home."""
    return replace(
        country,
        routes=tuple(route for route in country.routes if route.id == "abroad"),
        deployments=tuple(row for row in country.deployments if row.route == "abroad"),
    )


def side_by_side(patch: pytest.MonkeyPatch) -> None:
    """Bound what is moved as it was bound before: whatever stands ready."""
    whole = Period._moved

    def before(self: Period) -> Iterator[Term]:
        return (term for term in whole(self) if term.coefficient > 0)

    patch.setattr(Period, "_moved", before)


def test_a_quarter_of_a_route_carries_a_quarter() -> None:
    """With everything ready on the only route, a quarter of it left serves a quarter; with the hall at home 0.45."""
    assert kept(only_abroad(load("hand"))) == pytest.approx(0.25)
    assert kept(load("hand")) == pytest.approx(0.45)


def test_side_by_side_a_quarter_would_carry_a_half(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error that was there: a quarter left as ready and another as moved, and 0.70 with the hall at home."""
    side_by_side(monkeypatch)
    assert kept(only_abroad(load("hand"))) == pytest.approx(0.5)
    assert kept(load("hand")) == pytest.approx(0.7)


def bounds(dispatch: Dispatch, seed: int) -> Iterator[tuple[float, float, float]]:
    """For each resident pair in one state: what it can take ready and moved, and the most that it may take of both."""
    state, decided = random_state(dispatch, seed), random_fleet(dispatch, seed)
    shape, space = dispatch.layout, dispatch.space
    state = replace(state, demand=min(state.demand, float(levels(shape.country, Driver.DEMAND).max())))
    fleet = dispatch.fleet(decided.vector(dispatch))
    arrays, _ = dispatch.arrays([state])
    upper = arrays.upper[0] + arrays.upper_of_first @ fleet
    left = dispatch.withdrawals.left(state.active)
    for p, pair in enumerate(shape.pairs):
        if pair.is_resident and left.phase is not Phase.STEADY:
            most = most_demand(space, pair.klass, space.epochs[state.period])
            ready, moved = (float(upper[shape.first_column[family] + p]) for family in ("ready", "moved"))
            yield ready, moved, float(left.pair[p]) * most


def test_no_route_takes_more_than_its_part_of_the_most() -> None:
    """In made-up states, ready and moved together stay within the part left of M, and neither falls below zero."""
    found = np.array([row for seed in range(100) for row in bounds(compile_dispatch(random_country(seed)), seed)])
    ready, moved, most = found.T
    assert len(found) > 500
    assert (ready + moved <= most + 1e-9 * (1 + most)).all()
    assert (moved >= -1e-12 * (1 + most)).all()
    assert (moved > 0).mean() > 0.2
    is_full = (ready > 0) & (moved > 0) & (ready + moved > 0.99 * most)
    assert is_full.any(), "the bound is met somewhere"


def test_the_side_by_side_bounds_break_that_law(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same states show the old error: some route took nearly twice its part."""
    side_by_side(monkeypatch)
    found = np.array([row for seed in range(100) for row in bounds(compile_dispatch(random_country(seed)), seed)])
    ready, moved, most = found.T
    assert ((ready + moved) / np.where(most > 0, most, np.inf)).max() > 1.5


@pytest.mark.parametrize(
    ("capacity", "adopted"), [(0.5, 0.25), (0.2, 0.2)], ids=["as much as there is", "as much as can be absorbed"]
)
def test_the_most_by_hand(capacity: float, adopted: float) -> None:
    """Clinic: 10 growing by a tenth, 1.5 at the peak, what programmes add, and the upper quarter of a spread of 0.5.

    Desks add 2 x 0.1 to health and a campaign 0.05 to all; the tutor's 0.3 is not the clinic's. The spread is
    0.3 / sqrt(1 - 0.8^2) = 0.5, and its upper quarter is normal_cdf(0.5 - 0.6745) / 0.25 = 1.723 times the mean.
    """
    hand = load("hand")
    levers = (
        HEALTH_DESKS,
        replace(HEALTH_DESKS, id="campaign", target="*", effect=0.05, max_scale=1.0),
        replace(HEALTH_DESKS, id="tutors", target="school", effect=0.3),
        replace(HEALTH_DESKS, id="drill", kind=ProgrammeKind.REHEARSAL),
    )
    frame = replace(
        hand.frame,
        period_years=(1, 1, 1),
        epoch_of_period=(0, 0, 1),
        peak_demand_factor=1.5,
        peak_hours_share=0.2,
        absorptive_capacity=capacity,
    )
    country = replace(
        hand,
        frame=frame,
        levers=levers,
        drivers=(DriverPath(Driver.DEMAND, 0.3, 0.8, None),),
        services=tuple(replace(service, growth_per_year=0.1) for service in hand.services),
    )
    space = compile_dispatch(country).space
    assert most_demand(space, 0, epoch=0) == pytest.approx(10 * 1.1 * 1.5 * (1 + adopted) * 1.723, rel=1e-4)
    assert most_demand(space, 0, epoch=1) == pytest.approx(10 * 1.21 * 1.5 * (1 + adopted) * 1.723, rel=1e-4)


def test_today_never_stands_readier_than_can_be_asked_for() -> None:
    """A file that says twice the clinic's demand is ready counts it once where nothing can raise demand."""
    hand = load("hand")
    rows = tuple(replace(row, share_easy=2.0) if row.id == "clinic_abroad" else row for row in hand.deployments)
    dispatch = compile_dispatch(replace(hand, deployments=rows))
    at = dispatch.space.position[deploy_name("clinic.easy@abroad", 0)]
    assert fleet_as_today(dispatch)[at] == pytest.approx(10.0)


@pytest.mark.parametrize(("first_year", "periods"), [(2025, [0]), (2028, [1]), (2030, [3]), (2031, [4]), (2034, [])])
def test_an_option_is_for_sale_once(first_year: int, periods: list[int]) -> None:
    """An option can be taken in the first period that begins in its first year or later, and in no other."""
    hand = load("hand")
    option = Option(
        "right", "A right", "home_hall", Signpost.CLIMATE, "broken", "ministry", 1.0, 1.0, 5.0, 0, first_year, None
    )
    frame = replace(hand.frame, period_years=(1, 1, 1, 2, 2), epoch_of_period=(0, 0, 0, 1, 1))
    space = compile_dispatch(replace(hand, frame=frame, options=(option,))).space
    assert [start.period for start in space.starts if start.family == "kept"] == periods
