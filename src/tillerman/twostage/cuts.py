"""Cuts: affine functions of the first stage that lie below the cost of what follows, each proved when made.

    q_s(x) >= pi.(rhs + T x) + rho.(upper + U x),   rho = min(0, cost - W'pi),   W'pi <= cost on open columns

A mean cut sums such functions over one group of states with their mean weights and holds for every risk weight;
a tail cut uses the weights of the worst futures and holds for that tail share and every smaller one;
a feasibility cut is a rule, intercept + gradient.x <= 0, that every x which serves all states keeps.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from tillerman.twostage.checker import Checker
from tillerman.twostage.problem import Bools, Floats, Ints, Problem

TAIL, FEASIBILITY = -1, -2  # kinds; a mean cut's kind is the number of its group, from 0
PARTS = 8  # parts by load into which a group of states is split
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

    def usable(self, stamp: float) -> Bools:
        """Say which cuts hold under a stamp of risk: of CVaR those of its tail share and wider ones, else its own."""
        if stamp <= 1.0:
            return np.asarray((self.tails >= stamp) & (self.tails <= 1.0))
        return np.asarray((self.tails == stamp) | (self.kinds != TAIL))

    def violated(self, x: Floats, held: Floats, stamp: float, *, margin: float) -> list[int]:
        """Give, for each kind, the usable cut that rises most, by more than the margin, above the master at x.

        `held` gives the master's estimate for every group and, last, for the tail.
        """
        if not self._size:
            return []
        heights = self.intercepts + self.gradients @ x
        kinds = self.kinds
        level = np.where(kinds == FEASIBILITY, 0.0, held[np.where(kinds >= 0, kinds, held.size - 1)])
        excess = heights - level - margin
        excess[(kinds == TAIL) & ~self.usable(stamp)] = -np.inf
        above = np.flatnonzero(excess > 0.0)
        order = above[np.lexsort((-excess[above], kinds[above]))]
        first = np.ones(order.size, dtype=np.bool_)
        first[1:] = kinds[order[1:]] != kinds[order[:-1]]
        return [int(number) for number in order[first]]


class CutMaker:
    """Turns the duals of all states into cuts: one for the mean of each group, one for any other weights."""

    def __init__(self, problem: Problem, checker: Checker, groups: Ints) -> None:
        self._states = states = problem.states
        self._checker = checker
        self._n_x = int(problem.first.cost.size)
        self._n_groups = int(groups.max(initial=-1)) + 1
        self._mean: Floats = problem.weights.T @ problem.probability
        self._upper: Floats = np.where(np.isfinite(states.upper), states.upper, 0.0)
        self._groups = groups
        self._apart = [
            self._set_apart(matrix, width)
            for matrix, width in (
                (states.rhs_of_first, states.rhs.shape[1]),
                (states.upper_of_first, states.upper.shape[1]),
                (states.offset_of_first, 1),
            )
        ]

    def _set_apart(self, matrix: sparse.csr_array, width: int) -> sparse.csr_array:
        """Give every group columns of its own, so that one product sums the states of all groups."""
        shift = np.repeat(np.repeat(self._groups, width), np.diff(matrix.indptr)) * self._n_x
        shape = (matrix.shape[0], self._n_groups * self._n_x)
        return sparse.csr_array((matrix.data, matrix.indices + shift, matrix.indptr), shape=shape)

    def make(self, duals: Floats, weights: Floats | None) -> tuple[Floats, Floats]:
        """Give intercepts and gradients: every group's mean cut and, given weights of the states, theirs."""
        states = self._states
        bounds = self._checker.bound_duals(np.arange(duals.shape[0]), duals)
        constants = np.einsum("ij,ij->i", duals, states.rhs) + np.einsum("ij,ij->i", bounds, self._upper)
        constants += states.offset
        sides: Floats = np.zeros(self._n_groups)
        np.add.at(sides, self._groups, self._mean * constants)
        slopes = _slope(self._mean, duals, bounds, self._apart).reshape(self._n_groups, self._n_x)
        if weights is None:
            return sides, slopes
        plain = [states.rhs_of_first, states.upper_of_first, states.offset_of_first]
        return np.append(sides, weights @ constants), np.vstack([slopes, _slope(weights, duals, bounds, plain)])


def _slope(weights: Floats, duals: Floats, bounds: Floats, moves: list[sparse.csr_array]) -> Floats:
    """Give how the weighted sum of all states moves with the decisions."""
    scaled = weights[:, None]
    rows, columns, offsets = moves
    return np.asarray((duals * scaled).ravel() @ rows + (bounds * scaled).ravel() @ columns + weights @ offsets)


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
