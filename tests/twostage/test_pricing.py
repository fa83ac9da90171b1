import dataclasses

import numpy as np
import pytest
from scipy import sparse

from tillerman.twostage import (
    FirstStage,
    MemoryMismatchError,
    Problem,
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
            matrix=sparse.csr_array([[1.0]]),
            row_lower=np.array([-np.inf]),
            row_upper=np.array([row_most]),
            lower=np.zeros(1),
            upper=np.array([most]),
            is_integer=np.array([False]),
            names=("x",),
            row_names=("shop",),
        ),
        recourse=Recourse(sparse.csr_array([[-1.0]]), np.array([False]), np.array([[5.0]]), ("need",), ("missing",)),
        states=States(
            family=np.zeros(2, dtype=np.int64),
            rhs=np.array([[-2.0], [-6.0]]),
            rhs_of_first=sparse.csr_array([[1.0], [1.0]]),
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
    answer = solved(problem, risk, method)
    found = prices(problem, answer.x, answer.memory, risk=risk)
    assert found.bounds == pytest.approx([-1.5])
    assert found.rules == pytest.approx([0.0])


def test_a_rule_that_binds_is_worth_the_same() -> None:
    """The same limit written as a rule is worth the same as a bound, and the bound then nothing."""
    problem, risk = newsvendor(most=50.0, row_most=3.0), Risk(0.0)
    answer = solved(problem, risk)
    found = prices(problem, answer.x, answer.memory, risk=risk)
    assert found.rules == pytest.approx([-1.5])
    assert found.bounds == pytest.approx([0.0])


def test_risk_aversion_enters_the_price() -> None:
    """If only the worst half counts, one more piece saves 5 - 1 = 4."""
    problem, risk = newsvendor(most=3.0), Risk(1.0, tail=0.5)
    answer = solved(problem, risk)
    assert prices(problem, answer.x, answer.memory, risk=risk).bounds == pytest.approx([-4.0])


def test_a_memory_of_another_second_stage_is_refused() -> None:
    """Prices rest on cuts, and cuts hold for one second stage only."""
    problem, risk = newsvendor(), Risk(0.0)
    answer = solved(problem, risk)
    other = dataclasses.replace(problem, probability=np.array([0.25, 0.75]))
    with pytest.raises(MemoryMismatchError, match="Only the first stage"):
        prices(other, answer.x, answer.memory, risk=risk)
