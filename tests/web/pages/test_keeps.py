"""The first screen: what keeps running, with a plan and without."""

from __future__ import annotations

import html
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tillerman.country import shipped
from tillerman.study import stored
from tillerman.web import Serving, create_app
from tillerman.words import LANGUAGES


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application once for all tests here: they only read."""
    with TestClient(create_app(Serving(tmp_path_factory.mktemp("keeps"))), base_url="http://localhost") as found:
        yield found


@pytest.fixture(autouse=True)
def without_a_past(client: TestClient) -> None:
    """Each test comes for the first time: no language was chosen before."""
    client.cookies.clear()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("study", sorted(shipped()))
def test_every_country_in_every_language(client: TestClient, study: str, language: str) -> None:
    """The title is the finding; every critical service is there with its fallback, and leads to its chain."""
    found = client.get(f"/api/v1/studies/{study}/keeps?lang={language}").json()
    page = client.get(f"/studies/{study}/keeps?lang={language}")
    assert page.status_code == 200
    said = html.unescape(page.text)
    assert f"<h1>{found['finding']}</h1>" in said
    assert found["services"]
    for row in found["services"]:
        assert f'href="/studies/{study}/services/{row["service"]}"' in page.text
        assert row["fallback"] in said
        assert len(row["bars"]) == (2 if found["has_plan"] else 1)


def test_finding_counts_what_the_record_counts(client: TestClient) -> None:
    """Today x of n, with the plan y: as the stored plan has them."""
    plan = stored("kenya")
    assert plan is not None
    finding = client.get("/api/v1/studies/kenya/keeps?lang=en").json()["finding"]
    n = sum(row.tier == 1 for row in plan.today.services)
    assert finding.startswith(f"Today {len(plan.today.stopping)} of {n} critical services stop")
    assert finding.endswith(f"with the plan, {len(plan.stopping)}.")


def test_a_country_without_a_plan_shows_today(client: TestClient) -> None:
    """Without a plan the picture is today's, what is not known is said, and a plan can be asked for."""
    found = client.get("/api/v1/studies/hand/keeps?lang=en").json()
    assert not found["has_plan"]
    assert found["finding"].startswith("Today ")
    assert found["unknown"]["items"][-1].startswith("What any state or firm will do.")
    page = client.get("/studies/hand/keeps?lang=en").text
    assert 'action="/studies/hand/jobs/plan"' in page
    assert "files/brief" not in page


def test_at_most_three_things_help(client: TestClient) -> None:
    """What helps whatever happens is at most three lines, or says plainly that nothing does."""
    for study in sorted(shipped()):
        found = client.get(f"/api/v1/studies/{study}/keeps?lang=en").json()
        assert len(found["helps"]) <= 3
        if found["has_plan"] and not found["helps"]:
            assert "No decision of the plan pays at every chance" in client.get(f"/studies/{study}/keeps?lang=en").text


def test_leads_on(client: TestClient) -> None:
    """From the first screen it goes to the stack, a number to change, the workbook and the brief."""
    page = client.get("/studies/kenya/keeps?lang=en").text
    for place in ("stack", "evidence", "files/country?level=team", "files/brief?lang=en"):
        assert f'href="/studies/kenya/{place}"' in page


def test_unknown_studies_are_not_found(client: TestClient) -> None:
    """A study that is not there is not found."""
    assert client.get("/studies/atlantis/keeps").status_code == 404
