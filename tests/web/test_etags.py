"""Marks of content: asked again, nothing is sent twice; what changed is sent."""

from starlette.testclient import TestClient

from tillerman.web.guard.passes import LOCAL

API = "/api/v1/studies"
PROGRAM = {"X-Tillerman": "1"}


def test_what_did_not_change_is_not_sent_again(client: TestClient) -> None:
    """An answer bears a mark; with that mark the second request gets 304 and no body."""
    first = client.get(f"{API}/kenya/limits")
    again = client.get(f"{API}/kenya/limits", headers={"If-None-Match": f'"other", {first.headers["etag"]}'})

    assert first.status_code == 200
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_what_changed_is_sent(client: TestClient) -> None:
    """A mark of before does not hide what is there now, nor another language, nor another study."""
    mark = client.get(API).headers["etag"]
    client.post(API, json={"study": "hand", "name": f"of {LOCAL}"}, headers=PROGRAM)
    for address in (API, f"{API}?lang=zh-Hant", f"{API}/hand"):
        assert client.get(address, headers={"If-None-Match": mark}).status_code == 200


def test_mistakes_and_changes_bear_no_mark(client: TestClient) -> None:
    """Only what was found is marked."""
    assert "etag" not in client.get(f"{API}/nowhere").headers
    assert "etag" not in client.post(API, json={"study": "hand", "name": "x"}, headers=PROGRAM).headers


def test_shipped_files_keep_their_own_mark(client: TestClient) -> None:
    """A style sheet is marked by what serves it, once."""
    found = client.get("/static/web.css")
    assert found.headers.get_list("etag") == [found.headers["etag"]]
