"""Limits: what holds for every study, and what one study rests on."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tillerman.country import shipped
from tillerman.web import Serving, create_app


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """One application for all shipped countries, so that each is opened once."""
    return TestClient(create_app(Serving(tmp_path_factory.mktemp("shared"))), base_url="http://localhost")


@pytest.mark.parametrize(("language", "means"), [("en", "Control is a means"), ("zh-Hant", "控制是手段")])
def test_what_holds_for_all_is_told(shared: TestClient, language: str, means: str) -> None:
    """Control is a means; what is not seen; whose interests stand behind the framework."""
    text = shared.get("/limits", params={"lang": language}).text
    found = shared.get("/api/v1/limits", params={"lang": language}).json()

    assert means in text
    for part in ("unseen", "simplified", "rests_on", "interests"):
        assert len(found[part]) >= 4
        for sentence in found[part]:
            assert sentence.replace("&", "&amp;").replace("'", "&#39;") in text
    assert 'id="disclosure"' in text
    assert any("Tony Blair Institute" in sentence for sentence in found["interests"])


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
@pytest.mark.parametrize("study", shipped())
def test_every_study_tells_what_it_rests_on(shared: TestClient, study: str, language: str) -> None:
    """Every shipped country tells its share of assumptions, what is unknown, and how it was calculated if it was."""
    found = shared.get(f"/api/v1/studies/{study}/limits", params={"lang": language}).json()
    text = shared.get(f"/studies/{study}/limits", params={"lang": language}).text

    assert found["unknown"]
    assert sum(row["values"][2] for row in found["grades"]["rows"]) == pytest.approx(1)
    assert (found["calculation"] is None) is (study == "hand")
    assert found["general"] == shared.get("/api/v1/limits", params={"lang": language}).json()
    assert f'href="/studies/{study}/evidence"' in text
    for item in found["contested"]:
        assert item["one"] != item["other"]
