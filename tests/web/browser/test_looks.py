"""Every page as people meet it: on a phone, in the dark, by keyboard, on paper, and read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # published without types
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Page

from tests.web.conftest import NARROW, watch
from tillerman.web.app import PAGES
from tillerman.web.shell import asset

pytestmark = pytest.mark.time_limit(seconds=90, reason="draws a page in a browser several times")

STUDY = "/studies/singapore"
PLACES = {
    "/": "/",
    "/studies": "/studies",
    "/studies/{study}/keeps": f"{STUDY}/keeps",
    "/studies/{study}/services/{service}": f"{STUDY}/services/clinical",
    "/studies/{study}/stack": f"{STUDY}/stack?without=US&for=1y",
    "/studies/{study}/plan": f"{STUDY}/plan",
    "/studies/{study}/why-not": f"{STUDY}/why-not",
    "/studies/{study}/evidence": f"{STUDY}/evidence",
    "/studies/{study}/numbers/{table}/{row}/{column}": f"{STUDY}/numbers/holds/sealion_owns_aisg/share",
    "/studies/{study}/fallbacks": f"{STUDY}/fallbacks",
    "/studies/{study}/study": f"{STUDY}/study",
    "/studies/{study}/limits": f"{STUDY}/limits",
    "/limits": "/limits",
    "/compare": "/compare?a=singapore&b=japan",
    "/jobs": "/jobs",
    "/upload": "/upload",
    "/api": "/api",
}
# Not a page of its own: a way on, a file, a stream, or a page that only a study or a calculation of one's own has.
ELSEWHERE = {
    "/studies/{study}",
    "/studies/{study}/changes",
    "/studies/{study}/delete",
    "/studies/{study}/files/{file}",
    "/jobs/{job}",
    "/jobs/{job}/events",
}
# The same of a country without a plan, and of what is told when something cannot be given.
BESIDES = ("/studies/hand/keeps", "/studies/hand/stack", "/studies/hand/plan", "/nowhere")
EVERY = pytest.mark.parametrize("place", [*PLACES.values(), *BESIDES])
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-Hant"])


def at(place: str, language: str) -> str:
    """A page in one language."""
    return f"{place}{'&' if '?' in place else '?'}lang={language}"


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    """A page on a narrow screen, by touch; it forgives as little as the wide one."""
    context = browser.new_context(base_url=site, viewport={"width": NARROW, "height": 740}, has_touch=True)
    page = context.new_page()
    trouble = watch(page, site)
    yield page
    context.close()
    assert trouble == []


def test_every_page_is_looked_at() -> None:
    """A page that is added is added here, or it is said why not."""
    found = {
        route.path
        for module in PAGES
        for route in module.pages.routes
        if isinstance(route, APIRoute) and "GET" in (route.methods or ())
    }

    assert found - ELSEWHERE == set(PLACES)


@EVERY
@LANGUAGES
def test_nothing_hangs_over_the_edge_of_a_phone(phone: Page, place: str, language: str) -> None:
    """At 360 pixels no page scrolls sideways, and every control can be met with a finger."""
    phone.goto(at(place, language))

    assert phone.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert phone.evaluate(SMALL_CONTROLS) == []


@EVERY
def test_screen_readers_meet_no_obstacle(browser_page: Page, place: str) -> None:
    """Axe finds nothing serious, by day and in the dark, where it measures the contrast of every text."""
    serious: dict[tuple[str, str], list[str]] = {}
    for light in ("light", "dark"):
        browser_page.emulate_media(color_scheme=light)
        browser_page.goto(at(place, "en" if light == "light" else "zh-Hant"))
        found = Axe().run(browser_page).response["violations"]
        serious |= {
            (light, item["id"]): [node["html"][:160] for node in item["nodes"]][:3]
            for item in found
            if item["impact"] in {"serious", "critical"}
        }

    assert serious == {}


@EVERY
def test_keyboard_reaches_what_can_be_used(browser_page: Page, place: str) -> None:
    """The first stop is the way past the navigation; every stop after it is seen, outlined, and in reading order."""
    browser_page.goto(at(place, "en"))
    n_controls = browser_page.evaluate(f"{CONTROLS}.length")
    stops: list[dict[str, Any]] = []
    while len(stops) < 40:
        browser_page.keyboard.press("Tab")
        stop = browser_page.evaluate(FOCUSED)
        if stop["order"] < 0:  # past the last one, at the page itself
            break
        stops.append(stop)

    assert len(stops) >= min(n_controls, 40) - browser_page.locator("input[type=radio]").count()
    assert stops[0]["href"] == "#main"
    assert [stop for stop in stops if not stop["outlined"]] == []
    assert [stop for stop in stops if not stop["seen"]] == []
    order = [stop["order"] for stop in stops]
    assert order == sorted(set(order))


@EVERY
def test_page_prints(browser_page: Page, place: str) -> None:
    """On paper the navigation and the buttons are gone, the finding stands, and nothing is wider than the sheet."""
    browser_page.goto(at(place, "en"))
    browser_page.set_viewport_size({"width": 680, "height": 1000})  # A4 less its margins
    browser_page.emulate_media(media="print")

    assert browser_page.locator("h1").is_visible()
    assert browser_page.locator("nav a:visible, .button:visible").count() == 0
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 680
    assert browser_page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_finding_stays_where_it_is(browser_page: Page) -> None:
    """The heading does not move while a page with charts comes alive."""
    browser_page.add_init_script(
        "self.moved = 0;"
        "new PerformanceObserver(list => { for (const entry of list.getEntries()) self.moved += entry.value })"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    browser_page.goto(f"{STUDY}/plan?lang=en")
    figure = browser_page.locator("figure.chart").first
    figure.scroll_into_view_if_needed()
    before = figure.bounding_box()
    browser_page.locator("figure.chart.is-live").first.wait_for()

    assert figure.bounding_box() == before
    assert browser_page.evaluate("self.moved") < 0.02


def test_pointer_is_told_each_value(browser_page: Page) -> None:
    """Over a column of a chart the pointer is told its value; beside it, nothing. The policy is not broken by it."""
    browser_page.goto(f"{STUDY}/plan?lang=en")
    live = browser_page.locator("figure.chart.is-live .chart-live").first
    browser_page.locator("figure.chart").first.scroll_into_view_if_needed()
    live.wait_for()
    live.locator(".mark-rect path:not(.background)").first.hover()
    tip = browser_page.locator("#chart-tip")
    tip.wait_for()

    assert "budget" in tip.inner_text()
    browser_page.mouse.move(2, 2)
    tip.wait_for(state="hidden")


def test_charts_are_drawn_without_scripts(browser: Browser, site: str) -> None:
    """Without scripts every chart stands as a drawing with its text, and nothing is loaded for more."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{STUDY}/plan?lang=en")
    drawings = page.locator("figure.chart .chart-wide svg")

    assert drawings.count() >= 2
    assert all(
        drawings.nth(n).is_visible() and drawings.nth(n).get_attribute("aria-label") for n in range(drawings.count())
    )
    context.close()


