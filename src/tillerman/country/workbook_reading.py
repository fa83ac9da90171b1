"""Reading a country file kept as one Excel workbook: a sheet a table, the frame as keys and values."""

from __future__ import annotations

import re
import warnings
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from tillerman.country.canonical import text_of
from tillerman.country.cells import neutralised
from tillerman.country.raw import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    RawEntry,
    RawFile,
    RawRow,
    RawTable,
    at,
    table_from,
    unknown_table,
)
from tillerman.errors import Problem

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FRAME_SHEET = "frame"
WORDS_SHEET = "words"  # the lists behind drop-down cells; written for people, not read
RESULT_MARK = "Tillerman · "  # begins the first cell of a sheet that a plan wrote into the workbook: not an input
_MAX_UNPACKED = 10 * MAX_BYTES
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]+[0-9]+:([A-Z]{1,3})([0-9]{1,7}))["']""")
_NEEDS_A_MARK = re.compile(r"[=#]|'")  # a text that the reader of cells would take for something else


def read_workbook(path: Path, known: tuple[str, ...]) -> RawFile:
    """Read every known sheet of a workbook, and list what could not be read."""
    problems: list[Problem] = []
    book = open_workbook(path, problems)
    if book is None:
        return RawFile(path.stem, False, path.name, {}, {}, frozenset(known), tuple(problems))
    tables: dict[str, RawTable] = {}
    unread: set[str] = set()
    frame: dict[str, RawEntry] | None = None
    for sheet in book.worksheets:
        place, name = f"sheet {sheet.title}", sheet.title
        if name == WORDS_SHEET or _is_result(sheet):
            continue
        if name not in (*known, FRAME_SHEET):
            problems.append(unknown_table(place, name, (*known, FRAME_SHEET)))
            continue
        rows = rows_of(sheet, place, problems)
        if rows is None:
            unread.add(name)
            continue
        if name == FRAME_SHEET:
            frame = _frame(place, rows, problems)
            continue
        table, found = table_from(place, rows)
        problems.extend(found)
        if table is None:
            unread.add(name)
        else:
            tables[name] = table
    if FRAME_SHEET not in book.sheetnames:
        remedy = (
            "Add a sheet named frame with the columns key and value; "
            "where this is a form of thirty numbers, name its sheet thirty again."
        )
        problems.append(Problem(at(path.name), "no sheet named 'frame'", "the frame of the country file", remedy))
    return RawFile(
        path.stem, frame is not None, f"sheet {FRAME_SHEET}", frame or {}, tables, frozenset(unread), tuple(problems)
    )


def open_workbook(path: Path, problems: list[Problem]) -> Workbook | None:
    """Open a workbook of bearable size, or say why it cannot be opened."""
    import openpyxl  # a folder does without it

    if not path.is_file():  # reading a pipe or a device may never end
        problems.append(Problem(at(path.name), "a pipe or a device", "an .xlsx workbook", "Put the file itself here."))
        return None
    size = path.stat().st_size
    if size > MAX_BYTES:
        limit = f"{MAX_BYTES / 1e6:,.0f} MB or less"
        problems.append(Problem(at(path.name), f"{size / 1e6:,.0f} MB", limit, "Check that this is the file you mean."))
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
            if unpacked <= _MAX_UNPACKED and (area := _merged_too_far(archive)):
                found, remedy = f"merged cells {area}", "Unmerge the cells and fill in each of them."
                problems.append(Problem(at(path.name), found, "one value in each cell", remedy))
                return None
        if unpacked > _MAX_UNPACKED:
            limit = f"{_MAX_UNPACKED / 1e6:,.0f} MB or less"
            problems.append(
                Problem(
                    at(path.name),
                    f"{unpacked / 1e6:,.0f} MB when unpacked",
                    limit,
                    "Check that this is the file you mean.",
                )
            )
            return None
        with (
            warnings.catch_warnings(),
            path.open("rb") as file,
        ):  # our own: the reader leaves its file open when it fails
            warnings.simplefilter("ignore")  # about decorations of the workbook that are not read
            return openpyxl.load_workbook(file)
    except Exception as error:  # noqa: BLE001 - what a foreign file makes the reader raise has no end of kinds
        found = f"a file that is no readable workbook ({type(error).__name__})"
        remedy = "Open it in a spreadsheet and save it again as .xlsx, without a password."
        problems.append(Problem(at(path.name), found, "an .xlsx workbook", remedy))
        return None


