"""The compiled part: a bounded dual simplex over a batch of states, each from its own stored basis.

    min c.z   s.t.   W z + s = rhs,   0 <= z <= upper,   0 <= s (s = 0 on equalities)

A state keeps nothing but its basis. The inverse is made afresh at every visit: a basis is nearly triangular once the
rows and columns with a single entry are taken out, so that this costs less than fetching a stored inverse from memory.
A state's result therefore depends on its basis and data alone: not on a history of updates, a thread or a process.
Every jitted function stands in this one file, because numba's cache does not notice a changed callee elsewhere.
What comes out is a proposal: `states.py` tests it against the original matrix before anybody relies on it.
"""

from __future__ import annotations

import numpy as np
from numba import boolean, float64, int32, int64, njit, uint8, void

SOLVED, INFEASIBLE, FAILED = 0, 1, 2
DEAD, LOWER, UPPER, BASIC = 0, 1, 2, 3  # where a column stands; a dead one has no room and never moves
KEPT, OPEN, TAKEN = 0, 1, 2  # who has the pivot of a row: its own slack, nobody yet, a column
PIVOT_TOLERANCE = 1e-9  # smaller entries of a pivot row are rounding
SINGULAR = 1e-11  # the largest entry left of a column below which a basis is singular
SAFE_PIVOT = 1e-6  # a smaller pivot is taken only on a fresh inverse
DUAL_TOLERANCE = 1e-9  # of a reduced cost, relative to 1 + the largest cost
PRIMAL_TOLERANCE = 1e-10  # of a basic value, relative to 1 + the largest right-hand side
TIE = 1e-12  # a reduced cost, relative to 1 + the largest cost, that does not say at which bound its column stands
NEGLIGIBLE = 1e-13  # a residual, relative to 1 + the largest right-hand side, that needs no refinement
REFACTOR_AFTER = 100  # pivots within one visit before the inverse is made afresh
LANE = 16  # numbers that a loop handles at once
FAST = {"reassoc", "contract", "nsz", "arcp"}  # sums may be reordered; NaN and infinity keep their meaning


