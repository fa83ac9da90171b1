"""Writing a country file as one Excel workbook: it reads back equal, to the last digit; the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from tillerman.country.canonical import text_of
from tillerman.country.cells import expected, neutralised
from tillerman.country.columns import Column, choices, columns_of
from tillerman.country.frame import Evidence, Frame
from tillerman.country.names import name_in
from tillerman.country.record import NOTES, TABLES, Country, tables_of
from tillerman.country.workbook_reading import FRAME_SHEET, WORDS_SHEET
from tillerman.country.writing import put_bytes, refuse_errors
from tillerman.words import Words, words
from tillerman.words.sentences import translated

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no time zone; a fixed date keeps its bytes the same
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}  # no text is ever run or linked
_SPARE_ROWS = 200  # rows below a table that offer the same drop-down lists


def to_workbook(country: Country, path: str | Path, *, language: str = "en") -> Path:
    """Write a country as a workbook, whole or not at all; what columns mean is told in a language.

    Raises:
        CountryFileError: when the country has errors, so that nothing is written that could not be read back.
        SettingError: for a language there is no catalogue of.
    """
    refuse_errors(country)
    return put_workbook(country, path, language=language)


def put_workbook(country: Country, path: str | Path, *, language: str = "en") -> Path:
    """Write a workbook without judging what is written, such as a structure whose numbers are still blank."""
    return put_bytes(Path(path), _bytes(country, words(language)))


def exact_worksheet() -> type[Worksheet]:
    """A kind of sheet that writes numbers with all their digits; the library's own keeps sixteen."""
    from xlsxwriter.worksheet import Worksheet

    class ExactWorksheet(Worksheet):  # type: ignore[misc]
        """A sheet that writes numbers with all their digits."""

        def _xml_number_element(self, number: float, attributes: list[tuple[str, str]]) -> None:
            marks = "".join(f' {key}="{self._escape_attributes(value)}"' for key, value in attributes)
            self.fh.write(f"<c{marks}><v>{text_of(number)}</v></c>")

    return ExactWorksheet


def add_sheets(book: Workbook, country: Country, say: Words) -> None:
    """Add a country's sheets to a workbook, after whatever it holds: frame, tables, evidence and lists of words.

    Names of sheets and columns are those of every country file; what they mean is said in a language.
    """
    exact = exact_worksheet()
    styles = _Styles(book)
    tables = tables_of(country)
    frame_sheet = book.add_worksheet(FRAME_SHEET, exact)
    sheets = {table: book.add_worksheet(table, exact) for table in tables}
    ranges = _write_words(book.add_worksheet(WORDS_SHEET, exact), styles, say)
    _write_frame(frame_sheet, country.frame, styles, say)
    for table, record in tables.items():
        _write_table(sheets[table], columns_of(record), getattr(country, table), styles, ranges, say)


def _bytes(country: Country, say: Words) -> bytes:
    from xlsxwriter.workbook import Workbook

    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        title = say("workbook.title", country=name_in(country.frame.name, say.language))
        book.set_properties({"title": title, "created": CREATED})
        add_sheets(book, country, say)
    return out.getvalue()


class _Styles:
    """The few formats of a workbook."""

    def __init__(self, book: Workbook) -> None:
        self.header: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.date: Format = book.add_format({"num_format": "yyyy-mm-dd"})
        self.text: Format = book.add_format({"quote_prefix": True})


def _write_words(sheet: Worksheet, styles: _Styles, say: Words) -> dict[type, str]:
    """Write the words that columns accept, and return the range of each list."""
    from xlsxwriter.utility import xl_range_abs

    lists: dict[type, tuple[str, ...]] = {bool: ("true", "false")}
    for record in (*TABLES.values(), *NOTES.values(), Evidence):
        lists.update({item.type: choices(item) for item in columns_of(record).values() if choices(item)})
    ranges = {}
    for column, (kind, listed) in enumerate(lists.items()):
        sheet.write_string(0, column, say("workbook.yes_or_no") if kind is bool else kind.__name__, styles.header)
        for row, word in enumerate(listed, start=1):
            sheet.write_string(row, column, word)
        ranges[kind] = f"={WORDS_SHEET}!{xl_range_abs(1, column, len(listed), column)}"
    return ranges


def _write_frame(sheet: Worksheet, frame: Frame, styles: _Styles, say: Words) -> None:
    unit, meaning = say("workbook.unit"), say("workbook.meaning")
    for column, (name, width) in enumerate((("key", 28), ("value", 24), (unit, 20), (meaning, 80))):
        sheet.write_string(0, column, name, styles.header)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)
    for row, (name, item) in enumerate(columns_of(Frame).items(), start=1):
        sheet.write_string(row, 0, name)
        _write_cell(sheet, row, 1, getattr(frame, name), styles)
        sheet.write_string(row, 2, item.unit)
        sheet.write_string(row, 3, translated(item.doc, say.language))


def _write_table(
    sheet: Worksheet,
    columns: Mapping[str, Column],
    rows: Sequence[object],
    styles: _Styles,
    ranges: Mapping[type, str],
    say: Words,
) -> None:
    sheet.freeze_panes(1, 1)
    for column, (name, item) in enumerate(columns.items()):
        sheet.write_string(0, column, name, styles.header)
        sheet.write_comment(0, column, _meaning(item, say))
        sheet.set_column(column, column, 40 if name in {"name", "note", "title"} else max(12, len(name) + 2))
        if item.type in ranges and not item.is_list:
            limits = {"validate": "list", "source": ranges[item.type], "ignore_blank": item.is_optional}
            sheet.data_validation(1, column, len(rows) + _SPARE_ROWS, column, limits)
    for number, row in enumerate(rows, start=1):
        for column, name in enumerate(columns):
            _write_cell(sheet, number, column, getattr(row, name), styles)


def _meaning(item: Column, say: Words) -> str:
    """What a column means, and what to write into it."""
    told = say(
        "workbook.or_blank" if item.is_optional else "workbook.write", expected=translated(expected(item), say.language)
    )
    return f"{translated(item.doc, say.language)}\n{told}"


def _write_cell(sheet: Worksheet, row: int, column: int, value: object, styles: _Styles) -> None:
    match value:
        case None | ():
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case Enum() | tuple():
            sheet.write_string(row, column, text_of(value))
        case int() | float():
            sheet.write_number(row, column, value)
        case date():
            sheet.write_datetime(row, column, value, styles.date)
        case _:
            text = text_of(value)
            sheet.write_string(row, column, text, styles.text if neutralised(text) != text else None)
