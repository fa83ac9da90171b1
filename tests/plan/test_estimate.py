"""Numbers estimated from futures: the average, the average of the worst, and intervals that hold 95 times in 100."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from tillerman.plan.estimate import mean_of, objective_of, tail_of
from tillerman.streams import stream
from tillerman.twostage import Risk, combined_weights


def two_strata(n: int, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Half of the futures in each stratum, the second standing for a share; probabilities and strata."""
    stratum = np.repeat([0, 1], n // 2)
    return np.where(stratum == 1, share, 1 - share) / (n // 2), stratum


def test_each_stratum_counts_with_its_share() -> None:
    """Spread within a stratum that stands for a tenth counts a hundredth; spread between strata counts nothing."""
    probability, stratum = two_strata(8, 0.1)
    values = np.array([1.0, 1.0, 1.0, 1.0, 7.0, 9.0, 7.0, 9.0])
    found = mean_of(values, probability, stratum)
    assert found.value == pytest.approx(0.9 * 1 + 0.1 * 8)
    # t quantile for 3 degrees of freedom, times a tenth, times the standard error of 4 values with variance 4/3
    assert found.margin == pytest.approx(3.182446 * 0.1 * (4 / 3 / 4) ** 0.5, rel=1e-6)


def test_one_certain_future_has_no_spread() -> None:
    """Equal values leave no doubt."""
    found = mean_of(np.full(4, 2.0), np.full(4, 0.25), np.zeros(4, dtype=np.int64))
    assert (found.low, found.value, found.high) == (2.0, 2.0, 2.0)


def test_the_objective_is_the_engine_s_own() -> None:
    """Weighing average and worst gives what the engine's weights give."""
    probability, stratum = two_strata(400, 0.3)
    values = stream(1, "values").normal(size=400)
    found = objective_of(values, probability, stratum, Risk(0.3))
    assert found.value == pytest.approx(float(combined_weights(values, probability, Risk(0.3)) @ values), rel=1e-9)


@pytest.mark.parametrize("what", ["mean", "tail"])
def test_intervals_hold_as_often_as_they_say(what: str) -> None:
    """Of 400 samples, between 91 and 98 in 100 have the truth within their interval: here for normal values."""
    probability, stratum = two_strata(1000, 0.5)
    truth = {"mean": 0.0, "tail": float(norm.pdf(norm.ppf(0.95)) / 0.05)}[what]
    draws = stream(7, "coverage")
    estimate = {"mean": mean_of, "tail": tail_of}[what]
    hits = 0
    for _ in range(400):
        found = estimate(draws.normal(size=1000), probability, stratum)
        hits += found.low <= truth <= found.high
    assert 0.91 <= hits / 400 <= 0.98
