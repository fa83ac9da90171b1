"""What a certificate rests on: lower bounds that hold whatever HiGHS leaves open, whole numbers that are whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from tests.twostage.instances import first_stage, in_other_money, one_row, random_problem
from tillerman.twostage import FirstStage, Outcome, Problem, Risk, Solution, Tuning, evaluate, solve
from tillerman.twostage.cuts import derive_groups
from tillerman.twostage.engines import make_solver
from tillerman.twostage.master import Master
from tillerman.twostage.memory import fresh_memory
from tillerman.twostage.relaxed import RelaxedMaster
from tillerman.twostage.safe import proved
from tillerman.twostage.search import Around, Search, relative_gap

NEUTRAL = Risk(aversion=0.0)
FIRSTS = {
    "a limit beyond the box": first_stage([1.0], [], [0.0], [1e9]),
    "no limit": first_stage([1.0], [], [0.0], [np.inf]),
    "a rule beyond the box": first_stage([1.0], [([1.0], 5e7, np.inf)], [0.0], [np.inf]),
    "a lower limit beyond the box": first_stage([1.0], [], [2e7], [np.inf]),
    "fixed beyond the box": first_stage([1.0], [], [5e7], [5e7]),
}


def certified(problem: Problem, tolerance: float = 1e-6) -> Solution:
    """Solve by cuts alone."""
    found = solve(problem, risk=NEUTRAL, tolerance=tolerance, tuning=Tuning(method="level", engine="highs"))
    assert found.outcome is Outcome.CERTIFIED
    return found


@pytest.mark.parametrize("first", FIRSTS.values(), ids=FIRSTS)
def test_a_plan_may_lie_beyond_the_artificial_box(first: FirstStage) -> None:
    """Fifty million units are needed, at 1 now or 3 later: all are bought now, as in litres so in thousands of m³."""
    found = certified(one_row(first, [-1.0], [3.0], [5e7]))
    assert found.lower_bound <= 5e7 * (1.0 + 1e-9)
    assert found.objective == pytest.approx(5e7, rel=2e-6)


def test_a_direction_that_costs_nothing_does_not_rest_on_the_box() -> None:
    """x0 = x1, at 1 and -1: any plan from 3 on costs nothing, however far out the linear programme goes."""
    first = first_stage([1.0, -1.0], [([1.0, -1.0], 0.0, 0.0)], [-np.inf, -np.inf], [np.inf, np.inf])
    found = certified(one_row(first, [-1.0], [3.0], [3.0]))
    assert (found.lower_bound, found.objective) == pytest.approx((0.0, 0.0), abs=1e-9)


@pytest.mark.parametrize("size", [1e6, 1e7])
def test_a_millionth_of_a_whole_number_is_not_nothing(size: float) -> None:
    """One hall at 100 holds a million: half a unit needs the hall, not half a millionth of it."""
    problem = one_row(first_stage([100.0], [], [0.0], [1.0], integer=[True]), [-1.0], [1e6], [0.5, 0.9])
    problem = replace(
        problem, states=replace(problem.states, rhs_of_first=sparse.csr_array(np.array([[size], [size]])))
    )
    found = certified(problem)
    assert found.x.tolist() == [1.0]
    assert found.objective == pytest.approx(100.0)
    ruled = first_stage([0.0, 100.0], [([1.0, -size], -np.inf, 0.0)], [0.0, 0.0], [100.0, 1.0], integer=[False, True])
    assert certified(one_row(ruled, [-1.0], [1e3], [0.5, 0.9])).objective == pytest.approx(100.0)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("unit", [1e-9, 1e-6])
def test_small_money_gives_no_false_bound(seed: int, unit: float) -> None:
    """Where costs are as small as HiGHS's tolerances, bounds are wider than asked for, or hold."""
    plain = random_problem(seed)
    small = in_other_money(plain, unit)
    best = solve(plain, risk=Risk(0.3, 0.3), tolerance=1e-7)
    found = solve(small, risk=Risk(0.3, 0.3), tolerance=1e-6, tuning=Tuning(method="level", engine="highs"))
    if best.outcome is Outcome.CERTIFIED:
        assert found.lower_bound / unit <= best.objective + 1e-6 * abs(best.gross)
        if found.outcome is Outcome.CERTIFIED:
            assert found.objective / unit <= best.objective + 1e-5 * abs(best.gross)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("risk", [NEUTRAL, Risk(0.4, 0.3), Risk(1.0, 0.2)])
def test_spoilt_prices_prove_less_and_never_more(seed: int, risk: Risk) -> None:
    """Whatever prices the linear master is given, what they prove is at most its least value."""
    problem, rng = random_problem(seed), np.random.default_rng(seed)
    found = solve(problem, risk=risk, tolerance=1e-4, tuning=Tuning(method="level", engine="highs"))
    pool = found.memory.cuts
    n_groups = int(derive_groups(problem).max(initial=-1)) + 1
    master = Master(problem.first, pool, n_groups, risk)
    numbers = list(range(len(pool)))
    relaxed = RelaxedMaster(master, numbers)
    answer = relaxed.solve()
    lower, upper = master.lower[: master.n_x], master.upper[: master.n_x]
    room = 1e-9 * (1.0 + abs(answer.objective))
    assert proved(master, numbers, answer.row_dual, lower, upper) == pytest.approx(answer.objective, rel=1e-7, abs=1e-7)
    for size in (1e-9, 1e-3, 10.0):
        spoilt = answer.row_dual + size * rng.normal(size=answer.row_dual.size)
        assert proved(master, numbers, spoilt, lower, upper) <= answer.objective + room


def test_what_closed_a_node_stays_closed() -> None:
    """A better plan of less gross cost does not raise what a plan must cost less than to be worth looking for."""
    problem = one_row(first_stage([1.0], [], [0.0], [9.0]), [-1.0], [3.0], [4.0])
    memory = fresh_memory(problem)
    search = Search(
        problem, NEUTRAL, make_solver(problem, "highs", memory), memory, Around(lambda: 0.0, None, None, None, None)
    )
    search.ignore(0.5)
    cutoffs = []
    for bought in (0.0, 4.0):
        x = np.array([bought])
        search.offer(x, evaluate(problem, x, risk=NEUTRAL).state_values, integers=False)
        cutoffs.append(search.cutoff)
    assert cutoffs[1] <= cutoffs[0] <= 12.0 - 0.5 * 12.0


def test_the_gap_of_small_amounts_is_not_nothing() -> None:
    """A millionth beside a hundredth is a gap where amounts are that small, and rounding where they are not."""
    assert relative_gap(1e-8, 0.99e-8, 1e-8, 1e-6) == pytest.approx(0.01)
    assert relative_gap(1e-10, 0.0, 5.0, 1.0) == 0.0
