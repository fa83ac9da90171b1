from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.futures.cases import (
    START,
    STEP,
    Row,
    a_holder,
    country_with,
    country_with_promise,
    disruption,
)
from tillerman.country import Country, load
from tillerman.country.world import Disruption, TargetOfDisruption
from tillerman.dispatch import Dispatch, compile_dispatch
from tillerman.dispatch.withdrawal import Left
from tillerman.futures import Active, sample
from tillerman.futures.events import DAYS, Events, disruptions_of, promise_draw, promise_edges, sample_events, stretches
from tillerman.futures.paths import Paths, sample_paths
from tillerman.labels import Cause, HoldKind, Horizon
from tillerman.testing import random_country

N, YEARS = 20_000, 10


def draw(country: Country, n: int = N, seed: int = 1) -> tuple[Paths, Events]:
    """The events of many futures of a country."""
    paths = sample_paths(country, n, seed, YEARS)
    return paths, sample_events(country, disruptions_of(country, geopolitics=True), paths, seed)


def expected_onsets(chance: float, days: float) -> list[float]:
    """The chance that a disruption begins in each year when it cannot begin while it is on.

    An event that began on day t is still on at day s with chance exp(-(s - t) / days). With u the moment of a year at
    which it could begin and b[k] exp(-u / D) the chance that it is on at that moment (D in years), it begins with
    chance (1 - b[k] E[exp(-u / D)]), and b[k+1] = exp(-1 / D) (b[k] + chance (D (exp(1 / D) - 1) - b[k])).
    """
    length = days / DAYS
    found, b = [], 0.0
    for _ in range(YEARS):
        found.append(chance * (1 - b * length * (1 - np.exp(-1 / length))))
        b = np.exp(-1 / length) * (b + chance * (length * (np.exp(1 / length) - 1) - b))
    return found


