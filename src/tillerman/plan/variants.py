"""The plan's problem with some decisions ruled out: reference plans and break-evens are made of it.

Everything learnt while solving the plan stays valid. Each search starts from the allowed plan that differs least from
the plan itself, improves it with its whole decisions held, and only then asks for others: so that it has something good
to show whenever it must stop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tillerman.plan.assemble import Assembled, with_bounds
from tillerman.plan.together import together
from tillerman.twostage import (
    FirstStage,
    Memory,
    Outcome,
    Problem,
    Risk,
    Solution,
    Tuning,
    evaluate,
    fix_integers,
    nearest,
    solve,
)

if TYPE_CHECKING:
    from tillerman.plan.base import Listener

Floats = NDArray[np.float64]
TOLERANCE = 0.01  # variants are found to one per cent of gross cost: they are compared, not followed
FEWEST_ROUNDS = 8  # of the search over whole decisions too, which proves how far the plan found may be from the best
STAGE = "Comparing with other plans"
START_GAP = 0.05  # how far the start may be from the nearest allowed plan: it is only a start


def side_by_side(
    assembled: Assembled, ruled_out: Sequence[set[str]], best: Solution, risk: Risk, *, rounds: int
) -> list[Solution]:
    """Find the best plan without each set of decisions.

    Each starts from a copy of what the plan's own search has learnt, so that no answer depends on another's.
    """

    def one(banned: set[str], tell: Listener) -> Solution:
        return without(assembled, banned, best.x, risk, best.memory.copy(), tell, rounds=rounds)

    return together([partial(one, banned) for banned in ruled_out])


def without(
    assembled: Assembled, ruled_out: set[str], near: Floats, risk: Risk, memory: Memory, tell: Listener, *, rounds: int
) -> Solution:
    """Find the best plan that leaves out some decisions, starting near another plan."""
    names = assembled.problem.first.names
    problem = with_bounds(assembled.problem, upper={i: 0.0 for i, name in enumerate(names) if name in ruled_out})
    start = nearest_allowed(problem.first, near)
    used = 0
    if start is not None:
        priced = evaluate(problem, start, risk=risk, memory=memory)
        if priced.is_feasible:
            memory.remember(start, priced.state_values)
        # without whole numbers every round brings a plan; most of a variant's worth is found here
        held = _search(replace(problem, first=fix_integers(problem.first, start)), risk, memory, start, tell, rounds)
        used, start = held.iterations, held.x if np.isfinite(held.x).all() else start
    answer = _search(problem, risk, memory, start, tell, max(FEWEST_ROUNDS, rounds - used))
    return replace(answer, iterations=used + answer.iterations)


def _search(
    problem: Problem, risk: Risk, memory: Memory, start: Floats | None, tell: Listener, rounds: int
) -> Solution:
    return uninterrupted(
        solve(
            problem, risk=risk, memory=memory, tolerance=TOLERANCE, tuning=Tuning(start=start, most_rounds=rounds),
            progress=lambda _bounds: tell(STAGE, None),
        )
    )  # fmt: skip


def uninterrupted(answer: Solution) -> Solution:
    """Pass an answer on; what the engine keeps of an interrupted search is no plan, and the interrupt goes on."""
    if answer.outcome is Outcome.INTERRUPTED:
        raise KeyboardInterrupt
    return answer


def nearest_allowed(first: FirstStage, x: Floats) -> Floats | None:
    """The first stage that keeps all rules and differs least from x, relative to x; None when none was found."""
    return nearest(first, x, 1 + np.abs(x), relative_gap=START_GAP)
