"""What people really send: each mistake is one clear message with sheet, cell, found, expected and remedy."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.country.thirty.forms import form_of
from tillerman.country import check
from tillerman.country.thirty.form_writing import write_form
from tillerman.country.thirty.layout import SHEET
from tillerman.errors import Problem

LOW, HIGH = 3, 4  # columns


def _row(sheet: Worksheet, key: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == key)


def _broken(folder: Path, key: str, low: object, high: object) -> tuple[Problem, ...]:
    """Return the errors of a form in which one answer was replaced."""
    path = write_form(form_of(name="mine"), folder / "mine.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    row = _row(sheet, key)
    sheet.cell(row, LOW).value = low  # type: ignore[assignment]
    sheet.cell(row, HIGH).value = high  # type: ignore[assignment]
    book.save(path)
    return check(path).errors


CASES = [
    ("firm_spare", "12,5", 40, "number with separators '12,5'", "Write 12.5, with '.' before the decimals."),
    ("us_share", "12 %", 0.7, "the percentage '12 %'", "Write the share without a sign, 0.12."),
    ("us_share", 12, 0.7, "12", "Write the share, 0.12 for 12 %."),
    ("peak", "n/a", 7000, "the words for no value 'n/a'", "Write don't know, or leave the cell blank."),
    (
        "peak",
        "6 800 MW",
        7000,
        "a number with words, '6 800 MW'",
        "Write the number alone, in MW; put remarks in a note.",
    ),
    ("peak", 7000, 6000, "the low end 7000 above the high end 6000", "Exchange the two."),
    ("peak", 7000, None, "one end of a range alone", "Give the other end too; where it is certain, write 7000 twice."),
    ("hall_years", datetime(2026, 3, 2), 3, "the date '2026-03-02'", "type the number again"),  # noqa: DTZ001
    ("links", "=2+2", 4, "a formula, '=2+2'", "Replace it by its value"),
    ("budget", -5, 40, "-5", "Check the unit and the digits."),
    ("electricity", 40_000, 43, "40000", "Check the unit and the digits."),
    (
        "electricity",
        400,
        430,
        "a mean load of 45,660 MW above the highest",
        "Check the units of 'electricity' and 'peak'.",
    ),
    ("health_people", 40, 90, "40 million people, more than there are", "Check the units"),
    ("firm_spare", 9_000, 9_500, "firm spare power of 9,000 MW above the highest demand", "Check the units"),
    ("us_share", 0.96, 1, "shares that add up to 1.03 at their low ends", "They are parts of one whole"),
    ("budget", 20_000_000, 50_000, "20,000,000", "Check the unit and the digits."),
    ("population", "about 25", 26, "a number with words, 'about 25'", "Write the number alone"),
]


@pytest.mark.parametrize(("key", "low", "high", "found", "remedy"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
def test_one_message_a_mistake(tmp_path: Path, key: str, low: object, high: object, found: str, remedy: str) -> None:
    """One mistake is one message, with the cell in which it stands, what was found and what to do."""
    (problem,) = _broken(tmp_path, key, low, high)
    assert problem.where.startswith(f"sheet {SHEET}:")
    assert key in problem.where
    assert found in problem.found
    assert remedy in problem.remedy
    assert problem.expected


def test_the_cell_is_named_as_the_spreadsheet_names_it(tmp_path: Path) -> None:
    """The message names the very cell."""
    path = write_form(form_of(name="mine"), tmp_path / "mine.xlsx")
    row = _row(openpyxl.load_workbook(path)[SHEET], "peak")
    (problem,) = _broken(tmp_path, "peak", 6000, "lots")
    assert problem.where == f"sheet thirty:D{row} (peak, high)"


def test_code_of_another_country(tmp_path: Path) -> None:
    """A form named after one country with the code of another is refused; a name that no list knows is not."""
    (problem,) = _broken(tmp_path, "code", "KE", None)
    assert problem.found == "'KE', the code of Kenya, in a file named Ghana"
    assert problem.expected == "'GH', its code"

    (tmp_path / "invented").mkdir()
    assert not _broken(tmp_path / "invented", "name", "Handland", None)


def test_form_whose_sheet_was_renamed(tmp_path: Path) -> None:
    """A form under another sheet's name is no full file either: the message says how to make it a form again."""
    path = write_form(form_of(name="mine"), tmp_path / "mine.xlsx")
    book = openpyxl.load_workbook(path)
    book[SHEET].title = "Sheet1"
    book.save(path)
    (problem,) = check(path).errors
    assert "name its sheet thirty again" in problem.remedy


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """Every mistake of a form is listed, not the first alone."""
    path = write_form(form_of(name="mine"), tmp_path / "mine.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    for key, text in (("peak", "n/a"), ("links", "two"), ("budget", "10 %"), ("code", "gh"), ("fiscal_month", "July")):
        sheet.cell(_row(sheet, key), LOW).value = text
    book.save(path)
    wheres = " ".join(problem.where for problem in check(path).errors)
    for key in ("peak", "links", "budget", "code", "fiscal_month"):
        assert key in wheres


def test_merged_cells(tmp_path: Path) -> None:
    """Merged cells are named, and their row is not half read."""
    path = write_form(form_of(name="mine"), tmp_path / "mine.xlsx")
    book = openpyxl.load_workbook(path)
    row = _row(book[SHEET], "peak")
    book[SHEET].merge_cells(f"C{row}:D{row}")
    book.save(path)
    (problem,) = check(path).errors
    assert problem.found == f"merged cells C{row}:D{row}"
    assert problem.remedy == "Unmerge the cells and fill in each of them."


def test_rows_cut_off(tmp_path: Path) -> None:
    """A sheet whose last rows are missing is not taken for one in which nobody knew them."""
    path = write_form(form_of(name="mine"), tmp_path / "mine", is_book=False)
    lines = (path / "thirty.csv").read_text("utf-8").splitlines(keepends=True)
    (path / "thirty.csv").write_text("".join(lines[:20]), "utf-8")
    (problem,) = check(path).errors
    assert "no row for" in problem.found
    assert "cut off" in problem.remedy


def test_unknown_and_repeated_keys(tmp_path: Path) -> None:
    """A slip in a key is named with the nearest one; a key twice is refused."""
    path = write_form(form_of(name="mine"), tmp_path / "mine.xlsx")
    book = openpyxl.load_workbook(path)
    book[SHEET].cell(_row(book[SHEET], "peak"), 1).value = "peek"
    book[SHEET].cell(_row(book[SHEET], "hydro"), 1).value = "links"
    book.save(path)
    told = [str(problem) for problem in check(path).errors]
    assert any("'peek'" in text and "Did you mean 'peak'?" in text for text in told)
    assert any("'links' a second time" in text for text in told)


def test_no_row_of_names(tmp_path: Path) -> None:
    """A sheet without the names of its columns says which are needed."""
    path = write_form(form_of(name="mine"), tmp_path / "mine.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    row = next(r for r in range(1, 10) if sheet.cell(r, 1).value == "key")
    sheet.delete_rows(row)
    book.save(path)
    (problem,) = check(path).errors
    assert problem.expected == "a row with the names key, low, high"


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (lambda text: text.encode("utf-16"), "a file in UTF-16"),
        (lambda text: text.replace("don't know", "wei\xdf nicht").encode("latin-1", "replace"), "not UTF-8"),
        (lambda text: text.replace(",", ";").encode(), "columns separated by semicolons"),
        (lambda text: text[: len(text) // 2].encode(), "no row for"),
        (lambda text: text[:0].encode(), "an empty table"),
    ],
    ids=["utf-16", "latin-1", "semicolons", "truncated", "empty"],
)
def test_damaged_text(tmp_path: Path, damage: object, found: str) -> None:
    """A CSV file in another encoding, with other separators or cut off is named as such."""
    assert callable(damage)
    path = write_form(form_of(without=["peak"], name="mine"), tmp_path / "mine", is_book=False)
    text = (path / "thirty.csv").read_text("utf-8")
    (path / "thirty.csv").write_bytes(damage(text))
    assert any(found in problem.found for problem in check(path).errors)


def test_half_filled_is_no_mistake(tmp_path: Path) -> None:
    """Blank cells and don't know are answers, in either language."""
    path = write_form(form_of(name="mine"), tmp_path / "mine.xlsx")
    book = openpyxl.load_workbook(path)
    for key, text in (("peak", None), ("links", "不知道"), ("hydro", "Don’t know")):
        for column in (LOW, HIGH):
            book[SHEET].cell(_row(book[SHEET], key), column).value = text
    book.save(path)
    assert not check(path).errors
