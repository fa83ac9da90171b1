"""Long calculations in a real browser: live, surviving a reload, cancellable by keyboard, also without scripts."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # published without types
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import NARROW

pytestmark = pytest.mark.time_limit(seconds=90, reason="a worker process has to start and to search")
SOON_MS = 60_000


def ask(page: Page, study: str, *, language: str = "en") -> None:
    """Ask for a new plan as a button does, and go to its page."""
    page.goto(f"/jobs?lang={language}")
    page.evaluate(
        """study => {
            const form = document.createElement("form");
            form.method = "post";
            form.action = `/studies/${study}/jobs/plan`;
            const mark = document.createElement("input");
            mark.name = "csrf";
            mark.value = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRF-Token"];
            form.append(mark);
            document.body.append(form);
            form.submit();
        }""",
        study,
    )
    page.wait_for_url(re.compile(r"/jobs/[\w-]{12}$"))


def test_the_new_plan_comes_without_reloading(browser_page: Page) -> None:
    """Steps appear by themselves, the end offers the plan in place of Cancel, and listeners are told once."""
    ask(browser_page, "hand")
    browser_page.evaluate("window.isSamePage = true")

    link = browser_page.get_by_role("link", name="Open the new plan")
    link.wait_for(timeout=SOON_MS)

    assert browser_page.evaluate("window.isSamePage")
    expect(browser_page.get_by_role("button", name="Cancel")).to_have_count(0)
    expect(browser_page.get_by_role("status")).to_have_text("Done.")
    link.click()
    expect(browser_page).to_have_url(re.compile(r"/studies/[0-9a-f]{16}/plan$"))


def test_a_search_is_watched_reloaded_and_cancelled_by_keyboard(browser_page: Page) -> None:
    """Bounds move while one looks on; after reloading they are there at once; Enter on Cancel ends it."""
    ask(browser_page, "kenya")
    bounds = browser_page.locator(".job .numbers")
    bounds.wait_for(timeout=SOON_MS)
    first = bounds.inner_text()
    expect(bounds).not_to_have_text(first, timeout=SOON_MS)
    browser_page.reload()
    expect(browser_page.locator(".job .numbers")).to_be_visible()

    cancel = browser_page.get_by_role("button", name="Cancel")
    cancel.focus()
    browser_page.wait_for_timeout(1500)  # the page is drawn anew meanwhile, and the focus stays
    assert cancel.evaluate("found => found === document.activeElement")
    browser_page.keyboard.press("Enter")

    expect(browser_page.get_by_text("Cancelled.").first).to_be_visible(timeout=SOON_MS)
    expect(browser_page.get_by_role("button", name="Cancel")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_narrow_screen_and_a_screen_reader_are_served(browser_page: Page, language: str) -> None:
    """No sideways scrolling at 360 pixels, and nothing serious for axe, while it runs and in the list."""
    browser_page.set_viewport_size({"width": NARROW, "height": 800})
    ask(browser_page, "kenya", language=language)
    browser_page.goto(f"{browser_page.url}?lang={language}")
    browser_page.locator(".job .numbers").wait_for(timeout=SOON_MS)

    for place in (browser_page.url, f"/jobs?lang={language}"):
        if place != browser_page.url:
            browser_page.goto(place)
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= NARROW
        found = Axe().run(browser_page)
        assert [
            issue["id"] for issue in found.response["violations"] if issue["impact"] in {"serious", "critical"}
        ] == []
    browser_page.locator("tbody a").first.click()
    browser_page.locator("form[action$='/cancel'] button").click()
    browser_page.locator("h1").wait_for()


def test_without_scripts_a_page_loads_itself_again(browser: Browser, site: str) -> None:
    """The same address, asked again every two seconds, until it is over."""
    with_scripts = browser.new_context(base_url=site)
    page = with_scripts.new_page()
    ask(page, "hand")
    address = page.url
    with_scripts.close()
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)

    expect(page.get_by_role("link", name="Open the new plan")).to_be_visible(timeout=SOON_MS)
    context.close()
