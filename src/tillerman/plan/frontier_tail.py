"""Cost on average against the average of the worst 5 in 100 futures: the best plan for every weight of the worst."""

from __future__ import annotations

import numpy as np

from tillerman.plan.base import WORKERS, Base, Listener
from tillerman.plan.frontier_result import TailPoint
from tillerman.plan.interval import Interval
from tillerman.plan.variants import uninterrupted
from tillerman.settings import ENOUGH_TAIL, TAIL
from tillerman.twostage import Memory, Risk, Tuning, solve

STAGE = "Weighing the average against the worst"
ROUNDS = 60


def tail_points(
    base: Base, memory: Memory, *, points: int, progress: Listener | None = None
) -> tuple[tuple[TailPoint, ...], str]:
    """The best plan for so many weights of the worst futures; none, with the reason, where futures are too few.

    Cuts of the average hold for every weight, those of the worst for the same share of futures: all are used again.
    """
    n_futures = base.assembled.problem.probability.size
    if TAIL * n_futures < ENOUGH_TAIL:
        least = round(ENOUGH_TAIL / TAIL)
        return (), f"the worst 5 in 100 of {n_futures:,} futures are too few: ask for {least:,} futures"
    tell = progress or (lambda _stage, _bounds: None)
    found = []
    for aversion in np.linspace(0.0, 1.0, points).tolist():
        best = uninterrupted(
            solve(
                base.assembled.problem,
                risk=Risk(aversion),
                memory=memory,
                tolerance=base.request.tolerance,
                tuning=Tuning(n_workers=WORKERS, start=base.best.x, most_rounds=ROUNDS),
                progress=lambda bounds: tell(STAGE, bounds),
            )
        )
        cost = Interval(best.lower_bound, best.objective)
        found.append(TailPoint(aversion, cost, best.first_cost + best.mean, best.first_cost + best.cvar))
    return tuple(found), ""
