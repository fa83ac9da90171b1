"""HiGHS on one state at a time, warm from the state before: the engine for small problems, the judge for all."""

from __future__ import annotations

import highspy
import numpy as np

from tillerman.twostage.highs import Programme, Status, load, quiet, run
from tillerman.twostage.problem import Floats, Ints, Problem
from tillerman.twostage.states import FAILED, INFEASIBLE, SOLVED, UNBOUNDED, Batch


class HighsEngine:
    """Solves states one after another with HiGHS."""

    name = "highs"

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._family = -1
        self._solver: highspy.Highs | None = None
        n_rows, n_columns = problem.recourse.matrix.shape
        self._rows = np.arange(n_rows, dtype=np.int32)
        self._columns = np.arange(n_columns, dtype=np.int32)

    def _load(self) -> highspy.Highs:
        recourse = self.problem.recourse
        n_rows, n_columns = recourse.matrix.shape
        solver = quiet()
        load(
            solver,
            Programme(
                cost=recourse.cost[0],
                matrix=recourse.matrix,
                row_lower=np.where(recourse.is_equality, 0.0, -np.inf),
                row_upper=np.zeros(n_rows),
                lower=np.zeros(n_columns),
                upper=np.full(n_columns, np.inf),
            ),
        )
        solver.setOptionValue("presolve", "off")
        self._family = 0
        return solver

    def begin(self, numbers: Ints, rhs: Floats, upper: Floats) -> None:
        """Nothing to prepare: every call starts from scratch."""

    def solve(self, numbers: Ints, rhs: Floats, upper: Floats) -> Batch:
        """Solve the numbered states, the first from scratch, so that calls do not depend on one another.

        A state whose upper bound is below zero is infeasible.
        """
        if self._solver is None:
            self._solver = self._load()
        self._solver.clearSolver()
        solver, recourse = self._solver, self.problem.recourse
        n_rows, n_columns = recourse.matrix.shape
        status = np.full(numbers.size, FAILED, dtype=np.int64)
        primal, duals = np.zeros((numbers.size, n_columns)), np.zeros((numbers.size, n_rows))
        lower = np.zeros(n_columns)
        for k, number in enumerate(numbers):
            scale = 1.0 + float(np.abs(rhs[k]).max(initial=0.0))
            if float(upper[k].min(initial=0.0)) < -1e-9 * scale:
                status[k] = INFEASIBLE
                continue
            family = int(self.problem.states.family[number])
            if family != self._family:
                solver.changeColsCost(n_columns, self._columns, recourse.cost[family])
                self._family = family
            solver.changeColsBounds(n_columns, self._columns, lower, np.maximum(upper[k], 0.0))
            row_lower = np.where(recourse.is_equality, rhs[k], -np.inf)
            solver.changeRowsBounds(n_rows, self._rows, row_lower, rhs[k])  # type: ignore[attr-defined]  # its stub omits it
            found = run(solver)
            if found is Status.OPTIMAL:
                solution = solver.getSolution()
                status[k] = SOLVED
                primal[k], duals[k] = solution.col_value, solution.row_dual
            elif found is Status.INFEASIBLE:
                status[k] = INFEASIBLE
            elif found is Status.UNBOUNDED:
                status[k] = UNBOUNDED
        return Batch(status, primal, duals)
