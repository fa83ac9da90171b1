"""A search that only has to say whether any plan costs as little as another: it ends as soon as that is known."""

from __future__ import annotations

import pytest

from tests.twostage.instances import farmer
from tillerman.twostage import Risk, Tuning, solve

NEUTRAL = Risk(aversion=0.0)
BEST = -108_390.0  # of Birge and Louveaux's farmer


def search(rival: float | None) -> tuple[float, float, int]:
    """Bounds and rounds of one search."""
    tuning = Tuning(method="level", rival=rival)
    found = solve(farmer(), risk=NEUTRAL, tolerance=1e-9, tuning=tuning)
    return found.lower_bound, found.objective, found.iterations


@pytest.mark.parametrize("rival", [BEST - 5_000.0, BEST + 5_000.0])
def test_a_search_against_a_rival_ends_early_with_bounds_that_hold(rival: float) -> None:
    """It visits fewer plans than the whole search does, and its bounds say on which side of the best the rival is."""
    lower, upper, rounds = search(rival)
    assert rounds < search(None)[2]
    assert lower <= BEST + 1.0
    assert upper >= BEST - 1.0
    assert lower > rival or upper <= rival
    assert (lower > rival) == (rival < BEST)


def test_a_rival_as_good_as_the_best_changes_nothing() -> None:
    """Where only the best plan costs as little, the search goes on until it has found it."""
    assert search(BEST + 0.01)[1] == pytest.approx(BEST, abs=0.02)
