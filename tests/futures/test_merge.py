import re
import time
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.futures.plain import plain, told
from tillerman.country import Country, load
from tillerman.dispatch import Dispatch, compile_dispatch
from tillerman.errors import SettingError
from tillerman.exposure import fleet_as_today
from tillerman.futures import Futures, State, block_share, discounted_years, sample
from tillerman.futures.paths import Floats
from tillerman.labels import Block
from tillerman.testing import random_country
from tillerman.testing.cases import random_fleet

COUNTRIES = ("hand", *range(8))


def country_named(name: str | int) -> Country:
    """A shipped country, or a made-up one by its seed."""
    return load(name) if isinstance(name, str) else random_country(name)


def merged_weights(drawn: Futures, future: int) -> dict[State, float]:
    """Weight of each state of one future, by what can be known of deliveries."""
    found: dict[State, float] = defaultdict(float)
    row = drawn.weights[[future], :].tocoo()
    for column, weight in zip(row.coords[1].tolist(), row.data.tolist(), strict=True):
        found[told(drawn.country, drawn.states[column])] += weight
    return found


@pytest.mark.parametrize("name", COUNTRIES)
def test_merged_weights_are_those_of_every_piece_on_its_own(name: str | int) -> None:
    """Cutting a year up piece by piece, without merging, gives each state the same weight in each future."""
    country = country_named(name)
    n = 112 if isinstance(name, int) else 120  # together a thousand futures
    drawn, pieces = sample(country, n, seed=5), plain(country, n, seed=5)
    for future in range(n):
        expected: dict[State, float] = defaultdict(float)
        for state, weight in pieces.states(future):
            expected[told(country, state)] += weight
        found = merged_weights(drawn, future)
        weighty = {state for state in found.keys() | expected.keys() if max(found[state], expected[state]) > 1e-7}
        assert {s: found[s] for s in weighty} == pytest.approx({s: expected[s] for s in weighty}, abs=1e-7)


def values(dispatch: Dispatch, states: list[State], fleet: Floats) -> Floats:
    """What each state costs with a fleet."""
    return dispatch.evaluate(states, fleet).state_values


@pytest.mark.parametrize("name", ["hand", 1, 2, 4])
def test_dispatch_cannot_tell_merged_futures_from_unmerged(name: str | int) -> None:
    """The cost of a future is the same whether its states are merged with those of others or each stands alone."""
    country = country_named(name)
    dispatch = compile_dispatch(country)
    fleet = dispatch.fleet(random_fleet(dispatch, 11).vector(dispatch))
    drawn, pieces = sample(country, 12, seed=2), plain(country, 12, seed=2)
    merged = drawn.weights @ values(dispatch, list(drawn.states), fleet)
    alone = []
    for future in range(drawn.n_futures):
        states, weights = zip(*pieces.states(future), strict=True)
        alone.append(float(np.array(weights) @ values(dispatch, list(states), fleet)))
    assert merged == pytest.approx(np.array(alone), rel=1e-9, abs=1e-9)


@pytest.mark.slow
def test_merging_is_exact_on_kenya() -> None:
    """Thirty futures of Kenya cost the same merged and unmerged."""
    country = load("kenya")
    dispatch = compile_dispatch(country)
    fleet = fleet_as_today(dispatch)
    drawn, pieces = sample(country, 30, seed=4), plain(country, 30, seed=4)
    merged = drawn.weights @ values(dispatch, list(drawn.states), fleet)
    for future in range(drawn.n_futures):
        states, weights = zip(*pieces.states(future), strict=True)
        alone = float(np.array(weights) @ values(dispatch, list(states), fleet))
        assert merged[future] == pytest.approx(alone, rel=1e-9)


@pytest.mark.parametrize("name", [*COUNTRIES, "kenya"])
def test_weights_of_every_future_add_up_to_the_discounted_years(name: str | int) -> None:
    """Each future spends every hour of every period in some state."""
    country = country_named(name)
    drawn = sample(country, 50, seed=3)
    years = sum(discounted_years(country, period) for period in range(len(country.frame.period_years)))
    assert drawn.weights.sum(axis=1) == pytest.approx(np.full(50, years), rel=1e-7)


