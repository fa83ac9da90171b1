"""Studies in the browser: listed, named, copied, taken along, deleted; each page with its twin for programs."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from pathlib import Path

import openpyxl
import pytest
from httpx import Response
from starlette.testclient import TestClient

from tillerman.archive import open_study
from tillerman.country import load
from tillerman.study import stored
from tillerman.web import Serving, create_app
from tillerman.web.files import FILES
from tillerman.web.shelf import ENTRY, PLAN
from tillerman.words.order import order

PROGRAM = {"X-Tillerman": "1"}
LEVELS = ("public", "government", "team")


def _mark(text: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', text)
    assert found is not None
    return found[1]


def _copied(client: TestClient, study: str = "kenya", name: str = "Ours") -> str:
    """Copy a study as a program does; return the id of the copy."""
    made = client.post("/api/v1/studies", json={"study": study, "name": name}, headers=PROGRAM)
    assert made.status_code == 201
    assert made.headers["location"] == f"/api/v1/studies/{made.json()['id']}"
    return str(made.json()["id"])


@pytest.mark.parametrize(("language", "kenya"), [("en", "Kenya"), ("zh-Hant", "肯亞")])
def test_the_first_page_lists_what_can_be_opened(client: TestClient, language: str, kenya: str) -> None:
    """The first page names shipped countries in the reader's language, in order, and the interests to know about."""
    text = client.get("/", params={"lang": language}).text
    found = client.get("/api/v1/studies", params={"lang": language}).json()

    names = [item["name"] for item in found["shipped"]]
    assert kenya in names
    assert names == sorted(names, key=order(language))
    places = [text.index(f">{name}<") for name in names]
    assert places == sorted(places)
    assert 'href="/limits#disclosure"' in text
    assert 'href="/upload"' in text


def test_a_private_session_says_so(tmp_path: Path) -> None:
    """Where nothing is kept, the first page and the studies say so; elsewhere neither does."""
    for is_private in (True, False):
        app = create_app(Serving(tmp_path / str(is_private), is_private=is_private))
        client = TestClient(app, base_url="http://localhost")
        for address in ("/", "/studies"):
            assert ("private session" in client.get(address).text) is is_private


def test_a_study_opens_at_its_first_page(client: TestClient) -> None:
    """The address of a study alone leads to the first page it has enough for."""
    for study in ("kenya", "hand"):
        led = client.get(f"/studies/{study}", follow_redirects=False)
        assert led.status_code == 303
        assert client.get(led.headers["location"]).status_code == 200


def test_copy_rename_delete_in_the_browser(client: TestClient) -> None:
    """A reader copies a shipped study, renames the copy and deletes it, by forms alone."""
    shown = client.get("/studies/kenya/study").text
    copied = client.post("/studies", data={"study": "kenya", "name": "Draft", "csrf": _mark(shown)})
    study = copied.url.path.split("/")[2]
    assert copied.url.path == f"/studies/{study}/study"
    assert "<bdi>Draft</bdi>" in copied.text
    assert client.get(f"/studies/{study}/keeps").status_code == 200

    renamed = client.post(f"/studies/{study}/name", data={"name": "Final", "csrf": _mark(copied.text)})
    assert "<bdi>Final</bdi>" in renamed.text
    assert "Final" in client.get("/studies").text

    asked = client.get(f"/studies/{study}/delete")
    assert "Final" in asked.text
    assert client.get(f"/studies/{study}/keeps").status_code == 200, "asking deletes nothing"
    gone = client.post(f"/studies/{study}/delete", data={"csrf": _mark(asked.text)})
    assert gone.url.path == "/studies"
    assert "Final" not in gone.text
    assert client.get(f"/studies/{study}/keeps").status_code == 404


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_wrong_name_is_told_beside_its_field(client: TestClient, name: str) -> None:
    """A name that cannot be is refused on the page it was typed on, with what was typed still there."""
    study = _copied(client)
    mark = _mark(client.get(f"/studies/{study}/study").text)
    for address, data in ((f"/studies/{study}/name", {}), ("/studies", {"study": study})):
        told = client.post(address, data={**data, "name": name, "csrf": mark})
        assert told.status_code == 422
        assert "1 to 80 characters" in told.text
        assert 'aria-invalid="true"' in told.text
        assert f'value="{name}"' in told.text
    assert client.get(f"/api/v1/studies/{study}").json()["study"]["name"] == "Ours"


