"""Dispatch under a given fleet gives what the full arrays give at that fleet, state by state."""

from __future__ import annotations

import numpy as np
import pytest

from tillerman.dispatch import compile_dispatch
from tillerman.dispatch.fixed import FixedFleet
from tillerman.futures import sample
from tillerman.streams import stream
from tillerman.testing.generate import random_country


@pytest.mark.parametrize("seed", range(6))
def test_the_fleet_put_in_gives_the_same_sides(seed: int) -> None:
    """Right-hand sides, bounds, costs and offsets are those of the affine arrays at the fleet."""
    country = random_country(seed)
    dispatch, futures = compile_dispatch(country), sample(country, 5, seed=seed)
    fleet = stream(seed, "fleet").random(dispatch.n_fleet)
    states, recourse = dispatch.arrays(futures.states)

    found = FixedFleet(dispatch, fleet).problem(futures.states)

    rhs = states.rhs + np.asarray(states.rhs_of_first @ fleet).reshape(states.rhs.shape)
    upper = states.upper + np.asarray(states.upper_of_first @ fleet).reshape(states.upper.shape)
    assert found.states.rhs == pytest.approx(rhs, rel=1e-12, abs=1e-12)
    assert found.states.upper == pytest.approx(upper, rel=1e-12, abs=1e-12)
    assert found.states.offset == pytest.approx(states.offset + states.offset_of_first @ fleet, rel=1e-12, abs=1e-12)
    assert np.array_equal(found.recourse.cost[found.states.family], recourse.cost[states.family])


def test_states_in_parts_cost_what_they_cost_together() -> None:
    """Which states are priced together does not matter."""
    country = random_country(3)
    dispatch, futures = compile_dispatch(country), sample(country, 5, seed=1)
    fleet = stream(3, "fleet").random(dispatch.n_fleet)
    together = FixedFleet(dispatch, fleet).net_costs(futures.states)
    pricing = FixedFleet(dispatch, fleet)
    parts = [pricing.net_costs(futures.states[at : at + 9]) for at in range(0, futures.n_states, 9)]
    assert np.concatenate(parts) == pytest.approx(together, rel=1e-9, abs=1e-9)
