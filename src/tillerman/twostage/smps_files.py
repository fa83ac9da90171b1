"""The three files of an SMPS set as text: sections, and what a core, a time and a stochastic file hold.

Whatever a file contradicts, cuts off or leaves unclear is refused with its line: a number that was passed over would be
a wrong answer that nobody sees.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tillerman.twostage.errors import ProblemError

OPEN = 1e20  # a bound from here on is none
KINDS = ("N", "E", "L", "G")
CORE_SECTIONS = ("NAME", "ROWS", "COLUMNS", "RHS", "RANGES", "BOUNDS")

Place = tuple[str, str]  # (column as it stands in the file, row)
Entry = tuple[str, str, str, float]  # (where it stands, column, row, value)


def refuse(where: str, found: str, expected: str, remedy: str) -> ProblemError:
    """Give the error that names what a file holds and this class of problems cannot."""
    return ProblemError(where=where, found=found, expected=expected, remedy=remedy)


@dataclass(frozen=True)
class Line:
    """One line of a file as words."""

    where: str
    words: tuple[str, ...]

    def number(self, k: int) -> float:
        """Read one word as a number; exponents may be written with a D, as Fortran does."""
        try:
            found = float(self.words[k].upper().replace("D", "E"))
        except (IndexError, ValueError):
            found = math.nan
        if math.isnan(found):
            raise self.refuse("a number" if self.words[k:] else "a number more", "Names must not contain blanks.")
        return found

    def pairs(self, first: int) -> list[tuple[str, float]]:
        """Read (name, number) pairs from a word on."""
        if len(self.words) <= first or (len(self.words) - first) % 2:
            raise self.refuse("a name and a number, once or twice", "Names must not contain blanks.")
        return [(self.words[k], self.number(k + 1)) for k in range(first, len(self.words), 2)]

    def refuse(self, expected: str, remedy: str) -> ProblemError:
        """Give the error that names this line."""
        return refuse(self.where, f"{' '.join(self.words)!r}", expected, remedy)


@dataclass(frozen=True)
class Section:
    """A header with the lines that belong to it."""

    header: Line
    lines: list[Line]

    @property
    def kind(self) -> str:
        """The first word of the header."""
        return self.header.words[0].upper()


@dataclass
class Core:
    """A core file: rows, columns and the entries of one realisation."""

    name: str
    rows: dict[str, str] = field(default_factory=dict)  # name -> N, E, L, G
    columns: dict[str, int] = field(default_factory=dict)  # name -> place
    entries: dict[Place, float] = field(default_factory=dict)
    where: dict[Place, str] = field(default_factory=dict)  # the line of every entry
    rhs: dict[str, float] = field(default_factory=dict)
    ranges: dict[str, float] = field(default_factory=dict)
    lower: dict[str, float] = field(default_factory=dict)
    upper: dict[str, float] = field(default_factory=dict)
    integer: set[str] = field(default_factory=set)
    sets: dict[str, str] = field(default_factory=dict)  # section -> the name of its one set, '' where none is given

    def is_side(self, column: str) -> bool:
        """True when a column of the stochastic file stands for the right-hand side."""
        if column in self.columns:
            return False
        return column == self.sets.get("RHS") or column.upper().startswith(("RHS", "RIGHT"))


@dataclass(frozen=True)
class Outcome:
    """One outcome of a random block: its probability and the entries that it sets, each with its line."""

    probability: float
    entries: dict[Place, tuple[float, str]]


def _sections(path: Path) -> list[Section]:
    """Split a file into its sections, which ENDATA ends."""
    found: list[Section] = []
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise refuse(path.name, f"byte {problem.start} is no text", "ASCII or UTF-8", "Convert the file.") from problem
    for number, raw in enumerate(text.splitlines(), start=1):
        words = raw.split()
        if not words or words[0].startswith("*"):
            continue
        line = Line(f"{path.name}, line {number}", tuple(words))
        if not raw[0].isspace():
            if words[0].upper() == "ENDATA":
                return found
            found.append(Section(line, []))
        elif found:
            found[-1].lines.append(line)
        else:
            raise line.refuse(
                "a section first", "The name of a section begins its line; data lines begin with a blank."
            )
    raise refuse(path.name, "an end without ENDATA", "ENDATA as the last line", "The file may have been cut off.")


def read_core(path: Path) -> Core:
    """Read a core file."""
    core = Core(path.name)
    is_integer = False
    for section in _sections(path):
        _known(section)
        for line in section.lines:
            if section.kind == "ROWS":
                _read_row(core, line)
            elif section.kind == "COLUMNS" and "'MARKER'" in line.words:
                is_integer = "'INTORG'" in line.words
            elif section.kind == "COLUMNS":
                _read_column(core, line, is_integer=is_integer)
            elif section.kind == "RHS":
                _read_sides(core, line, "RHS", core.rhs)
            elif section.kind == "RANGES":
                _read_sides(core, line, "RANGES", core.ranges)
            elif section.kind == "BOUNDS":
                _read_bound(core, line)
    if "N" not in core.rows.values() or not core.columns:
        what = "no objective row (N)" if core.rows and core.columns else "no rows or no columns"
        raise refuse(path.name, what, "ROWS with an N row, and COLUMNS", "Check that this is the core file.")
    return core


def _known(section: Section) -> None:
    words = [word.upper() for line in (section.header, *section.lines) for word in line.words]
    if section.kind == "OBJSENSE" and not any(word.startswith("MAX") for word in words):
        return
    if section.kind == "OBJSENSE":
        raise section.header.refuse("a minimum", "Change the sign of the objective.")
    if section.kind not in CORE_SECTIONS:
        remedy = "Data lines begin with a blank; quadratic terms and special sets are not solved here."
        raise section.header.refuse(f"one of {', '.join(CORE_SECTIONS)}", remedy)


def _read_row(core: Core, line: Line) -> None:
    if len(line.words) != 2 or line.words[0].upper() not in KINDS:
        raise line.refuse(f"one of {', '.join(KINDS)} and a name", "Names must not contain blanks.")
    if line.words[1] in core.rows:
        raise line.refuse("each row once", "Give every row a name of its own.")
    core.rows[line.words[1]] = line.words[0].upper()


def _read_column(core: Core, line: Line, *, is_integer: bool) -> None:
    column = line.words[0]
    if core.columns.setdefault(column, len(core.columns)) != len(core.columns) - 1:
        raise line.refuse("all entries of a column together", "Move them, or give the column another name.")
    if is_integer:
        core.integer.add(column)
    for row, value in line.pairs(1):
        _row(core, line, row)
        if (column, row) in core.entries:
            raise line.refuse(f"one entry of {column!r} in {row!r}", "Leave out one of the two.")
        core.entries[column, row] = _finite(line, value)
        core.where[column, row] = line.where


def _row(core: Core, line: Line, row: str) -> None:
    if row not in core.rows:
        raise line.refuse(f"a row of the ROWS section in the place of {row!r}", "Check the name; it has no blanks.")


def _finite(line: Line, value: float) -> float:
    if not math.isfinite(value):
        raise line.refuse("finite numbers", "Leave an endless side out.")
    return value


def _one_set(core: Core, line: Line, section: str, name: str) -> None:
    held = core.sets.setdefault(section, name)
    if held != name:
        raise line.refuse(f"one set in {section}, as {held!r} before", "Leave the other sets out.")


def _read_sides(core: Core, line: Line, section: str, sides: dict[str, float]) -> None:
    has_name = len(line.words) % 2
    _one_set(core, line, section, line.words[0] if has_name else "")
    for row, value in line.pairs(has_name):
        _row(core, line, row)
        if sides.get(row, value) != value:
            raise line.refuse(f"{row!r} as it is above, {sides[row]:g}", "Leave out one of the two.")
        sides[row] = _finite(line, value)


def _read_bound(core: Core, line: Line) -> None:
    kind = line.words[0].upper()
    if kind not in {"LO", "FX", "UP", "UI", "FR", "MI", "PL", "BV", "LI"}:
        raise line.refuse("LO, UP, FX, FR, MI, PL, BV, LI or UI", "Other kinds of bounds are not solved here.")
    has_value = kind not in {"FR", "MI", "PL", "BV"}
    rest = line.words[1:]
    if not has_value and len(rest) > 1 and rest[-1] not in core.columns:
        rest = rest[:-1]  # a value that says nothing
    wanted = 2 if has_value else 1
    if len(rest) not in {wanted, wanted + 1}:
        raise line.refuse("a kind, a set, a column" + (", a number" if has_value else ""), "Names have no blanks.")
    _one_set(core, line, "BOUNDS", rest[0] if len(rest) > wanted else "")
    name = rest[-wanted]
    if name not in core.columns:
        raise line.refuse(f"a column of the COLUMNS section in the place of {name!r}", "Check the name.")
    value = line.number(len(line.words) - 1) if has_value else 0.0
    value = math.copysign(math.inf, value) if abs(value) >= OPEN else value
    if kind in {"UP", "UI"} and value < 0.0 and name not in core.lower:
        raise line.refuse("a lower bound before an upper one below zero", "Programs differ on what it is: say it.")
    _set_bound(core, kind, name, value)


def _set_bound(core: Core, kind: str, name: str, value: float) -> None:
    if kind in {"LO", "LI", "FX"}:
        core.lower[name] = value
    if kind in {"UP", "UI", "FX"}:
        core.upper[name] = value
    if kind in {"FR", "MI"}:
        core.lower[name] = -np.inf
    if kind == "BV":
        core.lower[name], core.upper[name] = 0.0, 1.0
    if kind in {"BV", "LI", "UI"}:
        core.integer.add(name)


def read_time(path: Path) -> Line:
    """Give the line of the second period, which names its first column and its first row."""
    for section in _sections(path):
        if section.kind == "PERIODS":
            if "EXPLICIT" in (word.upper() for word in section.header.words):
                raise section.header.refuse("PERIODS with the first column and row of each", "Write them in order.")
            if len(section.lines) != 2:
                found = f"{len(section.lines)} periods"
                raise refuse(section.header.where, found, "two periods", "Only two-stage problems are solved.")
            second = section.lines[1]
            if len(second.words) < 2:
                raise second.refuse("a column, a row and a period", "Names must not contain blanks.")
            return second
    raise refuse(path.name, "no PERIODS section", "a PERIODS section", "Check that this is the time file.")


def read_stoch(path: Path) -> dict[str, list[Outcome]]:
    """Give independent random blocks by name; each is a list of outcomes of some entries."""
    blocks: dict[str, list[Outcome]] = {}
    for section in _sections(path):
        header = [word.upper() for word in section.header.words]
        if header[0] == "STOCH":
            continue
        if header[0] not in {"INDEP", "BLOCKS", "SCENARIOS"} or header[1:] not in (
            ["DISCRETE"],
            ["DISCRETE", "REPLACE"],
        ):
            raise section.header.refuse("INDEP, BLOCKS or SCENARIOS, DISCRETE", "Discretise the distribution.")
        read = {"INDEP": _read_independent, "BLOCKS": _read_blocks, "SCENARIOS": _read_scenarios}[header[0]]
        read(section, blocks)
    if not blocks:
        raise refuse(path.name, "nothing random", "INDEP, BLOCKS or SCENARIOS with outcomes", "Is this the right file?")
    return blocks


def _probability(line: Line, k: int) -> float:
    found = line.number(k)
    if not 0.0 <= found <= 1.0:
        raise line.refuse("a probability from 0 to 1", "Check the number.")
    return found


def _read_independent(section: Section, blocks: dict[str, list[Outcome]]) -> None:
    for line in section.lines:
        if len(line.words) not in {4, 5}:
            raise line.refuse("a column, a row, a value, a period and a probability", "Names must not contain blanks.")
        column, row = line.words[:2]
        value = _finite(line, line.number(2))
        outcome = Outcome(_probability(line, len(line.words) - 1), {(column, row): (value, line.where)})
        blocks.setdefault(f"{column!r} in {row!r}", []).append(outcome)


def _realisations(section: Section, begins: str) -> list[tuple[Line, dict[Place, tuple[float, str]]]]:
    """Split a section into its realisations: the line that begins each, and the entries that it sets."""
    found: list[tuple[Line, dict[Place, tuple[float, str]]]] = []
    for line in section.lines:
        if line.words[0].upper() == begins:
            found.append((line, {}))
        elif not found:
            raise line.refuse(f"a line {begins} first", "Every entry belongs to a realisation.")
        else:
            for row, value in line.pairs(1):
                if (line.words[0], row) in found[-1][1]:
                    raise line.refuse(f"one entry of {row!r} a realisation", "Leave out one of the two.")
                found[-1][1][line.words[0], row] = (_finite(line, value), line.where)
    return found


def _read_blocks(section: Section, blocks: dict[str, list[Outcome]]) -> None:
    for line, entries in _realisations(section, "BL"):
        if len(line.words) not in {3, 4}:
            raise line.refuse("BL, a block, a period and a probability", "Names must not contain blanks.")
        known = blocks.setdefault(f"block {line.words[1]!r}", [])
        if known and known[0].entries.keys() != entries.keys():
            raise line.refuse("the entries of the first realisation of the block", "Write every entry in every one.")
        known.append(Outcome(_probability(line, len(line.words) - 1), entries))


def _read_scenarios(section: Section, blocks: dict[str, list[Outcome]]) -> None:
    """Read scenarios: each has what its parent has, and differs in the entries that it sets."""
    whole: dict[str, dict[Place, tuple[float, str]]] = {"ROOT": {}}
    for line, entries in _realisations(section, "SC"):
        if len(line.words) not in {4, 5}:
            raise line.refuse("SC, a scenario, its parent, a probability and a period", "Names have no blanks.")
        name, parent = line.words[1], line.words[2]
        parent = "ROOT" if parent.strip("'\"").upper() == "ROOT" else parent
        if name in whole:
            raise line.refuse("each scenario once", "Give it a name of its own.")
        if parent not in whole:
            raise line.refuse(f"an earlier scenario, or ROOT, in the place of {parent!r}", "Check the parent's name.")
        whole[name] = {**whole[parent], **entries}
        blocks.setdefault("the scenarios", []).append(Outcome(_probability(line, 3), whole[name]))
