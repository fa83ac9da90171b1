"""Small problems that were once answered wrongly: bounds below zero, bounds that only some states have."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from tests.twostage.instances import first_stage
from tillerman.twostage import FirstStage, Outcome, Problem, Recourse, Risk, States, Tuning, solve
from tillerman.twostage.checker import Checker
from tillerman.twostage.engines import make_solver
from tillerman.twostage.memory import fresh_memory

NEUTRAL = Risk(aversion=0.0)


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


@pytest.mark.parametrize("engine", ["kernel", "highs"])
def test_a_bound_below_zero_leaves_no_way(engine: str) -> None:
    """0 <= z1 <= 3 - x0 cannot hold beyond x0 = 3, although nobody wants z1: the best plan stops there, at -3."""
    first = first_stage([-1.0], [], [0.0], [5.0])
    problem = one_row(first, [-1.0, 0.0], [3.0, 1.0], [1.0, 1.0], upper=[[np.inf, 3.0]] * 2)
    moves = sparse.csr_array(np.array([[0.0], [-1.0]] * 2))
    problem = replace(problem, states=replace(problem.states, upper_of_first=moves))

    found = solve(problem, risk=NEUTRAL, tolerance=1e-9, tuning=Tuning(method="level", engine=engine))

    assert found.outcome is Outcome.CERTIFIED
    assert found.x == pytest.approx([3.0], abs=1e-8)
    assert found.objective == pytest.approx(-3.0, abs=1e-8)


@pytest.mark.parametrize("engine", ["kernel", "highs"])
def test_a_column_may_be_open_in_one_state_and_bounded_in_another(engine: str) -> None:
    """z1 - z0 <= 5 + x0 sells 1 unit where the bound says so and 5 where it is open: -3 on average, plan 0."""
    problem = one_row(
        first_stage([1.0], [], [0.0], [10.0]), [-1.0, 1.0], [3.0, -1.0], [-5.0, -5.0],
        upper=[[np.inf, 1.0], [np.inf, np.inf]],
    )  # fmt: skip

    found = solve(problem, risk=NEUTRAL, tolerance=1e-9, tuning=Tuning(method="level", engine=engine))

    assert found.outcome is Outcome.CERTIFIED
    assert found.objective == pytest.approx(-3.0, abs=1e-8)
    assert found.audit.n_fallbacks == 0


def test_both_checks_see_a_bound_below_zero() -> None:
    """What is left over of a bound of -0.5 is 0.5 of 1 + the largest right-hand side, by numpy and compiled."""
    problem = one_row(first_stage([1.0], [], [0.0], [1.0]), [-1.0, 0.0], [3.0, 1.0], [1.0], upper=[[np.inf, 3.0]])
    compiled = make_solver(problem, "kernel", fresh_memory(problem)).checker
    rhs, upper, numbers = np.array([[-1.0]]), np.array([[np.inf, -0.5]]), np.array([0])
    for checker in (Checker(problem), compiled):
        tested = checker.test(numbers, np.array([[1.0, 0.0]]), np.array([[-3.0]]), rhs, upper)
        assert tested.residual == pytest.approx([0.25])
