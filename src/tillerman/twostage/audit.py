"""The independent judge: HiGHS solves a sample of states from scratch and must find the same values."""

from __future__ import annotations

import numpy as np

from tillerman.twostage.judge import HighsEngine
from tillerman.twostage.problem import Floats, Ints, Problem
from tillerman.twostage.states import SOLVED, StateSolver

JUDGED_SHARE = 0.02
JUDGED_AT_LEAST = 200
JUDGED_WORST = 50
SAMPLE_SEED = 20_240  # fixed: the same states are judged on every run


def sample_states(problem: Problem, values: Floats) -> Ints:
    """Give the states to judge: a random sample and the costliest in weight times value."""
    n_states = values.size
    wanted = min(n_states, max(JUDGED_AT_LEAST, int(np.ceil(JUDGED_SHARE * n_states))))
    sample = np.random.default_rng(SAMPLE_SEED).choice(n_states, size=wanted, replace=False)
    weight = problem.weights.T @ problem.probability
    weighed = weight * np.where(np.isfinite(values), np.abs(values), 0.0)
    worst = np.argsort(-weighed, kind="stable")[:JUDGED_WORST]
    return np.unique(np.concatenate([sample, worst])).astype(np.int64)


def judge_states(problem: Problem, solver: StateSolver, x: Floats, values: Floats) -> tuple[int, float]:
    """Give how many states were judged and the worst relative disagreement."""
    numbers = sample_states(problem, values)
    return int(numbers.size), disagreement(problem, solver, x, values, numbers)


def disagreement(problem: Problem, solver: StateSolver, x: Floats, values: Floats, numbers: Ints) -> float:
    """Give the worst relative disagreement of HiGHS with the values of the numbered states at x."""
    numbers = numbers[np.argsort(problem.states.family[numbers], kind="stable")]  # each family's states are akin
    sides = [solver.checker.right_hand_sides(x, slice(k, k + 1)) for k in numbers.tolist()]
    rhs, upper = np.vstack([rhs for rhs, _ in sides]), np.vstack([upper for _, upper in sides])
    verdict = HighsEngine(problem).solve(numbers, rhs, upper)
    costs = np.einsum("ij,ij->i", problem.recourse.cost[problem.states.family[numbers]], verdict.primal)
    judged = np.where(verdict.status == SOLVED, costs, np.inf)
    ours = values[numbers]
    both = np.isfinite(judged) & np.isfinite(ours)
    if bool((np.isfinite(judged) != np.isfinite(ours)).any()):
        return np.inf
    return float((np.abs(judged[both] - ours[both]) / (1.0 + np.abs(ours[both]))).max(initial=0.0))
