"""A file with three dozen mistakes of different kinds comes back with every one of them, and with nothing else."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from tests.country.mistakes import hand
from tillerman.country import Purpose, check, load, to_workbook, write
from tillerman.errors import CountryFileError

# What is wrong, the table, the row as a spreadsheet counts it, the column, and what somebody typed there.
# No row holds a second mistake that needs the first one read: what a row says as a whole is judged once it can be read.
TYPED = (
    ("a negative capacity", "sites", 3, "capacity_h100e", "-10"),
    ("a number with both separators", "sites", 3, "capital_musd_per_kh100e", "1.234,5"),
    ("a date where a number was", "sites", 3, "build_max_h100e_per_year", "12-May"),
    ("a missing year", "sites", 2, "available_from", ""),
    ("an unknown zone", "sites", 3, "zone", "gird"),
    ("an unknown party", "holds", 4, "party", "home_sate"),
    ("a hold on nothing", "holds", 6, "resource", "openllm"),
    ("an unknown variant", "holds", 5, "variant", "chip"),
    ("shares of more than all", "holds", 9, "share", "1.5"),
    ("a duplicate id", "deployments", 5, "id", "clinic_home"),
    ("a share above one", "services", 2, "relied_share", "1.5"),
    ("not a number", "services", 3, "growth_per_year", "NaN"),
    ("a percentage", "services", 3, "hard_share", "12 %"),
    ("no end", "services", 3, "value_usd_per_use", "inf"),
    ("no language", "services", 4, "languages", ""),
    ("no value in words", "models", 2, "release_year", "n/a"),
    ("a decimal comma", "models", 3, "throughput_tokens_per_s", "200,5"),
    ("a wrong word", "parties", 3, "kind", "firms"),
    ("an id with blanks", "parties", 4, "id", "chip co"),
    ("a wrong yes or no", "disruptions", 2, "is_common_shock", "maybe"),
    ("chances that do not add up", "climates", 2, "to_normal", "0.9"),
    ("deliveries that do not add up", "deliveries", 2, "on_time", "0.5"),
    ("a programme for nobody", "levers", 2, "target", "clinics"),
    ("a signpost that never fires", "options", 2, "fires_at", "broke"),
    ("a horizon of its own", "targets", 2, "horizon", "90 days"),
    ("a jurisdiction of nobody", "targets", 2, "without", "XB"),
    ("an impossible date", "fallbacks", 2, "last_tested", "2026-02-30"),
    ("a range upside down", "evidence", 4, "low", "14"),
    ("a wrong unit", "evidence", 6, "unit", "MW"),
    ("evidence for nothing", "evidence", 8, "row", "packt"),
    ("an official number from nowhere", "evidence", 9, "grade", "official"),
    ("a budget with words", "frame", 14, "budget_musd_per_year", "about 100"),
    ("an unknown gate", "routes", 2, "gates", "cabel"),
    ("a pooled unit", "zones", 2, "spare_peak_mw", "10 MW"),
)  # fmt: skip
# One mistake can be seen from two sides: no party answers to the old name of one whose id was changed.
_ALSO = {("holds", 5, "party")}
# What is missing is reported where it belongs, not at the grade that asks for it.
_SEEN_AT = {("evidence", 9, "grade"): ("evidence", 9, "publisher")}
FRAME_ROW = 14  # of the budget, in the sheet


def _expected(place: str) -> set[str]:
    """Return where each planted mistake should be reported; `place` is how a table is written."""
    typed = {(table, row, column) for _, table, row, column, _ in TYPED if table != "frame"}
    cells = {_SEEN_AT.get(cell, cell) for cell in typed} | _ALSO
    return {f"{place.format(table)}:row {row}:{column}" for table, row, column in cells}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with everything planted, and some mistakes that only files can have."""
    folder = write(hand(), tmp_path / "planted")
    for table in {table for _, table, *_ in TYPED} - {"frame"}:
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
        for _, where, row, column, text in TYPED:
            if where == table:
                lines[row - 1][lines[0].index(column)] = text
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
    toml = (folder / "country.toml").read_text(encoding="utf-8")
    toml = toml.replace("budget_musd_per_year = 100", 'budget_musd_per_year = "about 100"')
    (folder / "country.toml").write_text(toml, encoding="utf-8")
    return folder


def test_every_mistake_of_a_folder_is_listed(folder: Path) -> None:
    """All planted mistakes are listed, each at its cell, and no other error beside them."""
    (folder / "outcomes.csv").write_bytes("id,näme\n".encode("latin-1"))
    (folder / "concessions.csv").write_bytes(b"")
    (folder / "talent.csv").write_text((folder / "talent.csv").read_text("utf-8").replace("fte,", "ftes,", 1), "utf-8")
    (folder / "drivers.csv").write_text("id;name\n", encoding="utf-8")
    (folder / "zone.csv").write_text("id\n", encoding="utf-8")
    found = {error.where for error in check(folder).errors}
    files = {
        "outcomes.csv:row 1",
        "concessions.csv",
        "drivers.csv:row 1",
        "zone.csv",
        "talent.csv:row 1:fte",
        "talent.csv:row 1:ftes",
    }
    assert found == _expected("{}.csv") | files | {"country.toml:budget_musd_per_year"}
    assert len(found) >= 35


def test_every_mistake_of_a_workbook_is_listed(tmp_path: Path) -> None:
    """The same mistakes typed into a workbook, with merged cells and a formula, are listed at their sheets."""
    path = to_workbook(hand(), tmp_path / "planted.xlsx")
    book = openpyxl.load_workbook(path)
    for _, table, row, column, text in TYPED:
        sheet = book[table]
        if table == "frame":
            assert sheet.cell(row, 1).value == column
            sheet.cell(row, 2).value = text
        else:
            header = [cell.value for cell in sheet[1]]
            sheet.cell(row, header.index(column) + 1).value = text or None
    book["capabilities"].merge_cells("B2:C2")
    book["clauses"]["C2"].value = "=1/2"
    book.save(path)
    found = {error.where for error in check(path).errors}
    sheets = {
        "sheet capabilities:row 2",
        "sheet clauses:row 2:kept_7d",
        f"sheet frame:row {FRAME_ROW}:budget_musd_per_year",
    }
    assert found == _expected("sheet {}") | sheets


def test_a_file_with_mistakes_is_not_loaded(folder: Path) -> None:
    """Loading refuses the file with every problem in one error, each in four parts."""
    with pytest.raises(CountryFileError) as refused:
        load(folder)
    assert len(refused.value.problems) == len(check(folder).errors)
    text = str(refused.value)
    assert text.splitlines()[0] == f"{folder}: {len(refused.value.problems)} problems"
    assert (
        "sites.csv:row 3:capital_musd_per_kh100e: found the number with separators '1.234,5'; expected a number in "
        in text
    )
    assert "Write 1234.5: '.' before the decimals" in text


def test_a_broken_frame_does_not_hide_the_tables(folder: Path) -> None:
    """With broken TOML every mistake of the tables that does not need the frame is still listed."""
    (folder / "country.toml").write_text("[frame\nname = 1", encoding="utf-8")
    found = {error.where for error in check(folder).errors}
    needs_home = {"targets.csv:row 2:without"}
    assert found == (_expected("{}.csv") - needs_home) | {"country.toml"}


def test_how_far_a_file_with_mistakes_gets(folder: Path) -> None:
    """No use of a file with errors is possible, and the report says so in words."""
    report = check(folder)
    assert report.country is None
    assert not any(report.allows(purpose) for purpose in Purpose)
    assert report.lines()[-1] == "plan: not possible before the errors above are corrected"
