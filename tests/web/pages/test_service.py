"""One service: its chain in words, and who can stop it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import cycle

import pytest
from starlette.testclient import TestClient

from tillerman.country import load, shipped
from tillerman.web import Serving, create_app
from tillerman.words import LANGUAGES


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application once for all tests here: they only read."""
    with TestClient(create_app(Serving(tmp_path_factory.mktemp("service"))), base_url="http://localhost") as found:
        yield found


@pytest.fixture(autouse=True)
def without_a_past(client: TestClient) -> None:
    """Each test comes for the first time: no language was chosen before."""
    client.cookies.clear()


def told(client: TestClient, study: str, service: str, query: str = "") -> dict:  # type: ignore[type-arg]  # as sent
    """What the API tells of a service."""
    found = client.get(f"/api/v1/studies/{study}/services/{service}?{query}")
    assert found.status_code == 200, found.text
    answer: dict = found.json()  # type: ignore[type-arg]
    return answer


@pytest.mark.parametrize("study", sorted(shipped()))
def test_every_service_of_every_country(client: TestClient, study: str) -> None:
    """Every service of every shipped country has its page, in one language or the other; its title is the finding."""
    for service, language in zip(load(study).services, cycle(LANGUAGES), strict=False):
        page = client.get(f"/studies/{study}/services/{service.id}?lang={language}")
        assert page.status_code == 200
        heading = re.search(r"<h1>(.*?)</h1>", page.text)
        assert heading is not None
        finding = told(client, study, service.id, f"lang={language}")["finding"]
        assert html.unescape(re.sub("<[^>]+>", "", heading[1])) == finding


def test_the_chain_in_words(client: TestClient) -> None:
    """The sentence names the model, the place, the cable and who holds each."""
    (path,) = told(client, "kenya", "mpesa_fraud")["standings"][0]["paths"]
    assert path["said"].startswith("It runs on the model “OpenAI model by call” (licensed by OpenAI)")
    assert "chips at “Microsoft and OpenAI by call, Johannesburg and beyond”" in path["said"]
    assert "through “International bandwidth at Mombasa”" in path["said"]
    assert path["easy"] == pytest.approx(0.7)
    assert path["hard"] is None
    assert [link["resource"] for link in path["links"]][:3] == ["gpt", "azure_api", "international"]


def test_the_plan_stands_beside_today(client: TestClient) -> None:
    """Where there is a plan, its chain stands beside today's; where there is none, today's alone."""
    assert [s["basis"] for s in told(client, "kenya", "mpesa_fraud")["standings"]] == ["today", "plan"]
    assert [s["basis"] for s in told(client, "hand", "clinic")["standings"]] == ["today"]
    assert client.get("/studies/hand/services/clinic?with=plan").status_code == 409


def test_dangers_come_by_consequence_with_what_they_strike(client: TestClient) -> None:
    """The most serious stands first, home among them; each names the links that it strikes."""
    found = told(client, "kenya", "mpesa_fraud")
    least = [min(danger["kept"].values()) for danger in found["dangers"]]
    assert least == pytest.approx(sorted(least))
    assert any(danger["is_home"] for danger in found["dangers"])
    cable = next(danger for danger in found["dangers"] if danger["key"] == "international")
    assert cable["through"] == ["International bandwidth at Mombasa"]


def test_dangers_say_what_the_drill_says(client: TestClient) -> None:
    """What a withdrawal leaves of the service is what the stack shows of it, today and with the plan."""
    for basis in ("today", "plan"):
        for danger in told(client, "kenya", "sha_claims", f"with={basis}")["dangers"][:4]:
            stack = client.get(f"/api/v1/studies/kenya/stack?without={danger['key']}&with={basis}").json()
            row = next(row for row in stack["services"] if row["service"] == "sha_claims")
            assert row["kept"] == pytest.approx(danger["kept"])
            assert row["said"] == danger["said"]


def test_the_fallback_with_its_last_test(client: TestClient) -> None:
    """The fallback is named with its hours and last test; a service without one says so."""
    (found,) = told(client, "hand", "clinic")["fallbacks"]
    assert found["hours"] == 4.0
    assert told(client, "hand", "school")["fallbacks"] == []
    assert "No fallback on file." in client.get("/studies/hand/services/school?lang=en").text


def test_unknown_services_are_not_found(client: TestClient) -> None:
    """A service that the file does not have is not found, for people and programs."""
    assert client.get("/studies/kenya/services/nosuch").status_code == 404
    assert client.get("/api/v1/studies/kenya/services/nosuch").status_code == 404


def test_numbers_instead_of_names(client: TestClient) -> None:
    """An anonymous page names no supplier and no resource of the file."""
    page = client.get("/studies/kenya/services/mpesa_fraud?anonymous=true").text
    body = html.unescape(page[page.index("<main") :])
    country = load("kenya")
    names = [party.name for party in country.parties] + [resource.name for resource in country.resources]
    assert [name for name in names if name in body] == []


def test_nothing_is_escaped_twice(client: TestClient) -> None:
    """A share that is not quite all is written with its sign, not with the code of the sign."""
    page = client.get("/studies/kenya/services/mpesa_fraud?lang=en").text
    assert "&gt;" in page
    assert "&amp;gt;" not in page
