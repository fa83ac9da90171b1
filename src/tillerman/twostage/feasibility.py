"""Cuts that say which first-stage decisions leave a state impossible to serve.

Phase one of a state: how far its rules must be broken, v(x) = min 1.a  s.t.  W z + a = rhs + T x (a of either sign).
v is convex in x and must be zero, so each dual of it is a rule on x:  pi.(rhs + T x) + rho.(upper + U x) <= 0.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from tillerman.twostage.highs import Programme, Status, solve_programme
from tillerman.twostage.problem import Floats, Ints, Problem

DUAL_TOLERANCE = 1e-9
MOST_PER_SWEEP = 50  # rules taken from one sweep, the worst states first


def feasibility_cuts(problem: Problem, numbers: Ints, rhs: Floats, upper: Floats) -> list[tuple[float, Floats]]:
    """Give rules 'intercept + gradient.x <= 0' that cut off the x at which these states are infeasible."""
    recourse, states = problem.recourse, problem.states
    n_rows, n_columns = recourse.matrix.shape
    inequality = ~recourse.is_equality
    artificial = sparse.hstack([sparse.eye_array(n_rows), -sparse.eye_array(n_rows)], format="csr")
    found: list[tuple[float, float, Floats]] = []
    for number in numbers:
        negative = np.flatnonzero(upper[number] < 0.0)
        rows_of_bounds = states.upper_of_first[number * n_columns + negative].toarray()
        for k, column in enumerate(negative):
            found.append((float(upper[number, column]), -float(states.upper[number, column]), -rows_of_bounds[k]))
        answer = solve_programme(
            Programme(
                cost=np.concatenate([np.zeros(n_columns), np.ones(2 * n_rows)]),
                matrix=sparse.csr_array(sparse.hstack([recourse.matrix, artificial])),
                row_lower=np.where(inequality, -np.inf, rhs[number]),
                row_upper=rhs[number],
                lower=np.zeros(n_columns + 2 * n_rows),
                upper=np.concatenate([np.maximum(upper[number], 0.0), np.full(2 * n_rows, np.inf)]),
            )
        )
        if answer.status is not Status.OPTIMAL or answer.objective <= 0.0:
            continue
        duals = np.where(inequality, np.minimum(answer.row_dual, 0.0), answer.row_dual)
        reduced = -(recourse.matrix.T @ duals)
        is_open = np.isinf(states.upper[number])
        if float(reduced[is_open].min(initial=0.0)) < -DUAL_TOLERANCE:
            continue
        bound_duals = np.where(is_open, 0.0, np.minimum(reduced, 0.0))
        capped = np.where(is_open, 0.0, states.upper[number])
        intercept = float(duals @ states.rhs[number] + bound_duals @ capped)
        gradient = (
            duals @ states.rhs_of_first[number * n_rows : (number + 1) * n_rows]
            + bound_duals @ states.upper_of_first[number * n_columns : (number + 1) * n_columns]
        )
        found.append((-answer.objective, intercept, np.asarray(gradient).ravel()))
    found.sort(key=lambda cut: cut[0])
    return [(intercept, gradient) for _, intercept, gradient in found[:MOST_PER_SWEEP]]
