"""Files made to hang, to fill the memory or to break the reader are refused with words, like any other slip."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from tests.country.mistakes import hand
from tillerman.country import check, to_workbook, write
from tillerman.errors import Problem

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")


def _only(source: Path) -> Problem:
    [error] = check(source).errors
    return error


def _changed(tmp_path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A workbook whose parts went through a change, under the same names."""
    good, bad = to_workbook(hand(), tmp_path / "good.xlsx"), tmp_path / "bad.xlsx"
    with zipfile.ZipFile(good) as before, zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as after:
        for item in before.infolist():
            after.writestr(item.filename, change(item.filename, before.read(item)))
    return bad


@needs_pipes
@pytest.mark.parametrize("name", ["sites.csv", "country.toml"])
def test_a_pipe_in_a_folder_is_not_read(tmp_path: Path, name: str) -> None:
    """A named pipe in the place of a file is told; reading it would wait for ever."""
    folder = write(hand(), tmp_path / "mine")
    (folder / name).unlink()
    os.mkfifo(folder / name)

    assert name in {error.where for error in check(folder).errors if error.found == "a pipe or a device"}


@needs_pipes
def test_a_pipe_is_no_workbook(tmp_path: Path) -> None:
    """The same holds for a workbook."""
    os.mkfifo(tmp_path / "mine.xlsx")

    assert _only(tmp_path / "mine.xlsx").found == "a pipe or a device"


@pytest.mark.parametrize(
    "value", ["[" * 2000 + "]" * 2000, "{b=" * 2000 + "1" + "}" * 2000, "9" * 5000], ids=["lists", "tables", "digits"]
)
def test_toml_that_no_parser_takes(tmp_path: Path, value: str) -> None:
    """A value nested too deep, or with too many digits, is broken TOML."""
    folder = write(hand(), tmp_path / "mine")
    with (folder / "country.toml").open("a", encoding="utf-8") as file:
        file.write(f"more = {value}\n")

    assert "broken TOML" in {error.where: error.found for error in check(folder).errors}["country.toml"]


@pytest.mark.parametrize(
    ("n_parts", "found"), [(5_000, "broken TOML"), (500_000, "characters")], ids=["nested", "endless"]
)
def test_a_toml_key_of_very_many_parts_is_refused(tmp_path: Path, n_parts: int, found: str) -> None:
    """A key `a.a.a…` is refused where it nests too deep, and before it is parsed where that would take minutes."""
    folder = write(hand(), tmp_path / "mine")
    with (folder / "country.toml").open("a", encoding="utf-8") as file:
        file.write(f"a{'.a' * n_parts} = 1\n")

    assert found in {error.where: error.found for error in check(folder).errors}["country.toml"]


def test_a_table_of_very_many_columns_is_not_read(tmp_path: Path) -> None:
    """A million columns are one problem, told at once, not a million."""
    folder = write(hand(), tmp_path / "mine")
    (folder / "outcomes.csv").write_text("a," * 1_000_000 + "a", encoding="utf-8")

    problem = _only(folder)
    assert (problem.where, problem.found) == ("outcomes.csv:row 1", "1,000,001 columns")


def test_a_merged_area_as_large_as_a_sheet_is_not_unpacked(tmp_path: Path) -> None:
    """Forty bytes of XML that merge a whole sheet would become seventeen thousand million cells."""
    area = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    book = _changed(
        tmp_path, lambda name, data: data.replace(b"</sheetData>", area) if name.endswith("sheet5.xml") else data
    )

    assert _only(book).found == "merged cells A1:XFD1048576"


def test_a_workbook_without_its_styles(tmp_path: Path) -> None:
    """Whatever a damaged workbook makes the reader raise is one problem of the file."""
    book = _changed(
        tmp_path,
        lambda name, data: re.sub(rb"<cellXfs.*?</cellXfs>", b"", data, flags=re.DOTALL) if "styles" in name else data,
    )

    assert "no readable workbook" in _only(book).found


def test_an_array_formula_is_a_formula(tmp_path: Path) -> None:
    """A formula over an area is told as it was typed."""
    path = to_workbook(hand(), tmp_path / "mine.xlsx")
    book = openpyxl.load_workbook(path)
    book["sites"]["C3"] = ArrayFormula("C3", "=SUM(C1:C2)")
    book.save(path)

    assert _only(path).found == "a formula, '=SUM(C1:C2)'"
