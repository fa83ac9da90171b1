"""A number estimated from drawn futures, with the interval in which it lies 95 times in 100.

Futures are drawn in two strata, those whose climate breaks and those whose does not; each has its own share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from tillerman.settings import TAIL
from tillerman.twostage import Risk, tail_terms

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Estimate:
    """A sampled number and its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def margin(self) -> float:
        """Half the interval's width."""
        return (self.high - self.low) / 2


def mean_of(values: Floats, probability: Floats, stratum: Ints) -> Estimate:
    """The average over futures; each stratum's own spread counts, weighted with the share it stands for."""
    value, variance, least = float(probability @ values), 0.0, np.inf
    for s in np.unique(stratum).tolist():
        mine = stratum == s
        share, n = float(probability[mine].sum()), int(mine.sum())
        if share == 0.0:
            continue
        # one future says nothing of its stratum's spread: the spread of all stands in
        spread = float(values[mine].var(ddof=1)) if n > 1 else float(values.var(ddof=1)) if values.size > 1 else np.inf
        variance += share**2 * spread / n
        least = min(least, max(1, n - 1))
    margin = float(stdtrit(least, (1 + CONFIDENCE) / 2)) * variance**0.5 if variance else 0.0
    return Estimate(value, value - margin, value + margin)


def tail_of(values: Floats, probability: Floats, stratum: Ints) -> Estimate:
    """The average of the worst 5 in 100: its asymptotic interval is that of the mean of edge + excess / 0.05."""
    return mean_of(worst_terms(values, probability), probability, stratum)


def objective_of(values: Floats, probability: Floats, stratum: Ints, risk: Risk) -> Estimate:
    """The objective of a plan: average and average of the worst, weighed as the plan was asked to."""
    worst = worst_terms(values, probability)
    return mean_of((1 - risk.aversion) * values + risk.aversion * worst, probability, stratum)


def worst_terms(values: Floats, probability: Floats) -> Floats:
    """Each future's term of the average of the worst 5 in 100: their probability-weighted sum is that average."""
    return tail_terms(values, probability, TAIL)
