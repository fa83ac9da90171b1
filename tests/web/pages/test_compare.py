"""Compare: countries each by their own measure, studies of one country by what differs; nobody is ranked."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tillerman.country import load, replace_number, shipped
from tillerman.plan import Plan
from tillerman.study import stored
from tillerman.web import Serving, create_app
from tillerman.web.guard.passes import LOCAL
from tillerman.web.shelf import Shelf
from tillerman.web.shelving import new_study
from tillerman.words.order import order

STANDARD = "does not predict"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """One application for all shipped countries, so that each is opened once."""
    return TestClient(create_app(Serving(tmp_path_factory.mktemp("shared"))), base_url="http://localhost")


@pytest.fixture(scope="module")
def kenyas() -> tuple[Plan, Plan]:
    """A stored plan, and one that leaves out its first thing to do and was made on fewer futures."""
    plan = stored("kenya")
    assert plan is not None
    first = next(item for item in plan.decisions if item.action != "run")
    kept = tuple(item for item in plan.decisions if item.subject != first.subject)
    return plan, replace(plan, decisions=kept, request=replace(plan.request, n_futures=5))


@pytest.fixture
def pair(client: TestClient, kenyas: tuple[Plan, Plan], tmp_path: Path) -> tuple[str, str]:
    """Two studies of one country, each with its plan."""
    assert client.get("/").status_code == 200
    shelf = Shelf(tmp_path / "studies")
    one, two = (new_study(shelf, LOCAL, name, plan=plan) for name, plan in zip(("Whole", "Less"), kenyas, strict=True))
    return one.id, two.id


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
@pytest.mark.parametrize(("a", "b"), [*itertools.pairwise(shipped()), ("kenya", "hand")])
def test_any_two_countries_stand_side_by_side(shared: TestClient, a: str, b: str, language: str) -> None:
    """Any two shipped countries are told side by side in both languages, with and without a plan."""
    query = {"a": a, "b": b, "lang": language}
    found = shared.get("/api/v1/compare", params=query).json()
    text = shared.get("/compare", params=query).text

    assert found["of"] == "two_countries"
    assert found["studies"] is None
    names = [country["name"] for country in found["countries"]["countries"]]
    assert names == sorted(names, key=order(language))
    assert [*found["names"]] == names
    for country in found["countries"]["countries"]:
        assert country["finding"] in text


def test_the_order_asked_for_means_nothing(client: TestClient) -> None:
    """Countries stand in the order of their names, whichever was named first."""
    one, two = (
        client.get("/api/v1/compare", params={"a": a, "b": b}).json()
        for a, b in (("kenya", "japan"), ("japan", "kenya"))
    )
    assert one["countries"] == two["countries"]
    assert one["names"] == two["names"] == ["Japan", "Kenya"]


def test_nobody_is_ranked(client: TestClient) -> None:
    """The page says that there is no rank and no total, and what a wide range means; nothing is coloured as good."""
    text = client.get("/compare", params={"a": "kenya", "b": "japan"}).text
    assert "no rank, no total" in text
    assert "A wide range means that less has been published" in text
    assert STANDARD in text
    marked = " ".join(re.findall(r'class="([^"]*)"', text)).split()
    assert {"good", "bad", "better", "worse", "ours", "winner", "up", "down"}.isdisjoint(marked)


def test_two_studies_of_one_country_show_what_differs(client: TestClient, pair: tuple[str, str]) -> None:
    """File, services, decisions and money: each difference is told, with both values."""
    found = client.get("/api/v1/compare", params={"a": pair[0], "b": pair[1]}).json()
    told, text = found["studies"], client.get("/compare", params={"a": pair[0], "b": pair[1]}).text

    assert (found["of"], found["countries"], found["names"]) == ("one_country", None, ["Whole", "Less"])
    assert (told["n_changes"], told["file"]) == (0, None)
    assert [bool(item["done"][0]) for item in told["decisions"]] == [True]
    assert told["decisions"][0]["done"][1] == []
    assert "within what the two calculations can tell" in told["money_told"]
    assert "possible futures" in told["notes"][0], "planned on different samples"
    assert told["finding"] in text
    assert "KES" in text
    assert told["decisions"][0]["name"] in text


def test_cells_that_differ_are_told_with_both_values(client: TestClient, tmp_path: Path) -> None:
    """A number that was changed stands with its meaning and both values."""
    country = load("hand")
    rate = country.frame.discount_rate
    changed = replace_number(country, "frame", None, "discount_rate", rate + 0.01)
    study = new_study(Shelf(tmp_path / "studies"), LOCAL, "Hand", country=changed)
    found = client.get("/api/v1/compare", params={"a": "hand", "b": study.id}).json()["studies"]

    assert found["n_changes"] == 1
    values = found["file"]["rows"][0]["values"]
    assert values[0] == "frame"
    assert [float(value.split()[0]) for value in values[2:]] == pytest.approx([rate, rate + 0.01])


def test_the_way_round_is_told(client: TestClient, pair: tuple[str, str]) -> None:
    """Asked the other way round, the same is told the other way round."""
    there = client.get("/api/v1/compare", params={"a": pair[0], "b": pair[1]}).json()["studies"]
    back = client.get("/api/v1/compare", params={"a": pair[1], "b": pair[0]}).json()["studies"]

    flipped = sorted((item["name"], item["done"][::-1]) for item in back["decisions"])
    assert sorted((item["name"], item["done"]) for item in there["decisions"]) == flipped
    assert there["money_told"] == back["money_told"]


def test_decisions_are_told_in_the_reader_s_language(client: TestClient, pair: tuple[str, str]) -> None:
    """A Chinese page tells decisions in Chinese."""
    found = client.get("/api/v1/compare", params={"a": pair[0], "b": pair[1], "lang": "zh-Hant"}).json()
    lines = [line for item in found["studies"]["decisions"] for done in item["done"] for line in done]
    assert lines
    assert all(re.search(r"[\u4e00-\u9fff]", line) for line in lines)


def test_a_study_without_a_plan_is_compared_as_of_today(client: TestClient, tmp_path: Path) -> None:
    """Where one of two has no plan, both are shown as they stand today, and the page says so."""
    study = new_study(Shelf(tmp_path / "studies"), LOCAL, "Bare", country=load("kenya")).id
    found = client.get("/api/v1/compare", params={"a": "kenya", "b": study}).json()["studies"]
    assert found["decisions"] is None
    assert found["money"] is None
    assert "what is shown is today" in found["notes"][0]
    assert client.get("/compare", params={"a": "kenya", "b": study}).status_code == 200


def test_without_a_choice_it_asks(client: TestClient) -> None:
    """Without two studies the page offers every one; one and the same is refused in words."""
    text = client.get("/compare", params={"a": "kenya"}).text
    assert '<option value="kenya" selected>' in text
    assert "Choose two different ones" in client.get("/compare", params={"a": "kenya", "b": "kenya"}).text
    assert client.get("/api/v1/compare", params={"a": "kenya", "b": "kenya"}).status_code == 422
    assert client.get("/api/v1/compare", params={"a": "kenya"}).status_code == 422
    assert client.get("/compare", params={"a": "kenya", "b": "nosuch"}).status_code == 404
