"""Branch and bound over whole numbers: what it takes away is never a better plan."""

from __future__ import annotations

import numpy as np
import pytest

from tests.twostage.instances import random_problem
from tillerman.twostage import Outcome, Risk, Tuning, solve
from tillerman.twostage.extensive import solve_extensive
from tillerman.twostage.generator import Size, generate
from tillerman.twostage.highs import Answer
from tillerman.twostage.integer import Node, Tree

LEVEL = Tuning(method="level", engine="highs")


@pytest.mark.parametrize("seed", range(20, 32))
def test_reduced_costs_never_take_a_better_plan_away(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole numbers of the best plan leave a node only when that plan is no better than what is looked for."""
    problem, risk = random_problem(seed, integers=True), Risk(0.3, 0.3)
    best = solve_extensive(problem, risk, time_limit_s=None, relative_gap=1e-9)
    whole = np.round(best.x[: problem.first.cost.size][problem.first.is_integer])
    narrow = Tree._narrow
    taken: list[float] = []

    def watched(tree: Tree, node: Node, answer: Answer) -> Node:
        after = narrow(tree, node, answer)
        was_in = bool(((node.lower <= whole) & (whole <= node.upper)).all())
        is_in = bool(((after.lower <= whole) & (whole <= after.upper)).all())
        if was_in and not is_in:
            taken.append(tree._search.cutoff)
        return after

    monkeypatch.setattr(Tree, "_narrow", watched)
    found = solve(problem, risk=risk, tolerance=1e-5, tuning=LEVEL)
    assert found.outcome is Outcome.CERTIFIED
    assert found.lower_bound <= best.objective + 1e-6 * (1.0 + abs(best.objective))
    assert all(cutoff <= best.objective + 1e-6 * (1.0 + abs(best.objective)) for cutoff in taken)


def test_fixed_costs_that_bite_are_certified() -> None:
    """A small instance whose whole numbers do not come out by themselves closes, the same each time."""
    size = Size(5, 3, 2, 3, n_sites=6, n_zones=3, n_pools=2, n_programmes=4, n_agreements=4, fixed_cost=8.0)
    problem = generate(size, 8)
    found = [solve(problem, tolerance=5e-3, tuning=Tuning(method="level", most_rounds=400)) for _ in range(2)]
    assert found[0].outcome is Outcome.CERTIFIED
    chosen = found[0].x[problem.first.is_integer]
    assert np.abs(chosen - np.round(chosen)).max() <= 1e-6
    assert found[0].x.tobytes() == found[1].x.tobytes()
    assert (found[0].objective, found[0].lower_bound) == (found[1].objective, found[1].lower_bound)
