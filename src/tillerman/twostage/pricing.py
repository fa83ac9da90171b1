"""What one more unit of anything is worth at a plan: of every rule and bound, of the first stage and of every state."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tillerman.twostage.errors import NumericalError
from tillerman.twostage.extensive import solve_extensive, state_duals
from tillerman.twostage.highs import Status
from tillerman.twostage.nearest import fix_integers
from tillerman.twostage.problem import Floats, Problem, Risk
from tillerman.twostage.validation import validate, validate_plan, validate_risk


@dataclass(frozen=True)
class Prices:
    """The best plan with given whole numbers, and how its cost moves with every right-hand side and bound.

    A price is the change of the least cost for one unit more: positive where a lower side binds, negative where an
    upper side does. Prices of a state are those of its own programme; its weight comes on top.
    """

    x: Floats  # (n_x,)
    objective: float
    rules: Floats  # (n_rules,)
    bounds: Floats  # (n_x,)
    futures: Floats  # (n_futures,): weights under which a plain average is the risk-weighted objective
    rows: Floats  # (n_states, n_rows)
    columns: Floats  # (n_states, n_columns), of upper bounds
    primal: Floats  # (n_states, n_columns)
    state_values: Floats  # (n_states,), before offsets


def prices(problem: Problem, x: Floats, *, risk: Risk | None = None) -> Prices:
    """Price everything at the best plan that has the whole numbers of x.

    Duals of states solved one by one need not fit together where the plan makes two limits bind at once, as a best plan
    does. So the extensive form is solved, whose prices do: for some hundred states, not for thousands.
    """
    validate(problem)
    risk = Risk() if risk is None else risk
    validate_risk(risk, cvar_only=True)
    validate_plan("prices(x)", problem, x)
    fixed = replace(problem, first=fix_integers(problem.first, x))
    answer = solve_extensive(fixed, risk, time_limit_s=None, relative_gap=0.0, algorithm="ipm")
    if answer.status is not Status.OPTIMAL:
        raise NumericalError(
            where="prices",
            found=f"an extensive form that ends as {answer.status.name}",
            expected="a best plan with these whole numbers",
            remedy="Pass the x of a solution of this problem.",
        )
    return _read(fixed, risk, answer.x, answer.objective, answer.row_dual, answer.column_dual)


def _read(
    problem: Problem, risk: Risk, point: Floats, objective: float, row_dual: Floats, column_dual: Floats
) -> Prices:
    states, recourse = problem.states, problem.recourse
    n_x, (n_rows, n_columns) = problem.first.cost.size, recourse.matrix.shape
    n_states = states.family.size
    used = np.flatnonzero(problem.weights.T @ problem.probability > 0.0)
    rows, tail = state_duals(problem, risk, row_dual, np.zeros((n_states, n_rows)))
    primal = np.zeros((n_states, n_columns))
    primal[used] = point[n_x : n_x + used.size * n_columns].reshape(used.size, n_columns)
    cost = recourse.cost[states.family]
    reduced = cost - np.asarray((recourse.matrix.T @ rows.T).T)
    return Prices(
        x=point[:n_x],
        objective=objective,
        rules=row_dual[: problem.first.row_lower.size],
        bounds=column_dual[:n_x],
        futures=(1.0 - risk.aversion) * problem.probability + risk.aversion * tail,
        rows=rows,
        columns=np.where(np.isfinite(states.upper), np.minimum(reduced, 0.0), 0.0),
        primal=primal,
        state_values=np.einsum("ij,ij->i", cost, primal),
    )
