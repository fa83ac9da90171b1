"""Writing a form of thirty numbers: a workbook with one explained sheet (or two), or a folder with a CSV file."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from tillerman.country.canonical import text_of
from tillerman.country.cells import expected, neutralised
from tillerman.country.names import code_named, territory
from tillerman.country.thirty.entries import next_numbers
from tillerman.country.thirty.form import About, Answer, Form, place_of
from tillerman.country.thirty.layout import (
    ABOUT,
    COLUMN,
    DONT_KNOW,
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
)
from tillerman.country.thirty.question import Question, Texts, both
from tillerman.country.thirty.questions import GROUP_NAMES, QUESTIONS
from tillerman.country.workbook_writing import CREATED, OPTIONS, exact_worksheet
from tillerman.country.writing import naming, put_bytes

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Value = str | float | None
_TITLE = both("A country file of thirty numbers", "三十個數字的國家檔")
_HOW = (
    both(
        "Fill in the yellow cells. Each answer is a range: give a low and a high end between which you would be "
        "surprised not to find the number. Where it is certain, write it twice. Where nobody knows, write don't know, "
        "or leave both blank: a blank is never taken as zero.",
        "請填寫黃色儲存格。每個答案是一個範圍：寫下低端與高端，您認為數字落在其外會令人意外。若確定，兩格寫同一數字。若無人知曉，寫「不知道」或兩格留白；空白絕不視為零。",
    ),
    both(
        "Shares are written 0.25 for 25 %. Numbers have a point before the decimals and nothing between thousands. The "
        "examples are of an invented country. Say where a number comes from in the column at the right.",
        "比例以 0.25 表示 25 %。小數點用「.」，千位之間不加符號。示例屬虛構國家。請在最右欄註明數字來源。",
    ),
)
_MORE_TITLE = both("The numbers that come next", "接下來的數字")
_MORE_HOW = both(
    "What the first sheet gives stands under now from and now to. Fill in what you know better; a blank row keeps "
    "what is there.",
    "第一頁推得的數值列於「目前低端」與「目前高端」。請填入您更清楚的數字；留白則維持原值。",
)
_WIDTHS = MappingProxyType(
    {KEY: 16, "question": 60, "low_is": 26, "high_is": 26, "holder": 30, SOURCE: 40, "meaning": 60}
)
_WIDTH = 12


def start(path: str | Path, about: About, *, language: str = "en", is_book: bool = True) -> Path:
    """Write an empty form, whole or not at all."""
    target = Path(path)
    return write_form(Form(target.stem, about, MappingProxyType({})), target, language=language, is_book=is_book)


def write_form(form: Form, path: Path, *, language: str = "en", is_book: bool = True, with_more: bool = False) -> Path:
    """Write a form with its answers; with the second sheet where it is asked for or already in use."""
    with_more = with_more or bool(form.entries)
    if is_book:
        return put_bytes(path, _book(form, language, with_more=with_more))
    tables = {FILE: _csv(HEADS, [row for _, rows in _grouped(form, language) for row in rows])}
    if with_more:
        tables[MORE_FILE] = _csv(MORE_HEADS, more_rows(form))
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        with naming(path):
            for name, data in tables.items():
                (fresh / name).write_bytes(data)
            fresh.chmod(0o755)
            fresh.rename(path)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return path


def known_from(name: str) -> About:
    """What is known of a country from its name or code alone: code, currency, languages."""
    from babel.languages import get_official_languages
    from babel.numbers import get_territory_currencies

    found = code_named(name)
    if not found:
        return About("", "", (), "", (), 1)
    currency = next(iter(get_territory_currencies(found)), "")
    languages = tuple(dict.fromkeys(str(code).partition("_")[0] for code in get_official_languages(found)))
    return About(territory(found), found, (found,), currency, languages, 1)


def _about_values(about: About) -> dict[str, str]:
    blocs = ";".join(code for code in about.home if code != about.code)
    return {
        "name": about.name,
        "code": about.code,
        "home": blocs,
        "currency": about.currency,
        "languages": ";".join(about.languages),
        "fiscal_month": str(about.fiscal_month) if about.code else "",
    }


def _grouped(form: Form, language: str) -> Iterable[tuple[str, list[dict[str, Value]]]]:
    """The rows of the first sheet, group by group, with the name of each."""
    values = _about_values(form.about)
    yield (
        GROUP_NAMES["about"][language],
        [{KEY: row.key, "question": row.ask[language], LOW: values[row.key], "example": row.example} for row in ABOUT],
    )
    for group, questions in groupby(QUESTIONS, key=lambda question: question.group):
        yield GROUP_NAMES[group][language], [_row(question, form.answers, language) for question in questions]


def _row(question: Question, answers: Mapping[str, Answer], language: str) -> dict[str, Value]:
    answer = answers.get(question.key)
    unknown = DONT_KNOW[language]
    return {
        KEY: question.key,
        "question": question.ask[language],
        LOW: unknown if answer is None else answer.low,
        HIGH: unknown if answer is None else answer.high,
        "unit": question.unit,
        "low_is": question.low[language],
        "high_is": question.high[language],
        "holder": question.holder[language],
        "hours": question.hours,
        "example": f"{question.example[0]:g}–{question.example[1]:g}",
        SOURCE: None if answer is None else answer.source,
    }


def more_rows(form: Form) -> list[dict[str, Value]]:
    """The rows of the second sheet: what the file has now, and what was entered."""
    entered = {entry.key: entry.answer for entry in form.entries}
    rows: list[dict[str, Value]] = []
    for item in next_numbers(form.country()):
        answer = entered.pop(place_of(item.table, item.row, item.column.name), None)
        rows.append(
            {
                TABLE: item.table,
                ROW: item.row,
                COLUMN: item.column.name,
                "meaning": item.column.doc,
                "unit": item.column.unit,
                "now_low": item.low,
                "now_high": item.high,
                LOW: None if answer is None else answer.low,
                HIGH: None if answer is None else answer.high,
                SOURCE: None if answer is None else answer.source,
            }
        )
    for entry in form.entries:
        if entry.key in entered:  # of a number that is not among these
            ends: dict[str, Value] = {LOW: entry.answer.low, HIGH: entry.answer.high, SOURCE: entry.answer.source}
            rows.append({TABLE: entry.table, ROW: entry.row, COLUMN: entry.column, **ends})
    return rows


def _csv(heads: Mapping[str, Texts], rows: Sequence[Mapping[str, Value]]) -> bytes:
    """Write a table as CSV, with the names of columns that machines read."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_written(row.get(column)) for column in heads] for row in rows)
    return text.getvalue().encode()


