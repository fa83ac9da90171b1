"""The level step: the point nearest to a centre where the model of the objective is at most a level.

min 1/2 |(x - centre) / scale|^2   s.t.  rules, bounds, cuts, cost.(x, theta, eta) <= level
"""

from __future__ import annotations

import clarabel
import numpy as np
from scipy import sparse

from tillerman.twostage.master import Master
from tillerman.twostage.problem import Floats

TOL=1e-6
METHOD="auto"
ACTIVE_PRICE = 1e-7  # share of the largest cut price below which a cut counts as idle


def project(
    master: Master, numbers: list[int], *, centre: Floats, scale: Floats, level: float
) -> tuple[Floats, Floats] | None:
    """Give the projected x and the price of every cut used, or nothing when no answer was found."""
    n_x, n = master.n_x, master.n
    coefficients, sides = master.rows(numbers)
    equal = master.rules_lower == master.rules_upper
    above = np.isfinite(master.rules_lower) & ~equal
    below = np.isfinite(master.rules_upper) & ~equal
    finite_upper = np.flatnonzero(np.isfinite(master.upper))
    finite_lower = np.flatnonzero(np.isfinite(master.lower))
    identity = sparse.eye_array(n, format="csr")
    blocks = [
        master.rules[equal],
        -sparse.csr_array(coefficients),
        sparse.csr_array(master.cost[None, :]),
        -master.rules[above],
        master.rules[below],
        identity[finite_upper],
        -identity[finite_lower],
    ]
    rhs = np.concatenate(
        [
            master.rules_lower[equal],
            -sides,
            [level],
            -master.rules_lower[above],
            master.rules_upper[below],
            master.upper[finite_upper],
            -master.lower[finite_lower],
        ]
    )
    weight = np.concatenate([1.0 / scale**2, np.zeros(n - n_x)])
    linear = np.concatenate([-centre / scale**2, np.zeros(n - n_x)])
    n_equal = int(equal.sum())
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    settings.max_iter = 60
    for name in ("tol_gap_abs", "tol_gap_rel", "tol_feas"):
        setattr(settings, name, TOL)
    settings.direct_solve_method = METHOD
    solver = clarabel.DefaultSolver(
        sparse.csc_matrix(sparse.diags_array(weight)),
        linear,
        sparse.csc_matrix(sparse.vstack(blocks)),
        rhs,
        [clarabel.ZeroConeT(n_equal), clarabel.NonnegativeConeT(rhs.size - n_equal)],
        settings,
    )
    solution = solver.solve()
    x: Floats = np.array(solution.x)[:n_x]
    if str(solution.status) not in {"Solved", "AlmostSolved", "MaxIterations", "InsufficientProgress"}:
        return None
    if not bool(np.isfinite(x).all()):
        return None
    prices: Floats = np.array(solution.z)[n_equal : n_equal + len(numbers)]
    return np.clip(x, master.lower[:n_x], master.upper[:n_x]), prices


def is_active(prices: Floats) -> Floats:
    """Say which cuts carry a price worth keeping."""
    return np.asarray(prices > ACTIVE_PRICE * max(float(prices.max(initial=0.0)), 1e-300), dtype=np.float64)
