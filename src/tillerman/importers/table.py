"""Reading a published table: whole or not at all, with every problem told; columns go by name, in any order."""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tillerman.country.columns import Column
from tillerman.country.diagnose import NUMBER, diagnose
from tillerman.country.raw import at
from tillerman.errors import CountryFileError, Problem, nearest

MAX_BYTES = 200_000_000  # unpacked; the largest source known has 12 MB
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_ANY = Column("value", "", float, False, True, "", None, None, (), False)  # a number without limits


@dataclass(frozen=True)
class SourceRow:
    """One row of a source: its number as a spreadsheet shows it, and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The text of a cell; blank where there is none."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class SourceTable:
    """A published table: its file, its columns and its rows."""

    place: str
    header: tuple[str, ...]
    rows: tuple[SourceRow, ...]

    def has(self, *columns: str) -> bool:
        """True when every one of these columns is there."""
        return set(columns) <= set(self.header)


class Trouble:
    """Collects the problems of a source, so that all of them are told at once."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.problems: list[Problem] = []

    def add(self, row: int | None, column: str | None, found: str, expected: str, remedy: str) -> None:
        """Note one problem."""
        self.problems.append(Problem(at(self.place, row, column), found, expected, remedy))

    def number(self, row: SourceRow, column: str) -> float | None:
        """Read a number; a problem and None where the cell holds none."""
        text = row[column].strip()
        if NUMBER.fullmatch(text) and math.isfinite(float(text)):
            return float(text)
        found, remedy = ("a blank cell", "Leave the row out, or fill in the cell.") if not text else _what(text)
        self.add(row.number, column, found, "a number with '.' before the decimals", remedy)
        return None

    def optional(self, row: SourceRow, column: str) -> float | None:
        """Read a number where there is one; a blank cell is nothing, anything else is a problem."""
        return self.number(row, column) if row[column].strip() else None

    def once(self, rows: Iterable[SourceRow], columns: Sequence[str]) -> None:
        """Note rows that say the same thing twice."""
        first: dict[tuple[str, ...], int] = {}
        for row in rows:
            key = tuple(row[column] for column in columns)
            if key in first:
                found = f"{', '.join(key)!r} a second time"
                expected = f"each once; it stands at row {first[key]}"
                self.add(row.number, columns[0], found, expected, "Remove one of the two rows.")
            first.setdefault(key, row.number)

    def stop(self) -> None:
        """Refuse the source if anything was noted. Raises CountryFileError with all of it."""
        if self.problems:
            kept = self.problems[:_TOLD]
            if len(self.problems) > _TOLD:
                more = f"{len(self.problems) - _TOLD:,} more problems"
                kept.append(Problem(at(self.place), more, "none", "Correct the first ones, then try again."))
            raise CountryFileError(self.place, kept)


_TOLD = 25


def _what(text: str) -> tuple[str, str]:
    return diagnose(_ANY, text)


def rounded(text: str) -> str:
    """A number of a source as it is told: whole, thousands apart; anything else as it stands."""
    return f"{float(text):,.0f}" if NUMBER.fullmatch(text) else text or "not given"