def test_a_period_weighs_the_sum_of_its_years_discount_factors() -> None:
    """Kenya's fourth period is years 3 and 4 of the plan."""
    country = load("kenya")
    rate = 1 + country.frame.discount_rate
    assert discounted_years(country, 0) == 1
    assert discounted_years(country, 3) == pytest.approx(rate**-3 + rate**-4)


def test_busy_hours_take_their_share_of_the_time() -> None:
    """Exactly in what lasts; on average in short pieces, each of which is seen in one load block."""
    drawn = sample(load("kenya"), 2000)
    frame = drawn.country.frame
    peak = np.array([state.block is Block.PEAK for state in drawn.states])
    calm = np.array([not state.active for state in drawn.states])
    assert block_share(frame, Block.PEAK) + block_share(frame, Block.REST) == 1
    share = frame.peak_hours_share
    by_future = drawn.weights[:, peak].sum(axis=1) / drawn.weights.sum(axis=1)
    assert by_future.mean() == pytest.approx(share, abs=4 * by_future.std() / 2000**0.5)
    usual = drawn.weights[:, peak & calm].sum() / drawn.weights[:, calm].sum()
    assert usual == pytest.approx(share, rel=0.005)


def test_no_two_states_are_equal() -> None:
    """Whatever is equal has been merged."""
    drawn = sample(load("kenya"), 200)
    assert len(set(drawn.states)) == len(drawn.states) == drawn.n_states


def test_same_seed_same_bytes() -> None:
    """Drawing twice gives the same states, weights and probabilities to the last bit; another seed does not."""
    country = load("kenya")
    one, two, other = sample(country, 30, seed=9), sample(country, 30, seed=9), sample(country, 30, seed=10)
    assert tuple(one.states) == tuple(two.states)
    for name in ("data", "indices", "indptr"):
        assert getattr(one.weights, name).tobytes() == getattr(two.weights, name).tobytes()
    assert one.probability.tobytes() == two.probability.tobytes()
    assert tuple(one.states) != tuple(other.states)


def test_states_are_a_sequence() -> None:
    """States can be counted, indexed from both ends, sliced and walked through, and say the same each time."""
    states = sample(load("hand"), 5).states
    assert states[-1] == states[len(states) - 1] == list(states)[-1]
    assert states[1:4] == tuple(states[i] for i in (1, 2, 3))
    with pytest.raises(IndexError):
        states[len(states)]


def test_counting_states_puts_none_into_words() -> None:
    """A hundred thousand futures have millions of states: counting them must not build them."""
    drawn = sample(load("kenya"), 300)
    assert drawn.n_states > 1000
    assert drawn.states._told == {}  # type: ignore[attr-defined]


def test_a_merged_state_names_one_class_of_deliveries_for_all_that_look_alike() -> None:
    """In the first year nothing is due in Kenya that could be late, so one class stands for most."""
    drawn = sample(load("kenya"), 500)
    by_period = [{s.delivery for s in drawn.states if s.period == t} for t in range(6)]
    assert len(by_period[0]) < len(by_period[-1])


@given(seed=st.integers(0, 10_000), n=st.integers(1, 30))
def test_any_country_can_be_sampled(seed: int, n: int) -> None:
    """Any valid file gives futures whose probabilities add up to one and whose weights are never negative."""
    drawn = sample(random_country(seed), n)
    assert drawn.n_futures == n
    assert drawn.probability.sum() == pytest.approx(1, abs=1e-12)
    assert (drawn.probability > 0).all()
    assert (drawn.weights.data >= 0).all()
    assert drawn.weights.shape == (n, drawn.n_states)


@pytest.mark.parametrize("n", [0, -1, 5_000_001])
def test_a_number_of_futures_out_of_limits_is_refused(n: int) -> None:
    """None at all, or more than can be held, is said before anything is drawn."""
    with pytest.raises(SettingError, match=re.escape(f"number of futures: found {n}; expected 1 to 5,000,000.")):
        sample(load("hand"), n)


@pytest.mark.slow
def test_a_hundred_thousand_futures_take_seconds() -> None:
    """Sampling and merging 100,000 futures of Kenya takes at most fifteen seconds of one processor."""
    country = load("kenya")
    began = time.process_time()
    drawn = sample(country, 100_000)
    assert time.process_time() - began < 15
    assert drawn.n_states > 1_000_000
