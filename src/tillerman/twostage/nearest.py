"""The plan nearest to a given one that keeps every rule: where to look first when some are fixed or ruled out.

min sum_i d_i / scale_i   s.t.  |x_i - centre_i| <= d_i,  rules, bounds
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from tillerman.twostage.highs import Programme, Status, solve_programme
from tillerman.twostage.problem import FirstStage, Floats


def nearest(first: FirstStage, centre: Floats, scale: Floats, *, relative_gap: float = 1e-9) -> Floats | None:
    """Give the plan that moves least from a centre; None when no plan keeps the rules.

    With whole numbers, `relative_gap` is how much farther than the nearest plan the one found may be.
    """
    n = first.cost.size
    unit = sparse.eye_array(n)
    empty = sparse.csr_array((first.row_lower.size, n))
    matrix = sparse.block_array([[first.matrix, empty], [unit, unit], [unit, -unit]], format="csr")
    open_rows = np.full(n, np.inf)
    answer = solve_programme(
        Programme(
            cost=np.concatenate([np.zeros(n), 1.0 / scale]),
            matrix=sparse.csr_array(matrix),
            row_lower=np.concatenate([first.row_lower, centre, -open_rows]),
            row_upper=np.concatenate([first.row_upper, open_rows, centre]),
            lower=np.concatenate([first.lower, np.zeros(n)]),
            upper=np.concatenate([first.upper, open_rows]),
            is_integer=np.concatenate([first.is_integer, np.zeros(n, dtype=np.bool_)]),
        ),
        relative_gap=relative_gap,
    )
    if answer.status is not Status.OPTIMAL:
        return None
    x = answer.x[:n]
    return np.where(first.is_integer, np.round(np.clip(x, first.lower, first.upper)), x)


def fix_integers(first: FirstStage, x: Floats) -> FirstStage:
    """Give the first stage with its whole numbers fixed at their values in x."""
    whole = np.round(x)
    return replace(
        first,
        lower=np.where(first.is_integer, whole, first.lower),
        upper=np.where(first.is_integer, whole, first.upper),
        is_integer=np.zeros_like(first.is_integer),
    )
