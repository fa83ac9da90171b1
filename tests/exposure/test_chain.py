"""The chain behind a service: how it runs, and who can stop it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tillerman.country import Country, load
from tillerman.dispatch import compile_dispatch
from tillerman.exposure import Keeper, assess, fleet_as_today
from tillerman.exposure.chain import Chain, chain, in_use
from tillerman.exposure.drill import drill
from tillerman.labels import HoldKind
from tillerman.testing.strategies import countries


@pytest.fixture(scope="module")
def hand() -> Country:
    """The hand-sized country."""
    return load("hand")


def traced(country: Country, service: str) -> Chain:
    """The chain of a service as things stand today."""
    dispatch = compile_dispatch(country)
    return chain(Keeper(dispatch, fleet_as_today(dispatch), 0), service)


def test_ways_are_todays_deployments(hand: Country) -> None:
    """Each way stands ready for the share that the file gives it, easy and hard uses apart."""
    rows = {row.route: row for row in hand.deployments if row.service == "clinic"}
    ways = {way.route: way for way in traced(hand, "clinic").ways}
    assert set(ways) == set(rows)
    hard = next(s for s in hand.services if s.id == "clinic").hard_share
    for route, way in ways.items():
        assert way.easy == pytest.approx(rows[route].share_easy if hard < 1 else 0.0)
        assert way.hard == pytest.approx(rows[route].share_hard if hard > 0 else 0.0)


def test_links_are_the_whole_route(hand: Country) -> None:
    """A way lists its model, its site, the power behind the site, and every gate."""
    routes = {route.id: route for route in hand.routes}
    zones = {site.id: site.zone for site in hand.sites}
    for service in hand.services:
        for way in traced(hand, service.id).ways:
            route = routes[way.route]
            zone = zones[route.site]
            assert [link.resource for link in way.links] == [
                route.model,
                route.site,
                *([zone] if zone else []),
                *route.gates,
            ]


def test_hands_say_what_each_leaves_and_how(hand: Country) -> None:
    """Of the hall, Chipco supplies the chips, and leaves nothing of it once they are worn out."""
    ways = [way for service in hand.services for way in traced(hand, service.id).ways]
    hall = next(link for way in ways for link in way.links if link.resource == "home_hall")
    chips = next(hand for hand in hall.hands if hand.party == "chipco")
    assert chips.kinds == (HoldKind.SUPPLIES,)
    assert chips.left == (1.0, 1.0, 1.0, 0.0)


def test_threats_agree_with_the_drill_and_come_by_consequence(hand: Country) -> None:
    """What each withdrawal leaves of the service is what a drill of it alone leaves; the worst stands first."""
    dispatch = compile_dispatch(hand)
    keeper = Keeper(dispatch, fleet_as_today(dispatch), 0)
    for service in hand.services:
        found = chain(keeper, service.id)
        for threat in found.threats:
            left = next(row for row in drill(keeper, [threat.withdrawal]).services if row.service == service.id)
            assert threat.kept == pytest.approx(left.kept)
            assert found.whole == pytest.approx(left.whole)
        worst = [round(threat.worst, 9) for threat in found.threats]
        assert worst == sorted(worst)


def test_home_is_tested_like_everybody(hand: Country) -> None:
    """Among those who were tried stands home as well, whether or not it takes anything."""
    found = traced(hand, "clinic")
    tried = [*(threat.withdrawal for threat in found.threats), *found.harmless]
    assert any(item.is_home for item in tried)


def test_unknown_service(hand: Country) -> None:
    """A service that the file does not have is refused."""
    with pytest.raises(KeyError, match="nosuch"):
        traced(hand, "nosuch")


@settings(max_examples=6)
@given(country=countries())
def test_least_of_all_threats_is_what_any_one_leaves(country: Country) -> None:
    """The most serious single withdrawal from abroad at 90 days is the exposure's `any_one` of the service."""
    rows = {row.service: row for row in assess(country).services}
    for service, row in rows.items():
        found = traced(country, service)
        abroad = [t.kept[1] for t in found.threats if not t.withdrawal.is_home]
        assert min([found.whole[1], *abroad]) == pytest.approx(row.any_one, abs=6e-3)  # below 0.5 % is no threat


def test_a_fleet_that_is_not_there_has_no_ways(hand: Country) -> None:
    """Without deployments nothing stands ready, and the chain says so instead of inventing one."""
    bare = replace(hand, deployments=())
    assert traced(bare, "clinic").ways == ()


def test_in_use_is_every_link_of_every_chain(hand: Country) -> None:
    """What is in use is what the chains of all services name, and nothing else."""
    dispatch = compile_dispatch(hand)
    keeper = Keeper(dispatch, fleet_as_today(dispatch), 0)
    named: set[str] = set()
    for service in hand.services:
        found = chain(keeper, service.id)
        named.update(one.resource for way in found.ways for one in way.links)
        named.update(one.resource for one in found.common)
    assert in_use(keeper) == named
    bare = compile_dispatch(replace(hand, deployments=()))
    assert in_use(Keeper(bare, fleet_as_today(bare), 0)) < named
