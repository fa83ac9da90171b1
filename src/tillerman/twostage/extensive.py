"""The extensive form: first stage and all distinct states as one programme, for small problems and for checking.

min c.x + (1 - lambda) E[Q] + lambda (nu + E[xi] / alpha)
q_s >= cost.z_s + offset_s,   Q_f = sum_s weights[f, s] q_s,   xi_f >= Q_f - nu,   xi >= 0
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from tillerman.twostage.highs import Answer, Programme, solve_programme
from tillerman.twostage.problem import Floats, Ints, Problem, Risk

Block = sparse.csr_array | sparse.coo_array | sparse.dia_array
SMALL, LARGE = 1e-6, 1e7  # costs beyond are measured in another unit for HiGHS
CARRIES = 1e-9  # weight below which a state's duals in the extensive form say nothing about it


def extensive_form(problem: Problem, risk: Risk) -> Programme:
    """Give the whole problem as one programme over (x, z of every state, q, nu, xi)."""
    first, recourse, states = problem.first, problem.recourse, problem.states
    n_x = first.cost.shape[0]
    n_rows, n_columns = recourse.matrix.shape
    used: Ints = np.flatnonzero(problem.weights.T @ problem.probability > 0.0)
    rows = (used[:, None] * n_rows + np.arange(n_rows)).ravel()
    columns = (used[:, None] * n_columns + np.arange(n_columns)).ravel()
    n_used, n_z, n_futures = used.size, used.size * n_columns, problem.probability.size
    capped = np.flatnonzero(np.diff(states.upper_of_first.indptr)[columns] > 0)
    plain_upper = states.upper[used].ravel().copy()
    plain_upper[capped] = np.inf
    eye = sparse.eye_array(n_z, format="csr")
    q_rows = sparse.eye_array(n_used, format="csr")
    costs = sparse.csr_array(
        (
            recourse.cost[states.family[used]].ravel(),
            np.arange(n_z),
            np.arange(0, n_z + 1, n_columns),
        ),
        shape=(n_used, n_z),
    )
    tail = n_futures if risk.aversion > 0.0 else 0
    weights = problem.weights[:, used]
    grid: list[list[Block | None]] = [
        [first.matrix, None, None, None, None],
        [
            -states.rhs_of_first[rows],
            sparse.kron(sparse.eye_array(n_used), recourse.matrix, format="csr"),
            None,
            None,
            None,
        ],
        [-states.upper_of_first[columns][capped], eye[capped], None, None, None],
        [-states.offset_of_first[used], -costs, q_rows, None, None],
    ]
    row_lower = [first.row_lower, _side(problem, used, -np.inf), np.full(capped.size, -np.inf), states.offset[used]]
    row_upper = [
        first.row_upper, states.rhs[used].ravel(), states.upper[used].ravel()[capped], np.full(n_used, np.inf),
    ]  # fmt: skip
    if tail:
        grid.append([None, None, -weights, sparse.csr_array(np.ones((n_futures, 1))), sparse.eye_array(n_futures)])
        row_lower.append(np.zeros(n_futures))
        row_upper.append(np.full(n_futures, np.inf))
        share = problem.probability / risk.tail
    grid = [[*row[: 5 if tail else 3]] for row in grid]
    mean = problem.probability @ weights
    return Programme(
        cost=np.concatenate(
            [
                first.cost,
                np.zeros(n_z),
                (1.0 - risk.aversion) * mean if tail else mean,
                *([[risk.aversion], risk.aversion * share] if tail else []),
            ]
        ),
        matrix=sparse.csr_array(sparse.block_array(_with_shapes(grid, n_x, n_z, n_used, tail), format="csr")),
        row_lower=np.concatenate(row_lower),
        row_upper=np.concatenate(row_upper),
        lower=np.concatenate(
            [first.lower, np.zeros(n_z), np.full(n_used, -np.inf), *([[-np.inf], np.zeros(tail)] if tail else [])]
        ),
        upper=np.concatenate(
            [first.upper, plain_upper, np.full(n_used, np.inf), *([np.full(tail + 1, np.inf)] if tail else [])]
        ),
        is_integer=np.concatenate(
            [first.is_integer, np.zeros(n_z + n_used + (tail + 1 if tail else 0), dtype=np.bool_)]
        ),
    )


def _side(problem: Problem, used: Ints, open_value: float) -> Floats:
    equal = np.tile(problem.recourse.is_equality, used.size)
    return np.where(equal, problem.states.rhs[used].ravel(), open_value)


def _with_shapes(
    grid: list[list[Block | None]], n_x: int, n_z: int, n_used: int, tail: int
) -> list[list[sparse.csr_array]]:
    """Fill empty blocks, so that a block row or column without entries keeps its size."""
    widths = [n_x, n_z, n_used, 1, tail][: len(grid[0])]
    heights = [next(block.shape[0] for block in row if block is not None) for row in grid]
    return [
        [
            sparse.csr_array((height, width)) if block is None else sparse.csr_array(block)
            for block, width in zip(row, widths, strict=True)
        ]
        for row, height in zip(grid, heights, strict=True)
    ]


def solve_extensive(
    problem: Problem, risk: Risk, *, time_limit_s: float | None, relative_gap: float, algorithm: str = "choose"
) -> Answer:
    """Solve the extensive form with HiGHS; the first columns of the answer are x.

    Costs of another order than HiGHS's absolute tolerances are meant for are measured in another unit on the way.
    """
    unit = _unit(problem)
    found = solve_programme(
        extensive_form(problem if unit == 1.0 else _measured_in(problem, unit), risk),
        time_limit_s=time_limit_s,
        relative_gap=relative_gap,
        algorithm=algorithm,
    )
    return found if unit == 1.0 else _in_own_unit(problem, risk, found, unit)


def _unit(problem: Problem) -> float:
    """Give the unit in which to measure costs: a power of two, so that no digit is lost."""
    largest = max(float(np.abs(costs).max(initial=0.0)) for costs in (problem.first.cost, problem.recourse.cost))
    return 1.0 if largest == 0.0 or SMALL <= largest <= LARGE else float(2.0 ** np.round(np.log2(largest)))


def _measured_in(problem: Problem, unit: float) -> Problem:
    """Give the problem with every amount of money in another unit."""
    states = problem.states
    return replace(
        problem,
        first=replace(problem.first, cost=problem.first.cost / unit),
        recourse=replace(problem.recourse, cost=problem.recourse.cost / unit),
        states=replace(
            states, offset=states.offset / unit, offset_of_first=sparse.csr_array(states.offset_of_first / unit)
        ),
    )


def _in_own_unit(problem: Problem, risk: Risk, found: Answer, unit: float) -> Answer:
    """Give an answer in the problem's own money: objective, and what columns and rows are worth and cost."""
    n_used = int(np.count_nonzero(problem.weights.T @ problem.probability > 0.0))
    n_x, n_z = problem.first.cost.size, n_used * problem.recourse.matrix.shape[1]
    x, rows, columns = found.x.copy(), found.row_dual.copy(), found.column_dual.copy()
    if x.size:
        x[n_x + n_z :] *= unit  # q, nu and xi are money; a row of theirs is worth what it was
    if rows.size:
        n_money = n_used + (problem.probability.size if risk.aversion > 0.0 else 0)
        rows[: rows.size - n_money] *= unit
        columns[: n_x + n_z] *= unit
    return replace(
        found, objective=found.objective * unit, bound=found.bound * unit, x=x, row_dual=rows, column_dual=columns
    )


