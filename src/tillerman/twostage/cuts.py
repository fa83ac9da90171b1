"""Cuts: affine functions of the first stage that lie below the cost of what follows, each proved when made.

    q_s(x) >= pi.(rhs + T x) + rho.(upper + U x),   rho = min(0, cost - W'pi),   W'pi <= cost on open columns

A mean cut sums such functions over one group of states with their mean weights and holds for every risk weight;
a tail cut uses the weights of the worst futures and holds for that tail share and every smaller one;
a feasibility cut is a rule, intercept + gradient.x <= 0, that every x which serves all states keeps.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from tillerman.twostage.problem import Floats, Ints, Problem
from tillerman.twostage.states import Checker

TAIL, FEASIBILITY = -1, -2  # kinds; a mean cut's kind is the number of its group, from 0
PARTS = 4  # parts by load into which a group of states is split
LEAST_STATES = 8  # states a part must have
MOST_DERIVED = 24  # groups derived from the problem; with more, all states share one


class CutPool:
    """Every cut ever found for one second stage: kind, intercept, gradient, and the tail share of tail cuts."""

    def __init__(self, n_x: int) -> None:
        self.n_x = n_x
        self._size = 0
        self._kinds: Ints = np.empty(0, dtype=np.int64)
        self._tails: Floats = np.empty(0)
        self._intercepts: Floats = np.empty(0)
        self._gradients: Floats = np.empty((0, n_x))

    def __len__(self) -> int:
        return self._size

    @property
    def kinds(self) -> Ints:
        """Give the kind of every cut: its group from 0, TAIL or FEASIBILITY."""
        return self._kinds[: self._size]

    @property
    def tails(self) -> Floats:
        """Give the tail share of every cut; 1 where it does not matter."""
        return self._tails[: self._size]

    @property
    def intercepts(self) -> Floats:
        """Give every cut's value at x = 0."""
        return self._intercepts[: self._size]

    @property
    def gradients(self) -> Floats:
        """Give every cut's slope, one row a cut."""
        return self._gradients[: self._size]

    def add(self, kind: int, tail: float, intercept: float, gradient: Floats) -> int:
        """Keep one cut and give its number."""
        if self._size == self._kinds.size:
            room = max(64, self._size)
            self._kinds = np.concatenate([self._kinds, np.empty(room, dtype=np.int64)])
            self._tails = np.concatenate([self._tails, np.empty(room)])
            self._intercepts = np.concatenate([self._intercepts, np.empty(room)])
            self._gradients = np.concatenate([self._gradients, np.empty((room, self.n_x))])
        self._kinds[self._size] = kind
        self._tails[self._size] = tail
        self._intercepts[self._size] = intercept
        self._gradients[self._size] = gradient
        self._size += 1
        return self._size - 1

    def violated(self, x: Floats, held: Floats, tail: float, *, margin: float) -> list[int]:
        """Give, for each kind, the usable cut that rises most, by more than the margin, above the master at x.

        `held` gives the master's estimate for every group and, last, for the tail.
        """
        if not self._size:
            return []
        heights = self.intercepts + self.gradients @ x
        kinds = self.kinds
        level = np.where(kinds == FEASIBILITY, 0.0, held[np.where(kinds >= 0, kinds, held.size - 1)])
        excess = heights - level - margin
        excess[(kinds == TAIL) & (self.tails < tail)] = -np.inf
        above = np.flatnonzero(excess > 0.0)
        order = above[np.lexsort((-excess[above], kinds[above]))]
        first = np.ones(order.size, dtype=np.bool_)
        first[1:] = kinds[order[1:]] != kinds[order[:-1]]
        return [int(number) for number in order[first]]


