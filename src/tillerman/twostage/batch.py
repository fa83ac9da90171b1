"""The engine around the compiled kernel: stored bases of all states, their first bases, and worker threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from tillerman.twostage.highs import basic_variables
from tillerman.twostage.problem import Floats, Ints, Problem
from tillerman.twostage.states import FAILED, Batch

BLOCK = 64  # states a worker takes at once
PIVOTS_PER_ROW = 30  # pivots allowed a state before it is handed to the judge


class KernelEngine:
    """Solves batches of states with the compiled dual simplex; each state keeps its own basis, and nothing else."""

    name = "kernel"

    def __init__(self, problem: Problem, kernel: ModuleType, *, n_workers: int = 1) -> None:
        recourse, n_states = problem.recourse, int(problem.states.family.size)
        columns = recourse.matrix.tocsc()
        columns.sort_indices()
        self.problem = problem
        self._kernel = kernel
        self.n_workers = n_workers
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

    def _begin(self, family: int, rhs: Floats, upper: Floats) -> None:
        """Give every state of a family the basis that HiGHS finds optimal for the first one met."""
        self._is_started[family] = True
        recourse = self.problem.recourse
        basis = basic_variables(recourse.matrix, recourse.is_equality, self._costs[family], rhs, upper)
        if basis.size == self._m:
            self.first_basis[family] = basis
            self.basis[self._family == family] = basis

    def solve(self, numbers: Ints, rhs: Floats, upper: Floats) -> Batch:
        """Propose primal and dual vectors for the numbered states."""
        for family in np.unique(self._family[numbers]):
            if not self._is_started[family]:
                first = int(np.flatnonzero(self._family[numbers] == family)[0])
                self._begin(int(family), rhs[first], upper[first])
        status = np.full(numbers.size, FAILED, dtype=np.int64)
        primal, duals = np.zeros((numbers.size, self._n)), np.zeros((numbers.size, self._m))

        def work(start: int) -> None:
            part = slice(start, min(start + BLOCK, numbers.size))
            self._kernel.solve_batch(
                self._m, self._n, self._start, self._rows, self._values,
                self._row_start, self._columns, self._row_values, self._is_equality,
                self._costs, self._family, numbers[part], rhs[part], upper[part],
                self.first_basis, self.basis, self.at_upper,
                PIVOTS_PER_ROW * self._m + 100, status[part], primal[part], duals[part],
            )  # fmt: skip

        starts = range(0, numbers.size, BLOCK)
        if self.n_workers == 1:
            for start in starts:
                work(start)
        else:
            with ThreadPoolExecutor(self.n_workers) as pool:
                list(pool.map(work, starts))
        return Batch(status, primal, duals)
