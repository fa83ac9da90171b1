"""Fallbacks: every service is in the register, those without a fallback first."""

from __future__ import annotations

import datetime as dt

import pytest
from starlette.testclient import TestClient

from tillerman.country import load, shipped
from tillerman.exposure import assess
from tillerman.words import words


@pytest.mark.parametrize("study", shipped())
def test_page_tells_every_service_and_fallback(client: TestClient, study: str) -> None:
    """Each service and each fallback of the file is named on the page."""
    found = client.get(f"/api/v1/studies/{study}/fallbacks").json()
    country = load(study)

    assert {row["service"] for row in found["services"]} == {service.id for service in country.services}
    told = sorted(item["name"] for row in found["services"] for item in row["fallbacks"])
    assert told == sorted(item.name for item in country.fallbacks)


def test_those_without_come_first(client: TestClient) -> None:
    """Within a tier, services without a fallback stand before those with one."""
    rows = client.get("/api/v1/studies/kenya/fallbacks").json()["services"]
    order = [(row["tier"], bool(row["fallbacks"])) for row in rows]

    assert order == sorted(order)


def test_an_old_test_is_overdue(client: TestClient) -> None:
    """A fallback counts as tested for a year only."""
    found = client.get("/api/v1/studies/hand/fallbacks").json()
    today = dt.date.fromisoformat(found["today"])
    items = [item for row in found["services"] for item in row["fallbacks"]]

    assert items
    for item in items:
        tested = item["last_tested"] and dt.date.fromisoformat(item["last_tested"])
        assert item["is_overdue"] == (not tested or (today - tested).days > 365)


def test_it_says_what_stops_today(client: TestClient) -> None:
    """A service that stops if one leaves is told as in the exposure."""
    rows = client.get("/api/v1/studies/kenya/fallbacks").json()["services"]

    assert {r["service"] for r in rows if r["stops"]} == {
        s.service for s in assess(load("kenya")).services if s.is_stopped
    }


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_page_speaks_the_language(client: TestClient, language: str) -> None:
    """The page is there in either language."""
    found = client.get("/studies/kenya/fallbacks", params={"lang": language})

    assert words(language)("fallbacks_page.critical") in found.text


def test_names_are_told_in_chinese(client: TestClient) -> None:
    """Services, fallbacks and holders go by the Chinese names that the file brings."""
    shown = client.get("/studies/kenya/fallbacks?lang=zh-Hant").text

    assert "健康專線 147 分流" in shown
    assert "Triage on health line 147" not in shown