def _written(value: Value) -> str:
    """Write a cell; a text that a spreadsheet would run as a formula is made harmless."""
    return neutralised(value) if isinstance(value, str) else text_of(value)


def _book(form: Form, language: str, *, with_more: bool) -> bytes:
    from xlsxwriter.workbook import Workbook

    out, exact = io.BytesIO(), exact_worksheet()
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"title": f"{_TITLE['en']}: {form.about.name or form.name}", "created": CREATED})
        styles = _Styles(book)
        sheet = book.add_worksheet(SHEET, exact)
        row = _head(sheet, styles, [_TITLE, *_HOW], HEADS, language)
        questions = {question.key: question for question in QUESTIONS}
        for name, rows in _grouped(form, language):
            sheet.write_string(row, 1, name, styles.group)
            for values in rows:
                row += 1
                _write(sheet, row, values, HEADS, styles)
                if values[KEY] in questions:
                    _guard(sheet, row, questions[str(values[KEY])], language)
            row += 1
        if with_more:
            sheet = book.add_worksheet(MORE_SHEET, exact)
            row = _head(sheet, styles, [_MORE_TITLE, _MORE_HOW], MORE_HEADS, language)
            for offset, values in enumerate(more_rows(form)):
                _write(sheet, row + offset, values, MORE_HEADS, styles)
    return out.getvalue()


class _Styles:
    """The few formats of the workbook."""

    def __init__(self, book: Workbook) -> None:
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.how: Format = book.add_format({"italic": True})
        self.header: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.group: Format = book.add_format({"bold": True, "bottom": 1})
        self.text: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.quiet: Format = book.add_format({"font_color": "#808080", "valign": "top"})
        self.answer: Format = book.add_format({"bg_color": "#FFF9DB", "border": 4, "valign": "top", "locked": False})
        self.note: Format = book.add_format(
            {
                "bg_color": "#FFF9DB",
                "border": 4,
                "valign": "top",
                "locked": False,
                "text_wrap": True,
                "quote_prefix": True,
            }
        )


def _head(sheet: Worksheet, styles: _Styles, words: Sequence[Texts], heads: Mapping[str, Texts], language: str) -> int:
    """Write title, instructions and names of columns; return the row after them."""
    for row, text in enumerate(words):
        sheet.write_string(row, 1 if heads is HEADS else 0, text[language], styles.how if row else styles.title)
    top = len(words) + 1
    for column, (name, texts) in enumerate(heads.items()):
        sheet.write_string(top, column, texts[language], styles.header)
        sheet.set_column(column, column, _WIDTHS.get(name, _WIDTH))
    sheet.freeze_panes(top + 1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
    return top + 1


def _write(
    sheet: Worksheet, row: int, values: Mapping[str, Value], heads: Mapping[str, Texts], styles: _Styles
) -> None:
    for column, name in enumerate(heads):
        value = values.get(name)
        style = styles.answer if name in {LOW, HIGH} else styles.note if name == SOURCE else styles.text
        style = styles.quiet if name in {KEY, TABLE, ROW, COLUMN} else style
        if value is None or value == "":
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, style)
        else:
            sheet.write_number(row, column, value, style)


def _guard(sheet: Worksheet, row: int, question: Question, language: str) -> None:
    """Let a cell accept what the question accepts, and say so; the reader judges again."""
    columns = list(HEADS)
    first, last = columns.index(LOW), columns.index(HIGH)
    for column in (first, last):
        cell = f"{chr(ord('A') + column)}{row + 1}"
        number = f"AND(ISNUMBER({cell}),{cell}>={question.minimum!r},{cell}<={question.maximum!r})"
        words = ",".join(f'{cell}="{word}"' for word in DONT_KNOW.values())
        sheet.data_validation(
            row,
            column,
            row,
            column,
            {
                "validate": "custom",
                "value": f"=OR({number},{words})",
                "ignore_blank": True,
                "error_type": "warning",
                "error_title": question.key,
                "error_message": f"{expected(question.cell)}; {DONT_KNOW[language]}"[:255],
            },
        )
