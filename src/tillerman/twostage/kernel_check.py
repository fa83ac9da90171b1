"""The compiled check: right-hand sides at a plan, and what a proposed pair of vectors proves about a state.

It shares nothing with `kernel.py`, which proposes. Sums are added up in the order written, without any of the liberties
that the proposing code takes, and against the original matrix, costs and bounds. `checker.py` does the same with numpy.
"""

from __future__ import annotations

import numpy as np
from numba import boolean, float64, int32, int64, njit, void


@njit(
    void(
        int64, int64, int64, int64, float64[::1],
        float64[:, ::1], int32[::1], int32[::1], float64[::1],
        float64[:, ::1], int32[::1], int32[::1], float64[::1],
        float64[:, ::1], float64[:, ::1],
    ),
    cache=True, nogil=True,
)  # fmt: skip
def lay_out(  # type: ignore[no-untyped-def]
    begin, end, m, n, x,
    rhs_fixed, rhs_start, rhs_column, rhs_value, upper_fixed, upper_start, upper_column, upper_value,
    rhs, upper,
):  # fmt: skip
    """Fill right-hand sides and upper bounds of the states from begin to end at the plan x."""
    for s in range(begin, end):
        for i in range(m):
            moved = 0.0
            for k in range(rhs_start[s * m + i], rhs_start[s * m + i + 1]):
                moved += rhs_value[k] * x[rhs_column[k]]
            rhs[s - begin, i] = rhs_fixed[s, i] + moved
        for j in range(n):
            moved = 0.0
            for k in range(upper_start[s * n + j], upper_start[s * n + j + 1]):
                moved += upper_value[k] * x[upper_column[k]]
            upper[s - begin, j] = upper_fixed[s, j] + moved


@njit(
    void(
        int64, int64, int64[::1], int64[::1], float64[::1], boolean[::1], float64[:, ::1], int64[::1],
        float64[:, ::1], float64[:, ::1], float64[:, ::1], float64[:, ::1],
        float64[::1], float64[::1], float64[::1], float64[::1],
    ),
    cache=True, nogil=True,
)  # fmt: skip
def test(  # type: ignore[no-untyped-def]
    m, n, start, row_of, value, is_equality, costs, family, rhs, upper, primal, duals,
    low, high, residual, violation,
):  # fmt: skip
    """Clip duals to their signs, give what they prove and how far they break an open column; price the points.

    An upper bound below zero is broken by any point, and counts among what a point leaves over.
    """
    activity = np.empty(m)
    for k in range(family.shape[0]):
        cost = costs[family[k]]
        proved, size, off = 0.0, 0.0, 0.0
        for i in range(m):
            if not is_equality[i] and duals[k, i] > 0.0:
                duals[k, i] = 0.0
            proved += duals[k, i] * rhs[k, i]
            size = max(size, abs(rhs[k, i]))
            activity[i] = 0.0
        paid, broken = 0.0, 0.0
        for j in range(n):
            reduced = cost[j]
            for e in range(start[j], start[j + 1]):
                reduced -= duals[k, row_of[e]] * value[e]
            if reduced < 0.0:
                if upper[k, j] < np.inf:
                    proved += reduced * upper[k, j]
                else:
                    broken = max(broken, -reduced)
            off = max(off, -upper[k, j])
            point = primal[k, j]
            if not point > 0.0:
                continue
            point = min(point, max(upper[k, j], 0.0))
            paid += cost[j] * point
            for e in range(start[j], start[j + 1]):
                activity[row_of[e]] += value[e] * point
        for i in range(m):
            excess = activity[i] - rhs[k, i]
            off = max(off, abs(excess) if is_equality[i] else excess)
        low[k], high[k], residual[k], violation[k] = proved, paid, off / (1.0 + size), broken
