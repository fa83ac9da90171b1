"""Small problems that were once answered wrongly: bounds below zero, bounds that only some states have."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from tests.twostage.instances import farmer, first_stage, in_other_money, one_row, random_problem
from tillerman.twostage import Outcome, Risk, Tuning, solve, solver
from tillerman.twostage.checker import Checker
from tillerman.twostage.engines import make_solver
from tillerman.twostage.extensive import _top_up, solve_extensive, state_duals
from tillerman.twostage.highs import Answer, Status
from tillerman.twostage.memory import fresh_memory

NEUTRAL = Risk(aversion=0.0)


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


@pytest.mark.parametrize("method", ["level", "extensive"])
@pytest.mark.parametrize("risk", [NEUTRAL, Risk(0.5, 0.1)])
def test_where_no_state_counts_the_first_stage_decides(method: str, risk: Risk) -> None:
    """With weights of zero everywhere, the best plan is the cheapest: as much as may be of what costs -1."""
    problem = one_row(first_stage([-1.0], [], [0.0], [5.0]), [-1.0], [3.0], [1.0, 2.0])
    problem = replace(problem, weights=sparse.csr_array((2, 2)))

    found = solve(problem, risk=risk, tolerance=1e-9, tuning=Tuning(method=method))

    assert found.outcome is Outcome.CERTIFIED
    assert found.objective == pytest.approx(-5.0)


def test_a_future_that_cannot_happen_may_be_impossible_to_serve() -> None:
    """The second state cannot be served and has probability 0: buy the one unit that the first needs."""
    problem = one_row(first_stage([1.0], [], [0.0], [1.5]), [-1.0], [3.0], [1.0, 2.0], upper=[[np.inf], [0.0]])
    problem = replace(problem, probability=np.array([1.0, 0.0]))

    found = solve(problem, risk=NEUTRAL, tolerance=1e-6, tuning=Tuning(method="level"))

    assert found.outcome is Outcome.CERTIFIED
    assert found.objective == pytest.approx(1.0, abs=1e-5)
    assert found.audit.is_clean


@pytest.mark.parametrize("unit", [2.0**-40, 2.0**30])
@pytest.mark.parametrize("risk", [NEUTRAL, Risk(0.3, 0.3)])
def test_the_extensive_form_does_not_depend_on_the_money(unit: float, risk: Risk) -> None:
    """In thousandths of cents or in billions, plan and prices are the same, in the other money."""
    plain = random_problem(7)
    states = plain.states
    other = in_other_money(plain, unit)
    ours, theirs = (solve_extensive(p, risk, time_limit_s=None, relative_gap=1e-9) for p in (plain, other))
    assert theirs.objective == pytest.approx(ours.objective * unit, rel=1e-9)
    assert theirs.x[: plain.first.cost.size] == pytest.approx(ours.x[: plain.first.cost.size], abs=1e-9)
    fallback = np.zeros(states.rhs.shape)
    duals, tail = state_duals(plain, risk, ours.row_dual, fallback)
    other_duals, other_tail = state_duals(other, risk, theirs.row_dual, fallback)
    assert other_duals / unit == pytest.approx(duals, abs=1e-7)
    assert other_tail == pytest.approx(tail, abs=1e-9)
    assert theirs.column_dual[: plain.first.cost.size] / unit == pytest.approx(
        ours.column_dual[: plain.first.cost.size], abs=1e-7
    )


def test_the_search_has_the_last_word_on_infeasibility(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where HiGHS takes the whole for infeasible and the states say otherwise, there is a plan."""
    wrong = Answer(Status.INFEASIBLE, np.inf, -np.inf, np.empty(0), np.empty(0), np.empty(0))
    monkeypatch.setattr(solver, "solve_extensive", lambda *_, **__: wrong)
    assert solve(farmer(), risk=NEUTRAL, tolerance=1e-6).objective == pytest.approx(-108390, abs=1.0)


def test_a_tail_of_all_futures_has_its_weights() -> None:
    """The worst of all futures are all futures, whatever rounding leaves of one: prices are numbers and sum to one."""
    share = np.full(10, 0.1)
    assert share.cumsum()[-1] < 1.0
    assert _top_up(share, share) == pytest.approx(share)
    part = _top_up(np.array([0.5, 0.2]), np.array([0.6, 0.6]))
    assert part.sum() == pytest.approx(1.0)
    assert (part <= 0.6).all()


def test_both_checks_see_a_bound_below_zero() -> None:
    """What is left over of a bound of -0.5 is 0.5 of 1 + the largest right-hand side, by numpy and compiled."""
    problem = one_row(first_stage([1.0], [], [0.0], [1.0]), [-1.0, 0.0], [3.0, 1.0], [1.0], upper=[[np.inf, 3.0]])
    compiled = make_solver(problem, "kernel", fresh_memory(problem)).checker
    rhs, upper, numbers = np.array([[-1.0]]), np.array([[np.inf, -0.5]]), np.array([0])
    for checker in (Checker(problem), compiled):
        tested = checker.test(numbers, np.array([[1.0, 0.0]]), np.array([[-3.0]]), rhs, upper)
        assert tested.residual == pytest.approx([0.25])
