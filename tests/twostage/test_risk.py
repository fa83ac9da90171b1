"""Measures of risk beside CVaR: worst weights, and plans made under them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.twostage.instances import random_problem
from tillerman.twostage import Ambiguity, Measure, Mixture, Outcome, ProblemError, Risk, Tuning, evaluate, prices, solve

LEVEL = Tuning(method="level", engine="highs")


def others(probability: np.ndarray[tuple[int], np.dtype[np.float64]], seed: int = 3) -> Ambiguity:
    """Three other probabilities of the same possible futures."""
    rows = np.random.default_rng(seed).random((3, probability.size)) * (probability > 0.0)
    return Ambiguity(rows / rows.sum(axis=1, keepdims=True))


def test_a_mixture_of_one_tail_is_the_average_of_the_worst() -> None:
    """With one share and one tail, plan and bounds are those of CVaR itself."""
    problem = random_problem(5)
    plain = solve(problem, risk=Risk(0.4, 0.3), tolerance=1e-7, tuning=LEVEL)
    mixed = solve(problem, risk=Risk(0.4, 0.3, Mixture((1.0,), (0.3,))), tolerance=1e-7, tuning=LEVEL)
    assert mixed.objective == pytest.approx(plain.objective, rel=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_the_worst_of_given_probabilities_is_the_worst_solved_alone(seed: int) -> None:
    """The certified value is that of the linear programme over all alternatives, found by trying plans near it."""
    problem = random_problem(seed)
    measure = others(problem.probability)
    risk = Risk(1.0, 0.2, measure)
    found = solve(problem, risk=risk, tolerance=1e-6, tuning=LEVEL)
    assert found.outcome is Outcome.CERTIFIED
    every = np.vstack([problem.probability, measure.probabilities])
    assert found.objective == pytest.approx(found.first_cost + (every @ found.future_values).max(), rel=1e-9)
    rng = np.random.default_rng(seed)
    for _ in range(30):
        x = np.clip(found.x + rng.normal(size=found.x.size) * 0.3, problem.first.lower, problem.first.upper)
        tried = evaluate(problem, x, risk=risk, engine="highs")
        if tried.is_feasible:
            assert tried.objective >= found.lower_bound - 1e-6 * (1.0 + abs(found.lower_bound))


@pytest.mark.parametrize("measure", [others(np.full(6, 1 / 6)), Mixture((0.5, 0.5), (0.2, 0.6))])
def test_worst_weights_are_never_better_than_the_mean(measure: Measure) -> None:
    """Weights sum to one, and under them any values average at least as badly as under the probabilities."""
    rng = np.random.default_rng(1)
    probability = np.full(6, 1 / 6)
    for _ in range(50):
        values = rng.normal(size=6)
        weights = measure.weights(values, probability)
        assert weights.sum() == pytest.approx(1.0)
        assert weights @ values >= probability @ values - 1e-12


def test_cuts_of_one_measure_are_not_used_under_another() -> None:
    """A memory of an ambiguous plan serves CVaR, and the other way round, with the same certified values."""
    problem = random_problem(9)
    ambiguous, plain = Risk(0.7, 0.2, others(problem.probability)), Risk(0.7, 0.2)
    cold = {risk.stamp: solve(problem, risk=risk, tolerance=1e-6, tuning=LEVEL) for risk in (ambiguous, plain)}
    for first, then in ((ambiguous, plain), (plain, ambiguous)):
        memory = solve(problem, risk=first, tolerance=1e-6, tuning=LEVEL).memory
        warm = solve(problem, risk=then, tolerance=1e-6, tuning=LEVEL, memory=memory)
        assert warm.objective == pytest.approx(cold[then.stamp].objective, rel=1e-5, abs=1e-5)


def test_what_knows_cvar_only_says_so() -> None:
    """The extensive form and prices refuse another measure and name what to do."""
    problem = random_problem(2)
    risk = Risk(0.5, 0.2, Mixture((1.0,), (0.2,)))
    with pytest.raises(ProblemError, match="knows CVaR only"):
        solve(problem, risk=risk, tuning=Tuning(method="extensive"))
    with pytest.raises(ProblemError, match="knows CVaR only"):
        prices(problem, np.zeros(problem.first.cost.size), risk=risk)


def test_rows_that_are_no_probability_are_refused() -> None:
    """Alternatives must sum to one, and may not weigh a future that cannot happen."""
    with pytest.raises(ProblemError, match="summing to 1"):
        Ambiguity(np.array([[0.5, 0.6]]))
    with pytest.raises(ProblemError, match="probability is zero"):
        Ambiguity(np.array([[0.5, 0.5]])).weights(np.array([1.0, 2.0]), np.array([1.0, 0.0]))
