"""Why not: what the plan leaves out is told thing by thing, or there is a way to ask."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tillerman.study import stored


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_every_thing_left_out_is_told(client: TestClient, language: str) -> None:
    """Each row of the record has its place on the page, with what would have to be true or what forbids it."""
    plan = stored("kenya")
    assert plan is not None
    assert plan.asked.left_out is not None
    page = client.get("/studies/kenya/why-not", params={"lang": language})
    found = client.get("/api/v1/studies/kenya/why-not", params={"lang": language}).json()

    assert page.status_code == 200
    assert [item["subject"] for item in found["left_out"]["items"]] == [row.subject for row in plan.asked.left_out.rows]
    for item in found["left_out"]["items"]:
        assert f'id="{item["subject"]}"' in page.text
        assert item["rules"] or item["conditions"]


def test_assumed_chances_stay_out(client: TestClient) -> None:
    """What the file assumes of a chance is not told where nobody asked for it."""
    assert "file assumes" not in client.get("/studies/kenya/why-not").text


def test_where_nobody_asked_there_is_a_way_to(client: TestClient) -> None:
    """A plan of which this was not asked offers to ask it."""
    page = client.get("/studies/japan/why-not").text

    assert 'value="left_out"' in page
    assert 'action="/studies/japan/jobs/question"' in page
