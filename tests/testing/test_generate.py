"""Made-up countries are valid, repeatable, and have the corners that tests rely on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given

from tillerman.country import TABLES, Country, problems_of
from tillerman.country.world import TargetOfDisruption
from tillerman.dispatch import compile_dispatch
from tillerman.labels import Cause, Direction, ProgrammeKind
from tillerman.testing import Size, random_country
from tillerman.testing.assertions import assert_valid
from tillerman.testing.cases import random_fleet, random_state
from tillerman.testing.strategies import countries

SAMPLE = tuple(random_country(seed) for seed in range(100))

CORNERS: dict[str, Callable[[Country], bool]] = {
    "a divisible resource with two holders": lambda c: any(
        r.is_divisible and sum(h.resource == r.id for h in c.holds) > 1 for r in c.resources
    ),
    "a hold by us": lambda c: any(h.direction is Direction.BY_US for h in c.holds),
    "a hold with its own retention": lambda c: any(h.retention_7d is not None for h in c.holds),
    "a hold bound by an agreement": lambda c: any(h.agreement for h in c.holds),
    "a party under two states": lambda c: any(len(p.jurisdictions) > 1 for p in c.parties),
    "a model not measured in a language": lambda c: len(c.capabilities) < 3 * len(c.models),
    "a service with easy uses only": lambda c: any(s.hard_share == 0 for s in c.services),
    "a service with hard uses only": lambda c: any(s.hard_share == 1 for s in c.services),
    "a waiver": lambda c: any(s.must_stay_home and s.waiver_usd_per_use is not None for s in c.services),
    "no waiver": lambda c: any(s.must_stay_home and s.waiver_usd_per_use is None for s in c.services),
    "a service without demand": lambda c: any(s.demand_muse_per_year == 0 for s in c.services),
    "a site that is only promised": lambda c: any(s.available_from > c.frame.first_year for s in c.sites),
    "a site without capacity": lambda c: any(s.capacity_h100e == 0 for s in c.sites),
    "power that shrinks": lambda c: any(z.growth_mw_per_year < 0 for z in c.zones),
    "a route that a programme opens": lambda c: any(r.programme for r in c.routes),
    "training at a site": lambda c: any(lever.compute_site for lever in c.levers),
    "a disruption of some holds only": lambda c: any(d.hold_kinds for d in c.disruptions),
    "an option": lambda c: bool(c.options),
    "a target": lambda c: bool(c.targets),
    "no exchange limit": lambda c: c.frame.exchange_musd_per_year is None,
}


@given(country=countries())
def test_made_up_countries_are_valid(country: Country) -> None:
    """No made-up country has an error that the door would refuse."""
    assert_valid(country)


def test_the_same_seed_gives_the_same_country() -> None:
    """A seed names a country; another seed names another."""
    assert random_country(7) == random_country(7)
    assert random_country(7) != random_country(8)


@pytest.mark.parametrize("corner", CORNERS)
def test_every_corner_occurs(corner: str) -> None:
    """Each awkward thing that real files have occurs in some of a hundred made-up countries."""
    assert any(CORNERS[corner](country) for country in SAMPLE)


def test_every_table_is_filled_somewhere() -> None:
    """No table stays empty in all made-up countries."""
    assert {table for table in TABLES if any(getattr(country, table) for country in SAMPLE)} == set(TABLES)


def test_every_programme_and_every_disruption_occurs() -> None:
    """Programmes of every kind, and disruptions of everything for every cause."""
    assert {lever.kind for country in SAMPLE for lever in country.levers} == set(ProgrammeKind)
    for country in SAMPLE:
        struck = {(event.strikes, event.cause) for event in country.disruptions}
        assert struck == {(strikes, cause) for strikes in TargetOfDisruption for cause in Cause}


def test_size_is_kept() -> None:
    """A size gives so many services and no others."""
    country = random_country(1, size=Size(services=(7, 7), routes=(3, 3)))
    assert (len(country.services), len(country.routes)) == (7, 3)


def test_a_wrong_country_is_caught() -> None:
    """The assertion says what is wrong: a country whose service has lost its platform."""
    country = next(c for c in SAMPLE if any(s.platforms for s in c.services))
    kept = tuple(r for r in country.resources if r.kind.value != "platform")
    broken = replace(country, resources=kept)
    assert problems_of(broken)
    with pytest.raises(AssertionError, match="errors:"):
        assert_valid(broken)


def test_states_and_fleets_are_repeatable() -> None:
    """The same seed gives the same state and the same fleet of a country."""
    dispatch = compile_dispatch(SAMPLE[3])
    assert random_state(dispatch, 5) == random_state(dispatch, 5)
    assert random_fleet(dispatch, 5) == random_fleet(dispatch, 5)
    assert random_state(dispatch, 5) != random_state(dispatch, 6)


def test_countries_need_no_hypothesis() -> None:
    """Making a country loads neither hypothesis nor a solver."""
    code = "import sys, tillerman.testing; print(sorted({'hypothesis', 'highspy', 'scipy'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