def test_names_are_texts_and_nothing_else(client: TestClient) -> None:
    """A name with marks of HTML is shown as it is, everywhere it is shown."""
    study = _copied(client, name="<script>alert(1)</script>")
    for address in ("/", "/studies", f"/studies/{study}/study", f"/studies/{study}/delete", f"/studies/{study}/keeps"):
        text = client.get(address).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_a_program_copies_renames_and_deletes(client: TestClient) -> None:
    """Programs do with JSON what readers do with forms."""
    study = _copied(client)
    told = client.get(f"/api/v1/studies/{study}").json()
    assert (told["study"]["parent"], told["study"]["has_plan"]) == ("kenya", True)

    slip = client.patch(f"/api/v1/studies/{study}", json={"name": "Other", "nmae": "x"}, headers=PROGRAM)
    assert (slip.status_code, slip.json()["detail"]) == (422, "nmae: no such field")
    renamed = client.patch(f"/api/v1/studies/{study}", json={"name": "Other"}, headers=PROGRAM)
    assert renamed.json()["name"] == "Other"
    assert client.delete(f"/api/v1/studies/{study}", headers=PROGRAM).status_code == 204
    assert client.get(f"/api/v1/studies/{study}").status_code == 404
    assert client.delete(f"/api/v1/studies/{study}", headers=PROGRAM).status_code == 404


def test_what_is_shipped_cannot_be_changed(client: TestClient) -> None:
    """A shipped study is not offered for deletion, and no request deletes or renames it."""
    assert "/delete" not in client.get("/studies/kenya/study").text
    assert client.get("/studies/kenya/delete").status_code == 403
    assert client.delete("/api/v1/studies/kenya", headers=PROGRAM).status_code == 422
    assert client.patch("/api/v1/studies/kenya", json={"name": "x"}, headers=PROGRAM).status_code == 422


def test_a_damaged_study_is_told_and_can_be_deleted(client: TestClient, tmp_path: Path) -> None:
    """What cannot be read is listed as such beside the others, with the way out."""
    study, other = _copied(client, "hand"), _copied(client, "hand", "Whole")
    next(tmp_path.glob(f"studies/*/{study}/{ENTRY}")).write_text("{", "utf-8")

    text = client.get("/studies").text
    assert "can only be deleted" in text
    assert "Whole" in text
    assert client.get(f"/studies/{study}/keeps").status_code == 422
    mark = _mark(client.get(f"/studies/{study}/delete").text)
    assert study not in client.post(f"/studies/{study}/delete", data={"csrf": mark}).text
    assert client.get(f"/studies/{other}/evidence").status_code == 200


def test_a_damaged_plan_is_told_with_what_to_do(client: TestClient, tmp_path: Path) -> None:
    """A plan that cannot be trusted does not take the list down, and its page says what to do."""
    study = _copied(client)
    next(tmp_path.glob(f"studies/*/{study}/{PLAN}")).write_bytes(b"\0" * 100)
    assert client.get("/studies").status_code == 200
    told = client.get(f"/api/v1/studies/{study}/keeps")
    assert told.status_code == 422
    assert "Plan again" in told.json()["detail"]


def _file(client: TestClient, study: str, file: str, level: str = "team") -> bytes:
    found = client.get(f"/studies/{study}/files/{file}", params={"level": level})
    assert found.status_code == 200, found.text
    assert found.headers["content-disposition"].startswith("attachment;")
    assert client.get(f"/api/v1/studies/{study}/files/{file}", params={"level": level}).content == found.content
    return bytes(found.content)


def test_the_study_file_opens_again_and_reads_as_tables(client: TestClient, tmp_path: Path) -> None:
    """The exported study is one SQLite file of plain tables, which opens again as an equal plan."""
    path = tmp_path / "kenya.study"
    path.write_bytes(_file(client, _copied(client), "study"))

    assert open_study(path) == stored("kenya")
    base = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA journal_mode").fetchone() == ("delete",), "one file, without another beside it"
        assert {kind for (kind,) in base.execute("SELECT type FROM sqlite_master")} == {"table"}
        committed = base.execute("SELECT name, years FROM decisions WHERE is_committed ORDER BY position").fetchall()
        plan = stored("kenya")
        assert plan is not None
        assert committed == [(d.name, d.years) for d in plan.decisions if d.is_committed]
        assert base.execute("SELECT count(*) FROM services WHERE tier = 1").fetchone() == (
            sum(service.tier == 1 for service in plan.services),
        )
        assert dict(base.execute("SELECT key, value FROM study"))["format"] == "Tillerman study"
    finally:
        base.close()


def test_the_country_file_comes_back_equal(client: TestClient, tmp_path: Path) -> None:
    """The workbook and the folder that a reader takes along read back as the same country, whatever is computed."""
    study = _copied(client, "hand")
    book, folder = tmp_path / "hand.xlsx", tmp_path / "hand"
    book.write_bytes(_file(client, study, "country"))
    zipfile.ZipFile(io.BytesIO(_file(client, study, "folder"))).extractall(folder)

    assert load(book) == load(folder) == load("hand")
    assert _file(client, study, "folder") == _file(client, study, "folder")


def test_the_other_files_are_what_they_say(client: TestClient) -> None:
    """Report, results and briefs are of their kind."""
    study = _copied(client)
    assert b"<h1>" in _file(client, study, "report")
    sheets = openpyxl.load_workbook(io.BytesIO(_file(client, study, "workbook"))).sheetnames
    assert {"services", "evidence"} <= set(sheets)
    assert _file(client, study, "brief", "public").startswith(b"%PDF-")
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(_file(client, study, "brief_word", "public"))).namelist()


