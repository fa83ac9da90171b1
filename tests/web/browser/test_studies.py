"""Studies in a real browser: found, copied, named, taken along, compared and deleted, with and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

NARROW = {"width": 360, "height": 740}
MINE = ("/", "/studies", "/studies/kenya/study", "/compare?a=kenya&b=japan", "/limits", "/studies/kenya/limits", "/api")


def _copy(page: Page, name: str) -> str:
    """Copy Kenya under a name; return the address of the copy's page."""
    page.goto("/studies/kenya/study")
    page.get_by_label("Name of the copy").fill(name)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page.url


def test_from_the_first_page_to_a_study_of_one_s_own_and_back(browser_page: Page) -> None:
    """A reader opens a country, copies it, renames the copy, finds it on the first page and deletes it."""
    page = browser_page
    page.goto("/")
    page.get_by_role("link", name="Kenya", exact=True).first.click()
    page.get_by_role("navigation", name="Pages of this study").get_by_role("link", name="This study").click()
    _copy(page, "Our <b>draft</b>")
    page.get_by_role("textbox", name="Name", exact=True).fill("Our plan B")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Our plan B")

    page.goto("/")
    page.get_by_role("link", name="Our plan B").click()
    expect(page).to_have_url(re.compile(r"/studies/[0-9a-f]{16}/keeps"))
    page.go_back()
    page.goto("/studies")
    page.get_by_role("link", name=re.compile("Name, files, delete.*Our plan B")).click()
    page.get_by_role("link", name="Delete this study").click()
    page.get_by_role("link", name="Keep it").click()
    expect(page.get_by_role("link", name="Our plan B", exact=True)).to_be_visible()
    page.get_by_role("link", name=re.compile("Name, files, delete.*Our plan B")).click()
    page.get_by_role("link", name="Delete this study").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("link", name="Our plan B", exact=True)).to_have_count(0)


def test_who_reads_it_decides_what_can_be_taken(browser_page: Page) -> None:
    """Choosing a reader changes the list in its place, and the address with it; a file comes as a download."""
    page = browser_page
    address = _copy(page, "For the cabinet")
    rows = page.locator("#files .ledger > li")
    whole = rows.filter(has=page.get_by_role("heading", name="The whole study"))
    expect(whole.get_by_role("link")).to_have_count(0)

    page.get_by_role("link", name="Those who negotiate").click()
    expect(page).to_have_url(f"{address}?level=team")
    expect(page.get_by_role("link", name="Those who negotiate")).to_have_attribute("aria-current", "true")
    with page.expect_download() as taken:
        whole.get_by_role("link").click()
    assert taken.value.suggested_filename == "For-the-cabinet.study"
    page.go_back()
    expect(whole.get_by_role("link")).to_have_count(0)


def test_two_studies_are_chosen_and_compared(browser_page: Page) -> None:
    """Two choices and one button give an address that shows the same to whoever opens it."""
    page = browser_page
    page.goto("/compare")
    page.get_by_label("First").select_option(label="Kenya")
    page.get_by_label("Second").select_option(label="Japan")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Japan and Kenya")
    shared = page.url
    page.goto("/")
    page.goto(shared)
    expect(page.locator(".side h3")).to_have_text(["Japan", "Kenya"])


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_narrow_screens_hold_every_page(browser_page: Page, language: str) -> None:
    """At 360 px no page is wider than the screen, in either language."""
    browser_page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a dict of two numbers is what it is
    for address in MINE:
        browser_page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], address


def test_without_scripts_all_of_it_works(browser: Browser, site: str) -> None:
    """Copying, choosing a reader, comparing and deleting need no script."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    address = _copy(page, "Without scripts")
    page.get_by_role("link", name="Everybody").click()
    expect(page).to_have_url(f"{address}?level=public")
    page.goto(f"/compare?a=kenya&b={address.split('/')[-2]}")
    expect(page.get_by_text("The two files say the same.")).to_be_visible()
    page.goto(address)
    page.get_by_role("link", name="Delete this study").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page).to_have_url(f"{site}/studies")
    context.close()


def test_the_keyboard_alone_is_enough(browser_page: Page) -> None:
    """By keyboard alone a reader skips to the content, chooses a reader and sees where they are."""
    page = browser_page
    page.goto("/studies/kenya/study")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Everybody")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("level=government"))
    expect(page.get_by_role("link", name="The government")).to_have_attribute("aria-current", "true")
