import dataclasses

import numpy as np
import pytest
from scipy import sparse

from tillerman.twostage import (
    FirstStage,
    Problem,
    ProblemError,
    Recourse,
    Risk,
    Solution,
    States,
    Tuning,
    prices,
    solve,
)


def newsvendor(most: float = 3.0, row_most: float = 100.0) -> Problem:
    """Buy x at 1 before demand (2 or 6, equally likely) is known; what is missing costs 5 a piece.

    One piece more saves 5 x 1/2 - 1 = 1.5 while only the higher demand is short, so every limit below 6 is worth 1.5.
    """
    return Problem(
        first=FirstStage(
            cost=np.array([1.0]),
            matrix=sparse.csr_array(np.array([[1.0]])),
            row_lower=np.array([-np.inf]),
            row_upper=np.array([row_most]),
            lower=np.zeros(1),
            upper=np.array([most]),
            is_integer=np.array([False]),
            names=("x",),
            row_names=("shop",),
        ),
        recourse=Recourse(
            sparse.csr_array(np.array([[-1.0]])), np.array([False]), np.array([[5.0]]), ("need",), ("missing",)
        ),
        states=States(
            family=np.zeros(2, dtype=np.int64),
            rhs=np.array([[-2.0], [-6.0]]),
            rhs_of_first=sparse.csr_array(np.array([[1.0], [1.0]])),
            upper=np.full((2, 1), np.inf),
            upper_of_first=sparse.csr_array((2, 1)),
            offset=np.zeros(2),
            offset_of_first=sparse.csr_array((2, 1)),
        ),
        weights=sparse.csr_array(np.eye(2)),
        probability=np.array([0.5, 0.5]),
    )


def solved(problem: Problem, risk: Risk, method: str = "auto") -> Solution:
    """A plan good to the last digits."""
    return solve(problem, risk=risk, tolerance=1e-9, tuning=Tuning(method=method))


@pytest.mark.parametrize("method", ["extensive", "level"])
def test_a_bound_that_binds_is_worth_what_one_more_unit_saves(method: str) -> None:
    """With at most 3 to buy, one more saves 1.5, whichever way the plan was found."""
    problem, risk = newsvendor(most=3.0), Risk(0.0)
    found = prices(problem, solved(problem, risk, method).x, risk=risk)
    assert found.bounds == pytest.approx([-1.5])
    assert found.rules == pytest.approx([0.0])
    assert found.objective == pytest.approx(3.0 + 0.5 * 5 * 3)


def test_a_rule_that_binds_is_worth_the_same() -> None:
    """The same limit written as a rule is worth the same as a bound, and the bound then nothing."""
    problem, risk = newsvendor(most=50.0, row_most=3.0), Risk(0.0)
    found = prices(problem, solved(problem, risk).x, risk=risk)
    assert found.rules == pytest.approx([-1.5])
    assert found.bounds == pytest.approx([0.0])


def test_risk_aversion_enters_the_price() -> None:
    """If only the worst half counts, one more piece saves 5 - 1 = 4, and only that half has weight."""
    problem, risk = newsvendor(most=3.0), Risk(1.0, tail=0.5)
    found = prices(problem, solved(problem, risk).x, risk=risk)
    assert found.bounds == pytest.approx([-4.0])
    assert found.futures == pytest.approx([0.0, 1.0])


def test_prices_of_the_states_fit_the_plan_where_two_limits_bind() -> None:
    """The best plan buys exactly 6: alone, the high state's price is anything from 0 to -5, but only -2 keeps it."""
    problem, risk = newsvendor(most=50.0), Risk(0.0)
    found = prices(problem, solved(problem, risk).x, risk=risk)
    assert found.x == pytest.approx([6.0])
    assert found.rows[:, 0] @ np.array([0.5, 0.5]) == pytest.approx(-1.0)  # what a piece costs is what it saves
    assert found.rows[0, 0] == pytest.approx(0.0)


def test_whole_numbers_are_held() -> None:
    """A price says nothing of other whole numbers: with x whole and held, no limit is worth anything but its bound."""
    problem, risk = newsvendor(most=3.0), Risk(0.0)
    whole = dataclasses.replace(problem, first=dataclasses.replace(problem.first, is_integer=np.array([True])))
    assert prices(whole, np.array([2.0]), risk=risk).x == pytest.approx([2.0])


def test_a_plan_that_is_none_is_refused() -> None:
    """Prices are those of a plan."""
    with pytest.raises(ProblemError, match="values that are no number"):
        prices(newsvendor(), np.array([np.nan]))
