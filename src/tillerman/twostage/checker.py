"""The check of what an engine proposes: points priced, duals tested against the original matrix and repaired."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from tillerman.twostage.highs import Programme, Status, solve_programme
from tillerman.twostage.problem import Bools, Floats, Ints, Problem

REPAIR_FLOOR = 1e-13  # dual infeasibility below this share of the largest cost is rounding
USELESS = 1e-9  # dual infeasibility, as a share of the largest cost, that nothing can repair


@dataclass(frozen=True)
class Tested:
    """What proposed vectors prove about a batch of states."""

    low: Floats  # (k,) value of the dual: no way of serving the state costs less
    high: Floats  # (k,) cost of the point
    residual: Floats  # (k,) how far the point breaks a rule, relative to 1 + the largest right-hand side
    duals: Floats  # (k, n_rows), feasible where usable
    usable: Bools  # (k,)
    n_repaired: int


class Anchor:
    """A strictly feasible dual for one cost family, towards which slightly infeasible duals are pulled."""

    def __init__(self, problem: Problem, family: int, is_open: Bools) -> None:
        recourse = problem.recourse
        self.is_open = is_open
        columns = np.flatnonzero(self.is_open)
        n_rows = recourse.matrix.shape[0]
        self.point: Floats = np.zeros(n_rows)
        self.slack = np.inf
        if not columns.size:
            return
        cost = recourse.cost[family, columns]
        room = max(1.0, float(np.abs(cost).max()))
        transposed = recourse.matrix[:, columns].T.tocsr()
        ones = sparse.csr_array(np.ones((columns.size, 1)))
        answer = solve_programme(
            Programme(
                cost=np.concatenate([np.zeros(n_rows), [-1.0]]),
                matrix=sparse.hstack([transposed, ones], format="csr"),
                row_lower=np.full(columns.size, -np.inf),
                row_upper=cost,
                lower=np.concatenate([np.full(n_rows, -np.inf), [0.0]]),
                upper=np.concatenate([np.where(recourse.is_equality, np.inf, 0.0), [room]]),
            )
        )
        self.slack = 0.0
        if answer.status is Status.OPTIMAL:
            self.point = np.where(recourse.is_equality, answer.x[:-1], np.minimum(answer.x[:-1], 0.0))
            self.slack = max(0.0, float((cost - transposed @ self.point).min()))


Anchors = dict[bytes, Anchor]  # by costs and open columns: good for every problem of one recourse matrix


def _anchors(problem: Problem, known: Anchors) -> list[Anchor]:
    """Give the anchor of every cost family, and remember those that were not known."""
    found = []
    for family, cost in enumerate(problem.recourse.cost):
        is_open: Bools = np.isinf(problem.states.upper[problem.states.family == family]).any(axis=0)
        key = cost.tobytes() + is_open.tobytes()
        if key not in known:
            known[key] = Anchor(problem, family, is_open)
        found.append(known[key])
    return found


class Checker:
    """Tests proposals against the original problem with numpy; repairs duals."""

    def __init__(self, problem: Problem, *, anchors: Anchors | None = None) -> None:
        self.problem = problem
        self.matrix = problem.recourse.matrix
        self.transposed = sparse.csr_array(problem.recourse.matrix.T)
        self.anchors = _anchors(problem, {} if anchors is None else anchors)
        self.scale = np.maximum(1.0, np.abs(problem.recourse.cost).max(axis=1, initial=0.0))

    def right_hand_sides(self, x: Floats, part: slice) -> tuple[Floats, Floats]:
        """Give right-hand sides and upper bounds of consecutive states at x."""
        states = self.problem.states
        n_rows, n_columns = self.matrix.shape
        rows, bounds = states.rhs_of_first, states.upper_of_first
        if part.stop - part.start < states.family.size:
            rows = rows[part.start * n_rows : part.stop * n_rows]
            bounds = bounds[part.start * n_columns : part.stop * n_columns]
        size = part.stop - part.start
        rhs = states.rhs[part] + (rows @ x).reshape(size, n_rows)
        return rhs, states.upper[part] + (bounds @ x).reshape(size, n_columns)

    def test(self, numbers: Ints, primal: Floats, duals: Floats, rhs: Floats, upper: Floats) -> Tested:
        """Say what proposed points and duals prove about the numbered states."""
        duals, usable, n_repaired = self.make_feasible(numbers, duals)
        high, residual = self.primal_values(numbers, primal, rhs, upper)
        return Tested(self.dual_values(numbers, duals, rhs, upper), high, residual, duals, usable, n_repaired)

    def reduced_costs(self, numbers: Ints, duals: Floats) -> Floats:
        """Give cost minus priced-out rows for every column of the numbered states."""
        priced: Floats = np.ascontiguousarray((self.transposed @ duals.T).T)
        return self.problem.recourse.cost[self.problem.states.family[numbers]] - priced

    def make_feasible(self, numbers: Ints, duals: Floats) -> tuple[Floats, Bools, int]:
        """Clip signs and pull duals into feasibility; say which remain unusable and how many were moved."""
        duals = np.where(self.problem.recourse.is_equality, duals, np.minimum(duals, 0.0))
        reduced = self.reduced_costs(numbers, duals)
        family, is_open = self.problem.states.family[numbers], np.isinf(self.problem.states.upper[numbers])
        broken = np.where(is_open, -reduced, 0.0).max(axis=1, initial=0.0)
        usable: Bools = np.asarray(np.isfinite(duals).all(axis=1))
        n_moved = 0
        for each, anchor in enumerate(self.anchors):
            mine = np.flatnonzero((family == each) & usable)
            violation = broken[mine]
            bad = violation > REPAIR_FLOOR * self.scale[each]
            if not bad.any():
                continue
            if anchor.slack > 0.0:
                pull = (violation[bad] / (violation[bad] + anchor.slack))[:, None]
                duals[mine[bad]] = (1.0 - pull) * duals[mine[bad]] + pull * anchor.point
                n_moved += int(bad.sum())
            else:
                usable[mine[violation > USELESS * self.scale[each]]] = False
        return duals, usable, n_moved

    def dual_values(self, numbers: Ints, duals: Floats, rhs: Floats, upper: Floats) -> Floats:
        """Give the lower bound that a feasible dual proves for each state."""
        bound_duals = self.bound_duals(numbers, duals)
        capped: Floats = np.where(np.isfinite(upper), upper, 0.0)
        value: Floats = np.einsum("ij,ij->i", duals, rhs) + np.einsum("ij,ij->i", bound_duals, capped)
        return value

    def bound_duals(self, numbers: Ints, duals: Floats) -> Floats:
        """Give the price of every finite upper bound: min(0, reduced cost)."""
        reduced = self.reduced_costs(numbers, duals)
        return np.where(np.isfinite(self.problem.states.upper[numbers]), np.minimum(reduced, 0.0), 0.0)

    def primal_values(self, numbers: Ints, primal: Floats, rhs: Floats, upper: Floats) -> tuple[Floats, Floats]:
        """Give cost and relative residual of proposed points, clipped into their bounds; none fits one below zero."""
        point = np.clip(primal, 0.0, np.maximum(upper, 0.0))
        excess = (self.matrix @ point.T).T - rhs
        broken = np.where(self.problem.recourse.is_equality, np.abs(excess), np.maximum(excess, 0.0))
        off = np.maximum(broken.max(axis=1, initial=0.0), -upper.min(axis=1, initial=0.0))
        residual = off / (1.0 + np.abs(rhs).max(axis=1, initial=0.0))
        cost = self.problem.recourse.cost[self.problem.states.family[numbers]]
        return np.einsum("ij,ij->i", cost, point), residual
