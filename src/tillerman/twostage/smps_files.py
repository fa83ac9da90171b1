"""The three files of an SMPS set as text: sections, and what a core, a time and a stochastic file hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tillerman.twostage.errors import ProblemError

SIDE = ""  # stands for the right-hand side where a column is named

Place = tuple[str, str]  # (column, row); the column is SIDE for a right-hand side


@dataclass
class Core:
    """A core file: rows, columns and the entries of one realisation."""

    rows: dict[str, str] = field(default_factory=dict)  # name -> N, E, L, G
    columns: list[str] = field(default_factory=list)
    entries: list[tuple[str, str, float]] = field(default_factory=list)  # (row, column, value)
    rhs: dict[str, float] = field(default_factory=dict)
    lower: dict[str, float] = field(default_factory=dict)
    upper: dict[str, float] = field(default_factory=dict)
    integer: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Outcome:
    """One outcome of a random block: its probability and the entries that it sets."""

    probability: float
    values: tuple[tuple[Place, float], ...]


def refuse(where: str, found: str, expected: str, remedy: str) -> ProblemError:
    """Give the error that names what a file holds and this class of problems cannot."""
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


def read_core(path: Path) -> Core:
    """Read a core file."""
    core = Core()
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
                raise refuse(path.name, "a RANGES section", "one-sided rows", "Write a range as two rows.")
    return core


def _read_column(core: Core, words: list[str], *, is_integer: bool) -> None:
    if not core.columns or core.columns[-1] != words[0]:
        core.columns.append(words[0])
    if is_integer:
        core.integer.add(words[0])
    core.entries.extend((row, words[0], value) for row, value in _pairs(words[1:]))


def _pairs(words: list[str]) -> list[tuple[str, float]]:
    return [(words[k], float(words[k + 1])) for k in range(0, len(words) - 1, 2)]


def _read_bound(core: Core, words: list[str], where: str) -> None:
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
        raise refuse(where, f"bound type {kind!r}", "LO, UP, FX, FR, MI, PL, BV, LI or UI", "Check the BOUNDS section.")


def read_time(path: Path) -> tuple[str, str]:
    """Give the first column and row of the second period."""
    for header, lines in _sections(path):
        if header.split()[0].upper() == "PERIODS":
            if len(lines) != 2:
                raise refuse(path.name, f"{len(lines)} periods", "two periods", "Only two-stage problems are solved.")
            return lines[1][0], lines[1][1]
    raise refuse(path.name, "no PERIODS section", "a PERIODS section", "Check that this is the time file.")


def read_stoch(path: Path) -> list[list[Outcome]]:
    """Give independent random blocks; each is a list of outcomes of some entries."""
    blocks: dict[str, list[Outcome]] = {}
    for header, lines in _sections(path):
        words = header.split()
        kind = words[0].upper()
        if kind in {"STOCH", "ENDATA"}:
            continue
        if kind not in {"INDEP", "BLOCKS", "SCENARIOS"} or words[-1].upper() != "DISCRETE":
            raise refuse(path.name, header, "INDEP, BLOCKS or SCENARIOS, DISCRETE", "Discretise the distribution.")
        if kind == "INDEP":
            for line in lines:
                place = _place(line[0], line[1])
                blocks.setdefault(" ".join(place), []).append(Outcome(float(line[-1]), ((place, float(line[2])),)))
            continue
        name, probability = "", 0.0
        values: dict[Place, float] = {}
        for line in [*lines, ["END"]]:
            if line[0] in {"BL", "SC", "END"}:
                if name:
                    blocks.setdefault(name, []).append(Outcome(probability, tuple(values.items())))
                if line[0] != "END":
                    name = line[1] if line[0] == "BL" else "all"
                    probability = float(line[-1] if line[0] == "BL" else line[3])
                    values = {}
            else:
                values.update({_place(line[0], row): value for row, value in _pairs(line[1:])})
    return list(blocks.values())


def _place(column: str, row: str) -> Place:
    return (SIDE if column.upper().startswith(("RHS", "RIGHT")) else column, row)