@pytest.mark.parametrize(("chance", "days"), [(0.2, 60.0), (0.4, 700.0), (1.0, 365.0)])
def test_a_disruption_begins_as_often_as_it_can(chance: float, days: float) -> None:
    """Onsets of every year have their closed-form chance: less than the file's where the last one may still be on."""
    _, events = draw(country_with([disruption("d", (chance, 0, 0), days)]))
    found = np.bincount((events.begin // DAYS).astype(int), minlength=YEARS) / N
    expected = expected_onsets(chance, days)
    assert found == pytest.approx(np.array(expected), abs=5 * 0.5 / np.sqrt(N))
    if days >= DAYS:
        assert expected[-1] < chance - 20 * 0.5 / np.sqrt(N)  # not beginning again is no small matter


def test_what_is_on_does_not_begin_again() -> None:
    """Events of one disruption in one future never overlap."""
    _, events = draw(country_with([disruption("d", (0.9, 0, 0), 500.0)]), 2000)
    order = np.lexsort((events.begin, events.future))
    same = events.future[order][1:] == events.future[order][:-1]
    assert same.any()
    assert (events.begin[order][1:][same] >= events.end[order][:-1][same]).all()


def test_each_climate_has_its_chance() -> None:
    """Among the years of a climate in which it could begin, it begins as often as the file says for that climate."""
    chances: Row = (0.05, 0.2, 0.7)
    country = country_with([disruption("d", chances, 200.0)], start=START, step=STEP)
    paths, events = draw(country)
    year = (events.begin // DAYS).astype(int)
    climate = paths.climate[events.future, year]
    weight = paths.probability
    for c, chance in enumerate(chances):
        began = np.bincount(events.future[climate == c], minlength=N)
        missed = events.misses[:, 0, c]
        spread = np.sqrt((weight**2 * (began + missed)).sum()) * 0.5 / (weight @ (began + missed))
        assert weight @ began / (weight @ (began + missed)) == pytest.approx(chance, abs=5 * spread)
    assert (np.bincount(events.future, minlength=N) == events.onsets[:, 0]).all()


def test_it_lasts_as_long_as_the_file_says_on_average() -> None:
    """Lengths are exponential: mean and standard deviation are both the file's."""
    _, events = draw(country_with([disruption("d", (0.5, 0, 0), 90.0)]))
    lasted = events.end - events.begin
    assert lasted.mean() == pytest.approx(90, abs=5 * 90 / np.sqrt(lasted.size))
    assert lasted.std() == pytest.approx(90, rel=0.05)


def test_a_withdrawal_passes_through_the_horizons() -> None:
    """Mean time at 7 days, 90 days, 1 year and 5 years is that of an exponential length between the ages."""
    days = 300.0
    _, events = draw(country_with([disruption("d", (0.3, 0, 0), days)]))
    early = events.begin < 2 * DAYS  # so that all but one in a thousand end before the horizon of the plan does
    kept = replace(
        events,
        future=events.future[early],
        disruption=events.disruption[early],
        begin=events.begin[early],
        end=events.end[early],
        promise=events.promise[early],
    )
    total = np.zeros(len(Horizon))
    for year in range(YEARS):
        stretch = stretches(kept, year)
        total += np.bincount(stretch.horizon, weights=stretch.end - stretch.begin, minlength=len(Horizon))
    ages = np.array([0, 7, 90, 730, np.inf])
    expected = days * -np.diff(np.exp(-ages / days))
    assert total / early.sum() == pytest.approx(expected, rel=0.05)
    assert total.sum() == pytest.approx((kept.end - kept.begin).sum(), rel=1e-3)


@pytest.mark.parametrize("cause", list(Cause))
@pytest.mark.parametrize("days", [100.0, 3.0])
def test_promises_hold_as_often_as_the_agreement_says(cause: Cause, days: float) -> None:
    """Drawn promises are below an agreement's chance with that chance, enforced or not, long disruption or brief."""
    event = disruption("d", (1.0, 0, 0), days, strikes=TargetOfDisruption.PARTY, target=a_holder(), cause=cause)
    country, agreement = country_with_promise(
        [event],
        honoured_chooses=0.55,
        honoured_ordered=0.2,
        honoured_cannot=0.35,
        enforcement_gain=0.25,
        is_between_governments=True,
    )
    assert agreement in country.agreements
    drawn = sample(country, 3000)
    weight = drawn.weights.T @ drawn.probability
    luck = [state.active[0].draw if state.active else None for state in drawn.states]
    under = np.array([draw is not None for draw in luck])
    expected = {Cause.CHOOSES: (0.55, 0.8), Cause.ORDERED: (0.2,), Cause.CANNOT: (0.35,)}[cause]
    for chance in expected:
        held = np.array([draw is not None and draw < chance for draw in luck])
        assert weight[held].sum() / weight[under].sum() == pytest.approx(chance, abs=0.05)
    assert len({draw for draw in luck if draw is not None}) == len(expected) + 1


def test_a_draw_in_the_middle_of_a_class_answers_for_the_whole_class() -> None:
    """Every agreement's chance is an edge between classes, so no class is partly honoured."""
    country = load("kenya")
    for event in disruptions_of(country, geopolitics=True):
        edges = promise_edges(country, event)
        draws = [promise_draw(edges, k) for k in range(edges.size + 1)]
        assert (np.diff(draws) > 0).all()
        assert np.searchsorted(edges, draws).tolist() == list(range(edges.size + 1))


def by_name(events: Events, which: tuple[Disruption, ...], name: str) -> list[bytes]:
    """Everything drawn for one disruption."""
    d = next(i for i, item in enumerate(which) if item.id == name)
    mine = events.disruption == d
    drawn = (getattr(events, f)[mine].tobytes() for f in ("future", "begin", "end", "promise"))
    return [*drawn, events.onsets[:, d].tobytes(), events.misses[:, d].tobytes()]


def test_leaving_out_one_disruption_moves_no_other() -> None:
    """Each disruption has a stream of its own, so the comparison with and without one is on the same futures."""
    country = load("kenya")
    paths = sample_paths(country, 200, 1, YEARS)
    everything = disruptions_of(country, geopolitics=True)
    fewer = everything[:3] + everything[4:]
    one, two = (sample_events(country, which, paths, 1) for which in (everything, fewer))
    assert one.future.size > two.future.size
    for item in fewer:
        assert by_name(one, everything, item.id) == by_name(two, fewer, item.id)


def test_no_geopolitics_leaves_out_exactly_what_is_flagged() -> None:
    """A run without deliberate acts keeps accidents, weather and commerce, drawn as before."""
    country = load("kenya")
    with_it, without = sample(country, 200), sample(country, 200, geopolitics=False)
    flagged = {item.id for item in country.disruptions if item.is_geopolitical}
    assert {item.id for item in with_it.disruptions} - {item.id for item in without.disruptions} == flagged
    for item in without.disruptions:
        one, two = with_it.disruptions.index(item), without.disruptions.index(item)
        assert (with_it.onsets[:, one] == without.onsets[:, two]).all()


def in_use(dispatch: Dispatch, left: Left) -> list[float]:
    """What is left of everything that some class can run on."""
    shape = dispatch.layout
    sites = {pair.route.site for pair in shape.pairs}
    zones = {site.zone for site in shape.sites if site.id in sites}
    pools = {service.pool for service in shape.services}
    return [
        *left.pair,
        *left.platform,
        *(share for site, share in zip(shape.sites, left.site, strict=True) if site.id in sites),
        *(share for zone, share in zip(shape.zones, left.zone, strict=True) if zone.id in zones),
        *(s for pool, s in zip(shape.pools, left.pool, strict=True) if pool.id in pools or pool.is_crisis_team),
    ]


@given(seed=st.integers(0, 10_000))
def test_what_is_left_out_touches_nothing(seed: int) -> None:
    """A disruption that is not drawn would leave whole, at every horizon, everything that anything runs on."""
    country = random_country(seed)
    dispatch = compile_dispatch(country)
    drawn = disruptions_of(country, geopolitics=True)
    whole = in_use(dispatch, dispatch.withdrawals.left(()))
    for item in country.disruptions:
        for horizon in Horizon if item not in drawn else ():
            active = Active(
                strikes=item.strikes,
                target=item.target,
                horizon=horizon,
                cause=item.cause,
                hold_kinds=item.hold_kinds,
                depth=item.depth,
                is_common_shock=item.is_common_shock,
                draw=0.999,
            )
            assert in_use(dispatch, dispatch.withdrawals.left((active,))) == whole


def test_a_disruption_of_holds_that_nobody_uses_is_left_out() -> None:
    """A party that only owns what is used is not struck by the end of its licences."""
    country = country_with()
    holder = a_holder()
    kinds = {hold.kind for hold in country.holds if hold.party == holder}
    other = next(kind for kind in HoldKind if kind not in kinds)
    base = disruption("d", (0.5, 0, 0), 90, strikes=TargetOfDisruption.PARTY, target=holder)
    for kind, expected in ((other, 0), (min(kinds), 1)):
        one = replace(country, disruptions=(replace(base, hold_kinds=(kind,)),))
        assert len(disruptions_of(one, geopolitics=True)) == expected
