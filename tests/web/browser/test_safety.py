"""Pages in a real browser: nothing from elsewhere, no script from texts, and a watch that sees what it must."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.web.conftest import Served, running, watch
from tests.web.hostile import put_hostile
from tillerman.web import Serving
from tillerman.web.guard.passes import LOCAL
from tillerman.web.serving import Key
from tillerman.web.shell import PLACES
from tillerman.words import LANGUAGES

TOKEN = "a-token-that-is-long-enough"
FOREIGN = """<!doctype html><a href="{site}/studies/kenya/keeps">a link</a>
<form method="post" action="{site}/logout"><button>a form</button></form>"""


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


@pytest.fixture(scope="session")
def hostile_study(served: Served) -> str:
    """The id of a study on the running server whose every text is hostile."""
    return put_hostile(served.app.state.shelf, LOCAL).id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", [place.id for place in PLACES])
def test_no_text_of_a_file_runs(browser_page: Page, hostile_study: str, place: str, language: str) -> None:
    """A page full of hostile texts shows them as texts: no dialog, no script, no policy broken, nobody else asked."""
    dialogs: list[str] = []

    def hear(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    browser_page.on("dialog", hear)
    browser_page.goto(f"/studies/{hostile_study}/{place}?lang={language}")
    browser_page.wait_for_load_state("networkidle")

    assert dialogs == []
    assert browser_page.evaluate("[...document.images].filter((image) => image.src.endsWith('/x')).length") == 0
    assert "alert(1)" in browser_page.inner_text("body")


def test_coming_in_and_leaving(browser: Browser, tmp_path: Path) -> None:
    """With tokens a visitor comes in by the keyboard alone, lands where they wanted, and leaves for good."""
    serving = Serving(tmp_path, keys=(Key("ada", TOKEN),))
    with running(serving) as here:
        context = browser.new_context(base_url=here.url)
        page = context.new_page()
        trouble = watch(page, here.url)
        page.goto("/studies/kenya/keeps?lang=zh-Hant")
        assert "/login?after=" in page.url
        page.keyboard.press("Tab")
        page.locator("#login-name").focus()
        page.keyboard.type("Ada")
        page.keyboard.press("Tab")
        page.keyboard.type("wrong")
        page.keyboard.press("Enter")
        page.wait_for_selector("[role=alert]")
        assert page.input_value("#login-name") == "Ada"
        page.locator("#login-token").focus()
        page.keyboard.type(TOKEN)
        page.keyboard.press("Enter")
        page.wait_for_url("**/studies/kenya/keeps?lang=zh-Hant")
        page.locator(".leave button").click()
        page.wait_for_url("**/login")
        page.goto("/studies/kenya/keeps")
        assert "/login?after=" in page.url
        context.close()

    assert trouble == []


def test_a_link_on_another_site_leads_in(browser: Browser, site: str) -> None:
    """Followed from a page elsewhere, a link opens the page with the browser's session; a form there does nothing."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/")
    cookie = next(item for item in context.cookies() if item["name"].startswith("tillerman-"))
    elsewhere = "http://localhost.evil.example/"
    page.route(elsewhere, lambda route: route.fulfill(content_type="text/html", body=FOREIGN.format(site=site)))
    page.goto(elsewhere)
    page.click("a")
    page.wait_for_selector("h1")
    assert page.url == f"{site}/studies/kenya/keeps"
    assert [item for item in context.cookies() if item["name"] == cookie["name"]] == [cookie]

    page.goto(elsewhere)
    with page.expect_response("**/logout") as answer:
        page.click("button")
    context.close()

    assert answer.value.status == 403


def test_a_page_elsewhere_reads_nothing(browser: Browser, site: str) -> None:
    """A script on another site can neither fetch what programs are told, nor show a page in a frame."""
    context = browser.new_context()
    page = context.new_page()
    elsewhere = "http://localhost.evil.example/"
    page.route(elsewhere, lambda route: route.fulfill(content_type="text/html", body="<p>elsewhere</p>"))
    page.goto(elsewhere)
    read = page.evaluate(
        "async (address) => { try { return await (await fetch(address)).text() } catch (error) { return 'refused' } }",
        f"{site}/api/v1/studies",
    )
    with page.expect_event("framenavigated", lambda frame: frame.parent_frame is not None) as framed:
        page.set_content(f'<iframe src="{site}/"></iframe>')
    shown = framed.value.url
    context.close()

    assert read == "refused"
    assert shown.startswith("chrome-error://")