@njit(
    boolean(
        int64, int64, int64[::1], int64[::1], float64[::1], int32[::1], int64[:, ::1], int64[::1],
        float64[::1], float64[:, ::1],
    ),
    fastmath=FAST, cache=True, nogil=True,
)  # fmt: skip
def invert(m, n, start, row_of, value, basis, note, members, column, inverse):  # type: ignore[no-untyped-def]
    """Make the inverse of a basis afresh, each column at the place of its pivot row; False if it is singular.

    inverse[k] is what one unit more on the right of row k does to every basic value. Columns with one entry left come
    in first, those of rows with one entry left come last, in reverse: so ordered, no earlier column has touched the
    row that a column takes over, and only the few columns between them have to look for a row.
    """
    chosen, left_in_column, left_in_row, first, queue, order, pivot_row = 0, 1, 2, 3, 4, 5, 6  # rows of `note`
    holder, taken = note[7], note[8]
    wide = inverse.shape[1]
    inverse[:, :] = 0.0
    n_columns = 0
    for i in range(m):
        inverse[i, i] = 1.0
        holder[i] = OPEN
        note[left_in_row, i] = 0
    for position in range(m):
        if basis[position] < n:
            note[chosen, n_columns] = basis[position]
            n_columns += 1
        else:
            holder[basis[position] - n] = KEPT
    for i in range(m):
        if holder[i] == KEPT:
            basis[i] = n + i
    for c in range(n_columns):
        j = note[chosen, c]
        note[left_in_column, c] = 0
        for k in range(start[j], start[j + 1]):
            if holder[row_of[k]] == OPEN:
                note[left_in_row, row_of[k]] += 1
    place = 0
    for i in range(m):
        note[first, i] = place
        place += note[left_in_row, i]
        note[left_in_row, i] = 0
    for c in range(n_columns):
        j = note[chosen, c]
        for k in range(start[j], start[j + 1]):
            i = row_of[k]
            if holder[i] == OPEN:
                members[note[first, i] + note[left_in_row, i]] = c
                note[left_in_row, i] += 1

    head, tail = 0, 0
    for i in range(m):
        if holder[i] == OPEN and note[left_in_row, i] == 1:
            note[queue, tail] = i
            tail += 1
    n_late = n_columns
    while head < tail:
        r = note[queue, head]
        head += 1
        if note[left_in_row, r] != 1:
            continue
        k = note[first, r]
        while note[left_in_column, members[k]] < 0:  # columns that have their row already
            k += 1
        c = members[k]
        j = note[chosen, c]
        note[left_in_column, c] = -1
        n_late -= 1
        note[order, n_late] = j
        note[pivot_row, n_late] = r
        for k in range(start[j], start[j + 1]):
            i = row_of[k]
            if holder[i] == OPEN:
                note[left_in_row, i] -= 1
                if note[left_in_row, i] == 1:
                    note[queue, tail] = i
                    tail += 1
        holder[r] = TAKEN
    head, tail, n_early = 0, 0, 0
    for c in range(n_columns):
        if note[left_in_column, c] == 0:
            j = note[chosen, c]
            for k in range(start[j], start[j + 1]):
                if holder[row_of[k]] == OPEN:
                    note[left_in_column, c] += 1
            if note[left_in_column, c] == 1:
                note[queue, tail] = c
                tail += 1
    while head < tail:
        c = note[queue, head]
        head += 1
        if note[left_in_column, c] != 1:
            continue
        j = note[chosen, c]
        r = -1
        for k in range(start[j], start[j + 1]):
            if holder[row_of[k]] == OPEN:
                r = row_of[k]
        note[left_in_column, c] = -1
        note[order, n_early] = j
        note[pivot_row, n_early] = r
        n_early += 1
        holder[r] = TAKEN
        for k in range(note[first, r], note[first, r + 1] if r + 1 < m else place):
            d = members[k]
            if note[left_in_column, d] > 0:
                note[left_in_column, d] -= 1
                if note[left_in_column, d] == 1:
                    note[queue, tail] = d
                    tail += 1
    k = n_early
    for c in range(n_columns):
        if note[left_in_column, c] >= 0:
            note[order, k] = note[chosen, c]
            note[pivot_row, k] = -1
            k += 1

    n_taken = 0
    for c in range(n_columns):
        j, r = note[order, c], note[pivot_row, c]
        column[:] = 0.0
        for k in range(start[j], start[j + 1]):
            by = value[k]
            row = row_of[k]
            for i in range(wide):
                column[i] += by * inverse[row, i]
        if r < 0:
            size = SINGULAR
            for i in range(m):
                if holder[i] == OPEN and abs(column[i]) > size:
                    r, size = i, abs(column[i])
            if r < 0:
                return False
            holder[r] = TAKEN
            for t in range(n_taken):
                line = taken[t]
                by = inverse[line, r] / column[r]
                if by != 0.0:
                    for i in range(wide):
                        inverse[line, i] -= by * column[i]
                    inverse[line, r] = by
            taken[n_taken] = r
            n_taken += 1
        elif abs(column[r]) < SINGULAR:
            return False
        scale = 1.0 / column[r]
        for i in range(wide):
            inverse[r, i] = -scale * column[i]
        inverse[r, r] = scale
        basis[r] = j
    return True


