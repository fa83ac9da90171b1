"""Read a two-stage linear programme in SMPS: a core file, a time file and a stochastic file.

Taken: INDEP, BLOCKS and SCENARIOS with DISCRETE distributions of right-hand sides, of the entries that first-stage
columns have in second-stage rows, and of second-stage costs; two periods, free or fixed MPS with no blanks in names.
Refused by name: integer columns in the second stage, random entries of the recourse matrix, more than two periods.
Random quantities that are independent are multiplied out, so their number is limited.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy import sparse

from tillerman.twostage.problem import FirstStage, Floats, Ints, Problem, Recourse, States
from tillerman.twostage.smps_files import Core, Line, Outcome, read_core, read_stoch, read_time, refuse

ROUNDED = 1e-3  # how far printed probabilities may sum from one
MOST_SCENARIOS = 1_000_000  # outcomes of independent random quantities multiplied out


def read_smps(core: Path, time: Path, stoch: Path, *, relax_integers: bool = False) -> Problem:
    """Read a two-stage problem from the three files of an SMPS set.

    With `relax_integers`, whole-number columns of the second stage become continuous, on request only.
    """
    parsed = read_core(core)
    return _build(parsed, read_time(time), read_stoch(stoch), stoch.name, relax_integers=relax_integers)


def _build(core: Core, second: Line, blocks: dict[str, list[Outcome]], where: str, *, relax_integers: bool) -> Problem:
    parts = _Parts(core, second)
    whole = sorted(core.integer.intersection(parts.late))
    if whole and not relax_integers:
        raise refuse(
            core.name, f"{len(whole)} whole-number columns in the second stage, the first {whole[0]!r}",
            "continuous recourse", "Pass relax_integers=True for the linear relaxation of the second stage.",
        )  # fmt: skip
    free = [name for name in parts.late if core.lower.get(name, 0.0) != 0.0]
    if free:
        raise refuse(
            core.name, f"second-stage column {free[0]!r} with lower bound {core.lower[free[0]]!r}", "lower bound 0",
            "Substitute the column by its distance from the bound; one without a bound by a difference of two.",
        )  # fmt: skip
    random = [[parts.sorted_out(outcome) for outcome in block] for block in blocks.values()]
    probability, choice = _multiplied_out(blocks, where)
    family, costs = _costs(parts, random, choice)
    n_states, late = probability.size, parts.late
    sign = np.array([row.sign for row in parts.rows])
    recourse = Recourse(
        matrix=sparse.csr_array(_select(core, [row.name for row in parts.rows], late) * sign[:, None]),
        is_equality=np.array([row.is_equality for row in parts.rows], dtype=np.bool_),
        cost=costs,
        row_names=tuple(row.name for row in parts.rows),
        column_names=tuple(late),
    )
    states = States(
        family=family,
        rhs=_right_hand_sides(parts, random, choice),
        rhs_of_first=_technology(parts, random, choice),
        upper=np.tile([core.upper.get(name, np.inf) for name in late], (n_states, 1)),
        upper_of_first=sparse.csr_array((n_states * len(late), len(parts.early))),
        offset=np.full(n_states, -core.rhs.get(parts.objective, 0.0)),
        offset_of_first=sparse.csr_array((n_states, len(parts.early))),
    )
    return Problem(
        _first_stage(core, parts), recourse, states, sparse.csr_array(sparse.eye_array(n_states)),
        probability, group=np.zeros(n_states, dtype=np.int64),
    )  # fmt: skip


def _first_stage(core: Core, parts: _Parts) -> FirstStage:
    rows, columns = parts.early_rows, parts.early
    limits = [_limits(core, name) for name in rows]
    return FirstStage(
        cost=np.array([core.entries.get((name, parts.objective), 0.0) for name in columns]),
        matrix=sparse.csr_array(_select(core, rows, columns)),
        row_lower=np.array([low for low, _ in limits], dtype=np.float64),
        row_upper=np.array([high for _, high in limits], dtype=np.float64),
        lower=np.array([core.lower.get(name, 0.0) for name in columns]),
        upper=np.array([core.upper.get(name, np.inf) for name in columns]),
        is_integer=np.array([name in core.integer for name in columns], dtype=np.bool_),
        names=tuple(columns),
        row_names=tuple(rows),
    )


def _limits(core: Core, name: str) -> tuple[float, float]:
    """Give both sides of a row: a range opens an inequality on its other side, an equality the way of its sign."""
    kind, side, width = core.rows[name], core.rhs.get(name, 0.0), core.ranges.get(name)
    if width is None:
        return (-np.inf if kind == "L" else side), (np.inf if kind == "G" else side)
    if kind == "L" or (kind == "E" and width < 0.0):
        return side - abs(width), side
    return side, side + abs(width)


def _select(core: Core, rows: list[str], columns: list[str]) -> sparse.csr_array:
    """Give the entries of some rows and columns; a row may stand in several places."""
    row_at: dict[str, list[int]] = {}
    for i, name in enumerate(rows):
        row_at.setdefault(name, []).append(i)
    column_at = {name: j for j, name in enumerate(columns)}
    held = [
        (i, column_at[column], value)
        for (column, row), value in core.entries.items()
        if column in column_at
        for i in row_at.get(row, ())
    ]
    at_row, at_column, values = ([entry[k] for entry in held] for k in range(3))
    matrix = sparse.coo_array((values, (at_row, at_column)), shape=(len(rows), len(columns)))
    return sparse.csr_array(matrix.tocsr())


@dataclass(frozen=True)
class _Random:
    """What one outcome sets, sorted by where it belongs; rows and columns by position."""

    sides: dict[int, float] = field(default_factory=dict)
    technology: dict[tuple[int, int], float] = field(default_factory=dict)  # (row, first-stage column)
    costs: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _LateRow:
    """One side of a second-stage row as it enters the recourse matrix: sign * row <= sign * (side + shift)."""

    name: str
    sign: float
    shift: float
    is_equality: bool


def _late_rows(core: Core, names: list[str]) -> list[_LateRow]:
    """Give every second-stage row, with a range both of its sides."""
    found = []
    for name in names:
        low, high = _limits(core, name)
        side = core.rhs.get(name, 0.0)
        if low == high:
            found.append(_LateRow(name, 1.0, 0.0, is_equality=True))
            continue
        if np.isfinite(high):
            found.append(_LateRow(name, 1.0, high - side, is_equality=False))
        if np.isfinite(low):
            found.append(_LateRow(name, -1.0, low - side, is_equality=False))
    return found


class _Parts:
    """The names of both stages, and the positions of second-stage rows and of the columns of both."""

    def __init__(self, core: Core, second: Line) -> None:
        self.core = core
        names, (first_column, first_row) = list(core.rows), second.words[:2]
        self.objective = next(name for name, kind in core.rows.items() if kind == "N")
        if first_column not in core.columns or first_row not in core.rows:
            wrong = "column" if first_column not in core.columns else "row"
            raise second.refuse(f"a {wrong} of {core.name}", "Check that these files belong together.")
        split_row, split_column = names.index(first_row), core.columns[first_column]
        self.early_rows = [name for name in names[:split_row] if core.rows[name] != "N"]
        late = [name for name in names[split_row:] if core.rows[name] != "N"]
        columns = list(core.columns)
        self.early, self.late = columns[:split_column], columns[split_column:]
        self.rows = _late_rows(core, late)
        self.row: dict[str, list[int]] = {name: [] for name in late}
        for i, row in enumerate(self.rows):
            self.row[row.name].append(i)
        self.early_at = {name: j for j, name in enumerate(self.early)}
        self.late_at = {name: j for j, name in enumerate(self.late)}
        rules = set(self.early_rows)
        for (column, name), line in core.where.items():
            if name in rules and column in self.late_at:
                raise refuse(
                    line, f"second-stage column {column!r} in first-stage row {name!r}", "columns of the first stage",
                    f"{second.where} says where the second stage begins; put its rows and columns last.",
                )  # fmt: skip

    def sorted_out(self, outcome: Outcome) -> _Random:
        """Put every entry of an outcome where it belongs; refuse what this class of problems cannot hold."""
        found = _Random()
        for (column, row), (value, line) in outcome.entries.items():
            is_side = self.core.is_side(column)
            if is_side and row in self.row:
                found.sides.update(dict.fromkeys(self.row[row], value))
            elif row in self.row and column in self.early_at:
                found.technology.update({(i, self.early_at[column]): value for i in self.row[row]})
            elif row == self.objective and column in self.late_at:
                found.costs[self.late_at[column]] = value
            elif row in self.row and column in self.late_at:
                raise refuse(
                    line, f"a random entry of column {column!r} in row {row!r}", "a fixed recourse matrix",
                    "A random recourse matrix is outside this class: it is the same in every state.",
                )  # fmt: skip
            else:
                what = f"the right-hand side of {row!r}" if is_side else f"column {column!r} in row {row!r}"
                raise refuse(line, f"random {what}", "an entry of the second stage", "Check the names.")
        return found


Chosen = tuple[Ints, ...]  # for each block, the number of the outcome that each state has


def _multiplied_out(blocks: dict[str, list[Outcome]], where: str) -> tuple[Floats, Chosen]:
    """Multiply independent blocks out: the probability of every joint outcome, and which outcome each block has."""
    for name, block in blocks.items():
        total = sum(outcome.probability for outcome in block)
        if abs(total - 1.0) > ROUNDED:
            raise refuse(where, f"probabilities of {name} that sum to {total:g}", "a sum of 1", "Check each of them.")
    sizes = [len(block) for block in blocks.values()]
    count = int(np.prod(sizes, dtype=np.float64))
    if count > MOST_SCENARIOS:
        raise refuse(
            where, f"{count:,} joint outcomes", f"at most {MOST_SCENARIOS:,}", "Use a smaller stochastic file."
        )
    chosen = np.unravel_index(np.arange(count), sizes) if sizes else ()
    probability = np.ones(count)
    for block, mine in zip(blocks.values(), chosen, strict=True):
        probability *= np.array([outcome.probability for outcome in block])[mine]
    return probability / probability.sum(), chosen


def _right_hand_sides(parts: _Parts, random: list[list[_Random]], chosen: Chosen) -> Floats:
    count = chosen[0].size if chosen else 1
    found = np.tile([parts.core.rhs.get(row.name, 0.0) for row in parts.rows], (count, 1))
    for block, mine in zip(random, chosen, strict=True):
        for number, outcome in enumerate(block):
            places = np.flatnonzero(mine == number)
            for row, value in outcome.sides.items():
                found[places, row] = value
    shift, sign = np.array([row.shift for row in parts.rows]), np.array([row.sign for row in parts.rows])
    return np.asarray((found + shift) * sign)


def _costs(parts: _Parts, random: list[list[_Random]], chosen: Chosen) -> tuple[Ints, Floats]:
    """Give each state's cost family and the cost of every family."""
    count = chosen[0].size if chosen else 1
    plain = np.array([parts.core.entries.get((name, parts.objective), 0.0) for name in parts.late])
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


def _technology(parts: _Parts, random: list[list[_Random]], chosen: Chosen) -> sparse.csr_array:
    """Give what the first stage adds to every state's right-hand sides: minus its entries in second-stage rows."""
    count = chosen[0].size if chosen else 1
    sides = np.array([row.sign for row in parts.rows])
    plain = sparse.csr_array(_select(parts.core, [row.name for row in parts.rows], parts.early) * -sides[:, None])
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
