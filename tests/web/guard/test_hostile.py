"""A file whose every text is hostile: no page runs it, no export carries a formula, no link leads nowhere."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest
from fastapi import FastAPI
from httpx import Response
from starlette.testclient import TestClient

from tests.web.hostile import MARKUP, offences, put_hostile
from tillerman.country.cells import neutralised
from tillerman.web import Serving, create_app

MOST_PAGES = 80
_RUNS = re.compile(r"[=+@\t\r]|-(?![\d.])")


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Response]:
    """Every kind of page that can be reached by links from the hostile study, by address."""
    app = create_app(Serving(tmp_path_factory.mktemp("hostile")))
    study = put_hostile(app.state.shelf, "local").id
    with TestClient(app, base_url="http://localhost", follow_redirects=True) as client:
        return dict(_walk(client, study))


def _walk(client: TestClient, study: str) -> Iterator[tuple[str, Response]]:
    """Follow links, one of each kind: the same page with the same questions is looked at once."""
    waiting, kinds = deque(["/", "/studies", f"/studies/{study}/keeps"]), set[str]()
    while waiting and len(kinds) < MOST_PAGES:
        address = waiting.popleft()
        kind = _kind(address, study)
        if kind in kinds:
            continue
        kinds.add(kind)
        answer = client.get(address)
        yield address, answer
        if answer.headers["content-type"].startswith("text/html"):
            found = re.findall(r'(?:href|action)="(/[^"]*)"', answer.text.replace("&amp;", "&"))
            waiting.extend(link for link in found if _kind(link, study) not in kinds and _is_read(link, study))


def _kind(address: str, study: str) -> str:
    parts = urlsplit(address)
    places = parts.path.replace(study, "STUDY").split("/")
    names = sorted({pair.partition("=")[0] for pair in parts.query.split("&")})
    return "/".join(places[:4]) + ("/…" if len(places) > 4 else "") + "?" + "&".join(names)


def _is_read(address: str, study: str) -> bool:
    """Of the study at hand, or about no study; shipped files of the look are none of it."""
    path = urlsplit(address).path
    return not path.startswith("/static") and (study in path or not path.startswith("/studies/"))


def test_many_kinds_of_page_were_walked(walked: dict[str, Response]) -> None:
    """The walk reaches every page of a study and what stands behind them; none fails."""
    reached = " ".join(walked)

    assert len(walked) > 12
    assert all(place in reached for place in ("/keeps", "/stack", "/plan", "/evidence", "/fallbacks"))
    assert {address: answer.status_code for address, answer in walked.items() if answer.status_code >= 500} == {}


def test_no_link_leads_nowhere(walked: dict[str, Response]) -> None:
    """Every link of a page leads to something."""
    assert [address for address, answer in walked.items() if answer.status_code == 404] == []


def test_no_page_runs_a_text(walked: dict[str, Response]) -> None:
    """No text of the file becomes a tag, a handler, a style, a running address or a template."""
    pages = {at: answer.text for at, answer in walked.items() if answer.headers["content-type"].startswith("text/html")}

    assert sum("alert(1)" in page for page in pages.values()) > 5
    assert {address: found for address, page in pages.items() if (found := offences(page))} == {}


def test_no_export_carries_a_formula(walked: dict[str, Response]) -> None:
    """In every workbook and table that can be downloaded, hostile texts stand as texts."""
    kinds = set()
    for answer in walked.values():
        kind = answer.headers["content-type"].partition(";")[0]
        if kind == "text/csv":
            kinds.add("csv")
            cells = [cell for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))) for cell in row]
            assert [cell for cell in cells if _RUNS.match(cell)] == []
        elif kind.endswith("spreadsheetml.sheet"):
            kinds.add("xlsx")
            _hold_to_texts(answer.content)
        elif kind == "application/zip":
            kinds.add("zip")
            with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
                tables = [
                    archive.read(name).decode("utf-8-sig") for name in archive.namelist() if name.endswith(".csv")
                ]
            cells = [cell for table in tables for row in csv.reader(io.StringIO(table)) for cell in row]
            assert tables
            assert [cell for cell in cells if _RUNS.match(cell)] == []

    assert "xlsx" in kinds


def _hold_to_texts(content: bytes) -> None:
    """A workbook may compute with its own cells; no text of the file is a formula in it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    formulas = [
        f"{sheet.title}!{cell.coordinate}: {cell.value}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and "1+1" in str(cell.value)
    ]
    assert formulas == []
    assert neutralised(MARKUP)[0] == "'"


def test_offences_are_seen() -> None:
    """The judge of pages finds each kind of offence when it is planted."""
    planted = (
        "<script>1</script>",
        '<p onclick="x">',
        '<p style="x">',
        '<a href="java\nscript:1">',
        '<img src="x">',
        "<style>",
        '<form action="//evil.example">',
    )
    assert [len(offences(page)) for page in planted] == [1] * len(planted)
    assert offences('<a href="https://example.org">x</a><script src="/static/x.js"></script>') == []


def test_application_has_no_other_door(tmp_path: Path) -> None:
    """No page of documentation that loads scripts from elsewhere, and no debugging."""
    app: FastAPI = create_app(Serving(tmp_path))
    with TestClient(app, base_url="http://localhost") as client:
        assert [client.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404] * 3
    assert app.debug is False