def _merged_too_far(archive: zipfile.ZipFile) -> str:
    """The first merged area beyond any table, blank where there is none: reading would make every cell of it."""
    from openpyxl.utils.cell import column_index_from_string

    for item in archive.infolist():
        if item.filename.startswith("xl/worksheets/"):
            for area, column, row in _MERGED.findall(archive.read(item)):
                if int(row) > MAX_ROWS + 1 or column_index_from_string(column.decode()) > MAX_COLUMNS:
                    return str(area.decode())
    return ""


def _is_result(sheet: Worksheet) -> bool:
    return str(sheet["A1"].value or "").startswith(RESULT_MARK)


def rows_of(sheet: Worksheet, place: str, problems: list[Problem]) -> list[RawRow] | None:
    """The rows of a sheet as texts, or None where it is too large; merged cells are named."""
    if sheet.max_row > MAX_ROWS + 1 or sheet.max_column > MAX_COLUMNS:
        found = f"a sheet of {sheet.max_row:,} rows and {sheet.max_column:,} columns"
        expected = f"{MAX_ROWS:,} rows and {MAX_COLUMNS} columns or fewer"
        problems.append(
            Problem(at(place), found, expected, "Delete the rows and columns after the table, blank ones too.")
        )
        return None
    merged: set[int] = set()
    for area in sheet.merged_cells.ranges:
        merged.update(range(area.min_row, area.max_row + 1))
        remedy = "Unmerge the cells and fill in each of them."
        problems.append(
            Problem(at(place, area.min_row), f"merged cells {area.coord}", "one value in each cell", remedy)
        )
    return [
        RawRow(number, tuple(_text(cell) for cell in cells), is_aligned=number not in merged)
        for number, cells in enumerate(sheet.iter_rows(), start=1)
    ]


def _text(cell: Cell | MergedCell) -> str:
    """Write a cell's value as text, so that one reader judges folders and workbooks."""
    value = cell.value
    if isinstance(value, datetime):
        return text_of(value.date()) if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time | int | float):
        return text_of(value)
    if value is None:
        return ""
    if cell.data_type == "f" and not isinstance(value, str):
        return f"={str(getattr(value, 'text', None) or '').removeprefix('=')}"  # of an array, or of a data table
    text = str(value).strip()
    if cell.data_type == "s" and _NEEDS_A_MARK.match(text):
        return neutralised(text)  # a text, and marked as one
    return text


def _frame(place: str, rows: list[RawRow], problems: list[Problem]) -> dict[str, RawEntry] | None:
    header = rows[0].cells if rows else ()
    if "key" not in header or "value" not in header:
        found = ", ".join(cell for cell in header if cell) or "an empty sheet"
        problems.append(
            Problem(at(place, 1), found, "the columns key and value", "Put these two names into the first row.")
        )
        return None
    key, value = header.index("key"), header.index("value")
    frame: dict[str, RawEntry] = {}
    for row in rows[1:]:
        name, text = row.cells[key], row.cells[value]
        if not name:
            if text:
                problems.append(
                    Problem(
                        at(place, row.number),
                        f"the value {text!r} without a key",
                        "a key",
                        "Name the key, or clear the cell.",
                    )
                )
            continue
        where = at(place, row.number, name)
        if name in frame:
            problems.append(Problem(where, f"{name!r} a second time", "each key once", "Remove one of them."))
        elif text:
            frame[name] = RawEntry(where, text)
    return frame