class CutMaker:
    """Turns the duals of all states into cuts."""

    def __init__(self, problem: Problem, checker: Checker) -> None:
        self.problem = problem
        self.checker = checker
        states = problem.states
        self._constant = states.offset
        self._finite_upper: Floats = np.where(np.isfinite(states.upper), states.upper, 0.0)

    def per_state(self, duals: Floats) -> tuple[Floats, sparse.csr_array]:
        """Give each state's own cut, offset included: intercepts and a sparse matrix of gradients."""
        states = self.problem.states
        numbers = np.arange(duals.shape[0])
        bound_duals = self.checker.bound_duals(numbers, duals)
        intercepts = (
            np.einsum("ij,ij->i", duals, states.rhs)
            + np.einsum("ij,ij->i", bound_duals, self._finite_upper)
            + states.offset
        )
        gradients = _spread(duals) @ states.rhs_of_first + _spread(bound_duals) @ states.upper_of_first
        return intercepts, sparse.csr_array(gradients + states.offset_of_first)

    @staticmethod
    def combine(intercepts: Floats, gradients: sparse.csr_array, weights: sparse.csr_array) -> tuple[Floats, Floats]:
        """Give the cuts that are the given weighted sums of the states' own cuts."""
        return weights @ intercepts, np.asarray((weights @ gradients).todense())


def _spread(values: Floats) -> sparse.csr_array:
    """Lay each row's entries on its own block of columns, so that one product prices every state."""
    n, width = values.shape
    row, column = np.nonzero(values)
    counts = np.bincount(row, minlength=n)
    indptr = np.concatenate([[0], np.cumsum(counts)])
    return sparse.csr_array((values[row, column], row * width + column, indptr), shape=(n, n * width))


def group_weights(problem: Problem, groups: Ints) -> sparse.csr_array:
    """Give the mean weight of every state, one row a group."""
    mean = problem.weights.T @ problem.probability
    used = np.flatnonzero(mean > 0.0)
    n_groups = int(groups.max(initial=-1)) + 1
    return sparse.csr_array((mean[used], (groups[used], used)), shape=(n_groups, mean.size))


def derive_groups(problem: Problem) -> Ints:
    """Give every state the group whose mean cut it enters.

    The groups of the problem (or else states touched by the same decisions), each split by load: states with more
    to serve are apart from those with less, which halves the number of rounds at little cost a round.
    """
    coarse = _coarse_groups(problem)
    equal = problem.recourse.is_equality
    load = problem.states.rhs[:, equal if equal.any() else ~equal].sum(axis=1)
    fine = np.zeros_like(coarse)
    for group in range(int(coarse.max(initial=-1)) + 1):
        mine = np.flatnonzero(coarse == group)
        parts = max(1, min(PARTS, mine.size // LEAST_STATES))
        rank = np.empty(mine.size, dtype=np.int64)
        rank[np.argsort(load[mine], kind="stable")] = np.arange(mine.size)
        fine[mine] = coarse[mine] * PARTS + rank * parts // max(mine.size, 1)
    return np.unique(fine, return_inverse=True)[1].astype(np.int64)


def _coarse_groups(problem: Problem) -> Ints:
    n_states = int(problem.states.family.shape[0])
    if problem.group is not None:
        return np.unique(problem.group, return_inverse=True)[1].astype(np.int64)
    n_rows, n_columns = problem.recourse.matrix.shape
    rows, bounds = problem.states.rhs_of_first, problem.states.upper_of_first
    touched: dict[bytes, int] = {}
    groups = np.zeros(n_states, dtype=np.int64)
    for s in range(n_states):
        by_rows = rows.indices[rows.indptr[s * n_rows] : rows.indptr[(s + 1) * n_rows]]
        by_bounds = bounds.indices[bounds.indptr[s * n_columns] : bounds.indptr[(s + 1) * n_columns]]
        seen = np.unique(np.concatenate([by_rows, by_bounds])).astype(np.int64)
        groups[s] = touched.setdefault(seen.tobytes(), len(touched))
        if len(touched) > MOST_DERIVED:
            return np.zeros(n_states, dtype=np.int64)
    return groups
