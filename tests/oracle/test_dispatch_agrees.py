"""Dispatch agrees with an implementation that shares no code with it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.oracle.dispatch_oracle import Oracle
from tests.oracle.translate import plain_fleet, plain_state
from tillerman import country as country_room
from tillerman.country import Country, load, shipped
from tillerman.country.writing import write
from tillerman.dispatch import Dispatch, compile_dispatch
from tillerman.futures import phase_of
from tillerman.labels import Phase
from tillerman.testing.cases import random_fleet, random_state
from tillerman.testing.generate import random_country

TOLERANCE = 1e-7
PACKS = Path(country_room.__file__).parent / "packs"
N_FILES = 200
N_BATCHES = 10
N_CASES = 4  # states, each with a fleet of its own


def worst_gap(country: Country, folder: Path, seeds: range) -> float:
    """Return the largest relative difference between dispatch and the oracle over some states and fleets."""
    write(country, folder)
    dispatch, oracle = compile_dispatch(country), Oracle(folder)
    return max(gap(dispatch, oracle, seed) for seed in seeds)


def gap(dispatch: Dispatch, oracle: Oracle, seed: int) -> float:
    """Return the relative difference in one state."""
    state, fleet = random_state(dispatch, seed), random_fleet(dispatch, seed)
    ours = dispatch.value(state, dispatch.fleet(fleet.vector(dispatch)))
    decided = plain_fleet(fleet, dispatch.space.epochs[state.period])
    theirs = oracle.value(plain_state(dispatch, state), decided).value
    return abs(ours - theirs) / max(1.0, abs(theirs))


@pytest.mark.parametrize("batch", range(N_BATCHES))
def test_dispatch_agrees_with_the_oracle_on_made_up_countries(batch: int, tmp_path: Path) -> None:
    """Two hundred generated files, four states and fleets each, agree to 1e-7."""
    gaps = {}
    for seed in range(batch, N_FILES, N_BATCHES):
        gaps[seed] = worst_gap(random_country(seed), tmp_path / str(seed), range(N_CASES * seed, N_CASES * (seed + 1)))
    assert max(gaps.values()) <= TOLERANCE, {seed: gap for seed, gap in gaps.items() if gap > TOLERANCE}


@pytest.mark.parametrize("name", shipped())
def test_dispatch_agrees_with_the_oracle_on_shipped_countries(name: str) -> None:
    """Every shipped country agrees to 1e-7 in twenty states, read from its folder as it is shipped."""
    dispatch, oracle = compile_dispatch(load(name)), Oracle(PACKS / name)
    assert max(gap(dispatch, oracle, seed) for seed in range(20)) <= TOLERANCE


def test_most_made_up_states_are_not_trivial() -> None:
    """The agreement above is not empty: most states cost something, and many are in each phase."""
    phases: Counter[str] = Counter()
    n_costly = 0
    for seed in range(60):
        dispatch = compile_dispatch(random_country(seed))
        state, fleet = random_state(dispatch, seed), random_fleet(dispatch, seed)
        n_costly += dispatch.value(state, dispatch.fleet(fleet.vector(dispatch))) > 1.0
        phases[phase_of(state.active)] += 1
    assert n_costly > 50
    assert min(phases[phase] for phase in Phase) >= 4
