"""Write a two-stage problem for other people's solvers: SMPS for the plain average, MPS for the extensive form.

SMPS has no merged states and no tail average. The plain average needs none: it is one scenario a distinct state, with
the state's mean weight as probability and the sum of all weights in its costs. Bounds that decisions move become rows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from tillerman.twostage.errors import ProblemError
from tillerman.twostage.extensive import extensive_form
from tillerman.twostage.highs import load, quiet
from tillerman.twostage.problem import Bools, Floats, Ints, Problem, Risk

OBJECTIVE = "COST"
X, Z, RULE, ROW, BOUND = "x", "z", "a", "w", "b"  # columns of both stages; rules, recourse rows and bounds as rows


@dataclass(frozen=True)
class SmpsFiles:
    """The files of one set, and a table of what its short names stand for."""

    core: Path
    time: Path
    stoch: Path
    names: Path


def write_smps(problem: Problem, folder: Path, name: str) -> SmpsFiles:
    """Write the problem of the plain average (no tail) as an SMPS set that `read_smps` reads back."""
    files = SmpsFiles(*(folder / f"{name}{end}" for end in (".cor", ".tim", ".sto", ".names.csv")))
    folder.mkdir(parents=True, exist_ok=True)
    whole = _Whole(problem)
    _write(files.core, _core(whole, name))
    _write(files.time, _time(name))
    _write(files.stoch, _stoch(whole, name))
    with files.names.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("short", "name"))
        rules = [problem.first.row_names[rule.number] for rule in _one_sided(problem)]
        recourse = problem.recourse
        for letter, names in (
            (X, problem.first.names), (Z, recourse.column_names), (RULE, rules), (ROW, recourse.row_names),
        ):  # fmt: skip
            rows.writerows((f"{letter}{i}", long) for i, long in enumerate(names))
    return files


def write_mps(problem: Problem, path: Path, *, risk: Risk | None = None) -> None:
    """Write the extensive form, equal states merged, as an MPS file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    solver = quiet()
    load(solver, extensive_form(problem, Risk() if risk is None else risk))
    solver.writeModel(str(path))


class _Whole:
    """The states that count, as scenarios of one core: what all share, and what each has of its own."""

    def __init__(self, problem: Problem) -> None:
        weight: Floats = problem.weights.T @ problem.probability
        self.problem = problem
        self.used: Ints = np.flatnonzero(weight > 0.0)
        self.total = float(weight.sum())
        self.probability: Floats = weight[self.used] / self.total
        states = problem.states
        self.n_rows, self.n_columns = problem.recourse.matrix.shape
        upper = states.upper[self.used]
        moved = np.diff(states.upper_of_first.indptr).reshape(states.upper.shape)[self.used].any(axis=0)
        differs = (upper != upper[0]).any(axis=0)
        self.as_row: Bools = np.asarray(moved | differs)
        self.bounded: Ints = np.flatnonzero(self.as_row)
        self.plain_upper: Floats = np.where(self.as_row, np.inf, upper[0])
        if not np.isfinite(upper[:, self.bounded]).all():
            raise ProblemError(
                where="write_smps", found="a recourse column with a bound in some states and none in others",
                expected="a bound in every state or in none", remedy="Give it a bound that is never reached.",
            )  # fmt: skip
        self.constant = float(weight @ states.offset)
        self.first_cost: Floats = problem.first.cost + states.offset_of_first.T @ weight

    def costs(self, state: int) -> Floats:
        """A state's costs, at the weight of all states together."""
        found: Floats = self.total * self.problem.recourse.cost[self.problem.states.family[state]]
        return found

    def sides(self, state: int) -> Floats:
        """A state's right-hand sides: of its recourse rows, then of its bounds."""
        states = self.problem.states
        return np.concatenate([states.rhs[state], states.upper[state, self.bounded]])

    def technology(self, state: int) -> sparse.coo_array:
        """What the first-stage columns have in a state's rows: (rows and bounds) x columns."""
        states = self.problem.states
        rows = states.rhs_of_first[state * self.n_rows : (state + 1) * self.n_rows]
        bounds = states.upper_of_first[state * self.n_columns + self.bounded]
        return sparse.coo_array(-sparse.vstack([rows, bounds], format="csr"))

    def row_name(self, row: int) -> str:
        """The short name of a recourse row or of a bound as a row."""
        return f"{ROW}{row}" if row < self.n_rows else f"{BOUND}{self.bounded[row - self.n_rows]}"

    def entries(self, state: int) -> dict[tuple[str, str], float]:
        """Everything of a state that may differ from another's, by (column, row); zeros are left out."""
        found = {(f"{Z}{j}", OBJECTIVE): float(c) for j, c in enumerate(self.costs(state)) if c != 0.0}
        held = self.technology(state)
        places = zip(held.row.tolist(), held.col.tolist(), held.data.tolist(), strict=True)
        found.update({(f"{X}{column}", self.row_name(row)): value for row, column, value in places if value != 0.0})
        sides = enumerate(self.sides(state).tolist())
        found.update({("RHS", self.row_name(row)): side for row, side in sides if side != 0.0})
        return found


