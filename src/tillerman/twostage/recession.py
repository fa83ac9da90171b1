"""Whether a problem can improve without limit: the same problem with every limit set to nothing, in a unit box."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tillerman.twostage.extensive import solve_extensive
from tillerman.twostage.highs import Status
from tillerman.twostage.problem import Floats, Problem, Risk

DESCENT = 1e-7  # an objective below minus this, in the unit box, is a direction of endless improvement


def recession_problem(problem: Problem) -> Problem:
    """Give the problem of directions: finite limits become zero, x moves inside the unit box."""
    first, states = problem.first, problem.states
    return replace(
        problem,
        first=replace(
            first,
            row_lower=_closed(first.row_lower),
            row_upper=_closed(first.row_upper),
            lower=np.maximum(_closed(first.lower), -1.0),
            upper=np.minimum(_closed(first.upper), 1.0),
            is_integer=np.zeros_like(first.is_integer),
        ),
        states=replace(
            states,
            rhs=np.zeros_like(states.rhs),
            upper=_closed(states.upper),
            offset=np.zeros_like(states.offset),
        ),
    )


def _closed(limits: Floats) -> Floats:
    return np.where(np.isfinite(limits), 0.0, limits)


def has_descent(problem: Problem, risk: Risk) -> bool:
    """True when some direction improves the objective for ever."""
    answer = solve_extensive(recession_problem(problem), risk, time_limit_s=None, relative_gap=1e-9)
    return answer.status is Status.UNBOUNDED or (answer.status is Status.OPTIMAL and answer.objective < -DESCENT)