@njit(
    int64(
        int64, int64, int64[::1], int64[::1], float64[::1], int64[::1], int64[::1], float64[::1],
        boolean[::1], float64[::1], float64[::1], float64[::1], int32[::1], boolean[::1], int64,
        float64[::1], float64[::1], float64[:, ::1], float64[:, ::1], float64[:, ::1], uint8[::1],
        int64[:, ::1], int64[:, ::1], int64[::1],
    ),
    fastmath=FAST, cache=True, nogil=True,
)  # fmt: skip
def solve_state(  # type: ignore[no-untyped-def]
    m, n, start, row_of, value, row_start, column_of, row_value,
    is_equality, cost, rhs, upper, basis, at_upper, most, primal, dual,
    inverse, of_row, of_column, place, note, lists, members,
):  # fmt: skip
    """Solve one state from its basis; leaves the new basis behind, fills primal and dual."""
    basic, column, shift, room, line = of_row[0], of_row[1], of_row[2], of_row[3], of_row[4]
    width, reduced, alpha, ratio = of_column[0], of_column[1], of_column[2], of_column[3]
    wide = inverse.shape[1]  # m, rounded up: beyond m all is zero, so that loops over a row have no rest
    live, candidates, entries = lists[0], lists[1], note[9]
    size_rhs, size_cost = 0.0, 0.0
    for i in range(m):
        size_rhs = max(size_rhs, abs(rhs[i]))
        width[n + i] = 0.0 if is_equality[i] else np.inf
    for j in range(n):
        size_cost = max(size_cost, abs(cost[j]))
        width[j] = max(upper[j], 0.0)
    primal_tol = PRIMAL_TOLERANCE * (1.0 + size_rhs)
    dual_tol = DUAL_TOLERANCE * (1.0 + size_cost)
    tie = TIE * (1.0 + size_cost)
    n_pivots, age = 0, 0
    while True:  # each pass starts from an exact inverse
        if not invert(m, n, start, row_of, value, basis, note, members, column, inverse):
            return FAILED
        age = 0
        for j in range(n + m):
            place[j] = LOWER if width[j] > 0.0 else DEAD
        for i in range(m):
            j = basis[i]
            place[j] = BASIC
            room[i] = width[j]
            line[i] = cost[j] if j < n else 0.0
        for j in range(n):
            reduced[j] = cost[j]
        for i in range(m):
            shift[i] = rhs[i]
            reduced[n + i] = 0.0
            if place[n + i] == BASIC:
                dual[i] = 0.0
                continue
            by = 0.0
            for k in range(wide):
                by += line[k] * inverse[i, k]
            dual[i] = by
            reduced[n + i] = -by
            if by != 0.0:
                for k in range(row_start[i], row_start[i + 1]):
                    reduced[column_of[k]] -= by * row_value[k]
        n_live = 0  # the columns that may enter
        for j in range(n):
            live[n_live] = j
            n_live += 1 if place[j] == LOWER else 0
        for c in range(n_live):
            j = live[c]
            if reduced[j] < -tie or (at_upper[j] and reduced[j] <= tie):  # else noise would move it at every visit
                if width[j] < np.inf:
                    place[j] = UPPER
                    for k in range(start[j], start[j + 1]):
                        shift[row_of[k]] -= value[k] * width[j]
                elif reduced[j] < -dual_tol:
                    return FAILED
        for i in range(m):
            if place[n + i] == LOWER:
                live[n_live] = n + i
                n_live += 1
                if dual[i] > dual_tol:
                    return FAILED
        basic[:] = 0.0
        for k in range(m):
            by = shift[k]
            if by != 0.0:
                for i in range(wide):
                    basic[i] += by * inverse[k, i]

        again = False
        while True:
            leaving, delta = -1, primal_tol
            for i in range(m):
                gap = max(-basic[i], basic[i] - room[i])
                if gap > delta:
                    leaving, delta = i, gap
            if leaving < 0:
                break
            if n_pivots >= most:
                return FAILED
            if age >= REFACTOR_AFTER:
                again = True
                break
            n_pivots += 1
            sign = -1.0 if basic[leaving] < 0.0 else 1.0
            alpha[:] = 0.0
            n_entries = 0
            for i in range(m):
                by = inverse[i, leaving]
                if by != 0.0:
                    entries[n_entries] = i
                    n_entries += 1
                    by *= sign
                    alpha[n + i] = by
                    for k in range(row_start[i], row_start[i + 1]):
                        alpha[column_of[k]] += by * row_value[k]
            n_candidates = 0
            for c in range(n_live):
                j = live[c]
                entry = alpha[j] if place[j] == LOWER else -alpha[j]
                candidates[n_candidates] = c  # without a branch: which column is one cannot be foretold
                n_candidates += 1 if entry > PIVOT_TOLERANCE else 0
            for k in range(n_candidates):
                j = live[candidates[k]]
                ratio[k] = max(reduced[j] / alpha[j], 0.0)
            slope = delta
            entering, step, at = -1, 0.0, 0
            flipped = False
            while n_candidates > 0:
                chosen, least, strength = -1, np.inf, 0.0
                for k in range(n_candidates):
                    if ratio[k] <= least + 1e-12:
                        size = abs(alpha[live[candidates[k]]])
                        if ratio[k] < least - 1e-12 or size > strength:
                            chosen, least, strength = k, min(ratio[k], least), size
                j = live[candidates[chosen]]
                slope -= strength * width[j]
                is_last = n_candidates == 1 and slope <= 10.0 * primal_tol
                if slope <= 0.0 or width[j] == np.inf or is_last:  # exactly repaired: the column still has to enter
                    entering, step, at = j, ratio[chosen], candidates[chosen]
                    break
                if not flipped:
                    flipped = True
                    shift[:] = 0.0
                move = width[j] if place[j] == LOWER else -width[j]
                for k in range(start[j], start[j + 1]):
                    shift[row_of[k]] += value[k] * move
                place[j] = UPPER if place[j] == LOWER else LOWER
                n_candidates -= 1
                candidates[chosen] = candidates[n_candidates]
                ratio[chosen] = ratio[n_candidates]
            if flipped:
                for k in range(m):
                    by = shift[k]
                    if by != 0.0:
                        for i in range(m):
                            basic[i] -= by * inverse[k, i]
            if entering < 0:
                return INFEASIBLE
            if entering < n:
                column[:] = 0.0
                for k in range(start[entering], start[entering + 1]):
                    by = value[k]
                    for i in range(wide):
                        column[i] += by * inverse[row_of[k], i]
            else:
                column[:] = inverse[entering - n]
            pivot = column[leaving]
            unsafe = abs(pivot) < SAFE_PIVOT or abs(pivot - sign * alpha[entering]) > 1e-7 * (1.0 + abs(pivot))
            if unsafe and age > 0:
                again = True
                break
            leaver = basis[leaving]
            target = 0.0 if sign < 0.0 else room[leaving]
            theta = (basic[leaving] - target) / pivot
            origin = width[entering] if place[entering] == UPPER else 0.0
            for j in range(n + m):
                reduced[j] -= step * alpha[j]
            if room[leaving] > 0.0:
                live[at] = leaver
                place[leaver] = UPPER if sign > 0.0 else LOWER
                reduced[leaver] = -step * sign
            else:
                n_live -= 1
                live[at] = live[n_live]
                place[leaver] = DEAD
            place[entering] = BASIC
            basis[leaving] = entering
            room[leaving] = width[entering]
            for i in range(wide):
                basic[i] -= theta * column[i]
            basic[leaving] = origin + theta
            for c in range(n_entries):
                k = entries[c]
                by = inverse[k, leaving] / pivot
                for i in range(wide):
                    inverse[k, i] -= by * column[i]
                inverse[k, leaving] = by
            age += 1
        if again:
            continue

        # The point found is recomputed from the basis with one step of refinement; if it does not hold, start over.
        primal[:] = 0.0
        for i in range(m):
            shift[i] = rhs[i]
        at_upper[:] = False
        for c in range(n_live):
            j = live[c]
            if place[j] == UPPER:
                at_upper[j] = True
                primal[j] = width[j]
                for k in range(start[j], start[j + 1]):
                    shift[row_of[k]] -= value[k] * width[j]
        for i in range(m):
            j = basis[i]
            if j < n:
                for k in range(start[j], start[j + 1]):
                    shift[row_of[k]] -= value[k] * basic[i]
            else:
                shift[j - n] -= basic[i]
        worst = 0.0
        for i in range(m):
            worst = max(worst, abs(shift[i]))
        if worst > 1e-6 * (1.0 + size_rhs) and age > 0:
            continue
        if worst > NEGLIGIBLE * (1.0 + size_rhs):
            for k in range(m):
                by = shift[k]
                for i in range(wide):
                    basic[i] += by * inverse[k, i]
        is_held = True
        for i in range(m):
            if basic[i] < -10.0 * primal_tol or basic[i] > room[i] + 10.0 * primal_tol:
                is_held = False
            j = basis[i]
            line[i] = 0.0
            if j < n:
                primal[j] = basic[i]
                line[i] = cost[j]
        if not is_held and age > 0:
            continue
        if age > 0:
            for i in range(m):
                by = 0.0
                if place[n + i] != BASIC:
                    for k in range(wide):
                        by += line[k] * inverse[i, k]
                dual[i] = by
        return SOLVED


