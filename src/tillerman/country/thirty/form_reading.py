"""Reading a form of thirty numbers: a workbook with the sheet `thirty`, or a folder with `thirty.csv`.

Nothing is guessed: what is no number is named with its cell, and said how to write it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from tillerman.country.cells import Refusal, expected, plain, read_cell
from tillerman.country.columns import Column, columns_of
from tillerman.country.folder import FRAME_FILE, read_csv
from tillerman.country.frame import Evidence
from tillerman.country.raw import RawRow, RawTable, at, table_from
from tillerman.country.thirty.entries import column_of
from tillerman.country.thirty.form import Answer, Entry, Form
from tillerman.country.thirty.form_checks import about_of, clashes
from tillerman.country.thirty.layout import (
    ABOUT_KEYS,
    COLUMN,
    FILE,
    HEADS,
    HIGH,
    KEY,
    LOW,
    MORE_FILE,
    MORE_HEADS,
    MORE_SHEET,
    ROW,
    SHEET,
    SOURCE,
    TABLE,
    column_named,
    is_dont_know,
)
from tillerman.country.thirty.question import Texts
from tillerman.country.thirty.questions import BY_KEY, QUESTIONS
from tillerman.country.workbook_reading import open_workbook, rows_of
from tillerman.errors import Problem, nearest

_BOOK = "xl/workbook.xml"
_SHEET_NAME = re.compile(rb"""<(?:\w+:)?sheet\b[^>]*\bname=["']([^"']*)["']""")
_MOST_XML = 1_000_000
_NAMED = 5  # of many missing questions, so many are named


@dataclass(frozen=True)
class Found:
    """One sheet of a form as it was found."""

    table: RawTable
    columns: tuple[int, ...] = ()  # of a workbook, whose cells have addresses: where each column stands, from 1

    def where(self, row: RawRow, column: str, what: str) -> str:
        """Say where a cell stands, as its spreadsheet names it."""
        if not self.columns:
            return at(self.table.place, row.number, f"{column} ({what})")
        from openpyxl.utils import get_column_letter

        letter = get_column_letter(self.columns[self.table.header.index(column)])
        return at(self.table.place, None, f"{letter}{row.number} ({what})")

    def texts(self, row: RawRow) -> Mapping[str, str]:
        """The cells of a row by column."""
        return dict(zip(self.table.header, row.cells, strict=True))


def is_form(path: Path) -> bool:
    """Tell whether a file is a form of thirty numbers; a folder that also holds a frame is a full file by now."""
    if path.is_dir():
        return (path / FILE).is_file() and not (path / FRAME_FILE).exists()
    return SHEET in _sheet_names(path)


def has_second_sheet(path: Path) -> bool:
    """Tell whether a form holds the numbers that come next."""
    return (path / MORE_FILE).is_file() if path.is_dir() else MORE_SHEET in _sheet_names(path)


def _sheet_names(path: Path) -> frozenset[str]:
    """The sheets of a workbook, quickly; none where it cannot be opened: its full reader says what is wrong."""
    if not path.is_file() or path.suffix.casefold() not in {".xlsx", ".xlsm"}:
        return frozenset()
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(_BOOK).file_size > _MOST_XML:
                return frozenset()
            return frozenset(name.decode(errors="replace") for name in _SHEET_NAME.findall(archive.read(_BOOK)))
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        return frozenset()


def read_form(path: Path) -> tuple[Form | None, tuple[Problem, ...]]:
    """Read a form, and list what could not be read; no form where something must be corrected."""
    problems: list[Problem] = []
    first, more = _open(path, problems)
    if first is None:
        return None, tuple(problems)
    texts = _rows_by_key(first, problems)
    about = about_of({key: found for key, found in texts.items() if key in ABOUT_KEYS}, first.table.place, problems)
    answers = {}
    for key, cells in texts.items():
        if key in BY_KEY:
            answer = _answer(BY_KEY[key].cell, cells, problems)
            if answer is not None:
                answers[key] = answer
    entries = () if more is None else tuple(_entries(more, problems))
    problems += clashes(answers, texts)
    if about is None or any(problem.severity == "error" for problem in problems):
        return None, tuple(problems)
    return Form(path.stem, about, MappingProxyType(answers), entries), tuple(problems)


@dataclass(frozen=True)
class Cells:
    """The cells of one answer, and where each stands."""

    low: str
    high: str
    source: str
    at_low: str
    at_high: str


def _open(path: Path, problems: list[Problem]) -> tuple[Found | None, Found | None]:
    if path.is_dir():
        first = read_csv(path / FILE, problems)
        more = read_csv(path / MORE_FILE, problems) if (path / MORE_FILE).is_file() else None
        named = [None if t is None else Found(_named(t, h)) for t, h in ((first, HEADS), (more, MORE_HEADS))]
        return _complete(named[0], (KEY, LOW, HIGH), problems), _complete(
            named[1], (TABLE, ROW, COLUMN, LOW, HIGH), problems
        )
    book = open_workbook(path, problems)
    if book is None:
        return None, None
    found: dict[str, Found | None] = {}
    for name, heads, wanted in (
        (SHEET, HEADS, (KEY, LOW, HIGH)),
        (MORE_SHEET, MORE_HEADS, (TABLE, ROW, COLUMN, LOW, HIGH)),
    ):
        found[name] = None
        if name not in book.sheetnames:
            continue
        place = f"sheet {name}"
        rows = rows_of(book[name], place, problems)
        if rows is not None:
            found[name] = _from_rows(place, rows, heads, wanted, problems)
    return found[SHEET], found[MORE_SHEET]


def _from_rows(
    place: str, rows: list[RawRow], heads: Mapping[str, Texts], wanted: tuple[str, ...], problems: list[Problem]
) -> Found | None:
    """Find the row with the names of the columns, wherever the rows before it ended up."""
    for start, row in enumerate(rows):
        names = [column_named(cell, heads) for cell in row.cells]
        if set(wanted[:3]) <= set(names):
            kept = [position for position, name in enumerate(names) if name]  # what stands in no column is a remark
            picked = [replace(row, cells=tuple(names)), *rows[start + 1 :]]
            table, trouble = table_from(place, [replace(r, cells=tuple(r.cells[k] for k in kept)) for r in picked])
            first, here = at(place, 1), at(place, row.number)
            problems.extend(replace(problem, where=problem.where.replace(first, here)) for problem in trouble)
            columns = tuple(position + 1 for position in kept)
            return None if table is None else _complete(Found(table, columns), wanted, problems)
    expected_names = f"a row with the names {', '.join(wanted)}"
    remedy = "Put the names of the columns back, as in a new sheet (tillerman new)."
    problems.append(Problem(at(place), "no row with the names of the columns", expected_names, remedy))
    return None


def _named(table: RawTable, heads: Mapping[str, Texts]) -> RawTable:
    return replace(table, header=tuple(column_named(name, heads) for name in table.header))


def _complete(found: Found | None, wanted: tuple[str, ...], problems: list[Problem]) -> Found | None:
    if found is None:
        return None
    missing = [name for name in wanted if name not in found.table.header]
    if not missing:
        return found
    remedy = "Put it back, as in a new sheet (tillerman new)."
    problems.append(Problem(at(found.table.place), f"no column {', '.join(missing)}", "each of these columns", remedy))
    return None


def _rows_by_key(found: Found, problems: list[Problem]) -> dict[str, Cells]:
    """The rows by key: one each, none unknown, none missing."""
    rows: dict[str, Cells] = {}
    known = (*ABOUT_KEYS, *BY_KEY)
    for row in found.table.rows:
        texts = found.texts(row)
        key = texts[KEY].strip()
        if not key:
            if texts[LOW] or texts[HIGH]:
                where = found.where(row, KEY, "key")
                problems.append(
                    Problem(where, "an answer without a key", "the key of its question", "Put the key back.")
                )
            continue
        if key not in known:
            near = nearest(key, known)
            remedy = f"Did you mean {near[0]!r}?" if near else "Put the key back, as in a new sheet (tillerman new)."
            problems.append(Problem(found.where(row, KEY, key), repr(key), "the key of a question", remedy))
        elif key in rows:
            where = found.where(row, KEY, key)
            problems.append(
                Problem(where, f"{key!r} a second time", "each key once", "Delete the row that is not meant.")
            )
        elif row.is_aligned:
            rows[key] = _cells(found, row, key, problems)
        else:
            rows[key] = Cells("", "", "", at(found.table.place, row.number), "")
    missing = [question.key for question in QUESTIONS if question.key not in rows]
    if missing:
        named = ", ".join((*missing[:_NAMED], *(("…",) if len(missing) > _NAMED else ())))
        total = f"{len(missing)} of {len(QUESTIONS)} questions ({named})"
        remedy = "The file may be cut off: put the rows back, and write don't know where nobody knows."
        problems.append(Problem(at(found.table.place), f"no row for {total}", "a row for every question", remedy))
    return rows


def _cells(found: Found, row: RawRow, what: str, problems: list[Problem]) -> Cells:
    texts = found.texts(row)
    ends = (found.where(row, LOW, f"{what}, low"), found.where(row, HIGH, f"{what}, high"))
    source = ""
    if texts.get(SOURCE):
        read = read_cell(_SOURCE_CELL, texts[SOURCE])
        if isinstance(read, Refusal):
            problems.append(
                Problem(found.where(row, SOURCE, f"{what}, source"), read.found, read.expected, read.remedy)
            )
        else:
            source = str(read)
    return Cells(texts[LOW].strip(), texts[HIGH].strip(), source, *ends)


_SOURCE_CELL = columns_of(Evidence)["publisher"]


def _answer(item: Column, cells: Cells, problems: list[Problem]) -> Answer | None:
    """An answer of two ends, or None where nobody knows or something is wrong with it."""
    low, high = (
        _end(item, text, where, problems) for text, where in ((cells.low, cells.at_low), (cells.high, cells.at_high))
    )
    if low is _WRONG or high is _WRONG or (low is None and high is None):
        return None
    if low is None or high is None:
        where, other = (cells.at_low, cells.high) if low is None else (cells.at_high, cells.low)
        remedy = f"Give the other end too; where it is certain, write {other} twice."
        problems.append(Problem(where, "one end of a range alone", f"both ends, or neither; {expected(item)}", remedy))
        return None
    assert isinstance(low, float)  # noqa: S101 - the marks were dealt with above
    assert isinstance(high, float)  # noqa: S101 - as above
    if low > high:
        found = f"the low end {plain(low)} above the high end {plain(high)}"
        problems.append(Problem(cells.at_low, found, "a low end that is not above the high end", "Exchange the two."))
        return None
    return Answer(low, high, cells.source or None)


_WRONG = object()


def _end(item: Column, text: str, where: str, problems: list[Problem]) -> object:
    """One end: a number, None where nobody knows, or the mark of something wrong."""
    if is_dont_know(text):
        return None
    value = read_cell(item, text)
    if isinstance(value, Refusal):
        remedy = value.remedy.replace("Leave the cell blank.", "Write don't know, or leave the cell blank.")
        problems.append(Problem(where, value.found, value.expected, remedy))
        return _WRONG
    assert isinstance(value, float)  # noqa: S101 - the column holds numbers
    lowest = float("-inf") if item.minimum is None else item.minimum
    highest = float("inf") if item.maximum is None else item.maximum
    if not lowest <= value <= highest:
        is_percent = item.maximum == 1 and 1 < value <= 100
        remedy = (
            f"Write the share, {value / 100:g} for {value:g} %." if is_percent else "Check the unit and the digits."
        )
        problems.append(Problem(where, plain(value), expected(item), remedy))
        return _WRONG
    return value


def _entries(found: Found, problems: list[Problem]) -> list[Entry]:
    """What was entered on the second sheet; a row without a number keeps what the first sheet gives."""
    entries: dict[tuple[str, str, str], Entry] = {}
    for row in found.table.rows:
        texts = found.texts(row)
        place = (texts[TABLE].strip(), texts[ROW].strip(), texts[COLUMN].strip())
        if not row.is_aligned or (is_dont_know(texts[LOW].strip()) and is_dont_know(texts[HIGH].strip())):
            continue
        item = column_of(place[0], place[2])
        what = "/".join(place)
        if item is None:
            remedy = "Put it back as the sheet had it."
            problems.append(Problem(found.where(row, COLUMN, what), repr(what), "a number of the full file", remedy))
        elif place in entries:
            problems.append(
                Problem(found.where(row, ROW, what), f"{what!r} a second time", "each number once", "Delete one.")
            )
        elif (answer := _answer(item, _cells(found, row, what, problems), problems)) is not None:
            entries[place] = Entry(place[0], place[1] or None, place[2], answer)
    return list(entries.values())
