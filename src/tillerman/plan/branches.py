"""A plan that is made again later: the first years are shared, later decisions differ between groups of futures.

Still two stages to the engine. Later decisions get a copy for each branch, every rule that speaks of them too, and each
future reads the copies of its own branch. What later decisions cost then differs between futures, so it is counted
among the running costs: one more state a branch, in which nothing is to be served.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.twostage import FirstStage, Problem, States

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Branched:
    """A problem with branches, and where each branch keeps the decisions of the plain problem."""

    problem: Problem
    places: tuple[Ints, ...]  # of each branch: the column of every plain decision

    def spread(self, x: Floats) -> Floats:
        """The same decisions in every branch."""
        found = np.zeros(self.problem.first.cost.size)
        for place in self.places:
            found[place] = x
        return found


def branched(problem: Problem, late: Bools, branch: Ints) -> Branched:
    """Let the late decisions differ between branches; `branch` numbers the branch of every future, from 0."""
    n_branches, n_x = int(branch.max()) + 1, problem.first.cost.size
    n_early, n_late = int((~late).sum()), int(late.sum())
    places = []
    for k in range(n_branches):
        place = np.empty(n_x, dtype=np.int64)
        place[~late] = np.arange(n_early)
        place[late] = n_early + k * n_late + np.arange(n_late)
        places.append(place)
    width = n_early + n_branches * n_late
    first = _first(problem.first, late, places, width)
    parts, weights = [], []
    for k, place in enumerate(places):
        part = problem.weights.multiply((branch == k).astype(np.float64)[:, None]).tocsr()
        used = np.unique(part.nonzero()[1]).astype(np.int64)
        parts.append(_states(problem, used, place, late, width))
        weights += [part[:, used], sparse.csr_array((branch == k).astype(np.float64)[:, None])]
    group = None
    if problem.group is not None:
        kinds = int(problem.group.max()) + 2
        group = np.concatenate(
            [
                np.append(problem.group[np.unique(_met(problem, branch == k))], kinds - 1) + kinds * k
                for k in range(n_branches)
            ]
        )
    together = replace(
        problem, first=first, states=_stacked(parts), weights=sparse.csr_array(sparse.hstack(weights)), group=group
    )
    return Branched(together, tuple(places))


def _met(problem: Problem, mine: Bools) -> Ints:
    """The states that some futures meet."""
    part = problem.weights.multiply(mine.astype(np.float64)[:, None]).tocsr()
    return part.nonzero()[1].astype(np.int64)


def _first(first: FirstStage, late: Bools, places: list[Ints], width: int) -> FirstStage:
    """Rules that speak of late decisions once a branch, the others once."""
    speaks = np.asarray(abs(first.matrix) @ late.astype(np.float64)) > 0
    blocks, rows = [], []
    for k, place in enumerate(places):
        chosen = np.arange(speaks.size) if k == 0 else np.flatnonzero(speaks)
        entries = first.matrix[chosen].tocoo()
        moved = sparse.coo_array((entries.data, (entries.row, place[entries.col])), shape=(chosen.size, width))
        blocks.append(sparse.csr_array(moved))
        rows.append(chosen)
    order = np.concatenate(rows)
    lower, upper, cost = np.zeros(width), np.zeros(width), np.zeros(width)
    whole, names = np.zeros(width, dtype=np.bool_), [""] * width
    for k, place in enumerate(places):
        lower[place], upper[place], whole[place] = first.lower, first.upper, first.is_integer
        for name, at, is_late in zip(first.names, place.tolist(), late.tolist(), strict=True):
            names[at] = f"{name} in branch {k}" if is_late else name
    cost[places[0][~late]] = first.cost[~late]
    return FirstStage(
        cost=cost,
        matrix=sparse.csr_array(sparse.vstack(blocks)),
        row_lower=first.row_lower[order],
        row_upper=first.row_upper[order],
        lower=lower,
        upper=upper,
        is_integer=whole,
        names=tuple(names),
        row_names=tuple(f"{first.row_names[r]} ({i})" for i, r in enumerate(order.tolist())),
    )


def _states(problem: Problem, used: Ints, place: Ints, late: Bools, width: int) -> States:
    """The used states reading one branch's decisions, and one in which only the late decisions' cost is counted."""
    states, (n_rows, n_columns) = problem.states, problem.recourse.matrix.shape
    cost = sparse.csr_array(np.where(late, problem.first.cost, 0.0)[None, :])
    offsets = sparse.csr_array(sparse.vstack([states.offset_of_first[used], cost]))
    none = {size: sparse.csr_array((size, place.size)) for size in (n_rows, n_columns)}
    by_row = sparse.vstack([_blocks(states.rhs_of_first, used, n_rows), none[n_rows]])
    by_column = sparse.vstack([_blocks(states.upper_of_first, used, n_columns), none[n_columns]])
    return States(
        family=np.append(states.family[used], states.family[used[0]]),
        rhs=np.vstack([states.rhs[used], np.zeros((1, n_rows))]),
        rhs_of_first=_moved(sparse.csr_array(by_row), place, width),
        upper=np.vstack([states.upper[used], np.zeros((1, n_columns))]),
        upper_of_first=_moved(sparse.csr_array(by_column), place, width),
        offset=np.append(states.offset[used], 0.0),
        offset_of_first=_moved(offsets, place, width),
    )


def _blocks(matrix: sparse.csr_array, used: Ints, width: int) -> sparse.csr_array:
    return sparse.csr_array(matrix[(used[:, None] * width + np.arange(width)).ravel()])


def _moved(matrix: sparse.csr_array, place: Ints, width: int) -> sparse.csr_array:
    """The same entries in the columns of one branch."""
    entries = matrix.tocoo()
    moved = sparse.coo_array((entries.data, (entries.row, place[entries.col])), shape=(matrix.shape[0], width))
    return sparse.csr_array(moved)


def _stacked(parts: list[States]) -> States:
    return States(
        family=np.concatenate([p.family for p in parts]),
        rhs=np.vstack([p.rhs for p in parts]),
        rhs_of_first=sparse.csr_array(sparse.vstack([p.rhs_of_first for p in parts])),
        upper=np.vstack([p.upper for p in parts]),
        upper_of_first=sparse.csr_array(sparse.vstack([p.upper_of_first for p in parts])),
        offset=np.concatenate([p.offset for p in parts]),
        offset_of_first=sparse.csr_array(sparse.vstack([p.offset_of_first for p in parts])),
    )
