"""Uploads: a good file becomes a study, a bad one is told beside its cells and leaves nothing behind."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient

from tillerman.country import load, to_workbook, write

PROGRAM = {"X-Tillerman": "1"}


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The invented country as a workbook."""
    return to_workbook(load("hand"), tmp_path / "hand.xlsx")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The invented country as a folder."""
    return write(load("hand"), tmp_path / "folder")


def _zipped(folder: Path) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"my country/{path.name}")
    return data.getvalue()


def _send(client: TestClient, *files: tuple[str, bytes], status: int = 200) -> dict[str, object]:
    sent = client.post("/api/v1/uploads", files=[("files", file) for file in files], headers=PROGRAM)
    assert sent.status_code == status, sent.text
    found = sent.json()
    assert isinstance(found, dict)
    return found


def _own(client: TestClient) -> list[str]:
    return [study["id"] for study in client.get("/api/v1/studies").json()["own"]]


def test_a_workbook_becomes_a_study(client: TestClient, workbook: Path) -> None:
    """A good workbook is on the shelf, with the same numbers."""
    found = _send(client, ("hand.xlsx", workbook.read_bytes()))
    entry = found["entry"]
    assert isinstance(entry, dict)
    one, two = (client.get(f"/api/v1/studies/{study}/evidence").json() for study in ("hand", entry["id"]))

    assert one["lines"] == two["lines"]


def test_a_zipped_folder_becomes_a_study(client: TestClient, folder: Path) -> None:
    """A good folder in an archive is on the shelf."""
    assert _send(client, ("my.zip", _zipped(folder)))["entry"] is not None


def test_a_folder_sent_file_by_file_becomes_a_study(client: TestClient, folder: Path) -> None:
    """All files of a folder chosen together are a country file too."""
    files = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.suffix in {".csv", ".toml"}]

    assert _send(client, *files)["entry"] is not None


def test_a_form_becomes_a_study(client: TestClient, tmp_path: Path) -> None:
    """A form of thirty numbers opens too, or says which answers it needs first."""
    from typer.testing import CliRunner

    from tillerman.cli.app import app

    path = tmp_path / "form.xlsx"
    CliRunner().invoke(app, ["new", str(path), "--country", "Ghana"])
    refused = _send(client, ("form.xlsx", path.read_bytes()), status=422)

    assert refused["problems"]


def test_problems_stand_beside_their_cells(client: TestClient, workbook: Path) -> None:
    """A word for a number is refused with its sheet, row, column and text; nothing is kept."""
    book = openpyxl.load_workbook(workbook)
    header = [cell.value for cell in book["services"][1]]
    book["services"].cell(2, header.index("tier") + 1).value = "<script>often</script>"
    data = io.BytesIO()
    book.save(data)
    page = client.get("/upload").text
    mark = page.split('name="csrf" value="')[1].split('"')[0]
    sent = client.post("/upload", files=[("files", ("hand.xlsx", data.getvalue()))], data={"csrf": mark})

    assert sent.status_code == 422
    assert "&lt;script&gt;often&lt;/script&gt;" in sent.text
    assert "<script>often" not in sent.text
    assert '<th scope="row">2 ' in sent.text
    assert _own(client) == []


@pytest.mark.parametrize(
    ("files", "word"),
    [
        ([("notes.txt", b"hello")], "another kind"),
        ([("a.zip", b"PK\x03\x04broken")], "archive"),
        ([("a.xlsx", b"not a workbook")], "no readable workbook"),
        ([("a.xlsx", b"x"), ("b.csv", b"y")], "2 files"),
        ([("a.csv", b"id\n"), ("a.csv", b"id\n")], "twice"),
    ],
)
def test_what_cannot_be_a_country_file_is_refused(
    client: TestClient, files: list[tuple[str, bytes]], word: str
) -> None:
    """Anything else is refused in one sentence, which tells a program where it stands and what to do."""
    found = _send(client, *files, status=422)

    problems = found["problems"]
    assert isinstance(problems, list)
    assert word in problems[0]["found"]
    assert all(problems[0][part] for part in ("where", "expected", "remedy"))
    assert _own(client) == []


def test_a_broken_workbook_is_spoken_of_as_one(client: TestClient) -> None:
    """Whoever sends a workbook is told what to do with a workbook, and nothing of archives."""
    english, chinese = (
        client.post(f"/api/v1/uploads?lang={language}", files=[("files", ("a.xlsx", b"?"))], headers=PROGRAM).json()
        for language in ("en", "zh-Hant")
    )

    assert "save it again as .xlsx" in english["problems"][0]["remedy"]
    assert "zip" not in english["detail"].casefold()
    assert "活頁簿" in chinese["problems"][0]["found"]


def test_a_bomb_is_refused(client: TestClient) -> None:
    """An archive that unpacks beyond all measure is refused before it is unpacked."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", b"0" * 60_000_000)
    found = _send(client, ("a.zip", data.getvalue()), status=422)
    problems = found["problems"]
    assert isinstance(problems, list)

    assert "unpacked" in problems[0]["found"]


def test_a_path_in_a_name_leads_nowhere(client: TestClient, folder: Path, tmp_path: Path) -> None:
    """A name with a path in it is taken as a name only."""
    files = [(f"../../{path.name}", path.read_bytes()) for path in folder.iterdir() if path.suffix in {".csv", ".toml"}]
    found = _send(client, *files)

    assert found["entry"] is not None
    assert not (tmp_path.parent / "services.csv").exists()
