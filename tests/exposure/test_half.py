"""A service that keeps exactly half does not stop, wherever that is asked, and whatever last digits a solver leaves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tillerman.country import load, shipped
from tillerman.exposure import Keeper, assess, at_a_glance


@pytest.mark.parametrize(("any_one", "stops"), [(0.5, False), (0.5 - 1e-12, False), (0.499, True), (0.0, True)])
def test_half_is_not_less_than_half(any_one: float, *, stops: bool) -> None:
    """The rounding of a linear programme tips no service over the edge."""
    row = replace(assess(load("hand")).services[0], any_one=any_one, whole=1.0)

    assert row.is_stopped is stops


@pytest.mark.parametrize("name", shipped())
def test_both_ways_of_counting_agree(name: str) -> None:
    """What compares plans at a glance counts the same services, and keeps the same least share, as an exposure does."""
    found = assess(load(name))
    kept, stopping = at_a_glance(Keeper(found.keeper.dispatch, found.keeper.fleet, found.keeper.period))

    assert stopping == len(found.stopping)
    worst = min([1.0, *(c.kept[1] for c in found.singles if not c.withdrawal.is_home)])
    assert np.isclose(kept, worst, atol=1e-7)
