"""What a posture must say of stacks whose answer is known, built from the country file `hand`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from tillerman.country import Country, load
from tillerman.country.stack import Hold, Party, Site
from tillerman.dispatch import compile_dispatch
from tillerman.exposure import Keeper, Posture, fleet_as_today, postures
from tillerman.labels import Cause, Horizon

Row = TypeVar("Row")


@pytest.fixture
def hand() -> Country:
    """The country file that can be solved on paper, without its agreement's promises."""
    return without_promises(load("hand"))


def without_promises(country: Country) -> Country:
    """Take all agreements off the holds."""
    return replace(country, holds=tuple(replace(hold, agreement=None) for hold in country.holds))


def some(rows: tuple[Row, ...], keep: Callable[[Row], bool]) -> tuple[Row, ...]:
    """Keep the rows for which something holds."""
    return tuple(row for row in rows if keep(row))


def measured(country: Country, layer: str, horizon: Horizon, tier: int = 3) -> Posture:
    """Measure one layer as the country stands today, when states order their firms to stop."""
    dispatch = compile_dispatch(country)
    keeper = Keeper(dispatch, fleet_as_today(dispatch), 0)
    found = postures(keeper, cause=Cause.ORDERED, tier=tier)
    return next(row for row in found if (row.layer, row.horizon) == (layer, horizon))


def all_abroad(country: Country) -> Country:
    """Leave only the route abroad."""
    return replace(
        country,
        routes=some(country.routes, lambda route: route.id == "abroad"),
        deployments=some(country.deployments, lambda row: row.route == "abroad"),
    )


def all_at_home(country: Country) -> Country:
    """Leave only the hall at home, large enough and with a good enough model, and everything ready there."""
    sites = tuple(replace(site, capacity_h100e=100.0) for site in country.sites)
    deployments = tuple(
        replace(row, route="home", share_easy=1.0) for row in country.deployments if row.route == "abroad"
    )
    return replace(
        country,
        sites=sites,
        routes=some(country.routes, lambda route: route.id == "home"),
        capabilities=tuple(replace(row, score=90.0) for row in country.capabilities),
        deployments=deployments,
    )


@pytest.mark.parametrize("horizon", Horizon)
def test_a_stack_rented_abroad_by_call_has_no_control(hand: Country, horizon: Horizon) -> None:
    """A fully foreign stack measures 0 control at once and ever after, and all of it is unprotected."""
    found = measured(all_abroad(hand), "all layers", horizon)
    assert (found.control, found.taker) == pytest.approx((0.0, 1.0))


def test_owned_weights_on_owned_chips_are_control_until_the_chips_end(hand: Country) -> None:
    """At home on chips of a foreign supplier: 1 at 90 days, less at 5 years."""
    country = all_at_home(hand)
    assert measured(country, "all layers", Horizon.QUARTER).control == pytest.approx(1.0)
    lasting = measured(country, "all layers", Horizon.LASTING).control
    assert lasting is not None
    assert lasting < 1


def test_only_domestic_chips_are_control_for_good(hand: Country) -> None:
    """With a chip supplier that answers to home courts only, 5 years measure 1 as well."""
    parties = tuple(replace(party, jurisdictions=("ZZ",)) if party.id == "chipco" else party for party in hand.parties)
    country = all_at_home(replace(hand, parties=parties))
    assert measured(country, "all layers", Horizon.LASTING).control == pytest.approx(1.0)


def test_poverty_is_not_control(hand: Country) -> None:
    """A country that serves nobody gets no shares and a reason; one that serves few says how few."""
    nothing = replace(all_at_home(hand), sites=tuple(replace(site, capacity_h100e=0.0) for site in hand.sites))
    found = measured(nothing, "compute", Horizon.QUARTER)
    assert (found.control, found.reason) == (None, "no service")
    little = replace(all_at_home(hand), sites=tuple(replace(site, capacity_h100e=5.0) for site in hand.sites))
    found = measured(little, "compute", Horizon.QUARTER)
    assert found.control == pytest.approx(1.0)
    assert found.service_kept == pytest.approx(0.1)


def with_second_cloud(country: Country, code: str) -> Country:
    """Add a second foreign cloud of the same kind under some jurisdiction, everything ready there too."""
    party = Party("second", "A second cloud", country.parties[1].kind, (code,), None)
    site: Site = next(site for site in country.sites if site.id == "api_abroad")
    resource = next(item for item in country.resources if item.id == "api_abroad")
    route = next(route for route in country.routes if route.id == "abroad")
    hold: Hold = next(hold for hold in country.holds if hold.resource == "api_abroad")
    more = tuple(
        replace(row, id=f"{row.service}_second", route="second") for row in country.deployments if row.route == "abroad"
    )
    return replace(
        country,
        parties=(*country.parties, party),
        resources=(*country.resources, replace(resource, id="second_site", territory=code)),
        sites=(*country.sites, replace(site, id="second_site")),
        routes=(*country.routes, replace(route, id="second", site="second_site")),
        holds=(*country.holds, replace(hold, id="second_operates", party="second", resource="second_site")),
        deployments=(*country.deployments, *more),
    )


def test_a_second_cloud_under_the_same_jurisdiction_adds_nothing(hand: Country) -> None:
    """Two clouds of one jurisdiction are one; a cloud of another lets the country steer by options, not by contract."""
    alone = measured(all_abroad(hand), "compute", Horizon.WEEK)
    same = measured(with_second_cloud(all_abroad(hand), "XA"), "compute", Horizon.WEEK)
    other = measured(with_second_cloud(all_abroad(hand), "XB"), "compute", Horizon.WEEK)
    assert (same.control, same.steer, same.taker) == pytest.approx((alone.control, alone.steer, alone.taker))
    assert (other.control, other.steer, other.by_contract) == pytest.approx((0.0, 1.0, 0.0))


def test_an_order_binds_private_contracts_to_nothing(hand: Country) -> None:
    """Under an order a promise between governments steers; the same promise by a firm alone does not."""
    promised = all_abroad(load("hand"))
    private = replace(
        promised, agreements=tuple(replace(row, is_between_governments=False) for row in promised.agreements)
    )
    assert measured(promised, "compute", Horizon.WEEK).by_contract == pytest.approx(0.5)
    assert measured(private, "compute", Horizon.WEEK).by_contract == pytest.approx(0.0)
    deepening = replace(private, clauses=tuple(replace(row, is_deepening=True) for row in private.clauses))
    assert measured(deepening, "compute", Horizon.WEEK).maker == pytest.approx(0.5)
    assert measured(hand, "compute", Horizon.WEEK).maker == pytest.approx(0.0)
