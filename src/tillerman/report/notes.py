"""A note on every number of the country's tables: its grade, its range, and the row of evidence behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tillerman.country import Number, numbers
from tillerman.country.canonical import text_of
from tillerman.country.columns import columns_of
from tillerman.country.frame import Evidence, Frame
from tillerman.country.numbers import FRAME
from tillerman.country.record import TABLES
from tillerman.report.context import Context

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook


def add_notes(book: Workbook, context: Context) -> None:
    """Add the notes to a workbook that already holds the country's sheets."""
    country = context.plan.country
    rows = {table: {row.id: n for n, row in enumerate(getattr(country, table), start=1)} for table in TABLES}
    columns = {table: {name: n for n, name in enumerate(columns_of(record))} for table, record in TABLES.items()}
    frame = {name: n for n, name in enumerate(columns_of(Frame), start=1)}
    lines = {id(item): n for n, item in enumerate(country.evidence, start=2)}  # as a spreadsheet counts rows
    sheets = {name: book.get_worksheet_by_name(name) for name in (FRAME, *TABLES)}
    for number in numbers(country):
        if number.row is None:
            at = (frame[number.column], 1)
        else:
            at = (rows[number.table][number.row], columns[number.table][number.column])
        sheets[number.table].write_comment(*at, _note(context, number, lines), {"author": "Tillerman"})


def _note(context: Context, number: Number, lines: dict[int, int]) -> str:
    say, item = context.say, number.evidence
    if item is None:
        return say("note.silent")
    told = [say(f"grade.{item.grade.value}")]
    if item.low is not None and item.high is not None:
        told.append(_range(context, item))
    told.append(say("note.row", row=lines[id(item)]))
    return say("separator").join(told)


def _range(context: Context, item: Evidence) -> str:
    return context.say("note.range", low=text_of(item.low), high=text_of(item.high), unit=item.unit or "").strip()
