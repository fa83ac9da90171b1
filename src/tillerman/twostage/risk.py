"""Averages over futures: the mean, and the average of the worst share (CVaR), with the weights that attain it.

    CVaR_a[Q] = max { sum_f r_f Q_f : 0 <= r_f <= p_f / a, sum_f r_f = 1 }

The maximising r is what a cut needs: it is valid at every x, because r stays inside the set.
Another coherent measure is another such set: give its maximising weights and everything else stays. Two are here:
mixtures of CVaRs, and the worst of some given probabilities.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np

from tillerman.twostage.errors import ProblemError
from tillerman.twostage.problem import Floats, Risk

SUM_TOLERANCE = 1e-9  # of probabilities that should sum to one


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


def tail_terms(values: Floats, probability: Floats, tail: float) -> Floats:
    """Give each future's term of the average of the worst share: their probability-weighted sum is that average."""
    edge = value_at_risk(values, probability, tail)
    return edge + np.maximum(values - edge, 0.0) / tail


def mean_value(values: Floats, probability: Floats) -> float:
    """Give the probability-weighted average."""
    held = probability > 0.0
    return float(probability[held] @ values[held])


def worst_weights(values: Floats, probability: Floats, risk: Risk) -> Floats:
    """Give the weights under which the average is the measure of risk asked for; an impossible future has none."""
    possible = np.where(probability > 0.0, values, -np.inf)
    if risk.measure is None:
        return tail_weights(possible, probability, risk.tail)
    return risk.measure.weights(possible, probability)


def worst_value(values: Floats, probability: Floats, risk: Risk) -> float:
    """Give the measure of risk asked for."""
    weights = worst_weights(values, probability, risk)
    held = weights > 0.0
    return float(weights[held] @ values[held])


@dataclass(frozen=True, eq=False)
class Ambiguity:
    """The worst average over some given probabilities of the futures, their own always among them."""

    probabilities: Floats  # (n_alternatives, n_futures), each row sums to one
    name: str = field(init=False)

    def __post_init__(self) -> None:
        """Refuse what is no probability, and take a name from the numbers."""
        rows = self.probabilities
        if rows.ndim != 2 or bool((rows < 0.0).any()) or bool((np.abs(rows.sum(axis=1) - 1.0) > SUM_TOLERANCE).any()):
            raise ProblemError(
                where="Ambiguity(probabilities)", found=f"an array of shape {rows.shape} with rows that are none",
                expected="one row an alternative: numbers from 0, summing to 1", remedy="Divide each row by its sum.",
            )  # fmt: skip
        object.__setattr__(self, "name", "ambiguity " + hashlib.sha256(rows.tobytes()).hexdigest())

    def weights(self, values: Floats, probability: Floats) -> Floats:
        """Give the probabilities under which these values average worst; ties go to the earlier, their own first."""
        held = probability > 0.0
        if self.probabilities.shape[1] != held.size or bool((self.probabilities[:, ~held] > 0.0).any()):
            raise ProblemError(
                where="Ambiguity(probabilities)", found="weight on futures that the problem does not have",
                expected=f"{held.size} futures, none above zero where the problem's own probability is zero",
                remedy="Give one column a future of the problem.",
            )  # fmt: skip
        every = np.vstack([probability, self.probabilities])
        worst = np.where(np.isinf(values) & held, np.inf, 0.0)
        finite = np.where(np.isfinite(values), values, 0.0)
        unserved = (every @ (worst > 0.0)) > 0.0
        return np.asarray(every[int(np.argmax(np.where(unserved, np.inf, every @ finite)))])


@dataclass(frozen=True)
class Mixture:
    """A mixture of averages of the worst: shares that sum to one, each with its own tail."""

    shares: tuple[float, ...]
    tails: tuple[float, ...]

    @property
    def name(self) -> str:
        """Give a name made of the numbers."""
        return f"mixture {self.shares} {self.tails}"

    def weights(self, values: Floats, probability: Floats) -> Floats:
        """Give the weights under which these values average worst."""
        parts = [tail_weights(values, probability, tail) for tail in self.tails]
        return np.asarray(np.array(self.shares) @ np.array(parts))


def combined_weights(values: Floats, probability: Floats, risk: Risk) -> Floats:
    """Give the weights under which the plain average equals the risk-weighted objective at these values."""
    tail = worst_weights(values, probability, risk)
    return (1.0 - risk.aversion) * probability + risk.aversion * tail
