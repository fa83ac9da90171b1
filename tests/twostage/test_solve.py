"""The engine against published answers, hand cases, brute force and the extensive form."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from tests.twostage.instances import farmer, first_stage, random_problem
from tillerman.twostage import (
    MemoryMismatchError,
    Outcome,
    Problem,
    ProblemError,
    Progress,
    Recourse,
    Risk,
    States,
    Tuning,
    evaluate,
    solve,
)
from tillerman.twostage.extensive import solve_extensive
from tillerman.twostage.generator import generate
from tillerman.twostage.highs import Status
from tillerman.twostage.risk import conditional_value_at_risk, tail_weights

NEUTRAL = Risk(aversion=0.0)
LEVEL = Tuning(method="level")


def newsvendor(*, shortage_open: bool = True, cost: float = 1.0, most: float = 100.0) -> Problem:
    """Buy x at 1, sell up to the demand (2 or 6, evenly likely) at 3; unsold is worth nothing."""
    recourse = Recourse(
        matrix=sparse.csr_array(np.array([[1.0]])),
        is_equality=np.array([False]),
        cost=np.array([[-3.0]]),
        row_names=("stock",),
        column_names=("sold",),
    )
    states = States(
        family=np.zeros(2, dtype=np.int64),
        rhs=np.zeros((2, 1)),
        rhs_of_first=sparse.csr_array(np.array([[1.0], [1.0]])),
        upper=np.array([[2.0], [6.0]]) if shortage_open else np.full((2, 1), np.inf),
        upper_of_first=sparse.csr_array((2, 1)),
        offset=np.zeros(2),
        offset_of_first=sparse.csr_array((2, 1)),
    )
    first = first_stage([cost], [], [0.0], [most])
    return Problem(first, recourse, states, sparse.csr_array(np.eye(2)), np.array([0.5, 0.5]))


@pytest.mark.parametrize("method", ["level", "extensive"])
def test_farmer_reaches_the_published_plan(method: str) -> None:
    """Birge and Louveaux print 170, 80 and 250 acres and a profit of 108,390."""
    found = solve(farmer(), risk=NEUTRAL, tolerance=1e-7, tuning=Tuning(method=method))
    assert found.outcome is Outcome.CERTIFIED
    assert found.objective == pytest.approx(-108_390.0, abs=0.5)
    assert found.lower_bound <= -108_390.0 + 1e-3
    assert found.x == pytest.approx([170.0, 80.0, 250.0], abs=0.05)


def test_farmer_value_of_stochastic_solution_and_perfect_information() -> None:
    """VSS 1,150 and EVPI 7,015.6 as published, from nothing but solve and evaluate."""
    certain = solve(farmer((1.0,)), risk=NEUTRAL, tolerance=1e-9)
    planned_on_the_mean = evaluate(farmer(), certain.x, risk=NEUTRAL)
    stochastic = solve(farmer(), risk=NEUTRAL, tolerance=1e-9)
    each = [solve(farmer((factor,)), risk=NEUTRAL, tolerance=1e-9).objective for factor in (1.2, 1.0, 0.8)]
    assert planned_on_the_mean.objective - stochastic.objective == pytest.approx(1150.0, abs=0.5)
    assert stochastic.objective - float(np.mean(each)) == pytest.approx(7015.6, abs=0.5)


def test_hand_case_newsvendor() -> None:
    """A seventh unit never sells and the third sells half the time for 3: buy 6, earn 0.5*6 + 0.5*18 - 6 = 6."""
    found = solve(newsvendor(), risk=NEUTRAL, tolerance=1e-8, tuning=LEVEL)
    assert found.x == pytest.approx([6.0], abs=1e-6)
    assert found.objective == pytest.approx(-6.0, abs=1e-6)


def test_fully_averse_newsvendor_buys_for_the_bad_future() -> None:
    """Only the worse half counts: each unit above 2 is paid and not sold, so buy 2 and earn 4."""
    found = solve(newsvendor(), risk=Risk(aversion=1.0, tail=0.5), tolerance=1e-8, tuning=LEVEL)
    assert found.x == pytest.approx([2.0], abs=1e-6)
    assert found.objective == pytest.approx(-4.0, abs=1e-6)


@pytest.mark.parametrize("integers", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_agrees_with_the_extensive_form(seed: int, *, integers: bool) -> None:
    """Level cuts and the extensive form give the same value on random problems, at every risk weight."""
    problem = random_problem(seed, integers=integers)
    for risk in (NEUTRAL, Risk(0.3, 0.3), Risk(1.0, 0.2)):
        reference = solve_extensive(problem, risk, time_limit_s=None, relative_gap=1e-9)
        found = solve(problem, risk=risk, tolerance=1e-6, tuning=LEVEL)
        assert reference.status is Status.OPTIMAL
        assert found.outcome is Outcome.CERTIFIED
        assert found.objective == pytest.approx(reference.objective, rel=1e-4, abs=1e-4)
        assert found.lower_bound <= reference.objective + 1e-6 * (1.0 + abs(reference.objective))


def test_extensive_method_proves_its_bound_with_cuts() -> None:
    """The extensive form's own duals become cuts that close the gap in one visit."""
    found = solve(random_problem(3), risk=Risk(0.3, 0.3), tolerance=1e-6, tuning=Tuning(method="extensive"))
    assert found.outcome is Outcome.CERTIFIED
    assert found.iterations <= 2


