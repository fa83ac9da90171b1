"""Hypothesis strategies: made-up countries, with a state and a fleet for each.

Importing this module needs hypothesis; the rest of `tillerman.testing` does not.
"""

from __future__ import annotations

from hypothesis import strategies as st

from tillerman.country.record import Country
from tillerman.testing.generate import SMALL, Size, random_country

_SEEDS = st.integers(min_value=0, max_value=2**32 - 1)


def countries(size: Size = SMALL) -> st.SearchStrategy[Country]:
    """Return a strategy for small valid countries; an example is named by its seed, so it can be made again."""
    return _SEEDS.map(lambda seed: random_country(seed, size=size))
