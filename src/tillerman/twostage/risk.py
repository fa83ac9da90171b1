"""Averages over futures: the mean, and the average of the worst share (CVaR), with the weights that attain it.

    CVaR_a[Q] = max { sum_f r_f Q_f : 0 <= r_f <= p_f / a, sum_f r_f = 1 }

The maximising r is what a cut needs: it is valid at every x, because r stays inside the set.
Another coherent measure is another such set: give its maximising weights and everything else stays.
"""

from __future__ import annotations

import numpy as np

from tillerman.twostage.problem import Floats, Risk


def tail_weights(values: Floats, probability: Floats, tail: float) -> Floats:
    """Give the weight of every future in the average of the worst share; ties go to the earlier future."""
    order = np.argsort(-values, kind="stable")
    cumulative = np.cumsum(probability[order])
    before = cumulative - probability[order]
    taken = np.clip(tail - before, 0.0, probability[order])
    weights = np.zeros_like(probability)
    weights[order] = taken
    total = weights.sum()
    return weights / total if total > 0.0 else probability.copy()


def conditional_value_at_risk(values: Floats, probability: Floats, tail: float) -> float:
    """Give the probability-weighted average of the worst share of futures."""
    weights = tail_weights(values, probability, tail)
    held = weights > 0.0  # an impossible future may be infinitely bad without counting
    return float(weights[held] @ values[held])


def value_at_risk(values: Floats, probability: Floats, tail: float) -> float:
    """Give the mildest value among the worst share of futures."""
    weights = tail_weights(values, probability, tail)
    return float(values[weights > 0.0].min())


def mean_value(values: Floats, probability: Floats) -> float:
    """Give the probability-weighted average."""
    held = probability > 0.0
    return float(probability[held] @ values[held])


def combined_weights(values: Floats, probability: Floats, risk: Risk) -> Floats:
    """Give the weights under which the plain average equals the risk-weighted objective at these values."""
    tail = tail_weights(values, probability, risk.tail)
    return (1.0 - risk.aversion) * probability + risk.aversion * tail