def read_table(path: Path, *shapes: Sequence[str], key: str | None = None) -> SourceTable:
    """Read a CSV file (also .gz) that has all columns of at least one of the shapes; `key` must be filled in each row.

    Raises:
        CountryFileError: with every problem of the file: encoding, separators, columns, cut-off rows.
    """
    trouble = Trouble(path.name or str(path))
    text = read_text(path, trouble)
    trouble.stop()
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        trouble.add(None, None, f"broken CSV: {error}", "comma-separated values", "Download the file again, whole.")
        trouble.stop()
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if any(cell.strip() for cell in line)]
    while numbered and numbered[0][1][0].startswith("#"):
        numbered.pop(0)  # remarks above the header
    if not numbered:
        trouble.add(None, None, "an empty file", f"the columns {', '.join(shapes[0])}", "Download the file again.")
        trouble.stop()
    (head, first), *body = numbered
    header = tuple(cell.strip() for cell in first)
    _judge_header(header, head, shapes, trouble)
    trouble.stop()
    rows = []
    for number, line in body:
        if len(line) != len(header):
            found = f"{len(line)} cells under {len(header)} column names"
            remedy = "The file ends in the middle of a row: download it again, whole."
            if number != body[-1][0] or len(line) > len(header):
                remedy = "A text with a comma needs double quotes around it; merged cells need to be filled in."
            trouble.add(number, None, found, "one cell for each column", remedy)
            continue
        row = SourceRow(number, dict(zip(header, (cell.strip() for cell in line), strict=True)))
        if key is not None and key in header and not row[key]:
            remedy = "Unmerge the cells and fill in each of them; a row without a name belongs to nobody."
            trouble.add(number, key, "a blank cell", "a name in each row", remedy)
        rows.append(row)
    trouble.stop()
    return SourceTable(path.name, header, tuple(rows))


def _judge_header(header: tuple[str, ...], row: int, shapes: Sequence[Sequence[str]], trouble: Trouble) -> None:
    wanted = max(shapes, key=lambda shape: sum(name in header for name in shape) / len(shape))
    if len(header) == 1:
        for mark, name in _SEPARATORS.items():
            if mark in header[0]:
                remedy = "Save it with commas between the columns, or download it again."
                trouble.add(row, None, f"columns separated by {name}", "columns separated by commas", remedy)
                return
    for name in wanted:
        if name not in header:
            near = nearest(name, header)
            remedy = f"Is it {near[0]!r}? Columns go by their published names." if near else "Check the source's name."
            trouble.add(row, name, "no such column", f"a column named {name!r}", remedy)
        elif header.count(name) > 1:
            trouble.add(row, name, f"two columns named {name!r}", "each column once", "Delete the one not meant.")


def read_text(path: Path, trouble: Trouble) -> str:
    """Read a UTF-8 text of bearable size, also packed with gzip; a problem where that fails."""
    data = _read_bytes(path, trouble)
    remedy = "Save it again as UTF-8 (in Excel: 'CSV UTF-8'), or download it again."
    if data.startswith(b"PK"):
        trouble.add(None, None, "a workbook or a zip archive", "a text file", "Save the sheet as 'CSV UTF-8'.")
    elif data.startswith(_UTF16):
        trouble.add(None, None, "a file in UTF-16", "UTF-8", remedy)
    elif b"\0" in data:
        trouble.add(None, None, "a NUL byte", "a text file", remedy)
    else:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            row = data.count(b"\n", 0, error.start) + 1
            found = f"the byte 0x{data[error.start]:02x}, which is not UTF-8"
            trouble.add(row, None, found, "UTF-8", remedy)
    return ""


def _read_bytes(path: Path, trouble: Trouble) -> bytes:
    if not path.is_file():
        found = "a folder" if path.is_dir() else "no such file"
        trouble.add(None, None, found, "a readable file", "Check the path.")
        return b""
    limit, remedy = f"{MAX_BYTES / 1e6:,.0f} MB or less", "Check that this is the file you mean."
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            data: bytes = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        found = f"a file that cannot be read ({error})"
        trouble.add(None, None, found, "a whole file", "Download it again; check that you may read it.")
        return b""
    if len(data) > MAX_BYTES:
        trouble.add(None, None, "more than that", limit, remedy)
        return b""
    return data


def read_json(path: Path) -> object:
    """Read a JSON file. Raises CountryFileError where it is cut off or no JSON."""
    trouble = Trouble(path.name or str(path))
    text = read_text(path, trouble)
    trouble.stop()
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        row = getattr(error, "lineno", None)
        trouble.add(row, None, f"broken JSON: {error}", "one whole JSON text", "Download the file again, whole.")
        trouble.stop()
    return found
