"""The workbook opens, reads back equal, can be edited and loaded again, and runs nothing that a name contains."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.report.test_html import renamed
from tillerman.country import check, load, numbers
from tillerman.country.columns import columns_of
from tillerman.country.frame import Frame
from tillerman.country.record import TABLES
from tillerman.errors import CountryFileError
from tillerman.plan import Plan
from tillerman.report import write_workbook
from tillerman.words import LANGUAGES

HEAD = 4  # the row of headings in a sheet of results


@pytest.fixture(scope="module")
def path(hand_plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-sized plan's workbook."""
    return write_workbook(hand_plan, tmp_path_factory.mktemp("report") / "hand-plan.xlsx")


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    """The same, opened."""
    return openpyxl.load_workbook(path)


def column(sheet: Worksheet, head: str) -> list[object]:
    """The cells under one heading."""
    heads = [cell.value for cell in sheet[HEAD]]
    at = heads.index(head) + 1
    return [row[at - 1].value for row in sheet.iter_rows(min_row=HEAD + 2) if row[0].value is not None]


def test_sheets_stand_in_the_order_of_the_report(book: Workbook) -> None:
    """Results first, in plain words; then the country file's own sheets."""
    results = [
        "Read me",
        "What keeps running",
        "Decisions",
        "Where services stand ready",
        "Postures",
        "Three things to balance",
        "Accounts",
        "Reference plans",
        "Break-even",
        "Other good plans",
        "Cheapest to safest",
        "Worth of levers",
        "How far to trust",
        "Single losses",
        "Evidence summary",
        "Calculation",
    ]

    assert book.sheetnames == [*results, "frame", *TABLES, "translations", "evidence", "words"]
    assert all(str(book[name]["A1"].value).startswith("Tillerman · ") for name in results)


def test_numbers_read_back_equal(book: Workbook, hand_plan: Plan) -> None:
    """What is displayed is rounded, what a cell holds is the record's number."""
    keeps = book["What keeps running"]

    assert column(keeps, "Today: if any one withdraws") == [s.any_one for s in hand_plan.today.services]
    assert column(keeps, "Plan: if any one withdraws") == [s.any_one for s in hand_plan.services]
    done = [d for d in hand_plan.decisions if d.action != "run"]
    assert column(book["Decisions"], "Public cash over the plan, million US$") == [d.public_cash_musd for d in done]
    ours = hand_plan.certificate.objective_musd
    assert column(book["Reference plans"], "Costs more than the plan, million US$")[1:] == [
        r.objective_musd - ours for r in hand_plan.references[1:]
    ]
    assert column(book["Single losses"], "Kept after 90 days") == [c.kept[1] for c in hand_plan.today.singles]


def test_own_currency_follows_the_exchange_rate(kenya_plan: Plan, tmp_path: Path) -> None:
    """The country's currency stands first and is US$ times the rate in the sheet frame, so that it can be changed."""
    path = write_workbook(kenya_plan, tmp_path / "kenya.xlsx")
    formulas, shown = (
        openpyxl.load_workbook(path)["Decisions"],
        openpyxl.load_workbook(path, data_only=True)["Decisions"],
    )
    heads = [cell.value for cell in formulas[HEAD]]
    own, usd = (
        heads.index("Public cash over the plan, million KES") + 1,
        heads.index("Public cash over the plan, million US$") + 1,
    )
    rate_row = 2 + list(columns_of(Frame)).index("currency_per_usd")
    cell = formulas.cell(HEAD + 2, own)

    assert usd == own + 1
    assert cell.value == f"={formulas.cell(HEAD + 2, usd).coordinate}*frame!$B${rate_row}"
    dollars = shown.cell(HEAD + 2, usd).value
    assert isinstance(dollars, float)
    assert shown.cell(HEAD + 2, own).value == dollars * 129
    assert cell.number_format == '0.0," bn"'


@pytest.mark.parametrize("language", LANGUAGES)
def test_country_can_be_loaded_again(plan: Plan, language: str, tmp_path: Path) -> None:
    """The workbook is a country file too: it loads as the country it was made from, without a warning."""
    path = write_workbook(plan, tmp_path / "plan.xlsx", language=language)

    assert load(path) == plan.country
    assert [p for p in check(path).problems if "table" in p.where or "sheet" in p.found] == []


def test_an_edited_cell_is_a_new_country(path: Path, hand_plan: Plan, tmp_path: Path) -> None:
    """A number changed in an input sheet is loaded with its new value."""
    book = openpyxl.load_workbook(path)
    book["sites"]["C3"].value = 12
    book.save(tmp_path / "edited.xlsx")
    changed = load(tmp_path / "edited.xlsx")

    assert changed.sites[1].capacity_h100e == 12
    assert replace(changed, sites=hand_plan.country.sites) == hand_plan.country


