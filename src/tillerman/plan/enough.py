"""Were there enough futures? How much worse the plan may be than the best plan for all futures, from fresh ones.

On fresh futures the plan is priced, and the best plan for just those futures is bounded from below. The difference
overestimates, on average, what the plan loses by having seen too few futures; both costs come from the same futures,
so that most luck cancels. This is the single (or, with two samples, averaged) replication procedure of Bayraksan and
Morton, "Assessing solution quality in stochastic programs", Mathematical Programming 108 (2006) 495–514.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from tillerman.plan.base import WORKERS, Base, Listener, prepare
from tillerman.plan.estimate import CONFIDENCE, mean_of, worst_terms
from tillerman.plan.foresight import ROUNDING
from tillerman.plan.outofsample import fresh_seed
from tillerman.plan.variants import uninterrupted
from tillerman.twostage import Risk, Tuning, evaluate, solve

Floats = NDArray[np.float64]
ENOUGH = 0.05  # of gross cost: a plan that may be worse by more was made for too few futures
TOLERANCE = 0.01  # to which the best plan for fresh futures is found; what is left open counts as loss


@dataclass(frozen=True)
class Enough:
    """What a plan may lose by having been made for too few futures, in million US$ of its objective."""

    n_futures: int  # of each fresh sample
    n_samples: int
    loss_musd: float  # estimated; too high rather than too low on average
    at_most_musd: float  # with 95 % confidence
    share: float  # at_most as a share of gross cost
    limit: float  # the share up to which the futures count as enough

    @property
    def is_enough(self) -> bool:
        """True when the plan is surely not much worse than the best plan for all futures."""
        return self.share <= self.limit


def enough_futures(base: Base, *, samples: int = 1, progress: Listener | None = None) -> Enough:
    """Estimate what a plan loses by having been made for as many futures as it was."""
    tell = progress or (lambda _stage, _bounds: None)
    losses, spreads = [], []
    for k in range(samples):
        seed = fresh_seed(base.request.seed, f"replication {k + 1}")
        fresh = prepare(base.country, replace(base.request, seed=seed), dispatch=base.dispatch)
        problem, futures = fresh.assembled.problem, fresh.assembled.futures
        ours = evaluate(problem, base.best.x, risk=base.risk)
        theirs = uninterrupted(
            solve(
                problem,
                risk=base.risk,
                tolerance=TOLERANCE,
                tuning=Tuning(start=base.best.x, n_workers=WORKERS),
                progress=lambda bounds: tell("Planning for fresh futures", bounds),
            )
        )
        losses.append(max(0.0, ours.objective - theirs.lower_bound))
        found = _terms(ours.first_cost + ours.future_values, problem.probability, base.risk)
        better = _terms(theirs.first_cost + theirs.future_values, problem.probability, base.risk)
        spreads.append(mean_of(found - better, problem.probability, futures.stratum))
    n = base.request.n_futures
    loss = float(np.mean(losses))
    # one-sided: only how large the loss may be is asked; the margins of the samples are those of two-sided intervals
    ratio = float(stdtrit(max(1, n - 1), CONFIDENCE) / stdtrit(max(1, n - 1), (1 + CONFIDENCE) / 2))
    margin = ratio * float(np.sqrt(np.mean([spread.margin**2 for spread in spreads]) / samples))
    rounding = ROUNDING * (1.0 + abs(base.best.gross))
    loss, margin = (amount if amount > rounding else 0.0 for amount in (loss, margin))
    share = (loss + margin) / max(abs(base.best.gross), 1e-300)
    return Enough(n, samples, loss, loss + margin, share, ENOUGH)


def _terms(total: Floats, probability: Floats, risk: Risk) -> Floats:
    """Each future's term of the objective: their probability-weighted sum is the objective."""
    return np.asarray((1 - risk.aversion) * total + risk.aversion * worst_terms(total, probability))