def test_library_of_charts_is_loaded_only_for_a_chart(browser_page: Page) -> None:
    """A page without a chart asks for no library; what the first page loads stays below half a megabyte."""
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.goto(f"{STUDY}/keeps?lang=en")
    browser_page.wait_for_load_state("networkidle")

    loaded = browser_page.evaluate(
        "performance.getEntries().reduce((sum, entry) => sum + (entry.encodedBodySize || 0), 0)"
    )

    assert [url for url in asked if asset("vega/vega.min.js") in url] == []
    assert 10_000 < loaded < 500_000


CONTROLS = (
    "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, '"
    " + '[tabindex=\"0\"]')]"
    ".filter(e => e.checkVisibility())"
)
FOCUSED = f"""() => {{
  const one = document.activeElement, box = one.getBoundingClientRect(), all = {CONTROLS};
  const style = getComputedStyle(one.matches('.choices input') ? one.closest('label') : one);
  return {{
    href: one.getAttribute('href'), html: one.outerHTML.slice(0, 120), order: all.indexOf(one),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0,
  }};
}}"""
# Links within text may be as high as a line; what stands alone must be at least 24 pixels high and wide (WCAG 2.5.8).
SMALL_CONTROLS = """[...document.querySelectorAll('main button, main select, main input:not([type=hidden])')]
  .concat([...document.querySelectorAll('.button, .choices a, .chip')])
  .filter(e => e.offsetParent && !e.closest('.choices label'))
  .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
  .filter(([_, box]) => box.height < 18 || box.width < 18).map(([html]) => html)"""