def test_infeasible_first_stage_is_an_outcome() -> None:
    """Two rules that clash give INFEASIBLE, not an exception."""
    problem = farmer()
    first = first_stage([1.0, 1.0, 1.0], [([1, 1, 1], 600.0, np.inf), ([1, 1, 1], -np.inf, 500.0)], [0] * 3, [900] * 3)
    found = solve(replace(problem, first=first), risk=NEUTRAL)
    assert found.outcome is Outcome.INFEASIBLE
    assert np.isnan(found.x).all()


def test_states_that_cannot_be_served_make_the_problem_infeasible() -> None:
    """Demand 5 with at most 3 bought and no shortage column has no plan."""
    problem = _demand_without_shortage(most=3.0)
    assert solve(problem, risk=NEUTRAL, tuning=LEVEL).outcome is Outcome.INFEASIBLE


def test_feasibility_cuts_find_the_plan_that_serves_all_states() -> None:
    """Without a shortage column the plan must cover the larger demand, 5."""
    found = solve(_demand_without_shortage(most=30.0), risk=NEUTRAL, tolerance=1e-8, tuning=LEVEL)
    assert found.outcome is Outcome.CERTIFIED
    assert found.x == pytest.approx([5.0], abs=1e-6)


def _demand_without_shortage(*, most: float) -> Problem:
    """Serve demands 4 and 5 exactly from at most x of one column at cost 1; x costs 1."""
    return Problem(
        first_stage([1.0], [], [0.0], [most]),
        Recourse(sparse.csr_array(np.array([[1.0]])), np.array([True]), np.array([[1.0]]), ("demand",), ("served",)),
        States(
            family=np.zeros(2, dtype=np.int64),
            rhs=np.array([[4.0], [5.0]]),
            rhs_of_first=sparse.csr_array((2, 1)),
            upper=np.zeros((2, 1)),
            upper_of_first=sparse.csr_array(np.array([[1.0], [1.0]])),
            offset=np.zeros(2),
            offset_of_first=sparse.csr_array((2, 1)),
        ),
        sparse.csr_array(np.eye(2)),
        np.array([0.5, 0.5]),
    )


@pytest.mark.parametrize("method", ["level", "extensive"])
def test_missing_cap_is_unbounded(method: str) -> None:
    """Buying at 1 and selling without limit at 3 is unbounded once the cap on buying is removed."""
    problem = newsvendor(shortage_open=False, most=np.inf)
    assert solve(problem, risk=NEUTRAL, tuning=Tuning(method=method)).outcome is Outcome.UNBOUNDED


def test_unbounded_recourse_is_unbounded() -> None:
    """A state whose own programme improves without limit makes the whole problem unbounded."""
    problem = newsvendor(shortage_open=False)
    recourse = replace(problem.recourse, matrix=sparse.csr_array(np.array([[-1.0]])))
    assert solve(replace(problem, recourse=recourse), risk=NEUTRAL, tuning=LEVEL).outcome is Outcome.UNBOUNDED