def test_every_column_says_how_sure_it_is(book: Workbook) -> None:
    """Under the heading of a computed column stands certified, sampled or assumed."""
    for name in ("What keeps running", "Decisions", "Postures", "Reference plans", "Single losses"):
        heads = [cell.value for cell in book[name][HEAD]]
        marks = {cell.value for cell in book[name][HEAD + 1]} - {None, ""}
        assert marks, name
        assert marks <= {"certified", "sampled", "assumed"}, name
        assert len(heads) == len(list(filter(None, heads))), name


def test_every_input_carries_its_grade_and_row(book: Workbook, hand_plan: Plan) -> None:
    """Each number of the country file has a note; the row it names is the row of its evidence."""
    rows = {table: {row.id: n for n, row in enumerate(getattr(hand_plan.country, table), start=2)} for table in TABLES}
    frame = {name: n for n, name in enumerate(columns_of(Frame), start=2)}
    seen = 0
    for number in numbers(hand_plan.country):
        if number.row is None:
            cell = book["frame"].cell(frame[number.column], 2)
        else:
            at = list(columns_of(TABLES[number.table])).index(number.column) + 1
            cell = book[number.table].cell(rows[number.table][number.row], at)
        assert cell.value == number.value
        assert cell.comment is not None
        note = cell.comment.text
        if number.evidence is None:
            assert note == "assumption by silence: no row in the sheet evidence"
            continue
        found = re.search(r"row (\d+) of the sheet evidence", note)
        assert found is not None
        line = [c.value for c in book["evidence"][int(found[1])]]
        assert line[:3] == [number.table, number.row, number.column]
        assert note.startswith(number.evidence.grade.value)
        seen += 1
    assert seen == len(hand_plan.country.evidence)


def test_results_lead_to_their_source_row(kenya_plan: Plan, tmp_path: Path) -> None:
    """The source cell of a result is the row of the country file that it speaks of."""
    book = openpyxl.load_workbook(write_workbook(kenya_plan, tmp_path / "kenya.xlsx"))
    cells = [row[-1] for row in book["What keeps running"].iter_rows(min_row=HEAD + 2) if row[-1].value]

    for cell, service in zip(cells, kenya_plan.today.services, strict=True):
        assert cell.hyperlink is not None
        assert cell.hyperlink.location == cell.value
        sheet, _, at = str(cell.value).partition("!")
        assert book[sheet][at].value == service.service


def test_sheets_are_ready_for_screen_and_paper(book: Workbook) -> None:
    """Headings stay in view and repeat in print; A4 landscape, one page wide; the standard sentence on every page."""
    for name in ("What keeps running", "Decisions", "Postures", "Single losses"):
        sheet = book[name]
        assert sheet.freeze_panes == "B6", name
        assert sheet.print_title_rows == "$4:$5", name
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize), sheet.page_setup.fitToHeight) == (
            "landscape",
            "9",
            0,
        )
        footer = sheet.oddFooter
        assert footer is not None
        assert footer.left is not None
        assert "An aid to judgement" in str(footer.left.text), name
        assert sheet.column_dimensions["A"].width > 20, name


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "#REF!"])
def test_no_name_is_run(hand_plan: Plan, name: str, tmp_path: Path) -> None:
    """A name that a spreadsheet would take for a formula stands as text, marked so that editing does not run it."""
    book = openpyxl.load_workbook(write_workbook(renamed(hand_plan, name), tmp_path / "plan.xlsx"))
    cells = [
        cell
        for sheet in ("What keeps running", "Decisions", "Break-even")
        for row in book[sheet].iter_rows(min_row=HEAD + 2)
        for cell in row
        if cell.value == name or str(cell.value).strip() == name.strip()
    ]

    assert len(cells) > 3
    assert {cell.data_type for cell in cells} <= {"s", "e"}
    assert all(cell.quotePrefix for cell in cells)


def test_hazards_are_a_column_only_when_asked_for(hand_plan: Plan, book: Workbook, tmp_path: Path) -> None:
    """Results show assumed chances only when the user asks."""
    asked = openpyxl.load_workbook(write_workbook(hand_plan, tmp_path / "asked.xlsx", with_hazards=True))
    head = "Chance assumed in the file, a year"

    assert head in [cell.value for cell in asked["Break-even"][HEAD]]
    assert head not in [cell.value for cell in book["Break-even"][HEAD]]


def test_same_plan_same_bytes(plan: Plan, tmp_path: Path) -> None:
    """The workbook of a record never changes, and is in place whole."""
    first = write_workbook(plan, tmp_path / "a.xlsx").read_bytes()

    assert first == write_workbook(plan, tmp_path / "b.xlsx").read_bytes()
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]


def test_country_with_errors_is_not_written(hand_plan: Plan, tmp_path: Path) -> None:
    """What could not be loaded again is refused, and nothing is left behind."""
    frame = replace(hand_plan.country.frame, currency_per_usd=-1.0)
    broken = replace(hand_plan, country=replace(hand_plan.country, frame=frame))

    with pytest.raises(CountryFileError, match="currency_per_usd"):
        write_workbook(broken, tmp_path / "plan.xlsx")
    assert list(tmp_path.iterdir()) == []
