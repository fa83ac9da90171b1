"""The language that a visitor chose stays chosen."""

from __future__ import annotations

from starlette.testclient import TestClient

CHINESE = '<html lang="zh-Hant">'


def test_a_language_once_chosen_stays(client: TestClient) -> None:
    """A link of the page does not name the language, and leads on in it, until another is chosen."""
    assert CHINESE in client.get("/?lang=zh-Hant").text
    assert CHINESE in client.get("/studies/kenya/keeps").text
    assert CHINESE not in client.get("/?lang=en", headers={"accept-language": "zh-TW"}).text
    assert CHINESE not in client.get("/studies/kenya/keeps", headers={"accept-language": "zh-TW"}).text


def test_no_choice_follows_the_browser(client: TestClient) -> None:
    """Without a choice the browser's languages decide, and a language that is none chooses nothing."""
    assert CHINESE in client.get("/", headers={"accept-language": "zh-TW,en;q=0.5"}).text
    assert CHINESE not in client.get("/?lang=fr").text
    assert "language" not in client.cookies
