"""Read a two-stage linear programme in SMPS: a core file, a time file and a stochastic file.

Taken: INDEP, BLOCKS and SCENARIOS with DISCRETE distributions of right-hand sides, of the entries that first-stage
columns have in second-stage rows, and of second-stage costs; two periods, free or fixed MPS.
Refused by name: integer columns in the second stage, random entries of the recourse matrix, more than two periods.
Random quantities that are independent are multiplied out, so their number is limited.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy import sparse

from tillerman.twostage.problem import FirstStage, Floats, Ints, Problem, Recourse, States
from tillerman.twostage.smps_files import SIDE, Core, Outcome, read_core, read_stoch, read_time, refuse

MOST_SCENARIOS = 1_000_000  # outcomes of independent random quantities multiplied out


def read_smps(core: Path, time: Path, stoch: Path, *, relax_integers: bool = False) -> Problem:
    """Read a two-stage problem from the three files of an SMPS set.

    With `relax_integers`, whole-number columns of the second stage become continuous, on request only.
    """
    parsed = read_core(core)
    first_column, first_row = read_time(time)
    return _build(parsed, first_column, first_row, read_stoch(stoch), core.name, relax_integers=relax_integers)


def _build(
    core: Core, first_column: str, first_row: str, blocks: list[list[Outcome]], where: str, *, relax_integers: bool
) -> Problem:
    names = list(core.rows)
    objective = next(name for name, kind in core.rows.items() if kind == "N")
    split_row, split_column = names.index(first_row), core.columns.index(first_column)
    late_rows = [name for name in names[split_row:] if core.rows[name] != "N"]
    early_rows = [name for name in names[:split_row] if core.rows[name] != "N"]
    early, late = core.columns[:split_column], core.columns[split_column:]
    whole = sorted(core.integer.intersection(late))
    if whole and not relax_integers:
        raise refuse(
            where, f"{len(whole)} whole-number columns in the second stage, the first {whole[0]!r}",
            "continuous recourse", "Pass relax_integers=True for the linear relaxation of the second stage.",
        )  # fmt: skip
    free = [name for name in late if core.lower.get(name, 0.0) != 0.0]
    if free:
        raise refuse(
            where, f"second-stage column {free[0]!r} with lower bound {core.lower[free[0]]!r}", "lower bound 0",
            "Substitute the column by its distance from the bound.",
        )  # fmt: skip
    sign = {name: -1.0 if core.rows[name] == "G" else 1.0 for name in late_rows}
    cost = {column: value for row, column, value in core.entries if row == objective}
    probability, choice = _multiplied_out(blocks, where)
    parts = _Parts(core, objective, early, late, late_rows, where)
    random = [[parts.sorted_out(outcome) for outcome in block] for block in blocks]
    family, costs = _costs(parts, cost, random, choice)
    n_states = probability.size
    sides = np.array([sign[name] for name in late_rows])
    recourse = Recourse(
        matrix=sparse.csr_array(_select(core, late_rows, late) * sides[:, None]),
        is_equality=np.array([core.rows[name] == "E" for name in late_rows]),
        cost=costs,
        row_names=tuple(late_rows),
        column_names=tuple(late),
    )
    states = States(
        family=family,
        rhs=_right_hand_sides(parts, random, choice) * sides,
        rhs_of_first=_technology(parts, random, choice, sign),
        upper=np.tile([core.upper.get(name, np.inf) for name in late], (n_states, 1)),
        upper_of_first=sparse.csr_array((n_states * len(late), len(early))),
        offset=np.full(n_states, -core.rhs.get(objective, 0.0)),
        offset_of_first=sparse.csr_array((n_states, len(early))),
    )
    return Problem(
        _first_stage(core, early_rows, early, cost), recourse, states, sparse.csr_array(sparse.eye_array(n_states)),
        probability, group=np.zeros(n_states, dtype=np.int64),
    )  # fmt: skip


def _first_stage(core: Core, rows: list[str], columns: list[str], cost: dict[str, float]) -> FirstStage:
    sides = np.array([core.rhs.get(name, 0.0) for name in rows])
    kinds = np.array([core.rows[name] for name in rows], dtype=np.str_)
    return FirstStage(
        cost=np.array([cost.get(name, 0.0) for name in columns]),
        matrix=sparse.csr_array(_select(core, rows, columns)),
        row_lower=np.where(kinds == "L", -np.inf, sides),
        row_upper=np.where(kinds == "G", np.inf, sides),
        lower=np.array([core.lower.get(name, 0.0) for name in columns]),
        upper=np.array([core.upper.get(name, np.inf) for name in columns]),
        is_integer=np.array([name in core.integer for name in columns], dtype=np.bool_),
        names=tuple(columns),
        row_names=tuple(rows),
    )


def _select(core: Core, rows: list[str], columns: list[str]) -> sparse.csr_array:
    row_at = {name: i for i, name in enumerate(rows)}
    column_at = {name: j for j, name in enumerate(columns)}
    held = [(row_at[r], column_at[c], v) for r, c, v in core.entries if r in row_at and c in column_at]
    at_row, at_column, values = ([entry[k] for entry in held] for k in range(3))
    matrix = sparse.coo_array((values, (at_row, at_column)), shape=(len(rows), len(columns)))
    return sparse.csr_array(matrix.tocsr())


@dataclass(frozen=True)
class _Random:
    """What one outcome sets, sorted by where it belongs; rows and columns by position."""

    sides: dict[int, float] = field(default_factory=dict)
    technology: dict[tuple[int, int], float] = field(default_factory=dict)  # (row, first-stage column)
    costs: dict[int, float] = field(default_factory=dict)


class _Parts:
    """The positions of second-stage rows and of the columns of both stages."""

    def __init__(
        self, core: Core, objective: str, early: list[str], late: list[str], rows: list[str], where: str
    ) -> None:
        self.core, self.objective, self.where = core, objective, where
        self.early, self.late, self.rows = early, late, rows
        self.row = {name: i for i, name in enumerate(rows)}
        self.early_at = {name: j for j, name in enumerate(early)}
        self.late_at = {name: j for j, name in enumerate(late)}

    def sorted_out(self, outcome: Outcome) -> _Random:
        """Put every entry of an outcome where it belongs; refuse what this class of problems cannot hold."""
        found = _Random()
        for (column, row), value in outcome.values:
            if column == SIDE and row in self.row:
                found.sides[self.row[row]] = value
            elif row in self.row and column in self.early_at:
                found.technology[self.row[row], self.early_at[column]] = value
            elif row == self.objective and column in self.late_at:
                found.costs[self.late_at[column]] = value
            elif row in self.row and column in self.late_at:
                raise refuse(
                    self.where, f"a random entry of column {column!r} in row {row!r}", "a fixed recourse matrix",
                    "A random recourse matrix is outside this class: it is the same in every state.",
                )  # fmt: skip
            else:
                what = f"the right-hand side of {row!r}" if column == SIDE else f"column {column!r} in row {row!r}"
                raise refuse(self.where, f"random {what}", "an entry of the second stage", "Check the names.")
        return found


Chosen = tuple[Ints, ...]  # for each block, the number of the outcome that each state has


def _multiplied_out(blocks: list[list[Outcome]], where: str) -> tuple[Floats, Chosen]:
    """Multiply independent blocks out: the probability of every joint outcome, and which outcome each block has."""
    sizes = [len(block) for block in blocks]
    count = int(np.prod(sizes, dtype=np.float64))
    if count > MOST_SCENARIOS:
        raise refuse(
            where, f"{count:,} joint outcomes", f"at most {MOST_SCENARIOS:,}", "Use a smaller stochastic file."
        )
    chosen = np.unravel_index(np.arange(count), sizes) if sizes else ()
    probability = np.ones(count)
    for block, mine in zip(blocks, chosen, strict=True):
        probability *= np.array([outcome.probability for outcome in block])[mine]
    return probability / probability.sum(), chosen


def _right_hand_sides(parts: _Parts, random: list[list[_Random]], chosen: Chosen) -> Floats:
    count = chosen[0].size if chosen else 1
    found = np.tile([parts.core.rhs.get(name, 0.0) for name in parts.rows], (count, 1))
    for block, mine in zip(random, chosen, strict=True):
        for number, outcome in enumerate(block):
            places = np.flatnonzero(mine == number)
            for row, value in outcome.sides.items():
                found[places, row] = value
    return found


def _costs(parts: _Parts, cost: dict[str, float], random: list[list[_Random]], chosen: Chosen) -> tuple[Ints, Floats]:
    """Give each state's cost family and the cost of every family."""
    count = chosen[0].size if chosen else 1
    plain = np.array([cost.get(name, 0.0) for name in parts.late])
    varying = [(block, mine) for block, mine in zip(random, chosen, strict=True) if any(o.costs for o in block)]
    if not varying:
        return np.zeros(count, dtype=np.int64), plain[None, :]
    joint = np.stack([mine for _, mine in varying], axis=1)
    kinds, family = np.unique(joint, axis=0, return_inverse=True)
    costs = np.tile(plain, (kinds.shape[0], 1))
    for f, kind in enumerate(kinds):
        for (block, _), number in zip(varying, kind, strict=True):
            for column, value in block[int(number)].costs.items():
                costs[f, column] = value
    return family.astype(np.int64).ravel(), costs