def _write(path: Path, lines: Iterable[str]) -> None:
    partial = path.with_name(path.name + ".part")
    with partial.open("w", encoding="ascii", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
    partial.replace(path)


def _core(whole: _Whole, name: str) -> Iterable[str]:
    recourse, rules = whole.problem.recourse, _one_sided(whole.problem)
    base = whole.entries(int(whole.used[0]))
    yield f"NAME {name}"
    yield "ROWS"
    yield f" N {OBJECTIVE}"
    yield from (f" {rule.kind} {RULE}{place}" for place, rule in enumerate(rules))
    yield from (f" {'E' if equal else 'L'} {ROW}{row}" for row, equal in enumerate(recourse.is_equality))
    yield from (f" L {BOUND}{column}" for column in whole.bounded)
    yield "COLUMNS"
    yield from _columns(whole, _entries_by_column(whole, rules, base))
    yield "RHS"
    yield f" RHS {OBJECTIVE} {-whole.constant!r}"
    yield from (f" RHS {RULE}{place} {rule.side!r}" for place, rule in enumerate(rules) if rule.side != 0.0)
    yield from (f" RHS {row} {side!r}" for (column, row), side in base.items() if column == "RHS")
    yield "BOUNDS"
    yield from _bounds(X, whole.problem.first.lower, whole.problem.first.upper)
    yield from _bounds(Z, np.zeros(whole.n_columns), whole.plain_upper)
    yield "ENDATA"


def _entries_by_column(
    whole: _Whole, rules: list[_Rule], base: dict[tuple[str, str], float]
) -> dict[str, list[tuple[str, float]]]:
    """Give every column's (row, entry) pairs in the core; each has its cost, so that none is left unknown."""
    found = {f"{X}{j}": [(OBJECTIVE, cost)] for j, cost in enumerate(whole.first_cost.tolist())}
    found |= {f"{Z}{j}": [(OBJECTIVE, base.get((f"{Z}{j}", OBJECTIVE), 0.0))] for j in range(whole.n_columns)}
    for place, rule in enumerate(rules):
        for column, value in zip(rule.columns, rule.values, strict=True):
            found[f"{X}{column}"].append((f"{RULE}{place}", value))
    for (name, row), value in base.items():
        if name != "RHS" and row != OBJECTIVE:
            found[name].append((row, value))
    held = whole.problem.recourse.matrix.tocoo()
    for at, column, value in zip(held.row.tolist(), held.col.tolist(), held.data.tolist(), strict=True):
        found[f"{Z}{column}"].append((f"{ROW}{at}", value))
    for column in whole.bounded.tolist():
        found[f"{Z}{column}"].append((f"{BOUND}{column}", 1.0))
    return found


def _columns(whole: _Whole, entries: dict[str, list[tuple[str, float]]]) -> Iterable[str]:
    is_open = False
    for j, integer in enumerate(whole.problem.first.is_integer.tolist()):
        if integer != is_open:
            is_open = integer
            yield f" MARK{j} 'MARKER' {chr(39)}{'INTORG' if is_open else 'INTEND'}{chr(39)}"
        yield from (f" {X}{j} {row} {value!r}" for row, value in entries[f"{X}{j}"])
    if is_open:
        yield " MARKEND 'MARKER' 'INTEND'"
    for j in range(whole.n_columns):
        yield from (f" {Z}{j} {row} {value!r}" for row, value in entries[f"{Z}{j}"])


@dataclass(frozen=True)
class _Rule:
    number: int  # of the rule in the first stage; one with two sides gives two rows
    kind: str
    columns: list[int]
    values: list[float]
    side: float


def _one_sided(problem: Problem) -> list[_Rule]:
    first = problem.first
    matrix = first.matrix
    found = []
    for number, (low, high) in enumerate(zip(first.row_lower.tolist(), first.row_upper.tolist(), strict=True)):
        part = slice(matrix.indptr[number], matrix.indptr[number + 1])
        columns, values = matrix.indices[part].tolist(), matrix.data[part].tolist()
        sides = [("E", low)] if low == high else [("G", low), ("L", high)]
        found += [_Rule(number, kind, columns, values, side) for kind, side in sides if np.isfinite(side)]
    return found


def _bounds(letter: str, lower: Floats, upper: Floats) -> Iterable[str]:
    for j, (low, high) in enumerate(zip(lower.tolist(), upper.tolist(), strict=True)):
        if low == -np.inf:
            yield f" MI BND {letter}{j}"
        elif low != 0.0:
            yield f" LO BND {letter}{j} {low!r}"
        if np.isfinite(high):
            yield f" UP BND {letter}{j} {high!r}"
        else:
            yield f" PL BND {letter}{j}"  # said, because a whole-number column without it is taken as binary


def _time(name: str) -> Iterable[str]:
    yield f"TIME {name}"
    yield "PERIODS IMPLICIT"
    yield f" {X}0 {OBJECTIVE} STAGE1"
    yield f" {Z}0 {ROW}0 STAGE2"
    yield "ENDATA"


def _stoch(whole: _Whole, name: str) -> Iterable[str]:
    yield f"STOCH {name}"
    yield "SCENARIOS DISCRETE"
    base = whole.entries(int(whole.used[0]))
    for state, probability in zip(whole.used.tolist(), whole.probability.tolist(), strict=True):
        yield f" SC s{state} 'ROOT' {probability!r} STAGE2"
        mine = whole.entries(state)
        for column, row in {**base, **mine}:
            value = mine.get((column, row), 0.0)
            if value != base.get((column, row), 0.0):
                yield f" {column} {row} {value!r}"
    yield "ENDATA"