def test_open_but_bounded_problem_is_solved() -> None:
    """An open decision that does not pay is no reason to call the problem unbounded."""
    found = solve(newsvendor(most=np.inf), risk=NEUTRAL, tolerance=1e-8, tuning=LEVEL)
    assert found.outcome is Outcome.CERTIFIED
    assert found.objective == pytest.approx(-6.0, abs=1e-6)


def test_tail_average_matches_brute_force() -> None:
    """CVaR equals the smallest nu + E[(Q - nu)+]/alpha over all candidate nu, ties and zero weights included."""
    rng = np.random.default_rng(5)
    for _ in range(50):
        values = np.round(rng.normal(size=9), 1)
        probability = np.where(rng.random(9) < 0.3, 0.0, rng.random(9)) + 1e-12
        probability /= probability.sum()
        tail = float(rng.uniform(0.02, 1.0))
        brute = min(nu + float(probability @ np.maximum(values - nu, 0.0)) / tail for nu in values)
        assert conditional_value_at_risk(values, probability, tail) == pytest.approx(brute, abs=1e-9)
        weights = tail_weights(values, probability, tail)
        assert weights.sum() == pytest.approx(1.0)
        assert (weights <= probability / tail + 1e-12).all()


def test_memory_makes_the_next_solve_start_from_all_cuts() -> None:
    """With the memory of a first solve, a changed budget needs fewer visits and ends at the same value."""
    problem = random_problem(7, n_states=20, n_futures=12)
    before = solve(problem, tolerance=1e-6, tuning=LEVEL)
    tighter = replace(problem.first, row_upper=np.array([0.8 * problem.first.row_upper[0], np.inf]))
    changed = replace(problem, first=tighter)
    cold = solve(changed, tolerance=1e-6, tuning=LEVEL)
    warm = solve(changed, tolerance=1e-6, tuning=LEVEL, memory=before.memory)
    assert warm.objective == pytest.approx(cold.objective, rel=1e-5, abs=1e-5)
    assert warm.iterations < cold.iterations


def test_memory_serves_another_risk_weight() -> None:
    """Mean cuts hold for every risk weight; tail cuts only for their own tail share or smaller ones."""
    problem = random_problem(9, n_states=20, n_futures=12)
    memory = solve(problem, risk=Risk(0.2, 0.1), tolerance=1e-6, tuning=LEVEL).memory
    for risk in (Risk(0.8, 0.1), Risk(0.5, 0.4), NEUTRAL):
        warm = solve(problem, risk=risk, tolerance=1e-6, tuning=LEVEL, memory=memory)
        cold = solve(problem, risk=risk, tolerance=1e-6, tuning=LEVEL)
        assert warm.objective == pytest.approx(cold.objective, rel=1e-5, abs=1e-5)


def test_memory_of_other_states_is_refused() -> None:
    """Cuts of one second stage are no bounds for another."""
    memory = solve(random_problem(1), tuning=LEVEL).memory
    with pytest.raises(MemoryMismatchError, match="Only the first stage and the risk weight may change"):
        solve(random_problem(2), memory=memory)


def test_every_cut_lies_below_the_exact_value_elsewhere() -> None:
    """Cuts made on the way are lower bounds at plans that did not make them."""
    problem = random_problem(4, n_states=15)
    risk = Risk(0.5, 0.3)
    pool = solve(problem, risk=risk, tolerance=1e-6, tuning=LEVEL).memory.cuts
    rng = np.random.default_rng(0)
    for _ in range(20):
        x = rng.uniform(0.0, 4.0, problem.first.cost.size)
        exact = evaluate(problem, x, risk=risk)
        heights = np.array(pool.intercepts) + np.array(pool.gradients) @ x
        kinds = np.array(pool.kinds)
        mean = sum(heights[kinds == kind].max() for kind in np.unique(kinds[kinds >= 0]))
        assert mean <= exact.mean + 1e-7 * (1.0 + abs(exact.mean))
        assert heights[kinds == -1].max() <= exact.cvar + 1e-7 * (1.0 + abs(exact.cvar))