def _technology(parts: _Parts, random: list[list[_Random]], chosen: Chosen, sign: dict[str, float]) -> sparse.csr_array:
    """Give what the first stage adds to every state's right-hand sides: minus its entries in second-stage rows."""
    count = chosen[0].size if chosen else 1
    sides = np.array([sign[name] for name in parts.rows])
    plain = sparse.csr_array(_select(parts.core, parts.rows, parts.early) * -sides[:, None])
    if not any(outcome.technology for block in random for outcome in block):
        return sparse.csr_array(sparse.kron(np.ones((count, 1)), plain))
    held = plain.tocoo()
    fixed = dict(zip(zip(held.row.tolist(), held.col.tolist(), strict=True), held.data.tolist(), strict=True))
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for state in range(count):
        entries = dict(fixed)
        for block, mine in zip(random, chosen, strict=True):
            changed = block[int(mine[state])].technology
            entries.update({place: -sides[place[0]] * value for place, value in changed.items()})
        for (row, column), value in entries.items():
            if value != 0.0:
                rows.append(state * len(parts.rows) + row)
                columns.append(column)
                values.append(value)
    shape = (count * len(parts.rows), len(parts.early))
    return sparse.csr_array(sparse.coo_array((values, (rows, columns)), shape=shape).tocsr())
