"""If chances are not as assumed: drawn or weighted anew they agree, stand in order, and tell no luck for a change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.plan.test_flips import ranged
from tillerman.country import Country
from tillerman.country.world import TargetOfDisruption
from tillerman.futures import sample
from tillerman.labels import Cause
from tillerman.plan.ambiguity import Drawn, ambiguity, hazard_ranges
from tillerman.plan.base import Base, find, prepare
from tillerman.plan.request import make_request

STOP = "xa_orders_stop"


@pytest.fixture
def country(hand: Country) -> Country:
    """The hand-sized country, its disruption somewhere between half and three times as likely as it says."""
    return ranged(hand, "disruptions", STOP, "chance_normal", (0.05, 0.3))


def base_of(country: Country, *, risk_aversion: float = 0.0) -> Base:
    """A plan on drawn futures, counting averages alone unless told otherwise."""
    return find(prepare(country, make_request(country, futures=20, risk_aversion=risk_aversion)))


def leaving(country: Country, party: str) -> Country:
    """The same, where a party may choose to leave as well, within the same range."""
    stop = country.disruptions[0]
    leaves = replace(
        stop, id="leaves", name="It leaves", strikes=TargetOfDisruption.PARTY, target=party, cause=Cause.CHOOSES
    )
    (known,) = [item for item in country.evidence if item.row == STOP and item.low is not None]
    return replace(country, disruptions=(stop, leaves), evidence=(*country.evidence, replace(known, row=leaves.id)))


def drawn(base: Base, n: int) -> Drawn:
    """Its plan on fresh futures."""
    return Drawn(base, n, lambda _stage, _bounds: None)


def test_weights_and_draws_agree(country: Country) -> None:
    """One chance at its ends costs by weights what it costs on futures drawn with it."""
    fresh = drawn(base_of(country), 20_000)
    assumed = fresh.objective({})
    row = fresh.hazard(STOP, (0.5, 3.0), assumed)
    assert row.at_low_musd - assumed == pytest.approx(fresh.objective({STOP: 0.5}) - assumed, rel=0.1)
    assert row.at_high_musd - assumed == pytest.approx(fresh.objective({STOP: 3.0}) - assumed, rel=0.1)


def test_the_worst_counts_in_a_change(country: Country) -> None:
    """Where the worst futures count, a likelier disruption costs more than on average."""
    base = base_of(country)
    calm, wary = (drawn(replace(base, request=make_request(country, risk_aversion=a)), 2_000) for a in (0.0, 0.5))
    changes = [d.hazard(STOP, (0.5, 3.0), d.objective({})).at_high_musd - d.objective({}) for d in (calm, wary)]
    assert 0 < changes[0] < changes[1]


def test_the_range_comes_from_the_evidence(hand: Country, country: Country) -> None:
    """The least and the largest multiple; a disruption without a range keeps its chance."""
    (ends,) = hazard_ranges(sample(country, 50, seed=1)).values()
    assert ends == pytest.approx((0.5, 3.0))
    bare = ranged(hand, "sites", "home_hall", "capital_musd_per_kh100e", (1.0, 2.0))
    found = ambiguity(base_of(bare), fresh=100)
    assert (found.hazards, found.steps) == ((), ())
    assert found.best_musd == found.assumed_musd == found.worst_musd


def test_best_assumed_and_worst_stand_in_order(country: Country) -> None:
    """More hazard costs more, and less costs less."""
    found = ambiguity(base_of(country), fresh=2000)
    (row,) = found.hazards
    assert found.best_musd < found.assumed_musd < found.worst_musd
    assert row.at_low_musd < found.assumed_musd < row.at_high_musd
    assert found.n_effective_worst > 1500


def test_several_at_once_are_no_worse_than_all(country: Country) -> None:
    """The two that cost most, each known by its own change, cost no more than every chance at its worse end."""
    found = ambiguity(base_of(leaving(country, "farco")), fresh=2000)
    (step,) = found.steps
    assert step.n_hazards == 2
    assert found.assumed_musd < step.objective_musd <= found.worst_musd
    assert all(row.at_high_musd < step.objective_musd for row in found.hazards)


def test_luck_is_not_told_for_a_change(country: Country) -> None:
    """A disruption that takes nothing away changes nothing, however the futures with it happened to go."""
    found = ambiguity(base_of(leaving(country, "chipco")), fresh=500)  # chips in the rack run on without it
    rows = {row.disruption: row for row in found.hazards}
    assert rows["leaves"].at_low_musd == rows["leaves"].at_high_musd == found.assumed_musd
    assert rows[STOP].at_high_musd > found.assumed_musd
