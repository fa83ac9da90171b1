import numpy as np
import pytest

from tests.futures.cases import START, STEP, Row, country_with, disruption
from tillerman.country.world import Disruption
from tillerman.futures import Futures, sample
from tillerman.futures.brief import Brief
from tillerman.futures.segments import NO_BRIEF
from tillerman.labels import Horizon, Phase
from tillerman.testing import random_country

N = 4000
SITES = sorted({route.site for route in random_country(3).routes})
MODELS = sorted({route.model for route in random_country(3).routes})


def brief_ones() -> list[Disruption]:
    """Three brief disruptions and a long one, each of something else."""
    return [
        disruption("cut", (0.9, 0.9, 0.9), 3, target=MODELS[0]),
        disruption("blackout", (0.1, 0.3, 1.0), 1, target=SITES[0]),
        disruption("attack", (0.0, 0.5, 0.5), 7, target=MODELS[1]),
        disruption("drought", (0.4, 0.4, 0.4), 200, target=SITES[1]),
    ]


def share_under(drawn: Futures, *targets: str) -> float:
    """Expected share of the plan's discounted years in which all of these are struck."""
    weight = drawn.weights.T @ drawn.probability
    under = [set(targets) <= {item.target for item in state.active} for state in drawn.states]
    return float(weight[np.array(under)].sum() / weight.sum())


def test_brief_disruptions_take_their_expected_time_in_each_climate() -> None:
    """Chance times length: a tenth of a day a year for a day's blackout that comes every tenth normal year."""
    found = Brief(country_with(brief_ones()), tuple(brief_ones()), 1).shares
    assert found[0] == pytest.approx([0.9 * 3 / 365] * 3)
    assert found[1] == pytest.approx([0.1 / 365, 0.3 / 365, 1 / 365])
    assert found[2] == pytest.approx([0, 0.5 * 7 / 365, 0.5 * 7 / 365])
    assert found[3].tolist() == [0, 0, 0]


def test_expected_time_under_each_is_exact() -> None:
    """Over all futures, time under each brief disruption is the sum over years of climate chance times its share."""
    country = country_with(brief_ones(), start=START, step=STEP)
    drawn = sample(country, N)
    chance = np.array(START)
    expected = np.zeros(3)
    discount = [(1 + country.frame.discount_rate) ** -year for year in range(10)]
    shares = Brief(country, tuple(brief_ones()), 1).shares
    for factor in discount:
        expected += factor * shares[:3] @ chance
        chance = chance @ np.array(STEP)
    expected /= sum(discount)
    for target, share in zip((MODELS[0], SITES[0], MODELS[1]), expected, strict=True):
        assert share_under(drawn, target) == pytest.approx(share, rel=0.05)


def test_overlap_with_what_lasts_is_exact() -> None:
    """A brief disruption meets a long one in the product of their shares of time."""
    drawn = sample(country_with(brief_ones()), 3 * N)
    together = share_under(drawn, MODELS[0], SITES[1])
    assert together == pytest.approx(share_under(drawn, MODELS[0]) * share_under(drawn, SITES[1]), rel=0.06)


def test_two_brief_ones_never_meet() -> None:
    """At most one brief disruption is laid over a moment: the stated neglect."""
    targets = {MODELS[0], SITES[0], MODELS[1]}
    for state in sample(country_with(brief_ones()), 300).states:
        assert len(targets & {item.target for item in state.active}) <= 1


def test_a_brief_disruption_is_in_its_first_days() -> None:
    """Nobody has adapted to what is over within a week."""
    for state in sample(country_with(brief_ones()[:2]), 50).states:
        assert all(item.horizon is Horizon.WEEK and item.horizon.phase is Phase.HIT for item in state.active)


def test_leaving_one_out_moves_only_the_futures_that_saw_it() -> None:
    """Who else was seen, and when, stays the same wherever another one was seen."""
    every = tuple(brief_ones())
    country = country_with(every)
    climate = np.arange(N) % 3
    one = Brief(country, every, 1).draw(climate, 4)
    two = Brief(country, every[1:], 1).draw(climate, 4)
    kept = one.disruption != 0
    seen = two.disruption[kept]
    assert (one.disruption[kept] == np.where(seen == NO_BRIEF, NO_BRIEF, seen + 1)).all()
    assert one.moment.tobytes() == two.moment.tobytes()


def test_a_climate_without_brief_disruptions_loses_no_time() -> None:
    """Where no brief disruption can begin, none is laid over the year."""
    chances: Row = (0.0, 0.5, 0.5)
    drawn = sample(country_with([disruption("attack", chances, 7)]), 20)
    assert all(not state.active for state in drawn.states)


def test_brief_disruptions_cannot_fill_more_than_the_year() -> None:
    """Sixty that each come every year for a week share the year between them, and no weight turns negative."""
    crowd = [disruption(f"d{i}", (1.0, 1.0, 1.0), 7) for i in range(60)]
    country = country_with(crowd, years=2)
    assert Brief(country, tuple(crowd), 1).shares.sum(axis=0) == pytest.approx([1, 1, 1])
    drawn = sample(country, 5)
    assert (drawn.weights.data >= 0).all()
    for state, weight in zip(drawn.states, drawn.weights.sum(axis=0).tolist(), strict=True):
        assert state.active or weight < 1e-9
