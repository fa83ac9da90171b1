"""The compiled part: a bounded dual simplex over a batch of states, each with its own stored basis inverse.

    min c.z   s.t.   W z + s = rhs,   0 <= z <= upper,   0 <= s (s = 0 on equalities)

Every jitted function stands in this one file, because numba's cache does not notice a changed callee elsewhere.
What comes out is a proposal: `states.py` tests it against the original matrix before anybody relies on it.
A state's result depends on its own stored basis alone, so any split over workers gives the same bits.
"""

from __future__ import annotations

import numpy as np
from numba import boolean, float64, int32, int64, njit, uint8, void

SOLVED, INFEASIBLE, FAILED = 0, 1, 2
LOWER, UPPER, BASIC = 0, 1, 2
PIVOT_TOLERANCE = 1e-9  # smaller entries of a pivot row are rounding
SINGULAR = 1e-11  # the largest entry left of a column below which a basis is singular
SAFE_PIVOT = 1e-6  # a smaller pivot is taken only on a fresh inverse
DUAL_TOLERANCE = 1e-9  # of a reduced cost, relative to 1 + the largest cost
PRIMAL_TOLERANCE = 1e-10  # of a basic value, relative to 1 + the largest right-hand side
REFACTOR_AFTER = 200  # updates of an inverse before it is computed anew
FAST = {"reassoc", "contract", "nsz", "arcp"}  # sums may be reordered; NaN and infinity keep their meaning


@njit(
    boolean(int64, int64, int64[::1], int64[::1], float64[::1], int32[::1], float64[:, ::1]),
    fastmath=FAST,
    cache=True,
    nogil=True,
)
def factor(m, n, start, row_of, value, basis, inverse):  # type: ignore[no-untyped-def]
    """Compute the inverse of the basis matrix by Gauss-Jordan elimination with row pivoting; False if singular."""
    work = np.zeros((m, m))
    inverse[:, :] = 0.0
    for position in range(m):
        j = basis[position]
        if j >= n:
            work[j - n, position] = 1.0
        else:
            for k in range(start[j], start[j + 1]):
                work[row_of[k], position] = value[k]
        inverse[position, position] = 1.0
    for position in range(m):
        best, size = position, abs(work[position, position])
        for i in range(position + 1, m):
            if abs(work[i, position]) > size:
                best, size = i, abs(work[i, position])
        if size < SINGULAR:
            return False
        if best != position:
            for k in range(m):
                work[position, k], work[best, k] = work[best, k], work[position, k]
                inverse[position, k], inverse[best, k] = inverse[best, k], inverse[position, k]
        scale = 1.0 / work[position, position]
        for k in range(m):
            work[position, k] *= scale
            inverse[position, k] *= scale
        for i in range(m):
            if i != position and work[i, position] != 0.0:
                by = work[i, position]
                for k in range(position, m):
                    work[i, k] -= by * work[position, k]
                for k in range(m):
                    inverse[i, k] -= by * inverse[position, k]
    return True


