"""Evidence: every number is there, found by words, with its source; hostile texts stay texts."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tillerman.country import load, numbers
from tillerman.country.columns import columns_of
from tillerman.country.frame import Frame
from tillerman.country.record import TABLES
from tillerman.report.names import unit_in
from tillerman.web.pages.evidence import PER_PAGE
from tillerman.web.shell import as_filed
from tillerman.words import LANGUAGES, words


def test_every_number_is_on_some_page(client: TestClient) -> None:
    """All pages together list every number of the file, each once."""
    places: list[tuple[str, str, str]] = []
    first = client.get("/api/v1/studies/hand/evidence").json()
    for page in range(1, first["n_pages"] + 1):
        found = client.get("/api/v1/studies/hand/evidence", params={"page": page}).json()
        places += [(line["table"], line["row"], line["column"]) for line in found["lines"]]

    assert sorted(places) == sorted((item.table, item.row or "", item.column) for item in numbers(load("hand")))


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
@pytest.mark.parametrize("study", ["kenya", "hand"])
def test_page_is_there(client: TestClient, study: str, language: str) -> None:
    """The page shows a page of numbers in either language."""
    found = client.get(f"/studies/{study}/evidence", params={"lang": language})

    assert found.status_code == 200
    assert found.text.count('class="number-line"') == PER_PAGE


def test_search_narrows(client: TestClient) -> None:
    """A search finds only numbers that have all its words, whatever their case."""
    found = client.get("/api/v1/studies/kenya/evidence", params={"q": "DISCOUNT rate"}).json()

    assert 0 < found["n_found"] < 10
    assert all("discount" in f"{line['meaning']} {line['source']} {line['note']}".casefold() for line in found["lines"])


def test_grade_and_table_narrow(client: TestClient) -> None:
    """A grade and a table keep only their numbers."""
    asked = {"table": "services", "grade": "assumption"}
    found = client.get("/api/v1/studies/kenya/evidence", params=asked).json()

    assert found["n_found"] > 0
    assert {(line["table"], line["grade"]) for line in found["lines"]} == {("services", "assumption")}


def test_widest_ranges_come_first(client: TestClient) -> None:
    """Sorted by width, no range is wider as a share of its value than the one before it."""
    lines = client.get("/api/v1/studies/kenya/evidence", params={"sort": "width"}).json()["lines"]
    widths = [(float(line["high"]) - float(line["low"])) / max(abs(float(line["value"])), 1e-9) for line in lines]

    assert widths == sorted(widths, reverse=True)


def test_both_accounts_are_shown(client: TestClient) -> None:
    """Where a number is contested, the other account stands beside it."""
    found = client.get("/api/v1/studies/kenya/evidence", params={"contested": True}).json()

    assert all(line["other_account"] for line in found["lines"])


def test_a_page_past_the_end_is_the_last(client: TestClient) -> None:
    """A page number that is too high shows the last page."""
    found = client.get("/api/v1/studies/hand/evidence", params={"page": 999}).json()

    assert found["page"] == found["n_pages"]


def test_units_are_said_in_words(client: TestClient) -> None:
    """Every unit that a column may have is said in either language; a calendar year has none."""
    units = {column.unit for record in (Frame, *TABLES.values()) for column in columns_of(record).values()}

    assert [unit_in(words("en"), unit) for unit in ("1/year", "H100e", "year", "")] == [
        "a year", "standard AI chips (H100-equivalent)", "", "",
    ]  # fmt: skip
    assert all(unit_in(words(language), unit) for language in LANGUAGES for unit in units - {"year", ""})
    page = client.get("/studies/kenya/evidence", params={"q": "base_year"}).text
    assert "<strong>2026</strong>" in page
    assert "<strong>2026</strong> <span" not in page


def test_english_texts_of_a_file_are_read_aloud_in_english(client: TestClient) -> None:
    """On a Chinese page sources and notes that stand in English are marked so; on an English page nothing is."""
    english, chinese = (
        client.get("/studies/kenya/evidence", params={"lang": language}).text for language in ("en", "zh-Hant")
    )

    assert '<bdi lang="en">' in chinese
    assert '<bdi lang="en"><' not in chinese
    assert '<bdi lang="en">' not in english
    assert as_filed("zh-Hant", "主計總處") == ""


@pytest.mark.parametrize("asked", [{"page": 0}, {"sort": "luck"}, {"q": "x" * 201}])
def test_nonsense_is_refused(client: TestClient, asked: dict[str, str | int]) -> None:
    """A page, an order or a search that cannot be is refused, not guessed."""
    assert client.get("/api/v1/studies/hand/evidence", params=asked).status_code == 422
