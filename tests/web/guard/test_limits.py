"""Limits and headers: what is too much is refused before it is read, and every answer says what a browser may do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web.guard.conftest import Make
from tests.web.guard.test_door import mark_in
from tillerman.web import Serving
from tillerman.web.guard.headers import ASK_AGAIN, FOR_EVER, HEADERS, KEEP_NOTHING
from tillerman.web.guard.limits import MAX_BODY, MAX_DEPTH, MAX_QUERY, MAX_UPLOAD
from tillerman.web.serving import Key
from tillerman.web.shell import asset

PROGRAM = {"x-tillerman": "1"}


def test_a_body_that_says_it_is_too_long_is_not_read(local: TestClient) -> None:
    """The length alone is enough to refuse, with the limit in the message."""
    answer = local.post(
        "/api/v1/planted/change", content=b"1", headers={**PROGRAM, "content-length": str(MAX_BODY + 1)}
    )

    assert answer.status_code == 413
    assert answer.json()["detail"] == "That is more than this server takes at once: at most 1 MB."


def test_a_body_that_does_not_say_its_length_is_counted(local: TestClient) -> None:
    """A body in pieces is read up to the limit and no further."""
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        while True:
            sent += 100_000
            yield b" " * 100_000

    answer = local.post(
        "/api/v1/planted/change", content=_until(pieces(), 30), headers={**PROGRAM, "content-type": "text/json"}
    )

    assert answer.status_code == 413
    assert "Send less" in answer.json()["detail"]


def _until(pieces: Iterator[bytes], n: int) -> Iterator[bytes]:
    for _ in range(n):
        yield next(pieces)


def test_an_upload_may_be_larger_up_to_its_own_limit(local: TestClient) -> None:
    """A file of 2 MB is taken; one past the limit is refused as a page."""
    headers = {"x-csrf-token": mark_in(local.get("/").text)}
    assert local.post("/planted/upload", files={"file": ("a", bytes(2 * MAX_BODY))}, headers=headers).status_code == 200
    answer = local.post("/planted/upload", files={"file": ("a", bytes(MAX_UPLOAD))}, headers=headers)

    assert answer.status_code == 413
    assert "at most 20 MB" in answer.text


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ("[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1), 200),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), 413),
        ("[" * 100_000 + "]" * 100_000, 400),
        ('{"a":' * 30 + "1" + "}" * 30, 413),
        ("{broken", 422),
    ],
)
def test_nesting_is_limited(local: TestClient, content: str, status: int) -> None:
    """JSON nested past the limit is refused, and never a mistake inside the program."""
    headers = {**PROGRAM, "content-type": "application/json"}

    assert local.post("/api/v1/planted/change", content=content, headers=headers).status_code == status


def test_broken_json_where_none_is_asked_for(local: TestClient) -> None:
    """A page that takes a form refuses broken JSON as a request, not as a failure."""
    assert local.post("/planted/change", content="{", headers={"content-type": "application/json"}).status_code == 400


def test_a_long_address_is_refused(local: TestClient) -> None:
    """A query past the limit is refused; the longest allowed one is not."""
    assert local.get("/?" + "a" * MAX_QUERY).status_code == 200
    assert local.get("/?" + "a" * (MAX_QUERY + 1)).status_code == 414


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/nowhere",
        "/static/web.css",
        "/api/v1/studies",
        "/planted/stream",
        "/studies/kenya/keeps",
        "/static/%2e%2e/x",
    ],
)
def test_every_answer_bears_the_headers(local: TestClient, path: str) -> None:
    """Pages, files, JSON, streams and refusals alike tell the browser what it may do."""
    headers = local.get(path).headers

    assert {name: headers.get(name) for name, _ in HEADERS} == dict(HEADERS)
    assert "unsafe" not in headers["content-security-policy"]


def test_a_mistake_inside_is_told_without_its_reason(guarded: Make, tmp_path: Path) -> None:
    """When the program fails, the visitor gets a page with the headers and no traceback; the log gets the reason."""
    app = guarded(Serving(tmp_path)).app
    answer = TestClient(app, base_url="http://localhost", raise_server_exceptions=False).get("/planted/broken")

    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.text
    assert "Something went wrong inside the program" in answer.text
    assert answer.headers["content-security-policy"] == dict(HEADERS)["content-security-policy"]
    with pytest.raises(ZeroDivisionError):
        TestClient(app, base_url="http://localhost").get("/planted/broken")


def test_what_browsers_may_keep(guarded: Make, tmp_path: Path) -> None:
    """Shipped files for ever, shipped countries if they ask again, anything of a visitor's own never."""
    local, private = guarded(Serving(tmp_path)), guarded(Serving(tmp_path, is_private=True))
    shared = guarded(Serving(tmp_path, keys=(Key("ada", "a-token-that-is-long-enough"),)))
    found = {
        path: local.get(path).headers["cache-control"]
        for path in (
            asset("web.css"),
            "/static/web.css",
            "/static/nowhere?v=1",
            "/",
            "/studies/kenya/keeps",
            "/studies/my",
        )
    }

    assert list(found.values()) == [FOR_EVER, ASK_AGAIN, ASK_AGAIN, KEEP_NOTHING, ASK_AGAIN, KEEP_NOTHING]
    assert private.get("/studies/kenya/keeps").headers["cache-control"] == KEEP_NOTHING
    assert shared.get("/studies/kenya/keeps").headers["cache-control"] == KEEP_NOTHING


@pytest.mark.parametrize(
    "path",
    [
        "/static/../serving.py",
        "/static/%2e%2e/serving.py",
        "/static/..%2fserving.py",
        "/static/pages/../../serving.py",
        "/static//etc/passwd",
        "/studies/..%2f..%2fetc/keeps",
        "/studies/%2e%2e/keeps",
        "/api/v1/studies/..%2fkenya/keeps",
        "/studies/kenya%00/keeps",
        "/studies/KENYA/keeps",
    ],
)
def test_no_path_leads_out(local: TestClient, path: str) -> None:
    """No address of a file or a study leads to anything but shipped files and studies on the shelf."""
    answer = local.get(path)

    assert answer.status_code == 404
    assert "class Serving" not in answer.text
