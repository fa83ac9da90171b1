"""Small two-stage problems whose answers are known or can be computed by brute force."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from tillerman.twostage import FirstStage, Problem, Recourse, States


def first_stage(
    cost: list[float],
    rows: list[tuple[list[float], float, float]],
    lower: list[float],
    upper: list[float],
    *,
    integer: list[bool] | None = None,
) -> FirstStage:
    """Build a first stage from plain lists."""
    n = len(cost)
    return FirstStage(
        cost=np.array(cost, dtype=float),
        matrix=sparse.csr_array(np.array([row for row, _, _ in rows], dtype=float).reshape(len(rows), n)),
        row_lower=np.array([low for _, low, _ in rows], dtype=float),
        row_upper=np.array([high for _, _, high in rows], dtype=float),
        lower=np.array(lower, dtype=float),
        upper=np.array(upper, dtype=float),
        is_integer=np.array(integer if integer is not None else [False] * n),
        names=tuple(f"x{j}" for j in range(n)),
        row_names=tuple(f"rule{i}" for i in range(len(rows))),
    )


def one_row(
    first: FirstStage, row: list[float], cost: list[float], need: list[float], *, upper: list[list[float]] | None = None
) -> Problem:
    """Give a problem whose states have one rule each, row.z <= x0 - need, and cost only z."""
    n, n_states, n_x = len(row), len(need), first.cost.size
    takes = np.zeros((n_states, n_x))
    takes[:, 0] = 1.0
    return Problem(
        first=first,
        recourse=Recourse(
            matrix=sparse.csr_array(np.array([row])),
            is_equality=np.zeros(1, dtype=np.bool_),
            cost=np.array([cost]),
            row_names=("need",),
            column_names=tuple(f"z{j}" for j in range(n)),
        ),
        states=States(
            family=np.zeros(n_states, dtype=np.int64),
            rhs=-np.array(need)[:, None],
            rhs_of_first=sparse.csr_array(takes),
            upper=np.full((n_states, n), np.inf) if upper is None else np.array(upper),
            upper_of_first=sparse.csr_array((n_states * n, n_x)),
            offset=np.zeros(n_states),
            offset_of_first=sparse.csr_array((n_states, n_x)),
        ),
        weights=sparse.csr_array(np.eye(n_states)),
        probability=np.full(n_states, 1.0 / n_states),
    )


def farmer(yield_factors: tuple[float, ...] = (1.2, 1.0, 0.8)) -> Problem:
    """Give the farmer of Birge and Louveaux (Introduction to Stochastic Programming, section 1.1).

    500 acres for wheat, corn, beets; yields 2.5, 3, 20 t/acre times the year's factor. The yield multiplies x in the
    right-hand side, so the recourse matrix stays fixed. Columns: buy wheat, buy corn, sell wheat, sell corn,
    sell beets at the good price (at most 6,000 t), sell beets at the poor price.
    """
    first = first_stage([150.0, 230.0, 260.0], [([1, 1, 1], -np.inf, 500.0)], [0, 0, 0], [np.inf] * 3)
    matrix = np.array([[-1, 0, 1, 0, 0, 0], [0, -1, 0, 1, 0, 0], [0, 0, 0, 0, 1, 1]], dtype=float)
    n = len(yield_factors)
    yields = np.array([2.5, 3.0, 20.0])
    technology = np.vstack([np.diag(factor * yields) for factor in yield_factors])
    recourse = Recourse(
        matrix=sparse.csr_array(matrix),
        is_equality=np.zeros(3, dtype=bool),
        cost=np.array([[238.0, 210.0, -170.0, -150.0, -36.0, -10.0]]),
        row_names=("wheat", "corn", "beets"),
        column_names=("buy wheat", "buy corn", "sell wheat", "sell corn", "sell beets", "sell beets cheaply"),
    )
    states = States(
        family=np.zeros(n, dtype=np.int64),
        rhs=np.tile([-200.0, -240.0, 0.0], (n, 1)),
        rhs_of_first=sparse.csr_array(technology),
        upper=np.tile([np.inf] * 4 + [6000.0, np.inf], (n, 1)),
        upper_of_first=sparse.csr_array((n * 6, 3)),
        offset=np.zeros(n),
        offset_of_first=sparse.csr_array((n, 3)),
    )
    return Problem(first, recourse, states, sparse.csr_array(np.eye(n)), np.full(n, 1.0 / n))


def random_problem(seed: int, *, n_states: int = 8, n_futures: int = 6, integers: bool = False) -> Problem:
    """Give a random bounded problem with complete recourse: every row has a shortage (and, if '=', a surplus) column.

    Upper bounds and right-hand sides depend on x, some weights are zero, some columns are open, some data tie.
    """
    rng = np.random.default_rng(seed)
    n_x, n_rows, n_z = int(rng.integers(2, 6)), int(rng.integers(2, 5)), int(rng.integers(3, 8))
    is_equality = rng.random(n_rows) < 0.5
    main = np.round(rng.normal(size=(n_rows, n_z)) * (rng.random((n_rows, n_z)) < 0.7), 1)
    matrix = np.hstack([main, -np.eye(n_rows), np.eye(n_rows)[:, is_equality]])
    n_columns = matrix.shape[1]
    n_families = int(rng.integers(1, 3))
    cost = np.round(np.abs(rng.normal(size=(n_families, n_columns))) * 5 + 1, 1)
    cost[:, :n_z] -= 2.0
    upper = np.round(rng.random((n_states, n_columns)) * 8, 1)
    upper[:, n_z:] = np.inf
    upper[rng.random((n_states, n_columns)) < 0.1] = 0.0
    upper[:, n_z:] = np.inf
    depends = (rng.random((n_states * n_columns, n_x)) < 0.2) & np.isfinite(upper).ravel()[:, None]
    weights = np.round(rng.random((n_futures, n_states)) * (rng.random((n_futures, n_states)) < 0.6), 2)
    weights[:, -1] = 0.0
    probability = rng.random(n_futures)
    probability[0] = 0.0
    first = FirstStage(
        cost=np.round(rng.normal(size=n_x) * 3 + 2, 1),
        matrix=sparse.csr_array(np.round(rng.random((2, n_x)), 1)),
        row_lower=np.array([-np.inf, 0.5]),
        row_upper=np.array([0.6 * 4 * n_x, np.inf]),
        lower=np.zeros(n_x),
        upper=np.full(n_x, 4.0),
        is_integer=(np.arange(n_x) % 2 == 0) if integers else np.zeros(n_x, dtype=bool),
        names=tuple(f"x{j}" for j in range(n_x)),
        row_names=("most", "least"),
    )
    return Problem(
        first=first,
        recourse=Recourse(
            matrix=sparse.csr_array(matrix),
            is_equality=is_equality,
            cost=cost,
            row_names=tuple(f"row{i}" for i in range(n_rows)),
            column_names=tuple(f"z{j}" for j in range(n_columns)),
        ),
        states=States(
            family=rng.integers(0, n_families, n_states),
            rhs=np.round(rng.normal(size=(n_states, n_rows)) * 5, 0),
            rhs_of_first=sparse.csr_array(
                np.round(rng.normal(size=(n_states * n_rows, n_x)), 1) * (rng.random((n_states * n_rows, n_x)) < 0.5)
            ),
            upper=upper,
            upper_of_first=sparse.csr_array(depends * np.round(rng.random(depends.shape) * 2, 1)),
            offset=np.round(rng.normal(size=n_states), 1),
            offset_of_first=sparse.csr_array(np.round(rng.normal(size=(n_states, n_x)), 1)),
        ),
        weights=sparse.csr_array(weights),
        probability=probability / probability.sum(),
    )


def in_other_money(problem: Problem, unit: float) -> Problem:
    """The same problem with every amount of money times a unit."""
    states = problem.states
    return replace(
        problem,
        first=replace(problem.first, cost=problem.first.cost * unit),
        recourse=replace(problem.recourse, cost=problem.recourse.cost * unit),
        states=replace(states, offset=states.offset * unit, offset_of_first=states.offset_of_first * unit),
    )
