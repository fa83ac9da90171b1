"""How far good plans reach: the least and most of a linear figure over all plans whose cost stays within a limit.

    min d.x + e t   s.t.  rules, cuts,  c.x + (1 - lambda) sum theta + lambda eta <= limit,  added rules on (x, t)

Cuts lie below the true cost, so that the plans allowed here hold every good plan: what is found is a proved bound.
Whole numbers are left aside, which keeps it one. t is one figure more, held by the added rules alone.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from tillerman.twostage.cuts import FEASIBILITY, TAIL, derive_groups
from tillerman.twostage.highs import Status, answer, load, quiet, run
from tillerman.twostage.master import Master
from tillerman.twostage.memory import Memory, check_memory
from tillerman.twostage.problem import Floats, Problem, Risk

MARGIN = 1e-5  # how far a cut must rise above the answer to enter, relative to 1 + the size of its estimates
MOST_RECALLS = 200  # stopping early gives a bound too
LATEST_POINTS = 5  # known plans whose cuts stand in the programme from the start


class Extremes:
    """A linear programme over all plans within a cost limit, kept warm while its objective changes."""

    def __init__(self, problem: Problem, memory: Memory, risk: Risk, limit: float) -> None:
        check_memory(memory, problem)
        self._memory, self._risk = memory, risk
        n_groups = int(derive_groups(problem).max(initial=-1)) + 1
        self._master = Master(problem.first, memory.cuts, n_groups, risk)
        self._held: set[int] = set(self._begin(n_groups))
        base = self._master.programme(sorted(self._held))
        n = self._master.n
        rows = sparse.vstack([base.matrix, sparse.csr_array(self._master.cost[None, :])])
        self._solver = quiet()
        self._solver.setOptionValue("presolve", "off")
        load(
            self._solver,
            replace(
                base,
                cost=np.zeros(n + 1),
                matrix=sparse.csr_array(sparse.hstack([rows, sparse.csr_array((rows.shape[0], 1))])),
                row_lower=np.append(base.row_lower, -np.inf),
                row_upper=np.append(base.row_upper, limit),
                lower=np.append(base.lower, 0.0),
                upper=np.append(base.upper, np.inf),
            ),
        )

    def _begin(self, n_groups: int) -> list[int]:
        pool = self._memory.cuts
        found = {int(number) for number in np.flatnonzero(pool.kinds == FEASIBILITY)}
        lowest = np.full(n_groups + 1, -np.inf)
        for x, _ in self._memory.points[-LATEST_POINTS:]:
            found.update(pool.violated(x, lowest, self._risk.stamp, margin=0.0))
        return sorted(found)

    def add_rules(self, coefficients: Floats, of_figure: Floats, lower: Floats) -> None:
        """Ask from now on for coefficients . x + of_figure t >= lower too, one row each."""
        n, n_x = self._master.n, self._master.n_x
        for row, figure, side in zip(coefficients, of_figure, lower, strict=True):
            wide = np.zeros(n + 1)
            wide[:n_x], wide[n] = row, figure
            self._add(wide, float(side))

    def least(self, of_x: Floats, *, of_figure: float = 0.0) -> tuple[float, Floats] | None:
        """Give what no plan within the limit undercuts, and where the programme finds it; None where there is none."""
        n, n_x = self._master.n, self._master.n_x
        cost = np.zeros(n + 1)
        cost[:n_x], cost[n] = of_x, of_figure
        self._solver.changeColsCost(n + 1, np.arange(n + 1, dtype=np.int32), cost)
        for _ in range(MOST_RECALLS):
            status = run(self._solver)
            if status is not Status.OPTIMAL:
                return None
            got = answer(self._solver, status)
            missing = self._missing(got.x[:n])
            if not missing:
                break
            coefficients, sides = self._master.rows(missing)
            for row, side in zip(coefficients, sides, strict=True):
                self._add(np.append(row, 0.0), float(side))
            self._held.update(missing)
        return got.objective, got.x[:n_x]

    def _missing(self, point: Floats) -> list[int]:
        n_x, pool = self._master.n_x, self._memory.cuts
        margin = MARGIN * (1.0 + float(np.abs(point[n_x:]).max(initial=0.0)))
        found = pool.violated(point[:n_x], point[n_x:], self._risk.stamp, margin=margin)
        if self._risk.aversion == 0.0:
            found = [number for number in found if pool.kinds[number] != TAIL]
        return [number for number in found if number not in self._held]

    def _add(self, row: Floats, side: float) -> None:
        where = np.flatnonzero(row).astype(np.int32)
        self._solver.addRow(side, np.inf, where.size, where, row[where])
