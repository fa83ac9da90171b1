"""Whole numbers in the first stage: a mixed-integer master proposes, a level run with them fixed prices exactly.

The mixed-integer master over all cuts gives the lower bound (proved by HiGHS's branch and bound). Fixing its whole
numbers leaves a linear problem; its level run gives a plan and the cuts that make the next master's bound tight there.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tillerman.twostage.highs import Status, solve_programme
from tillerman.twostage.level import Ending, LevelRun
from tillerman.twostage.nearest import nearest
from tillerman.twostage.problem import FirstStage, Floats
from tillerman.twostage.search import Search

MASTER_SHARE = 0.4  # of the tolerance, spent on the mixed-integer master's own gap
FIXED_SHARE = 0.4  # of the tolerance, spent on each run with whole numbers fixed
MOST_ROUNDS = 200
SMALLEST_SHARE = 1e-6


def close_integers(search: Search, relaxed: LevelRun, tolerance: float) -> Ending:
    """Close the gap over whole-number plans, starting from the cuts of the linear relaxation."""
    first = search.problem.first
    numbers = relaxed.tight
    near = search.memory.points[-1][0] if search.memory.points else relaxed.master.lower[: first.cost.size]
    share = FIXED_SHARE
    seen: set[bytes] = set()
    for _ in range(MOST_ROUNDS):
        programme = relaxed.master.programme(numbers, is_integer=first.is_integer)
        allowed = MASTER_SHARE * tolerance * max(search.gross_scale, 1e-12)
        answer = solve_programme(
            programme,
            time_limit_s=None if np.isinf(search.seconds_left) else search.seconds_left,
            relative_gap=0.0,
            absolute_gap=allowed,
        )
        if answer.status is Status.INFEASIBLE:
            return Ending.INFEASIBLE
        search.lower = max(search.lower, min(answer.bound, search.upper))
        search.report()
        if search.gap <= tolerance:
            return Ending.CLOSED
        if answer.status is not Status.OPTIMAL:
            return Ending.OUT_OF_TIME if answer.status is Status.TIME_LIMIT else Ending.STALLED
        x = answer.x[: first.cost.size]
        fixed = fix_integers(first, x)
        key = np.round(x[first.is_integer]).tobytes()
        if key in seen:
            share *= 0.3
        seen.add(key)
        before = len(search.pool)
        run = LevelRun(search, fixed, integers=True)
        _look_beside(run, fixed, near)
        ending = Ending.CLOSED if search.gap <= tolerance else run.run(share * tolerance, near, global_bound=False)
        if search.gap <= tolerance:
            return Ending.CLOSED
        if ending is Ending.OUT_OF_TIME:
            return ending
        if len(search.pool) == before and share < SMALLEST_SHARE:
            return Ending.STALLED
        numbers = sorted({*numbers, *run.tight})
    return Ending.STALLED


def _look_beside(run: LevelRun, fixed: FirstStage, near: Floats) -> None:
    """Price the plan nearest to the best relaxed one first: where whole numbers hardly matter, it closes the gap."""
    beside = nearest(fixed, near, run.scale)
    if beside is not None:
        run.visit(beside)
        run.search.report()


def fix_integers(first: FirstStage, x: Floats) -> FirstStage:
    """Give the first stage with its whole numbers fixed at their values in x."""
    whole = np.round(x)
    return replace(
        first,
        lower=np.where(first.is_integer, whole, first.lower),
        upper=np.where(first.is_integer, whole, first.upper),
        is_integer=np.zeros_like(first.is_integer),
    )
