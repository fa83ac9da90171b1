"""Cuts: affine functions of the first stage that lie below the cost of what follows, each proved when made.

    q_s(x) >= pi.(rhs + T x) + rho.(upper + U x),   rho = min(0, cost - W'pi),   W'pi <= cost on open columns

A mean cut sums such functions over one group of states with their mean weights and holds for every risk weight;
a tail cut uses the weights of the worst futures and holds for that tail share and every smaller one;
a feasibility cut is a rule, intercept + gradient.x <= 0, that every x which serves all states keeps.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from tillerman.twostage.problem import Floats, Ints, Problem
from tillerman.twostage.states import Checker

TAIL, FEASIBILITY = -1, -2  # kinds; a mean cut's kind is the number of its group, from 0
PARTS = 4  # parts by load into which a group of states is split
LEAST_STATES = 8  # states a part must have
MOST_DERIVED = 24  # groups derived from the problem; with more, all states share one


@dataclass
class CutPool:
    """Every cut ever found for one second stage: kind, intercept, gradient, and the tail share of tail cuts."""

    n_x: int
    kinds: list[int] = field(default_factory=list)
    tails: list[float] = field(default_factory=list)
    intercepts: list[float] = field(default_factory=list)
    gradients: list[Floats] = field(default_factory=list)

    def add(self, kind: int, tail: float, intercept: float, gradient: Floats) -> int:
        """Keep one cut and give its number."""
        self.kinds.append(kind)
        self.tails.append(tail)
        self.intercepts.append(intercept)
        self.gradients.append(gradient)
        return len(self.kinds) - 1

    def __len__(self) -> int:
        return len(self.kinds)


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