@pytest.mark.parametrize("file", FILES)
def test_what_a_level_may_not_see_is_not_given(client: TestClient, file: str) -> None:
    """A file that holds everything is given to those who negotiate alone, and the refusal says so."""
    study, kind = _copied(client), FILES[file]
    offered = client.get(f"/api/v1/studies/{study}", params={"level": "public"}).json()["files"]
    shown = {item["id"]: item["refusal"] for item in offered}
    for level in LEVELS[: LEVELS.index(kind.least)]:
        told = client.get(f"/api/v1/studies/{study}/files/{file}", params={"level": level})
        assert told.status_code == 422
        assert f"level={kind.least}" in told.json()["detail"]
    assert bool(shown[file]) is (kind.least != "public")


def test_a_file_is_for_the_government_unless_somebody_says(client: TestClient) -> None:
    """One's own study gives nothing for those who negotiate unless it is asked for; a shipped one is public."""
    study = _copied(client)
    assert client.get(f"/api/v1/studies/{study}").json()["level"] == "government"
    assert client.get(f"/api/v1/studies/{study}/files/study").status_code == 422
    assert client.get("/api/v1/studies/kenya").json()["level"] == "public"
    assert client.get("/api/v1/studies/kenya/files/country").status_code == 200


def test_walk_away_points_are_in_no_report_for_others(client: TestClient) -> None:
    """The table of break-even chances reaches those who negotiate and nobody else."""
    study = _copied(client)
    heading = b'id="breakeven"'
    assert heading in _file(client, study, "report", "team")
    for level in ("public", "government"):
        assert heading not in _file(client, study, "report", level)


def test_a_country_without_a_plan_offers_its_country_file(client: TestClient) -> None:
    """Without a plan there is the country file, and for the rest the reason."""
    for item in client.get("/api/v1/studies/hand", params={"level": "team"}).json()["files"]:
        assert item["refusal"] == ("" if item["id"] in {"country", "folder"} else "plan")
    assert client.get("/api/v1/studies/hand/files/report").status_code == 409
    assert client.get("/studies/hand/study").status_code == 200


def test_the_file_is_named_after_the_study(client: TestClient) -> None:
    """A file bears the study's name without what no file may be called, and for whom it is."""
    study = _copied(client, name='../肯亞: draft/2"\n')
    found = client.get(f"/studies/{study}/files/report").headers["content-disposition"]
    assert found == "attachment; filename*=utf-8''%E8%82%AF%E4%BA%9E-draft-2-government-report.html"


def test_studies_of_others_are_not_there(client: TestClient) -> None:
    """No address leads to what is not on one's own shelf."""
    for study in ("nosuch", "..", "%2e%2e%2fkenya", "a" * 60):
        for address in (f"/studies/{study}/study", f"/studies/{study}/files/country", f"/studies/{study}/delete"):
            assert client.get(address).status_code == 404


def _brought(client: TestClient, data: bytes, name: str = "Back.study") -> Response:
    mark = _mark(client.get("/studies").text)
    found: Response = client.post("/studies/bring", data={"csrf": mark}, files={"file": (name, data)})
    return found


def test_a_study_that_was_taken_along_comes_back(client: TestClient) -> None:
    """The whole study, taken along and brought back, is an equal plan under the file's name, as another study."""
    study = _copied(client)
    data = _file(client, study, "study")
    back = _brought(client, data)
    assert back.status_code == 200
    assert "<bdi>Back</bdi>" in back.text
    assert back.url.path.split("/")[2] != study

    told = client.post("/api/v1/studies/bring", files={"file": ("x.study", data)}, headers=PROGRAM)
    assert told.status_code == 201
    assert _file(client, told.json()["id"], "study") == data


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + bytes(100)])
def test_what_is_no_study_does_not_come_in(client: TestClient, data: bytes) -> None:
    """A file that is no study is refused in words that name it, and nothing of it is kept."""
    refused = _brought(client, data)
    assert refused.status_code == 422
    assert "Back: found" in refused.text
    assert "bring-" not in refused.text, "where it was put meanwhile is nobody's business"
    assert client.get("/api/v1/studies").json()["own"] == []


def test_a_study_with_code_in_it_does_not_come_in(client: TestClient, tmp_path: Path) -> None:
    """A study to which somebody added a view or a trigger is refused: opening it would run what is not ours."""
    path = tmp_path / "trap.study"
    path.write_bytes(_file(client, _copied(client), "study"))
    base = sqlite3.connect(path)
    base.execute("CREATE VIEW trap AS SELECT 1")
    base.commit()
    base.close()
    refused = _brought(client, path.read_bytes())
    assert refused.status_code == 422
    assert "views or triggers" in refused.text