@njit(
    void(
        int64, int64, int64[::1], int64[::1], float64[::1], int64[::1], int64[::1], float64[::1], boolean[::1],
        float64[:, ::1], int64[::1], int64[::1], float64[:, ::1], float64[:, ::1], int32[:, ::1], int32[:, ::1],
        boolean[:, ::1], int64, int64[::1], float64[:, ::1], float64[:, ::1],
    ),
    cache=True, nogil=True,
)  # fmt: skip
def solve_batch(  # type: ignore[no-untyped-def]
    m, n, start, row_of, value, row_start, column_of, row_value, is_equality,
    costs, family, numbers, rhs, upper, first_basis, basis, at_upper, most,
    status, primal, dual,
):  # fmt: skip
    """Solve the numbered states one after another, each from its own basis; from its family's first if that fails."""
    wide = (m + LANE - 1) // LANE * LANE
    inverse = np.zeros((m, wide))
    of_row = np.zeros((5, wide))
    of_column = np.empty((4, n + m))
    place = np.empty(n + m, dtype=np.uint8)
    note = np.empty((10, m), dtype=np.int64)
    lists = np.empty((2, n + m), dtype=np.int64)
    fullest = 0
    for j in range(n):
        fullest = max(fullest, start[j + 1] - start[j])
    members = np.empty(m * fullest + 1, dtype=np.int64)
    for k in range(numbers.shape[0]):
        s = numbers[k]
        for _ in range(2):
            status[k] = solve_state(
                m, n, start, row_of, value, row_start, column_of, row_value,
                is_equality, costs[family[s]], rhs[k], upper[k], basis[s], at_upper[s], most, primal[k], dual[k],
                inverse, of_row, of_column, place, note, lists, members,
            )  # fmt: skip
            if status[k] != FAILED:
                break
            for i in range(m):
                basis[s, i] = first_basis[family[s], i]
