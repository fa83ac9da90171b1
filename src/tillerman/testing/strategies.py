"""Hypothesis strategies: made-up countries, and states and fleets for them.

Importing this module needs hypothesis; the rest of `tillerman.testing` does not.
"""

from __future__ import annotations

from hypothesis import strategies as st

from tillerman.country import Country
from tillerman.dispatch import Dispatch, State
from tillerman.testing.cases import RandomFleet, random_fleet, random_state
from tillerman.testing.generate import SMALL, Size, random_country

SEEDS = st.integers(min_value=0, max_value=2**32 - 1)


def countries(size: Size = SMALL) -> st.SearchStrategy[Country]:
    """Return a strategy for small valid countries; an example is named by its seed, so it can be made again."""
    return SEEDS.map(lambda seed: random_country(seed, size=size))


def states(dispatch: Dispatch) -> st.SearchStrategy[State]:
    """Return a strategy for states of the world of one country."""
    return SEEDS.map(lambda seed: random_state(dispatch, seed))


def fleets(dispatch: Dispatch) -> st.SearchStrategy[RandomFleet]:
    """Return a strategy for decisions that a plan for one country could take."""
    return SEEDS.map(lambda seed: random_fleet(dispatch, seed))
