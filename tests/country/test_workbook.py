"""Whatever a workbook looks like when it comes back, it is read exactly or refused with words that help."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.country.mistakes import hand
from tillerman.country import check, load, to_workbook
from tillerman.errors import Problem

# In the sheet `sites`: api_abroad in row 2, home_hall in row 3; capacity_h100e in column C.
Edit = Callable[[Workbook], object]


def _edited(tmp_path: Path, edit: Edit) -> Path:
    path = to_workbook(hand(), tmp_path / "mine.xlsx")
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def _put(sheet: str, cell: str, value: str | float | datetime | None) -> Edit:
    def edit(book: Workbook) -> None:
        book[sheet][cell].value = value

    return edit


def _errors(tmp_path: Path, edit: Edit) -> dict[str, Problem]:
    return {error.where: error for error in check(_edited(tmp_path, edit)).errors}


def test_saved_by_another_program_it_is_the_same_country(tmp_path: Path) -> None:
    """A workbook opened and saved elsewhere, untouched, is the same country."""
    assert load(_edited(tmp_path, lambda _: None)) == hand()


@pytest.mark.parametrize(
    ("edit", "where", "found"),
    [
        (_put("sites", "C3", "=10*2"), "sheet sites:row 3:capacity_h100e", "a formula"),
        (_put("sites", "C3", datetime(2027, 5, 12)), "sheet sites:row 3:capacity_h100e", "the date '2027-05-12'"),  # noqa: DTZ001
        (_put("sites", "C3", "12 %"), "sheet sites:row 3:capacity_h100e", "the percentage"),
        (_put("sites", "C3", "n/a"), "sheet sites:row 3:capacity_h100e", "no value"),
        (_put("sites", "C3", None), "sheet sites:row 3:capacity_h100e", "a blank cell"),
        (_put("sites", "C3", -10), "sheet sites:row 3:capacity_h100e", "-10"),
        (_put("sites", "C3", True), "sheet sites:row 3:capacity_h100e", "true"),
        (_put("sites", "C1", "capacity"), "sheet sites:row 1:capacity_h100e", "no such column"),
        (_put("sites", "Z3", 5), "sheet sites:row 3", "cells under"),
        (_put("frame", "B7", "2026-ish"), "sheet frame:row 7:base_year", "2026-ish"),
        (_put("frame", "A7", "year_base"), "sheet frame:row 7:year_base", "year_base"),
        (_put("frame", "A1", "name"), "sheet frame:row 1", "name"),
        (lambda book: book["holds"].merge_cells("B2:B3"), "sheet holds:row 2", "merged cells B2:B3"),
        (lambda book: book.remove(book["frame"]), "mine.xlsx", "no sheet named 'frame'"),
        (lambda book: setattr(book["sites"], "title", "sitez"), "sheet sitez", "a table named 'sitez'"),
        (_put("zones", "A30000", "x"), "sheet zones", "30,000 rows"),
    ],
)
def test_slips(edit: Edit, where: str, found: str, tmp_path: Path) -> None:
    """Each slip is told at its sheet, row and column."""
    errors = _errors(tmp_path, edit)
    assert where in errors, errors
    assert found in errors[where].found


def test_merged_cells_do_not_bury_the_sheet(tmp_path: Path) -> None:
    """Rows under merged cells are not read, so that the merging is the only problem they cause."""
    errors = _errors(tmp_path, lambda book: book["fallbacks"].merge_cells("B2:C2"))
    assert list(errors) == ["sheet fallbacks:row 2"]


def test_numbers_typed_as_text_are_numbers(tmp_path: Path) -> None:
    """A number that a person typed into a text cell is taken, since nothing has to be guessed."""
    assert load(_edited(tmp_path, _put("sites", "C3", "10"))) == hand()


def test_a_sheet_for_workings_is_left_out(tmp_path: Path) -> None:
    """A sheet that is no table is left out with a warning."""
    path = _edited(tmp_path, lambda book: book.create_sheet("our workings"))
    [warning] = check(path).problems
    assert (warning.severity, warning.where) == ("warning", "sheet our workings")
    assert load(path) == hand()


def test_results_written_beside_the_tables_are_read_over(tmp_path: Path) -> None:
    """A sheet of results, which a plan writes into the same workbook, is no table and gives no warning."""

    def edit(book: Workbook) -> None:
        book.create_sheet("Decisions")["A1"] = "Tillerman · What to do"

    path = _edited(tmp_path, edit)
    assert check(path).problems == check(to_workbook(hand(), tmp_path / "plain.xlsx")).problems
    assert load(path) == hand()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not really", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_files_that_are_no_workbook(data: bytes, tmp_path: Path) -> None:
    """An empty, broken or password-protected file is refused in one sentence."""
    path = tmp_path / "mine.xlsx"
    path.write_bytes(data)
    [error] = check(path).errors
    assert "no readable workbook" in error.found


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(tmp_path: Path) -> None:
    """A small file that would fill the memory is refused by its unpacked size."""
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 201_000_000)
    [error] = check(path).errors
    assert error.found == "201 MB when unpacked"


def test_an_archive_without_a_workbook(tmp_path: Path) -> None:
    """A zip file that is no workbook is refused as such."""
    path = tmp_path / "mine.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    [error] = check(path).errors
    assert "no readable workbook" in error.found
