"""A copy of a memory: the same cuts and plans, and a life of its own."""

from __future__ import annotations

import numpy as np

from tests.twostage.instances import farmer
from tillerman.twostage import Risk, Tuning, solve


def test_a_copy_knows_the_same_and_learns_alone() -> None:
    """A search from a copy ends where one from the memory itself does, and adds nothing to the original."""
    problem = farmer()
    memory = solve(problem, risk=Risk(0.0), tuning=Tuning(method="level")).memory
    n_cuts, n_points = len(memory.cuts), len(memory.points)

    copied = memory.copy()
    found = solve(problem, risk=Risk(0.5), memory=copied, tuning=Tuning(method="level"), tolerance=1e-7)

    assert (len(memory.cuts), len(memory.points)) == (n_cuts, n_points)
    assert len(copied.cuts) >= n_cuts
    direct = solve(problem, risk=Risk(0.5), memory=memory, tuning=Tuning(method="level"), tolerance=1e-7)
    assert np.isclose(found.objective, direct.objective, rtol=1e-6)
