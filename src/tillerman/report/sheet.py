"""Sheets of results: tables with real numbers, their formats, how sure each column is, and a link to its source row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tillerman.country.cells import neutralised
from tillerman.country.columns import columns_of
from tillerman.country.frame import Frame
from tillerman.country.workbook_reading import FRAME_SHEET, RESULT_MARK
from tillerman.report.context import Context
from tillerman.report.tables import Column, Kind, Row, Source, Table, Value

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
_WIDTH = {Kind.TEXT: 34, Kind.MONEY: 18, Kind.COUNT: 12}
_NARROW, _TEXT_WIDTH, _HEAD_WIDTH = 14, 110, 24
_RATE_ROW = 1 + list(columns_of(Frame)).index("currency_per_usd")
_BILLION, _MILLION = 1_000, 1  # in millions, as money stands in cells
_FORMATS = {
    Kind.SHARE: "0 %",
    Kind.CHANCE: "0.0 %",
    Kind.COUNT: "0",
    Kind.HOURS: '0 "h"',
    Kind.PEOPLE: "0.0",
}


class Sheets:
    """Adds sheets of results to a workbook."""

    def __init__(self, book: Workbook, context: Context) -> None:
        self._book = book
        self._context = context
        self._title: Format = book.add_format({"bold": True, "font_size": 14})
        self._note: Format = book.add_format({"italic": True, "font_color": "#4f5a63"})
        self._head: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1})
        self._sure: Format = book.add_format({"italic": True, "font_color": "#4f5a63", "bottom": 1})
        self._link: Format = book.add_format({"font_color": "#0b5273", "underline": 1})
        self._texts: dict[tuple[bool, bool], Format] = {}
        self._numbers: dict[tuple[str, bool], Format] = {}
        self._rows = {
            table: {row.id: number for number, row in enumerate(getattr(context.plan.country, table), start=1)}
            for table in (
                "services",
                "sites",
                "agreements",
                "levers",
                "options",
                "routes",
                "parties",
                "resources",
                "disruptions",
            )
        }

    def add_text(self, name: str, title: str, lines: Iterable[tuple[str, str]]) -> None:
        """Add a sheet of headings and texts."""
        sheet = self._book.add_worksheet(name)
        self._open(sheet, title)
        sheet.set_column(0, 0, _HEAD_WIDTH)
        sheet.set_column(1, 1, _TEXT_WIDTH)
        wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        quoted = self._book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for number, (head, text) in enumerate(lines, start=2):
            sheet.write_string(number, 0, head, bold)
            sheet.write_string(number, 1, text, quoted if neutralised(text) != text else wrapped)

    def add_tables(self, name: str, tables: Sequence[Table]) -> None:
        """Add a sheet of one table, or of several below one another."""
        sheet = self._book.add_worksheet(name)
        self._open(sheet, tables[0].caption)
        at = 0
        for table in tables:
            if at:
                sheet.write_string(at, 0, table.caption, self._title)
            sheet.write_string(at + 1, 0, table.note, self._note)
            at = self._table(sheet, table, at + 3) + 2
        sheet.freeze_panes(5, 1)
        if len(tables) == 1:
            sheet.repeat_rows(3, 4)

    def _open(self, sheet: Worksheet, title: str) -> None:
        sheet.write_string(0, 0, f"{RESULT_MARK}{title}", self._title)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&8{self._context.say('standard').replace('&', '&&')}&R&8&P / &N")

    def _table(self, sheet: Worksheet, table: Table, at: int) -> int:
        """Write one table from a row on, and return the first row after it."""
        has_sources = any(row.source for row in table.rows)
        written = self._heads(sheet, table.columns, at, with_sources=has_sources)
        for number, row in enumerate(table.rows, start=at + 2):
            column = 0
            for value, declared in zip(row.values, table.columns, strict=True):
                column += self._cell(sheet, (number, column), value, declared, row)
            if row.source is not None:
                self._source(sheet, number, written, row.source)
        return at + 2 + len(table.rows)

    def _heads(self, sheet: Worksheet, columns: Sequence[Column], at: int, *, with_sources: bool) -> int:
        say, currency = self._context.say, self._context.figures.currency.code
        heads: list[tuple[str, Column]] = []
        for column in columns:
            if column.kind is Kind.MONEY:
                heads.append((say("column.own", head=column.head, currency=currency), column))
                heads.append((say("column.musd", head=column.head), column))
            elif column.kind is Kind.PEOPLE:
                heads.append((say("column.people_million", head=column.head), column))
            else:
                heads.append((column.head, column))
        for position, (head, column) in enumerate(heads):
            sheet.write_string(at, position, head, self._head)
            sheet.write_string(at + 1, position, say(f"sure.{column.sure.value}") if column.sure else "", self._sure)
            sheet.set_column(position, position, _WIDTH.get(column.kind, _NARROW))
        if with_sources:
            sheet.write_string(at, len(heads), say("column.source"), self._head)
            sheet.write_string(at + 1, len(heads), "", self._sure)
            sheet.set_column(len(heads), len(heads), _HEAD_WIDTH)
        return len(heads)

    def _cell(self, sheet: Worksheet, at: tuple[int, int], value: Value, column: Column, row: Row) -> int:
        """Write one value, and return how many columns it took."""
        width = 2 if column.kind is Kind.MONEY else 1
        number, position = at
        if value is None:
            return width
        if isinstance(value, str):
            sheet.write_string(
                number, position, value, self._text(is_run=neutralised(value) != value, is_bold=row.is_ours)
            )
        elif column.kind is Kind.MONEY:
            rate = self._context.figures.currency.per_usd
            formula = f"={_cell_name(number, position + 1)}*{FRAME_SHEET}!{_cell_name(_RATE_ROW, 1, is_fixed=True)}"
            sheet.write_formula(number, position, formula, self._money(value * rate, row), value * rate)
            sheet.write_number(number, position + 1, value, self._money(value, row))
        else:
            form = _FORMATS.get(column.kind, "#,##0" if abs(value) >= 1 else "0.00")
            sheet.write_number(number, position, value, self._number(form, row))
        return width

    def _source(self, sheet: Worksheet, number: int, column: int, source: Source) -> None:
        cell = f"{source.table}!A{self._rows[source.table][source.row] + 1}"
        sheet.write_url(number, column, f"internal:{cell}", self._link, cell)

    def _text(self, *, is_run: bool, is_bold: bool) -> Format:
        if (is_run, is_bold) not in self._texts:
            made = {"text_wrap": True, "valign": "top", "quote_prefix": is_run, "bold": is_bold}
            self._texts[is_run, is_bold] = self._book.add_format(made)
        return self._texts[is_run, is_bold]

    def _money(self, millions: float, row: Row) -> Format:
        return self._number(money_format(millions), row)

    def _number(self, form: str, row: Row) -> Format:
        if (form, row.is_ours) not in self._numbers:
            made = {"num_format": form, "valign": "top", "bold": row.is_ours}
            self._numbers[form, row.is_ours] = self._book.add_format(made)
        return self._numbers[form, row.is_ours]


def money_format(millions: float) -> str:
    """Give the number format that shows an amount in millions with about two digits; the cell keeps them all."""
    size = abs(millions)
    if size >= _BILLION:
        return '#,##0," bn"' if size >= 10 * _BILLION else '0.0," bn"'
    if size >= _MILLION or size == 0:
        return '#,##0" m"' if size >= 10 * _MILLION or size == 0 else '0.0" m"'
    return '0.00" m"'


def _cell_name(row: int, column: int, *, is_fixed: bool = False) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column, row_abs=is_fixed, col_abs=is_fixed))
