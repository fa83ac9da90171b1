"""Read a two-stage linear programme in SMPS: a core file, a time file and a stochastic file.

Taken: INDEP, BLOCKS and SCENARIOS with DISCRETE distributions of right-hand sides, two periods, free or fixed MPS.
Refused by name: integer columns in the second stage, random matrix entries or costs, more than two periods.
Random right-hand sides that are independent are multiplied out, so their number is limited.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy import sparse

from tillerman.twostage.errors import ProblemError
from tillerman.twostage.problem import FirstStage, Floats, Problem, Recourse, States

MOST_SCENARIOS = 1_000_000  # outcomes of independent right-hand sides multiplied out


@dataclass
class _Core:
    rows: dict[str, str] = field(default_factory=dict)  # name -> N, E, L, G
    columns: list[str] = field(default_factory=list)
    entries: list[tuple[str, str, float]] = field(default_factory=list)  # (row, column, value)
    rhs: dict[str, float] = field(default_factory=dict)
    lower: dict[str, float] = field(default_factory=dict)
    upper: dict[str, float] = field(default_factory=dict)
    integer: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Outcome:
    probability: float
    values: tuple[tuple[str, float], ...]  # (row, right-hand side)


def read_smps(core: Path, time: Path, stoch: Path, *, relax_integers: bool = False) -> Problem:
    """Read a two-stage problem from the three files of an SMPS set.

    With `relax_integers`, whole-number columns of the second stage become continuous, on request only.
    """
    parsed = _read_core(core)
    first_column, first_row = _read_time(time)
    return _build(parsed, first_column, first_row, _read_stoch(stoch), core.name, relax_integers=relax_integers)


def _refuse(where: str, found: str, expected: str, remedy: str) -> ProblemError:
    return ProblemError(where=where, found=found, expected=expected, remedy=remedy)


def _sections(path: Path) -> list[tuple[str, list[list[str]]]]:
    """Split a file into its sections: (header line, data lines as words)."""
    sections: list[tuple[str, list[list[str]]]] = []
    for line in path.read_text(encoding="ascii").splitlines():
        if not line.strip() or line.startswith("*"):
            continue
        if line[0].isspace():
            words = line.split()
            if words and sections and not words[0].startswith("*"):
                sections[-1][1].append(words)
        else:
            sections.append((line.strip(), []))
    return sections


def _read_core(path: Path) -> _Core:
    core = _Core()
    is_integer = False
    for header, lines in _sections(path):
        kind = header.split()[0].upper()
        for words in lines:
            if kind == "ROWS":
                core.rows[words[1]] = words[0].upper()
            elif kind == "COLUMNS" and "'MARKER'" in words:
                is_integer = "'INTORG'" in words
            elif kind == "COLUMNS":
                _read_column(core, words, is_integer=is_integer)
            elif kind == "RHS":
                core.rhs.update(_pairs(words[len(words) % 2 :]))
            elif kind == "BOUNDS":
                _read_bound(core, words, path.name)
            elif kind == "RANGES":
                raise _refuse(path.name, "a RANGES section", "one-sided rows", "Write a range as two rows.")
    return core


def _read_column(core: _Core, words: list[str], *, is_integer: bool) -> None:
    if not core.columns or core.columns[-1] != words[0]:
        core.columns.append(words[0])
    if is_integer:
        core.integer.add(words[0])
    core.entries.extend((row, words[0], value) for row, value in _pairs(words[1:]))


def _pairs(words: list[str]) -> list[tuple[str, float]]:
    return [(words[k], float(words[k + 1])) for k in range(0, len(words) - 1, 2)]


def _read_bound(core: _Core, words: list[str], where: str) -> None:
    kind = words[0].upper()
    has_value = kind not in {"FR", "MI", "PL", "BV"}
    name = words[-2] if has_value else words[-1]
    value = float(words[-1]) if has_value else 0.0
    if kind in {"LO", "FX"}:
        core.lower[name] = value
    if kind in {"UP", "FX", "UI"}:
        core.upper[name] = value
    if kind in {"FR", "MI"}:
        core.lower[name] = -np.inf
    if kind in {"BV", "LI", "UI"}:
        core.integer.add(name)
    if kind == "BV":
        core.upper[name] = 1.0
    if kind not in {"LO", "FX", "UP", "UI", "FR", "MI", "PL", "BV", "LI"}:
        raise _refuse(
            where, f"bound type {kind!r}", "LO, UP, FX, FR, MI, PL, BV, LI or UI", "Check the BOUNDS section."
        )


def _read_time(path: Path) -> tuple[str, str]:
    """Give the first column and row of the second period."""
    for header, lines in _sections(path):
        if header.split()[0].upper() == "PERIODS":
            if len(lines) != 2:
                raise _refuse(path.name, f"{len(lines)} periods", "two periods", "Only two-stage problems are solved.")
            return lines[1][0], lines[1][1]
    raise _refuse(path.name, "no PERIODS section", "a PERIODS section", "Check that this is the time file.")


def _read_stoch(path: Path) -> list[list[_Outcome]]:
    """Give independent random blocks; each is a list of outcomes of some right-hand sides."""
    blocks: dict[str, list[_Outcome]] = {}
    for header, lines in _sections(path):
        words = header.split()
        kind = words[0].upper()
        if kind in {"STOCH", "ENDATA"}:
            continue
        if kind not in {"INDEP", "BLOCKS", "SCENARIOS"} or words[-1].upper() != "DISCRETE":
            raise _refuse(path.name, header, "INDEP, BLOCKS or SCENARIOS, DISCRETE", "Discretise the distribution.")
        if kind == "INDEP":
            for line in lines:
                row, value = _right_hand_side(line, path.name)
                blocks.setdefault(row, []).append(_Outcome(float(line[-1]), ((row, value),)))
            continue
        name, probability = "", 0.0
        values: dict[str, float] = {}
        for line in [*lines, ["END"]]:
            if line[0] in {"BL", "SC", "END"}:
                if name:
                    blocks.setdefault(name, []).append(_Outcome(probability, tuple(values.items())))
                if line[0] != "END":
                    name = line[1] if line[0] == "BL" else "all"
                    probability = float(line[-1] if line[0] == "BL" else line[3])
                    values = {}
            else:
                row, value = _right_hand_side(line, path.name)
                values[row] = value
    return list(blocks.values())


def _right_hand_side(words: list[str], where: str) -> tuple[str, float]:
    if words[0].upper() not in {"RHS", "RIGHT", "RHS1", "RHS_"} and not words[0].upper().startswith("RH"):
        raise _refuse(
            where, f"a random entry in column {words[0]!r}", "random right-hand sides only",
            "A random matrix or cost is outside this class: W and costs are the same in every state.",
        )  # fmt: skip
    return words[1], float(words[2])


def _build(
    core: _Core, first_column: str, first_row: str, blocks: list[list[_Outcome]], where: str, *, relax_integers: bool
) -> Problem:
    names = list(core.rows)
    objective = next(name for name, kind in core.rows.items() if kind == "N")
    split_row, split_column = names.index(first_row), core.columns.index(first_column)
    late_rows = [name for name in names[split_row:] if core.rows[name] != "N"]
    early_rows = [name for name in names[:split_row] if core.rows[name] != "N"]
    early, late = core.columns[:split_column], core.columns[split_column:]
    whole = sorted(core.integer.intersection(late))
    if whole and not relax_integers:
        raise _refuse(
            where, f"{len(whole)} whole-number columns in the second stage, the first {whole[0]!r}",
            "continuous recourse", "Pass relax_integers=True for the linear relaxation of the second stage.",
        )  # fmt: skip
    free = [name for name in late if core.lower.get(name, 0.0) != 0.0]
    if free:
        raise _refuse(
            where, f"second-stage column {free[0]!r} with lower bound {core.lower[free[0]]!r}", "lower bound 0",
            "Substitute the column by its distance from the bound.",
        )  # fmt: skip
    place_row = {name: i for i, name in enumerate(late_rows)}
    sign = np.array([-1.0 if core.rows[name] == "G" else 1.0 for name in late_rows])
    cost = {column: value for row, column, value in core.entries if row == objective}
    recourse = Recourse(
        matrix=sparse.csr_array(_select(core, late_rows, late) * sign[:, None]),
        is_equality=np.array([core.rows[name] == "E" for name in late_rows]),
        cost=np.array([[cost.get(name, 0.0) for name in late]]),
        row_names=tuple(late_rows),
        column_names=tuple(late),
    )
    probability, rhs = _outcomes(core, blocks, place_row, late_rows, where)
    n_states = probability.size
    technology = sparse.csr_array(_select(core, late_rows, early) * -sign[:, None])
    states = States(
        family=np.zeros(n_states, dtype=np.int64),
        rhs=rhs * sign,
        rhs_of_first=sparse.csr_array(sparse.kron(np.ones((n_states, 1)), technology)),
        upper=np.tile([core.upper.get(name, np.inf) for name in late], (n_states, 1)),
        upper_of_first=sparse.csr_array((n_states * len(late), len(early))),
        offset=np.zeros(n_states),
        offset_of_first=sparse.csr_array((n_states, len(early))),
    )
    return Problem(
        _first_stage(core, early_rows, early, cost), recourse, states, sparse.csr_array(sparse.eye_array(n_states)),
        probability, group=np.zeros(n_states, dtype=np.int64),
    )  # fmt: skip


def _first_stage(core: _Core, rows: list[str], columns: list[str], cost: dict[str, float]) -> FirstStage:
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


def _select(core: _Core, rows: list[str], columns: list[str]) -> sparse.csr_array:
    row_at = {name: i for i, name in enumerate(rows)}
    column_at = {name: j for j, name in enumerate(columns)}
    held = [(row_at[r], column_at[c], v) for r, c, v in core.entries if r in row_at and c in column_at]
    at_row, at_column, values = ([entry[k] for entry in held] for k in range(3))
    matrix = sparse.coo_array((values, (at_row, at_column)), shape=(len(rows), len(columns)))
    return sparse.csr_array(matrix.tocsr())


def _outcomes(
    core: _Core, blocks: list[list[_Outcome]], place_row: dict[str, int], rows: list[str], where: str
) -> tuple[Floats, Floats]:
    """Multiply independent blocks out: probabilities and right-hand sides of every joint outcome."""
    count = int(np.prod([len(block) for block in blocks], dtype=np.float64))
    if count > MOST_SCENARIOS:
        raise _refuse(
            where, f"{count:,} joint outcomes", f"at most {MOST_SCENARIOS:,}", "Use a smaller stochastic file."
        )
    base = np.array([core.rhs.get(name, 0.0) for name in rows])
    probability, rhs = np.ones(count), np.tile(base, (count, 1))
    choice = np.unravel_index(np.arange(count), [len(block) for block in blocks])
    for block, chosen in zip(blocks, choice, strict=True):
        probability *= np.array([outcome.probability for outcome in block])[chosen]
        for number, outcome in enumerate(block):
            mine = np.flatnonzero(chosen == number)
            for row, value in outcome.values:
                if row not in place_row:
                    raise _refuse(where, f"random right-hand side of {row!r}", "a row of the second stage", "Check it.")
                rhs[mine, place_row[row]] = value
    return probability / probability.sum(), rhs
