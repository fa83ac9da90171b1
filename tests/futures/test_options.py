from dataclasses import replace

import numpy as np
import pytest

from tests.futures.cases import START, STEP, country_with, disruption
from tillerman.country import Country
from tillerman.country.choices import Option
from tillerman.country.world import Disruption
from tillerman.futures import sample
from tillerman.futures.events import disruptions_of, sample_events
from tillerman.futures.merge import fired_by
from tillerman.futures.paths import BROKEN, sample_paths
from tillerman.futures.sample import first_seen
from tillerman.labels import Signpost

N, YEARS = 500, 10


def option(signpost: Signpost, fires_at: str, lead: int) -> Option:
    """An option that waits for a signpost."""
    return Option(
        id=f"o_{signpost.value}_{lead}",
        name="Land kept open",
        site=country_with().sites[0].id,
        signpost=signpost,
        fires_at=fires_at,
        watcher="Energy ministry",
        fee_musd_per_kh100e_year=1,
        exercise_musd_per_kh100e_year=20,
        max_h100e=100,
        lead_years=lead,
        first_year=2027,
        note=None,
    )


def case(*options: Option, events: tuple[Disruption, ...] = ()) -> Country:
    """A country with a moving climate and these options."""
    return replace(country_with(events, start=START, step=STEP), options=options)


@pytest.mark.parametrize("lead", [0, 1, 3])
def test_an_option_has_fired_once_its_signpost_was_seen_its_lead_ago(lead: int) -> None:
    """Broken climate, high demand, high prices: fired from that year plus the lead on, and never unlearnt."""
    posts = {Signpost.CLIMATE: "broken", Signpost.DEMAND: "high", Signpost.PRICE: "high"}
    country = case(*(option(post, at, lead) for post, at in posts.items()))
    paths = sample_paths(country, N, 1, YEARS)
    events = sample_events(country, (), paths, 1)
    seen = first_seen(paths, events, country.options, ())
    for year in range(YEARS):
        bits = fired_by(country, seen, year)
        watched = (paths.climate == BROKEN, paths.demand == 2, paths.prices == 2)
        for o, path in enumerate(watched):
            expected = path[:, : max(0, year + 1 - lead)].any(axis=1)
            assert ((bits >> o & 1).astype(bool) == expected).all()


def test_a_disruption_fires_an_option_in_the_year_in_which_it_begins() -> None:
    """Onset in year three, lead of one year: usable in every state of the fourth year, in none of the third."""
    events = (disruption("cut", (0.3, 0.3, 0.3), 30), disruption("other", (0.9, 0.9, 0.9), 30))
    country = case(option(Signpost.DISRUPTION, "cut", 1), events=events)
    drawn = sample(country, N)
    which = disruptions_of(country, geopolitics=True)
    paths = sample_paths(country, N, 1, YEARS)
    found = sample_events(country, which, paths, 1)
    first = np.full(N, YEARS)
    mine = found.disruption == 0
    np.minimum.at(first, found.future[mine], (found.begin[mine] // 365).astype(int))
    assert (first < YEARS).any()
    weights = drawn.weights.tocoo()
    for future, column in zip(*(index.tolist() for index in weights.coords), strict=True):
        state = drawn.states[column]
        assert bool(state.fired) == (first[future] + 1 <= state.period)


def test_an_option_whose_disruption_is_left_out_never_fires() -> None:
    """Without deliberate acts, an option that waits for one is never usable."""
    act = disruption("act", (0.9, 0.9, 0.9), 30, is_geopolitical=True)
    country = case(option(Signpost.DISRUPTION, "act", 0), events=(act,))
    assert any(state.fired for state in sample(country, 20).states)
    assert not any(state.fired for state in sample(country, 20, geopolitics=False).states)
