"""A number is looked for, tried and kept in a real browser, also without scripts; a bad file is told by its cells."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, Page, expect

from tillerman.country import load, to_workbook


def test_search_narrows_while_the_page_stays(browser_page: Page) -> None:
    """Typing a search and pressing Enter shows fewer numbers, under an address that can be shared."""
    browser_page.goto("/studies/kenya/evidence")
    browser_page.get_by_label("Search").fill("discount rate")
    browser_page.get_by_label("Search").press("Enter")

    expect(browser_page).to_have_url(re.compile("q=discount"))
    expect(browser_page.locator(".number-line").first).to_contain_text("discount")
    assert browser_page.locator(".number-line").count() < 10


def test_a_number_is_tried_at_once_and_kept(browser_page: Page) -> None:
    """Another value shows what changes today; kept, it stands among the changes of an own study and can be undone."""
    browser_page.goto("/studies/hand/numbers/frame/frame/discount_rate")
    browser_page.get_by_label(re.compile("^Value")).fill("0.05")
    browser_page.get_by_role("button", name="See what changes").click()
    browser_page.get_by_role("button", name="Keep this change").click()

    expect(browser_page).to_have_url(re.compile(r"/studies/[0-9a-f]+/changes"))
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("1 number changed")
    browser_page.get_by_role("button", name="Undo").click()
    expect(browser_page.locator("main")).to_contain_text("Nothing differs")


def test_a_number_is_tried_without_scripts(browser: Browser, site: str) -> None:
    """The same gestures work in a browser that runs no script."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/studies/hand/numbers/frame/frame/discount_rate")
    page.get_by_label(re.compile("^Value")).fill("0.05")
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("button", name="Keep this change").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("1 number changed")
    context.close()


def test_a_wrong_number_is_told_beside_its_field(browser_page: Page) -> None:
    """A word for a number is told where it was typed, and the field is marked for who cannot see."""
    browser_page.goto("/studies/hand/numbers/frame/frame/discount_rate")
    field = browser_page.get_by_label(re.compile("^Value"))
    field.fill("often")
    browser_page.get_by_role("button", name="See what changes").click()

    expect(browser_page.get_by_role("alert")).to_contain_text("often")
    expect(browser_page.get_by_label(re.compile("^Value"))).to_have_attribute("aria-invalid", "true")


def test_a_bad_workbook_is_told_beside_its_cells(browser_page: Page, tmp_path: Path) -> None:
    """A workbook with a word for a number shows the row, the cell and what to do."""
    book = openpyxl.load_workbook(to_workbook(load("hand"), tmp_path / "hand.xlsx"))
    header = [cell.value for cell in book["services"][1]]
    book["services"].cell(2, header.index("tier") + 1).value = "often"
    data = io.BytesIO()
    book.save(data)
    browser_page.goto("/upload")
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    browser_page.locator("#files").set_input_files({"name": "hand.xlsx", "mimeType": sheet, "buffer": data.getvalue()})
    browser_page.get_by_role("button", name="Check and open").click()

    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("cannot be used yet")
    expect(browser_page.locator(".bad-cell").first).to_have_text("often")
