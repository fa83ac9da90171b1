"""Problems beside their cells: each stands with the row and the cell it speaks of, none is lost."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tillerman.country import check, load, to_workbook, write
from tillerman.country.marked import MarkedTable, marked


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose services have a word for a number, and whose frame has one too."""
    place = tmp_path / "file"
    write(load("hand"), place)
    _spoil(place / "services.csv", row=2, column="tier", text="abc")
    frame = place / "country.toml"
    frame.write_text(frame.read_text("utf-8").replace("currency_per_usd = ", 'currency_per_usd = "x" #'), "utf-8")
    return place


def _spoil(path: Path, *, row: int, column: str, text: str) -> None:
    lines = [line.split(",") for line in path.read_text("utf-8").splitlines()]
    lines[row - 1][lines[0].index(column)] = text
    path.write_text("\n".join(",".join(line) for line in lines) + "\n", "utf-8")


def _n_told(tables: tuple[MarkedTable, ...]) -> int:
    return sum(
        len(table.problems) + sum(len(row.problems) + sum(len(c.problems) for c in row.cells) for row in table.rows)
        for table in tables
    )


def test_a_problem_stands_with_its_cell(folder: Path) -> None:
    """A bad cell of a folder is shown with its row's number and name, its column and its text."""
    tables = {table.place: table for table in marked(folder, check(folder).problems)}
    (row,) = [row for row in tables["services.csv"].rows if row.number == 2]
    (cell,) = [cell for cell in row.cells if cell.column == "tier"]

    assert row.name == load("hand").services[0].id
    assert cell.text == "abc"
    assert cell.problems[0].found == "the text 'abc'"


def test_a_value_of_the_frame_stands_with_its_line(folder: Path) -> None:
    """A bad value of the frame is shown with its key and text."""
    tables = {table.place: table for table in marked(folder, check(folder).problems)}
    (row,) = tables["country.toml"].rows

    assert row.name == "currency_per_usd"
    assert row.cells[0].text.startswith('"x"')


def test_a_workbook_is_marked_by_sheet(tmp_path: Path) -> None:
    """A bad cell of a workbook is shown with its sheet, row and column."""
    path = to_workbook(load("hand"), tmp_path / "hand.xlsx")
    book = openpyxl.load_workbook(path)
    header = [cell.value for cell in book["services"][1]]
    book["services"].cell(2, header.index("tier") + 1).value = "often"
    book.save(path)
    (table,) = [table for table in marked(path, check(path).problems) if table.place == "sheet services"]

    assert [(row.number, cell.column, cell.text) for row in table.rows for cell in row.cells] == [(2, "tier", "often")]


def test_a_form_is_marked_by_address(tmp_path: Path) -> None:
    """A bad answer of a form is shown with the address that its spreadsheet shows."""
    from typer.testing import CliRunner

    from tillerman.cli.app import app

    path = tmp_path / "form.xlsx"
    CliRunner().invoke(app, ["new", str(path), "--country", "Ghana"])
    book = openpyxl.load_workbook(path)
    book["thirty"]["C9"].value = "12 %"
    book.save(path)
    (table,) = marked(path, check(path).problems)

    assert [(row.number, row.name, cell.text) for row in table.rows for cell in row.cells] == [(9, "home", "12 %")]


def test_no_problem_is_lost(folder: Path) -> None:
    """Every problem is told once, those of a whole table or of a place that is not there too."""
    (folder / "parties.csv").unlink()
    (folder / "strange.csv").write_text("a,b\n1,2\n", "utf-8")
    (folder / "zones.csv").write_text('id;name\n"x;y\n', "utf-8")
    problems = check(folder).problems

    assert _n_told(marked(folder, problems)) == len(problems)
