"""The engine around the compiled kernel: the stored bases of all states, and where the first ones come from."""

from __future__ import annotations

from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from tillerman.twostage.highs import basic_variables
from tillerman.twostage.problem import Bools, Floats, Ints, Problem
from tillerman.twostage.states import FAILED, Batch

Bases = dict[bytes, NDArray[np.int32]]  # by costs and open columns: a first basis for any problem of one matrix
PIVOTS_PER_ROW = 30  # pivots allowed a state before it is handed to the judge


class KernelEngine:
    """Solves batches of states with the compiled dual simplex; each state keeps its own basis, and nothing else."""

    name = "kernel"

    def __init__(self, problem: Problem, kernel: ModuleType, *, bases: Bases | None = None) -> None:
        recourse, n_states = problem.recourse, int(problem.states.family.size)
        columns = recourse.matrix.tocsc()
        columns.sort_indices()
        self.problem = problem
        self._kernel = kernel
        self._known: Bases = {} if bases is None else bases
        self._m, self._n = (int(size) for size in recourse.matrix.shape)
        self._start: Ints = columns.indptr.astype(np.int64)
        self._rows: Ints = columns.indices.astype(np.int64)
        self._values: Floats = np.ascontiguousarray(columns.data, dtype=np.float64)
        by_row = recourse.matrix.tocsr()
        self._row_start: Ints = by_row.indptr.astype(np.int64)
        self._columns: Ints = by_row.indices.astype(np.int64)
        self._row_values: Floats = np.ascontiguousarray(by_row.data, dtype=np.float64)
        self._is_equality = np.ascontiguousarray(recourse.is_equality, dtype=np.bool_)
        self._costs: Floats = np.ascontiguousarray(recourse.cost, dtype=np.float64)
        self._family: Ints = np.ascontiguousarray(problem.states.family, dtype=np.int64)
        slacks = np.arange(self._n, self._n + self._m, dtype=np.int32)
        self.basis: NDArray[np.int32] = np.tile(slacks, (n_states, 1))
        self.at_upper: NDArray[np.bool_] = np.zeros((n_states, self._n), dtype=np.bool_)
        self.first_basis: NDArray[np.int32] = np.tile(slacks, (self._costs.shape[0], 1))
        self._is_started = np.zeros(self._costs.shape[0], dtype=np.bool_)

    def begin(self, numbers: Ints, rhs: Floats, upper: Floats) -> None:
        """Give every state of a cost family not met before the basis that HiGHS finds optimal for the first one met.

        A column that is open in any state of the family is open in that one too: a basis that suits it suits them all.
        """
        families, first = np.unique(self._family[numbers], return_index=True)
        recourse = self.problem.recourse
        for family, k in zip(families.tolist(), first.tolist(), strict=True):
            if self._is_started[family]:
                continue
            self._is_started[family] = True
            is_open: Bools = np.isinf(self.problem.states.upper[self._family == family]).any(axis=0)
            key = self._costs[family].tobytes() + is_open.tobytes()
            if key not in self._known:
                room = np.where(is_open, np.inf, upper[k])
                found = basic_variables(recourse.matrix, recourse.is_equality, self._costs[family], rhs[k], room)
                self._known[key] = found.astype(np.int32) if found.size == self._m else self.first_basis[family]
            self.first_basis[family] = self._known[key]
            self.basis[self._family == family] = self._known[key]

    def begin_from(self, first_basis: NDArray[np.int32], basis: NDArray[np.int32], at_upper: NDArray[np.bool_]) -> None:
        """Take every basis from elsewhere: the next answers are those that the owner of these bases would give."""
        self._is_started[:] = True
        self.first_basis[:], self.basis[:], self.at_upper[:] = first_basis, basis, at_upper

    def solve(self, numbers: Ints, rhs: Floats, upper: Floats) -> Batch:
        """Propose primal and dual vectors for the numbered states; threads may ask at once for different ones."""
        if not self._is_started.all():
            self.begin(numbers, rhs, upper)
        status = np.full(numbers.size, FAILED, dtype=np.int64)
        primal, duals = np.empty((numbers.size, self._n)), np.empty((numbers.size, self._m))
        self._kernel.solve_batch(
            self._m, self._n, self._start, self._rows, self._values,
            self._row_start, self._columns, self._row_values, self._is_equality,
            self._costs, self._family, numbers, rhs, upper, self.first_basis, self.basis, self.at_upper,
            PIVOTS_PER_ROW * self._m + 100, status, primal, duals,
        )  # fmt: skip
        return Batch(status, primal, duals)

    def adopt(self, source: Ints, other: KernelEngine) -> None:
        """Let every state begin from the basis of a state of another engine of the same recourse; -1 for its own.

        `source` holds, for each state here, the number of a state there. A basis of another cost family is not taken,
        because it need not be feasible for the duals of this one.
        """
        mine = np.flatnonzero(source >= 0)
        theirs = source[mine]
        same = (self._costs[self._family[mine]] == other._costs[other._family[theirs]]).all(axis=1)
        mine, theirs = mine[same], theirs[same]
        self.basis[mine], self.at_upper[mine] = other.basis[theirs], other.at_upper[theirs]
        for family in np.unique(self._family[mine]):
            if not self._is_started[family]:
                self._is_started[family] = True
                first = mine[self._family[mine] == family][0]
                self.first_basis[family] = self.basis[first]
                rest = np.setdiff1d(np.flatnonzero(self._family == family), mine)
                self.basis[rest] = self.first_basis[family]
