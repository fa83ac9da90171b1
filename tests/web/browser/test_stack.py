"""The stack in a real browser: withdraw, watch, undo, share, by mouse, by keyboard, on a phone and without scripts."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # published without types
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import NARROW

STACK = "/studies/kenya/stack?lang=en"
pytestmark = pytest.mark.time_limit(seconds=60, reason="a browser has to start, and the first page to be made")


def said(page: Page) -> list[str]:
    """What the page says of every service."""
    found = page.locator(".fall-said").all_inner_texts()
    assert len(found) > 1
    return found


def test_withdraw_watch_undo(browser_page: Page) -> None:
    """A click withdraws: services and blocks change without a new page; undo brings the view before back."""
    browser_page.goto(STACK)
    whole = said(browser_page)
    browser_page.evaluate("window.isSamePage = true")

    browser_page.locator("#choice-2").click()
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("withdrawn")
    assert said(browser_page) != whole
    assert browser_page.locator(".block.left-gone").count() > 0
    expect(browser_page.locator("#told")).to_contain_text("withdrawn")

    browser_page.locator("#undo").click()
    expect(browser_page.get_by_role("heading", level=1)).not_to_contain_text("withdrawn")
    assert said(browser_page) == whole
    assert browser_page.locator(".block.left-gone").count() == 0
    assert browser_page.evaluate("window.isSamePage")


def test_withdraw_whoever_holds_a_block(browser_page: Page) -> None:
    """A block opens to its holders; withdrawing one empties the block, which stays open."""
    browser_page.goto(STACK)
    block = browser_page.locator(".block", has_text="OpenAI model by call")
    block.locator(".face").click()
    browser_page.get_by_role("link", name="Withdraw OpenAI").click()
    expect(block).to_have_class("block left-gone is-open")
    expect(browser_page.get_by_role("link", name="Take back OpenAI").first).to_be_visible()


def test_a_shared_link_shows_the_same(browser: Browser, browser_page: Page, site: str) -> None:
    """The address, opened by somebody who was never here, shows the same view; back goes back."""
    browser_page.goto(STACK)
    browser_page.locator("#choice-2").click()
    expect(browser_page.locator("h1")).to_contain_text("withdrawn")
    browser_page.locator("#for-1y").click()
    expect(browser_page.locator("#for-1y")).to_have_attribute("aria-current", "true")
    browser_page.locator("#cause-cannot").click()
    expect(browser_page.locator("#cause-cannot")).to_have_attribute("aria-current", "true")
    address = browser_page.locator(".share input").input_value()
    seen = said(browser_page)

    context = browser.new_context(base_url=site, locale="en-GB")
    fresh = context.new_page()
    fresh.goto(address)
    assert said(fresh) == seen
    assert (
        fresh.get_by_role("heading", level=1).inner_text() == browser_page.get_by_role("heading", level=1).inner_text()
    )
    context.close()

    browser_page.go_back()
    expect(browser_page.locator("#cause-usual")).to_have_attribute("aria-current", "true")


def test_by_keyboard_alone(browser_page: Page) -> None:
    """Tab reaches the search, typing withdraws; the focus is not lost when the picture changes."""
    browser_page.goto(STACK)
    browser_page.keyboard.press("Tab")
    expect(browser_page.locator(".skip")).to_be_focused()
    for _ in range(40):
        browser_page.keyboard.press("Tab")
        if browser_page.evaluate("document.activeElement.id") == "add":
            break
    browser_page.keyboard.type("safaricom")
    browser_page.keyboard.press("Enter")
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("Safaricom withdrawn")

    browser_page.locator("#for-5y").focus()
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("#for-5y")).to_have_attribute("aria-current", "true")
    expect(browser_page.locator("#for-5y")).to_be_focused()


@pytest.mark.parametrize("place", ["stack?without=US&open=international&all=true", "keeps", "services/mpesa_fraud"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_and_for_a_screen_reader(browser_page: Page, place: str, scheme: str) -> None:
    """No sideways scrolling at 360 pixels, and nothing serious for axe, by day and by night, in both languages."""
    browser_page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    browser_page.set_viewport_size({"width": NARROW, "height": 800})
    for language in ("en", "zh-Hant"):
        browser_page.goto(f"/studies/kenya/{place}{'&' if '?' in place else '?'}lang={language}")
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= NARROW
        found = Axe().run(browser_page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in {"serious", "critical"}] == []


def test_without_scripts(browser: Browser, site: str) -> None:
    """Every gesture works where scripts do not run: withdraw, search, look later, undo."""
    context = browser.new_context(base_url=site, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(STACK)
    page.locator("#choice-2").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("withdrawn")
    page.locator("#add").fill("TSMC")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("TSMC")
    page.locator("#for-7d").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("after 7 days")
    page.locator("#undo").click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("TSMC")
    context.close()


def test_from_the_first_screen_to_a_service_and_the_stack(browser_page: Page) -> None:
    """A service leads to its chain; whoever can stop it leads to the stack with that withdrawn."""
    browser_page.goto("/studies/kenya/keeps?lang=en")
    browser_page.locator(".services a").first.click()
    expect(browser_page.get_by_role("heading", name="How it runs")).to_be_visible()
    browser_page.locator(".dangers a").first.click()
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("withdrawn")