def state_duals(problem: Problem, risk: Risk, row_dual: Floats, fallback: Floats) -> tuple[Floats, Floats]:
    """Read from the extensive form's duals each state's own dual and the weights of the worst futures.

    A state that carries no weight at the optimum keeps the fallback dual.
    """
    states = problem.states
    used: Ints = np.flatnonzero(problem.weights.T @ problem.probability > 0.0)
    n_rules, n_rows = problem.first.row_lower.size, problem.recourse.matrix.shape[0]
    n_columns = problem.recourse.matrix.shape[1]
    columns = (used[:, None] * n_columns + np.arange(n_columns)).ravel()
    n_capped = int(np.count_nonzero(np.diff(states.upper_of_first.indptr)[columns]))
    end_rows = n_rules + used.size * n_rows
    weight = row_dual[end_rows + n_capped : end_rows + n_capped + used.size]
    duals = fallback.copy()
    carries = weight > CARRIES
    block = row_dual[n_rules:end_rows].reshape(used.size, n_rows)
    duals[used[carries]] = block[carries] / weight[carries, None]
    tail = problem.probability
    if risk.aversion > 0.0:
        found = np.maximum(row_dual[end_rows + n_capped + used.size :], 0.0) / risk.aversion
        found = np.minimum(found, problem.probability / risk.tail)
        if found.sum() > 0.0:
            tail = _top_up(found, problem.probability / risk.tail)
    return duals, tail


def _top_up(weights: Floats, most: Floats) -> Floats:
    """Bring weights to a sum of exactly one without passing the most each may carry."""
    total = float(weights.sum())
    room = np.maximum(most - weights, 0.0)
    missing, free = 1.0 - total, float(room.sum())
    if missing <= 0.0 or free <= missing:  # all that there is, but for rounding: the tail holds every future
        return weights / total
    return weights + room * (missing / free)