@njit(
    int64(
        int64, int64, int64[::1], int64[::1], float64[::1], boolean[::1], float64[::1], float64[::1], float64[::1],
        int32[::1], uint8[::1], float64[:, ::1], int32[::1], int64, float64[::1], float64[::1],
    ),
    fastmath=FAST, cache=True, nogil=True,
)  # fmt: skip
def solve_state(  # type: ignore[no-untyped-def]
    m, n, start, row_of, value, is_equality, cost, rhs, upper,
    basis, place, inverse, updates, most, primal, dual,
):  # fmt: skip
    """Solve one state from its stored basis; leaves basis and inverse behind, fills primal and dual."""
    total = n + m
    size_rhs, size_cost = 0.0, 0.0
    for i in range(m):
        size_rhs = max(size_rhs, abs(rhs[i]))
    for j in range(n):
        size_cost = max(size_cost, abs(cost[j]))
    primal_tol = PRIMAL_TOLERANCE * (1.0 + size_rhs)
    dual_tol = DUAL_TOLERANCE * (1.0 + size_cost)
    width = np.empty(total)
    for j in range(n):
        width[j] = max(upper[j], 0.0)
    for i in range(m):
        width[n + i] = 0.0 if is_equality[i] else np.inf
    reduced = np.empty(total)
    alpha = np.empty(total)
    basic = np.empty(m)
    column = np.empty(m)
    shift = np.empty(m)
    candidates = np.empty(total, dtype=np.int64)
    if updates[0] > REFACTOR_AFTER:
        updates[0] = -1
    n_pivots = 0
    while True:  # each pass starts from exact reduced costs and basic values
        if updates[0] < 0:
            if not factor(m, n, start, row_of, value, basis, inverse):
                return FAILED
            updates[0] = 0
        dual[:] = 0.0
        for i in range(m):
            j = basis[i]
            if j < n and cost[j] != 0.0:
                by = cost[j]
                for k in range(m):
                    dual[k] += by * inverse[i, k]
        for j in range(n):
            priced = cost[j]
            for k in range(start[j], start[j + 1]):
                priced -= dual[row_of[k]] * value[k]
            reduced[j] = priced
        for i in range(m):
            reduced[n + i] = -dual[i]
        for k in range(m):
            shift[k] = rhs[k]
        for j in range(total):
            if place[j] == BASIC:
                continue
            if width[j] == np.inf:
                if reduced[j] < -dual_tol:
                    if updates[0] > 0:
                        updates[0] = -1
                        break
                    return FAILED
                place[j] = LOWER
            elif reduced[j] < 0.0 and j < n:
                place[j] = UPPER
                if width[j] > 0.0:
                    for k in range(start[j], start[j + 1]):
                        shift[row_of[k]] -= value[k] * width[j]
            else:
                place[j] = LOWER
        if updates[0] < 0:
            continue
        for i in range(m):
            total_value = 0.0
            for k in range(m):
                total_value += inverse[i, k] * shift[k]
            basic[i] = total_value

        restart = False
        while True:
            leaving, best, delta = -1, 0.0, 0.0
            for i in range(m):
                gap = 0.0
                if basic[i] < -primal_tol:
                    gap = basic[i]
                elif basic[i] > width[basis[i]] + primal_tol:
                    gap = basic[i] - width[basis[i]]
                if gap != 0.0:
                    norm = 0.0
                    for k in range(m):
                        norm += inverse[i, k] * inverse[i, k]
                    if gap * gap > best * norm:
                        leaving, best, delta = i, gap * gap / norm, gap
            if leaving < 0:
                break
            if n_pivots >= most:
                return FAILED
            n_pivots += 1
            sign = 1.0 if delta > 0.0 else -1.0
            n_candidates = 0
            for j in range(n):
                if place[j] == BASIC or width[j] == 0.0:
                    continue
                entry = 0.0
                for k in range(start[j], start[j + 1]):
                    entry += inverse[leaving, row_of[k]] * value[k]
                entry *= sign
                alpha[j] = entry
                if (place[j] == LOWER and entry > PIVOT_TOLERANCE) or (place[j] == UPPER and entry < -PIVOT_TOLERANCE):
                    candidates[n_candidates] = j
                    n_candidates += 1
            for i in range(m):
                if place[n + i] == BASIC or is_equality[i]:
                    continue
                entry = sign * inverse[leaving, i]
                alpha[n + i] = entry
                if entry > PIVOT_TOLERANCE:
                    candidates[n_candidates] = n + i
                    n_candidates += 1
            slope = abs(delta)
            entering, step = -1, 0.0
            flipped = False
            for k in range(m):
                shift[k] = 0.0
            while n_candidates > 0:
                chosen, least, strength = -1, np.inf, 0.0
                for k in range(n_candidates):
                    j = candidates[k]
                    ratio = max(reduced[j] / alpha[j], 0.0)
                    if ratio < least - 1e-12 or (ratio <= least + 1e-12 and abs(alpha[j]) > strength):
                        chosen, least, strength = k, min(ratio, least), abs(alpha[j])
                j = candidates[chosen]
                slope -= strength * width[j]
                is_last = n_candidates == 1 and slope <= 10.0 * primal_tol
                if slope <= 0.0 or width[j] == np.inf or is_last:  # exactly repaired: the column still has to enter
                    entering, step = j, max(reduced[j] / alpha[j], 0.0)
                    break
                flipped = True
                move = width[j] if place[j] == LOWER else -width[j]
                for k in range(start[j], start[j + 1]):
                    shift[row_of[k]] += value[k] * move
                place[j] = UPPER if place[j] == LOWER else LOWER
                n_candidates -= 1
                candidates[chosen] = candidates[n_candidates]
            if flipped:
                for i in range(m):
                    moved = 0.0
                    for k in range(m):
                        moved += inverse[i, k] * shift[k]
                    basic[i] -= moved
            if entering < 0:
                return INFEASIBLE
            if entering < n:
                for i in range(m):
                    total_value = 0.0
                    for k in range(start[entering], start[entering + 1]):
                        total_value += inverse[i, row_of[k]] * value[k]
                    column[i] = total_value
            else:
                for i in range(m):
                    column[i] = inverse[i, entering - n]
            pivot = column[leaving]
            unsafe = abs(pivot) < SAFE_PIVOT or abs(pivot - sign * alpha[entering]) > 1e-7 * (1.0 + abs(pivot))
            if unsafe and updates[0] > 0:
                updates[0] = -1
                restart = True
                break
            leaver = basis[leaving]
            target = 0.0 if sign < 0.0 else width[leaver]
            theta = (basic[leaving] - target) / pivot
            origin = width[entering] if place[entering] == UPPER else 0.0
            for i in range(m):
                basic[i] -= theta * column[i]
            basic[leaving] = origin + theta
            for j in range(n):
                if place[j] != BASIC and width[j] > 0.0:
                    reduced[j] -= step * alpha[j]
            for i in range(m):
                if place[n + i] != BASIC and not is_equality[i]:
                    reduced[n + i] -= step * alpha[n + i]
            reduced[entering] = 0.0
            reduced[leaver] = -step * sign
            place[leaver] = UPPER if sign > 0.0 else LOWER
            place[entering] = BASIC
            basis[leaving] = entering
            for k in range(m):
                inverse[leaving, k] /= pivot
            for i in range(m):
                by = column[i]
                if i != leaving and by != 0.0:
                    for k in range(m):
                        inverse[i, k] -= by * inverse[leaving, k]
            updates[0] += 1
        if restart:
            continue

        # The point found is recomputed from the basis with one step of refinement; if it does not hold, start over.
        for j in range(n):
            primal[j] = width[j] if place[j] == UPPER else 0.0
        for i in range(m):
            shift[i] = rhs[i]
        for i in range(m):
            if basis[i] < n:
                primal[basis[i]] = basic[i]
        for j in range(n):
            if primal[j] != 0.0:
                for k in range(start[j], start[j + 1]):
                    shift[row_of[k]] -= value[k] * primal[j]
        for i in range(m):
            if basis[i] >= n:
                shift[basis[i] - n] -= basic[i]
        worst = 0.0
        for i in range(m):
            worst = max(worst, abs(shift[i]))
        if worst > 1e-6 * (1.0 + size_rhs) and updates[0] > 0:
            updates[0] = -1
            continue
        is_held = True
        for i in range(m):
            moved = 0.0
            for k in range(m):
                moved += inverse[i, k] * shift[k]
            basic[i] += moved
            if basic[i] < -10.0 * primal_tol or basic[i] > width[basis[i]] + 10.0 * primal_tol:
                is_held = False
            if basis[i] < n:
                primal[basis[i]] = basic[i]
        if not is_held and updates[0] > 0:
            updates[0] = -1
            continue
        dual[:] = 0.0
        for i in range(m):
            j = basis[i]
            if j < n and cost[j] != 0.0:
                by = cost[j]
                for k in range(m):
                    dual[k] += by * inverse[i, k]
        return SOLVED


@njit(
    void(
        int64, int64, int64[::1], int64[::1], float64[::1], boolean[::1], float64[:, ::1], int64[::1],
        int64[::1], float64[:, ::1], float64[:, ::1],
        int32[:, ::1], uint8[:, ::1], float64[:, :, ::1], int32[::1], int64,
        int64[::1], float64[:, ::1], float64[:, ::1],
    ),
    cache=True, nogil=True,
)  # fmt: skip
def solve_batch(  # type: ignore[no-untyped-def]
    m, n, start, row_of, value, is_equality, costs, family,
    numbers, rhs, upper, basis, place, inverse, updates, most, status, primal, dual,
):  # fmt: skip
    """Solve the numbered states one after another, each from its own stored basis."""
    for k in range(numbers.shape[0]):
        s = numbers[k]
        status[k] = solve_state(
            m, n, start, row_of, value, is_equality, costs[family[s]], rhs[k], upper[k],
            basis[s], place[s], inverse[s], updates[s : s + 1], most, primal[k], dual[k],
        )  # fmt: skip
