"""A form as a file: what was entered comes back, in either kind of file, whatever order it was put into."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import process_time

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.country.thirty.forms import form_of, forms
from tillerman.country import Purpose, check, load
from tillerman.country.thirty import QUESTIONS, Answer, Entry, Form, is_form, open_form
from tillerman.country.thirty.form_writing import known_from, start, write_form
from tillerman.country.thirty.layout import HEADS, SHEET
from tillerman.errors import CountryFileError

_QUICK = settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize("is_book", [True, False], ids=["workbook", "folder"])
@given(form=forms())
@_QUICK
def test_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, form: Form, *, is_book: bool) -> None:
    """Every answer and source comes back to its last digit, in a workbook and in a folder."""
    folder = tmp_path_factory.mktemp("form")
    path = write_form(form, folder / ("random.xlsx" if is_book else "random"), is_book=is_book)
    assert is_form(path)
    assert open_form(path) == form


@pytest.mark.parametrize("is_book", [True, False], ids=["workbook", "folder"])
def test_texts_like_formulas_and_negative_numbers_come_back(tmp_path: Path, *, is_book: bool) -> None:
    """A source or a name that looks like a formula is text, and a negative number on the second sheet a number."""
    form = form_of(name="mine")
    answers = {**form.answers, "peak": replace(form.answers["peak"], source="=HYPERLINK(1)")}
    about = replace(form.about, name="+Land")
    entry = Entry("zones", "grid", "growth_mw_per_year", Answer(-5.0, 3.0, "@home"))
    told = replace(form, about=about, answers=answers, entries=(entry,))
    path = write_form(told, tmp_path / ("mine.xlsx" if is_book else "mine"), is_book=is_book)
    assert open_form(path) == told
    country = load(path)
    assert country.frame.name == "+Land"
    assert (country.by_id["zones"]["grid"].growth_mw_per_year) == -1.0  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_reads_either_language(tmp_path: Path, language: str) -> None:
    """A form in Chinese reads as the same answers as one in English."""
    form = form_of(without=["links"], name="mine")
    assert open_form(write_form(form, tmp_path / "mine.xlsx", language=language)) == form


def test_order_of_rows_and_columns_does_not_matter(tmp_path: Path) -> None:
    """A sheet sorted by hand, with its columns exchanged and rows inserted above, still reads the same."""
    form = form_of(name="mine")
    path = write_form(form, tmp_path / "sorted", is_book=False)
    rows = list(csv.DictReader((path / "thirty.csv").read_text("utf-8").splitlines()))
    with (path / "thirty.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(reversed(rows[0])))
        writer.writeheader()
        writer.writerows(reversed(rows))
    assert open_form(path).answers == form.answers

    book_path = write_form(form, tmp_path / "mine.xlsx")
    book = openpyxl.load_workbook(book_path)
    book[SHEET].insert_rows(1, 3)
    book[SHEET].move_range("A8:K60", cols=2)
    book.save(book_path)
    assert open_form(book_path).answers == form.answers


def test_empty_form_says_what_to_answer_first(tmp_path: Path) -> None:
    """A form in which nobody knows anything is no error: it says which question comes first, for what."""
    path = start(tmp_path / "ghana.xlsx", known_from("ghana"))
    report = check(path)
    assert not report.errors
    assert report.allows(Purpose.LOAD)
    assert not report.allows(Purpose.EXPOSURE)
    assert "Answer population first." in "\n".join(report.lines())
    with pytest.raises(CountryFileError, match="population"):
        load(path)


def test_asks_every_question_with_a_guard(tmp_path: Path) -> None:
    """The sheet explains each question, lets only answers be changed, and guards each cell; its bytes repeat."""
    one = start(tmp_path / "ghana.xlsx", known_from("ghana"))
    sheet = openpyxl.load_workbook(one)[SHEET]
    texts = {cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
    for question in QUESTIONS:
        assert {question.key, question.ask["en"], question.holder["en"], question.low["en"]} <= texts
    assert len(sheet.data_validations.dataValidation) == 2 * len(QUESTIONS)
    assert sheet.protection.sheet
    low = list(HEADS).index("low") + 1
    unlocked = {cell.column for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == {low, low + 1, len(HEADS)}
    assert start(tmp_path / "ghana2.xlsx", known_from("ghana")).read_bytes() == one.read_bytes()


def test_knows_from_the_name_only_what_is_no_estimate() -> None:
    """Code, currency and languages are known from a name in either language, and nothing else."""
    ghana = known_from("ghana")
    assert (ghana.name, ghana.code, ghana.currency, ghana.home) == ("Ghana", "GH", "GHS", ("GH",))
    assert known_from("south-korea").code == known_from("KR").code == "KR"
    assert known_from("肯亞").code == "KE"
    assert known_from("my-country").code == ""


def test_second_sheet_enters_numbers_of_the_full_file(tmp_path: Path) -> None:
    """What is entered on the second sheet stands in the country, marked as entered; the rest stays as it was."""
    form = form_of(name="mine")
    path = write_form(form, tmp_path / "mine.xlsx", with_more=True)
    book = openpyxl.load_workbook(path)
    sheet = book["eighty"]
    heads = [cell.value for cell in sheet[4]]
    assert heads[:3] == ["table", "row", "column"]
    assert 40 <= sheet.max_row - 4 <= 65
    row = next(r for r in range(5, sheet.max_row + 1) if sheet.cell(r, 3).value == "tokens_per_use")
    for column, value in ((8, 1234.5), (9, 2345.5), (10, "Meter readings, May 2026")):
        sheet.cell(row, column).value = value
    book.save(path)

    service = str(sheet.cell(row, 2).value)
    grown = open_form(path)
    assert grown.entries == (
        Entry("services", service, "tokens_per_use", Answer(1234.5, 2345.5, "Meter readings, May 2026")),
    )
    before, after = form.country(), load(path)
    item = next(e for e in after.evidence if e.row == service and e.column == "tokens_per_use")
    assert (item.low, item.high, item.publisher) == (1234.5, 2345.5, "Meter readings, May 2026")
    assert {e for e in before.evidence if e not in after.evidence} == {
        e for e in before.evidence if e.row == service and e.column == "tokens_per_use"
    }


def test_entry_without_its_row_is_told(tmp_path: Path) -> None:
    """A number of something that the first sheet no longer supports is not lost in silence."""
    entry = Entry("zones", "grid", "growth_mw_per_year", Answer(1.0, 2.0))
    form = replace(form_of(without=["firm_spare"], name="mine"), entries=(entry,))
    path = write_form(form, tmp_path / "mine.xlsx")
    report = check(path)
    assert not report.errors
    assert "zones/grid/growth_mw_per_year" in "\n".join(report.lines())
    assert open_form(path).entries == (entry,)


def test_a_folder_that_has_grown_is_a_full_file(tmp_path: Path) -> None:
    """A folder with a frame beside the form is the full file; the form stays as a record."""
    path = write_form(form_of(name="mine"), tmp_path / "mine", is_book=False)
    assert is_form(path)
    (path / "country.toml").write_text("[frame]\n", encoding="utf-8")
    assert not is_form(path)


@pytest.mark.parametrize("write", [lambda p: p.write_bytes(b"PK\x03\x04 cut off"), lambda p: p.write_bytes(b"")])
def test_what_is_no_workbook_is_no_form(tmp_path: Path, write: Callable[[Path], int]) -> None:
    """A damaged workbook is left to the reader of workbooks, who says what is wrong."""
    path = tmp_path / "mine.xlsx"
    write(path)
    assert not is_form(path)
    with pytest.raises(CountryFileError, match="no readable workbook"):
        load(path)
    with pytest.raises(CountryFileError, match="no form of thirty numbers"):
        open_form(path)


def test_load_and_check_within_half_a_second(tmp_path: Path) -> None:
    """A form loads, expands and is checked in less than half a second of computing."""
    path = write_form(form_of(name="mine"), tmp_path / "mine.xlsx", with_more=True)
    load(path)
    begun = process_time()
    load(path)
    assert process_time() - begun < 0.5
