"""Options with signposts, models and chips that age, postures over the years: on the hand-sized country by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.plan.paper import paper_futures
from tests.plan.solved import Solved, plan_of
from tests.plan.test_break_glass import ready
from tests.plan.variants_of_hand import with_option
from tillerman.country import Country, replace_number
from tillerman.exposure import ALL_LAYERS
from tillerman.futures import Futures, State
from tillerman.labels import Horizon
from tillerman.plan import optimise
from tillerman.plan.decisions import _chips, _scale, decisions


def fired(country: Country) -> Futures:
    """The paper's futures, in which the option's signpost is seen once XA has stopped."""
    futures = paper_futures(country)
    states = tuple(
        State(s.period, active=s.active, fired=frozenset({"framework"} if s.active and s.period == 1 else ()))
        for s in futures.states
    )
    return replace(futures, states=states)


def kept_open(found: Solved) -> float:
    """How many chips are kept open in all periods together."""
    return sum(v for n, v in found.amounts.items() if n.startswith("start_kept["))


def test_an_option_is_kept_where_it_beats_building(hand: Country) -> None:
    """Ten chips that come only if XA stops are kept open, and none is built beside them.

    A chip that comes when XA stops saves 0.8 x 0.19 x 1 = 0.152. It costs a fee of 0.02 in both years, together
    0.02 x 1.25 x 1.8 = 0.045, and 0.8 x 0.19 x 0.3 = 0.0456 once used. Beside ten of these a built chip saves 0.1408,
    and costs 0.2.
    """
    country = with_option(hand, fee=20.0, exercise=300.0)
    found = plan_of(country, futures=fired(country), aversion=0.0)
    assert found.amounts["start_kept[framework,0]"] == pytest.approx(10.0)
    assert sum(v for n, v in found.amounts.items() if n.startswith("start_built[")) == pytest.approx(0.0)
    (row,) = [d for d in decisions(found.assembled.setting, found.amounts) if d.action == "keep_open"]
    assert row.years == "2027"
    assert row.public_cash_musd == pytest.approx(0.4)
    assert "(signpost: Country XA orders its firms to stop serving Handland; watched by The ministry)" in row.text


def test_an_option_that_never_fires_is_not_kept(hand: Country) -> None:
    """Without its signpost an option is a fee for nothing."""
    country = with_option(hand, fee=20.0, exercise=300.0)
    found = plan_of(country, futures=paper_futures(country), aversion=0.0)
    assert kept_open(found) == pytest.approx(0.0)


def test_an_options_use_is_in_the_accounts(hand: Country) -> None:
    """What an option costs once fired counts as running: value less all costs is still the objective."""
    country = with_option(hand, fee=20.0, exercise=300.0)
    plan = optimise(country, futures=fired(country), risk_aversion=0.0)
    assert plan.accounts.net_welfare == pytest.approx(-plan.certificate.objective_musd, abs=1e-6)
    # 40 of 50 million abroad while nothing happens in either year; ten chips used in 0.19 of 2028
    assert plan.accounts.running == pytest.approx(3.992 + 0.8 * 0.81 * 4 + 0.8 * 0.19 * 3.0, abs=1e-6)
    assert plan.accounts.exchange_running == pytest.approx(3.992 + 0.8 * 0.81 * 4, abs=1e-6)


def test_at_most_three_options_are_taken(hand: Country) -> None:
    """Of five options worth having, a plan takes three."""
    country = with_option(hand, fee=20.0, exercise=300.0)
    small = replace(country.options[0], max_h100e=2.0)
    five = tuple(replace(small, id=f"framework_{i}") for i in range(5))
    many = replace(country, options=five)
    futures = paper_futures(many)
    names = frozenset(option.id for option in five)
    states = tuple(replace(s, fired=names if s.active and s.period == 1 else frozenset()) for s in futures.states)
    found = plan_of(many, futures=replace(futures, states=states), aversion=0.0, tolerance=1e-7)
    assert kept_open(found) == pytest.approx(6.0, abs=1e-5)


def test_a_frozen_model_falls_behind(hand: Country) -> None:
    """Expectations rise by twenty points a year: in 2028 the open model of 2026 no longer serves the clinic."""
    trends = tuple(replace(t, per_year=20.0) if t.id.value == "quality_floor" else t for t in hand.trends)
    models = tuple(replace(m, is_frozen=m.id == "openlm") for m in hand.models)
    country = replace(hand, trends=trends, models=models)
    found = plan_of(country, futures=paper_futures(country), aversion=0.0)
    assert ready(found, "clinic", 0) == pytest.approx({"home": 10.0, "abroad": 0.0})
    assert ready(found, "clinic", 1) == pytest.approx({"home": 0.0, "abroad": 10.0})
    assert sum(v for n, v in found.amounts.items() if n.startswith("start_built[")) == pytest.approx(0.0)


def test_chips_are_retired_at_the_end_of_their_life(hand: Country) -> None:
    """Chips of one year serve 2028 only; with two years they keep half of their worth when the plan ends."""
    longer = replace_number(hand, "sites", "home_hall", "chip_life_years", 2)
    found = plan_of(longer, futures=paper_futures(longer), aversion=0.0)
    price = dict(zip(found.assembled.problem.first.names, found.assembled.problem.first.cost.tolist(), strict=True))
    assert price["start_built[home_hall,0]"] == pytest.approx(0.2 - 0.64 * 0.2 / 2)
    # at 0.136 also the next ten chips, which save 0.1408 each, are built
    assert found.amounts["start_built[home_hall,0]"] == pytest.approx(20.0)
    three = replace(hand.frame, period_years=(1, 1, 1), epoch_of_period=(0, 1, 1))
    space = plan_of(replace(hand, frame=three), futures=1).assembled.setting.dispatch.space
    fed = {start.period: [name for name, _ in start.effects] for start in space.starts if start.family == "built"}
    assert fed[0] == ["built[home_hall,1,on_time]", "built[home_hall,1,late]"]
    assert fed[2] == []


def test_postures_follow_the_years(hand: Country) -> None:
    """Where the hall opens in 2028, the clinic is in others' hands in 2027 and at home from then on."""
    sites = tuple(replace(s, available_from=2028) if s.id == "home_hall" else s for s in hand.sites)
    country = replace(hand, sites=sites)
    plan = optimise(country, futures=paper_futures(country), risk_aversion=0.0)
    control = {
        row.year: row.posture.control
        for row in plan.year_postures
        if row.posture.layer == ALL_LAYERS and row.posture.horizon is Horizon.QUARTER
    }
    assert control[2027] == pytest.approx(0.0)
    assert control[2028] == pytest.approx(1.0)
    table = plan.postures("90d")
    assert table.loc[(ALL_LAYERS, 2028), "control"] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (0.204, ", 20 % of one full programme"),
        (0.98, ", 98 % of one full programme"),
        (0.995, ""),
        (1.03, ""),
        (2.37, ", 2.4 times one full programme"),
    ],
)
def test_how_much_of_a_programme_is_said_with_two_digits(amount: float, told: str) -> None:
    """What rounds to one programme is the programme."""
    assert _scale(amount) == told


@pytest.mark.parametrize(("amount", "told"), [(0.64, "0.64 standard AI chips"), (1.0, "1 standard AI chip")])
def test_chips_are_counted_in_the_singular_where_there_is_one(amount: float, told: str) -> None:
    """Two digits, and no plural for one."""
    assert _chips(amount) == told
