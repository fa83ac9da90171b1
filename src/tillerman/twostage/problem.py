"""What a two-stage problem is: decide once, then adapt in every state of the world.

    min  c.x + (1 - lambda) E[Q_f(x)] + lambda CVaR_alpha[Q_f(x)]     over the first stage x
    Q_f(x) = sum_s weights[f, s] * ( q_s(x) + offset[s] + offset_of_first[s] . x )
    q_s(x) = min cost[family[s]] . z
             s.t. W z  (= or <=)  rhs[s] + rhs_of_first[s] x
                  0 <= z <= upper[s] + upper_of_first[s] x

One recourse matrix W serves every state; only right-hand sides and upper bounds depend on x, affinely.
Nothing here knows anything about countries: any field's two-stage model of this class fits.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class FirstStage:
    """The decisions taken before anything is known: costs, bounds, integrality and linear rules."""

    cost: Floats  # (n_x,)
    matrix: sparse.csr_array  # (n_rules, n_x)
    row_lower: Floats  # (n_rules,), -inf where open
    row_upper: Floats  # (n_rules,), +inf where open
    lower: Floats  # (n_x,)
    upper: Floats  # (n_x,)
    is_integer: Bools  # (n_x,)
    names: tuple[str, ...]  # (n_x,)
    row_names: tuple[str, ...]  # (n_rules,)


@dataclass(frozen=True)
class Recourse:
    """The one linear programme that every state asks again: matrix, row kinds and the cost families."""

    matrix: sparse.csr_array  # W, (n_rows, n_columns)
    is_equality: Bools  # (n_rows,): True for '=', False for '<='
    cost: Floats  # (n_families, n_columns)
    row_names: tuple[str, ...]
    column_names: tuple[str, ...]

    def has_matrix_of(self, other: Recourse) -> bool:
        """True when both have the same rows, costs aside: what is known of one then holds for the other."""
        mine, theirs = self.matrix, other.matrix
        return (
            mine.shape == theirs.shape
            and np.array_equal(mine.indptr, theirs.indptr)
            and np.array_equal(mine.indices, theirs.indices)
            and np.array_equal(mine.data, theirs.data)
            and np.array_equal(self.is_equality, other.is_equality)
        )


@dataclass(frozen=True)
class States:
    """The distinct states of the world: which cost family each uses and what the first stage gives it."""

    family: Ints  # (n_states,)
    rhs: Floats  # (n_states, n_rows)
    rhs_of_first: sparse.csr_array  # (n_states * n_rows, n_x)
    upper: Floats  # (n_states, n_columns), +inf where open
    upper_of_first: sparse.csr_array  # (n_states * n_columns, n_x)
    offset: Floats  # (n_states,)
    offset_of_first: sparse.csr_array  # (n_states, n_x)


@dataclass(frozen=True)
class Problem:
    """A first stage, one recourse programme, the distinct states, and how often each future meets them."""

    first: FirstStage
    recourse: Recourse
    states: States
    weights: sparse.csr_array  # (n_futures, n_states), >= 0
    probability: Floats  # (n_futures,), sums to 1
    group: Ints | None = None  # (n_states,): states whose mean cut is kept apart, for example by period; None = derived


class Measure(Protocol):
    """A coherent measure of risk: the worst average over a set of weights that holds the probabilities themselves."""

    @property
    def name(self) -> str:
        """Tell this measure from others: two of one name are the same."""
        ...

    def weights(self, values: Floats, probability: Floats) -> Floats:
        """Give the weights of the set under which these values average worst; they sum to one."""
        ...


@dataclass(frozen=True)
class Risk:
    """How much the average of the worst futures counts beside the plain average."""

    aversion: float = 0.3  # lambda in [0, 1]
    tail: float = 0.05  # alpha: the worst share of futures that CVaR averages
    measure: Measure | None = None  # another coherent measure in the place of CVaR

    @property
    def stamp(self) -> float:
        """Give what cuts of the worst futures carry: the tail share or, above one, a number of the measure's own."""
        return self.tail if self.measure is None else 2.0 + zlib.crc32(self.measure.name.encode())
