"""A lower bound of the linear master that rests on its prices alone, whatever tolerances they were found to.

Any prices y >= 0 of the cuts whose groups sum to what their estimates cost prove, for every x within its limits,

    c.x + ... >= y.sides + min over x of (c - A'y).x

so that a price that is a little off makes the bound a little weaker, and never wrong.
"""

from __future__ import annotations

import numpy as np

from tillerman.twostage.cuts import FEASIBILITY, TAIL
from tillerman.twostage.master import Master
from tillerman.twostage.problem import Floats


def proved(master: Master, numbers: list[int], row_dual: Floats, lower: Floats, upper: Floats) -> float:
    """Give what the master with the numbered cuts cannot undercut while x stays between lower and upper."""
    pool, aversion = master.pool, master.risk.aversion
    cuts = np.array(numbers, dtype=np.int64)
    rules, prices = row_dual[: row_dual.size - cuts.size].copy(), np.maximum(row_dual[row_dual.size - cuts.size :], 0.0)
    kinds = pool.kinds[cuts]
    rules = np.where(np.isfinite(np.where(rules > 0.0, master.rules_lower, master.rules_upper)), rules, 0.0)
    is_tail = kinds == TAIL
    is_mean = (kinds != TAIL) & (kinds != FEASIBILITY)
    of_tail = float(prices[is_tail].sum())
    of_group = np.bincount(kinds[is_mean], weights=prices[is_mean], minlength=master.n_groups)
    above_mean = min(max(float(rules[-1]), 0.0), aversion) if of_tail > 0.0 else aversion
    if aversion == 1.0 and of_tail > 0.0 and not bool((of_group > 0.0).all()):
        above_mean = 0.0  # the tail alone carries the bound
    rules[-1] = above_mean
    if of_tail > 0.0:
        prices[is_tail] *= (aversion - above_mean) / of_tail
    wanted = 1.0 - aversion + above_mean
    if wanted > 0.0 and not bool((of_group > 0.0).all()):
        return -np.inf
    prices[is_mean] *= wanted / np.where(of_group > 0.0, of_group, 1.0)[kinds[is_mean]]
    reduced = master.cost[: master.n_x] - (master.rules.T @ rules)[: master.n_x] + pool.gradients[cuts].T @ prices
    sides = np.where(rules > 0.0, master.rules_lower, master.rules_upper)
    held = rules != 0.0
    least = np.minimum(reduced * lower, reduced * upper)
    return float(rules[held] @ sides[held] + prices @ pool.intercepts[cuts] + least.sum())
