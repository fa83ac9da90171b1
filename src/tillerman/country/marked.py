"""Problems beside their cells: the rows of a file in which something is wrong, as the sheet shows them, with what."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tillerman.country.raw import MAX_BYTES
from tillerman.country.workbook_reading import open_workbook, rows_of
from tillerman.errors import Problem

_ROW = re.compile(r"row ([0-9]+)")
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]+)\b")
_SHEET = "sheet "
_LONGEST = 120  # characters of a cell that are shown; a long note is cut, and says so by its dots


@dataclass(frozen=True)
class MarkedCell:
    """One cell as it stands, and what is wrong with it."""

    column: str  # its name in the header, or its letter where it has none
    text: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class MarkedRow:
    """One row in which something is wrong: its number as a spreadsheet shows it, its name, and the cells to look at."""

    number: int
    name: str  # its first cell that is filled
    cells: tuple[MarkedCell, ...]  # those with a problem
    problems: tuple[Problem, ...]  # of the row as a whole


@dataclass(frozen=True)
class MarkedTable:
    """One table or sheet with everything that is wrong in it."""

    place: str
    rows: tuple[MarkedRow, ...]
    problems: tuple[Problem, ...]  # of the table as a whole, or of a place in it that could not be found


def marked(path: Path, problems: Iterable[Problem]) -> tuple[MarkedTable, ...]:
    """Put problems beside the cells they speak of, table by table, in the order in which the tables are first named.

    What cannot be found in the file, such as a missing column, stands with its table.
    """
    by_place: dict[str, list[Problem]] = {}
    for problem in problems:
        by_place.setdefault(problem.where.split(":", 1)[0], []).append(problem)
    sheets = _sheets(path, by_place)
    return tuple(_table(place, found, sheets.get(place, ())) for place, found in by_place.items())


@dataclass(frozen=True)
class _Spot:
    """Where in a sheet a problem lies: its row from 1, and its column from 0; None where the whole is meant."""

    row: int | None
    column: int | None
    name: str


def _table(place: str, problems: Sequence[Problem], sheet: Sequence[Sequence[str]]) -> MarkedTable:
    loose: list[Problem] = []
    cells: dict[int, dict[_Spot, list[Problem]]] = {}
    for problem in problems:
        spot = _spot(problem.where, sheet)
        if spot.row is None:
            loose.append(problem)
        else:
            cells.setdefault(spot.row, {}).setdefault(spot, []).append(problem)
    rows = tuple(_row(number, found, sheet) for number, found in sorted(cells.items()))
    return MarkedTable(place, rows, tuple(loose))


def _row(number: int, found: Mapping[_Spot, Sequence[Problem]], sheet: Sequence[Sequence[str]]) -> MarkedRow:
    texts = sheet[number - 1] if number <= len(sheet) else ()
    whole = tuple(problem for spot, held in found.items() if spot.column is None for problem in held)
    marked_cells = tuple(
        MarkedCell(spot.name, _short(texts[spot.column]) if spot.column < len(texts) else "", tuple(held))
        for spot, held in sorted(found.items(), key=lambda pair: -1 if pair[0].column is None else pair[0].column)
        if spot.column is not None
    )
    return MarkedRow(number, _short(next((text for text in texts if text), "")), marked_cells, whole)


def _spot(where: str, sheet: Sequence[Sequence[str]]) -> _Spot:
    """Read where a problem lies from its words: `table:row 3:column`, or `sheet:C9 (what)`."""
    _, _, rest = where.partition(":")
    first, _, column = rest.partition(":")
    header = sheet[0] if sheet else ()
    if found := _ROW.fullmatch(first):
        name = column.split(" (", 1)[0]
        at = header.index(name) if name in header else None
        return _Spot(int(found[1]), at, column)
    if found := _ADDRESS.match(first):
        return _Spot(int(found[2]), _position(found[1]), first)
    for number, texts in enumerate(sheet, start=1):  # a value of the frame is named by its key
        if first and texts and texts[0].strip() == first:
            return _Spot(number, 1, first)
    return _Spot(None, None, "")


def _position(letters: str) -> int:
    """The position of a column, from 0, by its letters."""
    found = 0
    for letter in letters:
        found = 26 * found + ord(letter) - ord("A") + 1
    return found - 1


def _sheets(path: Path, places: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The sheets or files that are named, as texts; one that cannot be read is left out: its problem says why."""
    if path.is_dir():
        return {place: _file(path / place) for place in places if Path(place).name == place}
    unread: list[Problem] = []
    book = open_workbook(path, unread)
    if book is None:
        return {}
    found = {}
    for place in places:
        name = place.removeprefix(_SHEET)
        if name in book.sheetnames and (rows := rows_of(book[name], place, unread)) is not None:
            found[place] = tuple(row.cells for row in rows)
    return found


def _file(path: Path) -> tuple[tuple[str, ...], ...]:
    if not path.is_file() or path.stat().st_size > MAX_BYTES:
        return ()
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    if path.suffix == ".toml":
        return tuple(tuple(part.strip() for part in line.split("=", 1)) for line in text.splitlines())
    try:
        return tuple(tuple(cell.strip() for cell in line) for line in csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return ()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
