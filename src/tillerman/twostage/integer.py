"""Whole numbers in the first stage: a mixed-integer master proposes, a level run with them fixed prices exactly.

The mixed-integer master over all cuts gives the lower bound (proved by HiGHS's branch and bound). Fixing its whole
numbers leaves a linear problem; its level run gives a plan and the cuts that make the next master's bound tight there.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tillerman.twostage.highs import Answer, Status, solve_programme
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
        answer = _propose(search, relaxed, numbers, tolerance)
        ending = _ending(search, answer, tolerance)
        if ending is not None:
            return ending
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
        if search.gap <= tolerance or ending is Ending.OUT_OF_TIME:
            return ending
        if len(search.pool) == before and share < SMALLEST_SHARE:
            break
        numbers = sorted({*numbers, *run.tight})
    return Ending.STALLED


def _propose(search: Search, relaxed: LevelRun, numbers: list[int], tolerance: float) -> Answer:
    """Solve the mixed-integer master over the numbered cuts and take its bound."""
    answer = solve_programme(
        relaxed.master.programme(numbers, is_integer=search.problem.first.is_integer),
        time_limit_s=None if np.isinf(search.seconds_left) else search.seconds_left,
        relative_gap=0.0,
        absolute_gap=MASTER_SHARE * tolerance * max(search.gross_scale, 1e-12),
    )
    if answer.status is not Status.INFEASIBLE:
        search.lower = max(search.lower, min(answer.bound, search.upper))
        search.report()
    return answer


def _ending(search: Search, answer: Answer, tolerance: float) -> Ending | None:
    """Say whether the master ends the search, and how."""
    if answer.status is Status.INFEASIBLE:
        return Ending.INFEASIBLE
    if search.gap <= tolerance:
        return Ending.CLOSED
    if answer.status is Status.OPTIMAL:
        return None
    return Ending.OUT_OF_TIME if answer.status is Status.TIME_LIMIT else Ending.STALLED


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
