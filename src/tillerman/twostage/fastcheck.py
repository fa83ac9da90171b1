"""The same check, compiled: one pass over a state while it is in the processor's nearest memory, in any thread."""

from __future__ import annotations

from types import ModuleType

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.twostage.checker import REPAIR_FLOOR, Anchors, Checker, Tested
from tillerman.twostage.problem import Bools, Floats, Ints, Problem

MOST_ENTRIES = 2**31 - 1  # of a sparse matrix whose positions the compiled code can count


def fits(problem: Problem) -> bool:
    """True when the compiled check can take this problem's matrices."""
    return max(problem.states.rhs_of_first.nnz, problem.states.upper_of_first.nnz) <= MOST_ENTRIES


class CompiledChecker(Checker):
    """Tests proposals with `kernel_check.py`; what has to be repaired goes the way of numpy."""

    def __init__(self, problem: Problem, compiled: ModuleType, *, anchors: Anchors | None = None) -> None:
        super().__init__(problem, anchors=anchors)
        states, recourse = problem.states, problem.recourse
        self._compiled = compiled
        columns = recourse.matrix.tocsc()
        columns.sort_indices()
        self._start, self._rows = columns.indptr.astype(np.int64), columns.indices.astype(np.int64)
        self._values: Floats = columns.data.astype(np.float64)
        self._is_equality = np.ascontiguousarray(recourse.is_equality, dtype=np.bool_)
        self._costs: Floats = np.ascontiguousarray(recourse.cost, dtype=np.float64)
        self._family: Ints = np.ascontiguousarray(states.family, dtype=np.int64)
        self._rhs: Floats = np.ascontiguousarray(states.rhs, dtype=np.float64)
        self._upper: Floats = np.ascontiguousarray(states.upper, dtype=np.float64)
        self._rows_of_first = _parts(states.rhs_of_first)
        self._bounds_of_first = _parts(states.upper_of_first)

    def right_hand_sides(self, x: Floats, part: slice) -> tuple[Floats, Floats]:
        """Give right-hand sides and upper bounds of consecutive states at x."""
        n_rows, n_columns = self.matrix.shape
        rhs, upper = np.empty((part.stop - part.start, n_rows)), np.empty((part.stop - part.start, n_columns))
        self._compiled.lay_out(
            part.start, part.stop, n_rows, n_columns, np.ascontiguousarray(x, dtype=np.float64),
            self._rhs, *self._rows_of_first, self._upper, *self._bounds_of_first, rhs, upper,
        )  # fmt: skip
        return rhs, upper

    def test(self, numbers: Ints, primal: Floats, duals: Floats, rhs: Floats, upper: Floats) -> Tested:
        """Say what proposed points and duals prove about the numbered states."""
        n_rows, n_columns = self.matrix.shape
        duals = np.array(duals, order="C")
        family = self._family[numbers]
        low, high, residual, violation = (np.empty(numbers.size) for _ in range(4))
        self._compiled.test(
            n_rows, n_columns, self._start, self._rows, self._values, self._is_equality, self._costs, family,
            rhs, upper, primal, duals, low, high, residual, violation,
        )  # fmt: skip
        usable: Bools = np.isfinite(low)
        n_repaired = 0
        bad = np.flatnonzero(usable & (violation > REPAIR_FLOOR * self.scale[family]))
        if bad.size:
            duals[bad], usable[bad], n_repaired = self.make_feasible(numbers[bad], duals[bad])
            low[bad] = self.dual_values(numbers[bad], duals[bad], rhs[bad], upper[bad])
        return Tested(low, high, residual, duals, usable, n_repaired)


def _parts(matrix: sparse.csr_array) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
    """The arrays of a sparse matrix, as the compiled code takes them."""
    start, columns = (np.ascontiguousarray(part, dtype=np.int32) for part in (matrix.indptr, matrix.indices))
    return start, columns, np.ascontiguousarray(matrix.data, dtype=np.float64)
