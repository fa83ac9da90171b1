"""The master programme: first-stage rules plus cuts; it gives lower bounds and, for whole numbers, plans.

min c.x + (1 - lambda) sum_g theta_g + lambda eta
theta_g >= mean cuts of group g,   eta >= tail cuts,   eta >= sum_g theta_g   (the worst are no better than all)
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from tillerman.twostage.cuts import FEASIBILITY, TAIL, CutPool
from tillerman.twostage.highs import Answer, Programme, Status, solve_programme
from tillerman.twostage.problem import Bools, FirstStage, Floats, Risk

ARTIFICIAL_BOUND = 1e7  # box put on open decisions; a bound resting on it is never used
BEYOND = 10.0  # times the largest limit, how far the box reaches at least
HELD = 1e-12  # a reduced cost, relative to 1 + the largest cost, that holds a decision at the box


class Master:
    """Rules of the first stage and the cuts in use, as arrays over (x, theta, eta)."""

    def __init__(
        self, first: FirstStage, pool: CutPool, n_groups: int, risk: Risk, *, reach: float = ARTIFICIAL_BOUND
    ) -> None:
        self.first = first
        self.box = box(first, reach)
        self.pool = pool
        self.n_groups = n_groups
        self.risk = risk
        self.n_x = int(first.cost.shape[0])
        self.n = self.n_x + n_groups + 1
        self.cost: Floats = np.concatenate([first.cost, np.full(n_groups, 1.0 - risk.aversion), [risk.aversion]])
        self.lower: Floats = np.concatenate([np.maximum(first.lower, -self.box), np.full(n_groups + 1, -np.inf)])
        self.upper: Floats = np.concatenate([np.minimum(first.upper, self.box), np.full(n_groups + 1, np.inf)])
        above_mean = np.zeros((1, self.n))
        above_mean[0, self.n_x : self.n_x + n_groups] = -1.0
        above_mean[0, -1] = 1.0
        rules = sparse.hstack([first.matrix, sparse.csr_array((first.matrix.shape[0], n_groups + 1))], format="csr")
        self.rules: sparse.csr_array = sparse.csr_array(sparse.vstack([rules, sparse.csr_array(above_mean)]))
        self.rules_lower: Floats = np.append(first.row_lower, 0.0)
        self.rules_upper: Floats = np.append(first.row_upper, np.inf)

    def rows(self, numbers: list[int]) -> tuple[Floats, Floats]:
        """Give cuts as rows 'coefficients . (x, theta, eta) >= right-hand side'."""
        kinds = self.pool.kinds[numbers]
        coefficients = np.zeros((len(numbers), self.n))
        coefficients[:, : self.n_x] = -self.pool.gradients[numbers]
        estimates = np.flatnonzero(kinds != FEASIBILITY)
        places = np.where(kinds == TAIL, self.n - 1, self.n_x + kinds)
        coefficients[estimates, places[estimates]] = 1.0
        return coefficients, self.pool.intercepts[numbers].copy()

    def has_bound(self, numbers: list[int]) -> bool:
        """True when every theta (and eta) that costs something is held from below by a cut."""
        kinds = {int(kind) for kind in self.pool.kinds[numbers]}
        return all(group in kinds for group in range(self.n_groups))

    def programme(self, numbers: list[int], *, is_integer: Bools | None = None, hold: bool = False) -> Programme:
        """Give the master over the numbered cuts; `hold` fixes theta and eta at zero to look for feasible x only."""
        coefficients, sides = self.rows(numbers)
        lower, upper = self.lower.copy(), self.upper.copy()
        if hold:
            lower[self.n_x :] = upper[self.n_x :] = 0.0
        kinds = None
        if is_integer is not None:
            kinds = np.concatenate([is_integer, np.zeros(self.n_groups + 1, dtype=np.bool_)])
        return Programme(
            cost=self.cost,
            matrix=sparse.csr_array(sparse.vstack([self.rules, sparse.csr_array(coefficients)])),
            row_lower=np.concatenate([self.rules_lower, sides]),
            row_upper=np.concatenate([self.rules_upper, np.full(len(numbers), np.inf)]),
            lower=lower,
            upper=upper,
            is_integer=kinds,
        )

    def within(self, point: Floats) -> Floats:
        """Give the x of a point, clipped into its bounds."""
        return np.clip(point[: self.n_x], self.lower[: self.n_x], self.upper[: self.n_x])

    def rests_on_box(self, found: Answer) -> bool:
        """True when the artificial box holds a decision without a limit of its own: farther out would be cheaper."""
        x, prices = found.x[: self.n_x], found.column_dual[: self.n_x]
        far, held = np.abs(x) > 0.5 * self.box, HELD * (1.0 + float(np.abs(self.cost).max(initial=0.0)))
        high = np.isinf(self.first.upper) & far & (x > 0.0) & (prices < -held)
        low = np.isinf(self.first.lower) & far & (x < 0.0) & (prices > held)
        return bool((high | low).any())


def box(first: FirstStage, reach: float = ARTIFICIAL_BOUND) -> float:
    """Give how far open decisions may go: beyond every limit that the first stage speaks of."""
    limits = np.concatenate([first.lower, first.upper, first.row_lower, first.row_upper])
    return max(reach, BEYOND * float(np.abs(limits[np.isfinite(limits)]).max(initial=0.0)))


def first_point(first: FirstStage) -> Answer:
    """Look for any x that keeps the rules of the first stage: the cheapest inside the artificial box, else any."""
    found = _cheapest(first, first.cost, box(first))
    return _cheapest(first, np.zeros_like(first.cost), np.inf) if found.status is Status.INFEASIBLE else found


def _cheapest(first: FirstStage, cost: Floats, reach: float) -> Answer:
    return solve_programme(
        Programme(
            cost=cost,
            matrix=first.matrix,
            row_lower=first.row_lower,
            row_upper=first.row_upper,
            lower=np.maximum(first.lower, -reach),
            upper=np.minimum(first.upper, reach),
        )
    )
