"""The door: under which name, from which page, with which form or header a request comes in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web.guard.conftest import Make
from tillerman.web import Serving
from tillerman.web.guard.hosts import is_known, is_loopback, known_hosts


def mark_in(page: str) -> str:
    """The mark that a page gives out with its forms."""
    found = re.search(r'"X-CSRF-Token": "(\w+)"', page)
    assert found
    return found.group(1)


@pytest.mark.parametrize("host", ["localhost", "localhost:8321", "127.0.0.1:9000", "[::1]:8321", "LOCALHOST"])
def test_own_names_are_answered(local: TestClient, host: str) -> None:
    """This machine's own names are answered on any port: a tunnel may change it."""
    assert local.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
        "192.168.1.4",
        "",
        "[::1].evil.example:80",
        "localhost:80@evil.example",
    ],
)
def test_a_name_made_to_point_here_is_sent_away(local: TestClient, host: str) -> None:
    """A foreign name, with which a page from elsewhere would read our pages as its own, gets no page and no cookie."""
    answer = local.get("/studies/kenya/keeps", headers={"host": host})

    assert answer.status_code == 421
    assert "does not answer under that name" in answer.text
    assert "set-cookie" not in answer.headers


def test_a_wildcard_is_known_by_numbers_and_stated_names() -> None:
    """Listening everywhere, a server is known by any bare address and by the names it was told, by no other."""
    everywhere = "0.0.0.0"  # noqa: S104 - nothing is bound
    serving = Serving(Path(), host=everywhere, known_as=("plans.example.gov",))
    known = known_hosts(serving)

    assert all(is_known(host, serving, known) for host in ("10.1.2.3:80", "[fe80::1]:80", "Plans.example.gov:80"))
    assert not any(is_known(host, serving, known) for host in ("evil.example", "", "0x7f.1"))
    assert [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", everywhere, "10.0.0.1", "lo")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


def test_a_form_comes_back_to_where_it_was_given_out(local: TestClient) -> None:
    """A change with the mark of a page is done, in a field or in a header."""
    mark = mark_in(local.get("/").text)

    assert local.post("/planted/change", data={"text": "a", "csrf": mark}).text == "changed a"
    assert local.post("/planted/change", data={"text": "b"}, headers={"x-csrf-token": mark}).text == "changed b"
    files = {"file": ("a.csv", b"1234")}
    assert local.post("/planted/upload", data={"csrf": mark}, files=files).text == "4 bytes"


@pytest.mark.parametrize("mark", ["", "0" * 80, "é"])
def test_a_form_from_elsewhere_is_refused(local: TestClient, mark: str) -> None:
    """A change without a true mark is refused with one message, and not done."""
    local.get("/")
    answer = local.post("/planted/change", data={"text": "a", "csrf": mark})

    assert answer.status_code == 403
    assert "nothing was changed" in answer.text


def test_a_mark_of_another_browser_is_refused(local: TestClient, guarded: Make, tmp_path: Path) -> None:
    """A page cannot send a mark that was given to somebody else."""
    other = mark_in(guarded(Serving(tmp_path)).get("/").text)
    local.get("/")

    assert local.post("/planted/change", data={"csrf": other}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:1"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://localhost"},
    ],
)
@pytest.mark.parametrize("path", ["/planted/change", "/api/v1/planted/change"])
def test_another_page_changes_nothing_even_with_a_mark(local: TestClient, path: str, headers: dict[str, str]) -> None:
    """Where the browser says that another site sends a change, no mark and no header helps."""
    mark = mark_in(local.get("/").text)
    answer = local.post(path, headers={**headers, "x-csrf-token": mark, "x-tillerman": "1"})

    assert answer.status_code == 403
    assert "another site" in answer.text


def test_own_page_is_known_where_its_origin_is_blank(local: TestClient) -> None:
    """A browser that blanks the origin but says that the page is ours is believed."""
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}

    assert (
        local.post("/planted/change", data={"csrf": mark_in(local.get("/").text)}, headers=headers).status_code == 200
    )


def test_a_program_sends_a_header_that_no_page_can(local: TestClient) -> None:
    """The JSON interface takes changes with the header X-Tillerman, and refuses them without."""
    assert local.post("/api/v1/planted/change", json={"a": 1}).status_code == 403
    assert (
        local.post("/api/v1/planted/change", json={"a": 1}, headers={"x-tillerman": "1"}).json() == "changed {'a': 1}"
    )


def test_the_header_of_programs_opens_no_page(local: TestClient) -> None:
    """Forms of pages need their mark, whatever header comes with them."""
    assert local.post("/planted/change", headers={"x-tillerman": "1"}).status_code == 403


def test_every_way_to_change_something_is_refused_without_a_mark(local: TestClient) -> None:
    """No route of the application that changes something lets a request in without mark or header."""
    schema = local.get("/api/v1/openapi.json").json()
    changing = [
        (path, verb) for path, verbs in schema["paths"].items() for verb in verbs if verb not in {"get", "head"}
    ]
    answers = {
        (path, verb): local.request(verb, re.sub(r"\{\w+\}", "kenya", path)).status_code for path, verb in changing
    }

    assert ("/api/v1/planted/change", "post") in answers
    assert {found: status for found, status in answers.items() if status != 403} == {}


def test_the_cookie_is_kept_from_scripts_and_other_sites(local: TestClient) -> None:
    """One cookie a browser: no script reads it, no other site sends it; it is not given out again."""
    first = local.get("/")

    assert re.fullmatch(r"tillerman-8321=[\w-]{43}; Path=/; HttpOnly; SameSite=Strict", first.headers["set-cookie"])
    assert "set-cookie" not in local.get("/").headers


def test_behind_https_the_cookie_is_sent_encrypted_only(guarded: Make, tmp_path: Path) -> None:
    """With https in front, the cookie bears the marks that browsers hold to it."""
    cookie = guarded(Serving(tmp_path, is_behind_https=True)).get("/").headers["set-cookie"]

    assert cookie.startswith("__Host-tillerman-8321=")
    assert cookie.endswith("; Secure")


def test_a_followed_link_keeps_the_session(local: TestClient) -> None:
    """A link on another site comes without the strict cookie: the page asks again from here instead of replacing it."""
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    answer = local.get("/studies/kenya/keeps", headers=headers)

    assert '<meta http-equiv="refresh" content="0">' in answer.text
    assert "set-cookie" not in answer.headers
    local.get("/")
    assert "<h1>" in local.get("/studies/kenya/keeps", headers=headers).text


def test_a_chosen_language_stays(local: TestClient) -> None:
    """Once a language is chosen, other pages come in it too; a file in another one changes nothing."""
    assert '<html lang="en"' in local.get("/").text
    assert '<html lang="zh-Hant"' in local.get("/?lang=zh-Hant").text
    assert '<html lang="zh-Hant"' in local.get("/").text
    assert "language=" not in local.get("/?lang=xx").headers.get("set-cookie", "")
    assert local.get("/studies/kenya/files/brief?lang=en").status_code == 200
    assert '<html lang="zh-Hant"' in local.get("/").text