def test_same_bytes_on_every_run() -> None:
    """Two runs of the same problem return identical plans and bounds."""
    one, two = (solve(random_problem(6, integers=True), tolerance=1e-5, tuning=LEVEL) for _ in range(2))
    assert one.x.tobytes() == two.x.tobytes()
    assert (one.objective, one.lower_bound) == (two.objective, two.lower_bound)


def test_progress_reports_bounds_that_only_tighten() -> None:
    """The listener sees a lower bound that never falls and an upper bound that never rises."""
    lines: list[Progress] = []
    solve(random_problem(8, n_states=20), tolerance=1e-6, tuning=LEVEL, progress=lines.append)
    lower = [line.lower for line in lines]
    upper = [line.upper for line in lines]
    assert lower == sorted(lower)
    assert upper == sorted(upper, reverse=True)


def test_time_limit_returns_valid_bounds() -> None:
    """When the clock runs out the bounds are valid, wider than asked for, and said to be so."""
    ticks = iter(range(10_000))
    found = solve(
        random_problem(10, n_states=20), tolerance=1e-9, time_limit_s=6.0,
        tuning=Tuning(method="level", clock=lambda: float(next(ticks))),
    )  # fmt: skip
    assert found.outcome is Outcome.TOLERANCE_NOT_REACHED
    assert found.lower_bound <= found.objective


def test_evaluate_returns_primal_points_and_duals_that_prove_the_values() -> None:
    """Each state's primal cost equals its dual value, and neither breaks a rule."""
    problem = random_problem(11)
    x = np.full(problem.first.cost.size, 1.0)
    found = evaluate(problem, x, primal=True, duals=True)
    assert found.primal is not None
    assert found.duals is not None
    assert found.bound_duals is not None
    states = problem.states
    rhs = states.rhs + (states.rhs_of_first @ x).reshape(states.rhs.shape)
    upper = states.upper + (states.upper_of_first @ x).reshape(states.upper.shape)
    cost = np.einsum("ij,ij->i", problem.recourse.cost[states.family], found.primal)
    proved = (found.duals * rhs).sum(axis=1) + (found.bound_duals * np.where(np.isinf(upper), 0.0, upper)).sum(axis=1)
    assert cost == pytest.approx(found.state_values, abs=1e-7)
    assert proved == pytest.approx(found.state_values, abs=1e-6)


def test_unknown_method_is_refused() -> None:
    """A misspelt method names the methods there are."""
    with pytest.raises(ProblemError, match="expected one of"):
        solve(farmer(), tuning=Tuning(method="benders"))


@pytest.mark.slow
@pytest.mark.time_limit(
    seconds=900, reason="two hundred instances, three weights of risk, with and without whole numbers"
)
def test_two_hundred_random_instances_agree_with_the_extensive_form() -> None:
    """On 200 random instances plan and bounds agree with the extensive form, in infeasibility too."""
    for seed in range(200):
        problem = random_problem(seed, n_states=12, n_futures=8, integers=seed % 2 == 1)
        for risk in (NEUTRAL, Risk(0.3, 0.3), Risk(1.0, 0.2)):
            reference = solve_extensive(problem, risk, time_limit_s=None, relative_gap=1e-9)
            found = solve(problem, risk=risk, tolerance=1e-6, tuning=Tuning(method="level", engine="kernel"))
            if reference.status is Status.INFEASIBLE:
                assert found.outcome is Outcome.INFEASIBLE, seed
                continue
            assert found.outcome is Outcome.CERTIFIED, seed
            assert found.objective == pytest.approx(reference.objective, rel=1e-4, abs=1e-4), seed
            assert found.lower_bound <= reference.objective + 1e-6 * (1.0 + abs(reference.objective)), seed


def test_a_limit_on_rounds_stops_at_the_same_plan_every_time() -> None:
    """Unlike a time limit, a limit on rounds gives equal bounds and plans wherever it runs."""
    problem = generate("small", 5)
    tuning = Tuning(method="level", most_rounds=7)

    found = [solve(problem, tolerance=1e-6, tuning=tuning) for _ in range(2)]

    assert found[0].iterations == 7
    assert found[0].outcome is Outcome.TOLERANCE_NOT_REACHED
    assert found[0].x.tobytes() == found[1].x.tobytes()
    assert (found[0].objective, found[0].lower_bound) == (found[1].objective, found[1].lower_bound)
