"""Bounds from cuts that are known already: never above the best plan, never inside what good plans reach."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from tests.twostage.instances import random_problem
from tillerman.twostage import Bounder, Extremes, Outcome, Risk, Solution, Tuning, least, solve
from tillerman.twostage.extensive import extensive_form
from tillerman.twostage.highs import Status, solve_programme
from tillerman.twostage.problem import FirstStage, Problem

RISK = Risk(0.3, 0.4)
SEEDS = tuple(range(8))


def solved(seed: int, *, integers: bool = False) -> tuple[Problem, Solution]:
    """A random problem and its solution, with the memory that bounds are made of."""
    problem = random_problem(seed, integers=integers)
    found = solve(problem, risk=RISK, tolerance=1e-6, tuning=Tuning(method="level"))
    assert found.outcome is Outcome.CERTIFIED
    return problem, found


def halved(first: FirstStage, column: int, at: float) -> FirstStage:
    """The first stage with one decision kept below half of what the best plan has of it."""
    upper = first.upper.copy()
    upper[column] = max(first.lower[column], at / 2)
    return replace(first, upper=upper)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("integers", [False, True])
def test_a_bound_from_known_cuts_is_one(seed: int, integers: bool) -> None:  # noqa: FBT001 - a case of the test
    """With any decision limited, the bound never exceeds what the best plan then costs; unlimited, it is sharp."""
    problem, found = solved(seed, integers=integers)
    bounder = Bounder(problem, found.memory, RISK)
    whole = bounder.bound(problem.first).value
    assert whole <= found.objective + 1e-6 * (1 + abs(found.objective))
    if not integers:
        assert whole == pytest.approx(found.objective, rel=1e-4, abs=1e-4)
    for column in range(problem.first.cost.size):
        first = halved(problem.first, column, float(found.x[column]))
        best = solve(replace(problem, first=first), risk=RISK, tolerance=1e-6)
        bound = bounder.bound(first).value
        assert bound <= best.objective + 1e-6 * (1 + abs(best.objective)) or best.outcome is Outcome.INFEASIBLE


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rule_added_later_bounds_like_a_rule_of_the_problem(seed: int) -> None:
    """Asked of the bounder or written into the first stage, a rule gives the same bound."""
    problem, found = solved(seed)
    n = problem.first.cost.size
    row, side = np.ones((1, n)), np.array([float(found.x.sum()) + 0.1])
    asked = Bounder(problem, found.memory, RISK)
    asked.add_rules(row, side)
    first = replace(
        problem.first,
        matrix=sparse.csr_array(sparse.vstack([problem.first.matrix, sparse.csr_array(row)])),
        row_lower=np.append(problem.first.row_lower, side),
        row_upper=np.append(problem.first.row_upper, np.inf),
        row_names=(*problem.first.row_names, "added"),
    )
    written = Bounder(replace(problem, first=first), found.memory, RISK).bound(first).value
    assert asked.bound(problem.first).value == pytest.approx(written, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("seed", SEEDS)
def test_good_plans_reach_no_further_than_proved(seed: int) -> None:
    """The least and most of a decision over all plans within a limit lie within the proved bounds."""
    problem, found = solved(seed)
    limit = found.objective + 0.05 * abs(found.gross)
    within = Extremes(problem, found.memory, RISK, limit)
    form = extensive_form(problem, RISK)
    capped = replace(
        form,
        matrix=sparse.csr_array(sparse.vstack([form.matrix, sparse.csr_array(form.cost[None, :])])),
        row_lower=np.append(form.row_lower, -np.inf),
        row_upper=np.append(form.row_upper, limit),
    )
    n = problem.first.cost.size
    for column in range(n):
        for sign in (1.0, -1.0):
            direction = np.zeros(n)
            direction[column] = sign
            wide = np.zeros(form.cost.size)
            wide[:n] = direction
            exact = solve_programme(replace(capped, cost=wide))
            bound = within.least(direction)
            assert exact.status is Status.OPTIMAL
            assert bound is not None
            assert bound[0] <= exact.objective + 1e-5 * (1 + abs(exact.objective))


def test_least_of_a_linear_figure() -> None:
    """The least cost over the rules alone, and None where rules exclude each other."""
    problem, found = solved(1)
    answer = least(problem.first, problem.first.cost)
    assert answer is not None
    assert answer[0] <= float(problem.first.cost @ found.x) + 1e-9
    n = problem.first.cost.size
    broken = replace(problem.first, lower=np.ones(n), upper=np.zeros(n))
    assert least(broken, problem.first.cost) is None
