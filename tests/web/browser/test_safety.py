"""Pages in a real browser: nothing from elsewhere, no script from texts, and a watch that sees what it must."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.web.conftest import watch


@pytest.mark.parametrize("place", ["/", "/studies/kenya/keeps", "/studies/singapore/keeps?lang=zh-Hant", "/nowhere"])
def test_pages_break_no_rule_of_their_own(browser_page: Page, place: str) -> None:
    """Each page loads what it needs from this server alone and breaks none of its own policy."""
    browser_page.goto(place)

    assert browser_page.locator("h1").count() == 1


@pytest.mark.parametrize(
    ("planted", "seen"),
    [
        (
            "const s = document.createElement('script'); s.textContent = '1'; document.body.append(s)",
            "Content Security",
        ),
        ("document.body.innerHTML += '<p style=\"color: red\">x</p>'", "Content Security"),
        ("document.body.append(Object.assign(new Image(), {src: 'http://example.com/x.png'}))", "example.com"),
        ("setTimeout(() => { throw new Error('planted') })", "planted"),
    ],
)
def test_watch_sees_what_must_not_happen(browser: Browser, site: str, planted: str, seen: str) -> None:
    """A script in the page, a style in a tag, a picture from elsewhere and an error are each written down."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    trouble = watch(page, site)
    page.goto("/")
    page.evaluate(f"() => {{ {planted} }}")
    page.wait_for_timeout(200)
    context.close()

    assert any(seen in line for line in trouble), trouble
