"""With tokens: who comes in, where to, and that one owner's studies are not another's."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.web.guard.conftest import planted
from tests.web.guard.test_door import mark_in
from tillerman.web import Serving
from tillerman.web.serving import Key

ADA, BO = "a-token-that-is-long-enough", "another-one-that-is-long-too"
KEYS = (Key("ada", ADA), Key("bo", BO))


@pytest.fixture(scope="module")
def behind_tokens(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """A server that demands tokens."""
    return planted(Serving(tmp_path_factory.mktemp("outside"), host="10.0.0.5", keys=KEYS))


@pytest.fixture
def outside(behind_tokens: FastAPI) -> Iterator[TestClient]:
    """A browser that has never been here before, and has failed with no token yet."""
    behind_tokens.state.keys._failures.clear()
    client = TestClient(behind_tokens, base_url="http://localhost", follow_redirects=False)
    yield client
    client.close()


def come_in(browser: TestClient, name: str, token: str, after: str = "/") -> int:
    """Fill in the login form."""
    mark = mark_in(browser.get("/login").text)
    data = {"name": name, "token": token, "after": after, "csrf": mark}
    status: int = browser.post("/login", data=data).status_code
    return status


def basic(name: str, token: str) -> dict[str, str]:
    """Name and token as a program sends them."""
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{token}".encode()).decode()}


@pytest.mark.parametrize("path", ["/", "/studies/kenya/keeps", "/planted/who", "/nowhere", "/planted/broken", "/LOGIN"])
def test_nothing_is_seen_before_coming_in(outside: TestClient, path: str) -> None:
    """Every page, also one that is not there, leads to the login form and back."""
    answer = outside.get(path)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?after=" + path.replace("/", "%2F")


@pytest.mark.parametrize("path", ["/api/v1/studies", "/api/v1/planted/who", "/api/v1/openapi.json", "/api/v1/nowhere"])
def test_no_program_reads_anything_without_a_token(outside: TestClient, path: str) -> None:
    """The JSON interface refuses in JSON, and does not make a browser ask for a password."""
    answer = outside.get(path)

    assert answer.status_code == 401
    assert "token" in answer.json()["detail"]
    assert "www-authenticate" not in answer.headers


def test_the_right_token_comes_in(outside: TestClient) -> None:
    """Name and token open every page under that name; the cookie is a new one."""
    before = outside.get("/login").headers["set-cookie"]

    assert come_in(outside, "Ada", ADA) == 303
    assert outside.get("/planted/who").text == "ada"
    assert outside.cookies["tillerman-8321"] not in before
    assert "Leave (ada)" in outside.get("/").text


def test_leaving_ends_the_session_on_the_server(outside: TestClient) -> None:
    """After leaving, the old cookie opens nothing."""
    come_in(outside, "ada", ADA)
    cookie = outside.cookies["tillerman-8321"]
    outside.post("/logout", data={"csrf": mark_in(outside.get("/").text)})

    assert outside.get("/planted/who", headers={"cookie": f"tillerman-8321={cookie}"}).status_code == 303


def test_failures_are_counted(outside: TestClient) -> None:
    """After five wrong tokens the right one is refused too, in the form and for programs."""
    assert [come_in(outside, "ada", "wrong") for _ in range(5)] == [403] * 4 + [429]
    assert come_in(outside, "ada", ADA) == 429
    assert outside.get("/api/v1/planted/who", headers=basic("ada", ADA)).status_code == 429


def test_a_program_comes_in_with_every_request(outside: TestClient) -> None:
    """HTTP Basic authentication names the owner, and needs the header for changes as well."""
    assert outside.get("/api/v1/planted/who", headers=basic("bo", BO)).json() == "bo"
    assert outside.post("/api/v1/planted/change", headers=basic("bo", BO)).status_code == 403
    assert outside.post("/api/v1/planted/change", headers={**basic("bo", BO), "x-tillerman": "1"}).status_code == 200
    assert outside.get("/api/v1/planted/who", headers=basic("bo", ADA)).status_code == 401
    assert outside.get("/api/v1/planted/who", headers={"authorization": "Basic !"}).status_code == 401
    assert outside.get("/planted/who", headers=basic("bo", BO)).status_code == 303


@pytest.mark.parametrize(
    ("after", "place"),
    [
        ("/studies/kenya/keeps?lang=en", "/studies/kenya/keeps?lang=en"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a\nSet-Cookie: x=y", "/"),
        ("/login", "/"),
        ("", "/"),
    ],
)
def test_coming_in_leads_to_a_page_of_this_server(outside: TestClient, after: str, place: str) -> None:
    """The address asked for before is opened; one that leads elsewhere is not."""
    mark = mark_in(outside.get("/login").text)
    answer = outside.post("/login", data={"name": "ada", "token": ADA, "after": after, "csrf": mark})

    assert answer.headers["location"] == place


def test_the_login_form_itself_is_guarded(outside: TestClient) -> None:
    """No other page can log a visitor in under a name of its choice."""
    outside.get("/login")

    assert outside.post("/login", data={"name": "ada", "token": ADA}).status_code == 403


def test_a_name_is_shown_as_text(outside: TestClient) -> None:
    """What was typed as a name is shown again as text, whatever stands in it."""
    mark = mark_in(outside.get("/login").text)
    typed = '"><script>alert(1)</script>'
    answer = outside.post("/login", data={"name": typed, "token": "x", "csrf": mark})

    assert "<script>alert" not in answer.text
    assert re.search(r'value="&#34;&gt;&lt;script&gt;', answer.text)


def test_without_tokens_there_is_no_login(local: TestClient) -> None:
    """On one's own machine nobody is asked: the visitor is the machine's user, and there is no form."""
    assert local.get("/planted/who").text == "local"
    assert local.get("/login").status_code == 404


def test_who_asked_in_chinese_is_asked_in_chinese(outside: TestClient) -> None:
    """The login form comes in the language of the page that was asked for, and offers no page before coming in."""
    address = outside.get("/studies/kenya/keeps?lang=zh-Hant").headers["location"]
    form = outside.get(address).text

    assert '<html lang="zh-Hant"' in form
    assert 'href="/studies"' not in form
