"""The plan in a real browser: the slider, the names of points and the words agree, wherever one comes from."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

PLAN = "/studies/kenya/plan?lang=en"
FIRST_MS = 60_000  # the first page of a server has to be made
pytestmark = pytest.mark.time_limit(seconds=90, reason="a browser has to start, and plans to be drawn")


def test_slider_and_words_agree_on_every_way(browser_page: Page) -> None:
    """At first, after a move, and after going back, the thumb stands at the point that the words name."""
    slider, said = browser_page.locator("#point"), browser_page.locator("#point-said")
    chosen = browser_page.locator("#points-named [aria-current]")
    browser_page.goto(PLAN, timeout=FIRST_MS)
    expect(said).to_have_text("The plan made, which is “cheapest” here")
    expect(slider).to_have_value("0")
    expect(chosen).to_have_text("The plan made")

    slider.fill("7")
    expect(said).to_contain_text("Plan “middle”")
    expect(chosen).to_have_text("middle")
    expect(slider).to_have_value("7")

    browser_page.go_back()
    expect(said).to_have_text("The plan made, which is “cheapest” here")
    expect(slider).to_have_value("0")


def test_back_and_forth_past_a_live_chart_breaks_no_policy(browser_page: Page) -> None:
    """From a chart that a pointer was told of, over the stack and back, nothing is refused by the page's policy."""
    browser_page.goto(PLAN, timeout=FIRST_MS)
    browser_page.locator("figure.chart").first.scroll_into_view_if_needed()
    live = browser_page.locator("figure.chart.is-live .chart-live").first
    live.locator(".mark-rect path:not(.background)").first.hover()
    browser_page.locator("#chart-tip").wait_for()

    browser_page.locator(".places a[href$=stack]").click()
    browser_page.locator("#choice-2").click()
    heading = browser_page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("withdrawn")
    browser_page.go_back()
    expect(heading).not_to_contain_text("withdrawn")
    browser_page.go_back()
    browser_page.locator("#point-said").wait_for()
    browser_page.go_forward()
    browser_page.go_forward()
    expect(heading).to_contain_text("withdrawn")
