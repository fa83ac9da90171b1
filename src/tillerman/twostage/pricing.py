"""What one more unit of every rule and bound of the first stage is worth at a plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tillerman.twostage.cuts import TAIL, derive_groups
from tillerman.twostage.errors import NumericalError
from tillerman.twostage.highs import Status, solve_programme
from tillerman.twostage.integer import fix_integers
from tillerman.twostage.master import Master
from tillerman.twostage.memory import Memory, check_memory
from tillerman.twostage.problem import Floats, Problem, Risk

MARGIN = 1e-9  # how far a cut must rise above the programme to enter it, relative to 1 + its objective
MOST_ROUNDS = 200


@dataclass(frozen=True)
class Prices:
    """How the least cost moves with each right-hand side and each bound, whole numbers held where they are."""

    rules: Floats  # (n_rules,): positive where the lower side binds, negative where the upper side does
    bounds: Floats  # (n_x,): the same for the decisions' own bounds


def prices(problem: Problem, x: Floats, memory: Memory, *, risk: Risk | None = None) -> Prices:
    """Price the rules of the first stage at a solved plan.

    The second stage stands in as all the cuts that the solve has left in `memory`, so that the prices are those of the
    lower bound with the whole numbers of x. They say nothing of other whole numbers.
    """
    check_memory(memory, problem)
    risk = Risk() if risk is None else risk
    n_groups = int(derive_groups(problem).max(initial=-1)) + 1
    master = Master(fix_integers(problem.first, x), memory.cuts, n_groups, risk)
    numbers = _highest(memory, x, np.full(n_groups + 1, -np.inf), risk, margin=0.0)
    for _ in range(MOST_ROUNDS):
        answer = solve_programme(master.programme(numbers))
        if answer.status is not Status.OPTIMAL:
            break
        margin = MARGIN * (1.0 + abs(answer.objective))
        point = answer.x[: master.n_x]
        missed = set(_highest(memory, point, answer.x[master.n_x :], risk, margin=margin)).difference(numbers)
        if not missed:
            n_rules = problem.first.row_lower.size
            return Prices(answer.row_dual[:n_rules], answer.column_dual[: master.n_x])
        numbers += sorted(missed)
    raise NumericalError(
        where="prices(memory)",
        found=f"no priced programme over {len(numbers)} cuts",
        expected="a memory whose cuts bound the cost from below",
        remedy="Pass the x and the memory of one solution of this problem.",
    )


def _highest(memory: Memory, x: Floats, held: Floats, risk: Risk, *, margin: float) -> list[int]:
    found = memory.cuts.violated(x, held, risk.tail, margin=margin)
    return found if risk.aversion > 0.0 else [n for n in found if memory.cuts.kinds[n] != TAIL]
